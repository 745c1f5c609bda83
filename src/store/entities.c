// SPDX-License-Identifier: GPL-3.0-or-later
/// Entities, documents and the merge log, read row by row.
#include "base/arena.h"
#include "base/message.h"
#include "base/try.h"
#include "base/vec.h"
#include "store/cursor.h"

#include <string.h>

typedef struct {
    kg_store* store;
    kg_i_side aliases, same_as, measures;
    kg_i_arena arena; ///< of one row
    KG_I_VEC(kg_slice) alias_list;
    KG_I_VEC(kg_slice) same_list;
    KG_I_VEC(kg_measure) measure_list;
    kg_error* error;
} entity_walk;

static kg_status open_sides(entity_walk* w, bool keyed) {
    KG_TRY(kg_i_side_open(w->store, &w->aliases,
                          keyed ? "SELECT entity, alias FROM kg_alias WHERE entity = ? ORDER BY 2"
                                : "SELECT entity, alias FROM kg_alias ORDER BY 1, 2",
                          keyed, w->error));
    KG_TRY(kg_i_side_open(w->store, &w->same_as,
                          keyed ? "SELECT entity, id FROM kg_same_as WHERE entity = ? ORDER BY 2"
                                : "SELECT entity, id FROM kg_same_as ORDER BY 1, 2",
                          keyed, w->error));
    return kg_i_side_open(
        w->store, &w->measures,
        keyed ? "SELECT entity, name, value FROM kg_measure WHERE entity = ? ORDER BY 2"
              : "SELECT entity, name, value FROM kg_measure ORDER BY 1, 2",
        keyed, w->error);
}

static void close_sides(entity_walk* w) {
    kg_i_side_close(&w->aliases);
    kg_i_side_close(&w->same_as);
    kg_i_side_close(&w->measures);
    kg_i_arena_dispose(&w->arena);
    kg_i_vec_dispose(&w->alias_list);
    kg_i_vec_dispose(&w->same_list);
    kg_i_vec_dispose(&w->measure_list);
}

static kg_status take_sides(entity_walk* w, int64_t entity) {
    w->alias_list.count = w->same_list.count = w->measure_list.count = 0;
    kg_i_arena_reset(&w->arena);
    KG_TRY(kg_i_side_seek(w->store, &w->aliases, entity, w->error));
    while (kg_i_side_has(&w->aliases, entity)) {
        const kg_slice alias = kg_i_arena_copy(&w->arena, kg_i_column(w->aliases.statement, 1));
        if (!alias.ptr || !kg_i_vec_push(&w->alias_list, alias)) {
            return KG_OUT_OF_MEMORY(w->error);
        }
        KG_TRY(kg_i_side_next(w->store, &w->aliases, w->error));
    }
    KG_TRY(kg_i_side_seek(w->store, &w->same_as, entity, w->error));
    while (kg_i_side_has(&w->same_as, entity)) {
        const kg_slice id = kg_i_arena_copy(&w->arena, kg_i_column(w->same_as.statement, 1));
        if (!id.ptr || !kg_i_vec_push(&w->same_list, id)) {
            return KG_OUT_OF_MEMORY(w->error);
        }
        KG_TRY(kg_i_side_next(w->store, &w->same_as, w->error));
    }
    KG_TRY(kg_i_side_seek(w->store, &w->measures, entity, w->error));
    while (kg_i_side_has(&w->measures, entity)) {
        const kg_measure measure = {
            .name = kg_i_arena_copy(&w->arena, kg_i_column(w->measures.statement, 1)),
            .value = sqlite3_column_double(w->measures.statement, 2)};
        if (!measure.name.ptr || !kg_i_vec_push(&w->measure_list, measure)) {
            return KG_OUT_OF_MEMORY(w->error);
        }
        KG_TRY(kg_i_side_next(w->store, &w->measures, w->error));
    }
    return KG_OK;
}

