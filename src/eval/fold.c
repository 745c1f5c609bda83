// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/buffer.h"
#include "base/utf8.h"
#include "eval/align.h"

#include <utf8proc.h>

#include <stdlib.h>
#include <string.h>

/// What Python's \s takes.
static bool is_space(uint32_t c) {
    return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool is_passed_over(uint32_t c) {
    switch (c) {
    case '"':
    case '\'':
    case 0x201C: // “”‘’
    case 0x201D:
    case 0x2018:
    case 0x2019:
    case 0x300A: // 《》
    case 0x300B:
    case 0x300C: // 「」『』
    case 0x300D:
    case 0x300E:
    case 0x300F:
    case 0x3010: // 【】
    case 0x3011:
    case 0xB7: // ·
    case 0x2022:
        return true;
    default:
        return is_space(c);
    }
}

static size_t count_codes(kg_slice text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; ++i) {
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    }
    return count;
}

static kg_slice cut_sector(kg_slice text) {
    static const char* const endings[] = {"产业", "行业", "领域"};
    const size_t size = sizeof "产业" - 1;
    const size_t count = count_codes(text);
    for (size_t i = 0; count > 3 && i < sizeof endings / sizeof *endings; ++i) {
        if (memcmp(text.ptr + text.len - size, endings[i], size) == 0 && count - 2 >= 2) {
            return (kg_slice){text.ptr, text.len - size};
        }
    }
    return text;
}

static void fold_codes(kg_i_buffer* out, const char* bytes, size_t size) {
    for (size_t at = 0; at < size;) {
        uint32_t code = 0;
        const unsigned length = kg_i_utf8_decode(bytes + at, size - at, &code);
        if (!length) {
            kg_i_buffer_add_char(out, bytes[at++]);
            continue;
        }
        at += length;
        if (is_passed_over(code)) {
            continue;
        }
        if (code == '(') {
            code = 0xFF08;
        } else if (code == ')') {
            code = 0xFF09;
        }
        kg_i_buffer_add_code(out, (uint32_t)utf8proc_tolower((utf8proc_int32_t)code));
    }
}

kg_slice kg_i_eval_fold(kg_i_arena* arena, kg_slice name, bool sector) {
    kg_i_buffer folded = {0};
    utf8proc_uint8_t* composed = NULL;
    const utf8proc_ssize_t size =
        name.len ? utf8proc_map((const utf8proc_uint8_t*)name.ptr, (utf8proc_ssize_t)name.len,
                                &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT)
                 : 0;
    if (size >= 0 && composed) {
        fold_codes(&folded, (const char*)composed, (size_t)size);
    } else if (name.len) {
        fold_codes(&folded, name.ptr, name.len);
    }
    free(composed);
    kg_slice text = kg_i_buffer_slice(&folded);
    if (sector && text.len) {
        text = cut_sector(text);
    }
    const kg_slice kept =
        folded.failed ? (kg_slice){0} : kg_i_arena_copy(arena, text.len ? text : KG_LIT(""));
    kg_i_buffer_dispose(&folded);
    return kept;
}
