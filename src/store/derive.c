// SPDX-License-Identifier: GPL-3.0-or-later
/// From documents to the graph. All derived tables are rebuilt in one transaction: a run that is
/// killed leaves the old ones, and the mark that they are behind.
#include "store/derive.h"

#include "base/map.h"
#include "base/message.h"
#include "base/try.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// To be raised when the rules of resolving or joining change: stores are then derived anew.
enum { RULES = 1 };

typedef struct {
    kg_store* store;
    kg_resolver* resolver;
    kg_i_arena arena; ///< dates
    kg_i_docs docs;
    kg_i_claims claims;
    kg_slice* ids; ///< of the graph's entities
    kg_error* error;
} deriving;

// Reading the documents ----------------------------------------------------------------------

/// The aliases of entities, read beside them in the same order.
typedef struct {
    sqlite3_stmt* statement;
    kg_status status; ///< of the row at hand
    kg_i_arena arena;
    KG_I_VEC(kg_slice) found;
} alias_cursor;

static kg_status take_aliases(deriving* d, alias_cursor* cursor, int64_t doc, int64_t nr) {
    cursor->found.count = 0;
    kg_i_arena_reset(&cursor->arena);
    while (cursor->status == KG_OK && sqlite3_column_int64(cursor->statement, 0) == doc &&
           sqlite3_column_int64(cursor->statement, 1) == nr) {
        const kg_slice alias = kg_i_arena_copy(&cursor->arena, kg_i_column(cursor->statement, 2));
        if (!alias.ptr || !kg_i_vec_push(&cursor->found, alias)) {
            return KG_OUT_OF_MEMORY(d->error);
        }
        cursor->status = kg_i_step(d->store, cursor->statement, d->error);
    }
    return cursor->status == KG_NO ? KG_OK : cursor->status;
}

static kg_status add_document(deriving* d, sqlite3_stmt* row, uint32_t handles) {
    const kg_i_doc doc = {.doc = sqlite3_column_int64(row, 0),
                          .date = kg_i_arena_copy(&d->arena, kg_i_column(row, 2)),
                          .first_handle = handles};
    return doc.date.ptr && kg_i_vec_push(&d->docs, doc) ? KG_OK : KG_OUT_OF_MEMORY(d->error);
}

static kg_status add_entity(deriving* d, sqlite3_stmt* row, alias_cursor* aliases,
                            uint32_t* handles) {
    KG_TRY(take_aliases(d, aliases, sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 3)));
    const kg_record_entity entity = {.type = (kg_type)sqlite3_column_int(row, 4),
                                     .name = kg_i_column(row, 5),
                                     .lexicon_id = kg_i_column(row, 6),
                                     .aliases = aliases->found.items,
                                     .alias_count = (uint32_t)aliases->found.count};
    if ((unsigned)entity.type >= KG_TYPE_COUNT) {
        return kg_fail(d->error, KG_ERR_STORE, d->store->path, "%s", KG_("unknown entity type"));
    }
    uint32_t handle = 0;
    KG_TRY(kg_resolver_add(d->resolver, kg_i_column(row, 1), &entity, &handle, d->error));
    *handles = handle + 1;
    ++d->docs.items[d->docs.count - 1].entity_count;
    return KG_OK;
}

static kg_status read_rows(deriving* d, sqlite3_stmt* rows, alias_cursor* aliases) {
    uint32_t handles = 0;
    aliases->status = kg_i_step(d->store, aliases->statement, d->error);
    kg_status status = KG_OK;
    while ((status = kg_i_step(d->store, rows, d->error)) == KG_OK) {
        const size_t last = d->docs.count;
        if (!last || d->docs.items[last - 1].doc != sqlite3_column_int64(rows, 0)) {
            KG_TRY(add_document(d, rows, handles));
        }
        if (sqlite3_column_type(rows, 3) != SQLITE_NULL) {
            KG_TRY(add_entity(d, rows, aliases, &handles));
        }
    }
    return status == KG_NO ? KG_OK : status;
}

