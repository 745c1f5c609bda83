// SPDX-License-Identifier: GPL-3.0-or-later
// What each string of the lexicon can be, and what it costs to read it as one word.
#include "lexicon/lexicon_i.h"

#include <string.h>

/// Word classes and affix roles with the bits they give; an affix's type picks the head's bit.
static const struct {
    const char* name;
    uint64_t flags;
} classes[] = {
    {"form", KG_I_FORM},
    {"part", KG_I_PART},
    {"trade", KG_I_TRADE},
    {"prefix", KG_I_PREFIX},
    {"suffix_drop", KG_I_DROP},
    {"tail", KG_I_TAIL},
    {"surname", KG_I_SURNAME},
    {"surname_compound", KG_I_SURNAME},
    {"post", KG_I_POST},
    {"title", KG_I_POST},
    {"anaphor_company", KG_I_STAND_IN},
    {"anaphor_park", KG_I_STAND_IN},
    {"anaphor_facility", KG_I_STAND_IN},
    {"anaphor_organization", KG_I_STAND_IN},
    {"anaphor_place", KG_I_STAND_IN},
    {"anaphor_person", KG_I_STAND_IN},
    {"boundary", KG_I_BOUNDARY},
    {"noise", KG_I_NOISE},
    {"number", KG_I_MEASURE},
    {"time", KG_I_MEASURE},
    {"common_number", KG_I_MEASURE},
    {"nationality", KG_I_NATION},
    {"abbrev_cue", KG_I_CUE},
    {"list_end", KG_I_BOUNDARY},
    {"actor", KG_I_ACTOR},
    {"actor_lead", KG_I_LEAD},
    {"field_lead", KG_I_FIELD_LEAD},
    {"field_end", KG_I_FIELD_END},
    {"field_stop", KG_I_FIELD_STOP},
    {"site_lead", KG_I_SITE_LEAD},
    {"counter", KG_I_COUNTER},
    {"field_verb", KG_I_FIELD_VERB},
    {"generic", KG_I_GENERIC},
    {"sector_part", KG_I_PHRASE},
    {"common_noun", KG_I_NOUN},
    {"common_verb", KG_I_VERB},
    {"common_adjective", KG_I_NOUN | KG_I_OTHER},
    {"common_other", KG_I_OTHER},
};

static uint64_t head_flag(kg_type type) {
    switch (type) {
    case KG_COMPANY:
        return KG_I_HEAD_COMPANY;
    case KG_PARK:
        return KG_I_HEAD_PARK;
    case KG_FACILITY:
        return KG_I_HEAD_FACILITY;
    case KG_ORGANIZATION:
        return KG_I_HEAD_ORGANIZATION;
    default:
        return 0;
    }
}

/// The bits of each class, by its number.
static void map_classes(const kg_lexicon* lexicon, uint64_t* flags) {
    for (uint32_t i = 0; i < lexicon->class_count; ++i) {
        for (size_t j = 0; j < sizeof classes / sizeof *classes; ++j) {
            if (kg_slice_equal(lexicon->classes[i], kg_slice_of(classes[j].name))) {
                flags[i] = classes[j].flags;
            }
        }
    }
}

static uint64_t flags_of(const kg_lexicon* lexicon, const uint64_t* by_class, kg_i_sense sense) {
    switch (sense.kind) {
    case KG_I_SENSE_ENTRY:
        return (UINT64_C(1) << sense.type) | (sense.ambiguous ? KG_I_IS_DOUBTFUL : 0) |
               (lexicon->more[sense.entry].loose ? KG_I_IS_LOOSE : 0);
    case KG_I_SENSE_AFFIX: {
        const kg_slice role = lexicon->classes[sense.class];
        if (kg_slice_equal(role, KG_LIT("head"))) {
            return head_flag(sense.type);
        }
        if (kg_slice_equal(role, KG_LIT("head_weak"))) {
            return head_flag(sense.type) | KG_I_WEAK_HEAD;
        }
        if (kg_slice_equal(role, KG_LIT("form")) && sense.type != KG_COMPANY) {
            return sense.type == KG_SECTOR ? KG_I_TAIL : 0;
        }
        return by_class[sense.class];
    }
    case KG_I_SENSE_WORD:
    default:
        if (sense.class == KG_I_NO_CLASS) {
            return 0;
        }
        return by_class[sense.class] |
               (sense.ambiguous && by_class[sense.class] == KG_I_BOUNDARY ? KG_I_SOFT : 0);
    }
}

