// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/message.h"
#include "base/try.h"
#include "store/derive.h"

#include <stdlib.h>
#include <string.h>

static int compare_numbers(uint32_t a, uint32_t b) {
    return (a > b) - (a < b);
}

static int compare_claims(const void* a, const void* b) {
    const kg_i_claim* const x = a;
    const kg_i_claim* const y = b;
    int order = compare_numbers(x->subject, y->subject);
    order = order ? order : compare_numbers(x->predicate, y->predicate);
    order = order ? order : compare_numbers(x->object, y->object);
    order = order ? order : compare_numbers(x->doc, y->doc);
    return order ? order : compare_numbers(x->nr, y->nr);
}

/// From handles to entities of the graph; a thing is not related to itself.
static void place_claims(kg_i_claims* claims, const kg_resolver* resolver) {
    size_t kept = 0;
    for (size_t i = 0; i < claims->count; ++i) {
        kg_i_claim claim = claims->items[i];
        claim.subject = kg_resolver_identity(resolver, claim.subject).group;
        claim.object = kg_resolver_identity(resolver, claim.object).group;
        if (claim.subject == claim.object) {
            continue;
        }
        if (kg_predicate_symmetric((kg_predicate)claim.predicate) && claim.subject > claim.object) {
            const uint32_t subject = claim.subject;
            claim.subject = claim.object;
            claim.object = subject;
        }
        claims->items[kept++] = claim;
    }
    claims->count = kept;
    if (kept) {
        qsort(claims->items, kept, sizeof *claims->items, compare_claims);
    }
}

typedef struct {
    kg_store* store;
    const kg_i_docs* docs;
    const kg_slice* ids;
    sqlite3_stmt* words;
    sqlite3_stmt* statement;
    sqlite3_stmt* evidence;
    kg_i_arena arena; ///< of one statement
    kg_i_buffer key;
    kg_error* error;
} joiner;

static int64_t claim_key(const joiner* j, const kg_i_claim* claim) {
    return j->docs->items[claim->doc].doc << KG_I_CLAIM_BITS | claim->nr;
}

static kg_status read_words(joiner* j, const kg_i_claim* claims, size_t count,
                            const kg_i_words** out) {
    kg_i_words* const words = kg_i_arena_array(&j->arena, count, sizeof *words);
    bool failed = !words;
    for (size_t i = 0; !failed && i < count; ++i) {
        if (!claims[i].has_words) {
            continue;
        }
        sqlite3_bind_int64(j->words, 1, claim_key(j, &claims[i]));
        const kg_status status = kg_i_step(j->store, j->words, j->error);
        if (status == KG_OK) {
            words[i].title = kg_i_arena_copy(&j->arena, kg_i_column(j->words, 0));
            words[i].valid_from = kg_i_arena_copy(&j->arena, kg_i_column(j->words, 1));
            words[i].valid_to = kg_i_arena_copy(&j->arena, kg_i_column(j->words, 2));
            failed = !words[i].title.ptr || !words[i].valid_from.ptr || !words[i].valid_to.ptr;
        }
        sqlite3_reset(j->words);
        if (status != KG_OK && status != KG_NO) {
            return status;
        }
    }
    *out = words;
    return failed ? KG_OUT_OF_MEMORY(j->error) : KG_OK;
}

static kg_status put_evidence(joiner* j, int64_t number, const kg_i_claim* claims, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        sqlite3_bind_int64(j->evidence, 1, number);
        sqlite3_bind_int64(j->evidence, 2, (int64_t)i);
        sqlite3_bind_int64(j->evidence, 3, claim_key(j, &claims[i]));
        KG_TRY(kg_i_finish(j->store, j->evidence, j->error));
    }
    return KG_OK;
}

