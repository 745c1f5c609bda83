// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Memory that is freed as a whole: one arena per document, lexicon or batch.
#ifndef KG_BASE_ARENA_H
#define KG_BASE_ARENA_H

#include "kg/base.h"

typedef struct kg_i_arena_chunk kg_i_arena_chunk;

/// Zero-initialised is empty and ready.
typedef struct {
    kg_i_arena_chunk* KG_NULLABLE head;
    size_t total; ///< bytes asked of the system
    size_t limit; ///< no growth beyond; 0: none
} kg_i_arena;

/// `size` bytes aligned for any type, zeroed; null when out of memory or over the limit.
void* KG_NULLABLE kg_i_arena_alloc(kg_i_arena* KG_NONNULL arena, size_t size);

/// `count` elements of `size`, zeroed; null also when the product overflows.
void* KG_NULLABLE kg_i_arena_array(kg_i_arena* KG_NONNULL arena, size_t count, size_t size);

/// A terminated copy of `text`; the slice's pointer is null when out of memory.
kg_slice kg_i_arena_copy(kg_i_arena* KG_NONNULL arena, kg_slice text);

/// Free all; the arena is empty and ready again.
void kg_i_arena_dispose(kg_i_arena* KG_NONNULL arena);

/// Forget all but keep one chunk for the next use.
void kg_i_arena_reset(kg_i_arena* KG_NONNULL arena);

#endif
