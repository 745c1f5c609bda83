// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz_source.h"

int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    fuzz_read(bytes, size, KG_LIT("lines.jsonl"), NULL);
    return 0;
}
