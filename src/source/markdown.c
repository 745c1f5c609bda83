// SPDX-License-Identifier: GPL-3.0-or-later
// Markdown as news archives use it: front matter, headings, paragraphs, lists, tables, and HTML
// anywhere. Only what shapes the text is read; marks that are not understood stay as text.
#include "source/markdown.h"

#include "base/try.h"
#include "source/front.h"
#include "source/plain.h"
#include "source/reader.h"

#include <string.h>
#include <strings.h>

typedef struct {
    kg_i_reader* reader;
    kg_slice name;
    kg_slice text; ///< the whole file
    kg_i_lines lines;
    size_t i;
} parser;

static const kg_i_line* line_at(const parser* p, size_t index) {
    return index < p->lines.count ? &p->lines.items[index] : NULL;
}

static bool all_of(kg_slice line, char c, size_t least) {
    size_t count = 0;
    for (size_t i = 0; i < line.len; ++i) {
        if (line.ptr[i] == c) {
            ++count;
        } else if (line.ptr[i] != ' ') {
            return false;
        }
    }
    return count >= least;
}

static bool html_line(kg_slice line) {
    static const char* const inline_tags[] = {
        "a", "b", "i", "u", "em", "strong", "span", "sub", "sup", "code", "font", "small", "mark"};
    if (line.len < 3 || *line.ptr != '<') {
        return false;
    }
    const char* const name = line.ptr + 1 + (line.ptr[1] == '/');
    const char* const end = line.ptr + line.len;
    size_t length = 0;
    while (name + length < end && ((name[length] | 0x20) >= 'a' && (name[length] | 0x20) <= 'z')) {
        ++length;
    }
    if (!length) {
        return kg_i_starts_with(line, "<!--");
    }
    if (name + length < end && (name[length] == ':' || name[length] == '.')) {
        return false; // an address in angle brackets
    }
    for (size_t i = 0; i < sizeof inline_tags / sizeof *inline_tags; ++i) {
        if (strlen(inline_tags[i]) == length && !strncasecmp(inline_tags[i], name, length)) {
            return false;
        }
    }
    return true;
}

static size_t heading_level(kg_slice line) {
    size_t level = 0;
    while (level < line.len && line.ptr[level] == '#') {
        ++level;
    }
    return level && level <= 6 && level < line.len && line.ptr[level] == ' ' ? level : 0;
}

static size_t bullet(kg_slice line) {
    const bool mark = line.len > 2 && strchr("-*+", *line.ptr) && line.ptr[1] == ' ';
    return mark ? 2 : 0;
}

static bool starts_block(const parser* p, size_t index) {
    const kg_i_line* const line = line_at(p, index);
    const kg_slice t = line->text;
    return line->gap || html_line(t) || heading_level(t) || bullet(t) || kg_i_list_mark(t) ||
           *t.ptr == '>' || *t.ptr == '|' || kg_i_starts_with(t, "```") ||
           kg_i_starts_with(t, "~~~") || all_of(t, '=', 3) || all_of(t, '-', 3) || line->indented;
}

static void put_line(parser* p, kg_slice text, const kg_i_line* line) {
    kg_i_markdown_inline(&p->reader->builder, text,
                         line->at + (uint32_t)(text.ptr - line->text.ptr));
}

static void write_heading(parser* p, kg_slice text, const kg_i_line* line, size_t level) {
    kg_i_builder* const builder = &p->reader->builder;
    while (text.len && text.ptr[text.len - 1] == '#') {
        --text.len;
    }
    text = kg_i_trim(text);
    const bool title = !builder->title.len && !builder->blocks.count;
    if (builder->title.len && kg_i_same_text(text, kg_i_buffer_slice(&builder->title))) {
        return;
    }
    kg_i_builder_begin(builder, title ? KG_BLOCK_TITLE : KG_BLOCK_HEADING, (uint8_t)level);
    const size_t first = builder->count;
    put_line(p, text, line);
    if (title) { // the title without Markdown's marks
        kg_i_buffer plain = {0};
        for (size_t i = first; i < builder->count; ++i) {
            kg_i_buffer_add_code(&plain, builder->chars[i]);
        }
        kg_i_builder_set(&builder->title, kg_i_buffer_slice(&plain));
        kg_i_buffer_dispose(&plain);
    }
    kg_i_builder_end(builder);
}

