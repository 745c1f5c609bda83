// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Names by their make-up: from the word that ends a name leftwards to where it begins.
#ifndef KG_EXTRACT_NAME_H
#define KG_EXTRACT_NAME_H

#include "extract/mention.h"

/// What stands between the beginning of a name and its head.
typedef struct {
    uint32_t start;   ///< first token
    unsigned chars;   ///< characters that no word claims, and single ones
    unsigned latin;   ///< runs of letters
    unsigned places;  ///< places
    unsigned entries; ///< companies, parks, organizations of the lexicon
    unsigned nouns;   ///< common words
    unsigned sectors; ///< sectors and trade words
    unsigned numbers; ///< numbers and measures
    bool quoted;
    bool counted; ///< 三个, 一批, 首条: what follows is a kind of thing
} kg_i_body;

/// Walk left from the head at token `head` as far as a name of `type` may go, not beyond `first`,
/// and trim what does not belong to it.
kg_i_body kg_i_walk_left(const kg_i_finder* KG_NONNULL finder, uint32_t first, uint32_t head,
                         kg_type type);

/// Whether anything in the body is a name of its own.
static inline bool kg_i_has_core(const kg_i_body* body) {
    return body->chars >= 2 || body->latin || body->places || body->entries || body->quoted;
}

#endif
