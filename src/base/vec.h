// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// A growing array of any type: `KG_I_VEC(kg_span) spans = {0};`.
#ifndef KG_BASE_VEC_H
#define KG_BASE_VEC_H

#include "kg/base.h"

#include <stdlib.h>

#define KG_I_VEC(type)                                                                             \
    struct {                                                                                       \
        type* KG_NULLABLE items;                                                                   \
        size_t count;                                                                              \
        size_t capacity;                                                                           \
    }

/// Room for one more element; false when out of memory.
#define kg_i_vec_room(vec)                                                                         \
    ((vec)->count < (vec)->capacity ||                                                             \
     kg_i_vec_grow((void**)&(vec)->items, &(vec)->capacity, sizeof *(vec)->items))

/// Append; false when out of memory.
#define kg_i_vec_push(vec, ...)                                                                    \
    (kg_i_vec_room(vec) ? ((vec)->items[(vec)->count++] = (__VA_ARGS__), true) : false)

#define kg_i_vec_dispose(vec)                                                                      \
    (free((vec)->items), (vec)->items = NULL, (vec)->count = 0, (vec)->capacity = 0)

static inline bool kg_i_vec_grow(void** items, size_t* capacity, size_t size) {
    const size_t wanted = *capacity ? *capacity * 2 : 8;
    if (wanted > SIZE_MAX / 2 / size) {
        return false;
    }
    void* const grown = realloc(*items, wanted * size);
    if (!grown) {
        return false;
    }
    *items = grown;
    *capacity = wanted;
    return true;
}

#endif
