// SPDX-License-Identifier: GPL-3.0-or-later
// Companies by their make-up: brand, trade, legal form.
#include "extract/name.h"

/// Whether a head that may be a verb as well is one here: 甲公司投资三亿元.
static bool is_verb(const kg_i_finder* f, uint32_t head, uint32_t last) {
    const kg_i_token* const t = &f->tokens[head];
    if (!(t->flags & KG_I_BOUNDARY) || head + 1 >= last) {
        return false;
    }
    const kg_i_token* const next = &f->tokens[head + 1];
    return next->kind != KG_I_TOKEN_MARK &&
           !(next->flags & (KG_I_ACTOR | KG_I_POST | KG_I_BOUNDARY | KG_I_OTHER));
}

static float score_of(const kg_i_finder* f, const kg_i_body* body, uint32_t head) {
    const kg_i_token* const t = &f->tokens[head];
    const uint32_t length = f->tokens[head].begin - f->tokens[body->start].begin;
    if (length < 2) {
        return 0;
    }
    if ((t->flags & KG_I_FORM) && kg_i_token_length(t) > 2) {
        if (kg_i_is_mark(&f->tokens[body->start], '(')) {
            return 0;
        }
        return kg_i_has_core(body) || (length >= 4 && body->sectors) ? .95F : 0;
    }
    if ((t->flags & (KG_I_WEAK_HEAD | KG_I_TAIL)) && !(t->flags & KG_I_TRADE)) {
        // 国际, 平台, 产业 end names only right behind a brand that is known.
        const kg_i_token* const before = &f->tokens[head - 1];
        return (before->flags & KG_I_IS_COMPANY) ? .85F : 0;
    }
    const bool brand = body->chars >= 2 || body->latin || body->entries || body->quoted;
    if (!(t->flags & (KG_I_TRADE | KG_I_IS_SECTOR))) {
        return brand || (body->places && body->nouns + body->sectors)   ? .85F
               : body->places && !(t->flags & KG_I_FORM) && length <= 4 ? .5F
                                                                        : 0;
    }
    const bool own = body->chars >= 2 || body->latin || body->quoted;
    return (own || (body->places && length <= 4)) && length <= 6 && !body->nouns ? .5F : 0;
}

void kg_i_find_company_names(kg_i_finder* f, uint32_t first, uint32_t last) {
    uint32_t taken = UINT32_MAX; // where the name found last begins
    for (uint32_t i = last; i > first;) {
        const kg_i_token* const t = &f->tokens[--i];
        if (!(t->flags & (KG_I_FORM | KG_I_HEAD_COMPANY)) || kg_i_is_named(t) || i >= taken ||
            is_verb(f, i, last)) {
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

/// Runs of characters that no word claims are brands as often as not; the words around them decide.
/// A common word may end them: 某某集成.
void kg_i_find_brands(kg_i_finder* f, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last;) {
        if (!kg_i_is_single(&f->tokens[i])) {
            ++i;
            continue;
        }
        const uint32_t from = i;
        while (i < last && kg_i_is_single(&f->tokens[i])) {
            ++i;
        }
        const uint32_t length = f->tokens[i - 1].end - f->tokens[from].begin;
        if (length < 2 || length > 6) {
            continue;
        }
        kg_i_add_candidate(f, f->tokens[from].begin, f->tokens[i - 1].end, KG_COMPANY,
                           KG_I_FROM_CONTEXT, KG_I_BRAND_SCORE);
        if (i < last && length == 2 && kg_i_token_length(&f->tokens[i]) == 2 &&
            (f->tokens[i].flags & KG_I_NOUN) &&
            !(f->tokens[i].flags & (KG_I_BOUNDARY | KG_I_ACTOR | KG_I_POST | KG_I_MEASURE))) {
            kg_i_add_candidate(f, f->tokens[from].begin, f->tokens[i].end, KG_COMPANY,
                               KG_I_FROM_CONTEXT, KG_I_BRAND_SCORE);
        }
    }
}
