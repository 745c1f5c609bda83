// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// A sentence as patterns see it: mentions, trigger words and the characters between, quotes and
/// asides in brackets taken out.
#ifndef KG_EXTRACT_LINE_H
#define KG_EXTRACT_LINE_H

#include "base/vec.h"
#include "extract/pattern.h"
#include "extract/scope.h"

enum {
    KG_I_WINDOW = 1200,   ///< characters; a longer sentence is read in pieces
    KG_I_GROUP_MAX = 400, ///< members of one list
    KG_I_ASIDE_MAX = 80   ///< longest bracket that is taken out of its line, in characters
};

typedef enum {
    KG_I_CELL_CHAR,
    KG_I_CELL_MENTION,
    KG_I_CELL_DUN, ///< 、
    KG_I_CELL_COMMA,
    KG_I_CELL_COLON,
    KG_I_CELL_SEMICOLON,
    KG_I_CELL_STOP
} kg_i_cell_kind;

typedef struct {
    uint32_t begin, end; ///< characters of the text
    uint32_t mention;    ///< index into the scope's mentions, or KG_I_NONE
    uint32_t group;      ///< the list it is a member of, or KG_I_NONE
    uint32_t first_hit;  ///< index of the first hit at or behind this token
    uint32_t code;       ///< of a character
    uint8_t kind;
} kg_i_cell;

/// A trigger word: tokens [begin, end) of its line.
typedef struct {
    uint32_t begin, end;
    uint32_t key;
} kg_i_hit;

/// A list of things of one sort: members [first, first + count) of the sheet.
typedef struct {
    uint32_t first, count;
    uint32_t begin_token, end_token; ///< of the line; the asides of members are in between
} kg_i_list;

/// One line: the sentence without its asides, or one aside.
typedef struct {
    uint32_t token, token_count; ///< in the sheet
    uint32_t hit, hit_count;
    uint32_t sentence;
    uint32_t outside; ///< for an aside: the token before it (in the sheet), else KG_I_NONE
    bool title;
    kg_i_class_set classes; ///< of the words that occur
} kg_i_line;

/// The lines of one window, and the room for them; used again for each sentence.
typedef struct {
    KG_I_VEC(kg_i_cell) tokens;
    KG_I_VEC(kg_i_hit) hits;
    KG_I_VEC(kg_i_list) groups;
    KG_I_VEC(uint32_t) members; ///< mention indices
    KG_I_VEC(kg_i_line) lines;
    KG_I_VEC(kg_i_match) found;
    uint32_t place[KG_I_WINDOW]; ///< token of each character of the window, or KG_I_NONE
} kg_i_sheet;

/// Lay out the characters [begin, end), at most KG_I_WINDOW, of sentence `sentence`. Mentions are
/// those of the scope from `mention` on. False when out of memory.
bool kg_i_sheet_lay(kg_i_sheet* KG_NONNULL sheet, const kg_i_scope* KG_NONNULL scope,
                    const kg_i_patterns* KG_NONNULL patterns, uint32_t sentence, uint32_t begin,
                    uint32_t end, uint32_t mention);
void kg_i_sheet_dispose(kg_i_sheet* KG_NONNULL sheet);

static inline bool kg_i_cell_breaks(const kg_i_cell* token) {
    return token->kind >= KG_I_CELL_COMMA;
}

/// What one match of a pattern holds. Slots are lists of mentions, in the sheet's members, or one.
typedef struct {
    const kg_i_pattern* KG_NONNULL pattern;
    uint32_t token[2];               ///< S and O: index into the line, or KG_I_NONE
    bool list[2];                    ///< the whole group of that token
    bool inner[2];                   ///< nested in the other one
    uint32_t title_begin, title_end; ///< characters; equal if none
    uint32_t begin, end;             ///< tokens of the line that the match covers
} kg_i_hold;

typedef bool (*kg_i_on_hold)(void* KG_NULLABLE handle, const kg_i_hold* KG_NONNULL hold);

/// Every place where a pattern fits. False if the receiver said so.
bool kg_i_match_line(const kg_i_sheet* KG_NONNULL sheet, const kg_i_line* KG_NONNULL line,
                     const kg_i_scope* KG_NONNULL scope, const kg_i_patterns* KG_NONNULL patterns,
                     kg_i_on_hold KG_NONNULL on_hold, void* KG_NULLABLE handle);

#endif
