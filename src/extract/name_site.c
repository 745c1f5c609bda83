// SPDX-License-Identifier: GPL-3.0-or-later
// Parks, facilities and organizations by their make-up: place, brand, theme, head.
#include "extract/name.h"

static const struct {
    uint64_t flag;
    kg_type type;
} heads[] = {{KG_I_HEAD_PARK, KG_PARK},
             {KG_I_HEAD_FACILITY, KG_FACILITY},
             {KG_I_HEAD_ORGANIZATION, KG_ORGANIZATION}};

static float score_of(const kg_i_finder* f, const kg_i_body* body, uint32_t head, kg_type type) {
    const kg_i_token* const t = &f->tokens[head];
    const uint32_t length = t->begin - f->tokens[body->start].begin;
    if (body->start == head) {
        return 0;
    }
    const bool weak = t->flags & KG_I_WEAK_HEAD;
    switch (type) {
    case KG_PARK:
        return kg_i_has_core(body) ? (weak ? .6F : .85F) : 0;
    case KG_FACILITY:
        if (kg_i_has_core(body)) {
            return weak ? .5F : .8F;
        }
        return !weak && length >= 5 && (body->sectors || body->numbers) ? .5F : 0;
    default:
        return kg_i_has_core(body) ? (weak ? .5F : .8F) : 0;
    }
}

/// The type of a name whose head may end several.
static kg_type type_of(const kg_i_finder* f, uint32_t first, uint32_t head) {
    const uint64_t flags = f->tokens[head].flags;
    if ((flags & KG_I_HEAD_ORGANIZATION) && (flags & KG_I_HEAD_FACILITY)) {
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
        const float score = score_of(f, &body, i, type);
        if (score <= 0) {
            continue;
        }
        kg_i_add_candidate(f, f->tokens[body.start].begin, t->end, type, KG_I_FROM_HEAD, score);
        taken[type] = body.start;
    }
}
