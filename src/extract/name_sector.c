// SPDX-License-Identifier: GPL-3.0-or-later
// Sectors: the lexicon's, and what they grow into with the words beside them.
#include "extract/name.h"

void kg_i_find_sectors(kg_i_finder* f, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last; ++i) {
        const kg_i_token* const t = &f->tokens[i];
        if (!(t->flags & KG_I_IS_SECTOR)) {
            continue;
        }
        const bool loose = t->flags & (KG_I_IS_LOOSE | KG_I_IS_DOUBTFUL);
        const uint32_t c =
            kg_i_add_candidate(f, t->begin, t->end, KG_SECTOR,
                               loose ? KG_I_FROM_DOUBT : KG_I_FROM_LEXICON, loose ? .3F : .6F);
        if (c != KG_I_NONE) {
            f->found[c].key = t->key;
        }
    }
}
