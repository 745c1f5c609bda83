// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Lines of plain text and the paragraphs that they make up.
#ifndef KG_SOURCE_PLAIN_H
#define KG_SOURCE_PLAIN_H

#include "base/vec.h"
#include "source/meta.h"

/// A line without the spaces at its ends.
typedef struct {
    kg_slice text;
    uint32_t at;    ///< offset of its first byte
    uint32_t chars; ///< characters
    uint32_t cells; ///< width on a terminal: 2 for a wide character
    uint32_t gap;   ///< blank lines before it
    uint32_t first; ///< its first character
    uint32_t last;  ///< its last, closing quotes and brackets aside
    uint32_t very_last;
    bool lead;     ///< began with any space
    bool indented; ///< began with a wide space, or two others
    bool comma;    ///< holds ，、。 or the like
} kg_i_line;

/// Lines [begin, end) that are one paragraph.
typedef struct {
    uint32_t begin;
    uint32_t end;
    uint32_t chars;
    bool wrapped; ///< cut into lines by a narrow column
    bool stop;    ///< ends as a sentence does
    bool comma;
} kg_i_para;

typedef KG_I_VEC(kg_i_line) kg_i_lines;
typedef KG_I_VEC(kg_i_para) kg_i_paras;

/// Cut `text` into lines; blank ones only count. False when out of memory.
bool kg_i_plain_split(kg_slice text, uint32_t at, kg_i_lines* KG_NONNULL out);

/// Put lines together: hard-wrapped columns joined, and paragraphs that a column or page break
/// cut in two. False when out of memory.
bool kg_i_plain_join(const kg_i_lines* KG_NONNULL lines, kg_i_paras* KG_NONNULL out);

/// Whether a line begins as a list item does: "1、", "（一）", "①", "- ".
bool kg_i_list_mark(kg_slice line);

#endif
