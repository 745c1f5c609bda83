// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/message.h"
#include "source/html.h"
#include "source/meta.h"
#include "source/reader.h"

#include <string.h>

/// A page on its way into the builder.
typedef struct {
    kg_i_reader* reader;
    kg_i_page page;
    kg_i_segments segments;
    kg_i_buffer text;  ///< a segment as UTF-8
    kg_i_buffer title; ///< of <title>
} layout;

static void render(kg_i_buffer* out, const kg_i_page_char* chars, size_t count) {
    kg_i_buffer_clear(out);
    bool space = false;
    for (size_t i = 0; i < count; ++i) {
        if (kg_i_is_space(chars[i].code)) {
            space = out->len > 0;
        } else if (!kg_i_is_invisible(chars[i].code)) {
            if (space) {
                kg_i_buffer_add_char(out, ' ');
            }
            space = false;
            kg_i_buffer_add_code(out, chars[i].code);
        }
    }
}

static kg_slice segment_text(layout* l, const kg_i_segment* s) {
    render(&l->text, l->page.chars.items + s->begin, s->end - s->begin);
    return kg_i_buffer_slice(&l->text);
}

/// The offset of the first separator between a headline and the site's name; its length if none.
static size_t headline_end(kg_slice title) {
    static const char* const separators[] = {"_",   "|",   "｜", " - ", "- ",
                                             "-【", " – ", "--", "——",  "【"};
    enum { SHORTEST = 12 };
    size_t end = title.len;
    for (size_t i = 0; i < sizeof separators / sizeof *separators; ++i) {
        const size_t at = kg_i_find(title, separators[i]);
        if (at != SIZE_MAX && at >= SHORTEST && at < end) {
            end = at;
        }
    }
    return end;
}

/// The headline among the page's segments: a heading that <title> repeats, else the only h1.
static kg_i_segment* find_headline(layout* l) {
    const kg_slice title = kg_i_buffer_slice(&l->title);
    const kg_slice head = {title.ptr, headline_end(title)};
    kg_i_segment* first = NULL;
    unsigned h1 = 0;
    enum { SHORTEST = 4, LONGEST = 80 };
    for (size_t i = 0; i < l->segments.count; ++i) {
        kg_i_segment* const s = &l->segments.items[i];
        if (s->length < SHORTEST || s->length > LONGEST) {
            continue;
        }
        const kg_slice text = segment_text(l, s);
        if (title.len && (kg_i_same_text(text, title) || kg_i_same_text(text, head) ||
                          (s->kind == KG_BLOCK_HEADING && s->level <= 3 &&
                           memmem(title.ptr, title.len, text.ptr, text.len)))) {
            return s->linked ? NULL : s;
        }
        if (s->kind == KG_BLOCK_HEADING && s->level == 1) {
            ++h1;
            first = s;
        }
    }
    return h1 == 1 ? first : NULL;
}

/// Without <title> and h1: the last short line of text before the running text begins.
static kg_i_segment* guess_headline(layout* l) {
    enum { SHORTEST = 8, LONGEST = 60, RUNNING = 80 };
    kg_i_segment* found = NULL;
    for (size_t i = 0; i < l->segments.count; ++i) {
        kg_i_segment* const s = &l->segments.items[i];
        if (s->stop && s->length >= RUNNING) {
            return found;
        }
        if (s->length >= SHORTEST && s->length <= LONGEST && !s->linked &&
            kg_i_find(segment_text(l, s), "。") == SIZE_MAX &&
            kg_i_meta_line(&l->reader->builder, segment_text(l, s)) == KG_I_LINE_TEXT) {
            found = s;
        }
    }
    return NULL;
}

static void write_chars(kg_i_builder* builder, const kg_i_page_char* chars, size_t count,
                        bool row) {
    for (size_t i = 0; i < count; ++i) {
        const kg_i_page_char c = chars[i];
        if (c.code == KG_I_PAGE_CELL && c.at == c.after) {
            kg_i_builder_gap(builder, row ? KG_I_GAP_CELL : KG_I_GAP_SPACE, c.at);
        } else if (c.code == KG_I_PAGE_BREAK) {
            kg_i_builder_gap(builder, row ? KG_I_GAP_SPACE : KG_I_GAP_LINE, c.at);
        } else {
            kg_i_builder_put(builder, c.code, c.at, c.after);
        }
    }
}

static void write_segment(layout* l, const kg_i_segment* s, kg_block_kind kind, uint8_t level) {
    kg_i_builder_begin(&l->reader->builder, kind, level);
    write_chars(&l->reader->builder, l->page.chars.items + s->begin, s->end - s->begin,
                kind == KG_BLOCK_ROW);
    kg_i_builder_end(&l->reader->builder);
}

