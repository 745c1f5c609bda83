// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What lines around an article say of it: 发布时间：…, 来源：…, [查看原文](…), and what is no part
/// of any article.
#ifndef KG_SOURCE_META_H
#define KG_SOURCE_META_H

#include "source/builder.h"

typedef enum {
    KG_I_LINE_TEXT,   ///< an article's own words
    KG_I_LINE_META,   ///< labels and their values alone; taken note of, then dropped
    KG_I_LINE_NOISE,  ///< 上一篇, 版权所有, 分享到 …: dropped
    KG_I_LINE_BYLINE, ///< who wrote it
    KG_I_LINE_CAPTION ///< a picture's caption or credit
} kg_i_line_kind;

/// Say what `line` is; labels found in it fill the builder's empty fields.
kg_i_line_kind kg_i_meta_line(kg_i_builder* KG_NONNULL builder, kg_slice line);

/// Whether two strings are the same but for spaces.
bool kg_i_same_text(kg_slice a, kg_slice b);
bool kg_i_starts_with(kg_slice text, const char* KG_NONNULL prefix);
/// Offset of `needle` in `text`, or SIZE_MAX.
size_t kg_i_find(kg_slice text, const char* KG_NONNULL needle);
kg_slice kg_i_trim(kg_slice text);

#endif
