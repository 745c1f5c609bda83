// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What each feature of a pair of entities says for or against each predicate, from
/// `ontology/patterns/weights.tsv`; docs/patterns.md says how the file comes about.
#ifndef KG_EXTRACT_WEIGHTS_H
#define KG_EXTRACT_WEIGHTS_H

#include "extract/pattern.h"

/// Kinds of features, in the order of the names that stand in the file.
typedef enum {
    KG_I_F_BIAS,     ///< types of both ends
    KG_I_F_TYPES,    ///< the same with the order in the text
    KG_I_F_DISTANCE, ///< types, order, tokens between
    KG_I_F_COMMAS,   ///< order, commas between
    KG_I_F_BETWEEN,  ///< types, order, actors between
    KG_I_F_WORD,     ///< order, trigger word between
    KG_I_F_FIRST,    ///< order, types, first word between
    KG_I_F_LEFT,     ///< order, word before
    KG_I_F_RIGHT,    ///< order, word behind
    KG_I_F_BIGRAM,   ///< order, two characters between
    KG_I_F_EXACT,    ///< order, all that is between, up to three characters
    KG_I_F_BEFORE_A, ///< order, two characters before the left end
    KG_I_F_AFTER_A,
    KG_I_F_BEFORE_B,
    KG_I_F_AFTER_B,
    KG_I_F_HEADLINE,    ///< order, in a headline
    KG_I_F_STARTS,      ///< order, the left end begins a clause
    KG_I_F_LISTS,       ///< order, which ends are members of lists, and of one
    KG_I_F_DENIED,      ///< negated, hoped for
    KG_I_F_NESTED,      ///< types, where the inner name stands
    KG_I_F_TAIL,        ///< types, what follows the inner name
    KG_I_F_OUTER,       ///< types, how the outer name ends
    KG_I_F_REST,        ///< types, what is left without the inner name: a name too, its length
    KG_I_F_CARRIED,     ///< types, how, sentences between
    KG_I_F_NEAR_L,      ///< how, word before the end that is there
    KG_I_F_NEAR_R,      ///< how, word behind it
    KG_I_F_CHARS_L,     ///< how, two characters before it
    KG_I_F_CHARS_R,     ///< how, two characters behind it
    KG_I_F_PATTERN,     ///< pattern, how
    KG_I_F_ENDING_S,    ///< last character of the subject's name, type of the object
    KG_I_F_ENDING_O,    ///< last character of the object's name, type of the subject
    KG_I_F_TITLES,      ///< types, which ends the headline names
    KG_I_F_TOP,         ///< types, which ends are the most named of their type
    KG_I_F_WITHIN,      ///< types, one name holds the other
    KG_I_F_OFTEN,       ///< types, how often each is named
    KG_I_F_NAME_SURE,   ///< end, type, how sure its name is, known to the lexicon
    KG_I_F_NAME_OFTEN,  ///< end, type, how often named, in the headline
    KG_I_F_NAME_LENGTH, ///< end, type, characters
    KG_I_F_NAME_END,    ///< end, type, last two characters
    KG_I_F_NAME_START,  ///< end, type, first two characters
    KG_I_F_NAME_LEFT,   ///< end, type, what stands before its first mention
    KG_I_F_NAME_RIGHT,  ///< end, type, what stands behind it
    KG_I_F_COUNT
} kg_i_feature_kind;

typedef struct {
    uint32_t hash; ///< 0: empty
    uint32_t row;
} kg_i_weight_slot;

typedef struct {
    float by[KG_PREDICATE_COUNT];
} kg_i_weight_row;

typedef struct {
    kg_i_arena arena;
    kg_i_weight_slot* KG_NULLABLE slots;
    kg_i_weight_row* KG_NULLABLE rows;
    uint32_t capacity, count;            ///< a power of two or 0
    float threshold[KG_PREDICATE_COUNT]; ///< log-odds from which a relation stands
    bool learned[KG_PREDICATE_COUNT];    ///< there are weights for it; else its patterns decide
} kg_i_weights;

/// Never 0. Arguments beyond the kind's are 0.
uint32_t kg_i_feature_hash(kg_i_feature_kind kind, uint32_t a, uint32_t b, uint32_t c, uint32_t d);

/// One letter for each argument: t type, n number, c character, w word, p pattern.
const char* KG_NONNULL kg_i_feature_form(kg_i_feature_kind kind);
const char* KG_NONNULL kg_i_feature_name(kg_i_feature_kind kind);

/// Read the file at `path`. Missing: no weights, and patterns alone decide.
kg_status kg_i_weights_load(const char* KG_NONNULL path, const kg_i_patterns* KG_NONNULL patterns,
                            kg_i_weights* KG_NONNULL out, kg_error* KG_NULLABLE error) KG_MUST_USE;
void kg_i_weights_dispose(kg_i_weights* KG_NONNULL weights);

/// The row of a feature, or null.
const kg_i_weight_row* KG_NULLABLE kg_i_weights_find(const kg_i_weights* KG_NONNULL weights,
                                                     uint32_t hash);

#endif
