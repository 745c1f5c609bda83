// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/map.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

uint64_t kg_i_hash(kg_slice bytes, uint64_t seed) {
    return XXH3_64bits_withSeed(bytes.len ? bytes.ptr : "", bytes.len, seed);
}

void kg_i_hash128(kg_slice bytes, uint64_t out[2]) {
    const XXH128_hash_t hash = XXH3_128bits(bytes.len ? bytes.ptr : "", bytes.len);
    out[0] = hash.high64;
    out[1] = hash.low64;
}

static kg_i_map_slot* find_slot(kg_i_map_slot* slots, size_t capacity, kg_slice key) {
    size_t at = (size_t)kg_i_hash(key, 0) & (capacity - 1);
    while (slots[at].key.ptr && !kg_slice_equal(slots[at].key, key)) {
        at = (at + 1) & (capacity - 1);
    }
    return &slots[at];
}

static bool grow(kg_i_map* map) {
    const size_t capacity = map->capacity ? map->capacity * 2 : 64;
    kg_i_map_slot* const slots = calloc(capacity, sizeof *slots);
    if (!slots) {
        return false;
    }
    for (size_t i = 0; i < map->capacity; ++i) {
        if (map->slots[i].key.ptr) {
            *find_slot(slots, capacity, map->slots[i].key) = map->slots[i];
        }
    }
    free(map->slots);
    map->slots = slots;
    map->capacity = capacity;
    return true;
}

uint32_t* kg_i_map_get(const kg_i_map* map, kg_slice key) {
    if (!map->capacity) {
        return NULL;
    }
    kg_i_map_slot* const slot = find_slot(map->slots, map->capacity, key);
    return slot->key.ptr ? &slot->value : NULL;
}

uint32_t* kg_i_map_put(kg_i_map* map, kg_slice key, uint32_t value, bool* is_new) {
    if (map->count * 4 >= map->capacity * 3 && !grow(map)) {
        return NULL;
    }
    if (!key.ptr) {
        key.ptr = ""; // an empty key is a key too; null marks empty slots
    }
    kg_i_map_slot* const slot = find_slot(map->slots, map->capacity, key);
    const bool made = !slot->key.ptr;
    if (made) {
        slot->key = key;
        slot->value = value;
        ++map->count;
    }
    if (is_new) {
        *is_new = made;
    }
    return &slot->value;
}

void kg_i_map_dispose(kg_i_map* map) {
    free(map->slots);
    *map = (kg_i_map){0};
}
