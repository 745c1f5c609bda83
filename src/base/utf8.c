// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"

static bool continuation(const char* ptr, size_t index, uint32_t* code) {
    const unsigned char byte = (unsigned char)ptr[index];
    *code = (*code << 6) | (byte & 0x3FU);
    return (byte & 0xC0U) == 0x80U;
}

unsigned kg_i_utf8_decode(const char* ptr, size_t size, uint32_t* code) {
    const unsigned char first = (unsigned char)ptr[0];
    if (first < 0x80) {
        *code = first;
        return 1;
    }
    if (first >= 0xE0 && first < 0xF0) { // the common case in Chinese
        *code = first & 0x0FU;
        if (size >= 3 && continuation(ptr, 1, code) && continuation(ptr, 2, code) &&
            *code >= 0x800 && (*code < 0xD800 || *code > 0xDFFF)) {
            return 3;
        }
        return 0;
    }
    if (first >= 0xC2 && first < 0xE0) {
        *code = first & 0x1FU;
        return size >= 2 && continuation(ptr, 1, code) ? 2 : 0;
    }
    if (first >= 0xF0 && first < 0xF5) {
        *code = first & 0x07U;
        if (size >= 4 && continuation(ptr, 1, code) && continuation(ptr, 2, code) &&
            continuation(ptr, 3, code) && *code >= 0x10000 && *code <= 0x10FFFF) {
            return 4;
        }
    }
    return 0;
}

unsigned kg_i_utf8_encode(uint32_t code, char* out) {
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        code = 0xFFFD;
    }
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0U | (code >> 6));
        out[1] = (char)(0x80U | (code & 0x3FU));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0U | (code >> 12));
        out[1] = (char)(0x80U | ((code >> 6) & 0x3FU));
        out[2] = (char)(0x80U | (code & 0x3FU));
        return 3;
    }
    out[0] = (char)(0xF0U | (code >> 18));
    out[1] = (char)(0x80U | ((code >> 12) & 0x3FU));
    out[2] = (char)(0x80U | ((code >> 6) & 0x3FU));
    out[3] = (char)(0x80U | (code & 0x3FU));
    return 4;
}

bool kg_i_utf8_valid(kg_slice text, size_t* valid) {
    size_t at = 0;
    while (at < text.len) {
        uint32_t code = 0;
        const unsigned length = kg_i_utf8_decode(text.ptr + at, text.len - at, &code);
        if (!length) {
            break;
        }
        at += length;
    }
    if (valid) {
        *valid = at;
    }
    return at == text.len;
}

size_t kg_i_utf8_cut(kg_slice text, size_t size) {
    if (text.len <= size) {
        return text.len;
    }
    while (size && ((unsigned char)text.ptr[size] & 0xC0U) == 0x80U) {
        --size;
    }
    return size;
}
