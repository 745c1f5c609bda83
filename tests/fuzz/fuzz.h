// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// libFuzzer's entry point.
#ifndef KG_FUZZ_H
#define KG_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size);

#endif
