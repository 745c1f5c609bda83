// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/jsonl.h"
#include "base/message.h"
#include "base/try.h"
#include "base/utf8.h"
#include "source/date.h"
#include "source/json.h"
#include "source/meta.h"
#include "source/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// In order of preference; the first that a record fills is taken.
static const char* const well_known[KG_I_ROLE_COUNT][20] = {
    [KG_I_ROLE_ID] = {"id", "_id", "doc_id", "docid", "uuid", "guid", "key", "news_id",
                      "article_id", "aid", "编号"},
    [KG_I_ROLE_TITLE] = {"title", "headline", "标题", "subject", "name"},
    [KG_I_ROLE_TEXT] = {"content", "text", "body", "article", "maintext", "html", "正文", "内容",
                        "rich_text", "content_html", "description", "summary", "brief", "abstract",
                        "digest", "摘要"},
    [KG_I_ROLE_DATE] = {"date", "datetime", "time", "pub_date", "pubdate", "publish_date",
                        "published", "published_at", "publish_time", "publishtime", "pubtime",
                        "ctime", "created_at", "timestamp", "日期", "发布时间", "发布日期"},
    [KG_I_ROLE_URL] = {"url", "link", "shareurl", "share_url", "href", "source_url", "链接"},
    [KG_I_ROLE_SOURCE] = {"source_name", "source", "publisher", "site", "media", "media_name",
                          "site_name", "from", "来源"},
};

bool kg_i_fields_parse(const char* spec, kg_i_fields* out) {
    static const char* const roles[KG_I_ROLE_COUNT] = {"id",   "title", "text",
                                                       "date", "url",   "source"};
    *out = (kg_i_fields){0};
    while (spec && *spec) {
        const char* const equals = strchr(spec, '=');
        const size_t length = strcspn(spec, ",");
        if (!equals || (size_t)(equals - spec) >= length || equals + 1 == spec + length) {
            return false;
        }
        unsigned role = 0;
        while (role < KG_I_ROLE_COUNT &&
               (strlen(roles[role]) != (size_t)(equals - spec) ||
                strncmp(roles[role], spec, (size_t)(equals - spec)) != 0)) {
            ++role;
        }
        if (role == KG_I_ROLE_COUNT) {
            return false;
        }
        out->key[role] = (kg_slice){equals + 1, (size_t)(spec + length - equals) - 1};
        spec += length + (spec[length] == ',');
    }
    return true;
}

/// What a record fills of each role, with the rank of the key that did.
typedef struct {
    kg_i_json_value value[KG_I_ROLE_COUNT];
    unsigned rank[KG_I_ROLE_COUNT]; ///< 0: nothing yet; else 1 more than the place in the list
} record_fields;

static unsigned rank_of(const kg_i_fields* fields, unsigned role, kg_slice key) {
    if (fields->key[role].len) {
        return kg_slice_equal(fields->key[role], key) ? 1 : 0;
    }
    for (unsigned i = 0; i < 20 && well_known[role][i]; ++i) {
        const char* const name = well_known[role][i];
        if (strlen(name) == key.len && !strncasecmp(name, key.ptr, key.len)) {
            return i + 1;
        }
    }
    return 0;
}

static bool usable(unsigned role, const kg_i_json_value* value) {
    if (value->kind == '[') {
        return role == KG_I_ROLE_TEXT;
    }
    return (value->kind == '"' && value->value.len) || value->kind == '0';
}

static void collect(const kg_i_fields* fields, kg_slice object, record_fields* out) {
    kg_i_json_cursor cursor;
    kg_i_json_value value;
    *out = (record_fields){0};
    if (!kg_i_json_enter(object, &cursor)) {
        return;
    }
    while (kg_i_json_next(&cursor, true, &value)) {
        for (unsigned role = 0; role < KG_I_ROLE_COUNT; ++role) {
            const unsigned rank = rank_of(fields, role, value.key);
            if (rank && usable(role, &value) && (!out->rank[role] || rank < out->rank[role])) {
                out->value[role] = value;
                out->rank[role] = rank;
            }
        }
    }
}

static bool unescape(kg_i_unescaped* out, kg_slice inside, uint32_t at) {
    if (!kg_i_unescaped_reserve(out, inside.len)) {
        return false;
    }
    for (size_t i = 0; i < inside.len;) {
        const char* const slash = memchr(inside.ptr + i, '\\', inside.len - i);
        const size_t plain = slash ? (size_t)(slash - inside.ptr) - i : inside.len - i;
        kg_i_unescaped_run(out, inside.ptr + i, plain, at + (uint32_t)i);
        i += plain;
        if (slash) {
            uint32_t code = 0;
            const size_t taken = kg_i_json_char(slash, inside.len - i, &code);
            kg_i_unescaped_put(out, code, at + (uint32_t)i);
            i += taken;
        }
    }
    kg_i_unescaped_end(out, at + (uint32_t)inside.len);
    return true;
}

