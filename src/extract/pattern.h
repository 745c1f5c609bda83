// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Patterns of `ontology/patterns/*.pat`, compiled. docs/patterns.md describes the language.
#ifndef KG_EXTRACT_PATTERN_H
#define KG_EXTRACT_PATTERN_H

#include "base/arena.h"
#include "kg/model.h"
#include "lexicon/automaton.h"

enum {
    KG_I_CLASS_MAX = 256, ///< word classes, those written in place included
    KG_I_ITEM_MAX = 24,   ///< items of one pattern
    KG_I_PATTERN_MAX = 4096,
    KG_I_GAP_MAX = 60, ///< tokens that one gap may pass over
    KG_I_ANY = 0xFF
};

typedef enum {
    KG_I_SLOT,   ///< {S:Company}: a mention
    KG_I_WORDS,  ///< @class or [a|b]: one of some words
    KG_I_UNLESS, ///< !@class: none of the words here
    KG_I_GAP,    ///< ..9: up to nine tokens
    KG_I_START,  ///< ^: here a clause begins
    KG_I_END,    ///< $: here a clause ends
    KG_I_TITLE   ///< {T}: the title of a post
} kg_i_item_kind;

typedef enum {
    KG_I_GAP_CLAUSE,   ///< `..`: within a clause
    KG_I_GAP_SENTENCE, ///< `,,`: over commas too
    KG_I_GAP_LOOSE     ///< `::`: over commas and whatever mentions
} kg_i_gap_mode;

typedef struct {
    uint8_t kind;
    uint8_t object;  ///< slot: 1 for {O…}, 0 for {S…}
    uint8_t types;   ///< slot: one bit for each type
    uint8_t inner;   ///< slot: types of the other end, nested in this one; 0: none
    bool list;       ///< slot: takes the whole list
    bool carried;    ///< slot: the subject carried along, nothing in the text
    bool optional;   ///< words: may be missing
    uint8_t mode;    ///< gap: kg_i_gap_mode
    uint16_t length; ///< gap: tokens at most
    uint16_t words;  ///< class index
} kg_i_item;

typedef struct {
    kg_slice id;
    kg_predicate predicate;
    float confidence;
    int8_t status; ///< kg_fact_status, or -1 to read it from the words around
    bool disabled;
    bool inferred;
    uint8_t item_count;
    uint16_t need; ///< class that must occur in the line; KG_I_CLASS_MAX: none
    kg_i_item* KG_NONNULL items;
} kg_i_pattern;

/// A set of classes.
typedef struct {
    uint64_t bits[KG_I_CLASS_MAX / 64];
} kg_i_class_set;

/// Classes that the engine itself asks for; all others are known to the patterns alone.
typedef enum {
    KG_I_CLASS_IGNORE, ///< @ignore: longer words that hide the words within
    KG_I_CLASS_NOT,    ///< @not: negation
    KG_I_CLASS_HOPE,   ///< @hope: wish, slogan, condition
    KG_I_CLASS_PLAN,   ///< @plan: 拟, 将, 计划
    KG_I_CLASS_AGREE,  ///< @agree: 签约, 签署
    KG_I_CLASS_DONE,   ///< @done: 已, 建成
    KG_I_CLASS_ENDED,  ///< @ended: 终止, 退出
    KG_I_CLASS_POST,   ///< @post: 董事长
    KG_I_CLASS_JOIN,   ///< @join: what stands between members of a list
    KG_I_CLASS_TAIL,   ///< @tail: what may stand behind a member: 项目, 产业
    KG_I_CLASS_KNOWN
} kg_i_known_class;

typedef struct {
    kg_i_arena arena;
    kg_i_pattern* KG_NULLABLE items;
    uint32_t count;
    kg_slice* KG_NULLABLE class_names; ///< empty for those written in place
    uint32_t class_count;
    kg_i_automaton* KG_NULLABLE automaton;
    kg_slice* KG_NULLABLE words;              ///< by key
    kg_i_class_set* KG_NULLABLE word_classes; ///< by key
    uint32_t word_count;
} kg_i_patterns;

/// Read every `*.pat` of `folder`, in byte order of their names. Each fault is reported to
/// `diagnostics` with file, line and column; the first is the call's error. A folder that is
/// missing gives no patterns.
kg_status kg_i_patterns_load(const char* KG_NONNULL folder,
                             const kg_diagnostics* KG_NULLABLE diagnostics,
                             kg_i_patterns* KG_NONNULL out,
                             kg_error* KG_NULLABLE error) KG_MUST_USE;
/// The same from one text in memory, called `name`.
kg_status kg_i_patterns_parse(kg_slice text, const char* KG_NONNULL name,
                              kg_i_patterns* KG_NONNULL out,
                              kg_error* KG_NULLABLE error) KG_MUST_USE;
void kg_i_patterns_dispose(kg_i_patterns* KG_NONNULL patterns);

/// Switch off the patterns with this id; false if there is none.
bool kg_i_patterns_disable(kg_i_patterns* KG_NONNULL patterns, kg_slice id);

static inline bool kg_i_class_has(const kg_i_class_set* set, uint32_t index) {
    return index < KG_I_CLASS_MAX && (set->bits[index / 64] >> (index % 64) & 1);
}

static inline void kg_i_class_add(kg_i_class_set* set, uint32_t index) {
    set->bits[index / 64] |= (uint64_t)1 << (index % 64);
}

#endif
