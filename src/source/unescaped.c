// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/unescaped.h"

#include <stdlib.h>
#include <string.h>

// A broken byte becomes U+FFFD, three bytes; so does a null.
enum { WORST_GROWTH = 3, SLACK = 8 };

bool kg_i_unescaped_reserve(kg_i_unescaped* out, size_t size) {
    const size_t wanted = size * WORST_GROWTH + SLACK;
    kg_i_buffer_clear(&out->text);
    if (!kg_i_buffer_reserve(&out->text, wanted)) {
        return false;
    }
    if (out->capacity < wanted) {
        free(out->map);
        out->map = malloc(wanted * sizeof *out->map);
        out->capacity = out->map ? wanted : 0;
    }
    return out->map != NULL;
}

void kg_i_unescaped_dispose(kg_i_unescaped* text) {
    kg_i_buffer_dispose(&text->text);
    free(text->map);
    text->map = NULL;
    text->capacity = 0;
}

void kg_i_unescaped_run(kg_i_unescaped* out, const char* bytes, size_t size, uint32_t at) {
    uint32_t* const map = out->map + out->text.len;
    memcpy(out->text.ptr + out->text.len, bytes, size);
    for (size_t i = 0; i < size; ++i) {
        map[i] = at + (uint32_t)i;
    }
    out->text.len += size;
}

void kg_i_unescaped_remap(const kg_i_unescaped* text, kg_i_builder* builder, size_t first) {
    for (size_t i = first; i < builder->count; ++i) {
        builder->origin[i] = text->map[builder->origin[i]];
    }
}
