// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/html.h"

#include <libxml/HTMLparser.h>
#include <string.h>

enum { LONGEST_NAME = 12 };

static size_t numeric(const char* at, size_t size, uint32_t* code) {
    const bool hex = size > 2 && (at[2] == 'x' || at[2] == 'X');
    const size_t first = hex ? 3 : 2;
    size_t i = first;
    uint32_t value = 0;
    for (; i < size && value <= 0x10FFFF; ++i) {
        const char c = at[i];
        const char lower = (char)(c | 0x20);
        if (c >= '0' && c <= '9') {
            value = value * (hex ? 16 : 10) + (uint32_t)(c - '0');
        } else if (hex && lower >= 'a' && lower <= 'f') {
            value = value * 16 + (uint32_t)(lower - 'a') + 10;
        } else {
            break;
        }
    }
    if (i == first || value > 0x10FFFF) {
        return 0;
    }
    *code = value;
    return i < size && at[i] == ';' ? i + 1 : i;
}

size_t kg_i_entity(const char* at, size_t size, uint32_t* code) {
    if (size < 3 || at[0] != '&') {
        return 0;
    }
    if (at[1] == '#') {
        return numeric(at, size, code);
    }
    char name[LONGEST_NAME];
    size_t length = 0;
    while (length + 1 < size && length < LONGEST_NAME - 1) {
        const char c = at[1 + length];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) {
            break;
        }
        name[length++] = c;
    }
    name[length] = '\0';
    const htmlEntityDesc* const entity = length ? htmlEntityLookup((const xmlChar*)name) : NULL;
    if (!entity) {
        return 0;
    }
    *code = entity->value;
    return length + 1 < size && at[length + 1] == ';' ? length + 2 : length + 1;
}
