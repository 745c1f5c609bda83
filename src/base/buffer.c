// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/buffer.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool kg_i_buffer_reserve(kg_i_buffer* buffer, size_t size) {
    if (buffer->failed || size > SIZE_MAX / 2 - buffer->len - 1) {
        buffer->failed = true;
        return false;
    }
    const size_t need = buffer->len + size + 1;
    if (need <= buffer->capacity) {
        return true;
    }
    size_t capacity = buffer->capacity ? buffer->capacity : 64;
    while (capacity < need) {
        capacity *= 2;
    }
    char* const grown = realloc(buffer->ptr, capacity);
    if (!grown) {
        buffer->failed = true;
        return false;
    }
    buffer->ptr = grown;
    buffer->capacity = capacity;
    buffer->ptr[buffer->len] = '\0';
    return true;
}

void kg_i_buffer_add(kg_i_buffer* buffer, const void* bytes, size_t size) {
    if (!kg_i_buffer_reserve(buffer, size)) {
        return;
    }
    if (size) {
        memcpy(buffer->ptr + buffer->len, bytes, size);
    }
    buffer->len += size;
    buffer->ptr[buffer->len] = '\0';
}

void kg_i_buffer_add_slice(kg_i_buffer* buffer, kg_slice text) {
    kg_i_buffer_add(buffer, text.ptr, text.len);
}

void kg_i_buffer_add_text(kg_i_buffer* buffer, const char* text) {
    kg_i_buffer_add(buffer, text, strlen(text));
}

void kg_i_buffer_add_char(kg_i_buffer* buffer, char c) {
    kg_i_buffer_add(buffer, &c, 1);
}

void kg_i_buffer_add_code(kg_i_buffer* buffer, uint32_t code) {
    char bytes[4];
    kg_i_buffer_add(buffer, bytes, kg_i_utf8_encode(code, bytes));
}

void kg_i_buffer_format(kg_i_buffer* buffer, const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    if (length >= 0 && kg_i_buffer_reserve(buffer, (size_t)length)) {
        vsnprintf(buffer->ptr + buffer->len, (size_t)length + 1, format, again);
        buffer->len += (size_t)length;
    } else {
        buffer->failed = true;
    }
    va_end(again);
    va_end(arguments);
}

void kg_i_buffer_clear(kg_i_buffer* buffer) {
    buffer->len = 0;
    if (buffer->ptr) {
        buffer->ptr[0] = '\0';
    }
}

char* kg_i_buffer_detach(kg_i_buffer* buffer) {
    char* const out = buffer->failed ? NULL : buffer->ptr;
    if (!out) {
        free(buffer->ptr);
    }
    *buffer = (kg_i_buffer){0};
    return out;
}

void kg_i_buffer_dispose(kg_i_buffer* buffer) {
    free(buffer->ptr);
    *buffer = (kg_i_buffer){0};
}

kg_slice kg_i_buffer_slice(const kg_i_buffer* buffer) {
    return (kg_slice){buffer->ptr, buffer->len};
}
