// SPDX-License-Identifier: GPL-3.0-or-later
// The finding of entities, from the text to the scope: words, candidates for names, entities,
// mentions by common nouns.
#include "extract/mention.h"

#include "base/try.h"

#include <string.h>

uint32_t kg_i_add_candidate(kg_i_finder* f, uint32_t begin, uint32_t end, kg_type type,
                            kg_i_source source, float score) {
    if (f->found_count == f->found_capacity) {
        const uint32_t capacity = f->found_capacity ? 2 * f->found_capacity : 64;
        kg_i_candidate* const grown = kg_i_arena_array(f->scope->arena, capacity, sizeof *f->found);
        if (!grown) {
            f->out_of_memory = true;
            return KG_I_NONE;
        }
        if (f->found_count) {
            memcpy(grown, f->found, f->found_count * sizeof *grown);
        }
        f->found = grown;
        f->found_capacity = capacity;
    }
    f->found[f->found_count] = (kg_i_candidate){.begin = begin,
                                                .end = end,
                                                .key = KG_I_NO_KEY,
                                                .of = KG_I_NONE,
                                                .outer = KG_I_NONE,
                                                .entity = KG_I_NONE,
                                                .type = type,
                                                .source = source,
                                                .score = score};
    return f->found_count++;
}

uint32_t kg_i_token_from(const kg_i_finder* f, uint32_t at) {
    uint32_t low = 0;
    uint32_t high = f->token_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (f->tokens[middle].begin < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

kg_slice kg_i_copy_text(kg_i_finder* f, uint32_t begin, uint32_t end) {
    const kg_text* const text = f->scope->text;
    const size_t size = kg_text_copy(text, begin, end, NULL, 0);
    char* const copy = kg_i_arena_alloc(f->scope->arena, size + 1);
    if (!copy) {
        f->out_of_memory = true;
        return (kg_slice){0};
    }
    kg_text_copy(text, begin, end, copy, size + 1);
    return (kg_slice){copy, size};
}

/// 某某高新区管委会 speaks of 某某高新区 too.
static void add_zone_within(kg_i_finder* f, const kg_i_token* t) {
    static const uint32_t tails[] = {2, 3, 5}; // 工委, 管委会, 管理委员会
    const kg_i_automaton* const automaton = kg_i_lexicon_automaton(f->scope->lexicon);
    for (size_t i = 0; i < sizeof tails / sizeof *tails; ++i) {
        if (kg_i_token_length(t) < tails[i] + 3) {
            break;
        }
        const uint32_t end = t->end - tails[i];
        const uint32_t key = kg_i_automaton_exact(automaton, f->chars, t->begin, end);
        if (key == KG_I_NO_KEY || !(kg_i_lexicon_flags(f->scope->lexicon, key) & KG_I_IS_PARK)) {
            continue;
        }
        const uint32_t c = kg_i_add_candidate(f, t->begin, end, KG_PARK, KG_I_FROM_LEXICON, .9F);
        if (c != KG_I_NONE) {
            f->found[c].key = key;
        }
        return;
    }
}

/// A body that texts quote or name as the place of listing far more often than they speak of it.
static bool is_quoted(const kg_i_finder* f, uint32_t key) {
    static const char* const kinds[] = {"media", "exchange", "regulator", "ministry", "court"};
    const kg_lexicon* const lexicon = f->scope->lexicon;
    uint32_t count = 0;
    const kg_i_sense* const senses = kg_i_lexicon_senses(lexicon, key, &count);
    for (uint32_t i = 0; i < count; ++i) {
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; ++k) {
            if (senses[i].kind == KG_I_SENSE_ENTRY && senses[i].type == KG_ORGANIZATION &&
                kg_slice_equal(lexicon->more[senses[i].entry].kind, kg_slice_of(kinds[k]))) {
                return true;
            }
        }
    }
    return false;
}

void kg_i_find_lexicon_names(kg_i_finder* f, uint32_t first, uint32_t last) {
    static const struct {
        uint64_t flag;
        kg_type type;
    } types[] = {{KG_I_IS_PARK, KG_PARK},
                 {KG_I_IS_PLACE, KG_PLACE},
                 {KG_I_IS_COMPANY, KG_COMPANY},
                 {KG_I_IS_ORGANIZATION, KG_ORGANIZATION},
                 {KG_I_IS_FACILITY, KG_FACILITY}};
    for (uint32_t i = first; i < last; ++i) {
        const kg_i_token* const t = &f->tokens[i];
        for (size_t j = 0; j < sizeof types / sizeof *types; ++j) {
            if (!(t->flags & types[j].flag)) {
                continue;
            }
            const bool doubt = t->flags & KG_I_IS_DOUBTFUL;
            const bool quoted = types[j].type == KG_ORGANIZATION && is_quoted(f, t->key);
            const uint32_t c = kg_i_add_candidate(f, t->begin, t->end, types[j].type,
                                                  doubt ? KG_I_FROM_DOUBT : KG_I_FROM_LEXICON,
                                                  quoted  ? .2F
                                                  : doubt ? .3F
                                                          : .9F);
            if (c != KG_I_NONE) {
                f->found[c].key = t->key;
            }
            if (types[j].type == KG_ORGANIZATION) {
                add_zone_within(f, t);
            }
            break;
        }
    }
}

kg_status kg_i_find_entities(kg_i_scope* scope, kg_error* error) {
    kg_i_finder f = {.scope = scope, .chars = kg_text_chars(scope->text)};
    f.count = kg_text_document(scope->text)->count;
    f.sentences = kg_text_sentences(scope->text, &f.sentence_count);
    KG_TRY(kg_i_find_tokens(&f, error));
    f.first_found = kg_i_arena_array(scope->arena, (size_t)f.sentence_count + 1, sizeof(uint32_t));
    if (!f.first_found) {
        return KG_OUT_OF_MEMORY(error);
    }
    for (uint32_t i = 0; i < f.sentence_count; ++i) {
        f.first_found[i] = f.found_count;
        const uint32_t first = f.first_token[i];
        const uint32_t last = f.first_token[i + 1];
        kg_i_find_lexicon_names(&f, first, last);
        kg_i_find_company_names(&f, first, last);
        kg_i_find_brands(&f, first, last);
        kg_i_find_site_names(&f, first, last);
        kg_i_find_sectors(&f, first, last);
        kg_i_find_people(&f, first, last);
    }
    f.first_found[f.sentence_count] = f.found_count;
    kg_i_find_short_names(&f);
    if (f.out_of_memory) {
        return KG_OUT_OF_MEMORY(error);
    }
    KG_TRY(kg_i_join_entities(&f, error));
    return kg_i_find_anaphors(&f, error);
}
