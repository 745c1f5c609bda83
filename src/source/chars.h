// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What the readers need to know of single characters.
#ifndef KG_SOURCE_CHARS_H
#define KG_SOURCE_CHARS_H

#include "base/utf8.h"

#include "kg/base.h"

/// The character at `p` (U+FFFD for a broken byte) and its length; ASCII and the common Chinese
/// range without a call.
static inline unsigned kg_i_next_char(const char* KG_NONNULL p, size_t size,
                                      uint32_t* KG_NONNULL code) {
    const unsigned char* const b = (const unsigned char*)p;
    if (b[0] < 0x80) {
        *code = b[0];
        return 1;
    }
    if (size >= 3 && b[0] > 0xE0 && b[0] < 0xED && (b[1] & 0xC0U) == 0x80 &&
        (b[2] & 0xC0U) == 0x80) {
        *code = ((b[0] & 0x0FU) << 12) | ((b[1] & 0x3FU) << 6) | (b[2] & 0x3FU);
        return 3;
    }
    const unsigned length = kg_i_utf8_decode(p, size, code);
    if (!length) {
        *code = 0xFFFD;
        return 1;
    }
    return length;
}

/// A space or control character that no reader keeps as it is.
static inline bool kg_i_is_space(uint32_t c) {
    return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F;
}

/// Characters without a shape: dropped by every reader.
static inline bool kg_i_is_invisible(uint32_t c) {
    return c == 0xFEFF || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           c == 0x2060 || c == 0xAD;
}

/// A Chinese character.
static inline bool kg_i_is_han(uint32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF);
}

/// A character of East Asian text, its punctuation included: no space belongs at a line break
/// beside it.
static inline bool kg_i_is_wide(uint32_t c) {
    return kg_i_is_han(c) || (c >= 0x3001 && c <= 0x33FF) || (c >= 0xFF01 && c <= 0xFF60) ||
           (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0x2014 && c <= 0x2026) || c == 0xB7;
}

static inline bool kg_i_is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

static inline bool kg_i_is_letter(uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Ends a sentence, closing quotes and brackets aside.
static inline bool kg_i_is_stop(uint32_t c) {
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF1B || c == 0x2026 || c == '!' ||
           c == '?' || c == ';';
}

static inline bool kg_i_is_closer(uint32_t c) {
    return c == 0x201D || c == 0x2019 || c == 0x300D || c == 0x300F || c == 0x3011 || c == 0x300B ||
           c == 0xFF09 || c == ')' || c == '"';
}

#endif