static void write_title(layout* l) {
    kg_i_builder* const builder = &l->reader->builder;
    kg_i_segment* headline = find_headline(l);
    if (!headline && !l->title.len && !l->page.headline.len) {
        headline = guess_headline(l);
    }
    if (headline) {
        headline->keep = false;
        kg_i_builder_set(&builder->title, segment_text(l, headline));
        write_segment(l, headline, KG_BLOCK_TITLE, 1);
        return;
    }
    const kg_slice title = kg_i_buffer_slice(&l->title);
    kg_i_builder_set(&builder->title, kg_i_buffer_slice(&l->page.headline));
    kg_i_builder_set(&builder->title, (kg_slice){title.ptr, headline_end(title)});
    if (!l->page.title.count) {
        return;
    }
    // As many characters of <title> as the headline has.
    const kg_slice wanted = kg_i_trim((kg_slice){title.ptr, headline_end(title)});
    size_t chars = 0;
    for (size_t i = 0; i < wanted.len; ++i) {
        chars += ((unsigned char)wanted.ptr[i] & 0xC0U) != 0x80U && wanted.ptr[i] != ' ';
    }
    size_t count = 0;
    for (; count < l->page.title.count && chars; ++count) {
        const uint32_t code = l->page.title.items[count].code;
        chars -= !kg_i_is_space(code) && !kg_i_is_invisible(code);
    }
    kg_i_builder_begin(builder, KG_BLOCK_TITLE, 1);
    write_chars(builder, l->page.title.items, count, false);
    kg_i_builder_end(builder);
}

static void write_body(layout* l) {
    enum { LONGEST_LABEL = 120 };
    for (size_t i = 0; i < l->segments.count; ++i) {
        const kg_i_segment* const s = &l->segments.items[i];
        kg_i_line_kind kind = KG_I_LINE_TEXT;
        if (s->length <= LONGEST_LABEL) {
            kind = kg_i_meta_line(&l->reader->builder, segment_text(l, s));
        }
        const kg_slice title = kg_i_buffer_slice(&l->reader->builder.title);
        if (!s->keep || kind == KG_I_LINE_META || kind == KG_I_LINE_NOISE ||
            (title.len && s->length <= LONGEST_LABEL &&
             kg_i_same_text(segment_text(l, s), title))) {
            continue;
        }
        const bool credit = kind == KG_I_LINE_BYLINE || kind == KG_I_LINE_CAPTION;
        write_segment(l, s, credit ? KG_BLOCK_CAPTION : s->kind, credit ? 0 : s->level);
    }
}

/// What editors put into <title> until somebody writes one.
static bool placeholder(kg_slice title) {
    static const char* const texts[] = {"Insert title here", "Untitled", "Untitled Document",
                                        "无标题文档",        "无标题",   "Title",
                                        "Document",          "首页"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
        if (kg_i_same_text(title, kg_slice_of(texts[i]))) {
            return true;
        }
    }
    return false;
}

static void write_page(layout* l, bool page) {
    kg_i_builder* const builder = &l->reader->builder;
    if (!kg_i_page_segments(&l->page, &l->segments)) {
        builder->failed = true;
        return;
    }
    kg_i_page_article(&l->page, &l->segments, !page);
    kg_i_builder_set(&builder->date, kg_i_buffer_slice(&l->page.date));
    kg_i_builder_set(&builder->url, kg_i_buffer_slice(&l->page.url));
    kg_i_builder_set(&builder->publisher, kg_i_buffer_slice(&l->page.publisher));
    render(&l->title, l->page.title.items, l->page.title.count);
    if (placeholder(kg_i_buffer_slice(&l->title))) {
        kg_i_buffer_clear(&l->title);
        l->page.title.count = 0;
    }
    if (page) {
        write_title(l);
    }
    write_body(l);
}

kg_status kg_i_html_blocks(kg_i_reader* reader, kg_slice name, kg_slice text, uint32_t at,
                           bool page) {
    layout l = {.reader = reader};
    char* const blanked = text.len ? malloc(text.len + 1) : NULL;
    if (!blanked) {
        reader->builder.failed |= text.len > 0;
        return KG_OK;
    }
    kg_i_template_blank(text, blanked);
    blanked[text.len] = '\0';
    const kg_status status = kg_i_page_parse((kg_slice){blanked, text.len}, at, &l.page);
    if (l.page.too_deep) {
        kg_i_reader_warn(reader, name, 0, "%s",
                         KG_("elements nested too deep or too many: the rest is left out"));
    }
    if (status == KG_OK) {
        write_page(&l, page);
    } else {
        reader->builder.failed = true;
    }
    free(blanked);
    kg_i_page_dispose(&l.page);
    kg_i_vec_dispose(&l.segments);
    kg_i_buffer_dispose(&l.text);
    kg_i_buffer_dispose(&l.title);
    return KG_OK;
}