static kg_status read_entities(deriving* d) {
    sqlite3_stmt* rows = NULL;
    alias_cursor aliases = {0};
    kg_status status =
        kg_i_prepare(d->store,
                     "SELECT d.doc, d.name, d.date, e.nr, e.type, e.name, e.lexicon_id"
                     " FROM kg_document d LEFT JOIN kg_doc_entity e ON e.doc = d.doc"
                     " ORDER BY d.name, e.nr",
                     &rows, d->error);
    if (status == KG_OK) {
        status = kg_i_prepare(d->store,
                              "SELECT a.doc, a.nr, a.alias FROM kg_document d"
                              " CROSS JOIN kg_doc_alias a ON a.doc = d.doc"
                              " ORDER BY d.name, a.nr, a.k",
                              &aliases.statement, d->error);
    }
    if (status == KG_OK) {
        status = read_rows(d, rows, &aliases);
    }
    sqlite3_finalize(rows);
    sqlite3_finalize(aliases.statement);
    kg_i_arena_dispose(&aliases.arena);
    kg_i_vec_dispose(&aliases.found);
    return status;
}

static kg_status add_claim(deriving* d, sqlite3_stmt* row, uint32_t doc) {
    const kg_i_doc* const from = &d->docs.items[doc];
    const int64_t subject = sqlite3_column_int64(row, 2);
    const int64_t object = sqlite3_column_int64(row, 3);
    const int predicate = sqlite3_column_int(row, 4);
    const int status = sqlite3_column_int(row, 5);
    if (subject < 0 || object < 0 || subject >= from->entity_count ||
        object >= from->entity_count || (unsigned)predicate >= KG_PREDICATE_COUNT ||
        (unsigned)status >= KG_STATUS_COUNT) {
        return kg_fail(d->error, KG_ERR_STORE, d->store->path, "%s",
                       KG_("a claim does not fit its document"));
    }
    const kg_i_claim claim = {
        .subject = from->first_handle + (uint32_t)subject,
        .object = from->first_handle + (uint32_t)object,
        .doc = doc,
        .nr = (uint32_t)(sqlite3_column_int64(row, 1) & ((1 << KG_I_CLAIM_BITS) - 1)),
        .confidence = (uint16_t)sqlite3_column_int(row, 7),
        .predicate = (uint8_t)predicate,
        .status = (uint8_t)status & 7,
        .inferred = sqlite3_column_int(row, 6) != 0,
        .has_words = sqlite3_column_int(row, 8) != 0};
    if (!kg_i_vec_push(&d->claims, claim)) {
        return KG_OUT_OF_MEMORY(d->error);
    }
    return predicate == KG_HOLDS_POSITION
               ? kg_resolver_link(d->resolver, claim.subject, claim.object, d->error)
               : KG_OK;
}

static kg_status read_claims(deriving* d) {
    sqlite3_stmt* rows = NULL;
    KG_TRY(kg_i_prepare(d->store,
                        "SELECT c.doc, c.claim, c.subject, c.object, c.predicate, c.status,"
                        " c.inferred, c.confidence,"
                        " coalesce(c.title, c.valid_from, c.valid_to) IS NOT NULL"
                        " FROM kg_document d CROSS JOIN kg_claim c ON c.doc = d.doc"
                        " ORDER BY d.name, c.claim",
                        &rows, d->error));
    uint32_t doc = 0;
    kg_status status = KG_OK;
    while ((status = kg_i_step(d->store, rows, d->error)) == KG_OK) {
        while (doc < d->docs.count && d->docs.items[doc].doc != sqlite3_column_int64(rows, 0)) {
            ++doc; // both go by name; this one has no claims
        }
        status = doc < d->docs.count ? add_claim(d, rows, doc)
                                     : kg_fail(d->error, KG_ERR_STORE, d->store->path, "%s",
                                               KG_("a claim does not fit its document"));
        if (status != KG_OK) {
            break;
        }
    }
    sqlite3_finalize(rows);
    return status == KG_NO ? KG_OK : status;
}

// Writing the graph --------------------------------------------------------------------------

/// What is added up over a graph entity's documents.
typedef struct {
    uint32_t a_handle; ///< any
    uint32_t documents;
    uint32_t last_doc; ///< counted last, plus one
    kg_type type;
    kg_slice first_seen, last_seen;
} tally;

static void count_member(tally* t, uint32_t handle, uint32_t doc, kg_slice date) {
    t->a_handle = handle;
    if (t->last_doc == doc + 1) {
        return;
    }
    t->last_doc = doc + 1;
    ++t->documents;
    if (date.len && (!t->first_seen.len || kg_slice_compare(date, t->first_seen) < 0)) {
        t->first_seen = date;
    }
    if (date.len && (!t->last_seen.len || kg_slice_compare(date, t->last_seen) > 0)) {
        t->last_seen = date;
    }
}

