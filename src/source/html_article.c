// SPDX-License-Identifier: GPL-3.0-or-later
// Where is the article? Text density after Sun, Song and Liao, "DOM based content extraction via
// text density" (SIGIR 2011), reduced to what Chinese pages need: segments that are running text
// (few links, sentence punctuation) score their characters to every element around them, and the
// innermost element that holds most of the page's score is the article. One pass over
// segments and elements.
#include "source/html.h"

enum { RUNNING = 20 };

typedef struct {
    const kg_i_page* page;
    kg_i_segments* out;
    int32_t row; ///< the row whose cells are being put in one line, or -1
    bool failed;
} cutter;

static bool is_blockish(kg_i_tag tag) {
    switch (tag) {
    case KG_I_TAG_INLINE:
    case KG_I_TAG_BREAK:
    case KG_I_TAG_LINK:
    case KG_I_TAG_META:
    case KG_I_TAG_CANONICAL:
    case KG_I_TAG_TIME:
    case KG_I_TAG_TITLE:
    case KG_I_TAG_MUTE:
        return false;
    default:
        return true;
    }
}

static void name_kind(const kg_i_page* page, kg_i_segment* s) {
    s->kind = KG_BLOCK_PARAGRAPH;
    uint8_t lists = 0;
    for (int32_t i = s->element; i >= 0; i = page->elements.items[i].parent) {
        const kg_i_element* const e = &page->elements.items[i];
        if (e->tag == KG_I_TAG_HEADING && !lists) {
            s->kind = KG_BLOCK_HEADING;
            s->level = e->level;
            return;
        }
        if (e->tag == KG_I_TAG_CAPTION && !lists) {
            s->kind = KG_BLOCK_CAPTION;
            return;
        }
        if (e->tag == KG_I_TAG_ITEM && lists < UINT8_MAX) {
            s->kind = KG_BLOCK_ITEM;
            s->level = ++lists;
        }
        if (e->tag == KG_I_TAG_CELL) {
            return; // a table's cell begins anew, whatever stands around the table
        }
    }
}

static void push(cutter* c, uint32_t begin, uint32_t end, int32_t element) {
    kg_i_segment s = {.begin = begin, .end = end, .element = element, .keep = true};
    const kg_i_page_char* const chars = c->page->chars.items;
    for (uint32_t i = begin; i < end; ++i) {
        if (!kg_i_is_space(chars[i].code) && !kg_i_is_invisible(chars[i].code)) {
            ++s.length;
            s.linked += chars[i].link;
            s.last = chars[i].code;
            s.stop |= kg_i_is_stop(chars[i].code) && chars[i].code > 0x7F;
            s.comma |= chars[i].code == 0xFF0C || chars[i].code == ',';
        }
    }
    if (!s.length) {
        return;
    }
    name_kind(c->page, &s);
    if (c->row >= 0) {
        s.kind = KG_BLOCK_ROW;
        s.level = 0;
    } else if (s.kind == KG_BLOCK_HEADING && s.stop && s.length >= RUNNING) {
        s.kind = KG_BLOCK_PARAGRAPH; // set large, but running text
        s.level = 0;
    }
    if (!kg_i_vec_push(c->out, s)) {
        c->failed = true;
    }
}

/// Whether a <br> at `at` only wraps a line: the text before it ends with a comma.
static bool soft_break(const kg_i_page* page, uint32_t begin, uint32_t at) {
    const kg_i_page_char* const chars = page->chars.items;
    while (at > begin && kg_i_is_space(chars[at - 1].code)) {
        --at;
    }
    return at > begin && (chars[at - 1].code == 0xFF0C || chars[at - 1].code == 0x3001);
}

static void cut_range(cutter* c, uint32_t begin, uint32_t end, int32_t element) {
    uint32_t start = begin;
    for (uint32_t i = begin; i < end; ++i) {
        if (c->page->chars.items[i].code == KG_I_PAGE_BREAK && c->row < 0 &&
            !soft_break(c->page, start, i)) {
            push(c, start, i, element);
            start = i + 1;
        }
    }
    push(c, start, end, element);
}

static bool one_line_row(const kg_i_element* e) {
    enum { LONGEST_ROW = 600 };
    return e->tag == KG_I_TAG_ROW && e->cells >= 2 && !e->nested &&
           e->end - e->begin <= LONGEST_ROW;
}

