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

/// 公司, 集团, 控股, 股份, 银行, 保险, 人寿, 基金, 证券, 信托, 资本 and what ends in them.
static bool is_strong(const kg_i_finder* f, const kg_i_token* t) {
    static const uint32_t ends[][2] = {
        {0x516C, 0x53F8}, {0x96C6, 0x56E2}, {0x63A7, 0x80A1}, {0x80A1, 0x4EFD}, {0x94F6, 0x884C},
        {0x4FDD, 0x9669}, {0x4EBA, 0x5BFF}, {0x57FA, 0x91D1}, {0x8BC1, 0x5238}, {0x4FE1, 0x6258},
        {0x8D44, 0x672C}, {0x4F01, 0x4E1A}, {0x4F1A, 0x793E}, {0x4E8B, 0x52A1}, {0x521B, 0x6295}};
    if (kg_i_token_length(t) < 2) {
        return false;
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; ++i) {
        if (f->chars[t->end - 2] == ends[i][0] && f->chars[t->end - 1] == ends[i][1]) {
            return true;
        }
    }
    return t->flags & KG_I_FORM;
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
    if (is_strong(f, t)) {
        return brand || (body->places && body->nouns + body->sectors)       ? .85F
               : body->places && !(t->flags & KG_I_FORM) && length <= 4     ? .5F
               : body->nouns == 1 && length == 2 && !(t->flags & KG_I_FORM) ? .5F
                                                                            : 0;
    }
    const bool own = body->chars >= 2 || body->latin || body->quoted;
    return (own || (body->places && length <= 4)) && length <= 6 && !body->nouns ? .5F : 0;
}

void kg_i_find_company_names(kg_i_finder* f, uint32_t first, uint32_t last) {
    uint32_t taken = UINT32_MAX; // where the name found last begins
    for (uint32_t i = last; i > first;) {
        const kg_i_token* const t = &f->tokens[--i];
        if (!(t->flags & (KG_I_FORM | KG_I_HEAD_COMPANY)) || kg_i_is_named(t) ||
            (t->flags & KG_I_PREFIX) || i >= taken || is_verb(f, i, last)) {
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

/// Whether a common word may end a brand: a noun or trade that nothing else uses.
static bool may_end_brand(const kg_i_token* t) {
    return t->kind == KG_I_TOKEN_WORD && kg_i_token_length(t) >= 2 && kg_i_token_length(t) <= 3 &&
           (t->flags & (KG_I_NOUN | KG_I_IS_SECTOR | KG_I_TRADE)) && !kg_i_is_named(t) &&
           !(t->flags & (KG_I_BOUNDARY | KG_I_ACTOR | KG_I_POST | KG_I_MEASURE | KG_I_STAND_IN));
}

/// Whether letters look like a name and not like the short form of a term: Lancium, not OLED.
static bool is_latin_name(const kg_i_finder* f, const kg_i_token* t) {
    unsigned small = 0;
    if (t->kind != KG_I_TOKEN_LATIN || kg_i_token_length(t) < 4) {
        return false;
    }
    for (uint32_t i = t->begin; i < t->end; ++i) {
        small += f->chars[i] >= 'a' && f->chars[i] <= 'z';
    }
    return small >= 2 && f->chars[t->begin] >= 'A' && f->chars[t->begin] <= 'Z';
}

/// Runs of characters that no word claims are brands as often as not; the words around them decide.
/// A place may stand before and a common word behind them: 青州某某集成.
void kg_i_find_brands(kg_i_finder* f, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last;) {
        if (is_latin_name(f, &f->tokens[i])) {
            kg_i_add_candidate(f, f->tokens[i].begin, f->tokens[i].end, KG_COMPANY,
                               KG_I_FROM_CONTEXT, KG_I_BRAND_SCORE + .05F);
        }
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
        const bool placed = from > first && (f->tokens[from - 1].flags & KG_I_IS_PLACE);
        const uint32_t begins[] = {f->tokens[from].begin,
                                   placed ? f->tokens[from - 1].begin : f->tokens[from].begin};
        for (unsigned k = 0; k <= (unsigned)placed; ++k) {
            kg_i_add_candidate(f, begins[k], f->tokens[i - 1].end, KG_COMPANY, KG_I_FROM_CONTEXT,
                               KG_I_BRAND_SCORE);
            if (i < last && length <= 3 && may_end_brand(&f->tokens[i])) {
                kg_i_add_candidate(f, begins[k], f->tokens[i].end, KG_COMPANY, KG_I_FROM_CONTEXT,
                                   KG_I_BRAND_SCORE);
            }
        }
    }
}