static bool looks_like_html(kg_slice text) {
    static const char* const tags[] = {"<p>", "<p ", "<br", "<div", "</p>", "<P>", "<BR", "<span"};
    if (!text.len || !memchr(text.ptr, '<', text.len)) {
        return false;
    }
    for (size_t i = 0; i < sizeof tags / sizeof *tags; ++i) {
        if (kg_i_find(text, tags[i]) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

/// 【title】 before the text: the length to pass over if it says the title again; it becomes the
/// title where the record has none.
static size_t leading_title(kg_i_builder* builder, kg_slice text) {
    enum { LONGEST_TITLE = 600 };
    const size_t mark = strlen("【");
    const kg_slice trimmed = kg_i_trim(text);
    if (!kg_i_starts_with(trimmed, "【")) {
        return 0;
    }
    const size_t end = kg_i_find(trimmed, "】");
    if (end == SIZE_MAX || end > LONGEST_TITLE) {
        return 0;
    }
    const kg_slice inside = {trimmed.ptr + mark, end - mark};
    const bool same = kg_i_same_text(inside, kg_i_buffer_slice(&builder->title));
    return same ? (size_t)(trimmed.ptr - text.ptr) + end + strlen("】") : 0;
}

static kg_status add_string(kg_i_reader* reader, kg_i_records* records, kg_slice name,
                            kg_slice inside, uint32_t at) {
    kg_i_builder* const builder = &reader->builder;
    if (!unescape(&records->text, inside, at)) {
        builder->failed = true;
        return KG_OK;
    }
    const size_t first = builder->count;
    builder->barrier = builder->blocks.count;
    const kg_slice text = kg_i_buffer_slice(&records->text.text);
    const size_t pass = leading_title(builder, text);
    const kg_slice rest = {text.ptr + pass, text.len - pass};
    const kg_status status = looks_like_html(rest)
                                 ? kg_i_html_blocks(reader, name, rest, (uint32_t)pass, false)
                                 : kg_i_plain_blocks(reader, rest, (uint32_t)pass);
    kg_i_builder_end(builder);
    kg_i_unescaped_remap(&records->text, builder, first);
    builder->after = at + (uint32_t)inside.len;
    return status;
}

static void add_title(kg_i_reader* reader, kg_i_records* records, kg_slice inside, uint32_t at,
                      bool block) {
    kg_i_builder* const builder = &reader->builder;
    if (!unescape(&records->text, inside, at)) {
        builder->failed = true;
        return;
    }
    const kg_slice title = kg_i_buffer_slice(&records->text.text);
    kg_i_builder_set(&builder->title, title);
    if (!block) {
        return;
    }
    const size_t first = builder->count;
    builder->barrier = builder->blocks.count;
    kg_i_builder_begin(builder, KG_BLOCK_TITLE, 1);
    kg_i_builder_text(builder, title, 0);
    kg_i_builder_end(builder);
    kg_i_unescaped_remap(&records->text, builder, first);
    builder->after = at + (uint32_t)inside.len;
}

/// Whether the title is the text's own beginning, cut off somewhere: then it says nothing that the
/// text does not say whole. Compared as the record has them, escapes and all.
static bool cut_from_text(kg_slice title, const kg_i_json_value* text) {
    if (text->kind != '"' || text->value.len <= title.len || !title.len ||
        memcmp(text->value.ptr, title.ptr, title.len) != 0) {
        return false;
    }
    const kg_slice rest = {text->value.ptr + title.len, text->value.len - title.len};
    return !kg_i_starts_with(rest, "\\n") && !kg_i_starts_with(rest, "\\r") &&
           !kg_i_starts_with(rest, "<");
}

static void set_plain(kg_i_records* records, kg_i_buffer* field, const kg_i_json_value* value) {
    if (value->kind == '"' && unescape(&records->text, value->value, 0)) {
        kg_i_builder_set(field, kg_i_buffer_slice(&records->text.text));
    }
}

static void add_head(kg_i_reader* reader, kg_i_records* records, const record_fields* fields) {
    kg_i_builder* const builder = &reader->builder;
    char date[11];
    const kg_i_json_value* const when = &fields->value[KG_I_ROLE_DATE];
    if (fields->rank[KG_I_ROLE_DATE] && kg_i_date(when->value, date)) {
        kg_i_builder_set(&builder->date, kg_slice_of(date));
    }
    set_plain(records, &builder->url, &fields->value[KG_I_ROLE_URL]);
    set_plain(records, &builder->publisher, &fields->value[KG_I_ROLE_SOURCE]);
}

static void record_name(kg_i_records* records, const kg_i_json_value* id, bool has_id,
                        kg_slice file, uint64_t number) {
    kg_i_buffer_clear(&records->name);
    kg_i_buffer_add_slice(&records->name, file);
    kg_i_buffer_add_char(&records->name, '#');
    if (has_id && id->value.len && id->value.len <= 200 && unescape(&records->text, id->value, 0)) {
        kg_i_buffer_add_slice(&records->name, kg_i_buffer_slice(&records->text.text));
    } else {
        kg_i_buffer_format(&records->name, "%llu", (unsigned long long)number);
    }
}

static uint32_t offset_of(kg_slice whole, kg_slice part) {
    return (uint32_t)(part.ptr - whole.ptr);
}

/// `input->raw` are the record's raw bytes, `decoded` the file's or line's text, `object` the
/// record within it.
static kg_status read_record(kg_i_reader* reader, kg_i_records* records, kg_i_input* input,
                             const kg_i_decoded* decoded, kg_slice object, uint64_t number) {
    record_fields fields;
    collect(&records->fields, object, &fields);
    kg_i_builder* const builder = &reader->builder;
    record_name(records, &fields.value[KG_I_ROLE_ID], fields.rank[KG_I_ROLE_ID] > 0, records->file,
                number);
    input->name = kg_i_buffer_slice(&records->name);
    if (!fields.rank[KG_I_ROLE_TEXT] && !fields.rank[KG_I_ROLE_TITLE]) {
        kg_i_reader_faultf(reader, input->name, KG_ERR_FORMAT, number, "%s",
                           KG_("a record with neither text nor title"));
        return KG_OK;
    }
    kg_i_builder_reset(builder);
    add_head(reader, records, &fields);
    const kg_i_json_value* const title = &fields.value[KG_I_ROLE_TITLE];
    const kg_i_json_value* const text = &fields.value[KG_I_ROLE_TEXT];
    if (fields.rank[KG_I_ROLE_TITLE]) {
        add_title(reader, records, title->value, offset_of(decoded->text, title->value),
                  !cut_from_text(title->value, text));
    }
    if (text->kind == '"') {
        KG_TRY(add_string(reader, records, input->name, text->value,
                          offset_of(decoded->text, text->value)));
    } else if (text->kind == '[') {
        kg_i_json_cursor cursor;
        kg_i_json_value item;
        kg_i_json_enter(text->value, &cursor);
        while (kg_i_json_next(&cursor, false, &item)) {
            if (item.kind == '"') {
                KG_TRY(add_string(reader, records, input->name, item.value,
                                  offset_of(decoded->text, item.value)));
            }
        }
    }
    return kg_i_reader_emit(reader, input, decoded, KG_FORMAT_JSONL);
}

static kg_status records_init(kg_i_records* records, const kg_i_reader* reader, kg_slice file) {
    *records = (kg_i_records){.file = file};
    const bool fits = kg_i_fields_parse(reader->options.fields, &records->fields);
    return fits ? KG_OK : KG_ERR_USAGE; // checked when the walk began
}

static void records_dispose(kg_i_records* records) {
    kg_i_buffer_dispose(&records->name);
    kg_i_unescaped_dispose(&records->text);
}

/// A record that may be no JSON at all: `line` of the decoded text.
static kg_status check_record(kg_i_reader* reader, kg_i_records* records, kg_i_input* input,
                              const kg_i_decoded* decoded, kg_slice line, uint64_t number) {
    size_t fault = 0;
    kg_i_json_cursor cursor;
    if (!kg_i_json_valid(line, &fault)) {
        kg_i_reader_faultf(reader, records->file, KG_ERR_FORMAT, number,
                           KG_("not a JSON value, or cut off: gave up at byte %zu of the line"),
                           fault);
        return KG_OK;
    }
    if (!kg_i_json_enter(line, &cursor) || cursor.at[-1] != '{') {
        kg_i_reader_faultf(reader, records->file, KG_ERR_FORMAT, number, "%s",
                           KG_("a JSON value that is no object"));
        return KG_OK;
    }
    return read_record(reader, records, input, decoded, line, number);
}

static kg_status read_line(kg_i_reader* reader, kg_i_records* records, kg_i_input* input,
                           uint64_t number) {
    kg_i_decoded decoded;
    kg_error error = {0};
    if (kg_i_decode(input->raw, records->charset[0] ? records->charset : NULL, NULL, &decoded,
                    &error) != KG_OK) {
        kg_i_reader_faultf(reader, records->file, error.status, number, "%s", error.text);
        return KG_OK;
    }
    const kg_status status = check_record(reader, records, input, &decoded, decoded.text, number);
    kg_i_decoded_dispose(&decoded);
    return status;
}

/// One line is too little to tell a charset by: take the user's, or look at the beginning of the
/// file. UTF-8 is not forced, so that broken bytes are still looked at line by line.
static void choose_charset(const kg_i_reader* reader, kg_i_records* records,
                           const kg_i_stream* stream) {
    kg_slice head = kg_i_stream_ahead(stream);
    const char* const given = reader->options.charset;
    if (given) {
        snprintf(records->charset, sizeof records->charset, "%s", given);
        return;
    }
    const char* const last = head.len ? memrchr(head.ptr, '\n', head.len) : NULL;
    head.len = last ? (size_t)(last - head.ptr) : head.len;
    kg_i_decoded decoded;
    if (!kg_i_utf8_valid(head, NULL) && kg_i_decode(head, NULL, NULL, &decoded, NULL) == KG_OK) {
        if (strcmp(decoded.charset, "UTF-8") != 0) {
            snprintf(records->charset, sizeof records->charset, "%s", decoded.charset);
        }
        kg_i_decoded_dispose(&decoded);
    }
}

static bool blank(kg_slice line) {
    for (size_t i = 0; i < line.len; ++i) {
        if ((unsigned char)line.ptr[i] > ' ') {
            return false;
        }
    }
    return true;
}

kg_status kg_i_read_jsonl(kg_i_reader* reader, kg_slice name, kg_slice path, kg_i_stream* stream) {
    kg_i_records records;
    kg_status status = records_init(&records, reader, name);
    choose_charset(reader, &records, stream);
    for (uint64_t number = 1; status == KG_OK; ++number) {
        kg_i_input input = {.path = path};
        kg_error error = {0};
        const kg_status got = kg_i_stream_line(stream, reader->options.max_record_bytes, &input.raw,
                                               &input.base, &error);
        if (got == KG_OK) {
            if (!blank(input.raw)) {
                status = read_line(reader, &records, &input, number);
            }
        } else if (got == KG_NO) {
            break;
        } else {
            kg_i_reader_faultf(reader, name, got, number, "%s", error.text);
            if (got != KG_ERR_LIMIT || stream->at_end) {
                break;
            }
        }
    }
    records_dispose(&records);
    return status;
}

/// `part` of the decoded text as raw bytes of the file.
static kg_slice raw_of(const kg_i_input* input, const kg_i_decoded* decoded, kg_slice part) {
    const uint32_t at = offset_of(decoded->text, part);
    const size_t begin = kg_i_decoded_origin(decoded, at);
    const size_t end = kg_i_decoded_origin(decoded, at + (uint32_t)part.len);
    return (kg_slice){input->raw.ptr + begin, end - begin};
}

kg_status kg_i_read_decoded_jsonl(kg_i_reader* reader, const kg_i_input* input,
                                  const kg_i_decoded* decoded) {
    kg_i_records records;
    kg_status status = records_init(&records, reader, input->name);
    kg_i_input record = *input;
    const kg_slice text = decoded->text;
    size_t at = 0;
    for (uint64_t number = 1; status == KG_OK && at < text.len; ++number) {
        const char* const end = memchr(text.ptr + at, '\n', text.len - at);
        const size_t length = end ? (size_t)(end - text.ptr) - at : text.len - at;
        const kg_slice line = {text.ptr + at, length};
        if (!blank(line)) {
            record.raw = raw_of(input, decoded, line);
            status = check_record(reader, &records, &record, decoded, line, number);
        }
        at += length + 1;
    }
    records_dispose(&records);
    return status;
}

kg_status kg_i_read_json(kg_i_reader* reader, const kg_i_input* input,
                         const kg_i_decoded* decoded) {
    size_t fault = 0;
    kg_i_json_cursor cursor;
    if (!kg_i_json_valid(decoded->text, &fault)) {
        kg_i_reader_faultf(reader, input->name, KG_ERR_FORMAT, 0,
                           KG_("not JSON, or cut off: gave up at byte %zu"), fault);
        return KG_OK;
    }
    if (!kg_i_json_enter(decoded->text, &cursor)) {
        kg_i_reader_faultf(reader, input->name, KG_ERR_FORMAT, 0, "%s",
                           KG_("JSON without an object"));
        return KG_OK;
    }
    kg_i_records records;
    kg_status status = records_init(&records, reader, input->name);
    kg_i_input record = *input;
    if (cursor.at[-1] == '{') {
        status = read_record(reader, &records, &record, decoded, decoded->text, 1);
    } else {
        kg_i_json_value item;
        for (uint64_t number = 1; status == KG_OK && kg_i_json_next(&cursor, false, &item);
             ++number) {
            if (item.kind == '{') {
                record.raw = raw_of(input, decoded, item.value);
                status = read_record(reader, &records, &record, decoded, item.value, number);
            }
        }
    }
    records_dispose(&records);
    return status;
}
