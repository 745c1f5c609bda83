// SPDX-License-Identifier: GPL-3.0-or-later
// Mentions by common nouns: 该公司, 园区, 项目.
#include "extract/mention.h"

kg_status kg_i_find_anaphors(kg_i_finder* f, kg_error* error) {
    (void)f;
    (void)error;
    return KG_OK;
}
