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
    bool done;       ///< an earlier query found its groups
    uint32_t groups; ///< found by this query
} member;

typedef struct {
    uint32_t member;
    uint32_t group;
} pair;

typedef struct {
    kg_i_profiling* p;
    kg_i_map member_index;
    kg_i_map group_index;
    KG_I_VEC(member) members;
    KG_I_VEC(group) groups;
    KG_I_VEC(pair) pairs; ///< of this query
    pair last;            ///< of those
} sharing;

static kg_status add_members(sharing* s, kg_profile_section section) {
    for (size_t i = 0; i < s->p->items.count; ++i) {
        const kg_profile_item* const item = &s->p->items.items[i];
        if (item->section != section || item->status == KG_ENDED) {
            continue;
        }
        if (!kg_i_map_put(&s->member_index, item->id, (uint32_t)s->members.count, NULL) ||
            !kg_i_vec_push(&s->members, (member){0})) {
            return KG_OUT_OF_MEMORY(s->p->error);
        }
    }
    return KG_OK;
}

static kg_status group_of(sharing* s, const kg_slice* cells, uint32_t* out) {
    const uint32_t* number = kg_i_map_get(&s->group_index, cells[1]);
    if (!number) {
        KG_TRY(kg_i_profile_know(s->p, cells[1], cells[2], cells[3]));
        const kg_slice id = kg_i_arena_copy(&s->p->profile->arena, cells[1]);
        number = id.ptr ? kg_i_map_put(&s->group_index, id, (uint32_t)s->groups.count, NULL) : NULL;
        if (!number || !kg_i_vec_push(&s->groups, (group){.id = id})) {
            return KG_OUT_OF_MEMORY(s->p->error);
        }
    }
    *out = *number;
    return KG_OK;
}

/// Rows come by member and group, so that a repeated pair follows itself.
static kg_status take_pair(void* handle, uint32_t count, const kg_slice* names,
                           const kg_slice* cells, const char* kinds) {
    (void)count, (void)names, (void)kinds;
    sharing* const s = handle;
    const uint32_t* const who = kg_i_map_get(&s->member_index, cells[0]);
    member* const m = who && s->members.items ? &s->members.items[*who] : NULL;
    if (!m || m->done) {
        return KG_OK;
    }
    pair found = {.member = *who};
    KG_TRY(group_of(s, cells, &found.group));
    if (s->last.member == found.member && s->last.group == found.group) {
        return KG_OK;
    }
    s->last = found;
    ++m->groups;
    return kg_i_vec_push(&s->pairs, found) ? KG_OK : KG_OUT_OF_MEMORY(s->p->error);
}

static void count_pairs(sharing* s) {
    if (!s->members.items || !s->groups.items) {
        return; // no pairs either
    }
    for (size_t i = 0; i < s->pairs.count; ++i) {
        member* const m = &s->members.items[s->pairs.items[i].member];
        group* const g = &s->groups.items[s->pairs.items[i].group];
        m->done = true;
        g->sum += 1.0 / m->groups;
        ++g->members;
    }
    s->pairs.count = 0;
}

static kg_status conclude(sharing* s, kg_profile_section section, kg_concentration* out) {
    for (size_t i = 0; i < s->members.count; ++i) {
        ++*(s->members.items[i].done ? &out->counted : &out->unknown);
    }
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

static kg_status share(sharing* s, kg_profile_section members, kg_profile_section groups,
                       const char* const* queries, uint32_t query_count, kg_concentration* out) {
    KG_TRY(add_members(s, members));
    for (uint32_t i = 0; i < query_count && s->members.count > 0; ++i) {
        s->last = (pair){.member = UINT32_MAX};
        KG_TRY(kg_i_profile_query(s->p, queries[i], s->p->profile->open.id, " ORDER BY 1, 2",
                                  take_pair, s));
        count_pairs(s);
    }
    return conclude(s, groups, out);
}

kg_status kg_i_profile_shares(kg_i_profiling* p, kg_profile_section members,
                              kg_profile_section groups, const char* const* queries,
                              uint32_t query_count, kg_concentration* out) {
    sharing s = {.p = p};
    const kg_status status = share(&s, members, groups, queries, query_count, out);
    kg_i_vec_dispose(&s.pairs);
    kg_i_vec_dispose(&s.groups);
    kg_i_vec_dispose(&s.members);
    kg_i_map_dispose(&s.group_index);
    kg_i_map_dispose(&s.member_index);
    return status;
}
