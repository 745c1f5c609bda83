// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "source/decode.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

/// A decoded text under construction: bytes and the raw offset of each.
typedef struct {
    char* text;
    uint32_t* map;
    size_t len;
    size_t capacity;
    uint64_t replaced;
} sink;

static bool sink_room(sink* to, size_t size) {
    if (to->len + size + 1 <= to->capacity) {
        return true;
    }
    const size_t wanted = to->capacity * 2 + size + 64;
    char* const text = realloc(to->text, wanted);
    if (text) {
        to->text = text;
    }
    uint32_t* const map = realloc(to->map, wanted * sizeof *map);
    if (map) {
        to->map = map;
    }
    if (!text || !map) {
        return false;
    }
    to->capacity = wanted;
    return true;
}

static bool sink_put(sink* to, uint32_t code, size_t at) {
    if (!sink_room(to, 4)) {
        return false;
    }
    const unsigned length = kg_i_utf8_encode(code, to->text + to->len);
    for (unsigned i = 0; i < length; ++i) {
        to->map[to->len++] = (uint32_t)at;
    }
    return true;
}

static kg_status sink_finish(sink* to, size_t end, kg_i_decoded* out) {
    if (!sink_room(to, 0)) {
        free(to->text);
        free(to->map);
        return KG_ERR_MEMORY;
    }
    to->map[to->len] = (uint32_t)end;
    to->text[to->len] = '\0';
    out->text = (kg_slice){to->text, to->len};
    out->owned = to->text;
    out->map = to->map;
    out->replaced = to->replaced;
    return KG_OK;
}

static kg_status out_of_memory(sink* to) {
    free(to->text);
    free(to->map);
    return KG_ERR_MEMORY;
}

static uint32_t unit16(kg_slice raw, size_t at, bool big) {
    const unsigned char* const p = (const unsigned char*)raw.ptr + at;
    return big ? ((uint32_t)p[0] << 8) | p[1] : ((uint32_t)p[1] << 8) | p[0];
}

static kg_status convert_utf16(kg_slice raw, bool big, uint32_t shift, kg_i_decoded* out) {
    sink to = {0};
    size_t at = 0;
    while (at < raw.len) {
        size_t length = 2;
        uint32_t code = 0xFFFD;
        if (at + 2 <= raw.len) {
            code = unit16(raw, at, big);
            if (code >= 0xD800 && code < 0xDC00 && at + 4 <= raw.len) {
                const uint32_t low = unit16(raw, at + 2, big);
                if (low >= 0xDC00 && low < 0xE000) {
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                    length = 4;
                }
            }
        } else {
            length = 1;
        }
        if (code == 0xFFFD || (code >= 0xD800 && code < 0xE000)) {
            code = 0xFFFD;
            ++to.replaced;
        }
        if (!sink_put(&to, code, shift + at)) {
            return out_of_memory(&to);
        }
        at += length;
    }
    return sink_finish(&to, shift + raw.len, out);
}

static kg_status convert_utf8(kg_slice raw, uint32_t shift, kg_i_decoded* out) {
    sink to = {0};
    size_t at = 0;
    while (at < raw.len) {
        uint32_t code = 0;
        unsigned length = kg_i_utf8_decode(raw.ptr + at, raw.len - at, &code);
        if (!length) {
            code = 0xFFFD;
            length = 1;
            ++to.replaced;
            while (at + length < raw.len &&
                   ((unsigned char)raw.ptr[at + length] & 0xC0U) == 0x80U) {
                ++length; // one mark for a broken sequence, not one for each of its bytes
            }
        }
        if (!sink_put(&to, code, shift + at)) {
            return out_of_memory(&to);
        }
        at += length;
    }
    return sink_finish(&to, shift + raw.len, out);
}

/// One step of the converter: at most one character out, so that its bytes are known.
static kg_status step(iconv_t converter, kg_slice raw, size_t* at, size_t shift, sink* to) {
    char* in = (char*)(uintptr_t)(raw.ptr + *at);
    size_t in_left = raw.len - *at;
    uint32_t code = 0;
    char* out = (char*)&code;
    size_t out_left = sizeof code;
    const size_t before = in_left;
    const size_t result = iconv(converter, &in, &in_left, &out, &out_left);
    const bool stuck = result == (size_t)-1 && (errno == EILSEQ || errno == EINVAL);
    const size_t start = *at;
    *at += before - in_left;
    if (!out_left) {
        return sink_put(to, code, shift + start) ? KG_OK : KG_ERR_MEMORY;
    }
    if (stuck || before == in_left) {
        ++to->replaced;
        ++*at;
        iconv(converter, NULL, NULL, NULL, NULL);
        return sink_put(to, 0xFFFD, shift + start) ? KG_OK : KG_ERR_MEMORY;
    }
    return KG_OK;
}

static kg_status convert_iconv(kg_slice raw, const char* charset, uint32_t shift,
                               kg_i_decoded* out) {
    const iconv_t converter = iconv_open("UCS-4LE", charset);
    if (converter == (iconv_t)-1) {
        return KG_ERR_USAGE;
    }
    char probe[] = "A";
    char* in = probe;
    size_t in_left = 1;
    char wide[8];
    char* wide_out = wide;
    size_t wide_left = sizeof wide;
    const bool ascii = iconv(converter, &in, &in_left, &wide_out, &wide_left) == 0 &&
                       wide_left == sizeof wide - 4 && wide[0] == 'A';
    iconv(converter, NULL, NULL, NULL, NULL);
    sink to = {0};
    size_t at = 0;
    while (at < raw.len) {
        if (ascii && (unsigned char)raw.ptr[at] < 0x80 && raw.ptr[at] != 0x1B) {
            if (!sink_put(&to, (unsigned char)raw.ptr[at], shift + at)) {
                break;
            }
            ++at;
        } else if (step(converter, raw, &at, shift, &to) != KG_OK) {
            break;
        }
    }
    iconv_close(converter);
    return at < raw.len ? out_of_memory(&to) : sink_finish(&to, shift + raw.len, out);
}

kg_status kg_i_convert(kg_slice raw, const char* charset, uint32_t shift, kg_i_decoded* out) {
    *out = (kg_i_decoded){0};
    strncpy(out->name, charset, sizeof out->name - 1);
    out->charset = out->name;
    if (!strcasecmp(charset, "UTF-8") || !strcasecmp(charset, "utf8")) {
        strcpy(out->name, "UTF-8");
        return convert_utf8(raw, shift, out);
    }
    if (!strcasecmp(charset, "UTF-16LE")) {
        return convert_utf16(raw, false, shift, out);
    }
    if (!strcasecmp(charset, "UTF-16BE")) {
        return convert_utf16(raw, true, shift, out);
    }
    return convert_iconv(raw, charset, shift, out);
}

void kg_i_decoded_dispose(kg_i_decoded* decoded) {
    free(decoded->owned);
    free(decoded->map);
    decoded->owned = NULL;
    decoded->map = NULL;
    decoded->text = (kg_slice){NULL, 0};
}
