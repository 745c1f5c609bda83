// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Rows that belong to the rows of another query, read beside it: both in the same order, so that
/// all of a table costs one pass, or looked up by key where only a few are wanted. The first column
/// is the key.
#ifndef KG_STORE_CURSOR_H
#define KG_STORE_CURSOR_H

#include "store/store.h"

typedef struct {
    sqlite3_stmt* KG_NULLABLE statement;
    kg_status at; ///< of the row at hand
    bool keyed;   ///< parameter 1 is the key
} kg_i_side;

kg_status kg_i_side_open(kg_store* KG_NONNULL store, kg_i_side* KG_NONNULL side,
                         const char* KG_NONNULL sql, bool keyed, kg_error* KG_NULLABLE error);
/// Move to the first row of `key`, which is greater than the one before.
kg_status kg_i_side_seek(kg_store* KG_NONNULL store, kg_i_side* KG_NONNULL side, int64_t key,
                         kg_error* KG_NULLABLE error);
/// Whether the row at hand belongs to `key`.
bool kg_i_side_has(const kg_i_side* KG_NONNULL side, int64_t key);
kg_status kg_i_side_next(kg_store* KG_NONNULL store, kg_i_side* KG_NONNULL side,
                         kg_error* KG_NULLABLE error);
void kg_i_side_close(kg_i_side* KG_NONNULL side);

#endif
