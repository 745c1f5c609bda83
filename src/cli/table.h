// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Text set in columns, with Chinese characters as wide as a terminal shows them.
#ifndef KG_CLI_TABLE_H
#define KG_CLI_TABLE_H

#include "kg/base.h"

#include <stdio.h>

/// Columns that `text` takes on a terminal: 2 for a wide character, 0 for a combining one.
size_t cli_width(kg_slice text);
/// The longest beginning of `text` that takes at most `columns`, in bytes.
size_t cli_width_cut(kg_slice text, size_t columns);

/// Print `text` from column `indent` on, broken between words (between any two Chinese
/// characters) at 80 columns; `left` stands before it on the first line.
void cli_print_hanging(const char* KG_NONNULL left, size_t indent, const char* KG_NONNULL text);

/// Rows kept until they are printed; the widest cell gives the width of its column.
typedef struct cli_table cli_table;

/// `headings` ends with a null pointer; one that begins with '>' is set flush right (the sign is
/// not shown). Null when out of memory.
cli_table* KG_OWNED cli_table_new(const char* KG_NONNULL const* KG_NONNULL headings);
/// As many cells as there are headings; copied. False when out of memory.
bool cli_table_add(cli_table* KG_NONNULL table, const kg_slice* KG_NONNULL cells);
/// Whether it has no row.
bool cli_table_empty(const cli_table* KG_NONNULL table);
/// Print with `indent` spaces before each line; cells wider than `max_width` are cut (0: none).
void cli_table_print(const cli_table* KG_NONNULL table, FILE* KG_NONNULL out, unsigned indent,
                     size_t max_width);
void cli_table_free(cli_table* KG_NULLABLE table);

#endif
