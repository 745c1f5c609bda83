// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
    #define KG_I_ASAN 1
#elif defined(__has_feature)
    #if __has_feature(address_sanitizer)
        #define KG_I_ASAN 1
    #endif
#endif
#ifdef KG_I_ASAN
    #include <sanitizer/asan_interface.h>
#else
    #define ASAN_POISON_MEMORY_REGION(begin, size)   ((void)(begin), (void)(size))
    #define ASAN_UNPOISON_MEMORY_REGION(begin, size) ((void)(begin), (void)(size))
#endif

struct kg_i_arena_chunk {
    kg_i_arena_chunk* next;
    size_t size; ///< of `bytes`
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

// Small enough that a thousand documents in flight stay cheap, large enough that one document
// of usual length needs two or three chunks.
enum { FIRST_CHUNK = 16 * 1024, LARGEST_CHUNK = 1024 * 1024 };

static size_t aligned(size_t size) {
    const size_t unit = alignof(max_align_t);
    return (size + unit - 1) / unit * unit;
}

static kg_i_arena_chunk* grow(kg_i_arena* arena, size_t size) {
    size_t chunk_size = arena->head ? arena->head->size * 2 : FIRST_CHUNK;
    if (chunk_size > LARGEST_CHUNK) {
        chunk_size = LARGEST_CHUNK;
    }
    if (chunk_size < size) {
        chunk_size = size;
    }
    if (arena->limit && (chunk_size > arena->limit || arena->total > arena->limit - chunk_size)) {
        return NULL;
    }
    kg_i_arena_chunk* const chunk = malloc(sizeof *chunk + chunk_size);
    if (!chunk) {
        return NULL;
    }
    chunk->next = arena->head;
    chunk->size = chunk_size;
    chunk->used = 0;
    ASAN_POISON_MEMORY_REGION(chunk->bytes, chunk_size);
    arena->head = chunk;
    arena->total += chunk_size;
    return chunk;
}

void* kg_i_arena_alloc(kg_i_arena* arena, size_t size) {
    if (size > SIZE_MAX / 2) {
        return NULL;
    }
    const size_t need = aligned(size ? size : 1);
    kg_i_arena_chunk* chunk = arena->head;
    if (!chunk || chunk->size - chunk->used < need) {
        chunk = grow(arena, need);
        if (!chunk) {
            return NULL;
        }
    }
    void* const out = chunk->bytes + chunk->used;
    chunk->used += need;
    ASAN_UNPOISON_MEMORY_REGION(out, size);
    return memset(out, 0, size);
}

void* kg_i_arena_array(kg_i_arena* arena, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) {
        return NULL;
    }
    return kg_i_arena_alloc(arena, count * size);
}

kg_slice kg_i_arena_copy(kg_i_arena* arena, kg_slice text) {
    char* const copy = kg_i_arena_alloc(arena, text.len + 1);
    if (!copy) {
        return (kg_slice){NULL, 0};
    }
    if (text.len) {
        memcpy(copy, text.ptr, text.len);
    }
    return (kg_slice){copy, text.len};
}

static void free_chunks(kg_i_arena_chunk* chunk) {
    while (chunk) {
        kg_i_arena_chunk* const next = chunk->next;
        ASAN_UNPOISON_MEMORY_REGION(chunk->bytes, chunk->size);
        free(chunk);
        chunk = next;
    }
}

void kg_i_arena_dispose(kg_i_arena* arena) {
    free_chunks(arena->head);
    arena->head = NULL;
    arena->total = 0;
}

void kg_i_arena_reset(kg_i_arena* arena) {
    kg_i_arena_chunk* const kept = arena->head;
    if (!kept) {
        return;
    }
    free_chunks(kept->next);
    kept->next = NULL;
    kept->used = 0;
    arena->total = kept->size;
    ASAN_POISON_MEMORY_REGION(kept->bytes, kept->size);
}
