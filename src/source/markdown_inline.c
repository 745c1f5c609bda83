// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/markdown.h"

#include "base/utf8.h"
#include "source/html.h"

#include <string.h>

typedef struct {
    kg_i_builder* builder;
    kg_slice text;
    uint32_t at;
    size_t i;
} scanner;

static bool word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static char around(const scanner* s, size_t index) {
    return index < s->text.len ? s->text.ptr[index] : ' ';
}

static size_t window(const scanner* s, size_t from) {
    enum { LONGEST = 4096 };
    return s->text.len - from < LONGEST ? s->text.len - from : LONGEST;
}

/// The offset behind "](target)" whose "]" is at `close`; 0 if none.
static size_t past_target(const scanner* s, size_t close) {
    if (around(s, close + 1) != '(') {
        return 0;
    }
    // Bounded, so that many openings without an end stay cheap.
    const char* const end = memchr(s->text.ptr + close, ')', window(s, close));
    return end ? (size_t)(end - s->text.ptr) + 1 : 0;
}

static size_t closing_bracket(const scanner* s, size_t open) {
    enum { LONGEST_LABEL = 1000 };
    const size_t rest = s->text.len - open;
    size_t depth = 0;
    if (!memchr(s->text.ptr + open, ']', rest < LONGEST_LABEL ? rest : LONGEST_LABEL)) {
        return 0;
    }
    for (size_t i = open; i < s->text.len && i - open < LONGEST_LABEL; ++i) {
        const char c = s->text.ptr[i];
        depth += c == '[';
        if (c == ']' && --depth == 0) {
            return i;
        }
    }
    return 0;
}

/// ![picture](target) vanishes, [label](target) leaves its label. True if something was done.
static bool link(scanner* s) {
    const bool picture = s->text.ptr[s->i] == '!';
    const size_t open = s->i + picture;
    if (around(s, open) != '[') {
        return false;
    }
    const size_t close = closing_bracket(s, open);
    const size_t end = close ? past_target(s, close) : 0;
    if (!end) {
        return false;
    }
    if (!picture) {
        kg_i_markdown_inline(s->builder, (kg_slice){s->text.ptr + open + 1, close - open - 1},
                             s->at + (uint32_t)open + 1);
    }
    s->i = end;
    return true;
}

static bool tag(scanner* s) {
    const char next = around(s, s->i + 1);
    if (!((next | 0x20) >= 'a' && (next | 0x20) <= 'z') && next != '/' && next != '!') {
        return false;
    }
    const char* const end = memchr(s->text.ptr + s->i, '>', window(s, s->i));
    if (!end) {
        return false;
    }
    if ((next | 0x20) == 'b' && (around(s, s->i + 2) | 0x20) == 'r') {
        kg_i_builder_gap(s->builder, KG_I_GAP_LINE, s->at + (uint32_t)s->i);
    }
    s->i = (size_t)(end - s->text.ptr) + 1;
    return true;
}

/// Runs of * and ~~ beside a word, _ at a word's edge, and back quotes.
static bool emphasis(scanner* s) {
    const char c = s->text.ptr[s->i];
    size_t end = s->i;
    while (around(s, end) == c && end < s->text.len) {
        ++end;
    }
    const char before = s->i ? s->text.ptr[s->i - 1] : ' ';
    const char after = around(s, end);
    const size_t run = end - s->i;
    const bool loose = before == ' ' && after == ' ';
    const bool inside = word(before) && word(after);
    if (run > 3 || loose || (c == '~' && run < 2) || ((c == '_' || c == '*') && inside)) {
        return false;
    }
    s->i = end;
    return true;
}

static bool mark(scanner* s) {
    const char c = s->text.ptr[s->i];
    switch (c) {
    case '!':
    case '[':
        return link(s);
    case '<':
        return tag(s);
    case '*':
    case '_':
    case '~':
    case '`':
        return emphasis(s);
    case '\\':
        if (strchr("\\`*_{}[]()#+-.!|<>~", around(s, s->i + 1))) {
            ++s->i;
            kg_i_builder_put(s->builder, (unsigned char)around(s, s->i), s->at + (uint32_t)s->i - 1,
                             s->at + (uint32_t)s->i + 1);
            ++s->i;
            return true;
        }
        return false;
    case '&': {
        uint32_t code = 0;
        const size_t length = kg_i_entity(s->text.ptr + s->i, s->text.len - s->i, &code);
        if (length) {
            kg_i_builder_put(s->builder, code, s->at + (uint32_t)s->i,
                             s->at + (uint32_t)(s->i + length));
            s->i += length;
        }
        return length > 0;
    }
    default:
        return false;
    }
}

void kg_i_markdown_inline(kg_i_builder* builder, kg_slice text, uint32_t at) {
    scanner s = {.builder = builder, .text = text, .at = at};
    while (s.i < text.len) {
        if (mark(&s)) {
            continue;
        }
        uint32_t code = 0xFFFD;
        unsigned length = kg_i_utf8_decode(text.ptr + s.i, text.len - s.i, &code);
        length = length ? length : 1;
        kg_i_builder_put(builder, code, at + (uint32_t)s.i, at + (uint32_t)s.i + length);
        s.i += length;
    }
}