/// The id goes by what is stated: subject, predicate, object.
static kg_status make_id(joiner* j, const kg_i_claim* claim, char out[KG_I_ID_SIZE]) {
    kg_i_buffer_clear(&j->key);
    kg_i_buffer_add_slice(&j->key, j->ids[claim->subject]);
    kg_i_buffer_add_char(&j->key, '\0');
    kg_i_buffer_add_text(&j->key, kg_predicate_name((kg_predicate)claim->predicate));
    kg_i_buffer_add_char(&j->key, '\0');
    kg_i_buffer_add_slice(&j->key, j->ids[claim->object]);
    if (j->key.failed) {
        return KG_OUT_OF_MEMORY(j->error);
    }
    kg_i_hash_id("st_", kg_i_buffer_slice(&j->key), out);
    return KG_OK;
}

static kg_status put_statement(joiner* j, int64_t number, const kg_i_claim* claims, size_t count) {
    char id[KG_I_ID_SIZE];
    const kg_i_words* words = NULL;
    KG_TRY(make_id(j, claims, id));
    KG_TRY(read_words(j, claims, count, &words));
    const kg_i_joined joined = kg_i_join_facts(claims, words, count, j->docs);
    sqlite3_stmt* const put = j->statement;
    sqlite3_bind_int64(put, 1, number);
    kg_i_bind(put, 2, kg_slice_of(id));
    sqlite3_bind_int64(put, 3, claims->subject);
    sqlite3_bind_int(put, 4, claims->predicate);
    sqlite3_bind_int64(put, 5, claims->object);
    sqlite3_bind_int(put, 6, (int)joined.status);
    kg_i_bind(put, 7, joined.title);
    kg_i_bind(put, 8, joined.valid_from);
    kg_i_bind(put, 9, joined.valid_to);
    kg_i_bind(put, 10, joined.first_seen);
    kg_i_bind(put, 11, joined.last_seen);
    sqlite3_bind_int64(put, 12, joined.confidence);
    sqlite3_bind_int(put, 13, joined.inferred);
    sqlite3_bind_int64(put, 14, (int64_t)count);
    KG_TRY(kg_i_finish(j->store, put, j->error));
    return put_evidence(j, number, claims, count);
}

static bool same_fact(const kg_i_claim* a, const kg_i_claim* b) {
    return a->subject == b->subject && a->predicate == b->predicate && a->object == b->object;
}

static kg_status put_all(joiner* j, const kg_i_claims* claims) {
    int64_t number = 0;
    for (size_t begin = 0; begin < claims->count;) {
        size_t end = begin + 1;
        while (end < claims->count && same_fact(&claims->items[begin], &claims->items[end])) {
            ++end;
        }
        KG_TRY(put_statement(j, number++, &claims->items[begin], end - begin));
        kg_i_arena_reset(&j->arena);
        begin = end;
    }
    return KG_OK;
}

static kg_status prepare(joiner* j) {
    KG_TRY(kg_i_prepare(j->store,
                        "SELECT title, valid_from, valid_to FROM kg_claim WHERE claim = ?",
                        &j->words, j->error));
    KG_TRY(kg_i_prepare(
        j->store,
        "INSERT INTO kg_statement (statement, id, subject, predicate, object, status, title,"
        " valid_from, valid_to, first_seen, last_seen, confidence, inferred, evidence_count)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &j->statement, j->error));
    return kg_i_prepare(j->store,
                        "INSERT INTO kg_evidence (statement, rank, claim) VALUES (?, ?, ?)",
                        &j->evidence, j->error);
}

kg_status kg_i_join_claims(kg_store* store, const kg_i_docs* docs, kg_i_claims* claims,
                           const kg_resolver* resolver, const kg_slice* ids, kg_error* error) {
    place_claims(claims, resolver);
    joiner j = {.store = store, .docs = docs, .ids = ids, .error = error};
    kg_status status = prepare(&j);
    if (status == KG_OK) {
        status = put_all(&j, claims);
    }
    sqlite3_finalize(j.words);
    sqlite3_finalize(j.statement);
    sqlite3_finalize(j.evidence);
    kg_i_arena_dispose(&j.arena);
    kg_i_buffer_dispose(&j.key);
    return status;
}