/// Members in the order of the store's numbers would be written faster, but their table is read
/// in this order too.
static kg_status put_members(deriving* d, tally* tallies) {
    sqlite3_stmt* put = NULL;
    KG_TRY(kg_i_prepare(d->store,
                        "INSERT INTO kg_member (doc, nr, entity, reason) VALUES (?, ?, ?, ?)", &put,
                        d->error));
    kg_status status = KG_OK;
    for (uint32_t i = 0; status == KG_OK && i < d->docs.count; ++i) {
        const kg_i_doc* const doc = &d->docs.items[i];
        for (uint32_t nr = 0; status == KG_OK && nr < doc->entity_count; ++nr) {
            const uint32_t handle = doc->first_handle + nr;
            const kg_identity identity = kg_resolver_identity(d->resolver, handle);
            count_member(&tallies[identity.group], handle, i, doc->date);
            sqlite3_bind_int64(put, 1, doc->doc);
            sqlite3_bind_int64(put, 2, nr);
            sqlite3_bind_int64(put, 3, identity.group);
            kg_i_bind(put, 4, identity.reason);
            status = kg_i_finish(d->store, put, d->error);
        }
    }
    sqlite3_finalize(put);
    return status;
}

static kg_status put_same_as(deriving* d, sqlite3_stmt* put, uint32_t group) {
    uint32_t count = 0;
    const kg_slice* const ids = kg_resolver_same_as(d->resolver, group, &count);
    for (uint32_t i = 0; i < count; ++i) {
        sqlite3_bind_int64(put, 1, group);
        kg_i_bind(put, 2, ids[i]);
        KG_TRY(kg_i_finish(d->store, put, d->error));
    }
    return KG_OK;
}

static kg_status put_entity(deriving* d, sqlite3_stmt* put, uint32_t group, const tally* t) {
    const kg_identity identity = kg_resolver_identity(d->resolver, t->a_handle);
    d->ids[group] = identity.id;
    sqlite3_bind_int64(put, 1, group);
    kg_i_bind(put, 2, identity.id);
    sqlite3_bind_int(put, 3, (int)identity.type);
    kg_i_bind(put, 4, identity.name);
    kg_i_bind(put, 5, identity.lexicon_id);
    sqlite3_bind_int64(put, 6, t->documents);
    kg_i_bind(put, 7, t->first_seen);
    kg_i_bind(put, 8, t->last_seen);
    return kg_i_finish(d->store, put, d->error);
}

