// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Precision, recall and F1 of records against gold, by the guidelines' matching rules.
#ifndef KG_EVAL_H
#define KG_EVAL_H

#include "kg/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/// True positives, predicted, gold.
typedef struct {
    uint64_t right;
    uint64_t predicted;
    uint64_t gold;
} kg_counts;

typedef struct {
    kg_counts predicate[KG_PREDICATE_COUNT];
    kg_counts type[KG_TYPE_COUNT];
    kg_counts core;        ///< all predicates but holds_position
    kg_counts park_sector; ///< operates, develops, locates_in, part_of, situated_in, focuses_on,
                           ///< active_in
    kg_counts relaxed;     ///< core with like predicates folded
    kg_counts all;
    kg_counts entities;
    uint64_t status_right, status_matched;
    uint64_t documents, scored;
} kg_scores;

/// Score predicted against gold records; documents are paired by name as gold/score.py does.
KG_API kg_status kg_eval(const kg_record* KG_NONNULL const* KG_NONNULL gold, size_t gold_count,
                         const kg_record* KG_NONNULL const* KG_NONNULL predicted,
                         size_t predicted_count, kg_scores* KG_NONNULL out,
                         kg_error* KG_NULLABLE error) KG_MUST_USE;

/// The core counts of one gold document, those without a prediction too.
typedef kg_status (*kg_on_document_score)(void* KG_NULLABLE handle, kg_slice doc,
                                          const kg_counts* KG_NONNULL core);

/// As `kg_eval`, document by document in the order of `gold`.
KG_API kg_status kg_eval_documents(const kg_record* KG_NONNULL const* KG_NONNULL gold,
                                   size_t gold_count,
                                   const kg_record* KG_NONNULL const* KG_NONNULL predicted,
                                   size_t predicted_count, kg_on_document_score KG_NONNULL on_row,
                                   void* KG_NULLABLE handle, kg_error* KG_NULLABLE error);

#ifdef __cplusplus
}
#endif
#endif
