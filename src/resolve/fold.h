// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// When two spellings are one name, and when a name is no name.
#ifndef KG_RESOLVE_FOLD_H
#define KG_RESOLVE_FOLD_H

#include "base/buffer.h"
#include "kg/model.h"

/// Append `name` in the form in which names are compared: NFKC with case folded; spaces, brackets
/// (not what is in them), quotes and middle dots left out. A name made of such characters alone is
/// appended as it is. False when out of memory.
bool kg_i_fold_name(kg_slice name, kg_i_buffer* KG_NONNULL out);

/// Whether a folded name says what a thing is and not which (高新区, 西南总部, 市政府), so that it
/// means something else in each document.
bool kg_i_is_bare(kg_type type, kg_slice folded);

#endif
