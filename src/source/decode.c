// SPDX-License-Identifier: GPL-3.0-or-later
// Which charset? The order of trust: what the user says, a byte order mark, the shape of UTF-16,
// validity as UTF-8, what the file declares, and only then statistics. A declaration that does
// not decode is no declaration: pages are copied between servers and keep the old one.
#include "source/decode.h"

#include "base/message.h"
#include "base/utf8.h"
#include "source/chars.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <uchardet.h>

/// A slice in a static table, where KG_LIT is no constant.
#define INIT(text)                                                                                 \
    { (text), sizeof(text) - 1 }

const char* kg_i_binary_kind(kg_slice raw) {
    static const struct {
        kg_slice magic;
        const char* kind;
    } known[] = {
        {INIT("%PDF-"), "PDF"},
        {INIT("\x89PNG"), "PNG"},
        {INIT("\xFF\xD8\xFF"), "JPEG"},
        {INIT("GIF8"), "GIF"},
        {INIT("\x7F"
              "ELF"),
         "ELF"},
        {INIT("\xD0\xCF\x11\xE0"), "Microsoft Office"},
        {INIT("SQLite format 3"), "SQLite"},
        {INIT("RIFF"), "RIFF"},
        {INIT("Rar!"), "RAR"},
        {INIT("7z\xBC\xAF"), "7-Zip"},
        {INIT("{\\rtf"), "RTF"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
        const kg_slice magic = known[i].magic;
        if (raw.len >= magic.len && !memcmp(raw.ptr, magic.ptr, magic.len)) {
            return known[i].kind;
        }
    }
    return NULL;
}

static bool charset_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

void kg_i_declared_charset(kg_slice raw, char out[32]) {
    enum { WINDOW = 4096 };
    const size_t end = raw.len < WINDOW ? raw.len : WINDOW;
    out[0] = '\0';
    for (size_t i = 0; i + 9 < end; ++i) {
        size_t at = 0;
        if (!strncasecmp(raw.ptr + i, "charset", 7)) {
            at = i + 7;
        } else if (!strncasecmp(raw.ptr + i, "encoding", 8)) {
            at = i + 8;
        } else {
            continue;
        }
        while (at < end && strchr(" \t=\"'", raw.ptr[at]) && raw.ptr[at]) {
            ++at;
        }
        size_t length = 0;
        while (at + length < end && length < 31 && charset_char(raw.ptr[at + length])) {
            out[length] = raw.ptr[at + length];
            ++length;
        }
        out[length] = '\0';
        if (length >= 3) {
            return;
        }
    }
}

/// The superset that decoders of the web use for a name, and the IANA name we report.
static const char* canonical(const char* name) {
    static const char* const same[][2] = {
        {"gb2312", "GB18030"},        {"gbk", "GB18030"},
        {"gb_2312-80", "GB18030"},    {"gb18030", "GB18030"},
        {"cp936", "GB18030"},         {"x-gbk", "GB18030"},
        {"euc-cn", "GB18030"},        {"windows-936", "GB18030"},
        {"big5", "BIG5-HKSCS"},       {"big-5", "BIG5-HKSCS"},
        {"big5-hkscs", "BIG5-HKSCS"}, {"cp950", "BIG5-HKSCS"},
        {"x-x-big5", "BIG5-HKSCS"},   {"utf8", "UTF-8"},
        {"utf-8", "UTF-8"},           {"iso-8859-1", "WINDOWS-1252"},
        {"ascii", "UTF-8"},           {"us-ascii", "UTF-8"},
        {"utf-16", "UTF-8"}, // a file whose declaration could be read is not UTF-16
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; ++i) {
        if (!strcasecmp(name, same[i][0])) {
            return same[i][1];
        }
    }
    return name;
}

typedef struct {
    size_t wide;     ///< sequences of several bytes that are valid UTF-8
    size_t invalid;  ///< broken ones
    size_t nul_even; ///< null bytes at even offsets
    size_t nul_odd;
    size_t control;
} shape;

static shape measure(kg_slice raw) {
    shape s = {0};
    for (size_t i = 0; i < raw.len;) {
        const unsigned char c = (unsigned char)raw.ptr[i];
        if (c < 0x80) {
            s.nul_even += c == 0 && i % 2 == 0;
            s.nul_odd += c == 0 && i % 2 == 1;
            s.control += c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B;
            ++i;
            continue;
        }
        uint32_t code = 0;
        const unsigned length = kg_i_utf8_decode(raw.ptr + i, raw.len - i, &code);
        s.wide += length > 0;
        s.invalid += length == 0;
        i += length ? length : 1;
    }
    return s;
}

/// UTF-16 without a mark: most ASCII characters, line breaks at least, show as a null byte on
/// one side only.
static const char* shape_utf16(kg_slice raw, const shape* s) {
    const size_t units = raw.len / 2;
    if (raw.len % 2 || units < 8 || s->nul_even + s->nul_odd < units / 100 + 1) {
        return NULL;
    }
    if (s->nul_odd > 20 * s->nul_even) {
        return "UTF-16LE";
    }
    return s->nul_even > 20 * s->nul_odd ? "UTF-16BE" : NULL;
}

/// The share of frequent characters among the double bytes, in percent: GB2312's level 1 holds
/// 99.7 % of modern text (rows 16 to 55), Big5's level 1 the like (A4 to C6).
static unsigned frequent(kg_slice raw, bool big5) {
    size_t all = 0;
    size_t good = 0;
    for (size_t i = 0; i + 1 < raw.len; ++i) {
        const unsigned char lead = (unsigned char)raw.ptr[i];
        const unsigned char trail = (unsigned char)raw.ptr[i + 1];
        if (lead < 0x81) {
            continue;
        }
        ++all;
        ++i;
        if (big5) {
            good += (lead >= 0xA4 && lead <= 0xC6) || (lead == 0xA1 && trail >= 0x40);
        } else {
            good +=
                trail >= 0xA1 && ((lead >= 0xB0 && lead <= 0xD7) || lead == 0xA1 || lead == 0xA3);
        }
    }
    return all ? (unsigned)(good * 100 / all) : 0;
}

static void guess(kg_slice raw, char out[32]) {
    enum { WINDOW = 256 * 1024 };
    out[0] = '\0';
    const uchardet_t detector = uchardet_new();
    if (!detector) {
        return;
    }
    if (uchardet_handle_data(detector, raw.ptr, raw.len < WINDOW ? raw.len : WINDOW) == 0) {
        uchardet_data_end(detector);
        snprintf(out, 32, "%s", uchardet_get_charset(detector));
    }
    uchardet_delete(detector);
}

/// Convert and keep the result if it is nearly clean.
static kg_status attempt(kg_slice raw, const char* charset, unsigned per_mille, kg_i_decoded* out) {
    const kg_status status = kg_i_convert(raw, charset, 0, out);
    if (status != KG_OK) {
        return status == KG_ERR_USAGE ? KG_NO : status;
    }
    if (out->replaced * 1000 > (uint64_t)per_mille * raw.len) {
        kg_i_decoded_dispose(out);
        return KG_NO;
    }
    return KG_OK;
}

static bool western(const char* charset) {
    return !strncasecmp(charset, "windows-125", 11) || !strncasecmp(charset, "iso-8859", 8);
}

enum { LOOKS_CHINESE = 60 };

static kg_status by_statistics(kg_slice raw, kg_i_decoded* out) {
    char name[32];
    guess(raw, name);
    const char* const guessed = canonical(name);
    const unsigned gb = frequent(raw, false);
    const unsigned big5 = frequent(raw, true);
    const char* order[4] = {NULL};
    unsigned n = 0;
    if (!strcmp(guessed, "BIG5-HKSCS") ? big5 >= gb : big5 > gb + 30) {
        order[n++] = "BIG5-HKSCS";
    }
    // A rare guess counts only where the bytes do not look like Chinese at all.
    if (gb < LOOKS_CHINESE && name[0] && strcmp(guessed, "UTF-8") != 0) {
        order[n++] = guessed;
    }
    order[n++] = "GB18030";
    for (unsigned i = 0; i < n; ++i) {
        const kg_status status = attempt(raw, order[i], 5, out);
        if (status != KG_NO) {
            return status;
        }
    }
    return KG_NO;
}

static kg_status plain_utf8(kg_slice raw, uint32_t shift, kg_i_decoded* out) {
    *out = (kg_i_decoded){.text = raw, .shift = shift, .charset = "UTF-8"};
    return KG_OK;
}

static kg_status by_mark(kg_slice raw, kg_i_decoded* out) {
    const unsigned char* const p = (const unsigned char*)raw.ptr;
    if (raw.len >= 3 && p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF) {
        const kg_slice rest = {raw.ptr + 3, raw.len - 3};
        return kg_i_utf8_valid(rest, NULL) ? plain_utf8(rest, 3, out)
                                           : kg_i_convert(rest, "UTF-8", 3, out);
    }
    if (raw.len >= 2 && ((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF))) {
        const kg_slice rest = {raw.ptr + 2, raw.len - 2};
        return kg_i_convert(rest, p[0] == 0xFF ? "UTF-16LE" : "UTF-16BE", 2, out);
    }
    return KG_NO;
}

/// Text, and valid UTF-8 beyond doubt.
static bool plainly_utf8(kg_slice raw) {
    size_t i = 0;
    while (i < raw.len) {
        uint32_t code = 0;
        const unsigned length = kg_i_next_char(raw.ptr + i, raw.len - i, &code);
        if ((code < ' ' && code != '\n' && code != '\r' && code != '\t') ||
            (code == 0xFFFD && length == 1)) {
            return false;
        }
        i += length;
    }
    return true;
}

static kg_status by_content(kg_slice raw, const char* declared, kg_i_decoded* out,
                            kg_error* error) {
    if ((!declared || !declared[0]) && plainly_utf8(raw)) {
        return plain_utf8(raw, 0, out);
    }
    const shape s = measure(raw);
    const char* const utf16 = shape_utf16(raw, &s);
    if (utf16) {
        return kg_i_convert(raw, utf16, 0, out);
    }
    if (s.nul_even + s.nul_odd > raw.len / 1000 + 2 || s.control > raw.len / 20 + 2) {
        return kg_fail(error, KG_ERR_FORMAT, NULL, "%s", KG_("binary data, not text"));
    }
    const char* const said = declared && declared[0] ? canonical(declared) : "UTF-8";
    const bool other = strcmp(said, "UTF-8") != 0;
    enum { ENOUGH = 5 }; // so many characters of GBK are not valid UTF-8 by chance
    if (!s.invalid && (!other || !s.wide || s.wide >= ENOUGH)) {
        return plain_utf8(raw, 0, out);
    }
    // Any bytes are valid in a Western charset, so that such a declaration proves nothing.
    const bool believed = other && !(western(said) && frequent(raw, false) >= LOOKS_CHINESE);
    kg_status status = believed ? attempt(raw, said, 1, out) : KG_NO;
    if (status == KG_NO && s.invalid * 50 < s.wide) {
        status = kg_i_convert(raw, "UTF-8", 0, out);
    }
    if (status == KG_NO) {
        status = by_statistics(raw, out);
    }
    if (status == KG_NO && s.wide * 4 > s.invalid) {
        status = kg_i_convert(raw, "UTF-8", 0, out);
    }
    if (status == KG_NO) {
        status = kg_fail(error, KG_ERR_FORMAT, NULL, "%s", KG_("no charset fits these bytes"));
    }
    return status;
}

kg_status kg_i_decode(kg_slice raw, const char* forced, const char* declared, kg_i_decoded* out,
                      kg_error* error) {
    *out = (kg_i_decoded){.charset = "UTF-8"};
    const char* const kind = kg_i_binary_kind(raw);
    if (kind) {
        return kg_fail(error, KG_ERR_FORMAT, NULL, KG_("a file of type %s, not text"), kind);
    }
    kg_status status = KG_NO;
    if (forced) {
        status = kg_i_convert(raw, canonical(forced), 0, out);
        if (status == KG_ERR_USAGE) {
            return kg_fail(error, status, NULL, KG_("unknown charset: %s"), forced);
        }
    }
    if (status == KG_NO) {
        status = by_mark(raw, out);
    }
    if (status == KG_NO) {
        status = by_content(raw, declared, out, error);
    }
    if (status == KG_ERR_MEMORY) {
        kg_fail(error, status, NULL, "%s", KG_("out of memory while decoding"));
    }
    return status;
}
