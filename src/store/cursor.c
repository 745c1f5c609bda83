// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cursor.h"

#include "base/try.h"

kg_status kg_i_side_next(kg_store* store, kg_i_side* side, kg_error* error) {
    side->at = kg_i_step(store, side->statement, error);
    return side->at == KG_NO ? KG_OK : side->at;
}

kg_status kg_i_side_open(kg_store* store, kg_i_side* side, const char* sql, bool keyed,
                         kg_error* error) {
    *side = (kg_i_side){.keyed = keyed, .at = KG_NO};
    KG_TRY(kg_i_prepare(store, sql, &side->statement, error));
    return keyed ? KG_OK : kg_i_side_next(store, side, error);
}

kg_status kg_i_side_seek(kg_store* store, kg_i_side* side, int64_t key, kg_error* error) {
    if (side->keyed) {
        sqlite3_reset(side->statement);
        sqlite3_bind_int64(side->statement, 1, key);
        return kg_i_side_next(store, side, error);
    }
    while (side->at == KG_OK && sqlite3_column_int64(side->statement, 0) < key) {
        KG_TRY(kg_i_side_next(store, side, error));
    }
    return KG_OK;
}

bool kg_i_side_has(const kg_i_side* side, int64_t key) {
    return side->at == KG_OK && sqlite3_column_int64(side->statement, 0) == key;
}

void kg_i_side_close(kg_i_side* side) {
    sqlite3_finalize(side->statement);
    side->statement = NULL;
}
