// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Work on many threads, results in the order of submission: a ring of slots between one
/// submitter and a pool of workers. Memory is bounded by the number of slots and by weight.
#ifndef KG_CLI_PIPELINE_H
#define KG_CLI_PIPELINE_H

#include "kg/base.h"

typedef struct cli_pipeline cli_pipeline;

typedef struct {
    unsigned jobs;       ///< worker threads; 0 or 1: the work is done by the submitter, no threads
    unsigned slots;      ///< items under way at most; 0: 16 for each job
    uint64_t max_weight; ///< sum of weights under way, one item is always let in; 0: no limit
    void* KG_NULLABLE handle;
    /// Turn an item into a result; the item is the callee's. Called from several threads at once.
    void* KG_NULLABLE (*KG_NONNULL work)(void* KG_NULLABLE handle, void* KG_NONNULL item);
    /// Take a result (it is the callee's, also on failure), in the order of submission, on the
    /// submitter's thread. Any status but `KG_OK` ends the run; what is left goes to `drop_result`.
    kg_status (*KG_NONNULL deliver)(void* KG_NULLABLE handle, void* KG_NULLABLE result);
    void (*KG_NONNULL drop_item)(void* KG_NULLABLE handle, void* KG_NONNULL item);
    void (*KG_NONNULL drop_result)(void* KG_NULLABLE handle, void* KG_NULLABLE result);
} cli_pipeline_options;

kg_status cli_pipeline_new(const cli_pipeline_options* KG_NONNULL options,
                           cli_pipeline* KG_OWNED* KG_NONNULL out,
                           kg_error* KG_NULLABLE error) KG_MUST_USE;
/// Hand in an item, which is the pipeline's afterwards, whatever is returned. Delivers what is
/// ready; waits while the ring is full. @return the first status that `deliver` gave.
kg_status cli_pipeline_submit(cli_pipeline* KG_NONNULL pipeline, void* KG_NONNULL item,
                              uint64_t weight) KG_MUST_USE;
/// Deliver all that is under way.
kg_status cli_pipeline_drain(cli_pipeline* KG_NONNULL pipeline) KG_MUST_USE;
/// Stop the workers; what was not delivered is dropped.
void cli_pipeline_free(cli_pipeline* KG_NULLABLE pipeline);

#endif
