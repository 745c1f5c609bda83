// SPDX-License-Identifier: GPL-3.0-or-later
// People: a surname and one or two characters beside a post.
#include "extract/name.h"

/// Adverbs that end given names too: 均, 才, 之, 同, 自, 连.
static bool is_given(const kg_i_finder* f, const kg_i_token* t) {
    static const uint32_t chars[] = {0x5747, 0x624D, 0x4E4B, 0x540C, 0x81EA, 0x8FDE};
    if (kg_i_token_length(t) != 1) {
        return false;
    }
    for (size_t i = 0; i < sizeof chars / sizeof *chars; ++i) {
        if (f->chars[t->begin] == chars[i]) {
            return true;
        }
    }
    return false;
}

/// The end of a person's name that begins at token `at`, or 0.
static uint32_t name_end(const kg_i_finder* f, uint32_t at, uint32_t last) {
    const kg_i_token* const t = &f->tokens[at];
    uint32_t end = at + 1;
    unsigned given = 0;
    if (!(t->flags & KG_I_SURNAME) || (t->flags & (KG_I_OTHER | KG_I_VERB))) {
        return 0;
    }
    while (end < last && given < 2) {
        const kg_i_token* const next = &f->tokens[end];
        const uint32_t length = kg_i_token_length(next);
        const bool single = next->kind == KG_I_TOKEN_CHAR ||
                            (next->kind == KG_I_TOKEN_WORD && length == 1 &&
                             !(next->flags & (KG_I_OTHER | KG_I_VERB)) &&
                             (!(next->flags & KG_I_BOUNDARY) || (next->flags & KG_I_SOFT)));
        const bool pair = given == 0 && next->kind == KG_I_TOKEN_WORD && length == 2 &&
                          !(next->flags & (KG_I_POST | KG_I_BOUNDARY | KG_I_VERB | KG_I_LEAD |
                                           KG_I_ACTOR | KG_I_STAND_IN | KG_I_IS_PLACE));
        if (!single && !pair && !(given == 1 && is_given(f, next))) {
            break;
        }
        given += pair ? 2 : 1;
        ++end;
    }
    return given ? end : 0;
}

/// The end of a foreign name right behind a post: characters or letters, with dots between its
/// parts; 0 if what stands there goes on as something else.
static uint32_t foreign_end(const kg_i_finder* f, uint32_t at, uint32_t last) {
    uint32_t end = at;
    uint32_t dots = 0;
    while (end < last) {
        const kg_i_token* const t = &f->tokens[end];
        const bool dot = kg_i_is_mark(t, 0xB7) || (t->kind == KG_I_TOKEN_MARK && t->mark == '-');
        if (dot && end > at) {
            ++dots;
        } else if (t->kind != KG_I_TOKEN_LATIN && !kg_i_is_single(t) &&
                   !(dots && kg_i_token_length(t) <= 3 && t->kind == KG_I_TOKEN_WORD &&
                     !(t->flags & (KG_I_BOUNDARY | KG_I_VERB | KG_I_POST)))) {
            break;
        }
        ++end;
    }
    if (end == at || f->tokens[end - 1].kind == KG_I_TOKEN_MARK) {
        return 0;
    }
    const uint32_t length = f->tokens[end - 1].end - f->tokens[at].begin;
    const bool latin = f->tokens[at].kind == KG_I_TOKEN_LATIN;
    if (!latin && (length < 2 || length > (dots ? 14U : 5U))) {
        return 0;
    }
    if (end == last || f->tokens[end].kind == KG_I_TOKEN_MARK) {
        return dots || latin ? end : 0;
    }
    return f->tokens[end].flags & (KG_I_ACTOR | KG_I_BOUNDARY | KG_I_OTHER) ? end : 0;
}

void kg_i_find_people(kg_i_finder* f, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last; ++i) {
        uint32_t end = name_end(f, i, last);
        if (i > first && (f->tokens[i - 1].flags & KG_I_POST)) {
            const uint32_t foreign = foreign_end(f, i, last);
            end = foreign > end ? foreign : end;
        }
        if (!end) {
            continue;
        }
        const bool behind = i > first && (f->tokens[i - 1].flags & KG_I_POST);
        const bool before = end < last && (f->tokens[end].flags & KG_I_POST);
        if (behind || before) {
            kg_i_add_candidate(f, f->tokens[i].begin, f->tokens[end - 1].end, KG_PERSON,
                               KG_I_FROM_CONTEXT, .7F);
            i = end - 1;
        }
    }
}