static kg_status put_entities(deriving* d, const tally* tallies) {
    sqlite3_stmt* put = NULL;
    sqlite3_stmt* same = NULL;
    kg_status status =
        kg_i_prepare(d->store,
                     "INSERT INTO kg_entity (entity, id, type, name, lexicon_id, document_count,"
                     " first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                     &put, d->error);
    if (status == KG_OK) {
        status = kg_i_prepare(d->store, "INSERT INTO kg_same_as (entity, id) VALUES (?, ?)", &same,
                              d->error);
    }
    for (uint32_t i = 0; status == KG_OK && i < kg_resolver_group_count(d->resolver); ++i) {
        status = put_entity(d, put, i, &tallies[i]);
        if (status == KG_OK) {
            status = put_same_as(d, same, i);
        }
    }
    sqlite3_finalize(put);
    sqlite3_finalize(same);
    return status;
}

static const char clear_derived[] =
    "DROP INDEX IF EXISTS kg_entity_id; DROP INDEX IF EXISTS kg_entity_name;"
    "DROP INDEX IF EXISTS kg_alias_alias; DROP INDEX IF EXISTS kg_statement_ends;"
    "DROP INDEX IF EXISTS kg_statement_object; DROP INDEX IF EXISTS kg_evidence_claim;"
    "DROP INDEX IF EXISTS kg_member_entity;"
    "DELETE FROM kg_entity; DELETE FROM kg_member; DELETE FROM kg_alias; DELETE FROM kg_same_as;"
    "DELETE FROM kg_statement; DELETE FROM kg_evidence; DELETE FROM kg_measure;"
    "DELETE FROM kg_measure_note;";

// Sorted once at the end, which is much faster than keeping them in order row by row.
static const char finish_derived[] =
    "INSERT INTO kg_alias (entity, alias) SELECT m.entity, n.name FROM kg_doc_entity n"
    " JOIN kg_member m ON m.doc = n.doc AND m.nr = n.nr"
    " JOIN kg_entity e ON e.entity = m.entity AND e.name <> n.name"
    " UNION SELECT m.entity, a.alias FROM kg_doc_alias a"
    " JOIN kg_member m ON m.doc = a.doc AND m.nr = a.nr"
    " JOIN kg_entity e ON e.entity = m.entity AND e.name <> a.alias ORDER BY 1, 2;"
    "CREATE UNIQUE INDEX kg_entity_id ON kg_entity (id);"
    "CREATE INDEX kg_entity_name ON kg_entity (name);"
    "CREATE INDEX kg_alias_alias ON kg_alias (alias);"
    "CREATE UNIQUE INDEX kg_statement_ends ON kg_statement (subject, predicate, object);"
    "CREATE INDEX kg_statement_object ON kg_statement (object);"
    "CREATE INDEX kg_evidence_claim ON kg_evidence (claim);"
    "CREATE INDEX kg_member_entity ON kg_member (entity);";

// When the lexicon changes, a thing may change its id without any document having changed; what
// became of each old id is worked out over the documents' entities and kept.
static const char remember_ids[] =
    "CREATE TEMP TABLE was AS SELECT m.doc, m.nr, e.id FROM kg_member m"
    " JOIN kg_entity e ON e.entity = m.entity;";
static const char note_history[] =
    "CREATE TEMP TABLE moved AS SELECT w.id AS old_id, min(e.id) AS new_id FROM temp.was w"
    " JOIN kg_member m ON m.doc = w.doc AND m.nr = w.nr JOIN kg_entity e ON e.entity = m.entity"
    " GROUP BY w.id HAVING min(e.id) = max(e.id) AND min(e.id) <> w.id;"
    "UPDATE kg_history SET new_id = (SELECT v.new_id FROM temp.moved v"
    " WHERE v.old_id = kg_history.new_id)"
    " WHERE new_id IN (SELECT old_id FROM temp.moved);"
    "INSERT OR REPLACE INTO kg_history (old_id, new_id) SELECT old_id, new_id FROM temp.moved;"
    "DELETE FROM kg_history WHERE old_id = new_id;";
static const char use_history[] =
    "INSERT OR IGNORE INTO kg_same_as (entity, id) SELECT e.entity, h.old_id FROM kg_history h"
    " JOIN kg_entity e ON e.id = h.new_id WHERE h.old_id NOT IN (SELECT id FROM kg_entity);";
static const char forget_ids[] = "DROP TABLE IF EXISTS temp.was; DROP TABLE IF EXISTS temp.moved;";

static kg_status write_graph(deriving* d, bool new_lexicon) {
    const uint32_t count = kg_resolver_group_count(d->resolver);
    tally* const tallies = calloc((size_t)count + 1, sizeof *tallies);
    d->ids = calloc((size_t)count + 1, sizeof *d->ids);
    kg_status status = tallies && d->ids ? KG_OK : KG_OUT_OF_MEMORY(d->error);
    if (status == KG_OK && new_lexicon) {
        status = kg_i_exec(d->store, remember_ids, d->error);
    }
    if (status == KG_OK) {
        status = kg_i_exec(d->store, clear_derived, d->error);
    }
    if (status == KG_OK) {
        status = put_members(d, tallies);
    }
    if (status == KG_OK) {
        status = put_entities(d, tallies);
    }
    free(tallies);
    if (status == KG_OK) {
        status = kg_i_join_claims(d->store, &d->docs, &d->claims, d->resolver, d->ids, d->error);
    }
    if (status == KG_OK) {
        status = kg_i_exec(d->store, finish_derived, d->error);
    }
    if (status == KG_OK && new_lexicon) {
        status = kg_i_exec(d->store, note_history, d->error);
    }
    return status == KG_OK ? kg_i_exec(d->store, use_history, d->error) : status;
}

static kg_status derive(kg_store* store, const kg_lexicon* lexicon, bool new_lexicon,
                        kg_error* error) {
    deriving d = {.store = store, .error = error};
    kg_status status = kg_resolver_new(lexicon, &d.resolver, error);
    if (status == KG_OK) {
        status = read_entities(&d);
    }
    if (status == KG_OK) {
        status = read_claims(&d);
    }
    if (status == KG_OK) {
        status = kg_resolver_run(d.resolver, error);
    }
    if (status == KG_OK) {
        status = write_graph(&d, new_lexicon);
    }
    kg_resolver_free(d.resolver);
    kg_i_arena_dispose(&d.arena);
    kg_i_vec_dispose(&d.docs);
    kg_i_vec_dispose(&d.claims);
    free(d.ids);
    return status;
}

// Whether there is anything to do ------------------------------------------------------------

static uint64_t mix(uint64_t hash, kg_slice text) {
    return kg_i_hash(text, hash ^ text.len);
}

/// What the outcome depends on besides the documents, as 16 hexadecimal digits.
static void fingerprint(const kg_lexicon* lexicon, char out[20]) {
    uint64_t hash = RULES;
    const kg_lexicon_entry* entry = NULL;
    for (uint32_t i = 0; (entry = kg_lexicon_at(lexicon, i)); ++i) {
        hash = mix(hash + (uint64_t)entry->type, entry->id);
        hash = mix(mix(hash, entry->name), entry->parent_id);
        for (uint32_t k = 0; k < entry->alias_count; ++k) {
            hash = mix(hash, entry->aliases[k]);
        }
    }
    snprintf(out, 20, "%016llx", (unsigned long long)hash);
}

static bool is_base_iri(const char* text) {
    const size_t length = strlen(text);
    if (length < 3 || (text[length - 1] != '/' && text[length - 1] != '#') || !strchr(text, ':')) {
        return false;
    }
    for (const char* c = text; *c; ++c) {
        if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 0x7F || strchr("<>\"{}|\\^`", *c)) {
            return false;
        }
    }
    return true;
}

