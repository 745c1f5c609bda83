// SPDX-License-Identifier: GPL-3.0-or-later
// How the members of a profile spread over groups: sectors, parks, places.
#include "analyse/profile.h"
#include "base/try.h"

typedef struct {
    kg_slice id;
    double sum; ///< of the fractions that its members bring
    uint32_t members;
} group;

typedef struct {
    kg_i_profiling* p;
    kg_i_map index;
    KG_I_VEC(group) groups;
    KG_I_VEC(uint32_t) mine; ///< groups of the member at hand
    KG_I_VEC(kg_slice) ends; ///< of the statements at hand
} sharing;

static kg_status take_end(void* handle, const kg_statement_row* row) {
    sharing* const s = handle;
    if (row->status == KG_ENDED) {
        return KG_OK;
    }
    const kg_slice copy = kg_i_arena_copy(&s->p->profile->arena, row->object);
    return copy.ptr && kg_i_vec_push(&s->ends, copy) ? KG_OK : KG_OUT_OF_MEMORY(s->p->error);
}

static kg_status follow(sharing* s, kg_slice from, kg_predicate predicate) {
    const kg_status status = kg_store_find_statement(s->p->store, from, predicate, (kg_slice){0},
                                                     take_end, s, s->p->error);
    return status == KG_NO ? KG_OK : status;
}

static kg_status add_group(sharing* s, kg_slice id) {
    bool is_new = false;
    const uint32_t* const number = kg_i_map_put(&s->index, id, (uint32_t)s->groups.count, &is_new);
    if (!number || (is_new && !kg_i_vec_push(&s->groups, (group){.id = id}))) {
        return KG_OUT_OF_MEMORY(s->p->error);
    }
    for (size_t i = 0; i < s->mine.count; ++i) {
        if (s->mine.items[i] == *number) {
            return KG_OK;
        }
    }
    return kg_i_vec_push(&s->mine, *number) ? KG_OK : KG_OUT_OF_MEMORY(s->p->error);
}

/// Add the groups at the end of one way to `mine`.
static kg_status walk(sharing* s, kg_slice member, const kg_i_way* way) {
    s->ends.count = 0;
    if (way->through == KG_PREDICATE_COUNT) {
        KG_TRY(follow(s, member, way->predicate));
    } else {
        KG_TRY(follow(s, member, way->through));
        const size_t between = s->ends.count;
        for (size_t i = 0; i < between; ++i) {
            KG_TRY(follow(s, s->ends.items[i], way->predicate));
        }
        for (size_t i = between; i < s->ends.count; ++i) {
            s->ends.items[i - between] = s->ends.items[i];
        }
        s->ends.count -= between;
    }
    for (size_t i = 0; i < s->ends.count; ++i) {
        kg_i_profile_entity entity = {0};
        KG_TRY(kg_i_profile_entity_of(s->p, s->ends.items[i], &entity));
        if (way->type == KG_TYPE_COUNT || entity.type == way->type) {
            KG_TRY(add_group(s, s->ends.items[i]));
        }
    }
    return KG_OK;
}

static kg_status count_member(sharing* s, kg_slice member, const kg_i_way* ways,
                              const uint32_t* steps, uint32_t step_count, kg_concentration* out) {
    s->mine.count = 0;
    for (uint32_t step = 0; step < step_count && s->mine.count == 0; ++step) {
        for (uint32_t i = 0; i < steps[step]; ++i) {
            KG_TRY(walk(s, member, ways++));
        }
    }
    for (size_t i = 0; i < s->mine.count; ++i) {
        group* const g = &s->groups.items[s->mine.items[i]];
        g->sum += 1.0 / (double)s->mine.count;
        ++g->members;
    }
    ++*(s->mine.count > 0 ? &out->counted : &out->unknown);
    return KG_OK;
}

static kg_status conclude(sharing* s, kg_profile_section section, kg_concentration* out) {
    out->groups = (uint32_t)s->groups.count;
    for (size_t i = 0; i < s->groups.count; ++i) {
        const group* const g = &s->groups.items[i];
        kg_i_profile_entity entity = {0};
        KG_TRY(kg_i_profile_entity_of(s->p, g->id, &entity));
        const kg_profile_item item = {.section = section,
                                      .id = g->id,
                                      .name = entity.name,
                                      .type = entity.type,
                                      .members = g->members,
                                      .share = g->sum / out->counted};
        out->herfindahl += item.share * item.share;
        if (!kg_i_vec_push(&s->p->items, item)) {
            return KG_OUT_OF_MEMORY(s->p->error);
        }
    }
    return KG_OK;
}

kg_status kg_i_profile_shares(kg_i_profiling* p, kg_profile_section members,
                              kg_profile_section groups, const kg_i_way* ways,
                              const uint32_t* steps, uint32_t step_count, kg_concentration* out) {
    sharing s = {.p = p};
    kg_status status = KG_OK;
    const size_t count = p->items.count; // shares are added behind
    for (size_t i = 0; i < count && status == KG_OK; ++i) {
        const kg_profile_item* const item = &p->items.items[i];
        if (item->section == members && item->status != KG_ENDED) {
            status = count_member(&s, item->id, ways, steps, step_count, out);
        }
    }
    if (status == KG_OK) {
        status = conclude(&s, groups, out);
    }
    kg_i_vec_dispose(&s.ends);
    kg_i_vec_dispose(&s.mine);
    kg_i_vec_dispose(&s.groups);
    kg_i_map_dispose(&s.index);
    return status;
}
