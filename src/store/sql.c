// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/map.h"
#include "base/message.h"
#include "base/try.h"
#include "store/store.h"

#include <string.h>

static kg_status status_of(int code) {
    switch (code & 0xFF) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return KG_ERR_IO;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return KG_ERR_BUSY;
    case SQLITE_NOMEM:
        return KG_ERR_MEMORY;
    case SQLITE_TOOBIG:
        return KG_ERR_LIMIT;
    case SQLITE_INTERRUPT:
        return KG_ERR_STOPPED;
    case SQLITE_MISUSE:
        return KG_ERR_INTERNAL;
    default:
        return KG_ERR_STORE;
    }
}

kg_status kg_i_store_fail(kg_store* store, int code, kg_error* error) {
    // A full disk or a failed write may end the whole transaction, not the statement alone.
    if (store->in_batch && sqlite3_get_autocommit(store->db)) {
        store->in_batch = false;
        store->marked = false;
        store->batch_lost = true;
    }
    const kg_status status = status_of(code);
    const int system = sqlite3_system_errno(store->db);
    if (status == KG_ERR_IO && system) {
        return kg_fail(error, status, store->path, "%s: %s", sqlite3_errstr(code),
                       strerror(system));
    }
    if (status == KG_ERR_STORE || status == KG_ERR_INTERNAL) {
        return kg_fail(error, status, store->path, "%s: %s", sqlite3_errstr(code),
                       sqlite3_errmsg(store->db));
    }
    return kg_fail(error, status, store->path, "%s", sqlite3_errstr(code));
}

kg_status kg_i_prepare(kg_store* store, const char* sql, sqlite3_stmt** out, kg_error* error) {
    const int code = sqlite3_prepare_v2(store->db, sql, -1, out, NULL);
    return code == SQLITE_OK ? KG_OK : kg_i_store_fail(store, code, error);
}

kg_status kg_i_keep(kg_store* store, kg_i_kept slot, const char* sql, sqlite3_stmt** out,
                    kg_error* error) {
    if (!store->kept[slot]) {
        const int code = sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                            &store->kept[slot], NULL);
        if (code != SQLITE_OK) {
            return kg_i_store_fail(store, code, error);
        }
    }
    sqlite3_reset(store->kept[slot]);
    sqlite3_clear_bindings(store->kept[slot]);
    *out = store->kept[slot];
    return KG_OK;
}

kg_status kg_i_borrow(kg_store* store, kg_i_kept slot, const char* sql, sqlite3_stmt** out,
                      kg_error* error) {
    *out = store->kept[slot];
    store->kept[slot] = NULL;
    return *out ? KG_OK : kg_i_prepare(store, sql, out, error);
}

void kg_i_give_back(kg_store* store, kg_i_kept slot, sqlite3_stmt* statement) {
    if (store->kept[slot]) {
        sqlite3_finalize(statement);
    } else if (statement) {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
        store->kept[slot] = statement;
    }
}

kg_status kg_i_exec(kg_store* store, const char* sql, kg_error* error) {
    const int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? KG_OK : kg_i_store_fail(store, code, error);
}

kg_status kg_i_finish(kg_store* store, sqlite3_stmt* statement, kg_error* error) {
    const int code = sqlite3_step(statement);
    if (code != SQLITE_DONE && code != SQLITE_ROW) {
        const kg_status status = kg_i_store_fail(store, code, error);
        sqlite3_reset(statement);
        return status;
    }
    sqlite3_reset(statement);
    return KG_OK;
}

kg_status kg_i_step(kg_store* store, sqlite3_stmt* statement, kg_error* error) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        return KG_OK;
    }
    return code == SQLITE_DONE ? KG_NO : kg_i_store_fail(store, code, error);
}

void kg_i_bind(sqlite3_stmt* statement, int at, kg_slice text) {
    if (text.len) {
        sqlite3_bind_text64(statement, at, text.ptr, text.len, SQLITE_STATIC, SQLITE_UTF8);
    } else {
        sqlite3_bind_null(statement, at);
    }
}

kg_slice kg_i_column(sqlite3_stmt* statement, int at) {
    const char* const text = (const char*)sqlite3_column_text(statement, at);
    return (kg_slice){text, text ? (size_t)sqlite3_column_bytes(statement, at) : 0};
}

kg_status kg_i_meta_get(kg_store* store, const char* key, kg_i_buffer* out, kg_error* error) {
    sqlite3_stmt* get = NULL;
    kg_i_buffer_clear(out);
    KG_TRY(kg_i_keep(store, KG_I_GET_META, "SELECT value FROM kg_meta WHERE key = ?", &get, error));
    kg_i_bind(get, 1, kg_slice_of(key));
    const kg_status status = kg_i_step(store, get, error);
    if (status == KG_OK) {
        kg_i_buffer_add_slice(out, kg_i_column(get, 0));
    }
    sqlite3_reset(get);
    if (out->failed) {
        return KG_OUT_OF_MEMORY(error);
    }
    return status == KG_NO ? KG_OK : status;
}

kg_status kg_i_meta_put(kg_store* store, const char* key, kg_slice value, kg_error* error) {
    sqlite3_stmt* put = NULL;
    KG_TRY(kg_i_keep(store, KG_I_PUT_META,
                     "INSERT INTO kg_meta (key, value) VALUES (?, ?)"
                     " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                     &put, error));
    kg_i_bind(put, 1, kg_slice_of(key));
    sqlite3_bind_text64(put, 2, value.len ? value.ptr : "", value.len, SQLITE_STATIC, SQLITE_UTF8);
    return kg_i_finish(store, put, error);
}

void kg_i_hash_id(const char* prefix, kg_slice bytes, char out[KG_I_ID_SIZE]) {
    static const char hex[] = "0123456789abcdef";
    uint64_t hash[2];
    kg_i_hash128(bytes, hash);
    size_t at = strlen(prefix);
    memcpy(out, prefix, at);
    for (unsigned i = 0; i < 24; ++i) {
        out[at++] = hex[hash[i / 16] >> (60 - i % 16 * 4) & 15];
    }
    out[at] = '\0';
}
