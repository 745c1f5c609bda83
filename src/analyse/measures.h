// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// All measures of a graph, one after the other, each handed to a sink. Knows no store.
#ifndef KG_ANALYSE_MEASURES_H
#define KG_ANALYSE_MEASURES_H

#include "analyse/graph.h"
#include "kg/analyse.h"

/// Receives each measure: a value for each vertex in order, or null where it cannot be had; the
/// note says how it was had or why not. Any status but KG_OK ends the work and is returned.
typedef struct {
    void* KG_NULLABLE handle;
    kg_status (*KG_NONNULL on_measure)(void* KG_NULLABLE handle, const char* KG_NONNULL name,
                                       const double* KG_NULLABLE values, size_t count,
                                       kg_slice note, kg_error* KG_NULLABLE error);
} kg_i_measure_sink;

/// Options with the defaults filled in.
typedef struct {
    uint64_t seed;
    double exact_limit;    ///< vertices × links
    uint32_t pivots;       ///< 0: by the size of the graph
    int arpack_iterations; ///< at most, before "no convergence"
    bool (*KG_NULLABLE stop)(void* KG_NULLABLE handle);
    void* KG_NULLABLE stop_handle;
    void (*KG_NULLABLE progress)(void* KG_NULLABLE handle, const char* KG_NONNULL name,
                                 uint32_t done, uint32_t total);
    void* KG_NULLABLE progress_handle;
} kg_i_measure_settings;

kg_i_measure_settings kg_i_measure_defaults(const kg_analyse_options* KG_NULLABLE options);

/// Compute every measure of a finished graph. A measure that fails is left out with a note; only
/// want of memory, a stop and the sink's own status end the whole.
kg_status kg_i_measures(const kg_i_graph* KG_NONNULL graph,
                        const kg_i_measure_settings* KG_NONNULL settings, kg_i_measure_sink sink,
                        kg_error* KG_NULLABLE error) KG_MUST_USE;

#endif
