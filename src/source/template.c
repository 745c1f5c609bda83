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

static size_t code_length(const char* at, size_t size) {
    for (size_t i = 0; i < sizeof codes / sizeof *codes; ++i) {
        const size_t open = strlen(codes[i].open);
        if (size < open || memcmp(at, codes[i].open, open) != 0) {
            continue;
        }
        const size_t window = size < codes[i].longest ? size : codes[i].longest;
        const size_t close = strlen(codes[i].close);
        const char* const end =
            window > open ? memmem(at + open, window - open, codes[i].close, close) : NULL;
        if (end) {
            return (size_t)(end - at) + close;
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
    size_t i = 0;
    // Once an unbounded opening has no end, the same opening further on has none either; looking
    // again each time would make hostile input quadratic.
    bool has_end[2] = {true, true};
    has_end[0] = text.len && memmem(text.ptr, text.len, "%>", 2) != NULL;
    has_end[1] = text.len && memmem(text.ptr, text.len, "?>", 2) != NULL;
    while (i < text.len) {
        const char c = text.ptr[i];
        const char next = i + 1 < text.len ? text.ptr[i + 1] : '\0';
        size_t length = 0;
        if ((c == '<' || c == '$' || c == '#' || c == '{') &&
            !(c == '<' && next == '%' && !has_end[0]) &&
            !(c == '<' && next == '?' && !has_end[1])) {
            length = code_length(text.ptr + i, text.len - i);
            if (!length && c == '<' && next == '%') {
                has_end[0] = false;
            }
            if (!length && c == '<' && next == '?') {
                has_end[1] = false;
            }
        }
        if (c == '&' && bare_space(text, i)) {
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
