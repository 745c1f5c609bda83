// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// UTF-8 in and out, one code point at a time.
#ifndef KG_BASE_UTF8_H
#define KG_BASE_UTF8_H

#include "kg/base.h"

/// The length in bytes of the sequence at `ptr` (1 to 4) with `*code` set; 0 if the bytes are not
/// valid UTF-8 (overlong, surrogate, beyond U+10FFFF, cut short). `size` must not be 0.
unsigned kg_i_utf8_decode(const char* KG_NONNULL ptr, size_t size, uint32_t* KG_NONNULL code);

/// Write `code` to `out` (room for 4); returns the length. Invalid codes become U+FFFD.
unsigned kg_i_utf8_encode(uint32_t code, char* KG_NONNULL out);

/// Whether all of `text` is valid; if not, `*valid` is the length of the valid beginning.
bool kg_i_utf8_valid(kg_slice text, size_t* KG_NULLABLE valid);

/// The longest beginning of `text` that is at most `size` bytes and ends between characters.
size_t kg_i_utf8_cut(kg_slice text, size_t size);

#endif
