// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Hashing, and a map from byte strings to 32-bit numbers: open addressing, keys borrowed.
#ifndef KG_BASE_MAP_H
#define KG_BASE_MAP_H

#include "kg/base.h"

/// 64 bits of XXH3; stable from run to run and machine to machine.
uint64_t kg_i_hash(kg_slice bytes, uint64_t seed);
/// 128 bits of XXH3.
void kg_i_hash128(kg_slice bytes, uint64_t out[KG_NONNULL 2]);

typedef struct {
    kg_slice key; ///< null pointer: empty slot
    uint32_t value;
} kg_i_map_slot;

/// Zero-initialised is empty and ready.
typedef struct {
    kg_i_map_slot* KG_NULLABLE slots;
    size_t capacity; ///< a power of two, or 0
    size_t count;
} kg_i_map;

/// A pointer to the value of `key`, or null. Valid until the next put.
uint32_t* KG_NULLABLE kg_i_map_get(const kg_i_map* KG_NONNULL map, kg_slice key);
/// The value's place, made with `value` if the key is new (`*is_new` tells); the key's bytes
/// must outlive the map. Null when out of memory.
uint32_t* KG_NULLABLE kg_i_map_put(kg_i_map* KG_NONNULL map, kg_slice key, uint32_t value,
                                   bool* KG_NULLABLE is_new);
void kg_i_map_dispose(kg_i_map* KG_NONNULL map);

#endif
