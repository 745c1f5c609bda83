// SPDX-License-Identifier: GPL-3.0-or-later
// Sentences end behind 。！？；… and the closing quotes or brackets that follow. Inside brackets
// nothing ends; inside quotes only where the quote is speech that holds whole sentences, which
// shows in how it was opened: at a sentence's beginning, or behind a colon or comma.
#include "text/normal.h"

#include "base/vec.h"

typedef struct {
    const uint32_t* chars;
    const kg_block* block;
    uint32_t index;
    kg_i_sentences* out;
    uint32_t start;
    uint32_t bracket_end; ///< no cut before: a bracket's end
    uint32_t quote;       ///< where the open quote began, or 0 with `quoted` false
    bool quoted;
    bool speech;
    bool said; ///< speech behind a colon: sure, however short
} cutter;

static bool is_stop(const cutter* c, uint32_t i) {
    const uint32_t code = c->chars[i];
    if (code == 0x3002 || code == 0xFF01 || code == 0xFF1F || code == 0xFF1B || code == '!' ||
        code == '?') {
        return true;
    }
    if (code == 0x2026) {
        const uint32_t next = i + 1 < c->block->end ? c->chars[i + 1] : 0;
        return next != 0x2026 && next != 0xFF0C && next != 0x3001 && next != 0x7B49 /* 等 */ &&
               next != 0x7684 /* 的 */;
    }
    if (code == '.') { // Chinese typed with a Latin full stop, or a Latin sentence
        const uint32_t before = i > c->block->begin ? c->chars[i - 1] : 0;
        const uint32_t next = i + 1 < c->block->end ? c->chars[i + 1] : ' ';
        return (kg_i_han(before) && (kg_i_han(next) || next == ' ' || next == KG_I_HIDDEN)) ||
               (next == ' ' && before >= 'a' && before <= 'z' && i + 2 < c->block->end &&
                c->chars[i + 2] >= 'A' && c->chars[i + 2] <= 'Z' && i - c->start > 20);
    }
    return false;
}

static bool is_closer(uint32_t code) {
    return code == 0x201D || code == 0x2019 || code == ')' || code == 0x300B || code == 0x3011 ||
           code == 0x3015;
}

/// The end of the bracket that opens at `i`, or `i` itself if it is not closed near by.
static uint32_t bracket_end(const cutter* c, uint32_t i) {
    enum { LONGEST = 200 };
    uint32_t depth = 0;
    for (uint32_t k = i; k < c->block->end && k - i < LONGEST; ++k) {
        depth += c->chars[k] == '(';
        if (c->chars[k] == ')' && --depth == 0) {
            return k;
        }
    }
    return i;
}

static bool opens_speech(cutter* c, uint32_t i) {
    uint32_t k = i;
    while (k > c->start && (c->chars[k - 1] == KG_I_HIDDEN || c->chars[k - 1] == ' ')) {
        --k;
    }
    const uint32_t before = k > c->start ? c->chars[k - 1] : 0;
    c->said = before == 0xFF1A || before == ':';
    return k == c->start || c->said || before == 0xFF0C;
}

static void push(cutter* c, uint32_t end, bool* ok) {
    uint32_t begin = c->start;
    while (begin < end && (c->chars[begin] == ' ' || c->chars[begin] == KG_I_HIDDEN)) {
        ++begin;
    }
    if (begin < end) {
        const kg_sentence sentence = {begin, end, c->index};
        *ok = *ok && kg_i_vec_push(c->out, sentence);
    }
    c->start = end;
}

/// Whether a stop at `i` within a quote ends a sentence of it: the quote is speech, and neither
/// piece is a slogan of a few characters.
static bool cuts_in_quote(const cutter* c, uint32_t i) {
    enum { LEAST = 8 };
    return c->speech && i + 1 >= c->start + LEAST && i >= c->quote + LEAST - 1;
}

/// Whether the quote that closes at `i` stands within its sentence: what follows goes on with 的,
/// a comma and the like.
static bool goes_on(const cutter* c, uint32_t i) {
    const uint32_t next = i + 1 < c->block->end ? c->chars[i + 1] : 0;
    return next == 0xFF0C || next == 0x3001 || next == 0x7684 || next == 0xFF1B || next == 0x3002 ||
           next == 0x548C || next == 0x4E0E || next == 0x7B49;
}

/// Whether the quote that opens at `i` closes; one that does not is a slip, and must not swallow
/// the rest of the block.
static bool closes(const cutter* c, uint32_t i) {
    enum { LONGEST = 1000 };
    for (uint32_t k = i + 1; k < c->block->end && k - i < LONGEST; ++k) {
        if (c->chars[k] == 0x201D || c->chars[k] == 0x201C) {
            return c->chars[k] == 0x201D;
        }
    }
    return false;
}

static void track_quote(cutter* c, uint32_t i) {
    if (c->chars[i] == 0x201C) {
        c->speech = opens_speech(c, i);
        c->quoted = closes(c, i);
        c->quote = i;
    } else if (c->chars[i] == 0x201D) {
        c->quoted = false;
    }
}

/// Behind the closing quotes and brackets, and further stops, that stand at `i`; hidden spaces may
/// stand before them.
static uint32_t past_closers(cutter* c, uint32_t i) {
    for (;;) {
        uint32_t k = i;
        while (k < c->block->end && (c->chars[k] == KG_I_HIDDEN || c->chars[k] == ' ')) {
            ++k;
        }
        if (k >= c->block->end || !(is_closer(c->chars[k]) || is_stop(c, k))) {
            return i;
        }
        track_quote(c, k);
        i = k + 1;
    }
}

bool kg_i_sentences_cut(const uint32_t* chars, const kg_block* block, uint32_t index,
                        kg_i_sentences* out) {
    cutter c = {chars, block, index, out, block->begin, block->begin, 0, false, false, false};
    bool ok = true;
    for (uint32_t i = block->begin; ok && i < block->end; ++i) {
        track_quote(&c, i);
        if (chars[i] == '(' && i >= c.bracket_end) {
            c.bracket_end = bracket_end(&c, i);
        }
        if (!is_stop(&c, i) || (i < c.bracket_end && c.bracket_end > block->begin)) {
            continue;
        }
        const uint32_t end = past_closers(&c, i + 1);
        const bool closed = end > i + 1 && !c.quoted && is_closer(chars[end - 1]);
        const uint32_t length = end - c.quote;
        enum { SLOGAN = 12 }; // “加油！”活动: a quote that short is a part of its sentence
        const bool part = closed && chars[end - 1] == 0x201D &&
                          (goes_on(&c, end - 1) || !c.speech || (length < SLOGAN && !c.said));
        if ((c.quoted && !cuts_in_quote(&c, i)) || (part && end < block->end)) {
            i = end - 1;
            continue;
        }
        push(&c, end, &ok);
        i = end - 1;
    }
    push(&c, block->end, &ok);
    return ok;
}
