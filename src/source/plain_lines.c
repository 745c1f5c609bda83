// SPDX-License-Identifier: GPL-3.0-or-later
// Newspapers reach us as columns of a dozen characters, cut wherever the column ended, with blank
// lines where the page's columns ended. What tells a wrapped column from a list of short lines:
// its lines are equally wide but for the last one, and few end as sentences do.
#include "base/utf8.h"
#include "source/plain.h"

#include <string.h>

static bool is_comma(uint32_t c) {
    return c == 0xFF0C || c == 0x3001 || c == 0x3002 || c == ',' || c == 0xFF1B;
}

static void scan_line(kg_i_line* line) {
    const char* p = line->text.ptr;
    const char* const end = p + line->text.len;
    while (p < end) {
        uint32_t code = 0;
        p += kg_i_next_char(p, (size_t)(end - p), &code);
        if (kg_i_is_invisible(code)) {
            continue;
        }
        line->first = line->chars ? line->first : code;
        ++line->chars;
        line->cells += kg_i_is_wide(code) ? 2 : 1;
        line->comma |= is_comma(code);
        line->very_last = code;
        if (!kg_i_is_closer(code) || line->chars == 1) {
            line->last = code;
        }
    }
}

static bool indented(kg_slice raw) {
    return kg_i_starts_with(raw, "　") || kg_i_starts_with(raw, "  ") ||
           kg_i_starts_with(raw, "\t") || kg_i_starts_with(raw, "\xC2\xA0");
}

bool kg_i_plain_split(kg_slice text, uint32_t at, kg_i_lines* out) {
    uint32_t gap = 0;
    size_t begin = 0;
    while (begin < text.len) {
        const char* const end = memchr(text.ptr + begin, '\n', text.len - begin);
        size_t length = end ? (size_t)(end - text.ptr) - begin : text.len - begin;
        const char* const old = length ? memchr(text.ptr + begin, '\r', length) : NULL;
        size_t next = begin + length + 1;
        if (old) { // a line break of its own, or the first half of one
            length = (size_t)(old - text.ptr) - begin;
            next = begin + length + 1 + (end == old + 1);
        }
        const kg_slice raw = {text.ptr + begin, length};
        kg_i_line line = {.text = kg_i_trim(raw), .gap = gap, .indented = indented(raw)};
        line.lead = line.text.ptr != raw.ptr;
        begin = next;
        if (!line.text.len) {
            ++gap;
            continue;
        }
        gap = 0;
        line.at = at + (uint32_t)(line.text.ptr - text.ptr);
        scan_line(&line);
        if (!kg_i_vec_push(out, line)) {
            return false;
        }
    }
    return true;
}

bool kg_i_list_mark(kg_slice line) {
    static const char* const bullets[] = {"- ", "* ", "• ", "· ", "●", "○",
                                          "★",  "☆",  "➤",  "•",  NULL};
    for (const char* const* b = bullets; *b && line.len; ++b) {
        if (**b == *line.ptr && kg_i_starts_with(line, *b)) {
            return true;
        }
    }
    uint32_t code = 0;
    size_t at = 0;
    const bool open = kg_i_starts_with(line, "（") || kg_i_starts_with(line, "(");
    if (open) {
        at = *line.ptr == '(' ? 1 : strlen("（");
    }
    const size_t number = at;
    while (at < line.len) {
        const unsigned length = kg_i_utf8_decode(line.ptr + at, line.len - at, &code);
        const char* const numerals = "一二三四五六七八九十";
        const bool numeral =
            length == 3 && memmem(numerals, strlen(numerals), line.ptr + at, length) != NULL;
        if (!length || !(kg_i_is_digit(code) || numeral)) {
            break;
        }
        at += length;
    }
    if (code >= 0x2460 && code <= 0x2487 && at == 0) {
        return true;
    }
    if (at == number || at - number > 9 || at >= line.len) {
        return false;
    }
    const kg_slice rest = {line.ptr + at, line.len - at};
    if (open) {
        return kg_i_starts_with(rest, "）") || kg_i_starts_with(rest, ")");
    }
    const bool dot =
        rest.ptr[0] == '.' && rest.len > 1 && !kg_i_is_digit((unsigned char)rest.ptr[1]);
    return dot || kg_i_starts_with(rest, "、") || kg_i_starts_with(rest, "．") ||
           kg_i_starts_with(rest, ") ") || kg_i_starts_with(rest, "）");
}

