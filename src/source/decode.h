// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// From bytes in some charset to UTF-8, with the way back.
#ifndef KG_SOURCE_DECODE_H
#define KG_SOURCE_DECODE_H

#include "kg/base.h"

/// Valid UTF-8 and, for each of its bytes, where in the raw bytes its character begins.
typedef struct {
    kg_slice text;
    uint32_t* KG_NULLABLE map;      ///< text.len + 1 offsets; null: `shift` alone
    uint32_t shift;                 ///< raw offset of text's first byte, without a map
    char* KG_NULLABLE owned;        ///< text's memory unless it is the raw bytes themselves
    const char* KG_NONNULL charset; ///< IANA name; static or `name`
    char name[32];
    uint64_t replaced; ///< characters that could not be decoded: U+FFFD
} kg_i_decoded;

static inline uint32_t kg_i_decoded_origin(const kg_i_decoded* KG_NONNULL decoded, uint32_t at) {
    return decoded->map ? decoded->map[at] : at + decoded->shift;
}

/// Decode `raw`. `forced` overrides everything; `declared` is what the file says of itself and is
/// believed only if it works. Either may be null.
/// @return `KG_ERR_FORMAT` for binary data, `KG_ERR_USAGE` for an unknown forced charset.
kg_status kg_i_decode(kg_slice raw, const char* KG_NULLABLE forced,
                      const char* KG_NULLABLE declared, kg_i_decoded* KG_NONNULL out,
                      kg_error* KG_NULLABLE error) KG_MUST_USE;
void kg_i_decoded_dispose(kg_i_decoded* KG_NONNULL decoded);

/// Decode by iconv's converter `charset`; `*out` is filled whatever is found in `raw`.
kg_status kg_i_convert(kg_slice raw, const char* KG_NONNULL charset, uint32_t shift,
                       kg_i_decoded* KG_NONNULL out) KG_MUST_USE;

/// The kind of file that the first bytes give away ("PDF", "PNG picture" …); null if none.
const char* KG_NULLABLE kg_i_binary_kind(kg_slice raw);

/// The charset that an HTML or XML file declares within its first bytes; "" if none.
void kg_i_declared_charset(kg_slice raw, char out[KG_NONNULL 32]);

#endif
