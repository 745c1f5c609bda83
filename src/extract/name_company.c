// SPDX-License-Identifier: GPL-3.0-or-later
// Companies by their make-up: brand, trade, legal form.
#include "extract/name.h"

static float score_of(const kg_i_finder* f, const kg_i_body* body, uint32_t head) {
    const kg_i_token* const t = &f->tokens[head];
    const uint32_t length = f->tokens[head].begin - f->tokens[body->start].begin;
    if (length < 2) {
        return 0;
    }
    if ((t->flags & KG_I_FORM) && kg_i_token_length(t) > 2) {
        return kg_i_has_core(body) || (length >= 4 && body->sectors) ? .95F : 0;
    }
    if ((t->flags & (KG_I_WEAK_HEAD | KG_I_TAIL)) && !(t->flags & KG_I_TRADE)) {
        // 国际, 平台, 产业 end names only right behind a brand that is known.
        const kg_i_token* const before = &f->tokens[head - 1];
        return (before->flags & KG_I_IS_COMPANY) ? .85F : 0;
    }
    const bool brand = body->chars >= 2 || body->latin || body->entries || body->quoted;
    if (!(t->flags & KG_I_TRADE)) {
        return brand || (body->places && body->nouns + body->sectors) ? .85F : 0;
    }
    return brand && length <= 6 && !body->nouns ? .5F : 0;
}

void kg_i_find_company_names(kg_i_finder* f, uint32_t first, uint32_t last) {
    uint32_t taken = UINT32_MAX; // where the name found last begins
    for (uint32_t i = last; i > first;) {
        const kg_i_token* const t = &f->tokens[--i];
        if (!(t->flags & (KG_I_FORM | KG_I_HEAD_COMPANY)) || (t->flags & KG_I_IS_ANY) ||
            i >= taken) {
            continue;
        }
        const kg_i_body body = kg_i_walk_left(f, first, i, KG_COMPANY);
        const float score = score_of(f, &body, i);
        if (score <= 0) {
            continue;
        }
        kg_i_add_candidate(f, f->tokens[body.start].begin, t->end, KG_COMPANY,
                           score > .9F   ? KG_I_FROM_FORM
                           : score > .6F ? KG_I_FROM_HEAD
                                         : KG_I_FROM_CONTEXT,
                           score);
        taken = body.start;
    }
}
