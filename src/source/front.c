// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/front.h"

#include "source/date.h"
#include "source/meta.h"

#include <string.h>
#include <strings.h>

static kg_slice line_at(kg_slice text, size_t at) {
    const char* const end = at < text.len ? memchr(text.ptr + at, '\n', text.len - at) : NULL;
    const size_t length = end ? (size_t)(end - text.ptr) - at : text.len - at;
    return (kg_slice){text.ptr + at, length};
}

static kg_slice unquote(kg_slice value) {
    value = kg_i_trim(value);
    if (value.len >= 2 && (*value.ptr == '"' || *value.ptr == '\'') &&
        value.ptr[value.len - 1] == *value.ptr) {
        value = (kg_slice){value.ptr + 1, value.len - 2};
    }
    return value;
}

static bool key_is(kg_slice key, const char* const* names) {
    for (; *names; ++names) {
        if (strlen(*names) == key.len && !strncasecmp(*names, key.ptr, key.len)) {
            return true;
        }
    }
    return false;
}

static void take(kg_i_builder* builder, kg_slice key, kg_slice value, uint32_t at) {
    static const char* const titles[] = {"title", "headline", "标题", NULL};
    static const char* const dates[] = {"date",     "published", "pubdate", "publish_date", "time",
                                        "datetime", "created",   "日期",    "发布时间",     NULL};
    static const char* const urls[] = {"url",        "link",      "original_url",
                                       "source_url", "canonical", "original",
                                       "链接",       "原文链接",  NULL};
    static const char* const sources[] = {"source", "publisher", "site", "from",
                                          "media",  "来源",      NULL};
    char date[11];
    if (!value.len) {
        return;
    }
    if (key_is(key, titles) && !builder->title.len) {
        kg_i_builder_set(&builder->title, value);
        kg_i_builder_begin(builder, KG_BLOCK_TITLE, 1);
        kg_i_builder_text(builder, value, at);
        kg_i_builder_end(builder);
    } else if (key_is(key, dates) && kg_i_date(value, date)) {
        kg_i_builder_set(&builder->date, kg_slice_of(date));
    } else if (key_is(key, urls) && kg_i_starts_with(value, "http")) {
        kg_i_builder_set(&builder->url, value);
    } else if (key_is(key, sources)) {
        kg_i_buffer* const field =
            kg_i_starts_with(value, "http") ? &builder->url : &builder->publisher;
        kg_i_builder_set(field, value);
    }
}

size_t kg_i_front_matter(kg_i_builder* builder, kg_slice text) {
    size_t at = 0;
    while (at < text.len && (unsigned char)text.ptr[at] <= ' ') {
        ++at;
    }
    const kg_slice fence = kg_i_trim(line_at(text, at));
    const bool yaml = kg_slice_equal(fence, KG_LIT("---"));
    if (!yaml && !kg_slice_equal(fence, KG_LIT("+++"))) {
        return 0;
    }
    // A fence without its end is a ruler: nothing is taken from what follows.
    size_t end = at + line_at(text, at).len + 1;
    const size_t first = end;
    enum { MOST_BYTES = 64 * 1024 };
    for (;; end += line_at(text, end).len + 1) {
        if (end >= text.len || end - first > MOST_BYTES) {
            return 0;
        }
        if (kg_slice_equal(kg_i_trim(line_at(text, end)), fence)) {
            break;
        }
    }
    for (size_t i = first; i < end; i += line_at(text, i).len + 1) {
        const kg_slice line = line_at(text, i);
        const char* const sign = line.len ? memchr(line.ptr, yaml ? ':' : '=', line.len) : NULL;
        if (sign && *line.ptr != ' ' && *line.ptr != '#') {
            const kg_slice key = kg_i_trim((kg_slice){line.ptr, (size_t)(sign - line.ptr)});
            const kg_slice value =
                unquote((kg_slice){sign + 1, (size_t)(line.ptr + line.len - sign) - 1});
            take(builder, key, value, (uint32_t)(value.ptr - text.ptr));
        }
    }
    end += line_at(text, end).len + 1;
    return end < text.len ? end : text.len;
}
