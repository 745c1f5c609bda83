// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Tables of `ontology/lexicon`: lines of cells between tabs, `#` comments, a header line that
/// names the columns, in any order, with unknown ones passed over.
#ifndef KG_LEXICON_TSV_H
#define KG_LEXICON_TSV_H

#include "kg/base.h"

enum { KG_I_TSV_COLUMNS = 32 };

/// A table being read; the text and the column names stay with the caller.
typedef struct {
    kg_slice rest;
    uint64_t line;                                     ///< of the row last read, from 1
    const char* KG_NONNULL const* KG_NULLABLE columns; ///< wanted, null-ended
    int place[KG_I_TSV_COLUMNS]; ///< wanted column → column of the file, or -1
    kg_slice cells[KG_I_TSV_COLUMNS];
    uint32_t cell_count;
} kg_i_tsv;

/// Begin: reads the header. Returns the index of the first wanted column that the header lacks
/// among the first `required`, or -1 if all is there.
int kg_i_tsv_begin(kg_i_tsv* KG_NONNULL table, kg_slice text,
                   const char* KG_NONNULL const* KG_NONNULL columns, int required);

/// The next row; false at the end.
bool kg_i_tsv_next(kg_i_tsv* KG_NONNULL table);

/// A cell of the row by the wanted column's index, blanks at its ends cut; empty if missing.
kg_slice kg_i_tsv_cell(const kg_i_tsv* KG_NONNULL table, int column);

/// Cut the next part of a `;`-separated list from `list`; false when none is left.
bool kg_i_list_next(kg_slice* KG_NONNULL list, kg_slice* KG_NONNULL part);

#endif
