// SPDX-License-Identifier: GPL-3.0-or-later
/// Statements with their evidence, read row by row.
#include "base/arena.h"
#include "base/message.h"
#include "base/try.h"
#include "base/vec.h"
#include "store/cursor.h"

typedef struct {
    kg_store* store;
    kg_i_side evidence;
    kg_i_arena arena; ///< of one statement
    KG_I_VEC(kg_evidence_row) list;
    kg_on_statement on_row;
    void* handle;
    uint64_t seen;
    kg_error* error;
} statement_walk;

#define STATEMENT_COLUMNS                                                                          \
    "SELECT s.statement, s.id, a.id, b.id, s.predicate, s.status, s.title, s.valid_from,"          \
    " s.valid_to, s.first_seen, s.last_seen, s.confidence, s.inferred FROM kg_statement s"         \
    " CROSS JOIN kg_entity a ON a.entity = s.subject CROSS JOIN kg_entity b ON b.entity = "        \
    "s.object"

#define EVIDENCE_COLUMNS                                                                           \
    "SELECT v.statement, d.name, d.id, d.url, d.title, d.date, c.sentence, c.quote,"               \
    " c.first_byte, c.last_byte, c.rule, c.time, c.confidence FROM kg_evidence v"                  \
    " CROSS JOIN kg_claim c ON c.claim = v.claim CROSS JOIN kg_document d ON d.doc = c.doc"

static kg_status take_evidence(statement_walk* w) {
    sqlite3_stmt* const row = w->evidence.statement;
    kg_slice text[9];
    static const int columns[] = {1, 2, 3, 4, 5, 6, 7, 10, 11};
    for (unsigned i = 0; i < 9; ++i) {
        text[i] = kg_i_arena_copy(&w->arena, kg_i_column(row, columns[i]));
        if (!text[i].ptr) {
            return KG_OUT_OF_MEMORY(w->error);
        }
    }
    const kg_evidence_row found = {
        .doc = text[0],
        .doc_id = text[1],
        .url = text[2],
        .title = text[3],
        .date = text[4],
        .sentence = text[5],
        .quote = text[6],
        .span = {(uint64_t)sqlite3_column_int64(row, 8), (uint64_t)sqlite3_column_int64(row, 9)},
        .rule = text[7],
        .time = text[8],
        .confidence = sqlite3_column_int(row, 12) / 10000.0};
    return kg_i_vec_push(&w->list, found) ? KG_OK : KG_OUT_OF_MEMORY(w->error);
}

static kg_status hand_statement(statement_walk* w, sqlite3_stmt* rows) {
    const int64_t number = sqlite3_column_int64(rows, 0);
    w->list.count = 0;
    kg_i_arena_reset(&w->arena);
    KG_TRY(kg_i_side_seek(w->store, &w->evidence, number, w->error));
    while (kg_i_side_has(&w->evidence, number)) {
        KG_TRY(take_evidence(w));
        KG_TRY(kg_i_side_next(w->store, &w->evidence, w->error));
    }
    if (!w->list.count) {
        return KG_OK; // its documents have changed since the graph was derived
    }
    const kg_statement_row row = {.id = kg_i_column(rows, 1),
                                  .subject = kg_i_column(rows, 2),
                                  .object = kg_i_column(rows, 3),
                                  .predicate = (kg_predicate)sqlite3_column_int(rows, 4),
                                  .status = (kg_fact_status)sqlite3_column_int(rows, 5),
                                  .title = kg_i_column(rows, 6),
                                  .valid_from = kg_i_column(rows, 7),
                                  .valid_to = kg_i_column(rows, 8),
                                  .first_seen = kg_i_column(rows, 9),
                                  .last_seen = kg_i_column(rows, 10),
                                  .confidence = sqlite3_column_int(rows, 11) / 10000.0,
                                  .inferred = sqlite3_column_int(rows, 12) != 0,
                                  .evidence = w->list.items,
                                  .evidence_count = (uint32_t)w->list.count};
    ++w->seen;
    return w->on_row(w->handle, &row);
}

/// Walk `rows` with evidence beside it; the statements stay the caller's.
static kg_status walk_rows(statement_walk* w, sqlite3_stmt* rows) {
    kg_status status = KG_OK;
    bool ended = false;
    while (status == KG_OK && !ended) {
        status = kg_i_step(w->store, rows, w->error);
        ended = status == KG_NO;
        if (status == KG_OK) {
            status = hand_statement(w, rows);
        }
    }
    kg_i_arena_dispose(&w->arena);
    kg_i_vec_dispose(&w->list);
    return ended ? KG_OK : status;
}

/// The same, and finalise them.
static kg_status walk_statements(statement_walk* w, sqlite3_stmt* rows) {
    const kg_status status = walk_rows(w, rows);
    sqlite3_finalize(rows);
    kg_i_side_close(&w->evidence);
    return status;
}

kg_status kg_store_each_statement(kg_store* store, kg_on_statement on_row, void* handle,
                                  kg_error* error) {
    statement_walk w = {.store = store, .on_row = on_row, .handle = handle, .error = error};
    sqlite3_stmt* rows = NULL;
    KG_TRY(kg_i_prepare(store, STATEMENT_COLUMNS " ORDER BY s.statement", &rows, error));
    const kg_status status = kg_i_side_open(
        store, &w.evidence, EVIDENCE_COLUMNS " ORDER BY v.statement, v.rank", false, error);
    if (status != KG_OK) {
        kg_i_side_close(&w.evidence);
        sqlite3_finalize(rows);
        return status;
    }
    return walk_statements(&w, rows);
}

