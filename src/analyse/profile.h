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

/// A way from a member to its groups. `through`, if not KG_PREDICATE_COUNT, is followed first.
typedef struct {
    kg_predicate through;
    kg_predicate predicate;
    kg_type type; ///< of the group; KG_TYPE_COUNT: any
} kg_i_way;

/// Count for each item of section `members` the groups that the ways lead to: ways are tried in
/// turn, in steps (`steps[i]` ways belong together), until a step finds a group. Adds the items of
/// section `groups` with their shares.
kg_status kg_i_profile_shares(kg_i_profiling* KG_NONNULL p, kg_profile_section members,
                              kg_profile_section groups, const kg_i_way* KG_NONNULL ways,
                              const uint32_t* KG_NONNULL steps, uint32_t step_count,
                              kg_concentration* KG_NONNULL out) KG_MUST_USE;

#endif
