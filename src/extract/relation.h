// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Relations of one document: pairs of entities seen together, the patterns that fit them, and
/// what speaks for and against.
///
/// A *sight* is one place where two entities stand together: in a list of clauses, one within the
/// other's name, or one carried along as the subject. All sights of an ordered pair of entities are
/// one *pair*. Features of its sights, patterns that fit among them, are summed by the weights of
/// `ontology/patterns/weights.tsv` into one log-odds for each predicate.
#ifndef KG_EXTRACT_RELATION_H
#define KG_EXTRACT_RELATION_H

#include "extract/line.h"
#include "extract/weights.h"
#include "kg/record.h"

enum {
    KG_I_SIGHT_MAX = 200000,   ///< of one document
    KG_I_RELATION_MAX = 20000, ///< of one document
    KG_I_PAIR_SIGHTS = 12      ///< sights of one pair that are counted
};

typedef enum {
    KG_I_HOW_LINE,    ///< both in one line
    KG_I_HOW_NESTED,  ///< one within the other's name
    KG_I_HOW_ASIDE,   ///< one in brackets behind the other
    KG_I_HOW_FAR,     ///< the line's first actor, far off
    KG_I_HOW_BEFORE,  ///< an actor of the sentence before
    KG_I_HOW_TITLE,   ///< an actor of the headline
    KG_I_HOW_PATTERN, ///< by a pattern alone
    KG_I_HOW_COUNT
} kg_i_how;

typedef struct {
    uint32_t subject, object; ///< entities
    uint32_t sentence;
    uint32_t begin, end; ///< characters from one end to the other
    uint32_t title_begin, title_end;
    uint32_t feature, feature_count; ///< in the reader's list
    uint32_t pattern;                ///< index, or KG_I_NONE
    uint8_t how;
    uint8_t signs; ///< kg_i_sign bits of the words around
    bool denied;   ///< negated, hoped for or conditional
} kg_i_sight;

/// What the words of a clause say about how far a thing has come.
typedef enum {
    KG_I_SIGN_PLAN = 1,
    KG_I_SIGN_AGREE = 2,
    KG_I_SIGN_DONE = 4,
    KG_I_SIGN_ENDED = 8
} kg_i_sign;

/// What a document's relations are read with; one for each document.
typedef struct {
    const kg_i_scope* KG_NONNULL scope;
    const kg_i_patterns* KG_NONNULL patterns;
    const kg_i_weights* KG_NONNULL weights;
    bool off[KG_I_HOW_COUNT]; ///< sights not looked for

    kg_i_sheet* KG_NONNULL sheet;
    const kg_i_line* KG_NONNULL line;
    KG_I_VEC(kg_i_sight) sights;
    KG_I_VEC(uint32_t) features; ///< hashes
    uint32_t title_topic[2];     ///< entities that the headline begins with
    uint32_t article;
    uint32_t before;          ///< the actor of the sentence before
    uint32_t before_sentence; ///< where it was
    uint32_t before_mention;
    uint32_t* KG_NULLABLE mention_counts; ///< by entity
    uint32_t* KG_NULLABLE first_mentions; ///< by entity, from 1; 0: none
    bool* KG_NULLABLE in_title;           ///< by entity
    uint32_t rank_top[KG_TYPE_COUNT];     ///< the most named entity of each type
    bool full;                            ///< a limit was reached

    /// Set by the training tool alone: what each feature says in words.
    void* KG_NULLABLE spy_handle;
    void (*KG_NULLABLE spy)(void* KG_NULLABLE handle, uint32_t hash, kg_slice text);
    void (*KG_NULLABLE on_pair)(void* KG_NULLABLE handle, uint32_t subject, uint32_t object,
                                const uint32_t* KG_NONNULL features, size_t count);
} kg_i_reader;

/// One relation that stood.
typedef struct {
    uint32_t subject, object;
    kg_predicate predicate;
    float confidence;
    uint32_t sight; ///< the one that says it best
    uint32_t pattern;
    kg_slice rule;
    bool inferred;
} kg_i_relation;

/// Look through the whole document for sights. KG_ERR_MEMORY or KG_OK.
kg_status kg_i_read_sights(kg_i_reader* KG_NONNULL reader, kg_error* KG_NULLABLE error) KG_MUST_USE;
/// Weigh the pairs. `*out` is in the scope's arena, ordered by subject, predicate, object.
kg_status kg_i_decide(kg_i_reader* KG_NONNULL reader, double min_confidence, bool inferred,
                      kg_i_relation* KG_NULLABLE* KG_NONNULL out, uint32_t* KG_NONNULL count,
                      kg_error* KG_NULLABLE error) KG_MUST_USE;
/// Signs of the clauses that hold tokens [from, to) of the line.
uint8_t kg_i_signs_of(const kg_i_reader* KG_NONNULL reader, uint32_t from, uint32_t to);
/// The status that a relation has by its pattern and its best sight.
kg_fact_status kg_i_status_of(const kg_i_reader* KG_NONNULL reader,
                              const kg_i_relation* KG_NONNULL relation);
/// Turn entities and relations into the record of the document.
kg_status kg_i_fill_record(const kg_i_reader* KG_NONNULL reader,
                           const kg_i_relation* KG_NONNULL relations, uint32_t count,
                           kg_record* KG_NONNULL record, kg_error* KG_NULLABLE error) KG_MUST_USE;
void kg_i_reader_dispose(kg_i_reader* KG_NONNULL reader);

// feature.c ----------------------------------------------------------------------------------

/// Features of two tokens of one line, `left` before `right`.
bool kg_i_features_line(kg_i_reader* KG_NONNULL reader, uint32_t left, uint32_t right,
                        kg_type subject, kg_type object, bool subject_left);
/// Features of a mention within another.
bool kg_i_features_nested(kg_i_reader* KG_NONNULL reader, const kg_i_mention* KG_NONNULL outer,
                          const kg_i_mention* KG_NONNULL inner, bool subject_outer);
/// Features of a token whose other end is elsewhere.
bool kg_i_features_carried(kg_i_reader* KG_NONNULL reader, kg_i_how how, uint32_t token,
                           kg_type subject, kg_type object, bool subject_carried,
                           uint32_t sentences);
bool kg_i_feature_pattern(kg_i_reader* KG_NONNULL reader, uint32_t pattern, kg_i_how how);
/// Features of the pair as such, sights aside, for `kg_i_decide`.
bool kg_i_features_pair(kg_i_reader* KG_NONNULL reader, uint32_t subject, uint32_t object);

#endif
