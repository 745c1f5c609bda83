// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/json.h"

#include "base/utf8.h"

#include <cjson/cJSON.h>
#include <string.h>

static void spaces(kg_i_json_cursor* c) {
    while (c->at < c->end && (unsigned char)*c->at <= ' ') {
        ++c->at;
    }
}

/// The inside of the string at the cursor, which is left behind the closing quote.
static bool string(kg_i_json_cursor* c, kg_slice* out) {
    if (c->at >= c->end || *c->at != '"') {
        return false;
    }
    const char* p = c->at + 1;
    while (p < c->end) {
        const char* const quote = memchr(p, '"', (size_t)(c->end - p));
        if (!quote) {
            return false;
        }
        size_t slashes = 0;
        while (quote - slashes > c->at + 1 && quote[-1 - (ptrdiff_t)slashes] == '\\') {
            ++slashes;
        }
        if (slashes % 2 == 0) {
            *out = (kg_slice){c->at + 1, (size_t)(quote - c->at) - 1};
            c->at = quote + 1;
            return true;
        }
        p = quote + 1;
    }
    return false;
}

/// An object or array as a whole, by counting brackets outside strings.
static bool nested(kg_i_json_cursor* c, kg_slice* out) {
    const char* const begin = c->at;
    size_t depth = 0;
    while (c->at < c->end) {
        const char letter = *c->at;
        kg_slice inside;
        if (letter == '"') {
            if (!string(c, &inside)) {
                return false;
            }
            continue;
        }
        ++c->at;
        depth += letter == '{' || letter == '[';
        if ((letter == '}' || letter == ']') && --depth == 0) {
            *out = (kg_slice){begin, (size_t)(c->at - begin)};
            return true;
        }
    }
    return false;
}

static bool value(kg_i_json_cursor* c, kg_i_json_value* out) {
    spaces(c);
    if (c->at >= c->end) {
        return false;
    }
    out->kind = *c->at;
    if (*c->at == '"') {
        return string(c, &out->value);
    }
    if (*c->at == '{' || *c->at == '[') {
        return nested(c, &out->value);
    }
    const char* const begin = c->at;
    while (c->at < c->end && !strchr(",]} \t\r\n", *c->at)) {
        ++c->at;
    }
    out->value = (kg_slice){begin, (size_t)(c->at - begin)};
    if (out->kind == '-' || (out->kind >= '0' && out->kind <= '9')) {
        out->kind = '0';
    }
    return out->value.len > 0;
}

bool kg_i_json_enter(kg_slice text, kg_i_json_cursor* out) {
    *out = (kg_i_json_cursor){text.ptr, text.ptr + text.len};
    spaces(out);
    if (out->at >= out->end || (*out->at != '{' && *out->at != '[')) {
        return false;
    }
    ++out->at;
    return true;
}

bool kg_i_json_next(kg_i_json_cursor* cursor, bool object, kg_i_json_value* out) {
    *out = (kg_i_json_value){0};
    spaces(cursor);
    if (cursor->at < cursor->end && *cursor->at == ',') {
        ++cursor->at;
        spaces(cursor);
    }
    if (object) {
        if (!string(cursor, &out->key)) {
            return false;
        }
        spaces(cursor);
        if (cursor->at >= cursor->end || *cursor->at != ':') {
            return false;
        }
        ++cursor->at;
    }
    return value(cursor, out);
}

static bool hex4(const char* at, size_t size, uint32_t* out) {
    uint32_t code = 0;
    if (size < 4) {
        return false;
    }
    for (size_t i = 0; i < 4; ++i) {
        const char c = at[i];
        const char lower = (char)(c | 0x20);
        if (c >= '0' && c <= '9') {
            code = code * 16 + (uint32_t)(c - '0');
        } else if (lower >= 'a' && lower <= 'f') {
            code = code * 16 + (uint32_t)(lower - 'a') + 10;
        } else {
            return false;
        }
    }
    *out = code;
    return true;
}

static size_t unicode_escape(const char* at, size_t size, uint32_t* code) {
    uint32_t low = 0;
    if (!hex4(at + 2, size - 2, code)) {
        *code = 0xFFFD;
        return 2;
    }
    if (*code >= 0xD800 && *code < 0xDC00 && size >= 12 && at[6] == '\\' && at[7] == 'u' &&
        hex4(at + 8, size - 8, &low) && low >= 0xDC00 && low < 0xE000) {
        *code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
        return 12;
    }
    if (*code >= 0xD800 && *code < 0xE000) {
        *code = 0xFFFD;
    }
    return 6;
}

size_t kg_i_json_char(const char* at, size_t size, uint32_t* code) {
    if (*at != '\\' || size < 2) {
        const unsigned length = kg_i_utf8_decode(at, size, code);
        if (!length) {
            *code = 0xFFFD;
        }
        return length ? length : 1;
    }
    switch (at[1]) {
    case 'n':
        *code = '\n';
        return 2;
    case 'r':
        *code = '\r';
        return 2;
    case 't':
        *code = '\t';
        return 2;
    case 'b':
    case 'f':
        *code = ' ';
        return 2;
    case 'u':
        return unicode_escape(at, size, code);
    default:
        *code = (unsigned char)at[1];
        return 2;
    }
}

bool kg_i_json_valid(kg_slice text, size_t* fault) {
    const char* end = NULL;
    cJSON* const tree = cJSON_ParseWithLengthOpts(text.ptr, text.len, &end, 0);
    *fault = end ? (size_t)(end - text.ptr) : 0;
    if (!tree) {
        return false;
    }
    cJSON_Delete(tree);
    while (*fault < text.len && (unsigned char)text.ptr[*fault] <= ' ') {
        ++*fault;
    }
    return *fault == text.len;
}
