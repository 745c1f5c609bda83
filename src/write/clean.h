// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Texts made fit for every format: valid UTF-8 without the characters that XML 1.0 cannot hold.
/// Done once for all formats, so that they say the same.
#ifndef KG_WRITE_CLEAN_H
#define KG_WRITE_CLEAN_H

#include "base/arena.h"
#include "kg/store.h"

/// Whether `text` can stay as it is.
bool kg_i_is_clean(kg_slice text);

/// A copy of `row` in `arena` that shares its clean texts and has U+FFFD for each character
/// or byte that cannot stay in the others; null when out of memory.
const kg_document_row* KG_NULLABLE kg_i_clean_document(kg_i_arena* KG_NONNULL arena,
                                                       const kg_document_row* KG_NONNULL row);
const kg_entity_row* KG_NULLABLE kg_i_clean_entity(kg_i_arena* KG_NONNULL arena,
                                                   const kg_entity_row* KG_NONNULL row);
const kg_statement_row* KG_NULLABLE kg_i_clean_statement(kg_i_arena* KG_NONNULL arena,
                                                         const kg_statement_row* KG_NONNULL row);

#endif