static kg_status hand_entity(entity_walk* w, sqlite3_stmt* rows, kg_on_entity on_row,
                             void* handle) {
    KG_TRY(take_sides(w, sqlite3_column_int64(rows, 0)));
    const kg_entity_row row = {.id = kg_i_column(rows, 1),
                               .type = (kg_type)sqlite3_column_int(rows, 2),
                               .name = kg_i_column(rows, 3),
                               .lexicon_id = kg_i_column(rows, 4),
                               .document_count = (uint32_t)sqlite3_column_int64(rows, 5),
                               .first_seen = kg_i_column(rows, 6),
                               .last_seen = kg_i_column(rows, 7),
                               .aliases = w->alias_list.items,
                               .alias_count = (uint32_t)w->alias_list.count,
                               .same_as = w->same_list.items,
                               .same_as_count = (uint32_t)w->same_list.count,
                               .measures = w->measure_list.items,
                               .measure_count = (uint32_t)w->measure_list.count};
    return on_row(handle, &row);
}

/// Walk the rows of a query over kg_entity; the statement is the caller's. `*seen` counts.
static kg_status walk_entities(kg_store* store, sqlite3_stmt* rows, bool keyed, kg_on_entity on_row,
                               void* handle, uint64_t* seen, kg_error* error) {
    entity_walk w = {.store = store, .error = error};
    kg_status status = open_sides(&w, keyed);
    while (status == KG_OK && (status = kg_i_step(store, rows, error)) == KG_OK) {
        ++*seen;
        status = hand_entity(&w, rows, on_row, handle);
        if (status == KG_NO) { // a "no" of the caller's is not our end of rows
            close_sides(&w);
            return KG_NO;
        }
    }
    close_sides(&w);
    return status == KG_NO ? KG_OK : status;
}

#define ENTITY_COLUMNS                                                                             \
    "SELECT entity, id, type, name, lexicon_id, document_count, first_seen, last_seen"             \
    " FROM kg_entity"

kg_status kg_store_each_entity(kg_store* store, kg_on_entity on_row, void* handle,
                               kg_error* error) {
    sqlite3_stmt* rows = NULL;
    uint64_t seen = 0;
    KG_TRY(kg_i_prepare(store, ENTITY_COLUMNS " ORDER BY entity", &rows, error));
    const kg_status status = walk_entities(store, rows, false, on_row, handle, &seen, error);
    sqlite3_finalize(rows);
    return status;
}

kg_status kg_store_find_entity(kg_store* store, kg_slice text, kg_match match, uint32_t limit,
                               kg_on_entity on_row, void* handle, kg_error* error) {
    static const char exact[] =
        ENTITY_COLUMNS " WHERE entity IN (SELECT entity FROM kg_entity WHERE id = ?1"
                       " UNION SELECT entity FROM kg_entity WHERE name = ?1"
                       " UNION SELECT entity FROM kg_alias WHERE alias = ?1"
                       " UNION SELECT entity FROM kg_same_as WHERE id = ?1)"
                       " ORDER BY entity LIMIT ?2";
    static const char part[] =
        ENTITY_COLUMNS " WHERE entity IN (SELECT entity FROM kg_entity WHERE instr(name, ?1)"
                       " UNION SELECT entity FROM kg_alias WHERE instr(alias, ?1))"
                       " ORDER BY entity LIMIT ?2";
    if (!text.len) {
        return KG_NO;
    }
    sqlite3_stmt* rows = NULL;
    uint64_t seen = 0;
    KG_TRY(kg_i_prepare(store, match == KG_MATCH_EXACT ? exact : part, &rows, error));
    kg_i_bind(rows, 1, text);
    sqlite3_bind_int64(rows, 2, limit ? (int64_t)limit : -1);
    const kg_status status = walk_entities(store, rows, true, on_row, handle, &seen, error);
    sqlite3_finalize(rows);
    return status == KG_OK && !seen ? KG_NO : status;
}

static void read_hash(sqlite3_stmt* rows, int at, uint64_t out[2]) {
    const unsigned char* const bytes = sqlite3_column_blob(rows, at);
    out[0] = out[1] = 0;
    for (int i = 0; bytes && i < 16 && i < sqlite3_column_bytes(rows, at); ++i) {
        out[i / 8] = out[i / 8] << 8 | bytes[i];
    }
}

