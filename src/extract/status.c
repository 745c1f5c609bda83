// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/relation.h"

uint8_t kg_i_signs_of(const kg_i_reader* r, uint32_t from, uint32_t to) {
    const kg_i_cell* const tokens = r->sheet->tokens.items + r->line->token;
    uint8_t signs = 0;
    while (from > 0 && !kg_i_cell_breaks(&tokens[from - 1])) {
        --from;
    }
    while (to < r->line->token_count && !kg_i_cell_breaks(&tokens[to])) {
        ++to;
    }
    for (uint32_t h = tokens[from].first_hit; h < r->line->hit_count; ++h) {
        const kg_i_hit* const hit = &r->sheet->hits.items[r->line->hit + h];
        if (hit->begin >= to) {
            break;
        }
        const kg_i_class_set* const set = &r->patterns->word_classes[hit->key];
        signs |= (uint8_t)((kg_i_class_has(set, KG_I_CLASS_PLAN) ? KG_I_SIGN_PLAN : 0) |
                           (kg_i_class_has(set, KG_I_CLASS_AGREE) ? KG_I_SIGN_AGREE : 0) |
                           (kg_i_class_has(set, KG_I_CLASS_DONE) ? KG_I_SIGN_DONE : 0) |
                           (kg_i_class_has(set, KG_I_CLASS_ENDED) ? KG_I_SIGN_ENDED : 0));
    }
    return signs;
}

/// What is so by its nature: a post, a trade, a group's member stays what it is while the
/// sentence speaks of plans for something else.
static bool is_lasting(kg_predicate predicate) {
    return predicate == KG_HOLDS_POSITION || predicate == KG_ACTIVE_IN ||
           predicate == KG_SUBSIDIARY_OF || predicate == KG_SUPPLIES ||
           predicate == KG_HEADQUARTERED_IN || predicate == KG_PART_OF ||
           predicate == KG_OPERATES || predicate == KG_SITUATED_IN;
}

kg_fact_status kg_i_status_of(const kg_i_reader* r, const kg_i_relation* relation) {
    const kg_i_sight* const sight = &r->sights.items[relation->sight];
    if (sight->pattern != KG_I_NONE && r->patterns->items[sight->pattern].status >= 0) {
        return (kg_fact_status)r->patterns->items[sight->pattern].status;
    }
    if (is_lasting(relation->predicate) || sight->how == KG_I_HOW_NESTED) {
        return KG_ACTUAL;
    }
    const uint8_t signs = sight->signs;
    if (signs & KG_I_SIGN_AGREE) {
        return KG_AGREED;
    }
    if (signs & KG_I_SIGN_PLAN && !(signs & KG_I_SIGN_DONE)) {
        return KG_PLANNED;
    }
    return KG_ACTUAL;
}
