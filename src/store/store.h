// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What the files of the store share: the handle, and SQLite with our statuses.
#ifndef KG_STORE_STORE_H
#define KG_STORE_STORE_H

#include "base/buffer.h"
#include "kg/store.h"

#include <sqlite3.h>

/// Statements that are compiled once and kept.
typedef enum {
    KG_I_BEGIN,
    KG_I_COMMIT,
    KG_I_SAVE,
    KG_I_RELEASE,
    KG_I_FIND_DOCUMENT,
    KG_I_FIND_CONTENT,
    KG_I_DELETE_DOCUMENT,
    KG_I_PUT_DOCUMENT,
    KG_I_PUT_ENTITY,
    KG_I_PUT_ALIAS,
    KG_I_PUT_CLAIM,
    KG_I_GET_META,
    KG_I_PUT_META,
    KG_I_GET_NOTE,
    KG_I_PUT_NOTE,
    KG_I_DELETE_NOTE,
    KG_I_PUT_MEASURE,
    KG_I_STATEMENTS_OF,
    KG_I_EVIDENCE_OF,
    KG_I_KEPT_COUNT
} kg_i_kept;

struct kg_store {
    sqlite3* db;
    char* KG_NULLABLE path;
    kg_store_mode mode;
    int lock; ///< descriptor of the lock file; -1: none
    char* KG_NULLABLE lock_path;
    bool in_batch;   ///< a transaction of ours is open
    bool batch_lost; ///< SQLite gave the open batch up; the caller has not been told at commit
    bool marked;     ///< this batch has noted that the derived tables are behind
    bool measuring;
    char* KG_NULLABLE base_iri;
    kg_i_buffer note; ///< value of the last note read
    sqlite3_stmt* KG_NULLABLE kept[KG_I_KEPT_COUNT];
};

/// A claim's key holds its document's, so that a document's claims lie together.
#define KG_I_CLAIM_BITS 24

/// Report what SQLite said last, in our terms.
kg_status kg_i_store_fail(kg_store* KG_NONNULL store, int code, kg_error* KG_NULLABLE error);

/// Compile `sql`; the caller finalises.
kg_status kg_i_prepare(kg_store* KG_NONNULL store, const char* KG_NONNULL sql,
                       sqlite3_stmt* KG_OWNED* KG_NONNULL out, kg_error* KG_NULLABLE error);
/// The kept statement of a slot, compiled at first use, reset and without bindings.
kg_status kg_i_keep(kg_store* KG_NONNULL store, kg_i_kept slot, const char* KG_NONNULL sql,
                    sqlite3_stmt* KG_NULLABLE* KG_NONNULL out, kg_error* KG_NULLABLE error);
/// Take the kept statement of a slot for as long as needed, or another if it is in use: a walk may
/// begin within a walk. `kg_i_give_back` resets it and keeps it.
kg_status kg_i_borrow(kg_store* KG_NONNULL store, kg_i_kept slot, const char* KG_NONNULL sql,
                      sqlite3_stmt* KG_OWNED* KG_NONNULL out, kg_error* KG_NULLABLE error);
void kg_i_give_back(kg_store* KG_NONNULL store, kg_i_kept slot,
                    sqlite3_stmt* KG_NULLABLE statement);
/// Run one or more statements that give no rows.
kg_status kg_i_exec(kg_store* KG_NONNULL store, const char* KG_NONNULL sql,
                    kg_error* KG_NULLABLE error);
/// Step a statement that gives no rows to its end, and reset it.
kg_status kg_i_finish(kg_store* KG_NONNULL store, sqlite3_stmt* KG_NONNULL statement,
                      kg_error* KG_NULLABLE error);
/// Step to the next row: `KG_OK`, `KG_NO` past the last, or a fault.
kg_status kg_i_step(kg_store* KG_NONNULL store, sqlite3_stmt* KG_NONNULL statement,
                    kg_error* KG_NULLABLE error);

/// Bind text that stays in place until the statement is reset; the empty slice binds null.
void kg_i_bind(sqlite3_stmt* KG_NONNULL statement, int at, kg_slice text);
/// A column as text, valid until the next step; null gives the empty slice.
kg_slice kg_i_column(sqlite3_stmt* KG_NONNULL statement, int at);

/// The value of a setting of the store, copied into `out`; empty if there is none.
kg_status kg_i_meta_get(kg_store* KG_NONNULL store, const char* KG_NONNULL key,
                        kg_i_buffer* KG_NONNULL out, kg_error* KG_NULLABLE error);
kg_status kg_i_meta_put(kg_store* KG_NONNULL store, const char* KG_NONNULL key, kg_slice value,
                        kg_error* KG_NULLABLE error);

/// Open a batch unless one is open; refuses a store opened for reading and a lost batch.
kg_status kg_i_begin(kg_store* KG_NONNULL store, kg_error* KG_NULLABLE error);
/// Give up what the open batch holds.
void kg_i_rollback(kg_store* KG_NONNULL store);

/// "doc_" and 96 bits of hash in hexadecimal, terminated.
enum { KG_I_ID_SIZE = 32 };
void kg_i_hash_id(const char* KG_NONNULL prefix, kg_slice bytes, char out[KG_NONNULL KG_I_ID_SIZE]);

/// Bring the schema to this program's version, each step in one transaction with its number.
typedef struct {
    const char* KG_NULLABLE sql[4]; ///< run one after the other, up to the first null
} kg_i_migration;
/// Steps `[from, count)`; `from` is what the file is at.
kg_status kg_i_migrate(kg_store* KG_NONNULL store, const kg_i_migration* KG_NONNULL steps,
                       int count, kg_error* KG_NULLABLE error);
/// Check that the file is ours and of a version that we know, and migrate if it may be written.
kg_status kg_i_schema_check(kg_store* KG_NONNULL store, kg_error* KG_NULLABLE error);

#endif
