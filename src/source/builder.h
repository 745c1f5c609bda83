// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Puts a document together, character by character; reused from document to document.
#ifndef KG_SOURCE_BUILDER_H
#define KG_SOURCE_BUILDER_H

#include "base/buffer.h"
#include "base/vec.h"
#include "source/chars.h"
#include "source/decode.h"

#include "kg/document.h"

/// What stands between the last character and the next one.
typedef enum {
    KG_I_GAP_NONE,
    KG_I_GAP_SPACE,
    KG_I_GAP_LINE,
    KG_I_GAP_CELL,
    KG_I_GAP_BEGIN ///< nothing yet: the block's first character comes
} kg_i_gap;

/// Zero-initialised is empty and ready. After an allocation failed or the document grew beyond
/// what 32 bits hold, `failed` stays set until the next reset.
typedef struct {
    uint32_t* KG_NULLABLE chars;
    uint32_t* KG_NULLABLE origin;
    size_t count;
    size_t capacity;
    KG_I_VEC(kg_block) blocks;
    kg_i_buffer title, date, url, publisher;
    bool failed;

    bool open;
    kg_block block; ///< the open one
    kg_i_gap gap;
    uint32_t gap_at; ///< offset of the gap's first byte
    uint32_t after;  ///< offset one past the last character
    uint32_t article;
    size_t barrier; ///< no paragraph goes on from a block before this one
} kg_i_builder;

void kg_i_builder_reset(kg_i_builder* KG_NONNULL builder);
void kg_i_builder_dispose(kg_i_builder* KG_NONNULL builder);

/// End the open block, if any, and begin one. A block without a letter, digit or Chinese character
/// leaves no trace. A paragraph that begins in the midst of a sentence (的, ，) goes on from the
/// paragraph before it.
void kg_i_builder_begin(kg_i_builder* KG_NONNULL builder, kg_block_kind kind, uint8_t level);
void kg_i_builder_end(kg_i_builder* KG_NONNULL builder);

/// Room for one more character, and it; called with a block open.
bool kg_i_builder_grow(kg_i_builder* KG_NONNULL builder);
void kg_i_builder_put_gap(kg_i_builder* KG_NONNULL builder, uint32_t next);

/// Note a gap of bytes from `at`; written only if a character follows in this block. The
/// strongest of several wins.
static inline void kg_i_builder_gap(kg_i_builder* KG_NONNULL builder, kg_i_gap gap, uint32_t at) {
    if (builder->gap < gap) {
        if (builder->gap == KG_I_GAP_NONE) {
            builder->gap_at = at;
        }
        builder->gap = gap;
    }
}

static inline void kg_i_builder_raw(kg_i_builder* KG_NONNULL builder, uint32_t code, uint32_t at) {
    if (builder->count < builder->capacity || kg_i_builder_grow(builder)) {
        builder->chars[builder->count] = code;
        builder->origin[builder->count++] = at;
    }
}

/// One character that came from the bytes [at, after). Spaces become gaps, invisible characters
/// vanish.
static inline void kg_i_builder_put(kg_i_builder* KG_NONNULL builder, uint32_t code, uint32_t at,
                                    uint32_t after) {
    if (kg_i_is_space(code)) {
        kg_i_builder_gap(builder, code == '\n' || code == '\r' ? KG_I_GAP_LINE : KG_I_GAP_SPACE,
                         at);
        return;
    }
    if (kg_i_is_invisible(code)) {
        return;
    }
    if (builder->gap != KG_I_GAP_NONE) {
        kg_i_builder_put_gap(builder, code);
    }
    kg_i_builder_raw(builder, code, at);
    builder->after = after;
}

/// All of `text`, whose first byte stands at `at`.
void kg_i_builder_text(kg_i_builder* KG_NONNULL builder, kg_slice text, uint32_t at);

/// Set a field unless it is set already; spaces at both ends are cut.
void kg_i_builder_set(kg_i_buffer* KG_NONNULL field, kg_slice text);

/// Make the document. `origin`s are mapped back through `decoded`.
kg_status kg_i_builder_finish(kg_i_builder* KG_NONNULL builder,
                              const kg_i_decoded* KG_NONNULL decoded,
                              const kg_document* KG_NONNULL head,
                              kg_document* KG_OWNED* KG_NONNULL out);

#endif
