// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What the two trainers share: documents with the gold that belongs to them.
#ifndef KG_TESTS_TRAIN_H
#define KG_TESTS_TRAIN_H

#include "base/vec.h"
#include "extract/scope.h"
#include "kg/record.h"

/// A document, its text, what the rules found in it, and its gold.
typedef struct {
    kg_document* document;
    kg_text* text;
    kg_i_arena arena;
    kg_i_scope scope;
    const kg_record* gold;
} train_document;

typedef struct {
    kg_lexicon* lexicon;
    const char* ontology;
    KG_I_VEC(kg_record*) gold;
    KG_I_VEC(train_document*) documents;
} train_set;

/// Write a tagger's model made from `set` to `path`; 0 if fine.
int train_tagger(const train_set* set, const char* path);
/// Print the pairs of `set` with their features, names found with the model at `model`.
int train_pairs(train_set* set, const char* model);

#endif
