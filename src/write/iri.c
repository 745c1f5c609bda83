// SPDX-License-Identifier: GPL-3.0-or-later
#include "write/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

// RFC 3986. Jena and Oxigraph refuse `<>"{}|\^` and the backquote, spaces and controls, a "%" that
// begins no octet, brackets outside an address and a second "#"; raptor takes them all, so that
// the check has to be here. Virtuoso fails on characters beyond ASCII.

static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_unreserved(char c) {
    return is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/// What may stand in a path, query or fragment besides the unreserved.
static bool is_punctuation(char c) {
    return c != '\0' && strchr("!$&'()*+,;=:@/?", c) != NULL;
}

static void add_octet(kg_i_buffer* buffer, char c) {
    static const char hex[] = "0123456789ABCDEF";
    const unsigned char byte = (unsigned char)c;
    const char text[3] = {'%', hex[byte >> 4], hex[byte & 15]};
    kg_i_buffer_add(buffer, text, sizeof text);
}

/// Whether the character at `i` may stay; the first "#" may if `*fragment` says so.
static bool may_stay(kg_slice text, size_t i, bool* fragment) {
    const char c = text.ptr[i];
    if (c == '#') {
        const bool first = *fragment;
        *fragment = false;
        return first;
    }
    if (c == '%') {
        return i + 2 < text.len && is_hex(text.ptr[i + 1]) && is_hex(text.ptr[i + 2]);
    }
    return is_unreserved(c) || is_punctuation(c);
}

static void add_encoded(kg_i_buffer* buffer, kg_slice text, bool fragment) {
    for (size_t i = 0; i < text.len; ++i) {
        if (may_stay(text, i, &fragment)) {
            kg_i_buffer_add_char(buffer, text.ptr[i]);
        } else {
            add_octet(buffer, text.ptr[i]);
        }
    }
}

/// The length of "scheme://" if it is one that documents are fetched by; else 0.
static size_t scheme_length(kg_slice url) {
    static const char* const schemes[] = {"https://", "http://", "ftp://"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; ++i) {
        const size_t length = strlen(schemes[i]);
        if (url.len > length && strncasecmp(url.ptr, schemes[i], length) == 0) {
            return length;
        }
    }
    return 0;
}

/// Host and port as they stand in most addresses. User names, literal IPv6 addresses and ports
/// that are no number are not worth a guess.
static bool authority_is_plain(kg_slice authority) {
    size_t host = authority.len;
    for (size_t i = 0; i < authority.len; ++i) {
        const char c = authority.ptr[i];
        if (c == ':' && host == authority.len) {
            host = i;
        } else if (host < authority.len ? c < '0' || c > '9'
                                        : (is_punctuation(c) || c == '[' || c == ']')) {
            return false;
        }
    }
    return host > 0;
}

bool kg_i_iri_add(kg_i_buffer* buffer, kg_slice url) {
    const size_t scheme = scheme_length(url);
    if (!scheme) {
        return false;
    }
    size_t end = scheme;
    while (end < url.len && !strchr("/?#", url.ptr[end])) {
        ++end;
    }
    const kg_slice authority = {url.ptr + scheme, end - scheme};
    if (!authority_is_plain(authority)) {
        return false;
    }
    for (size_t i = 0; i < scheme; ++i) {
        const char c = url.ptr[i];
        kg_i_buffer_add_char(buffer, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    add_encoded(buffer, authority, false);
    add_encoded(buffer, (kg_slice){url.ptr + end, url.len - end}, true);
    return true;
}

bool kg_i_iri_is_base(kg_slice iri) {
    size_t scheme = 0;
    while (scheme < iri.len && (is_alphanumeric(iri.ptr[scheme]) ||
                                (scheme && strchr("+.-", iri.ptr[scheme]) && iri.ptr[scheme]))) {
        ++scheme;
    }
    const bool letter_first = scheme && !(iri.ptr[0] >= '0' && iri.ptr[0] <= '9');
    if (!letter_first || scheme + 1 >= iri.len || iri.ptr[scheme] != ':') {
        return false;
    }
    const char last = iri.ptr[iri.len - 1];
    if (last != '/' && last != '#') {
        return false;
    }
    bool fragment = true;
    for (size_t i = 0; i < iri.len; ++i) {
        if (!may_stay(iri, i, &fragment)) {
            return false;
        }
    }
    // A "#" ahead of the end would leave ids in a second fragment.
    return last == '#' || fragment;
}

void kg_i_iri_add_local(kg_i_buffer* buffer, kg_slice id) {
    for (size_t i = 0; i < id.len; ++i) {
        if (is_unreserved(id.ptr[i]) || id.ptr[i] == ':') {
            kg_i_buffer_add_char(buffer, id.ptr[i]);
        } else {
            add_octet(buffer, id.ptr[i]);
        }
    }
}

bool kg_i_iri_plain(kg_slice id) {
    // Asked for each name of each triple: a table rather than comparisons.
    static const bool plain[256] = {
        ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1,
        ['8'] = 1, ['9'] = 1, ['A'] = 1, ['B'] = 1, ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1,
        ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1, ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1,
        ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1,
        ['W'] = 1, ['X'] = 1, ['Y'] = 1, ['Z'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1,
        ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1,
        ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1,
        ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1, ['_'] = 1, ['-'] = 1,
    };
    if (!id.len || id.ptr[0] == '-') {
        return false;
    }
    for (size_t i = 0; i < id.len; ++i) {
        if (!plain[(unsigned char)id.ptr[i]]) {
            return false;
        }
    }
    return true;
}
