// SPDX-License-Identifier: GPL-3.0-or-later
// RSS and Atom. libxml2's reader says whether the feed is well formed (no DTD is loaded, no entity
// is ever expanded); the items are cut out by a scanner, which knows every byte's place.
#include "base/message.h"
#include "base/try.h"
#include "base/utf8.h"
#include "source/date.h"
#include "source/html.h"
#include "source/jsonl.h"
#include "source/meta.h"
#include "source/reader.h"

#include <libxml/xmlreader.h>
#include <stdlib.h>
#include <string.h>

/// One element: its attributes' text and what stands between its tags.
typedef struct {
    kg_slice name;
    kg_slice attributes;
    kg_slice inside;
} element;

typedef struct {
    kg_slice text;
    size_t at;
} scanner;

static size_t past(kg_slice text, size_t at, const char* close) {
    const kg_slice rest = {text.ptr + at, text.len - at};
    const size_t found = kg_i_find(rest, close);
    return found == SIZE_MAX ? text.len : at + found + strlen(close);
}

static bool name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' ||
           c == '_' || c == '-' || c == '.';
}

/// The next tag: 1 for a start, -1 for an end, 2 for an empty element, 0 at the end of the text.
static int next_tag(scanner* s, element* out, size_t* begin) {
    while (s->at < s->text.len) {
        const char* const open = memchr(s->text.ptr + s->at, '<', s->text.len - s->at);
        if (!open) {
            break;
        }
        const size_t at = (size_t)(open - s->text.ptr);
        const kg_slice rest = {open, s->text.len - at};
        if (kg_i_starts_with(rest, "<!--")) {
            s->at = past(s->text, at, "-->");
            continue;
        }
        if (kg_i_starts_with(rest, "<![CDATA[")) {
            s->at = past(s->text, at, "]]>");
            continue;
        }
        if (kg_i_starts_with(rest, "<?") || kg_i_starts_with(rest, "<!")) {
            s->at = past(s->text, at, ">");
            continue;
        }
        const bool end = kg_i_starts_with(rest, "</");
        size_t i = 1 + (end ? 1 : 0);
        const size_t name = i;
        while (i < rest.len && name_char(rest.ptr[i])) {
            ++i;
        }
        out->name = (kg_slice){rest.ptr + name, i - name};
        const size_t after = past(s->text, at, ">");
        const size_t size = after - at;
        const bool empty = size >= 2 && rest.ptr[size - 2] == '/';
        out->attributes = size > i + 1 ? (kg_slice){rest.ptr + i, size - i - 1} : KG_LIT("");
        *begin = at;
        s->at = after;
        return end ? -1 : empty ? 2 : 1;
    }
    s->at = s->text.len;
    return 0;
}

/// The next element of the scanner's text, children and all.
static bool next_element(scanner* s, element* out) {
    size_t begin = 0;
    int tag = 0;
    do {
        tag = next_tag(s, out, &begin);
    } while (tag == -1);
    if (!tag) {
        return false;
    }
    const size_t first = s->at;
    out->inside = (kg_slice){s->text.ptr + first, 0};
    size_t depth = tag == 1;
    element inner = {0};
    while (depth) {
        tag = next_tag(s, &inner, &begin);
        if (!tag) {
            return false; // cut off
        }
        if (kg_slice_equal(inner.name, out->name)) {
            depth += tag == 1;
            depth -= tag == -1;
        }
        out->inside.len = begin - first;
    }
    return true;
}

static kg_slice attribute(kg_slice attributes, const char* name) {
    const size_t length = strlen(name);
    for (size_t i = 0; i + length + 2 < attributes.len; ++i) {
        const char* const p = attributes.ptr + i;
        if ((unsigned char)*p > ' ' || memcmp(p + 1, name, length) != 0 || p[length + 1] != '=') {
            continue;
        }
        const char quote = p[length + 2];
        const kg_slice rest = {p + length + 3, attributes.len - i - length - 3};
        const char* const end = rest.len ? memchr(rest.ptr, quote, rest.len) : NULL;
        return end ? (kg_slice){rest.ptr, (size_t)(end - rest.ptr)} : KG_LIT("");
    }
    return KG_LIT("");
}

/// Resolve CDATA sections and the entities that need no declaration.
static bool resolve(kg_i_unescaped* out, kg_slice inside, uint32_t at) {
    if (!kg_i_unescaped_reserve(out, inside.len)) {
        return false;
    }
    bool cdata = false;
    for (size_t i = 0; i < inside.len;) {
        const kg_slice rest = {inside.ptr + i, inside.len - i};
        if (!cdata && kg_i_starts_with(rest, "<![CDATA[")) {
            cdata = true;
            i += 9;
            continue;
        }
        if (cdata && kg_i_starts_with(rest, "]]>")) {
            cdata = false;
            i += 3;
            continue;
        }
        uint32_t code = 0;
        size_t length = !cdata && *rest.ptr == '&' ? kg_i_entity(rest.ptr, rest.len, &code) : 0;
        if (!length) {
            length = kg_i_utf8_decode(rest.ptr, rest.len, &code);
            length = length ? length : 1;
        }
        kg_i_unescaped_put(out, code, at + (uint32_t)i);
        i += length;
    }
    kg_i_unescaped_end(out, at + (uint32_t)inside.len);
    return true;
}

