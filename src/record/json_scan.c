// SPDX-License-Identifier: GPL-3.0-or-later
#include "record/json_scan.h"

#include "base/message.h"
#include "base/utf8.h"

#include <string.h>

static kg_status fail_offset(kg_error* error, kg_status status, size_t offset, const char* text) {
    const bool first = error && error->status == KG_OK;
    kg_fail(error, status, NULL, "%s", text);
    if (first) {
        error->offset = offset;
    }
    return status;
}

/// One past the closing quote of the string that opens at `at`, or the end of the text.
/// `*null_at` is set to the place of an escaped U+0000, if there is one.
static size_t skip_string(kg_slice json, size_t at, size_t* null_at) {
    for (++at; at < json.len && json.ptr[at] != '"'; ++at) {
        if (json.ptr[at] != '\\') {
            continue;
        }
        if (json.len - at >= 6 && memcmp(json.ptr + at, "\\u0000", 6) == 0) {
            *null_at = at;
        }
        ++at;
    }
    return at < json.len ? at + 1 : json.len;
}

kg_status kg_i_json_check(kg_slice json, kg_error* error) {
    if (json.len > KG_I_JSON_MAX_BYTES) {
        return fail_offset(error, KG_ERR_LIMIT, KG_I_JSON_MAX_BYTES, KG_("the record is too long"));
    }
    size_t bad = 0;
    if (!kg_i_utf8_valid(json, &bad)) {
        return fail_offset(error, KG_ERR_FORMAT, bad, KG_("not valid UTF-8"));
    }
    unsigned depth = 0;
    unsigned values = 0;
    size_t null_at = SIZE_MAX;
    for (size_t at = 0; at < json.len;) {
        const char c = json.ptr[at];
        if (c == '"') {
            at = skip_string(json, at, &null_at);
            if (null_at != SIZE_MAX) {
                return fail_offset(error, KG_ERR_FORMAT, null_at, KG_("a string holds U+0000"));
            }
            continue;
        }
        values += c == ',' || c == '[' || c == '{';
        if ((c == '[' || c == '{') && ++depth > KG_I_JSON_MAX_DEPTH) {
            return fail_offset(error, KG_ERR_LIMIT, at, KG_("JSON is nested too deep"));
        }
        depth -= (c == ']' || c == '}') && depth;
        if (values > KG_I_JSON_MAX_VALUES) {
            return fail_offset(error, KG_ERR_LIMIT, at, KG_("JSON has too many values"));
        }
        ++at;
    }
    return KG_OK;
}

static size_t skip_space(kg_slice json, size_t at) {
    while (at < json.len && strchr(" \t\r\n", json.ptr[at]) && json.ptr[at]) {
        ++at;
    }
    return at;
}

size_t kg_i_json_element(kg_slice json, kg_slice key, uint32_t index) {
    unsigned depth = 0;
    uint32_t seen = 0;
    bool at_value = false; // behind the wanted key
    bool inside = false;
    size_t null_at = 0;
    for (size_t at = 0; at < json.len;) {
        const char c = json.ptr[at];
        if (c == '"') {
            const size_t end = skip_string(json, at, &null_at);
            const size_t next = skip_space(json, end);
            at_value = depth == 1 && next < json.len && json.ptr[next] == ':' && end - at >= 2 &&
                       kg_slice_equal((kg_slice){json.ptr + at + 1, end - at - 2}, key);
            at = end;
            continue;
        }
        ++at;
        if (c == '[' || c == '{') {
            inside = ++depth == 2 ? at_value && c == '[' : inside;
            if (inside && depth == 2 && index == 0) {
                return skip_space(json, at);
            }
        } else if ((c == ']' || c == '}') && depth) {
            inside = --depth >= 2 && inside;
        } else if (c == ',' && depth == 2 && inside && ++seen == index) {
            return skip_space(json, at);
        }
    }
    return 0;
}