static kg_status set_base_iri(kg_store* store, const char* base_iri, kg_error* error) {
    char* const copy = strdup(base_iri);
    if (!copy) {
        return KG_OUT_OF_MEMORY(error);
    }
    kg_status status = kg_i_begin(store, error);
    if (status == KG_OK) {
        status = kg_i_meta_put(store, "base_iri", kg_slice_of(base_iri), error);
    }
    if (status == KG_OK) {
        status = kg_store_commit(store, error);
    }
    if (status != KG_OK) {
        free(copy);
        kg_i_rollback(store);
        return status;
    }
    free(store->base_iri);
    store->base_iri = copy;
    return KG_OK;
}

static kg_status derive_and_commit(kg_store* store, const kg_lexicon* lexicon, const char* print,
                                   bool new_lexicon, kg_error* error) {
    KG_TRY(kg_i_begin(store, error));
    kg_status status = derive(store, lexicon, new_lexicon, error);
    if (status == KG_OK) {
        status = kg_i_meta_put(store, "behind", KG_LIT("0"), error);
    }
    if (status == KG_OK) {
        status = kg_i_meta_put(store, "lexicon", kg_slice_of(print), error);
    }
    if (status == KG_OK) {
        status = kg_store_commit(store, error);
    } else {
        kg_i_rollback(store);
        store->batch_lost = false; // nothing of the caller's was in it
    }
    sqlite3_exec(store->db, forget_ids, NULL, NULL, NULL);
    return status;
}

kg_status kg_store_resolve(kg_store* store, const kg_lexicon* lexicon, const char* base_iri,
                           bool* changed, kg_error* error) {
    if (changed) {
        *changed = false;
    }
    if (base_iri && !is_base_iri(base_iri)) {
        return kg_fail(error, KG_ERR_USAGE, NULL, KG_("a base IRI is ASCII and ends in / or #: %s"),
                       base_iri);
    }
    KG_TRY(kg_store_commit(store, error));
    const bool new_base = base_iri && strcmp(base_iri, store->base_iri) != 0;
    if (new_base) {
        KG_TRY(set_base_iri(store, base_iri, error));
    }
    char print[20];
    fingerprint(lexicon, print);
    kg_i_buffer value = {0};
    kg_status status = kg_i_meta_get(store, "behind", &value, error);
    const bool behind = !kg_slice_equal(kg_i_buffer_slice(&value), KG_LIT("0"));
    if (status == KG_OK) {
        status = kg_i_meta_get(store, "lexicon", &value, error);
    }
    const bool first = !value.len;
    const bool same_lexicon = kg_slice_equal(kg_i_buffer_slice(&value), kg_slice_of(print));
    kg_i_buffer_dispose(&value);
    KG_TRY(status);
    if (behind || !same_lexicon) {
        KG_TRY(derive_and_commit(store, lexicon, print, !first && !same_lexicon, error));
    }
    if (changed) {
        *changed = new_base || behind || !same_lexicon;
    }
    return KG_OK;
}
