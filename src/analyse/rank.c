// SPDX-License-Identifier: GPL-3.0-or-later
// Rankings walk the entities twice: once for numbers alone, once for the names of the chosen few.
// Memory is 24 bytes for each entity, not its names.
#include "base/arena.h"
#include "base/message.h"
#include "base/try.h"
#include "base/vec.h"
#include "kg/analyse.h"

typedef struct {
    double group; ///< the community; 0 where there are none
    double value;
    uint32_t ordinal; ///< of the entity in the store's order, which is that of ids
    kg_type type;
} candidate;

typedef struct {
    kg_slice value_name;
    kg_slice group_name; ///< empty: all in one group
    kg_type type;
    uint32_t seen;
    KG_I_VEC(candidate) items;
    kg_error* error;
} collecting;

static const double* measure_of(const kg_entity_row* row, kg_slice name) {
    for (uint32_t i = 0; i < row->measure_count; ++i) {
        if (kg_slice_equal(row->measures[i].name, name)) {
            return &row->measures[i].value;
        }
    }
    return NULL;
}

static kg_status collect(void* handle, const kg_entity_row* row) {
    collecting* const c = handle;
    const uint32_t ordinal = c->seen++;
    const double* const value = measure_of(row, c->value_name);
    const double* const group = c->group_name.len > 0 ? measure_of(row, c->group_name) : NULL;
    if ((c->type != KG_TYPE_COUNT && row->type != c->type) || (c->group_name.len > 0 && !group) ||
        (c->group_name.len == 0 && !value)) {
        return KG_OK;
    }
    const candidate item = {.group = group ? *group : 0,
                            .value = value ? *value : 0,
                            .ordinal = ordinal,
                            .type = row->type};
    return kg_i_vec_push(&c->items, item) ? KG_OK : KG_OUT_OF_MEMORY(c->error);
}

static int by_group_and_value(const void* a, const void* b) {
    const candidate* const left = a;
    const candidate* const right = b;
    if (left->group != right->group) {
        return left->group < right->group ? -1 : 1;
    }
    if (left->value != right->value) {
        return left->value > right->value ? -1 : 1;
    }
    return left->ordinal < right->ordinal ? -1 : left->ordinal > right->ordinal;
}

// Names for the chosen ---------------------------------------------------------------------------

typedef struct {
    uint32_t ordinal;
    uint32_t row;
} wanted;

typedef struct {
    kg_i_arena arena;
    kg_rank_row* rows;
    wanted* wanted; ///< by ordinal
    uint32_t count;
    uint32_t next;
    uint32_t seen;
    kg_error* error;
} naming;

static int by_ordinal(const void* a, const void* b) {
    const wanted* const left = a;
    const wanted* const right = b;
    return left->ordinal < right->ordinal ? -1 : left->ordinal > right->ordinal;
}

static kg_status name_row(void* handle, const kg_entity_row* entity) {
    naming* const n = handle;
    const uint32_t ordinal = n->seen++;
    if (n->next == n->count || n->wanted[n->next].ordinal != ordinal) {
        return KG_OK;
    }
    kg_rank_row* const row = &n->rows[n->wanted[n->next++].row];
    row->id = kg_i_arena_copy(&n->arena, entity->id);
    row->name = kg_i_arena_copy(&n->arena, entity->name);
    row->type = entity->type;
    return row->id.ptr && row->name.ptr ? KG_OK : KG_OUT_OF_MEMORY(n->error);
}

/// Make room for `count` rows.
static kg_status naming_begin(naming* n, size_t count, kg_error* error) {
    n->error = error;
    n->rows = kg_i_arena_array(&n->arena, count, sizeof *n->rows);
    n->wanted = kg_i_arena_array(&n->arena, count, sizeof *n->wanted);
    return n->rows && n->wanted ? KG_OK : KG_OUT_OF_MEMORY(error);
}

static void naming_add(naming* n, const candidate* item, uint32_t rank) {
    n->rows[n->count].rank = rank;
    n->rows[n->count].value = item->value;
    n->wanted[n->count] = (wanted){.ordinal = item->ordinal, .row = n->count};
    ++n->count;
}