/// Names cost what a rare word costs, a little more for each character, so that one long name
/// beats the words it is made of and two words beat a name that would tear them apart.
static unsigned cost_of_name(kg_i_sense sense, unsigned length) {
    const unsigned base = sense.kind == KG_I_SENSE_ENTRY ? 88 : 68;
    return base + 3 * length + (sense.ambiguous ? 16 : 0);
}

#define HEADS (KG_I_HEAD_COMPANY | KG_I_HEAD_PARK | KG_I_HEAD_FACILITY | KG_I_HEAD_ORGANIZATION)

/// A common word that ends in a head is one too: 钢铁公司, 商学院. The automaton's suffix links
/// lead from each word to the words that end it, the longest first.
static void pass_on_heads(kg_lexicon* lexicon) {
    const uint32_t count = kg_i_automaton_count(lexicon->automaton);
    for (uint32_t key = 0; key < count; ++key) {
        const uint64_t flags = lexicon->flags[key];
        if (!(flags & (KG_I_NOUN | KG_I_NOISE)) ||
            (flags & (HEADS | KG_I_IS_ANY | KG_I_PREFIX | KG_I_STAND_IN)) ||
            kg_i_automaton_length(lexicon->automaton, key) < 3) {
            continue;
        }
        uint32_t suffix = kg_i_automaton_suffix(lexicon->automaton, key);
        while (suffix != KG_I_NO_KEY && kg_i_automaton_length(lexicon->automaton, suffix) > 1) {
            const uint64_t heads = lexicon->flags[suffix] & HEADS;
            if (heads && !(lexicon->flags[suffix] & (KG_I_WEAK_HEAD | KG_I_TRADE | KG_I_TAIL))) {
                lexicon->flags[key] |= heads;
                break;
            }
            suffix = kg_i_automaton_suffix(lexicon->automaton, suffix);
        }
    }
}

bool kg_i_lexicon_flag_keys(kg_lexicon* lexicon) {
    const uint32_t count = kg_i_automaton_count(lexicon->automaton);
    lexicon->flags = kg_i_arena_array(&lexicon->arena, (size_t)count + 1, sizeof(uint64_t));
    lexicon->cost = kg_i_arena_array(&lexicon->arena, (size_t)count + 1, 1);
    uint64_t* const by_class =
        kg_i_arena_array(&lexicon->arena, (size_t)lexicon->class_count + 1, sizeof(uint64_t));
    if (!lexicon->flags || !lexicon->cost || !by_class) {
        return false;
    }
    map_classes(lexicon, by_class);
    for (uint32_t key = 0; key < count; ++key) {
        uint32_t senses = 0;
        const kg_i_sense* const sense = kg_i_lexicon_senses(lexicon, key, &senses);
        unsigned cost = UINT8_MAX;
        bool sure = false;
        for (uint32_t i = 0; i < senses; ++i) {
            const uint64_t flags = flags_of(lexicon, by_class, sense[i]);
            const unsigned one =
                sense[i].cost
                    ? sense[i].cost
                    : cost_of_name(sense[i], kg_i_automaton_length(lexicon->automaton, key));
            lexicon->flags[key] |= flags;
            sure |= sense[i].kind == KG_I_SENSE_ENTRY && !sense[i].ambiguous;
            cost = one < cost ? one : cost;
        }
        if (sure) {
            lexicon->flags[key] &= ~KG_I_IS_DOUBTFUL;
        }
        if ((lexicon->flags[key] & KG_I_IS_COMPANY) &&
            (lexicon->flags[key] & (KG_I_IS_SECTOR | KG_I_NOUN | KG_I_VERB | KG_I_OTHER)) &&
            kg_i_automaton_length(lexicon->automaton, key) < 5) {
            // 节能 is a firm's short name and, most of the time, none.
            lexicon->flags[key] |= KG_I_IS_DOUBTFUL;
        }
        lexicon->cost[key] = (uint8_t)cost;
    }
    pass_on_heads(lexicon);
    return true;
}
