// SPDX-License-Identifier: GPL-3.0-or-later
/// Documents in and out, and the batches that make them durable.
#include "base/map.h"
#include "base/message.h"
#include "base/try.h"
#include "base/vec.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

kg_status kg_i_begin(kg_store* store, kg_error* error) {
    if (store->mode != KG_STORE_WRITE) {
        return kg_fail(error, KG_ERR_USAGE, store->path, "%s",
                       KG_("the store was opened for reading"));
    }
    if (store->batch_lost) {
        return kg_fail(error, KG_ERR_IO, store->path, "%s",
                       KG_("what was not yet committed had to be given up"));
    }
    if (store->in_batch) {
        return KG_OK;
    }
    sqlite3_stmt* begin = NULL;
    KG_TRY(kg_i_keep(store, KG_I_BEGIN, "BEGIN IMMEDIATE", &begin, error));
    KG_TRY(kg_i_finish(store, begin, error));
    store->in_batch = true;
    store->marked = false;
    return KG_OK;
}

void kg_i_rollback(kg_store* store) {
    if (store->in_batch) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
    store->in_batch = false;
    store->marked = false;
    store->measuring = false;
}

kg_status kg_store_commit(kg_store* store, kg_error* error) {
    if (store->batch_lost) {
        store->batch_lost = false;
        return kg_fail(error, KG_ERR_IO, store->path, "%s",
                       KG_("what was not yet committed had to be given up"));
    }
    if (!store->in_batch) {
        return KG_OK;
    }
    sqlite3_stmt* commit = NULL;
    KG_TRY(kg_i_keep(store, KG_I_COMMIT, "COMMIT", &commit, error));
    const kg_status status = kg_i_finish(store, commit, error);
    if (status != KG_OK) {
        kg_i_rollback(store);
        store->batch_lost = false; // this is the telling
        return status;
    }
    store->in_batch = false;
    store->marked = false;
    return KG_OK;
}

/// Begin a change that is made whole or not at all, within the batch.
static kg_status begin_change(kg_store* store, kg_error* error) {
    KG_TRY(kg_i_begin(store, error));
    sqlite3_stmt* save = NULL;
    KG_TRY(kg_i_keep(store, KG_I_SAVE, "SAVEPOINT change", &save, error));
    return kg_i_finish(store, save, error);
}

static kg_status end_change(kg_store* store, kg_status status, kg_error* error) {
    if (status == KG_OK && !store->marked) {
        status = kg_i_meta_put(store, "behind", KG_LIT("1"), error);
        store->marked = status == KG_OK;
    }
    if (status == KG_OK) {
        sqlite3_stmt* release = NULL;
        KG_TRY(kg_i_keep(store, KG_I_RELEASE, "RELEASE change", &release, error));
        return kg_i_finish(store, release, error);
    }
    if (store->in_batch) {
        sqlite3_exec(store->db, "ROLLBACK TO change; RELEASE change", NULL, NULL, NULL);
        store->marked = false;
    }
    return status;
}

/// What the store knows of a document.
typedef struct {
    int64_t doc;
    unsigned char hash[16];    ///< of the file's bytes
    unsigned char content[16]; ///< of the record
} known_document;

static void read_hash(sqlite3_stmt* row, int at, unsigned char out[16]) {
    memset(out, 0, 16);
    if (sqlite3_column_bytes(row, at) == 16) {
        memcpy(out, sqlite3_column_blob(row, at), 16);
    }
}

/// The document of that name, or `KG_NO`.
static kg_status find_document(kg_store* store, kg_slice name, known_document* out,
                               kg_error* error) {
    sqlite3_stmt* find = NULL;
    KG_TRY(kg_i_keep(store, KG_I_FIND_CONTENT,
                     "SELECT doc, hash, content FROM kg_document WHERE name = ?", &find, error));
    kg_i_bind(find, 1, name);
    const kg_status status = kg_i_step(store, find, error);
    if (status == KG_OK) {
        out->doc = sqlite3_column_int64(find, 0);
        read_hash(find, 1, out->hash);
        read_hash(find, 2, out->content);
    }
    sqlite3_reset(find);
    return status;
}

static void hash_bytes(const uint64_t hash[2], unsigned char out[16]) {
    for (unsigned i = 0; i < 16; ++i) {
        out[i] = (unsigned char)(hash[i / 8] >> (56 - i % 8 * 8));
    }
}