static kg_status naming_run(naming* n, kg_store* store) {
    qsort(n->wanted, n->count, sizeof *n->wanted, by_ordinal);
    KG_TRY(kg_store_each_entity(store, name_row, n, n->error));
    if (n->next < n->count) {
        return kg_fail(n->error, KG_ERR_BUSY, NULL, "%s",
                       KG_("the store changed while it was read; try again"));
    }
    return KG_OK;
}

/// The candidates in their order; `KG_NO` if there are none.
static kg_status candidates(kg_store* store, collecting* c) {
    KG_TRY(kg_store_each_entity(store, collect, c, c->error));
    if (c->items.count == 0) {
        return KG_NO;
    }
    qsort(c->items.items, c->items.count, sizeof(candidate), by_group_and_value);
    return KG_OK;
}

// By one measure
// -----------------------------------------------------------------------------------

static kg_status rank(kg_store* store, collecting* c, naming* n, uint32_t count) {
    KG_TRY(candidates(store, c));
    const size_t chosen = count > 0 && count < c->items.count ? count : c->items.count;
    KG_TRY(naming_begin(n, chosen, c->error));
    for (size_t i = 0; i < chosen; ++i) {
        naming_add(n, &c->items.items[i], (uint32_t)i + 1);
    }
    return naming_run(n, store);
}

kg_status kg_rank(kg_store* store, kg_slice measure, kg_type type, uint32_t count,
                  kg_on_rank on_row, void* handle, kg_error* error) {
    collecting c = {.value_name = measure, .type = type, .error = error};
    naming n = {0};
    kg_status status = rank(store, &c, &n, count);
    for (uint32_t i = 0; status == KG_OK && i < n.count; ++i) {
        status = on_row(handle, &n.rows[i]);
    }
    kg_i_vec_dispose(&c.items);
    kg_i_arena_dispose(&n.arena);
    return status;
}

// By community
// -------------------------------------------------------------------------------------

typedef struct {
    KG_I_VEC(kg_community_row) rows;
    naming naming;
} communities;

/// One past the last candidate of the group that begins at `begin`.
static size_t group_end(const collecting* c, size_t begin) {
    size_t end = begin;
    while (end < c->items.count && c->items.items[end].group == c->items.items[begin].group) {
        ++end;
    }
    return end;
}

static kg_status fill(communities* all, const collecting* c, uint32_t count, uint32_t members) {
    size_t end = 0;
    for (size_t begin = 0; begin < c->items.count; begin = end) {
        if (count > 0 && all->rows.count == count) {
            break;
        }
        end = group_end(c, begin);
        kg_community_row row = {.number = (uint32_t)c->items.items[begin].group,
                                .size = end - begin,
                                .members = all->naming.rows + all->naming.count};
        for (size_t i = begin; i < end; ++i) {
            ++row.by_type[c->items.items[i].type];
            if (row.member_count < members) {
                naming_add(&all->naming, &c->items.items[i], ++row.member_count);
            }
        }
        if (!kg_i_vec_push(&all->rows, row)) {
            return KG_OUT_OF_MEMORY(c->error);
        }
    }
    return KG_OK;
}

static kg_status find_communities(kg_store* store, collecting* c, communities* all, uint32_t count,
                                  uint32_t members) {
    KG_TRY(candidates(store, c));
    const uint64_t most = count > 0 ? (uint64_t)count * members : UINT64_MAX;
    const size_t room = most < c->items.count ? (size_t)most : c->items.count;
    KG_TRY(naming_begin(&all->naming, room > 0 ? room : 1, c->error));
    KG_TRY(fill(all, c, count, members));
    return naming_run(&all->naming, store);
}

kg_status kg_communities(kg_store* store, uint32_t count, uint32_t members, kg_on_community on_row,
                         void* handle, kg_error* error) {
    collecting c = {.value_name = KG_LIT("pagerank"),
                    .group_name = KG_LIT("community"),
                    .type = KG_TYPE_COUNT,
                    .error = error};
    communities all = {0};
    kg_status status = find_communities(store, &c, &all, count, members);
    for (size_t i = 0; status == KG_OK && i < all.rows.count; ++i) {
        status = on_row(handle, &all.rows.items[i]);
    }
    kg_i_vec_dispose(&all.rows);
    kg_i_vec_dispose(&c.items);
    kg_i_arena_dispose(&all.naming.arena);
    return status;
}
