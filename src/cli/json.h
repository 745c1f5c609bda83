// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// JSON and CSV cells on a stream.
#ifndef KG_CLI_JSON_H
#define KG_CLI_JSON_H

#include "kg/base.h"

#include <stdio.h>

/// `text` in quotes, escaped; bytes that are not UTF-8 become U+FFFD.
void cli_json_text(FILE* KG_NONNULL out, kg_slice text);
/// `"name":` and the text.
void cli_json_member(FILE* KG_NONNULL out, const char* KG_NONNULL name, kg_slice text);
/// The shortest form that reads back as the same number; null for what JSON cannot say.
void cli_json_number(FILE* KG_NONNULL out, double number);
/// A CSV cell by RFC 4180, quoted where needed.
void cli_csv_cell(FILE* KG_NONNULL out, kg_slice text);

#endif