kg_status kg_store_has(kg_store* store, kg_slice doc, const uint64_t hash[2]) {
    known_document known;
    unsigned char wanted[16];
    if (!hash[0] && !hash[1]) {
        return KG_NO; // made by hand: nothing says that it is the same
    }
    KG_TRY(find_document(store, doc, &known, NULL));
    hash_bytes(hash, wanted);
    return memcmp(known.hash, wanted, sizeof wanted) == 0 ? KG_OK : KG_NO;
}

/// Everything that hangs on the document goes with it.
static kg_status delete_document(kg_store* store, int64_t doc, kg_error* error) {
    sqlite3_stmt* delete = NULL;
    KG_TRY(kg_i_keep(store, KG_I_DELETE_DOCUMENT, "DELETE FROM kg_document WHERE doc = ?", &delete,
                     error));
    sqlite3_bind_int64(delete, 1, doc);
    return kg_i_finish(store, delete, error);
}

static kg_status put_head(kg_store* store, const kg_record* record, const unsigned char content[16],
                          int64_t* doc, kg_error* error) {
    sqlite3_stmt* put = NULL;
    KG_TRY(kg_i_keep(store, KG_I_PUT_DOCUMENT,
                     "INSERT INTO kg_document (id, name, path, title, date, url, publisher, format,"
                     " charset, hash, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     &put, error));
    char id[KG_I_ID_SIZE];
    unsigned char hash[16];
    kg_i_hash_id("doc_", record->doc, id);
    hash_bytes(record->hash, hash);
    kg_i_bind(put, 1, kg_slice_of(id));
    kg_i_bind(put, 2, record->doc);
    kg_i_bind(put, 3, record->path);
    kg_i_bind(put, 4, record->title);
    kg_i_bind(put, 5, record->date);
    kg_i_bind(put, 6, record->url);
    kg_i_bind(put, 7, record->publisher);
    kg_i_bind(put, 8, record->format);
    kg_i_bind(put, 9, record->charset);
    sqlite3_bind_blob(put, 10, hash, sizeof hash, SQLITE_STATIC);
    sqlite3_bind_blob(put, 11, content, 16, SQLITE_STATIC);
    KG_TRY(kg_i_finish(store, put, error));
    *doc = sqlite3_last_insert_rowid(store->db);
    return KG_OK;
}

static kg_status put_aliases(kg_store* store, int64_t doc, uint32_t nr,
                             const kg_record_entity* entity, kg_error* error) {
    sqlite3_stmt* put = NULL;
    for (uint32_t k = 0; k < entity->alias_count; ++k) {
        if (!entity->aliases[k].len) {
            continue;
        }
        KG_TRY(kg_i_keep(store, KG_I_PUT_ALIAS,
                         "INSERT INTO kg_doc_alias (doc, nr, k, alias) VALUES (?, ?, ?, ?)", &put,
                         error));
        sqlite3_bind_int64(put, 1, doc);
        sqlite3_bind_int64(put, 2, nr);
        sqlite3_bind_int64(put, 3, k);
        kg_i_bind(put, 4, entity->aliases[k]);
        KG_TRY(kg_i_finish(store, put, error));
    }
    return KG_OK;
}

/// Mentions as a JSON array: they are read as a whole or not at all, and rows would cost more than
/// the rest of the record together.
static void format_mentions(const kg_record_entity* entity, kg_i_buffer* out) {
    kg_i_buffer_clear(out);
    for (uint32_t i = 0; i < entity->mention_count; ++i) {
        kg_i_buffer_format(out, "%s[%llu,%llu]", i ? "," : "[",
                           (unsigned long long)entity->mentions[i].begin,
                           (unsigned long long)entity->mentions[i].end);
    }
    if (entity->mention_count) {
        kg_i_buffer_add_char(out, ']');
    }
}

static kg_status put_entity(kg_store* store, int64_t doc, uint32_t nr,
                            const kg_record_entity* entity, kg_i_buffer* mentions,
                            kg_error* error) {
    sqlite3_stmt* put = NULL;
    KG_TRY(kg_i_keep(store, KG_I_PUT_ENTITY,
                     "INSERT INTO kg_doc_entity (doc, nr, type, name, lexicon_id, mentions)"
                     " VALUES (?, ?, ?, ?, ?, ?)",
                     &put, error));
    format_mentions(entity, mentions);
    if (mentions->failed) {
        return KG_OUT_OF_MEMORY(error);
    }
    sqlite3_bind_int64(put, 1, doc);
    sqlite3_bind_int64(put, 2, nr);
    sqlite3_bind_int(put, 3, (int)entity->type);
    kg_i_bind(put, 4, entity->name);
    kg_i_bind(put, 5, entity->lexicon_id);
    kg_i_bind(put, 6, kg_i_buffer_slice(mentions));
    KG_TRY(kg_i_finish(store, put, error));
    return put_aliases(store, doc, nr, entity, error);
}

/// As the record's JSON has it, so that a store filled from extraction output equals one that was
/// filled directly.
static int ten_thousandths(double share) {
    const double inside = share > 0 ? (share < 1 ? share : 1) : 0;
    return (int)(inside * 10000 + 0.5);
}

static kg_status put_claim(kg_store* store, int64_t doc, uint32_t nr,
                           const kg_record_relation* relation, kg_error* error) {
    sqlite3_stmt* put = NULL;
    KG_TRY(kg_i_keep(store, KG_I_PUT_CLAIM,
                     "INSERT INTO kg_claim (claim, doc, subject, object, predicate, status,"
                     " inferred, confidence, rule, title, time, valid_from, valid_to, quote,"
                     " sentence, first_byte, last_byte)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     &put, error));
    sqlite3_bind_int64(put, 1, doc << KG_I_CLAIM_BITS | nr);
    sqlite3_bind_int64(put, 2, doc);
    sqlite3_bind_int64(put, 3, relation->subject);
    sqlite3_bind_int64(put, 4, relation->object);
    sqlite3_bind_int(put, 5, (int)relation->predicate);
    sqlite3_bind_int(put, 6, (int)relation->status);
    sqlite3_bind_int(put, 7, relation->inferred);
    sqlite3_bind_int(put, 8, ten_thousandths(relation->confidence));
    kg_i_bind(put, 9, relation->rule);
    kg_i_bind(put, 10, relation->title);
    kg_i_bind(put, 11, relation->time);
    kg_i_bind(put, 12, relation->valid_from);
    kg_i_bind(put, 13, relation->valid_to);
    kg_i_bind(put, 14, relation->evidence);
    kg_i_bind(put, 15, relation->sentence);
    sqlite3_bind_int64(put, 16, (int64_t)relation->span.begin);
    sqlite3_bind_int64(put, 17, (int64_t)relation->span.end);
    return kg_i_finish(store, put, error);
}

static kg_status put_record(kg_store* store, const kg_record* record,
                            const unsigned char content[16], const known_document* before,
                            kg_error* error) {
    int64_t doc = 0;
    if (before) {
        KG_TRY(delete_document(store, before->doc, error));
    }
    KG_TRY(put_head(store, record, content, &doc, error));
    kg_i_buffer mentions = {0};
    kg_status status = KG_OK;
    for (uint32_t i = 0; status == KG_OK && i < record->entity_count; ++i) {
        status = put_entity(store, doc, i, &record->entities[i], &mentions, error);
    }
    kg_i_buffer_dispose(&mentions);
    for (uint32_t i = 0; status == KG_OK && i < record->relation_count; ++i) {
        status = put_claim(store, doc, i, &record->relations[i], error);
    }
    return status;
}

static kg_status check_record(const kg_record* record, kg_error* error) {
    if (!record->doc.len) {
        return kg_fail(error, KG_ERR_USAGE, NULL, "%s", KG_("a document without a name"));
    }
    if (record->relation_count >= 1u << KG_I_CLAIM_BITS) {
        return kg_fail(error, KG_ERR_LIMIT, NULL, "%s", KG_("too many relations in one document"));
    }
    for (uint32_t i = 0; i < record->entity_count; ++i) {
        if (!record->entities[i].name.len || (unsigned)record->entities[i].type >= KG_TYPE_COUNT) {
            return kg_fail(error, KG_ERR_USAGE, NULL, "%s", KG_("an entity without a name"));
        }
    }
    for (uint32_t i = 0; i < record->relation_count; ++i) {
        const kg_record_relation* const relation = &record->relations[i];
        if (relation->subject >= record->entity_count || relation->object >= record->entity_count ||
            (unsigned)relation->predicate >= KG_PREDICATE_COUNT ||
            (unsigned)relation->status >= KG_STATUS_COUNT) {
            return kg_fail(error, KG_ERR_USAGE, NULL, "%s", KG_("a relation without its ends"));
        }
    }
    return KG_OK;
}

/// The record's JSON says all that the store keeps of it.
static kg_status hash_record(const kg_record* record, unsigned char out[16], kg_error* error) {
    char* json = NULL;
    size_t length = 0;
    uint64_t hash[2];
    KG_TRY(kg_record_to_json(record, &json, &length, error));
    kg_i_hash128((kg_slice){json, length}, hash);
    hash_bytes(hash, out);
    free(json);
    return KG_OK;
}

kg_status kg_store_put(kg_store* store, const kg_record* record, kg_error* error) {
    KG_TRY(check_record(record, error));
    KG_TRY(kg_i_begin(store, error));
    unsigned char content[16];
    known_document known;
    KG_TRY(hash_record(record, content, error));
    const kg_status found = find_document(store, record->doc, &known, error);
    if (found != KG_OK && found != KG_NO) {
        return found;
    }
    if (found == KG_OK && memcmp(known.content, content, sizeof content) == 0) {
        return KG_OK;
    }
    KG_TRY(begin_change(store, error));
    const kg_status status =
        put_record(store, record, content, found == KG_OK ? &known : NULL, error);
    return end_change(store, status, error);
}

kg_status kg_store_retract(kg_store* store, kg_slice doc, kg_error* error) {
    known_document known;
    KG_TRY(find_document(store, doc, &known, error));
    KG_TRY(begin_change(store, error));
    return end_change(store, delete_document(store, known.doc, error), error);
}

kg_status kg_store_prune(kg_store* store, kg_keep keep, void* handle, uint64_t* removed,
                         kg_error* error) {
    KG_I_VEC(int64_t) gone = {0};
    sqlite3_stmt* all = NULL;
    KG_TRY(kg_i_prepare(store, "SELECT doc, name FROM kg_document ORDER BY name", &all, error));
    kg_status status = KG_OK;
    while ((status = kg_i_step(store, all, error)) == KG_OK) {
        if (!keep(handle, kg_i_column(all, 1)) &&
            !kg_i_vec_push(&gone, sqlite3_column_int64(all, 0))) {
            status = KG_OUT_OF_MEMORY(error);
            break;
        }
    }
    sqlite3_finalize(all);
    status = status == KG_NO ? KG_OK : status;
    if (status == KG_OK && gone.count) {
        status = begin_change(store, error);
        if (status == KG_OK) {
            for (size_t i = 0; status == KG_OK && i < gone.count; ++i) {
                status = delete_document(store, gone.items[i], error);
            }
            status = end_change(store, status, error);
        }
    }
    if (removed) {
        *removed = status == KG_OK ? gone.count : 0;
    }
    kg_i_vec_dispose(&gone);
    return status;
}

kg_status kg_store_note_put(kg_store* store, kg_slice key, kg_slice value, kg_error* error) {
    sqlite3_stmt* put = NULL;
    KG_TRY(kg_i_begin(store, error));
    if (!value.len) {
        KG_TRY(
            kg_i_keep(store, KG_I_DELETE_NOTE, "DELETE FROM kg_note WHERE key = ?", &put, error));
    } else {
        KG_TRY(kg_i_keep(store, KG_I_PUT_NOTE,
                         "INSERT INTO kg_note (key, value) VALUES (?, ?)"
                         " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                         &put, error));
        sqlite3_bind_blob64(put, 2, value.ptr, value.len, SQLITE_STATIC);
    }
    sqlite3_bind_text64(put, 1, key.len ? key.ptr : "", key.len, SQLITE_STATIC, SQLITE_UTF8);
    return kg_i_finish(store, put, error);
}

kg_status kg_store_note_get(kg_store* store, kg_slice key, kg_slice* value) {
    sqlite3_stmt* get = NULL;
    kg_i_buffer_clear(&store->note);
    *value = (kg_slice){0};
    KG_TRY(kg_i_keep(store, KG_I_GET_NOTE, "SELECT value FROM kg_note WHERE key = ?", &get, NULL));
    sqlite3_bind_text64(get, 1, key.len ? key.ptr : "", key.len, SQLITE_STATIC, SQLITE_UTF8);
    const kg_status status = kg_i_step(store, get, NULL);
    if (status == KG_OK) {
        kg_i_buffer_add(&store->note, sqlite3_column_blob(get, 0),
                        (size_t)sqlite3_column_bytes(get, 0));
        *value = kg_i_buffer_slice(&store->note);
    }
    sqlite3_reset(get);
    return store->note.failed ? KG_ERR_MEMORY : status;
}
