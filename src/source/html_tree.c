// SPDX-License-Identifier: GPL-3.0-or-later
// libxml2's HTML parser tells element and text events, but not where a text's characters stand.
// They are found again in its input: the text ends where the parser stands, so if the bytes
// before that point are the text, each is known at once; otherwise (entities, bytes that the
// parser dropped) text and input are walked side by side.
#include "base/message.h"
#include "base/utf8.h"
#include "source/date.h"
#include "source/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>
#include <strings.h>

enum { DEEPEST = 1000, MOST_ELEMENTS = 4 * 1024 * 1024, MOST_LOST = 8 };

typedef struct {
    kg_i_page* page;
    htmlParserCtxtPtr parser;
    kg_slice text; ///< what the parser was given
    size_t cursor; ///< everything before was told as text or is markup
    uint32_t base;
    int32_t top; ///< innermost open element
    unsigned depth;
    unsigned mute;  ///< open elements whose text is dropped
    unsigned links; ///< open <a>
    bool in_title;
} builder;

static const struct {
    const char* name;
    kg_i_tag tag;
} tags[] = {
    {"a", KG_I_TAG_LINK},           {"address", KG_I_TAG_BLOCK},   {"applet", KG_I_TAG_MUTE},
    {"article", KG_I_TAG_BLOCK},    {"aside", KG_I_TAG_AROUND},    {"audio", KG_I_TAG_MUTE},
    {"blockquote", KG_I_TAG_BLOCK}, {"body", KG_I_TAG_BLOCK},      {"br", KG_I_TAG_BREAK},
    {"button", KG_I_TAG_MUTE},      {"caption", KG_I_TAG_CAPTION}, {"center", KG_I_TAG_BLOCK},
    {"dd", KG_I_TAG_ITEM},          {"div", KG_I_TAG_BLOCK},       {"dl", KG_I_TAG_LIST},
    {"dt", KG_I_TAG_ITEM},          {"fieldset", KG_I_TAG_BLOCK},  {"figcaption", KG_I_TAG_CAPTION},
    {"figure", KG_I_TAG_BLOCK},     {"footer", KG_I_TAG_AROUND},   {"form", KG_I_TAG_BLOCK},
    {"h1", KG_I_TAG_HEADING},       {"h2", KG_I_TAG_HEADING},      {"h3", KG_I_TAG_HEADING},
    {"h4", KG_I_TAG_HEADING},       {"h5", KG_I_TAG_HEADING},      {"h6", KG_I_TAG_HEADING},
    {"head", KG_I_TAG_HEAD},        {"header", KG_I_TAG_HEADER},   {"hr", KG_I_TAG_BLOCK},
    {"html", KG_I_TAG_BLOCK},       {"iframe", KG_I_TAG_MUTE},     {"li", KG_I_TAG_ITEM},
    {"link", KG_I_TAG_CANONICAL},   {"main", KG_I_TAG_BLOCK},      {"map", KG_I_TAG_MUTE},
    {"marquee", KG_I_TAG_BLOCK},    {"menu", KG_I_TAG_LIST},       {"meta", KG_I_TAG_META},
    {"nav", KG_I_TAG_AROUND},       {"noscript", KG_I_TAG_MUTE},   {"object", KG_I_TAG_MUTE},
    {"ol", KG_I_TAG_LIST},          {"option", KG_I_TAG_MUTE},     {"p", KG_I_TAG_PARAGRAPH},
    {"pre", KG_I_TAG_PARAGRAPH},    {"script", KG_I_TAG_MUTE},     {"section", KG_I_TAG_BLOCK},
    {"select", KG_I_TAG_MUTE},      {"style", KG_I_TAG_MUTE},      {"svg", KG_I_TAG_MUTE},
    {"table", KG_I_TAG_TABLE},      {"tbody", KG_I_TAG_BLOCK},     {"td", KG_I_TAG_CELL},
    {"template", KG_I_TAG_MUTE},    {"textarea", KG_I_TAG_MUTE},   {"tfoot", KG_I_TAG_BLOCK},
    {"th", KG_I_TAG_CELL},          {"thead", KG_I_TAG_BLOCK},     {"time", KG_I_TAG_TIME},
    {"title", KG_I_TAG_TITLE},      {"tr", KG_I_TAG_ROW},          {"ul", KG_I_TAG_LIST},
    {"video", KG_I_TAG_MUTE},
};

