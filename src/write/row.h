// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Rows of comma-separated files, as the plain and the Neo4j tables share them.
#ifndef KG_WRITE_ROW_H
#define KG_WRITE_ROW_H

#include "write/text.h"

/// A row under way. Texts are always quoted, since Neo4j's importer trims what is not; what is not
/// known is an empty field without quotes, which it takes for absent.
typedef struct {
    kg_i_out* KG_NONNULL out;
    const char* KG_NONNULL end; ///< of the line
    bool begun;
} kg_i_row;

void kg_i_row_text(kg_i_row* KG_NONNULL row, kg_slice text);
void kg_i_row_number(kg_i_row* KG_NONNULL row, kg_i_number number);
void kg_i_row_bool(kg_i_row* KG_NONNULL row, bool value);
/// A field as it stands: a name of the header, a word of ours.
void kg_i_row_word(kg_i_row* KG_NONNULL row, const char* KG_NONNULL word);
/// A list as one field, its texts joined by `delimiter`.
void kg_i_row_list(kg_i_row* KG_NONNULL row, const kg_slice* KG_NULLABLE texts, uint32_t count,
                   char delimiter);
/// The measures of an entity, one field each.
void kg_i_row_measures(kg_i_row* KG_NONNULL row, const kg_entity_row* KG_NONNULL entity);
void kg_i_row_end(kg_i_row* KG_NONNULL row);

#endif
