// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/html.h"

#include <string.h>

typedef struct {
    const char* open;
    const char* close;
    size_t longest; ///< an opening whose end is farther off is text
} template_code;

static const template_code codes[] = {
    {"<%", "%>", SIZE_MAX}, {"<?", "?>", SIZE_MAX}, {"<#--", "-->", SIZE_MAX}, {"<#", ">", 2000},
    {"</#", ">", 200},      {"<@", ">", 2000},      {"</@", ">", 200},         {"${", "}", 500},
    {"#{", "}", 500},       {"{{", "}}", 500},      {"{%", "%}", 500},         {"{$", "}", 500},
};

enum { CODES = sizeof codes / sizeof *codes };

/// For each kind of code, up to where no end of it was found: many openings without an end cost
/// one search, not one each.
typedef struct {
    size_t clear[CODES];
} search;

/// The length of the template code at `at`; 0 if there is none.
static size_t code_length(search* s, kg_slice text, size_t at) {
    for (size_t i = 0; i < CODES; ++i) {
        const size_t open = strlen(codes[i].open);
        if (text.len - at < open || memcmp(text.ptr + at, codes[i].open, open) != 0) {
            continue;
        }
        const size_t left = text.len - at;
        const size_t end = at + (left < codes[i].longest ? left : codes[i].longest);
        const size_t from = s->clear[i] > at + open ? s->clear[i] : at + open;
        const size_t close = strlen(codes[i].close);
        const char* const found =
            from < end ? memmem(text.ptr + from, end - from, codes[i].close, close) : NULL;
        if (found) {
            return (size_t)(found - text.ptr) + close - at;
        }
        if (end > close + s->clear[i]) {
            s->clear[i] = end - close + 1; // the end's own beginning may stand before the window's
        }
    }
    return 0;
}

/// "&nbsp" without its semicolon, which libxml2 leaves as text.
static bool bare_space(kg_slice text, size_t at) {
    return text.len - at > 5 && !memcmp(text.ptr + at, "&nbsp", 5) && text.ptr[at + 5] != ';';
}

/// `<c:import url="<%=x%>">` nests; blanking the inner code leaves a tag that parses.
void kg_i_template_blank(kg_slice text, char* out) {
    search s = {{0}};
    size_t i = 0;
    while (i < text.len) {
        const char c = text.ptr[i];
        size_t length = 0;
        if (c == '<' || c == '$' || c == '#' || c == '{') {
            length = code_length(&s, text, i);
        } else if (c == '&' && bare_space(text, i)) {
            length = strlen("&nbsp");
        }
        if (!length) {
            out[i++] = (unsigned char)c < ' ' && c != '\n' && c != '\r' && c != '\t' ? ' ' : c;
            continue;
        }
        for (size_t k = 0; k < length; ++k, ++i) {
            out[i] = text.ptr[i] == '\n' ? '\n' : ' ';
        }
    }
}
