// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Which format is it? Content decides; the extension only where content leaves it open.
#ifndef KG_SOURCE_SNIFF_H
#define KG_SOURCE_SNIFF_H

#include "kg/base.h"

typedef enum {
    KG_I_KIND_TEXT,
    KG_I_KIND_HTML,
    KG_I_KIND_MARKDOWN,
    KG_I_KIND_FEED,
    KG_I_KIND_JSON,
    KG_I_KIND_JSONL
} kg_i_kind;

/// The format of a text.
kg_i_kind kg_i_sniff(kg_slice text, kg_slice name);
/// Whether these first bytes are of an archive or a compressed file.
bool kg_i_is_packed(kg_slice head);
/// Whether these first bytes are of JSON Lines in a charset that keeps ASCII as it is.
bool kg_i_is_line_json(kg_slice head, kg_slice name);

#endif
