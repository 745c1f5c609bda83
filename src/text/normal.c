// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/normal.h"

static bool closes(uint32_t c) {
    return c == 0x201D || c == 0x2019 || c == ')' || c == 0x300B || c == 0x3011;
}

/// Straight quotes become pairs: the first opens, the next closes.
static void pair_quotes(uint32_t* chars, const kg_block* block) {
    bool open = false;
    for (uint32_t i = block->begin; i < block->end; ++i) {
        if (chars[i] == 0x201C) {
            open = true;
        } else if (chars[i] == 0x201D) {
            open = false;
        } else if (chars[i] == '"') {
            chars[i] = open ? 0x201D : 0x201C;
            open = !open;
        }
    }
}

static uint32_t wide_mark(uint32_t c) {
    switch (c) {
    case ',':
        return 0xFF0C;
    case ':':
        return 0xFF1A;
    case ';':
        return 0xFF1B;
    case '!':
        return 0xFF01;
    case '?':
        return 0xFF1F;
    default:
        return 0;
    }
}

/// ASCII punctuation in Chinese text reads as Chinese punctuation: it follows a Chinese character,
/// quote or bracket, or stands between a Latin word and a Chinese character.
static void widen_marks(uint32_t* chars, const kg_block* block) {
    for (uint32_t i = block->begin; i < block->end; ++i) {
        const uint32_t wide = wide_mark(chars[i]);
        if (!wide) {
            continue;
        }
        const uint32_t before = i > block->begin ? chars[i - 1] : 0;
        const uint32_t after = i + 1 < block->end ? chars[i + 1] : 0;
        const bool chinese_before = kg_i_cjk(before) || (closes(before) && !kg_i_ascii_word(after));
        const bool chinese_after = kg_i_cjk(after) && before != ' ' && before != 0;
        if (chinese_before || chinese_after) {
            chars[i] = wide;
        }
    }
}

/// A token between spaces that is one Chinese character: half of what justification spaces look
/// like.
static bool lone_before(const uint32_t* chars, const kg_block* block, uint32_t space) {
    return space >= block->begin + 1 && kg_i_cjk(chars[space - 1]) &&
           (space == block->begin + 1 || chars[space - 2] == ' ' ||
            chars[space - 2] == KG_I_HIDDEN);
}

static bool lone_after(const uint32_t* chars, const kg_block* block, uint32_t space) {
    return space + 1 < block->end && kg_i_cjk(chars[space + 1]) &&
           (space + 2 == block->end || chars[space + 2] == ' ');
}

/// Spaces say nothing beside a Chinese mark of punctuation, between Chinese and Latin, and between
/// single characters set wide for justification (攻 坚 成 绩 单). Between Chinese words they
/// separate (names of authors, halves of a headline) and stay.
static void hide_spaces(uint32_t* chars, const kg_block* block) {
    for (uint32_t i = block->begin; i < block->end; ++i) {
        if (chars[i] != ' ' || i == block->begin || i + 1 == block->end) {
            continue;
        }
        const uint32_t before = chars[i - 1];
        const uint32_t after = chars[i + 1];
        const bool mixed = (kg_i_han(before) && kg_i_ascii_word(after)) ||
                           (kg_i_ascii_word(before) && kg_i_han(after));
        const bool mark = (kg_i_cjk(before) && !kg_i_han(before)) ||
                          (kg_i_cjk(after) && !kg_i_han(after)) || after == 0xB7 ||
                          before == 0xB7 || (kg_i_han(before) && after == '(') ||
                          (before == ')' && kg_i_han(after));
        const bool justified = kg_i_han(before) && kg_i_han(after) &&
                               (lone_before(chars, block, i) || lone_after(chars, block, i));
        if (mixed || mark || justified) {
            chars[i] = KG_I_HIDDEN;
        }
    }
}

void kg_i_normal_block(uint32_t* chars, const kg_block* block) {
    pair_quotes(chars, block);
    widen_marks(chars, block);
    hide_spaces(chars, block);
}
