// SPDX-License-Identifier: GPL-3.0-or-later
#include "eval/align.h"

#include "base/map.h"

#include <stdio.h>
#include <string.h>

bool kg_i_eval_strings(kg_i_arena* arena, const kg_record_entity* entity, kg_slice** out,
                       uint32_t* count) {
    *count = 0;
    *out = kg_i_arena_array(arena, entity->alias_count + 2u, sizeof **out);
    if (!*out) {
        return false;
    }
    for (uint32_t i = 0; i <= entity->alias_count; ++i) {
        const kg_slice text = i ? entity->aliases[i - 1] : entity->name;
        const kg_slice folded = kg_i_eval_fold(arena, text, entity->type == KG_SECTOR);
        if (!folded.ptr) {
            return false;
        }
        bool known = folded.len == 0;
        for (uint32_t k = 0; k < *count && !known; ++k) {
            known = kg_slice_equal((*out)[k], folded);
        }
        if (!known) {
            (*out)[(*count)++] = folded;
        }
    }
    return true;
}

/// Gold entities that have a string, as a list.
typedef struct {
    uint32_t entity;
    uint32_t next; ///< index from 1; 0: none
} link;

typedef struct {
    kg_i_arena* arena;
    kg_i_map first; ///< string → index from 1 into links
    link* links;
    uint32_t link_count;
} string_index;

static bool index_gold(string_index* index, const kg_record_entity* gold, uint32_t count) {
    size_t room = 1;
    for (uint32_t i = 0; i < count; ++i) {
        room += gold[i].alias_count + 1u;
    }
    index->links = kg_i_arena_array(index->arena, room + 1, sizeof *index->links);
    for (uint32_t i = 0; index->links && i < count; ++i) {
        kg_slice* strings = NULL;
        uint32_t string_count = 0;
        if (!kg_i_eval_strings(index->arena, &gold[i], &strings, &string_count)) {
            return false;
        }
        for (uint32_t k = 0; k < string_count; ++k) {
            uint32_t* const head = kg_i_map_put(&index->first, strings[k], 0, NULL);
            if (!head) {
                return false;
            }
            index->links[++index->link_count] = (link){i, *head};
            *head = index->link_count;
        }
    }
    return index->links != NULL;
}

/// Whether the id of entity `a` comes behind that of `b` in the order of strings.
static bool id_is_later(uint32_t a, uint32_t b) {
    char x[16], y[16];
    (void)snprintf(x, sizeof x, "e%u", a + 1);
    (void)snprintf(y, sizeof y, "e%u", b + 1);
    return strcmp(x, y) > 0;
}

static bool align_one(const string_index* index, const kg_record_entity* gold,
                      const kg_record_entity* entity, uint32_t* votes, uint32_t* out) {
    kg_slice* strings = NULL;
    uint32_t count = 0;
    if (!kg_i_eval_strings(index->arena, entity, &strings, &count)) {
        return false;
    }
    *out = KG_I_UNALIGNED;
    for (unsigned pass = 0; pass < 2; ++pass) {
        for (uint32_t i = 0; i < count; ++i) {
            const uint32_t* const head = kg_i_map_get(&index->first, strings[i]);
            for (uint32_t at = head ? *head : 0; at; at = index->links[at].next) {
                const uint32_t e = index->links[at].entity;
                if (pass == 0) { // in halves of a vote
                    votes[e] += (i == 0 ? 4u : 2u) + (gold[e].type == entity->type ? 1u : 0u);
                } else if (*out == KG_I_UNALIGNED || votes[e] > votes[*out] ||
                           (votes[e] == votes[*out] && id_is_later(e, *out))) {
                    *out = e;
                }
            }
        }
    }
    for (uint32_t i = 0; i < count; ++i) {
        const uint32_t* const head = kg_i_map_get(&index->first, strings[i]);
        for (uint32_t at = head ? *head : 0; at; at = index->links[at].next) {
            votes[index->links[at].entity] = 0;
        }
    }
    return true;
}

bool kg_i_eval_align(kg_i_arena* arena, const kg_record_entity* gold, uint32_t gold_count,
                     const kg_record_entity* predicted, uint32_t predicted_count, uint32_t* out) {
    string_index index = {.arena = arena};
    uint32_t* const votes = kg_i_arena_array(arena, gold_count + 1u, sizeof *votes);
    bool fine = votes && index_gold(&index, gold, gold_count);
    for (uint32_t i = 0; fine && i < predicted_count; ++i) {
        fine = align_one(&index, gold, &predicted[i], votes, &out[i]);
    }
    kg_i_map_dispose(&index.first);
    return fine;
}
