// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Propagate a status: `KG_TRY(call())` returns from the enclosing function unless it is KG_OK.
#ifndef KG_BASE_TRY_H
#define KG_BASE_TRY_H

#include "kg/base.h"

#define KG_TRY(call)                                                                               \
    do {                                                                                           \
        const kg_status kg_i_status_ = (call);                                                     \
        if (kg_i_status_ != KG_OK) {                                                               \
            return kg_i_status_;                                                                   \
        }                                                                                          \
    } while (0)

/// Report exhaustion: the one text, in one place.
#define KG_OUT_OF_MEMORY(error) kg_fail((error), KG_ERR_MEMORY, NULL, "%s", "out of memory")

#endif
