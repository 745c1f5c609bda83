// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Text inside another format's string, without that format's escapes, and the way back.
#ifndef KG_SOURCE_UNESCAPED_H
#define KG_SOURCE_UNESCAPED_H

#include "base/buffer.h"
#include "base/utf8.h"
#include "source/builder.h"

/// The text and, for each of its bytes, where its character began in the outer text.
typedef struct {
    kg_i_buffer text;
    uint32_t* KG_NULLABLE map; ///< text.len + 1 offsets
    size_t capacity;
} kg_i_unescaped;

/// Empty, with room for what `size` bytes can become: no escape is shorter than its character.
bool kg_i_unescaped_reserve(kg_i_unescaped* KG_NONNULL out, size_t size);
void kg_i_unescaped_dispose(kg_i_unescaped* KG_NONNULL text);
/// From offsets in the text back to the outer text's, for the builder's characters from `first`.
void kg_i_unescaped_remap(const kg_i_unescaped* KG_NONNULL text, kg_i_builder* KG_NONNULL builder,
                          size_t first);

static inline void kg_i_unescaped_put(kg_i_unescaped* KG_NONNULL out, uint32_t code, uint32_t at) {
    const unsigned size = kg_i_utf8_encode(code ? code : 0xFFFD, out->text.ptr + out->text.len);
    for (unsigned i = 0; i < size; ++i) {
        out->map[out->text.len++] = at;
    }
}

/// `size` bytes of valid UTF-8 as they are. Each byte maps to itself: only a character's first one
/// is ever asked for.
void kg_i_unescaped_run(kg_i_unescaped* KG_NONNULL out, const char* KG_NONNULL bytes, size_t size,
                        uint32_t at);

static inline void kg_i_unescaped_end(kg_i_unescaped* KG_NONNULL out, uint32_t at) {
    out->map[out->text.len] = at;
    out->text.ptr[out->text.len] = '\0';
}

#endif
