// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What the measures share: the graph in igraph's form, room for results, and the way out.
#ifndef KG_ANALYSE_MEASURES_I_H
#define KG_ANALYSE_MEASURES_I_H

#include "analyse/igraph_wrap.h"
#include "analyse/measures.h"
#include "base/buffer.h"

typedef struct {
    const kg_i_graph* KG_NONNULL graph;
    const kg_i_measure_settings* KG_NONNULL settings;
    kg_i_measure_sink sink;
    kg_error* KG_NULLABLE error;

    igraph_integer_t count;   ///< of vertices
    igraph_t directed;        ///< all edges
    igraph_vector_t weights;  ///< of `directed`
    igraph_t simple;          ///< the undirected projection
    igraph_vector_t strength; ///< of its links
    igraph_vector_t first;    ///< scratch for results
    igraph_vector_t second;
    igraph_vector_int_t numbers;
    kg_i_buffer note; ///< of the measure at work
} kg_i_measuring;

/// One step computes one measure or two that come together. Results go into `first` and
/// `second` (or `numbers` where `whole`), method into `note`.
typedef igraph_error_t (*kg_i_measure_step)(kg_i_measuring* KG_NONNULL m);

igraph_error_t kg_i_measure_betweenness(kg_i_measuring* KG_NONNULL m);
igraph_error_t kg_i_measure_closeness(kg_i_measuring* KG_NONNULL m);
igraph_error_t kg_i_measure_community(kg_i_measuring* KG_NONNULL m);
igraph_error_t kg_i_measure_component(kg_i_measuring* KG_NONNULL m);

#endif
