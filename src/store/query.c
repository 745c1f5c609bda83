// SPDX-License-Identifier: GPL-3.0-or-later
/// Questions from outside, in SQL. Three fences: an authorizer that knows what may be read,
/// SQLite's own word that the statement does not write, and limits on what one may ask for.
#include "base/message.h"
#include "base/try.h"
#include "base/vec.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

static bool is_one_of(const char* text, const char* const* list, size_t count) {
    for (size_t i = 0; text && i < count; ++i) {
        if (strcmp(text, list[i]) == 0) {
            return true;
        }
    }
    return false;
}

/// A table may be read if it is a view or one of ours. The notes are not part of the graph.
static bool may_read(const char* table) {
    static const char* const views[] = {"entity",   "alias",         "statement",    "evidence",
                                        "document", "measure",       "measure_note", "run",
                                        "merge",    "sqlite_master", "sqlite_schema"};
    return is_one_of(table, views, sizeof views / sizeof *views) ||
           (table && strncmp(table, "kg_", 3) == 0 && strcmp(table, "kg_note") != 0);
}

static int authorize(void* handle, int action, const char* first, const char* second,
                     const char* database, const char* view) {
    (void)handle;
    (void)database;
    (void)view;
    static const char* const forbidden[] = {"load_extension", "readfile", "writefile",
                                            "fts3_tokenizer", "edit",     "randomblob",
                                            "zeroblob"};
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        // An empty name is a subquery; counting rows reads no column.
        return !first || !*first || !second || may_read(first) || !*second ? SQLITE_OK
                                                                           : SQLITE_DENY;
    case SQLITE_FUNCTION:
        return is_one_of(second, forbidden, sizeof forbidden / sizeof *forbidden) ? SQLITE_DENY
                                                                                  : SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

enum { LONGEST_VALUE = 16 * 1024 * 1024, LONGEST_SQL = 1024 * 1024 };

static kg_status refuse(kg_store* store, kg_error* error) {
    return kg_fail(error, KG_ERR_USAGE, NULL, KG_("the query is not answered: %s"),
                   sqlite3_errmsg(store->db));
}

/// Compile exactly one statement that only reads.
static kg_status prepare_query(kg_store* store, const char* sql, sqlite3_stmt** out,
                               kg_error* error) {
    const char* tail = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, out, &tail) != SQLITE_OK) {
        return refuse(store, error);
    }
    if (!*out) {
        return kg_fail(error, KG_ERR_USAGE, NULL, "%s", KG_("the query is empty"));
    }
    sqlite3_stmt* second = NULL;
    const bool more = sqlite3_prepare_v2(store->db, tail, -1, &second, NULL) != SQLITE_OK || second;
    sqlite3_finalize(second);
    if (more || !sqlite3_stmt_readonly(*out)) {
        return kg_fail(error, KG_ERR_USAGE, NULL, "%s",
                       more ? KG_("one statement at a time") : KG_("the statement would write"));
    }
    return KG_OK;
}

typedef struct {
    kg_slice* names;
    kg_slice* cells;
    char* kinds;
    kg_i_buffer blobs; ///< hexadecimal text of this row's blobs
} row_space;

/// Blobs are shown in hexadecimal: cells are text. Reserved before, so that nothing moves.
static kg_slice blob_text(row_space* space, sqlite3_stmt* statement, int at) {
    static const char hex[] = "0123456789abcdef";
    const unsigned char* const bytes = sqlite3_column_blob(statement, at);
    const size_t begin = space->blobs.len;
    for (int i = 0; i < sqlite3_column_bytes(statement, at); ++i) {
        const char digits[] = {hex[bytes[i] >> 4], hex[bytes[i] & 15]};
        kg_i_buffer_add(&space->blobs, digits, 2);
    }
    return (kg_slice){space->blobs.ptr ? space->blobs.ptr + begin : "", space->blobs.len - begin};
}

static bool read_row(row_space* space, sqlite3_stmt* statement, int count) {
    size_t blob_size = 0;
    for (int i = 0; i < count; ++i) {
        if (sqlite3_column_type(statement, i) == SQLITE_BLOB) {
            blob_size += 2 * (size_t)sqlite3_column_bytes(statement, i);
        }
    }
    kg_i_buffer_clear(&space->blobs);
    if (!kg_i_buffer_reserve(&space->blobs, blob_size)) {
        return false;
    }
    for (int i = 0; i < count; ++i) {
        switch (sqlite3_column_type(statement, i)) {
        case SQLITE_INTEGER:
            space->kinds[i] = 'i';
            space->cells[i] = kg_i_column(statement, i);
            break;
        case SQLITE_FLOAT:
            space->kinds[i] = 'f';
            space->cells[i] = kg_i_column(statement, i);
            break;
        case SQLITE_NULL:
            space->kinds[i] = 'n';
            space->cells[i] = (kg_slice){0};
            break;
        case SQLITE_BLOB:
            space->kinds[i] = 's';
            space->cells[i] = blob_text(space, statement, i);
            break;
        default:
            space->kinds[i] = 's';
            space->cells[i] = kg_i_column(statement, i);
        }
    }
    return !space->blobs.failed;
}

static kg_status walk_rows(kg_store* store, sqlite3_stmt* statement, row_space* space,
                           kg_on_cells on_row, void* handle, kg_error* error) {
    const int count = sqlite3_column_count(statement);
    for (int i = 0; i < count; ++i) {
        space->names[i] = kg_slice_of(sqlite3_column_name(statement, i));
    }
    for (;;) {
        const int code = sqlite3_step(statement);
        if (code == SQLITE_DONE) {
            return KG_OK;
        }
        if (code != SQLITE_ROW) {
            const int kind = code & 0xFF;
            return kind == SQLITE_ERROR || kind == SQLITE_TOOBIG || kind == SQLITE_AUTH
                       ? refuse(store, error)
                       : kg_i_store_fail(store, code, error);
        }
        if (!read_row(space, statement, count)) {
            return KG_OUT_OF_MEMORY(error);
        }
        KG_TRY(on_row(handle, (uint32_t)count, space->names, space->cells, space->kinds));
    }
}

static kg_status run_query(kg_store* store, const char* sql, kg_on_cells on_row, void* handle,
                           kg_error* error) {
    sqlite3_stmt* statement = NULL;
    kg_status status = prepare_query(store, sql, &statement, error);
    if (status == KG_OK) {
        const size_t count = (size_t)sqlite3_column_count(statement) + 1;
        row_space space = {.names = calloc(count, sizeof *space.names),
                           .cells = calloc(count, sizeof *space.cells),
                           .kinds = calloc(count, 1)};
        status = space.names && space.cells && space.kinds
                     ? walk_rows(store, statement, &space, on_row, handle, error)
                     : KG_OUT_OF_MEMORY(error);
        free(space.names);
        free(space.cells);
        free(space.kinds);
        kg_i_buffer_dispose(&space.blobs);
    }
    sqlite3_finalize(statement);
    return status;
}

kg_status kg_store_query(kg_store* store, const char* sql, kg_on_cells on_row, void* handle,
                         kg_error* error) {
    const int value = sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
    const int length = sqlite3_limit(store->db, SQLITE_LIMIT_SQL_LENGTH, LONGEST_SQL);
    const int attached = sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_set_authorizer(store->db, authorize, NULL);
    const kg_status status = run_query(store, sql, on_row, handle, error);
    sqlite3_set_authorizer(store->db, NULL, NULL);
    sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, attached);
    sqlite3_limit(store->db, SQLITE_LIMIT_SQL_LENGTH, length);
    sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, value);
    return status;
}