enum { NARROWEST = 16, WIDEST = 110, RAGGED = 5, INDENT = 4 };

static bool ends_sentence(const kg_i_line* line) {
    return kg_i_is_stop(line->last) || line->last == 0xFF1A || line->last == ':' ||
           (line->last == '.' && !kg_i_is_digit(line->very_last));
}

static uint32_t widest_of(const kg_i_lines* lines, size_t begin, size_t end) {
    uint32_t widest = 0;
    for (size_t i = begin; i < end; ++i) {
        if (lines->items[i].cells > widest) {
            widest = lines->items[i].cells;
        }
    }
    return widest;
}

/// The width of the column that the lines [begin, end), which stand without blanks between, are
/// wrapped to; 0 if they are not. The first line may lack the indent that the page had.
static uint32_t column_width(const kg_i_lines* lines, size_t begin, size_t end) {
    const uint32_t widest = widest_of(lines, begin, end);
    if (end - begin < 3 || widest < NARROWEST || widest > WIDEST) {
        return 0;
    }
    size_t full = 0;
    size_t stops = 0;
    size_t marks = 0;
    for (size_t i = begin; i + 1 < end; ++i) {
        const uint32_t indent = i == begin ? INDENT : 0;
        full += lines->items[i].cells + RAGGED + indent >= widest;
        stops += ends_sentence(&lines->items[i]);
        marks += kg_i_list_mark(lines->items[i].text);
    }
    const size_t inner = end - begin - 1;
    return full * 10 >= inner * 7 && stops * 10 <= inner * 4 && marks * 3 <= inner ? widest : 0;
}

/// In a text made of columns, a group that is too short or too ragged to tell by itself: running
/// text whose lines break in the midst of sentences and are not much shorter than its widest.
static uint32_t ragged_width(const kg_i_lines* lines, size_t begin, size_t end) {
    const uint32_t widest = widest_of(lines, begin, end);
    bool comma = false;
    bool breaks = false;
    if (end - begin < 2 || widest < NARROWEST || widest > WIDEST) {
        return 0;
    }
    for (size_t i = begin; i < end; ++i) {
        const kg_i_line* const line = &lines->items[i];
        comma |= line->comma;
        if (i + 1 < end && !ends_sentence(line)) {
            breaks = true;
            if (line->cells * 10 < widest * 6 || kg_i_list_mark(line->text)) {
                return 0;
            }
        }
    }
    return comma && breaks ? widest : 0;
}

static size_t group_end(const kg_i_lines* lines, size_t begin) {
    size_t end = begin + 1;
    while (end < lines->count && !lines->items[end].gap) {
        ++end;
    }
    return end;
}

static bool push_para(const kg_i_lines* lines, size_t begin, size_t end, bool wrapped,
                      kg_i_paras* out) {
    kg_i_para para = {.begin = (uint32_t)begin, .end = (uint32_t)end, .wrapped = wrapped};
    for (size_t i = begin; i < end; ++i) {
        para.chars += lines->items[i].chars;
        para.comma |= lines->items[i].comma;
    }
    para.stop = ends_sentence(&lines->items[end - 1]);
    return kg_i_vec_push(out, para);
}

/// A column's paragraphs: a short line that ends a sentence, or an indented next one.
static bool split_column(const kg_i_lines* lines, size_t begin, size_t end, uint32_t width,
                         kg_i_paras* out) {
    size_t start = begin;
    for (size_t i = begin + 1; i < end; ++i) {
        const kg_i_line* const before = &lines->items[i - 1];
        const bool is_short = before->cells + RAGGED < width;
        const bool headed = i == begin + 1 && lines->items[i].lead && !before->lead &&
                            !before->comma && !ends_sentence(before);
        if (headed || (is_short && ends_sentence(before)) ||
            (lines->items[i].indented && ends_sentence(before))) {
            if (!push_para(lines, start, i, i - start > 1, out)) {
                return false;
            }
            start = i;
        }
    }
    return push_para(lines, start, end, end - start > 1, out);
}