/// The range of claim keys of a document; `KG_NO` if there is none of that name.
static kg_status claim_range(kg_store* store, kg_slice doc, int64_t* first, int64_t* last,
                             kg_error* error) {
    sqlite3_stmt* find = NULL;
    KG_TRY(kg_i_keep(store, KG_I_FIND_DOCUMENT, "SELECT doc FROM kg_document WHERE name = ?", &find,
                     error));
    kg_i_bind(find, 1, doc);
    const kg_status status = kg_i_step(store, find, error);
    if (status == KG_OK) {
        *first = sqlite3_column_int64(find, 0) << KG_I_CLAIM_BITS;
        *last = *first | ((1 << KG_I_CLAIM_BITS) - 1);
    }
    sqlite3_reset(find);
    return status;
}

kg_status kg_store_each_statement_of(kg_store* store, kg_slice doc, kg_on_statement on_row,
                                     void* handle, kg_error* error) {
    statement_walk w = {.store = store, .on_row = on_row, .handle = handle, .error = error};
    sqlite3_stmt* rows = NULL;
    int64_t first = 0;
    int64_t last = 0;
    const kg_status found = claim_range(store, doc, &first, &last, error);
    if (found != KG_OK) {
        return found == KG_NO ? KG_OK : found;
    }
    KG_TRY(kg_i_borrow(store, KG_I_STATEMENTS_OF,
                       STATEMENT_COLUMNS " WHERE s.statement IN (SELECT statement FROM kg_evidence"
                                         " WHERE claim BETWEEN ? AND ?) ORDER BY s.statement",
                       &rows, error));
    w.evidence = (kg_i_side){.keyed = true, .at = KG_NO};
    kg_status status = kg_i_borrow(
        store, KG_I_EVIDENCE_OF,
        EVIDENCE_COLUMNS " WHERE v.statement = ? AND v.claim BETWEEN ? AND ? ORDER BY v.rank",
        &w.evidence.statement, error);
    if (status == KG_OK) {
        sqlite3_bind_int64(rows, 1, first);
        sqlite3_bind_int64(rows, 2, last);
        sqlite3_bind_int64(w.evidence.statement, 2, first);
        sqlite3_bind_int64(w.evidence.statement, 3, last);
        status = walk_rows(&w, rows);
    }
    kg_i_give_back(store, KG_I_STATEMENTS_OF, rows);
    kg_i_give_back(store, KG_I_EVIDENCE_OF, w.evidence.statement);
    return status;
}

kg_status kg_store_find_statement(kg_store* store, kg_slice subject, kg_predicate predicate,
                                  kg_slice object, kg_on_statement on_row, void* handle,
                                  kg_error* error) {
    // An unset end is bound as null. Each part can use an index on one end.
#define WITH_ENDS(first, second)                                                                   \
    "SELECT t.statement FROM kg_statement t WHERE ?1 IS NOT NULL AND t." first                     \
    " = (SELECT entity FROM kg_entity WHERE id = ?1) AND (?2 IS NULL OR t." second                 \
    " = (SELECT entity FROM kg_entity WHERE id = ?2))"
#define WITH_SECOND_END(second)                                                                    \
    "SELECT t.statement FROM kg_statement t WHERE ?1 IS NULL AND ?2 IS NOT NULL AND t." second     \
    " = (SELECT entity FROM kg_entity WHERE id = ?2)"
    static const char found[] = STATEMENT_COLUMNS
        " WHERE s.statement IN (" WITH_ENDS("subject", "object") " UNION " WITH_SECOND_END(
            "object") " UNION " WITH_ENDS("object",
                                          "subject") " AND t.predicate = ?4"
                                                     " UNION " WITH_SECOND_END(
                                                         "subject") " AND t.predicate = ?4"
                                                                    " UNION SELECT statement FROM "
                                                                    "kg_statement WHERE ?1 IS NULL "
                                                                    "AND ?2 IS NULL)"
                                                                    " AND (?3 IS NULL OR "
                                                                    "s.predicate = ?3) ORDER BY "
                                                                    "s.statement";
    statement_walk w = {.store = store, .on_row = on_row, .handle = handle, .error = error};
    sqlite3_stmt* rows = NULL;
    KG_TRY(kg_i_prepare(store, found, &rows, error));
    kg_i_bind(rows, 1, subject);
    kg_i_bind(rows, 2, object);
    if (predicate != KG_PREDICATE_COUNT) {
        sqlite3_bind_int(rows, 3, (int)predicate);
    }
    sqlite3_bind_int(rows, 4, (int)KG_COOPERATES_WITH);
    kg_status status = kg_i_side_open(
        store, &w.evidence, EVIDENCE_COLUMNS " WHERE v.statement = ? ORDER BY v.rank", true, error);
    if (status != KG_OK) {
        kg_i_side_close(&w.evidence);
        sqlite3_finalize(rows);
        return status;
    }
    status = walk_statements(&w, rows);
    return status == KG_OK && !w.seen ? KG_NO : status;
}
