// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// A sequence tagger that has the last word on names: it sees the characters, what the lexicon
/// knows of them and what the rules for names made of them, and says of each character whether it
/// begins, continues or ends a name, and of which type. Places and people are left to the rules.
///
/// A structured perceptron (Collins 2002) with averaged weights, decoded by Viterbi's algorithm;
/// linear in the text. `ontology/model/tagger.kgm` holds the weights; docs/tagger.md says how they
/// are made. Without the file the rules stand alone.
#ifndef KG_EXTRACT_TAGGER_H
#define KG_EXTRACT_TAGGER_H

#include "base/arena.h"
#include "extract/scope.h"

enum {
    KG_I_TAG_TYPES = 5,                 ///< types that are tagged
    KG_I_TAGS = 1 + 4 * KG_I_TAG_TYPES, ///< outside, and begin, inside, end, single of each
    KG_I_TAG_ROW = 24,                  ///< the same, padded
    KG_I_TAG_FEATURES = 30,             ///< of one character, at most
    KG_I_TAG_WINDOW = 1000              ///< characters; longer sentences are tagged in pieces
};

/// One character as the tagger sees it.
typedef struct {
    uint32_t code;   ///< folded: digits alike, lower case
    uint32_t rule;   ///< what the rules made of it, 0: nothing
    uint32_t starts; ///< the longest word of the lexicon that begins here
    uint32_t ends;   ///< … that ends here
    uint32_t covers; ///< … that holds it, and where in it
    uint32_t at;     ///< character of the text
} kg_i_tag_char;

/// The weights of one feature beside its key: half a cache line, met in one access.
typedef struct {
    uint32_t key; ///< 0: empty
    int8_t by[KG_I_TAG_ROW];
    uint32_t unused;
} kg_i_tag_row;

typedef struct {
    kg_i_arena arena;
    uint64_t* KG_NULLABLE sieve;    ///< bits by hash: most features are in no row
    kg_i_tag_row* KG_NULLABLE rows; ///< open addressing
    uint32_t capacity, row_count;
    int32_t steps[KG_I_TAGS][KG_I_TAGS]; ///< from tag to tag
} kg_i_tagger;

/// Read the model at `path`. Missing: an empty tagger, which changes nothing.
kg_status kg_i_tagger_load(const char* KG_NONNULL path, kg_i_tagger* KG_NONNULL out,
                           kg_error* KG_NULLABLE error) KG_MUST_USE;
void kg_i_tagger_dispose(kg_i_tagger* KG_NONNULL tagger);

/// The type that tag index `index` (0 to KG_I_TAG_TYPES - 1) stands for.
kg_type kg_i_tag_type(unsigned index);
/// Whether tag `b` may follow tag `a`.
bool kg_i_tag_follows(unsigned a, unsigned b);
bool kg_i_tag_may_start(unsigned tag);
bool kg_i_tag_may_end(unsigned tag);

/// Lay out the characters [begin, end) of sentence `sentence`, at most KG_I_TAG_WINDOW; how many.
uint32_t kg_i_tag_lay(const kg_i_scope* KG_NONNULL scope, uint32_t sentence, uint32_t begin,
                      uint32_t end, kg_i_tag_char* KG_NONNULL out);
/// The features of character `at`; how many.
uint32_t kg_i_tag_features(const kg_i_tag_char* KG_NONNULL chars, uint32_t count, uint32_t at,
                           uint32_t out[KG_NONNULL KG_I_TAG_FEATURES]);
/// Tag them. `margins` says by how much each character's tag is ahead of all others there, its
/// neighbours aside.
void kg_i_tag_decode(const kg_i_tagger* KG_NONNULL tagger, const kg_i_tag_char* KG_NONNULL chars,
                     uint32_t count, uint8_t* KG_NONNULL tags, int16_t* KG_NONNULL margins);

/// Let the tagger look at what the rules found in the scope, and rewrite the scope's entities and
/// mentions (retag.c).
kg_status kg_i_retag(const kg_i_tagger* KG_NONNULL tagger, kg_i_scope* KG_NONNULL scope,
                     kg_error* KG_NULLABLE error) KG_MUST_USE;

#endif
