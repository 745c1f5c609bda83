// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What is asked of a JSON text besides its tree: that it is small enough to be made one, and
/// where an element stands when the tree shows a fault in it.
#ifndef KG_RECORD_JSON_SCAN_H
#define KG_RECORD_JSON_SCAN_H

#include "kg/base.h"

enum {
    KG_I_JSON_MAX_BYTES = 64 * 1024 * 1024,
    KG_I_JSON_MAX_VALUES = 4 * 1024 * 1024, ///< a tree node takes some 80 bytes
    KG_I_JSON_MAX_DEPTH = 64
};

/// Check the limits above, that the text is UTF-8, and that no string holds U+0000, which a C
/// string would be cut at. The grammar is left to the parser. Linear in the text.
kg_status kg_i_json_check(kg_slice json, kg_error* KG_NULLABLE error);

/// The offset of element `index` of the array that the top object has under `key`; 0 if there is
/// no such element. The text must be valid JSON.
size_t kg_i_json_element(kg_slice json, kg_slice key, uint32_t index);

#endif
