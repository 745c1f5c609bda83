// SPDX-License-Identifier: GPL-3.0-or-later
// Which simplified character a traditional one stands for depends on the word (乾 in 乾隆 stays,
// 乾燥 becomes 干燥): OpenCC knows words, so a block with traditional text goes through it whole. A
// lone character in simplified text is more often a name (昇腾) than a slip, so those that live on
// in names are left as they are.
#include "base/buffer.h"
#include "base/utf8.h"
#include "text/normal.h"

#include <stdlib.h>

static bool lives_on_in_names(uint32_t c) {
    static const uint16_t names[] = {
        0x4E7E /* 乾 */, 0x6607 /* 昇 */, 0x65BC /* 於 */, 0x5803 /* 堃 */,
        0x752F /* 甯 */, 0x85C9 /* 藉 */, 0x77AD /* 瞭 */, 0x5FB5 /* 徵 */,
        0x5925 /* 夥 */, 0x9245 /* 鉅 */, 0x937E /* 鍾 */, 0x9318 /* 錘 */,
        0x6FEC /* 濬 */, 0x6688 /* 暈 */, 0x9EBC /* 麼 */, 0x8457 /* 著 */};
    for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
        if (c == names[i]) {
            return true;
        }
    }
    return false;
}

static bool is_traditional(const kg_i_table* table, uint32_t c) {
    return c < KG_I_TABLE_SIZE && table->simplified[c] != c;
}

/// Convert by OpenCC's words; false if the result is not as long as the text.
static bool convert_whole(uint32_t* chars, uint32_t begin, uint32_t end, kg_status* status,
                          kg_error* error) {
    kg_i_buffer text = {0};
    char* converted = NULL;
    for (uint32_t i = begin; i < end; ++i) {
        kg_i_buffer_add_code(&text, chars[i]);
    }
    if (text.failed) {
        *status = kg_fail(error, KG_ERR_MEMORY, NULL, "%s", "out of memory");
    } else {
        *status = kg_i_simplify(text.ptr, text.len, &converted, error);
    }
    kg_i_buffer_dispose(&text);
    if (*status != KG_OK) {
        return true;
    }
    const kg_slice all = kg_slice_of(converted);
    uint32_t length = 0;
    for (size_t i = 0; i < all.len; ++i) {
        length += ((unsigned char)all.ptr[i] & 0xC0U) != 0x80U;
    }
    const bool same = length == end - begin;
    size_t at = 0;
    for (uint32_t i = begin; same && i < end; ++i) {
        at += kg_i_utf8_decode(all.ptr + at, all.len - at, &chars[i]);
    }
    free(converted);
    return same;
}

kg_status kg_i_traditional(const kg_document* document, uint32_t* chars, kg_error* error) {
    const kg_i_table* const table = kg_i_table_get(error);
    if (!table) {
        return KG_ERR_IO;
    }
    for (uint32_t b = 0; b < document->block_count; ++b) {
        const kg_block* const block = &document->blocks[b];
        uint32_t hits = 0;
        uint32_t han = 0;
        for (uint32_t i = block->begin; i < block->end; ++i) {
            han += kg_i_han(chars[i]);
            hits += is_traditional(table, chars[i]) && !lives_on_in_names(chars[i]);
        }
        if (!hits) {
            continue;
        }
        kg_status status = KG_OK;
        enum { ONE_IN = 20 }; // traditional text has one in three
        const bool whole = hits >= 2 && hits * ONE_IN >= han;
        if (whole && convert_whole(chars, block->begin, block->end, &status, error)) {
            if (status != KG_OK) {
                return status;
            }
            continue;
        }
        for (uint32_t i = block->begin; i < block->end; ++i) {
            if (is_traditional(table, chars[i]) && (whole || !lives_on_in_names(chars[i]))) {
                chars[i] = table->simplified[chars[i]];
            }
        }
    }
    return KG_OK;
}