enum { FIELD_TITLE, FIELD_TEXT, FIELD_DATE, FIELD_URL, FIELD_SOURCE, FIELD_ID, FIELD_COUNT };

typedef struct {
    kg_slice value[FIELD_COUNT];
    unsigned rank[FIELD_COUNT];
} item_fields;

static void take(item_fields* fields, unsigned field, unsigned rank, kg_slice value) {
    if (value.len && rank > fields->rank[field]) {
        fields->value[field] = value;
        fields->rank[field] = rank;
    }
}

static void collect(kg_slice inside, item_fields* out) {
    static const struct {
        const char* name;
        unsigned field;
        unsigned rank;
    } known[] = {
        {"title", FIELD_TITLE, 1},
        {"description", FIELD_TEXT, 1},
        {"summary", FIELD_TEXT, 1},
        {"content", FIELD_TEXT, 2},
        {"content:encoded", FIELD_TEXT, 3},
        {"pubDate", FIELD_DATE, 3},
        {"published", FIELD_DATE, 3},
        {"dc:date", FIELD_DATE, 2},
        {"updated", FIELD_DATE, 1},
        {"link", FIELD_URL, 1},
        {"source", FIELD_SOURCE, 2},
        {"dc:publisher", FIELD_SOURCE, 2},
        {"guid", FIELD_ID, 2},
        {"id", FIELD_ID, 2},
    };
    scanner s = {inside, 0};
    element e = {0};
    while (next_element(&s, &e)) {
        for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
            if (kg_slice_equal(e.name, kg_slice_of(known[i].name))) {
                const bool link = known[i].field == FIELD_URL;
                const kg_slice href = link ? attribute(e.attributes, "href") : KG_LIT("");
                const kg_slice rel = link ? attribute(e.attributes, "rel") : KG_LIT("");
                const bool main = !rel.len || kg_slice_equal(rel, KG_LIT("alternate"));
                take(out, known[i].field, known[i].rank + (link && main),
                     href.len ? href : e.inside);
            }
        }
    }
}

typedef struct {
    kg_i_reader* reader;
    const kg_i_input* input;
    const kg_i_decoded* decoded;
    kg_i_unescaped text;
    kg_i_buffer name;
    kg_slice channel; ///< title of the feed
} feed;

static uint32_t offset_in(const feed* f, kg_slice part) {
    return part.len ? (uint32_t)(part.ptr - f->decoded->text.ptr) : 0;
}

static void set(feed* f, kg_i_buffer* field, kg_slice value) {
    if (value.len && resolve(&f->text, value, 0)) {
        kg_i_builder_set(field, kg_i_buffer_slice(&f->text.text));
    }
}

static void write_title(feed* f, kg_slice value) {
    kg_i_builder* const builder = &f->reader->builder;
    const uint32_t at = offset_in(f, value);
    if (!value.len || !resolve(&f->text, value, at)) {
        return;
    }
    const kg_slice title = kg_i_trim(kg_i_buffer_slice(&f->text.text));
    kg_i_builder_set(&builder->title, title);
    const size_t first = builder->count;
    builder->barrier = builder->blocks.count;
    kg_i_builder_begin(builder, KG_BLOCK_TITLE, 1);
    kg_i_builder_text(builder, title, (uint32_t)(title.ptr - f->text.text.ptr));
    kg_i_builder_end(builder);
    kg_i_unescaped_remap(&f->text, builder, first);
    builder->after = at + (uint32_t)value.len;
}

static kg_status write_text(feed* f, kg_slice value) {
    kg_i_builder* const builder = &f->reader->builder;
    const uint32_t at = offset_in(f, value);
    if (!value.len || !resolve(&f->text, value, at)) {
        return KG_OK;
    }
    const size_t first = builder->count;
    builder->barrier = builder->blocks.count;
    const kg_slice text = kg_i_buffer_slice(&f->text.text);
    const bool markup = memchr(text.ptr, '<', text.len) != NULL;
    const kg_status status = markup ? kg_i_html_blocks(f->reader, f->input->name, text, 0, false)
                                    : kg_i_plain_blocks(f->reader, text, 0);
    kg_i_builder_end(builder);
    kg_i_unescaped_remap(&f->text, builder, first);
    builder->after = at + (uint32_t)value.len;
    return status;
}

