// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/message.h"
#include "base/utf8.h"
#include "text/normal.h"

#include <opencc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static kg_i_table* table;
static opencc_t converter;
static pthread_once_t once = PTHREAD_ONCE_INIT;
// OpenCC's converter keeps no state between calls, but its C interface does not promise it.
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

static bool keeps_form(uint32_t c) {
    // Numbers in circles mark list items; read as digits they would join the number behind them.
    // Wide punctuation is what Chinese is written in, only brackets, letters and digits turn.
    return (c >= 0x2460 && c <= 0x24FF) || (c >= 0x3220 && c <= 0x33FF) || c == 0xFF0C ||
           c == 0xFF1A || c == 0xFF1B || c == 0xFF01 || c == 0xFF1F || c == 0xFF61 || c == 0xFF64;
}

static uint32_t special(uint32_t c) {
    switch (c) {
    case 0x300C: // corner quotes
    case 0x300E:
    case 0x301D:
    case 0xFF62:
        return 0x201C;
    case 0x300D:
    case 0x300F:
    case 0x301E:
    case 0x301F:
    case 0xFF63:
        return 0x201D;
    case 0x30FB: // middle dots
    case 0x2027:
    case 0xFF65:
    case 0x2219:
    case 0x22C5:
    case 0x2022:
        return 0xB7;
    case 0x3000:
    case 0xA0:
        return ' ';
    case 0xFF61:
        return 0x3002;
    case 0xFF64:
        return 0x3001;
    default:
        return 0;
    }
}

static uint32_t plain_form(uint32_t c) {
    const uint32_t other = special(c);
    if (other || keeps_form(c) || (c >= 0xD800 && c <= 0xDFFF)) {
        return other ? other : c;
    }
    utf8proc_int32_t out[8];
    int last = 0;
    const utf8proc_ssize_t length = utf8proc_decompose_char(
        (utf8proc_int32_t)c, out, 8, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &last);
    // A letter with an accent decomposes to two; what is one character stays one.
    return length == 1 && out[0] > 0 ? (uint32_t)out[0] : c;
}

static bool convertible(uint32_t c) {
    return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF);
}

/// One call for all characters, a line each: OpenCC takes no phrase across a line break.
static bool fill_simplified(kg_i_table* out) {
    enum { BYTES_EACH = 4 };
    char* const all = malloc((size_t)KG_I_TABLE_SIZE * BYTES_EACH);
    size_t length = 0;
    if (!all) {
        return false;
    }
    for (uint32_t c = 0; c < KG_I_TABLE_SIZE; ++c) {
        out->simplified[c] = c;
        if (convertible(c)) {
            length += kg_i_utf8_encode(c, all + length);
            all[length++] = '\n';
        }
    }
    char* const back = opencc_convert_utf8(converter, all, length);
    free(all);
    if (!back) {
        return false;
    }
    const char* p = back;
    const char* const end = back + strlen(back);
    for (uint32_t c = 0; c < KG_I_TABLE_SIZE && p < end; ++c) {
        if (!convertible(c)) {
            continue;
        }
        uint32_t code = 0;
        const unsigned size = kg_i_utf8_decode(p, (size_t)(end - p), &code);
        if (size && p[size] == '\n') {
            out->simplified[c] = code;
        }
        const char* const next = strchr(p, '\n');
        p = next ? next + 1 : end;
    }
    opencc_convert_utf8_free(back);
    return true;
}

static void make_table(void) {
    kg_i_table* const made = malloc(sizeof *made);
    converter = opencc_open("t2s.json");
    if (converter == (opencc_t)-1) {
        converter = NULL;
    }
    if (!made || !converter || !fill_simplified(made)) {
        free(made);
        return;
    }
    for (uint32_t c = 0; c < KG_I_TABLE_SIZE; ++c) {
        made->plain[c] = plain_form(c);
    }
    table = made;
}

const kg_i_table* kg_i_table_get(kg_error* error) {
    pthread_once(&once, make_table);
    if (!table) {
        kg_fail(error, KG_ERR_IO, "t2s.json", "%s",
                KG_("OpenCC's data for traditional characters cannot be loaded"));
    }
    return table;
}

kg_status kg_i_simplify(const char* text, size_t length, char** out, kg_error* error) {
    *out = NULL;
    if (!kg_i_table_get(error)) {
        return KG_ERR_IO;
    }
    pthread_mutex_lock(&guard);
    char* const converted = opencc_convert_utf8(converter, text, length);
    *out = converted ? strdup(converted) : NULL;
    opencc_convert_utf8_free(converted);
    pthread_mutex_unlock(&guard);
    return *out ? KG_OK : kg_fail(error, KG_ERR_MEMORY, NULL, "%s", KG_("out of memory"));
}
