// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Statements held beyond the walk that gives them, so that the store can be asked about their
/// ends.
#ifndef KG_CLI_FACTS_H
#define KG_CLI_FACTS_H

#include "kg/store.h"

/// Copies; the rows' slices and evidence belong to the list.
typedef struct {
    kg_statement_row* KG_NULLABLE items;
    size_t count;
    size_t capacity;
    void* KG_NULLABLE* KG_NULLABLE blocks; ///< memory of the rows
    size_t block_count;
    size_t block_capacity;
} cli_facts;

/// A `kg_on_statement` whose handle is a `cli_facts`.
kg_status cli_facts_add(void* KG_NULLABLE facts, const kg_statement_row* KG_NONNULL row);
void cli_facts_dispose(cli_facts* KG_NONNULL facts);

#endif