static void name_item(feed* f, const item_fields* fields, uint64_t number) {
    enum { LONGEST_ID = 200 };
    kg_slice id =
        kg_i_trim(fields->value[FIELD_ID].len ? fields->value[FIELD_ID] : fields->value[FIELD_URL]);
    if (id.len && id.len <= LONGEST_ID && resolve(&f->text, id, 0)) {
        id = kg_i_trim(kg_i_buffer_slice(&f->text.text));
    }
    kg_i_buffer_clear(&f->name);
    kg_i_buffer_add_slice(&f->name, f->input->name);
    kg_i_buffer_add_char(&f->name, '#');
    if (id.len && id.len <= LONGEST_ID) {
        kg_i_buffer_add_slice(&f->name, id);
    } else {
        kg_i_buffer_format(&f->name, "%llu", (unsigned long long)number);
    }
}

static kg_status read_item(feed* f, const element* item, uint64_t number) {
    item_fields fields = {0};
    char date[11];
    collect(item->inside, &fields);
    name_item(f, &fields, number);
    kg_i_builder* const builder = &f->reader->builder;
    kg_i_builder_reset(builder);
    if (fields.value[FIELD_DATE].len && kg_i_date(fields.value[FIELD_DATE], date)) {
        kg_i_builder_set(&builder->date, kg_slice_of(date));
    }
    set(f, &builder->url, fields.value[FIELD_URL]);
    set(f, &builder->publisher, fields.value[FIELD_SOURCE]);
    write_title(f, fields.value[FIELD_TITLE]);
    KG_TRY(write_text(f, fields.value[FIELD_TEXT]));
    set(f, &builder->publisher, f->channel);
    kg_i_input input = *f->input;
    const uint32_t begin = kg_i_decoded_origin(f->decoded, offset_in(f, item->inside));
    const uint32_t end =
        kg_i_decoded_origin(f->decoded, offset_in(f, item->inside) + (uint32_t)item->inside.len);
    input.name = kg_i_buffer_slice(&f->name);
    input.raw = (kg_slice){f->input->raw.ptr + begin, item->inside.len ? end - begin : 0};
    return kg_i_reader_emit(f->reader, &input, f->decoded, KG_FORMAT_FEED);
}

static bool is_item(kg_slice name) {
    return kg_slice_equal(name, KG_LIT("item")) || kg_slice_equal(name, KG_LIT("entry"));
}

static kg_status read_items(feed* f) {
    scanner s = {f->decoded->text, 0};
    element e = {0};
    size_t begin = 0;
    uint64_t number = 0;
    for (int tag = next_tag(&s, &e, &begin); tag; tag = next_tag(&s, &e, &begin)) {
        if (tag != 1) {
            continue;
        }
        const bool item = is_item(e.name);
        const bool title = !f->channel.ptr && kg_slice_equal(e.name, KG_LIT("title"));
        if (!item && !title) {
            continue; // channel, feed: step inside
        }
        s.at = begin;
        if (!next_element(&s, &e)) {
            break;
        }
        if (title) {
            f->channel = e.inside;
        } else {
            KG_TRY(read_item(f, &e, ++number));
        }
    }
    if (!number) {
        kg_i_reader_faultf(f->reader, f->input->name, KG_ERR_FORMAT, 0, "%s",
                           KG_("a feed without items"));
    }
    return KG_OK;
}

static void be_silent(void* handle, const char* text, xmlParserSeverities severity,
                      xmlTextReaderLocatorPtr locator) {
    (void)text;
    int* const line = handle;
    if (severity == XML_PARSER_SEVERITY_ERROR && !*line) {
        *line = xmlTextReaderLocatorLineNumber(locator);
    }
}

/// Name what is wrong with the feed as XML; items that stand whole are read all the same.
static bool check(feed* f) {
    const kg_slice text = f->decoded->text;
    if (kg_i_find(text, "<!ENTITY") != SIZE_MAX) {
        kg_i_reader_faultf(f->reader, f->input->name, KG_ERR_FORMAT, 0, "%s",
                           KG_("a feed that declares entities is refused"));
        return false;
    }
    xmlTextReaderPtr const reader = xmlReaderForMemory(text.ptr, (int)text.len, NULL, "UTF-8",
                                                       XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    if (!reader) {
        return true;
    }
    int line = 0;
    xmlTextReaderSetErrorHandler(reader, be_silent, &line);
    int result = 1;
    while (result == 1) {
        result = xmlTextReaderRead(reader);
    }
    xmlFreeTextReader(reader);
    if (result < 0) {
        kg_i_reader_faultf(f->reader, f->input->name, KG_ERR_FORMAT, line > 0 ? (uint64_t)line : 0,
                           "%s", KG_("the feed is not well-formed XML; its whole items are read"));
    }
    return true;
}

kg_status kg_i_read_feed(kg_i_reader* reader, const kg_i_input* input,
                         const kg_i_decoded* decoded) {
    feed f = {.reader = reader, .input = input, .decoded = decoded};
    kg_status status = KG_OK;
    if (check(&f)) {
        status = read_items(&f);
    }
    kg_i_unescaped_dispose(&f.text);
    kg_i_buffer_dispose(&f.name);
    return status;
}
