// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Where the values of a JSON text stand: cJSON says whether it is JSON, but not where. These
/// functions expect text that cJSON took; on anything else they stop early and stay in bounds.
#ifndef KG_SOURCE_JSON_H
#define KG_SOURCE_JSON_H

#include "kg/base.h"

/// One value: its bytes (a string's without the quotes) and '"', '{', '[', 't', 'f', 'n' or '0'
/// for a number.
typedef struct {
    kg_slice key;
    kg_slice value;
    char kind;
} kg_i_json_value;

/// A place within an object or array.
typedef struct {
    const char* KG_NONNULL at;
    const char* KG_NONNULL end;
} kg_i_json_cursor;

/// Begin with the members of the object (or array) `text`; false if it is neither.
bool kg_i_json_enter(kg_slice text, kg_i_json_cursor* KG_NONNULL out);
/// The next member; false at the end. In an array keys are empty.
bool kg_i_json_next(kg_i_json_cursor* KG_NONNULL cursor, bool object,
                    kg_i_json_value* KG_NONNULL out);

/// One character of a string's inside, escapes resolved: the number of bytes it took, at least 1.
/// A lone surrogate gives U+FFFD.
size_t kg_i_json_char(const char* KG_NONNULL at, size_t size, uint32_t* KG_NONNULL code);

/// Whether cJSON takes `text` as one value with nothing behind it; if not, `*fault` is the offset
/// where it gave up.
bool kg_i_json_valid(kg_slice text, size_t* KG_NONNULL fault);

#endif