bool kg_i_page_segments(const kg_i_page* page, kg_i_segments* out) {
    cutter c = {.page = page, .out = out, .row = -1};
    uint32_t start = 0;
    int32_t block = -1;
    for (size_t i = 0; i < page->events.count && !c.failed; ++i) {
        const kg_i_page_event event = page->events.items[i];
        const bool opens = event.element >= 0;
        const int32_t index = opens ? event.element : ~event.element;
        const kg_i_element* const e = &page->elements.items[index];
        if (!is_blockish(e->tag) || (c.row >= 0 && c.row != index)) {
            continue;
        }
        if (event.at > start) {
            cut_range(&c, start, event.at, block);
            start = event.at;
        }
        if (opens) {
            block = index;
            c.row = one_line_row(e) ? index : c.row;
        } else {
            c.row = c.row == index ? -1 : c.row;
            block = e->parent;
            while (block >= 0 && !is_blockish(page->elements.items[block].tag)) {
                block = page->elements.items[block].parent;
            }
        }
    }
    cut_range(&c, start, (uint32_t)page->chars.count, block);
    return !c.failed;
}

static bool running(const kg_i_segment* s) {
    return (s->length >= RUNNING && s->linked * 3 < s->length) ||
           (s->stop && s->linked * 2 < s->length);
}

static bool within(const kg_i_element* e, const kg_i_segment* s) {
    return s->begin >= e->begin && s->end <= e->end;
}

static uint64_t add_scores(kg_i_page* page, const kg_i_segments* segments) {
    uint64_t total = 0;
    for (size_t i = 0; i < segments->count; ++i) {
        const kg_i_segment* const s = &segments->items[i];
        if (!running(s)) {
            continue;
        }
        const uint64_t score = s->length - s->linked;
        total += score;
        for (int32_t n = s->element; n >= 0; n = page->elements.items[n].parent) {
            page->elements.items[n].score += score;
        }
    }
    return total;
}

static bool may_hold_article(const kg_i_element* e) {
    return e->tag == KG_I_TAG_BLOCK || e->tag == KG_I_TAG_TABLE || e->tag == KG_I_TAG_CELL;
}

/// The innermost element with most of the score; -1 for the page itself. Elements come in document
/// order, so the last one that qualifies is the innermost: two that both hold more than half hold
/// each other.
static int32_t find_article(const kg_i_page* page, uint64_t total) {
    enum { PERCENT = 85 };
    int32_t found = -1;
    for (size_t i = 0; total && i < page->elements.count; ++i) {
        const kg_i_element* const e = &page->elements.items[i];
        if (e->score * 100 >= total * PERCENT && may_hold_article(e)) {
            found = (int32_t)i;
        }
    }
    return found;
}

/// Navigation by name, unless the page's author put the text itself there.
static bool in_surroundings(const kg_i_page* page, const kg_i_segment* s, uint64_t total) {
    for (int32_t n = s->element; n >= 0; n = page->elements.items[n].parent) {
        const kg_i_element* const e = &page->elements.items[n];
        if (e->around && e->score * 4 <= total) {
            return true;
        }
    }
    return false;
}

static bool linky(const kg_i_segment* s) {
    return s->linked * 2 > s->length && s->kind != KG_BLOCK_HEADING &&
           !(s->stop && s->length >= 2 * RUNNING);
}

/// One link alone may be a name in the article; two in a row are a list of links.
static bool link_list(const kg_i_segments* segments, size_t i) {
    const kg_i_segment* const s = segments->items;
    return linky(&s[i]) &&
           ((i && linky(&s[i - 1])) || (i + 1 < segments->count && linky(&s[i + 1])));
}

/// A short line without sentence punctuation before running text is a heading in all but markup.
static void find_headings(kg_i_segments* segments) {
    enum { LONGEST = 40 };
    kg_i_segment* before = NULL;
    for (size_t i = 0; i < segments->count; ++i) {
        kg_i_segment* const s = &segments->items[i];
        if (!s->keep) {
            continue;
        }
        if (before && before->kind == KG_BLOCK_PARAGRAPH && before->length <= LONGEST &&
            !before->stop && !before->comma && before->last != 0xFF1A && before->last != ':' &&
            s->kind == KG_BLOCK_PARAGRAPH && s->stop && s->length > before->length) {
            before->kind = KG_BLOCK_HEADING;
            before->level = 2;
        }
        before = s;
    }
}

void kg_i_page_article(kg_i_page* page, kg_i_segments* segments, bool whole) {
    if (whole) {
        find_headings(segments);
        return;
    }
    const uint64_t total = add_scores(page, segments);
    const int32_t found = find_article(page, total);
    const kg_i_element* const article = found >= 0 ? &page->elements.items[found] : NULL;
    for (size_t i = 0; i < segments->count; ++i) {
        kg_i_segment* const s = &segments->items[i];
        if (in_surroundings(page, s, total)) {
            s->keep = false;
        } else if (!article || within(article, s)) {
            s->keep = !link_list(segments, i);
        } else {
            s->keep = s->stop && s->length >= RUNNING && running(s);
        }
    }
    find_headings(segments);
}
