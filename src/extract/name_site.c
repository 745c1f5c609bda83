// SPDX-License-Identifier: GPL-3.0-or-later
// Parks, facilities and organizations by their make-up: place, brand, theme, head.
#include "extract/name.h"

static const struct {
    uint64_t flag;
    kg_type type;
} heads[] = {{KG_I_HEAD_PARK, KG_PARK},
             {KG_I_HEAD_FACILITY, KG_FACILITY},
             {KG_I_HEAD_ORGANIZATION, KG_ORGANIZATION}};

static bool ends_in(const kg_i_finder* f, const kg_i_token* t, uint32_t a, uint32_t b) {
    return kg_i_token_length(t) >= 2 && f->chars[t->end - 2] == a && f->chars[t->end - 1] == b;
}

static float score_park(const kg_i_finder* f, const kg_i_body* body, uint32_t head) {
    const kg_i_token* const t = &f->tokens[head];
    if (!kg_i_has_core(body)) {
        return body->sectors && !(t->flags & KG_I_WEAK_HEAD) ? KG_I_DOUBTFUL_SCORE : 0;
    }
    if (!(t->flags & KG_I_WEAK_HEAD)) {
        return .85F;
    }
    // 园区, 园, 小镇 by themselves; 城, 谷 and the like where the theme is said too.
    const uint32_t c = f->chars[t->end - 1];
    const bool clear =
        ends_in(f, t, 0x56ED, 0x533A) || (c == 0x56ED && body->chars != 1) || c == 0x9547;
    const bool themed = (c == 0x57CE || c == 0x8C37) && body->sectors;
    return clear || themed ? .6F : body->chars >= 2 || body->entries ? KG_I_DOUBTFUL_SCORE : 0;
}

static float score_facility(const kg_i_finder* f, const kg_i_body* body, uint32_t head,
                            uint32_t first) {
    const kg_i_token* const t = &f->tokens[head];
    const uint32_t length = t->begin - f->tokens[body->start].begin;
    const bool weak = (t->flags & KG_I_WEAK_HEAD) &&
                      !(f->tokens[head - 1].flags & KG_I_HEAD_FACILITY); // 项目一期
    if (weak) {
        const bool base = ends_in(f, t, 0x57FA, 0x5730) && body->chars >= 2; // 基地
        return base || body->entries || body->places || (body->latin && length > 2) || body->quoted
                   ? .5F
               : body->chars >= 2 ? KG_I_DOUBTFUL_SCORE
                                  : 0;
    }
    if (kg_i_has_core(body)) {
        return .8F;
    }
    const bool built = body->start > first && (f->tokens[body->start - 1].flags & KG_I_SITE_LEAD);
    if (length < 4) {
        return 0;
    }
    if (body->numbers || (built && (body->sectors || body->nouns > 1))) {
        return .5F;
    }
    return body->sectors ? KG_I_DOUBTFUL_SCORE : 0;
}

/// Of the one-character heads of organizations only 局, 厅 and 署 are clear.
static float score_body(const kg_i_finder* f, uint32_t head) {
    const kg_i_token* const t = &f->tokens[head];
    const uint32_t c = f->chars[t->end - 1];
    if (!(t->flags & KG_I_WEAK_HEAD)) {
        return .8F;
    }
    return c == 0x5C40 || c == 0x5385 || c == 0x7F72 ? .5F : 0;
}

static float score_of(const kg_i_finder* f, const kg_i_body* body, uint32_t head, kg_type type,
                      uint32_t first) {
    if (body->start == head || body->counted) {
        return 0;
    }
    switch (type) {
    case KG_PARK:
        return score_park(f, body, head);
    case KG_FACILITY:
        return score_facility(f, body, head, first);
    default:
        return kg_i_has_core(body) ? score_body(f, head) : 0;
    }
}

/// The type of a name whose head may end several.
static kg_type type_of(const kg_i_finder* f, uint32_t first, uint32_t head) {
    const uint64_t flags = f->tokens[head].flags;
    const kg_i_token* const t = &f->tokens[head];
    const bool research = (flags & KG_I_HEAD_FACILITY) && f->chars[t->begin] == 0x7814 &&
                          f->chars[t->begin + 1] == 0x7A76; // 研究中心, 研究院
    if (research || ((flags & KG_I_HEAD_ORGANIZATION) && (flags & KG_I_HEAD_FACILITY))) {
        const kg_i_body body = kg_i_walk_left(f, first, head, KG_ORGANIZATION);
        for (uint32_t i = body.start; i < head; ++i) {
            if (f->tokens[i].flags & (KG_I_IS_COMPANY | KG_I_HEAD_COMPANY)) {
                return KG_FACILITY;
            }
        }
        return KG_ORGANIZATION;
    }
    for (size_t i = 0; i < sizeof heads / sizeof *heads; ++i) {
        if (flags & heads[i].flag) {
            return heads[i].type;
        }
    }
    return KG_TYPE_COUNT;
}

/// The part of a name that names the thing too: what a quote holds, or what stands behind places
/// and owners if that is more than a kind of thing.
static void find_inner(const kg_i_finder* f, const kg_i_body* body, uint32_t head,
                       kg_i_candidate* c) {
    uint32_t i = body->start;
    if (kg_i_is_mark(&f->tokens[i], 0x201C)) {
        uint32_t end = i + 1;
        while (end < head && !kg_i_is_mark(&f->tokens[end], 0x201D)) {
            ++end;
        }
        if (end < head && f->tokens[end].begin - f->tokens[i].end >= 2) {
            c->inner_begin = f->tokens[i].end;
            c->inner_end = f->tokens[end].begin;
        }
        return;
    }
    while (i < head && ((f->tokens[i].flags & (KG_I_IS_PLACE | KG_I_IS_PARK)) ||
                        (c->type == KG_FACILITY && (f->tokens[i].flags & KG_I_IS_COMPANY)))) {
        ++i;
    }
    unsigned own = 0;
    for (uint32_t k = i; k < head; ++k) {
        const kg_i_token* const t = &f->tokens[k];
        own += t->kind == KG_I_TOKEN_LATIN || t->kind == KG_I_TOKEN_NUMBER ||
                       (t->flags & (KG_I_IS_SECTOR | KG_I_IS_PLACE | KG_I_IS_COMPANY))
                   ? 2
                   : kg_i_is_single(t);
    }
    if (i > body->start && own >= 2) {
        c->inner_begin = f->tokens[i].begin;
        c->inner_end = c->end;
    }
}

void kg_i_find_site_names(kg_i_finder* f, uint32_t first, uint32_t last) {
    uint32_t taken[KG_TYPE_COUNT];
    for (unsigned i = 0; i < KG_TYPE_COUNT; ++i) {
        taken[i] = UINT32_MAX;
    }
    for (uint32_t i = last; i > first;) {
        const kg_i_token* const t = &f->tokens[--i];
        if (kg_i_is_named(t)) {
            continue;
        }
        const kg_type type = type_of(f, first, i);
        if (type == KG_TYPE_COUNT || i >= taken[type]) {
            continue;
        }
        const kg_i_body body = kg_i_walk_left(f, first, i, type);
        const float score = score_of(f, &body, i, type, first);
        if (score <= 0) {
            continue;
        }
        const uint32_t c =
            kg_i_add_candidate(f, f->tokens[body.start].begin, t->end, type, KG_I_FROM_HEAD, score);
        if (c != KG_I_NONE && type != KG_ORGANIZATION) {
            find_inner(f, &body, i, &f->found[c]);
        }
        taken[type] = body.start;
    }
}
