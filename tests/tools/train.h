// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What the two trainers share: documents with the gold that belongs to them.
#ifndef KG_TESTS_TRAIN_H
#define KG_TESTS_TRAIN_H

#include "base/vec.h"
#include "extract/scope.h"
#include "kg/record.h"
#include "lexicon/automaton.h"

/// A document, its text, what the rules found in it, and its gold.
typedef struct {
    kg_document* document;
    kg_text* text;
    kg_i_arena arena;
    kg_i_scope scope;
    const kg_record* gold;
    int fold;
} train_document;

typedef struct {
    kg_lexicon* lexicon;
    const char* ontology;
    KG_I_VEC(kg_record*) gold;
    KG_I_VEC(int) folds; ///< of each of them
    KG_I_VEC(train_document*) documents;
} train_set;

/// The strings of the gold entities; the entity of each key is put to `*owners` (free()).
kg_i_automaton* KG_NULLABLE train_names(const kg_record* KG_NONNULL gold,
                                        uint32_t* KG_NULLABLE* KG_NONNULL owners);
/// By begin, then longest first.
int train_by_begin(const void* KG_NONNULL a, const void* KG_NONNULL b);

/// Write a tagger's model, made from the documents that are not of fold `without`, to `path`; 0 if
/// fine.
int train_tagger(const train_set* KG_NONNULL set, int without, const char* KG_NONNULL path);

/// Write weights of relations to `path`. Names are found with the models `PREFIX0.kgm` to
/// `PREFIX4.kgm`, each made without the documents that it is used on.
int train_weights(train_set* KG_NONNULL set, const char* KG_NONNULL prefix, double precision,
                  const char* KG_NONNULL path);

#endif