static kg_i_tag tag_of(const char* name) {
    size_t low = 0;
    size_t high = sizeof tags / sizeof *tags;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = strcmp(name, tags[middle].name);
        if (order == 0) {
            return tags[middle].tag;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return KG_I_TAG_INLINE;
}

static const char* attribute(const xmlChar** attributes, const char* name) {
    for (; attributes && attributes[0]; attributes += 2) {
        if (!strcasecmp((const char*)attributes[0], name)) {
            return attributes[1] ? (const char*)attributes[1] : "";
        }
    }
    return NULL;
}

static bool style_hides(const char* style) {
    char plain[256];
    size_t length = 0;
    for (; style && *style && length + 1 < sizeof plain; ++style) {
        if ((unsigned char)*style > ' ') {
            plain[length++] = (char)(*style >= 'A' && *style <= 'Z' ? *style | 0x20 : *style);
        }
    }
    plain[length] = '\0';
    return strstr(plain, "display:none") || strstr(plain, "visibility:hidden");
}

static bool hidden(const xmlChar** attributes) {
    return attributes &&
           (attribute(attributes, "hidden") || style_hides(attribute(attributes, "style")));
}

/// Whether a word of the class or id says navigation. "navCurrent" and "main-nav" do, "navy" does
/// not.
static bool says_around(const char* names) {
    static const char* const words[] = {
        "nav",     "navbar",    "menu",      "submenu",    "subnav",     "footer",   "foot",
        "sidebar", "crumb",     "crumbs",    "share",      "breadcrumb", "comment",  "comments",
        "related", "recommend", "copyright", "toolbar",    "pagination", "pager",    "login",
        "search",  "ads",       "advert",    "friendlink", "bottom",     "position", "location"};
    for (const char* p = names; p && *p;) {
        char word[24];
        size_t length = 0;
        while (*p && !((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z')) {
            ++p;
        }
        while ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z') {
            const bool upper = *p >= 'A' && *p <= 'Z';
            if (upper && length && p[-1] >= 'a') {
                break;
            }
            if (length + 1 < sizeof word) {
                word[length++] = (char)(*p | 0x20);
            }
            ++p;
        }
        word[length] = '\0';
        for (size_t i = 0; length && i < sizeof words / sizeof *words; ++i) {
            if (!strcmp(word, words[i])) {
                return true;
            }
        }
    }
    return false;
}

static void read_meta(kg_i_page* page, const xmlChar** attributes) {
    const char* name = attribute(attributes, "property");
    const char* const content = attribute(attributes, "content");
    name = name ? name : attribute(attributes, "name");
    name = name ? name : attribute(attributes, "itemprop");
    if (!name || !content) {
        return;
    }
    static const char* const dates[] = {
        "article:published_time",   "publishdate",  "pubdate", "datepublished",
        "og:release_date",          "publish_date", "date",    "dc.date",
        "weibo: article:create_at", "apub:time"};
    static const char* const sources[] = {"contentsource", "source", "mediaid", "article:author",
                                          "og:site_name"};
    char date[11];
    for (size_t i = 0; i < sizeof dates / sizeof *dates; ++i) {
        if (!strcasecmp(name, dates[i]) && kg_i_date(kg_slice_of(content), date)) {
            kg_i_builder_set(&page->date, kg_slice_of(date));
        }
    }
    for (size_t i = 0; i < sizeof sources / sizeof *sources; ++i) {
        if (!strcasecmp(name, sources[i])) {
            kg_i_builder_set(&page->publisher, kg_slice_of(content));
        }
    }
    if (!strcasecmp(name, "og:title") || !strcasecmp(name, "articletitle")) {
        kg_i_builder_set(&page->headline, kg_slice_of(content));
    } else if (!strcasecmp(name, "og:url") && !strncmp(content, "http", 4)) {
        kg_i_builder_set(&page->url, kg_slice_of(content));
    }
}

static void read_attributes(kg_i_page* page, kg_i_tag tag, const xmlChar** attributes) {
    char date[11];
    const char* value = NULL;
    switch (tag) {
    case KG_I_TAG_META:
        read_meta(page, attributes);
        break;
    case KG_I_TAG_CANONICAL:
        value = attribute(attributes, "rel");
        if (value && !strcasecmp(value, "canonical")) {
            value = attribute(attributes, "href");
            kg_i_builder_set(&page->url, kg_slice_of(value));
        }
        break;
    case KG_I_TAG_TIME:
        value = attribute(attributes, "datetime");
        if (value && kg_i_date(kg_slice_of(value), date)) {
            kg_i_builder_set(&page->date, kg_slice_of(date));
        }
        break;
    default:
        break;
    }
}

static void put(builder* b, uint32_t code, size_t at, size_t after) {
    const kg_i_page_char c = {code, b->base + (uint32_t)at, b->base + (uint32_t)after,
                              b->links > 0};
    if (b->in_title ? !kg_i_vec_push(&b->page->title, c) : !kg_i_vec_push(&b->page->chars, c)) {
        b->page->failed = true;
    }
}

static void event(builder* b, int32_t element) {
    const kg_i_page_event e = {element, (uint32_t)b->page->chars.count};
    if (!kg_i_vec_push(&b->page->events, e)) {
        b->page->failed = true;
    }
}

/// Note on the rows above that they hold more than cells of text.
static void mark_rows(builder* b, kg_i_tag tag) {
    kg_i_element* const all = b->page->elements.items;
    for (int32_t i = b->top; i >= 0; i = all[i].parent) {
        if (all[i].tag == KG_I_TAG_ROW) {
            if (tag == KG_I_TAG_CELL) {
                all[i].cells += all[i].cells < UINT16_MAX;
                return;
            }
            all[i].nested = true;
        }
    }
}

static void on_start(void* handle, const xmlChar* name, const xmlChar** attributes) {
    builder* const b = handle;
    kg_i_page* const page = b->page;
    const kg_i_tag tag = tag_of((const char*)name);
    if (++b->depth > DEEPEST || page->elements.count >= MOST_ELEMENTS || page->failed) {
        page->too_deep |= !page->failed;
        xmlStopParser(b->parser);
        return;
    }
    read_attributes(page, tag, attributes);
    const bool is_page = tag == KG_I_TAG_BLOCK &&
                         (!strcmp((const char*)name, "html") || !strcmp((const char*)name, "body"));
    kg_i_element e = {.parent = b->top,
                      .tag = tag,
                      .level = tag == KG_I_TAG_HEADING ? (uint8_t)(name[1] - '0') : 0,
                      .begin = (uint32_t)page->chars.count};
    e.mute = tag == KG_I_TAG_MUTE || tag == KG_I_TAG_HEAD || (!is_page && hidden(attributes));
    e.around =
        tag == KG_I_TAG_AROUND ||
        (!is_page && tag != KG_I_TAG_INLINE && tag != KG_I_TAG_LINK &&
         (says_around(attribute(attributes, "class")) || says_around(attribute(attributes, "id"))));
    if (tag == KG_I_TAG_CELL || tag == KG_I_TAG_TABLE || tag == KG_I_TAG_LIST ||
        tag == KG_I_TAG_HEADING) {
        mark_rows(b, tag);
    }
    if (!kg_i_vec_push(&page->elements, e)) {
        page->failed = true;
        xmlStopParser(b->parser);
        return;
    }
    b->top = (int32_t)page->elements.count - 1;
    event(b, b->top);
    b->mute += e.mute;
    b->links += tag == KG_I_TAG_LINK;
    b->in_title = tag == KG_I_TAG_TITLE;
    if (!b->mute && (tag == KG_I_TAG_BREAK || tag == KG_I_TAG_CELL)) {
        put(b, tag == KG_I_TAG_BREAK ? KG_I_PAGE_BREAK : KG_I_PAGE_CELL, b->cursor, b->cursor);
    }
}

static void on_end(void* handle, const xmlChar* name) {
    (void)name; // the parser closes what it opened, in order
    builder* const b = handle;
    if (b->top < 0) {
        return;
    }
    kg_i_element* const e = &b->page->elements.items[b->top];
    e->end = (uint32_t)b->page->chars.count;
    event(b, ~b->top);
    b->mute -= e->mute;
    b->links -= e->tag == KG_I_TAG_LINK;
    b->in_title = false;
    b->top = e->parent;
    --b->depth;
}

static size_t parser_offset(const builder* b) {
    const xmlParserInputPtr input = b->parser->input;
    if (!input || input->cur < input->base) {
        return b->cursor;
    }
    const size_t at = (size_t)input->consumed + (size_t)(input->cur - input->base);
    return at < b->text.len ? at : b->text.len;
}

/// The end of the comment, declaration or tag at `at`.
static size_t past_markup(kg_slice text, size_t at, size_t limit) {
    const bool comment = limit - at >= 4 && !memcmp(text.ptr + at, "<!--", 4);
    if (comment) {
        const char* const end = memmem(text.ptr + at + 4, limit - at - 4, "-->", 3);
        return end ? (size_t)(end - text.ptr) + 3 : limit;
    }
    char quote = '\0';
    for (size_t i = at + 1; i < limit; ++i) {
        const char c = text.ptr[i];
        if (quote) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '>') {
            return i + 1;
        } else if ((c == '"' || c == '\'') && text.ptr[i - 1] == '=') {
            quote = c;
        }
    }
    return limit;
}

static bool markup_starts(kg_slice text, size_t at, size_t limit) {
    const char next = at + 1 < limit ? text.ptr[at + 1] : '\0';
    return ((next | 0x20) >= 'a' && (next | 0x20) <= 'z') || next == '/' || next == '!' ||
           next == '?';
}

/// Find `code` in the input from the cursor on, before `limit`.
static bool seek(builder* b, uint32_t code, size_t limit) {
    size_t at = b->cursor;
    while (at < limit) {
        const char c = b->text.ptr[at];
        uint32_t here = 0;
        size_t length = 0;
        if (c == '<' && markup_starts(b->text, at, limit)) {
            at = past_markup(b->text, at, limit);
            continue;
        }
        if (c == '&') {
            length = kg_i_entity(b->text.ptr + at, limit - at, &here);
        }
        if (!length || here != code) {
            length = kg_i_next_char(b->text.ptr + at, b->text.len - at, &here);
        }
        if (here == code) {
            put(b, code, at, at + length);
            b->cursor = at + length;
            return true;
        }
        at += length;
    }
    return false;
}

static bool ends_at(const builder* b, const xmlChar* text, size_t length, size_t end) {
    return end <= b->text.len && end >= length && end - length >= b->cursor &&
           !memcmp(b->text.ptr + end - length, text, length);
}

static void put_straight(builder* b, const char* text, size_t length, size_t at) {
    for (size_t i = 0; i < length;) {
        uint32_t code = 0;
        const unsigned size = kg_i_next_char(text + i, length - i, &code);
        put(b, code, at + i, at + i + size);
        i += size;
    }
    b->cursor = at + length;
}

static size_t last_char(const xmlChar* text, size_t length) {
    size_t size = 1;
    while (size < length && (text[length - size] & 0xC0U) == 0x80U) {
        ++size;
    }
    return size;
}

static void on_text(void* handle, const xmlChar* text, int size) {
    builder* const b = handle;
    const size_t limit = parser_offset(b);
    if (size <= 0) {
        return;
    }
    if (b->mute && !b->in_title) {
        b->cursor = limit;
        return;
    }
    const size_t length = (size_t)size;
    if (ends_at(b, text, length, limit)) {
        put_straight(b, (const char*)text, length, limit - length);
        return;
    }
    // A full buffer is handed on while the parser still stands on the last character.
    const size_t more = limit + last_char(text, length);
    if (ends_at(b, text, length, more)) {
        put_straight(b, (const char*)text, length, more - length);
        return;
    }
    unsigned lost = 0;
    for (size_t i = 0; i < length;) {
        uint32_t code = 0;
        i += kg_i_next_char((const char*)text + i, length - i, &code);
        if (lost > MOST_LOST || !seek(b, code, more)) {
            ++lost;
            put(b, code, b->cursor, b->cursor);
        }
    }
    if (lost > MOST_LOST) { // no more looking at what was looked through
        b->cursor = limit;
    }
}

static void on_raw(void* handle, const xmlChar* text, int size) {
    builder* const b = handle;
    if (b->mute || b->in_title) { // a script or a style sheet
        b->cursor = parser_offset(b);
        return;
    }
    on_text(handle, text, size);
}

static void on_comment(void* handle, const xmlChar* text) {
    (void)text;
    builder* const b = handle;
    b->cursor = parser_offset(b);
}

static void close_rest(builder* b) {
    while (b->top >= 0) {
        on_end(b, NULL);
    }
}

kg_status kg_i_page_parse(kg_slice text, uint32_t base, kg_i_page* out) {
    *out = (kg_i_page){0};
    if (text.len > INT32_MAX) {
        return KG_ERR_LIMIT;
    }
    htmlParserCtxtPtr const parser = htmlCreateMemoryParserCtxt(text.ptr, (int)text.len);
    if (!parser) {
        return KG_ERR_MEMORY;
    }
    builder b = {.page = out, .parser = parser, .text = text, .base = base, .top = -1};
    htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                   HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
    xmlSAXHandler handler = {.startElement = on_start,
                             .endElement = on_end,
                             .characters = on_text,
                             .ignorableWhitespace = on_text,
                             .cdataBlock = on_raw,
                             .comment = on_comment};
    *parser->sax = handler;
    parser->userData = &b;
    htmlParseDocument(parser);
    close_rest(&b);
    xmlDocPtr const tree = parser->myDoc;
    htmlFreeParserCtxt(parser);
    if (tree) {
        xmlFreeDoc(tree);
    }
    return out->failed ? KG_ERR_MEMORY : KG_OK;
}

void kg_i_page_dispose(kg_i_page* page) {
    kg_i_vec_dispose(&page->chars);
    kg_i_vec_dispose(&page->title);
    kg_i_vec_dispose(&page->elements);
    kg_i_vec_dispose(&page->events);
    kg_i_buffer_dispose(&page->date);
    kg_i_buffer_dispose(&page->url);
    kg_i_buffer_dispose(&page->publisher);
    kg_i_buffer_dispose(&page->headline);
}
