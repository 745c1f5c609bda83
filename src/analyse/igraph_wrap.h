// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// igraph kept on a leash: it never aborts, never prints, and its random numbers are ours.
/// Debian's igraph is built without thread safety, so one call at a time enters.
#ifndef KG_ANALYSE_IGRAPH_WRAP_H
#define KG_ANALYSE_IGRAPH_WRAP_H

#include "analyse/graph.h"

#include <igraph.h>

/// Asked now and then during long work; true ends it.
typedef struct {
    void* KG_NULLABLE handle;
    bool (*KG_NULLABLE asked)(void* KG_NULLABLE handle);
} kg_i_stop;

/// Run `body` with igraph's error, warning, fatal and interruption handlers replaced and its
/// default generator a Mersenne Twister seeded by `seed`; all is put back afterwards. What
/// `body` returns is returned. A fatal error of igraph within `body` ends it with
/// `KG_ERR_INTERNAL`, leaks what igraph held, and locks igraph for the rest of the process.
kg_status kg_i_igraph_run(uint64_t seed, kg_i_stop stop,
                          kg_status (*KG_NONNULL body)(void* KG_NULLABLE handle,
                                                       kg_error* KG_NULLABLE error),
                          void* KG_NULLABLE handle, kg_error* KG_NULLABLE error) KG_MUST_USE;

// Within `body` only ---------------------------------------------------------------------------

/// Seed the generator anew, so that one measure does not depend on which ran before it.
igraph_error_t kg_i_igraph_seed(uint64_t seed);

/// The reason of igraph's first error since the last call of this function; `fallback` if it
/// gave none. Lives until the next igraph call.
const char* KG_NONNULL kg_i_igraph_reason(igraph_error_t code);

/// igraph's first warning since the last call of this function, or null.
const char* KG_NULLABLE kg_i_igraph_warning(void);

/// Whether `stop` ended a computation.
bool kg_i_igraph_stopped(void);

/// The graph with all its edges, directed. `weights` must be initialised; it is filled in the
/// order of the edges.
igraph_error_t kg_i_igraph_directed(const kg_i_graph* KG_NONNULL graph, igraph_t* KG_NONNULL out,
                                    igraph_vector_t* KG_NONNULL weights);
/// The undirected projection, likewise.
igraph_error_t kg_i_igraph_projection(const kg_i_graph* KG_NONNULL graph, igraph_t* KG_NONNULL out,
                                      igraph_vector_t* KG_NONNULL weights);

#endif
