// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Joining of mentions to entities.
#ifndef KG_EXTRACT_ENTITY_H
#define KG_EXTRACT_ENTITY_H

#include "base/buffer.h"
#include "base/map.h"
#include "extract/mention.h"

/// The mentions that have one name.
typedef struct {
    kg_type type;
    uint32_t first;  ///< candidate
    uint32_t joined; ///< the group it belongs to, itself if it stands alone
    const kg_lexicon_entry* KG_NULLABLE entry;
    uint32_t mentions; ///< of a joined group
    bool titled;       ///< of a joined group: a headline has it
    bool sure;         ///< of a joined group: a mention vouches for all
} kg_i_group;

typedef struct {
    kg_i_finder* KG_NONNULL finder;
    kg_i_map by_name;
    kg_i_map by_entry;
    kg_i_group* KG_NULLABLE groups;
    uint32_t count;
    kg_i_buffer scratch;
} kg_i_join;

/// The end of what of a candidate is the name itself: of a sector without 产业, 行业, 领域.
uint32_t kg_i_core_end(const kg_i_finder* KG_NONNULL finder,
                       const kg_i_candidate* KG_NONNULL candidate);

/// Join groups whose name is a short form of another's.
void kg_i_join_short_forms(kg_i_join* KG_NONNULL join);

/// Whether the words around a doubtful candidate speak for it.
bool kg_i_is_supported(const kg_i_finder* KG_NONNULL finder, uint32_t candidate);

/// Whether an unsupported candidate is worth keeping for a relation that may need it.
bool kg_i_is_possible(const kg_i_finder* KG_NONNULL finder, uint32_t candidate);

#endif
