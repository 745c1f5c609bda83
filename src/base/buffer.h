// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// A growing byte buffer, always terminated by a null byte that is not counted.
#ifndef KG_BASE_BUFFER_H
#define KG_BASE_BUFFER_H

#include "kg/base.h"

#include <stdarg.h>

/// Zero-initialised is empty and ready. After an allocation failed, `failed` stays set and
/// further appends do nothing, so that a writer checks once at its end.
typedef struct {
    char* KG_NULLABLE ptr;
    size_t len;
    size_t capacity;
    bool failed;
} kg_i_buffer;

void kg_i_buffer_add(kg_i_buffer* KG_NONNULL buffer, const void* KG_NULLABLE bytes, size_t size);
void kg_i_buffer_add_slice(kg_i_buffer* KG_NONNULL buffer, kg_slice text);
void kg_i_buffer_add_text(kg_i_buffer* KG_NONNULL buffer, const char* KG_NONNULL text);
void kg_i_buffer_add_char(kg_i_buffer* KG_NONNULL buffer, char c);
/// One code point as UTF-8; an invalid one as U+FFFD.
void kg_i_buffer_add_code(kg_i_buffer* KG_NONNULL buffer, uint32_t code);
void kg_i_buffer_format(kg_i_buffer* KG_NONNULL buffer, const char* KG_NONNULL format, ...)
    KG_PRINTF(2, 3);
/// Room for `size` further bytes; false when out of memory.
bool kg_i_buffer_reserve(kg_i_buffer* KG_NONNULL buffer, size_t size);
void kg_i_buffer_clear(kg_i_buffer* KG_NONNULL buffer);
/// Hand the bytes to the caller, who frees them; the buffer is empty afterwards. Null if it
/// had failed or never held anything.
char* KG_OWNED kg_i_buffer_detach(kg_i_buffer* KG_NONNULL buffer);
void kg_i_buffer_dispose(kg_i_buffer* KG_NONNULL buffer);
kg_slice kg_i_buffer_slice(const kg_i_buffer* KG_NONNULL buffer);

#endif
