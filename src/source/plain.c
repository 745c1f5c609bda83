// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/plain.h"

#include "base/utf8.h"
#include "source/reader.h"

#include <string.h>

/// Where a text stands while its paragraphs become blocks.
typedef struct {
    kg_i_builder* builder;
    const kg_i_lines* lines;
    const kg_i_paras* paras;
    bool body; ///< the current article has running text
} layout;

static const kg_i_line* first_line(const layout* l, size_t para) {
    return &l->lines->items[l->paras->items[para].begin];
}

/// Short, one line, without the punctuation of running text.
static bool heading_like(const layout* l, size_t index) {
    const kg_i_para* const para = &l->paras->items[index];
    const kg_i_line* const line = first_line(l, index);
    enum { LONGEST_HEADING = 60, LONGEST_PLAIN = 40 };
    if (para->wrapped || para->stop || line->chars < 2 || line->chars > LONGEST_HEADING ||
        line->last == 0xFF0C || line->last == 0x3001) {
        return false;
    }
    return kg_i_find(line->text, "。") == SIZE_MAX &&
           (!para->comma || line->chars <= LONGEST_PLAIN);
}

/// 本报讯, 某社某地某日电: how the running text of a news item begins.
static bool dateline(kg_slice text) {
    static const char* const begins[] = {"本报讯", "本报记者", "本网讯", "本刊讯", "新华社",
                                         "中新社", "中新网",   "人民网", "央视网", "据新华社"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; ++i) {
        if (kg_i_starts_with(text, begins[i])) {
            return true;
        }
    }
    return kg_i_starts_with(text, "（记者") || kg_i_starts_with(text, "(记者");
}

static kg_i_line_kind kind_of(const layout* l, size_t index) {
    return kg_i_meta_line(l->builder, first_line(l, index)->text);
}

/// Whether the heading at `index` opens an article: a byline or a dateline follows it.
static bool opens_article(const layout* l, size_t index) {
    if (index + 1 >= l->paras->count) {
        return false;
    }
    const kg_slice next = first_line(l, index + 1)->text;
    return kind_of(l, index + 1) == KG_I_LINE_BYLINE || (l->body && dateline(next));
}

/// The character before the break, if any of this block is written.
static uint32_t last_written(const kg_i_builder* builder) {
    return builder->count > builder->block.begin ? builder->chars[builder->count - 1] : 0;
}

/// Between two lines of a column nothing is lost but the break: Latin words cut by a hyphen and
/// numbers are whole again.
static void join_line(kg_i_builder* builder, const kg_i_line* next) {
    const uint32_t last = last_written(builder);
    const uint32_t before =
        builder->count > builder->block.begin + 1 ? builder->chars[builder->count - 2] : 0;
    if (last == '-' && kg_i_is_letter(before) && kg_i_is_letter(next->first)) {
        --builder->count;
    } else if (!(kg_i_is_digit(last) && kg_i_is_digit(next->first))) {
        kg_i_builder_gap(builder, KG_I_GAP_LINE, builder->after);
    }
}

static void write_para(const layout* l, size_t index, kg_block_kind kind, uint8_t level) {
    const kg_i_para* const para = &l->paras->items[index];
    kg_i_builder_begin(l->builder, kind, level);
    for (size_t i = para->begin; i < para->end; ++i) {
        const kg_i_line* const line = &l->lines->items[i];
        if (i > para->begin) {
            join_line(l->builder, line);
        }
        kg_i_builder_text(l->builder, line->text, line->at);
    }
    kg_i_builder_end(l->builder);
}

/// The length of a title that the first line repeats before going on; 0 if it does not.
static bool repeats_title(const layout* l, size_t index) {
    const kg_slice title = kg_i_buffer_slice(&l->builder->title);
    const kg_i_para* const para = &l->paras->items[index];
    kg_slice line = first_line(l, index)->text;
    if (kg_i_starts_with(line, "原标题：")) {
        line = (kg_slice){line.ptr + strlen("原标题："), line.len - strlen("原标题：")};
    }
    return title.len && para->end - para->begin == 1 && kg_i_same_text(line, title);
}

static void new_article(layout* l) {
    if (l->builder->blocks.count) {
        ++l->builder->article;
    }
    l->body = false;
}

static void write_text(layout* l, size_t index) {
    const bool heading = heading_like(l, index);
    const bool more = index + 1 < l->paras->count;
    const kg_slice text = first_line(l, index)->text;
    if (heading && more && opens_article(l, index)) {
        if (l->body) {
            new_article(l);
        }
        kg_i_builder_set(&l->builder->title, text);
        write_para(l, index, KG_BLOCK_TITLE, 1);
    } else if (heading && more && !l->builder->blocks.count && !l->builder->title.len) {
        kg_i_builder_set(&l->builder->title, text);
        write_para(l, index, KG_BLOCK_TITLE, 1);
    } else if (heading && more && !kg_i_list_mark(text)) {
        write_para(l, index, KG_BLOCK_HEADING, 2);
    } else if (kg_i_list_mark(text)) {
        write_para(l, index, KG_BLOCK_ITEM, 1);
        l->body = true;
    } else {
        write_para(l, index, KG_BLOCK_PARAGRAPH, 0);
        l->body = true;
    }
}

static void write_all(layout* l) {
    for (size_t i = 0; i < l->paras->count; ++i) {
        switch (kind_of(l, i)) {
        case KG_I_LINE_META:
        case KG_I_LINE_NOISE:
            break;
        case KG_I_LINE_BYLINE:
        case KG_I_LINE_CAPTION:
            write_para(l, i, KG_BLOCK_CAPTION, 0);
            break;
        case KG_I_LINE_TEXT:
            if (!repeats_title(l, i)) {
                write_text(l, i);
            }
            break;
        }
    }
}

kg_status kg_i_plain_blocks(kg_i_reader* reader, kg_slice text, uint32_t at) {
    kg_i_lines lines = {0};
    kg_i_paras paras = {0};
    if (kg_i_plain_split(text, at, &lines) && kg_i_plain_join(&lines, &paras)) {
        layout l = {.builder = &reader->builder, .lines = &lines, .paras = &paras};
        write_all(&l);
    } else {
        reader->builder.failed = true;
    }
    kg_i_vec_dispose(&lines);
    kg_i_vec_dispose(&paras);
    return KG_OK;
}

kg_status kg_i_read_plain(kg_i_reader* reader, const kg_i_input* input,
                          const kg_i_decoded* decoded) {
    const kg_status status = kg_i_plain_blocks(reader, decoded->text, 0);
    return status == KG_OK ? kg_i_reader_emit(reader, input, decoded, KG_FORMAT_TEXT) : status;
}
