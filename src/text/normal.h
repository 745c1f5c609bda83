// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// The parts of normalisation: a table for what one character alone decides, OpenCC for
/// traditional runs, and rules for what its neighbours decide.
#ifndef KG_TEXT_NORMAL_H
#define KG_TEXT_NORMAL_H

#include "kg/text.h"

enum { KG_I_TABLE_SIZE = 0x10000, KG_I_HIDDEN = 0x200B };

/// What each character of the basic plane reads as, made once for all threads.
typedef struct {
    uint32_t plain[KG_I_TABLE_SIZE];      ///< width, compatibility forms, quotes, dots
    uint32_t simplified[KG_I_TABLE_SIZE]; ///< the simplified form, or the character itself
} kg_i_table;

/// The table, or null with `error` filled if OpenCC's data cannot be loaded.
const kg_i_table* KG_NULLABLE kg_i_table_get(kg_error* KG_NULLABLE error);

/// UTF-8 through OpenCC from traditional to simplified. `*out` is owned by the caller (free()).
/// Safe to call from several threads.
kg_status kg_i_simplify(const char* KG_NONNULL text, size_t length, char* KG_OWNED* KG_NONNULL out,
                        kg_error* KG_NULLABLE error);

/// Replace traditional characters of `chars` in place, block by block.
kg_status kg_i_traditional(const kg_document* KG_NONNULL document, uint32_t* KG_NONNULL chars,
                           kg_error* KG_NULLABLE error);

/// Quotes, punctuation and spaces of one block, by their neighbours.
void kg_i_normal_block(uint32_t* KG_NONNULL chars, const kg_block* KG_NONNULL block);

typedef struct {
    kg_sentence* KG_NULLABLE items;
    size_t count;
    size_t capacity;
} kg_i_sentences;

/// Cut the normalised characters of one block. False when out of memory.
bool kg_i_sentences_cut(const uint32_t* KG_NONNULL chars, const kg_block* KG_NONNULL block,
                        uint32_t index, kg_i_sentences* KG_NONNULL out);

static inline bool kg_i_han(uint32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 ||
           (c >= 0x20000 && c <= 0x323AF);
}

/// Text of East Asia, punctuation included.
static inline bool kg_i_cjk(uint32_t c) {
    return kg_i_han(c) || (c >= 0x3001 && c <= 0x33FF) || (c >= 0xFF01 && c <= 0xFF60) ||
           c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019 || c == 0x2014 || c == 0x2026;
}

static inline bool kg_i_ascii_word(uint32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

#endif