/// Whether most of the text stands in columns.
static bool mostly_columns(const kg_i_lines* lines) {
    enum { LEAST = 6 };
    size_t wrapped = 0;
    for (size_t begin = 0; begin < lines->count;) {
        const size_t end = group_end(lines, begin);
        wrapped += column_width(lines, begin, end) ? end - begin : 0;
        begin = end;
    }
    return wrapped >= LEAST && wrapped * 2 >= lines->count;
}

/// Words behind which no heading ends, but a line may.
static bool binds_forward(const kg_i_line* line) {
    static const char* const words[] = {"的", "与", "和", "及", "在", "为", "对", "向",
                                        "由", "以", "将", "把", "从", "或", "、", "，"};
    enum { HAN = 3 };
    for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
        for (size_t back = 1; back <= 2; ++back) {
            if (line->text.len > back * HAN &&
                !memcmp(line->text.ptr + line->text.len - back * HAN, words[i], HAN)) {
                return true;
            }
        }
    }
    return false;
}

/// Whether a blank line cut a paragraph in two here: `a` ends in the midst of a sentence, and `b`
/// is running text. `pages` counts the clear cases of the text so far.
static bool continues(const kg_i_lines* lines, const kg_i_para* a, const kg_i_para* b,
                      unsigned pages) {
    const kg_i_line* const last = &lines->items[a->end - 1];
    const kg_i_line* const next = &lines->items[b->begin];
    const bool body = b->stop || b->comma;
    if (a->stop || !body || next->indented || kg_i_list_mark(next->text) ||
        kg_i_is_closer(last->very_last) || next->first == 0x25BA) {
        return false;
    }
    if (last->last == 0x3001 || last->last == 0xFF0C) {
        return true;
    }
    enum { LONG_PARAGRAPH = 40 };
    if (a->comma && (a->chars >= LONG_PARAGRAPH || a->wrapped)) {
        return true;
    }
    return pages && !next->comma == 0 && (a->comma || binds_forward(last));
}

static bool join_paras(const kg_i_lines* lines, kg_i_paras* paras) {
    unsigned pages = 0;
    for (size_t i = 0; i + 1 < paras->count; ++i) {
        pages += lines->items[paras->items[i + 1].begin].gap &&
                 continues(lines, &paras->items[i], &paras->items[i + 1], 0);
    }
    size_t kept = 0;
    for (size_t i = 1; i < paras->count; ++i) {
        kg_i_para* const a = &paras->items[kept];
        const kg_i_para* const b = &paras->items[i];
        if (pages && lines->items[b->begin].gap && continues(lines, a, b, pages)) {
            a->end = b->end;
            a->chars += b->chars;
            a->wrapped = true;
            a->stop = b->stop;
            a->comma = true;
        } else {
            paras->items[++kept] = *b;
        }
    }
    paras->count = paras->count ? kept + 1 : 0;
    return true;
}

bool kg_i_plain_join(const kg_i_lines* lines, kg_i_paras* out) {
    const bool columns = mostly_columns(lines);
    for (size_t begin = 0; begin < lines->count;) {
        const size_t end = group_end(lines, begin);
        uint32_t width = column_width(lines, begin, end);
        if (!width && columns) {
            width = ragged_width(lines, begin, end);
        }
        bool ok = true;
        if (width) {
            ok = split_column(lines, begin, end, width, out);
        } else {
            for (size_t i = begin; ok && i < end; ++i) {
                ok = push_para(lines, i, i + 1, false, out);
            }
        }
        if (!ok) {
            return false;
        }
        begin = end;
    }
    return join_paras(lines, out);
}
