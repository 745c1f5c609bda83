// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz_source.h"

/// The first byte chooses a charset to force, or none.
int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    static const char* const charsets[] = {NULL,         "GB18030",  "GBK",
                                           "BIG5",       "UTF-16LE", "UTF-16BE",
                                           "BIG5-HKSCS", "EUC-KR",   "ISO-2022-JP"};
    if (!size) {
        return 0;
    }
    const char* const charset = charsets[bytes[0] % (sizeof charsets / sizeof *charsets)];
    fuzz_read(bytes + 1, size - 1, KG_LIT("text"), charset);
    return 0;
}
