// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Markdown's marks within a line.
#ifndef KG_SOURCE_MARKDOWN_H
#define KG_SOURCE_MARKDOWN_H

#include "source/builder.h"

/// Put `text` without emphasis, links' targets, pictures and inline tags; entities resolved.
void kg_i_markdown_inline(kg_i_builder* KG_NONNULL builder, kg_slice text, uint32_t at);

#endif
