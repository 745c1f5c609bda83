// SPDX-License-Identifier: GPL-3.0-or-later
/// Measures and the run log.
#include "base/message.h"
#include "base/try.h"
#include "store/store.h"

#include <assert.h>

kg_status kg_store_measures_begin(kg_store* store, kg_error* error) {
    KG_TRY(kg_store_commit(store, error));
    KG_TRY(kg_i_begin(store, error));
    store->measuring = true;
    const kg_status status =
        kg_i_exec(store, "DELETE FROM kg_measure; DELETE FROM kg_measure_note", error);
    if (status != KG_OK) {
        kg_i_rollback(store);
    }
    return status;
}

kg_status kg_store_measure_put(kg_store* store, kg_slice entity, kg_slice name, double value,
                               kg_error* error) {
    assert(store->measuring);
    if (value != value) {
        return KG_OK; // not a number: there is no such measure of this entity
    }
    sqlite3_stmt* put = NULL;
    KG_TRY(kg_i_keep(store, KG_I_PUT_MEASURE,
                     "INSERT OR REPLACE INTO kg_measure (entity, name, value)"
                     " SELECT entity, ?2, ?3 FROM kg_entity WHERE id = ?1",
                     &put, error));
    kg_i_bind(put, 1, entity);
    kg_i_bind(put, 2, name);
    sqlite3_bind_double(put, 3, value);
    KG_TRY(kg_i_finish(store, put, error));
    if (!sqlite3_changes(store->db)) {
        return kg_fail(error, KG_ERR_USAGE, store->path, KG_("no entity has the id %.*s"),
                       (int)entity.len, entity.ptr);
    }
    return KG_OK;
}

kg_status kg_store_measure_note(kg_store* store, kg_slice name, kg_slice note, kg_error* error) {
    assert(store->measuring);
    sqlite3_stmt* put = NULL;
    KG_TRY(kg_i_prepare(store, "INSERT OR REPLACE INTO kg_measure_note (name, note) VALUES (?, ?)",
                        &put, error));
    kg_i_bind(put, 1, name);
    sqlite3_bind_text64(put, 2, note.len ? note.ptr : "", note.len, SQLITE_STATIC, SQLITE_UTF8);
    const kg_status status = kg_i_finish(store, put, error);
    sqlite3_finalize(put);
    return status;
}

kg_status kg_store_measures_end(kg_store* store, kg_error* error) {
    assert(store->measuring || store->batch_lost);
    store->measuring = false;
    return kg_store_commit(store, error);
}

kg_status kg_store_run_begin(kg_store* store, kg_slice command, kg_slice started, int64_t* run,
                             kg_error* error) {
    sqlite3_stmt* put = NULL;
    KG_TRY(kg_store_commit(store, error));
    KG_TRY(kg_i_begin(store, error));
    KG_TRY(kg_i_prepare(store, "INSERT INTO kg_run (command, version, started) VALUES (?, ?, ?)",
                        &put, error));
    kg_i_bind(put, 1, command);
    kg_i_bind(put, 2, kg_slice_of(kg_version()));
    kg_i_bind(put, 3, started);
    const kg_status status = kg_i_finish(store, put, error);
    sqlite3_finalize(put);
    KG_TRY(status);
    *run = sqlite3_last_insert_rowid(store->db);
    return kg_store_commit(store, error);
}

kg_status kg_store_run_end(kg_store* store, int64_t run, kg_slice finished,
                           const kg_run_counts* counts, kg_error* error) {
    sqlite3_stmt* put = NULL;
    KG_TRY(kg_i_begin(store, error));
    KG_TRY(kg_i_prepare(store,
                        "UPDATE kg_run SET finished = ?2, documents = ?3, skipped = ?4,"
                        " failed = ?5, retracted = ?6 WHERE run = ?1",
                        &put, error));
    sqlite3_bind_int64(put, 1, run);
    kg_i_bind(put, 2, finished);
    sqlite3_bind_int64(put, 3, (int64_t)counts->documents);
    sqlite3_bind_int64(put, 4, (int64_t)counts->skipped);
    sqlite3_bind_int64(put, 5, (int64_t)counts->failed);
    sqlite3_bind_int64(put, 6, (int64_t)counts->retracted);
    const kg_status status = kg_i_finish(store, put, error);
    sqlite3_finalize(put);
    KG_TRY(status);
    return kg_store_commit(store, error);
}
