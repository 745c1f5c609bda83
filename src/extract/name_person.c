// SPDX-License-Identifier: GPL-3.0-or-later
// People: a surname and one or two characters beside a post.
#include "extract/name.h"

/// The end of a person's name that begins at token `at`, or 0.
static uint32_t name_end(const kg_i_finder* f, uint32_t at, uint32_t last) {
    const kg_i_token* const t = &f->tokens[at];
    uint32_t end = at + 1;
    unsigned given = 0;
    if (!(t->flags & KG_I_SURNAME)) {
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
                          !(next->flags & (KG_I_POST | KG_I_BOUNDARY));
        if (!single && !pair) {
            break;
        }
        given += pair ? 2 : 1;
        ++end;
    }
    return given ? end : 0;
}

void kg_i_find_people(kg_i_finder* f, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last; ++i) {
        const uint32_t end = name_end(f, i, last);
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
