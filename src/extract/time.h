// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Times that a sentence gives: 2018年12月28日, 去年5月, 截至6月底.
#ifndef KG_EXTRACT_TIME_H
#define KG_EXTRACT_TIME_H

#include "kg/text.h"

typedef struct {
    uint32_t begin, end; ///< characters of the words
    char iso[12];        ///< YYYY, YYYY-MM or YYYY-MM-DD
    bool until;          ///< 到2025年, 截至6月底
} kg_i_time;

/// The time nearest to characters [begin, end) within [from, to), those before preferred. `date`
/// is the document's, for what is said by it (去年); may be empty. False if there is none.
bool kg_i_find_time(const kg_text* KG_NONNULL text, uint32_t from, uint32_t to, uint32_t begin,
                    uint32_t end, kg_slice date, kg_i_time* KG_NONNULL out);

#endif
