// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Front matter: the lines between --- (or +++) at the beginning of a Markdown file.
#ifndef KG_SOURCE_FRONT_H
#define KG_SOURCE_FRONT_H

#include "source/builder.h"

/// Take title, date, URL and publisher from the front matter of `text`, the whole file. Returns
/// its length in bytes, 0 if there is none.
size_t kg_i_front_matter(kg_i_builder* KG_NONNULL builder, kg_slice text);

#endif
