// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Which gold entity a predicted one stands for, by the strings they share.
#ifndef KG_EVAL_ALIGN_H
#define KG_EVAL_ALIGN_H

#include "base/arena.h"
#include "kg/record.h"

#define KG_I_UNALIGNED UINT32_MAX

/// The string by which names are compared: NFKC, without spaces, quotes and middle dots, brackets
/// of one style, lower case; of sectors also without 产业, 行业, 领域 at the end. In the arena; the
/// pointer is null when out of memory. Bytes that are not UTF-8 are compared as they are.
kg_slice kg_i_eval_fold(kg_i_arena* KG_NONNULL arena, kg_slice name, bool sector);

/// The folded strings of an entity, each once, its name first. `*out` is in the arena.
bool kg_i_eval_strings(kg_i_arena* KG_NONNULL arena, const kg_record_entity* KG_NONNULL entity,
                       kg_slice* KG_NULLABLE* KG_NONNULL out, uint32_t* KG_NONNULL count);

/// For each predicted entity the index of its gold entity, or KG_I_UNALIGNED: the one that shares
/// most strings, the name counting double and a like type half; of equals the one whose id ("e1",
/// "e2" …) is last in the order of strings, as gold/score.py has it.
bool kg_i_eval_align(kg_i_arena* KG_NONNULL arena, const kg_record_entity* KG_NULLABLE gold,
                     uint32_t gold_count, const kg_record_entity* KG_NULLABLE predicted,
                     uint32_t predicted_count, uint32_t* KG_NONNULL out);

#endif