static kg_status html_block(parser* p) {
    const kg_i_line* const first = line_at(p, p->i);
    const kg_i_line* last = first;
    while (++p->i < p->lines.count) {
        const kg_i_line* const line = line_at(p, p->i);
        if ((line->gap && !html_line(line->text)) || heading_level(line->text)) {
            break;
        }
        last = line;
    }
    const size_t end = last->at + last->text.len;
    return kg_i_html_blocks(p->reader, p->name,
                            (kg_slice){p->text.ptr + first->at, end - first->at}, first->at, false);
}

static void pass_fence(parser* p) {
    const char mark = *line_at(p, p->i)->text.ptr;
    while (++p->i < p->lines.count) {
        const kg_slice text = line_at(p, p->i)->text;
        if (text.len >= 3 && all_of(text, mark, 3)) {
            ++p->i;
            break;
        }
    }
}

static void table_row(parser* p) {
    kg_i_builder* const builder = &p->reader->builder;
    const kg_i_line* const line = line_at(p, p->i++);
    kg_slice rest = line->text;
    if (strspn(rest.ptr, "|-: ") >= rest.len) {
        return; // the ruler below the head
    }
    kg_i_builder_begin(builder, KG_BLOCK_ROW, 0);
    while (rest.len) {
        const char* const bar = memchr(rest.ptr, '|', rest.len);
        const size_t length = bar ? (size_t)(bar - rest.ptr) : rest.len;
        const kg_slice cell = kg_i_trim((kg_slice){rest.ptr, length});
        if (cell.len) {
            kg_i_builder_gap(builder, KG_I_GAP_CELL, builder->after);
            put_line(p, cell, line);
        }
        rest = (kg_slice){rest.ptr + length + (bar ? 1 : 0), rest.len - length - (bar ? 1 : 0)};
    }
    kg_i_builder_end(builder);
}

/// **All bold** and short, or without any sentence's punctuation: a heading in all but marks.
static bool heading_in_effect(const parser* p, size_t begin, size_t end) {
    const kg_i_line* const line = line_at(p, begin);
    enum { LONGEST = 40, LONGEST_BOLD = 60 };
    if (end - begin != 1 || end >= p->lines.count || kg_i_find(line->text, "。") != SIZE_MAX ||
        kg_i_is_stop(line->last) || line->last == 0xFF1A || line->last == 0xFF0C) {
        return false;
    }
    const bool bold =
        kg_i_starts_with(line->text, "**") || kg_i_starts_with(line->text, "<strong>");
    return (bold && line->chars <= LONGEST_BOLD) || (!line->comma && line->chars <= LONGEST);
}

static void paragraph(parser* p) {
    kg_i_builder* const builder = &p->reader->builder;
    const size_t begin = p->i;
    const kg_i_line* const first = line_at(p, begin);
    const kg_i_line_kind kind = kg_i_meta_line(builder, first->text);
    size_t end = begin + 1;
    while (end < p->lines.count && !starts_block(p, end)) {
        ++end;
    }
    p->i = end;
    const kg_i_line* const next = line_at(p, end);
    if (next && !next->gap && end - begin == 1 &&
        (all_of(next->text, '=', 3) || all_of(next->text, '-', 3))) {
        write_heading(p, first->text, first, *next->text.ptr == '=' ? 1 : 2);
        ++p->i;
        return;
    }
    if (kind == KG_I_LINE_META || kind == KG_I_LINE_NOISE) {
        p->i = begin + 1;
        return;
    }
    const bool credit = kind != KG_I_LINE_TEXT;
    const bool heading = !credit && heading_in_effect(p, begin, end);
    kg_i_builder_begin(builder,
                       credit    ? KG_BLOCK_CAPTION
                       : heading ? KG_BLOCK_HEADING
                                 : KG_BLOCK_PARAGRAPH,
                       heading ? 2 : 0);
    for (size_t i = begin; i < end; ++i) {
        if (i > begin) {
            kg_i_builder_gap(builder, KG_I_GAP_LINE, builder->after);
        }
        put_line(p, line_at(p, i)->text, line_at(p, i));
    }
    kg_i_builder_end(builder);
}

