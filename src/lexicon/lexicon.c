// SPDX-License-Identifier: GPL-3.0-or-later
#include "kg/lexicon.h"

#include "base/utf8.h"
#include "lexicon/lexicon_i.h"

#include <stdlib.h>

void kg_lexicon_free(kg_lexicon* lexicon) {
    if (!lexicon) {
        return;
    }
    kg_i_automaton_free(lexicon->automaton);
    kg_i_arena_dispose(&lexicon->arena);
    free(lexicon);
}

const kg_i_automaton* kg_i_lexicon_automaton(const kg_lexicon* lexicon) {
    return lexicon->automaton;
}

const kg_i_sense* kg_i_lexicon_senses(const kg_lexicon* lexicon, uint32_t key, uint32_t* count) {
    const uint32_t first = lexicon->first_sense[key];
    *count = lexicon->first_sense[key + 1] - first;
    return lexicon->senses + first;
}

uint16_t kg_i_lexicon_class(const kg_lexicon* lexicon, const char* name) {
    const kg_slice wanted = kg_slice_of(name);
    for (uint32_t i = 0; i < lexicon->class_count; ++i) {
        if (kg_slice_equal(lexicon->classes[i], wanted)) {
            return (uint16_t)i;
        }
    }
    return KG_I_NO_CLASS;
}

bool kg_i_lexicon_is(const kg_lexicon* lexicon, uint32_t key, uint16_t class) {
    uint32_t count = 0;
    const kg_i_sense* const senses = kg_i_lexicon_senses(lexicon, key, &count);
    for (uint32_t i = 0; i < count; ++i) {
        if (senses[i].kind == KG_I_SENSE_WORD && senses[i].class == class) {
            return true;
        }
    }
    return false;
}

const kg_i_entry_more* kg_i_lexicon_more(const kg_lexicon* lexicon, const kg_lexicon_entry* entry) {
    return &lexicon->more[entry - lexicon->entries];
}

/// The key of a UTF-8 string, or KG_I_NO_KEY.
static uint32_t key_of(const kg_lexicon* lexicon, kg_slice name) {
    uint32_t chars[KG_I_KEY_CHARS];
    uint32_t count = 0;
    for (size_t at = 0; at < name.len; ++count) {
        uint32_t code = 0;
        const unsigned size = kg_i_utf8_decode(name.ptr + at, name.len - at, &code);
        if (size == 0 || count == KG_I_KEY_CHARS) {
            return KG_I_NO_KEY;
        }
        chars[count] = code;
        at += size;
    }
    return count ? kg_i_automaton_exact(lexicon->automaton, chars, 0, count) : KG_I_NO_KEY;
}

const kg_lexicon_entry* kg_lexicon_find(const kg_lexicon* lexicon, kg_type type, kg_slice name) {
    const uint32_t key = key_of(lexicon, name);
    if (key == KG_I_NO_KEY) {
        return NULL;
    }
    uint32_t count = 0;
    const kg_i_sense* const senses = kg_i_lexicon_senses(lexicon, key, &count);
    const kg_i_sense* best = NULL;
    bool several = false;
    for (uint32_t i = 0; i < count; ++i) {
        const kg_i_sense* const s = &senses[i];
        if (s->kind != KG_I_SENSE_ENTRY || (type != KG_TYPE_COUNT && s->type != type)) {
            continue;
        }
        if (!best || (best->alias && !s->alias)) {
            best = s;
            several = false;
        } else if (best->alias == s->alias && best->entry != s->entry) {
            several = true;
        }
    }
    return best && !several ? &lexicon->entries[best->entry] : NULL;
}

const kg_lexicon_entry* kg_lexicon_by_id(const kg_lexicon* lexicon, kg_slice id) {
    uint32_t low = 0;
    uint32_t high = lexicon->entry_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const kg_lexicon_entry* const entry = &lexicon->entries[lexicon->by_id[middle]];
        const int order = kg_slice_compare(entry->id, id);
        if (order == 0) {
            return entry;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

const kg_lexicon_entry* kg_lexicon_at(const kg_lexicon* lexicon, uint32_t index) {
    return index < lexicon->entry_count ? &lexicon->entries[index] : NULL;
}
