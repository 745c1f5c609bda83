// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// How a record is made: one arena holds it and everything that its slices point to.
#ifndef KG_RECORD_RECORD_H
#define KG_RECORD_RECORD_H

#include "base/arena.h"
#include "kg/record.h"

/// An empty record to be filled in place and released by `kg_record_free`; null when out of memory.
kg_record* KG_OWNED kg_i_record_new(void);

/// The arena that everything in `record` should be allocated from. `record` must come from
/// `kg_i_record_new`.
kg_i_arena* KG_NONNULL kg_i_record_arena(kg_record* KG_NONNULL record);

#endif