kg_status kg_store_each_document(kg_store* store, kg_on_document_row on_row, void* handle,
                                 kg_error* error) {
    sqlite3_stmt* rows = NULL;
    KG_TRY(kg_i_prepare(store,
                        "SELECT id, name, path, title, date, url, publisher, hash"
                        " FROM kg_document ORDER BY name",
                        &rows, error));
    kg_status status = KG_OK;
    while ((status = kg_i_step(store, rows, error)) == KG_OK) {
        kg_document_row row = {.id = kg_i_column(rows, 0),
                               .name = kg_i_column(rows, 1),
                               .path = kg_i_column(rows, 2),
                               .title = kg_i_column(rows, 3),
                               .date = kg_i_column(rows, 4),
                               .url = kg_i_column(rows, 5),
                               .publisher = kg_i_column(rows, 6)};
        read_hash(rows, 7, row.hash);
        const kg_status answer = on_row(handle, &row);
        if (answer != KG_OK) {
            sqlite3_finalize(rows);
            return answer;
        }
    }
    sqlite3_finalize(rows);
    return status == KG_NO ? KG_OK : status;
}

kg_status kg_store_each_merge(kg_store* store, kg_slice entity, kg_on_merge on_row, void* handle,
                              kg_error* error) {
    sqlite3_stmt* rows = NULL;
    KG_TRY(kg_i_prepare(store,
                        "SELECT e.id, d.name, n.name, m.reason FROM kg_entity e"
                        " JOIN kg_member m ON m.entity = e.entity"
                        " JOIN kg_document d ON d.doc = m.doc"
                        " JOIN kg_doc_entity n ON n.doc = m.doc AND n.nr = m.nr"
                        " WHERE e.id = ? ORDER BY d.name, m.nr",
                        &rows, error));
    kg_i_bind(rows, 1, entity);
    bool any = false;
    kg_status status = KG_OK;
    while ((status = kg_i_step(store, rows, error)) == KG_OK) {
        any = true;
        const kg_merge_row row = {.entity = kg_i_column(rows, 0),
                                  .doc = kg_i_column(rows, 1),
                                  .name = kg_i_column(rows, 2),
                                  .reason = kg_i_column(rows, 3)};
        const kg_status answer = on_row(handle, &row);
        if (answer != KG_OK) {
            sqlite3_finalize(rows);
            return answer;
        }
    }
    sqlite3_finalize(rows);
    return status == KG_NO && any ? KG_OK : status;
}

kg_status kg_store_count(kg_store* store, kg_store_counts* out, kg_error* error) {
    sqlite3_stmt* rows = NULL;
    *out = (kg_store_counts){0};
    KG_TRY(
        kg_i_prepare(store,
                     "SELECT 0, 0, count(*) FROM kg_document"
                     " UNION ALL SELECT 1, type, count(*) FROM kg_entity GROUP BY type"
                     " UNION ALL SELECT 2, predicate, count(*) FROM kg_statement GROUP BY predicate"
                     " UNION ALL SELECT 3, 0, count(*) FROM kg_evidence",
                     &rows, error));
    kg_status status = KG_OK;
    while ((status = kg_i_step(store, rows, error)) == KG_OK) {
        const int kind = sqlite3_column_int(rows, 1);
        const uint64_t count = (uint64_t)sqlite3_column_int64(rows, 2);
        switch (sqlite3_column_int(rows, 0)) {
        case 0:
            out->documents = count;
            break;
        case 1:
            if ((unsigned)kind < KG_TYPE_COUNT) {
                out->entities[kind] = count;
            }
            break;
        case 2:
            if ((unsigned)kind < KG_PREDICATE_COUNT) {
                out->statements[kind] = count;
            }
            break;
        default:
            out->evidence = count;
        }
    }
    sqlite3_finalize(rows);
    return status == KG_NO ? KG_OK : status;
}