static void item(parser* p) {
    kg_i_builder* const builder = &p->reader->builder;
    const kg_i_line* line = line_at(p, p->i++);
    const size_t mark = bullet(line->text);
    kg_i_builder_begin(builder, KG_BLOCK_ITEM, 1);
    put_line(p, (kg_slice){line->text.ptr + mark, line->text.len - mark}, line);
    while (p->i < p->lines.count) {
        const kg_i_line* const next = line_at(p, p->i);
        if (next->gap || html_line(next->text) || heading_level(next->text) || bullet(next->text) ||
            kg_i_list_mark(next->text)) {
            break;
        }
        kg_i_builder_gap(builder, KG_I_GAP_LINE, builder->after);
        put_line(p, next->text, next);
        ++p->i;
    }
    kg_i_builder_end(builder);
}

static void quote(parser* p) {
    kg_i_builder* const builder = &p->reader->builder;
    kg_i_builder_begin(builder, KG_BLOCK_PARAGRAPH, 0);
    const size_t begin = p->i;
    while (p->i < p->lines.count && (p->i == begin || !line_at(p, p->i)->gap)) {
        const kg_i_line* const line = line_at(p, p->i++);
        size_t mark = 0;
        while (mark < line->text.len &&
               (line->text.ptr[mark] == '>' || line->text.ptr[mark] == ' ')) {
            ++mark;
        }
        if (p->i > begin + 1) {
            kg_i_builder_gap(builder, KG_I_GAP_LINE, builder->after);
        }
        put_line(p, (kg_slice){line->text.ptr + mark, line->text.len - mark}, line);
    }
    kg_i_builder_end(builder);
}

static kg_status block(parser* p) {
    const kg_i_line* const line = line_at(p, p->i);
    const kg_slice t = line->text;
    const size_t level = heading_level(t);
    if (html_line(t)) {
        return html_block(p);
    }
    if (level) {
        write_heading(p, (kg_slice){t.ptr + level, t.len - level}, line, level);
        ++p->i;
    } else if (kg_i_starts_with(t, "```") || kg_i_starts_with(t, "~~~")) {
        pass_fence(p);
    } else if (all_of(t, '-', 3) || all_of(t, '*', 3) || all_of(t, '_', 3) || all_of(t, '=', 3)) {
        ++p->i;
    } else if (*t.ptr == '|') {
        table_row(p);
    } else if (*t.ptr == '>') {
        quote(p);
    } else if (bullet(t) || (kg_i_list_mark(t) && kg_i_is_digit((unsigned char)*t.ptr))) {
        item(p);
    } else {
        paragraph(p);
    }
    return KG_OK;
}

kg_status kg_i_read_markdown(kg_i_reader* reader, const kg_i_input* input,
                             const kg_i_decoded* decoded) {
    parser p = {.reader = reader, .name = input->name, .text = decoded->text};
    const size_t front = kg_i_front_matter(&reader->builder, decoded->text);
    const kg_slice rest = {decoded->text.ptr + front, decoded->text.len - front};
    kg_status status = KG_OK;
    if (!kg_i_plain_split(rest, (uint32_t)front, &p.lines)) {
        reader->builder.failed = true;
    }
    while (status == KG_OK && p.i < p.lines.count) {
        status = block(&p);
    }
    kg_i_vec_dispose(&p.lines);
    return status == KG_OK ? kg_i_reader_emit(reader, input, decoded, KG_FORMAT_MARKDOWN) : status;
}
