// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Measures of the graph, by igraph: written into the store, and as profiles of parks and sectors.
#ifndef KG_ANALYSE_H
#define KG_ANALYSE_H

#include "kg/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Zero-initialised means the defaults.
typedef struct {
    uint64_t seed;         ///< of every random choice; 0: 42
    uint32_t exact_limit;  ///< betweenness and closeness are exact while vertices × edges does not
                           ///< exceed this many millions; 0: 400
    uint32_t pivots;       ///< sampled sources beyond; 0: 1000
    double min_confidence; ///< statements below are left out
    /// Asked now and then; true ends the work with KG_ERR_STOPPED, and the store keeps the measures
    /// it had. Null: never. It must not call this library.
    bool (*KG_NULLABLE stop)(void* KG_NULLABLE handle);
    void* KG_NULLABLE stop_handle;
    /// Called before each measure: its name, how many are done, of how many. Null: silent.
    void (*KG_NULLABLE progress)(void* KG_NULLABLE handle, const char* KG_NONNULL name,
                                 uint32_t done, uint32_t total);
    void* KG_NULLABLE progress_handle;
} kg_analyse_options;

/// Compute all measures and put them into the store: degree_in, degree_out, degree, pagerank,
/// betweenness, closeness, eigenvector, hub, authority, coreness, community, component,
/// articulation (0 or 1), each with a note on method.
KG_API kg_status kg_analyse(kg_store* KG_NONNULL store,
                            const kg_analyse_options* KG_NULLABLE options,
                            kg_error* KG_NULLABLE error) KG_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
