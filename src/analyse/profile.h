// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// A profile under construction.
#ifndef KG_ANALYSE_PROFILE_H
#define KG_ANALYSE_PROFILE_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "kg/analyse.h"

enum { KG_I_MAX_PROFILE_ITEMS = 1000000 };

/// The result with what it owns.
typedef struct {
    kg_profile open; ///< first: what the caller holds
    kg_i_arena arena;
} kg_i_profile;

typedef struct {
    kg_slice name;
    kg_type type;
} kg_i_profile_entity;

typedef struct {
    kg_store* KG_NONNULL store;
    kg_i_profile* KG_NONNULL profile;
    KG_I_VEC(kg_profile_item) items;
    kg_i_map index; ///< entities by id
    KG_I_VEC(kg_i_profile_entity) entities;
    kg_error* KG_NULLABLE error;
} kg_i_profiling;

/// Which end of a statement is the item; the other is the entity that is asked about.
typedef enum { KG_I_SUBJECT, KG_I_OBJECT } kg_i_end;

/// Add the statements of `predicate` at `entity` to a section: those whose other end is their
/// `end`. For a symmetric predicate both ways count.
kg_status kg_i_profile_add(kg_i_profiling* KG_NONNULL p, kg_profile_section section,
                           kg_slice entity, kg_predicate predicate, kg_i_end end) KG_MUST_USE;

/// Name and type of an entity that a statement names, looked up once; `id` must outlive the
/// profiling.
kg_status kg_i_profile_entity_of(kg_i_profiling* KG_NONNULL p, kg_slice id,
                                 kg_i_profile_entity* KG_NONNULL out) KG_MUST_USE;

/// Keep the name and type of an entity; nothing happens if it is known. Strings are copied.
kg_status kg_i_profile_know(kg_i_profiling* KG_NONNULL p, kg_slice id, kg_slice name,
                            kg_slice type) KG_MUST_USE;

/// Run a query in which `sql` is followed by the id as an SQL string and by `rest`.
kg_status kg_i_profile_query(kg_i_profiling* KG_NONNULL p, const char* KG_NONNULL sql, kg_slice id,
                             const char* KG_NONNULL rest, kg_on_cells KG_NONNULL on_row,
                             void* KG_NULLABLE handle) KG_MUST_USE;

/// Spread the items of section `members` that have not ended over the groups that `queries` lead
/// to, and add the groups as items of section `groups` with their shares. Each query ends where the
/// id of the profile is to follow, and gives member, group, the group's name and type; a member
/// that one query finds groups for is left out of the next. Cost: that of the queries.
kg_status kg_i_profile_shares(kg_i_profiling* KG_NONNULL p, kg_profile_section members,
                              kg_profile_section groups,
                              const char* KG_NONNULL const* KG_NONNULL queries,
                              uint32_t query_count, kg_concentration* KG_NONNULL out) KG_MUST_USE;

#endif
