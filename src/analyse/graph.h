// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// The graph as plain arrays: what the measures need of the store and no more. Knows no igraph.
#ifndef KG_ANALYSE_GRAPH_H
#define KG_ANALYSE_GRAPH_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "kg/model.h"

enum {
    KG_I_MAX_VERTICES = 20000000,
    KG_I_MAX_EDGES = 50000000 ///< igraph's own arrays then take some 4 GiB
};

typedef struct {
    kg_slice id; ///< in the graph's arena
    kg_type type;
} kg_i_vertex;

typedef struct {
    uint32_t from; ///< index of a vertex
    uint32_t to;
    kg_predicate predicate;
    double weight; ///< positive
} kg_i_edge;

/// Two different vertices that any relation joins, `a` < `b`; `weight` is the sum over them.
typedef struct {
    uint32_t a;
    uint32_t b;
    double weight;
} kg_i_link;

/// Zero-initialised is empty and ready. Fill with `_add_vertex` and `_add_edge`, then call
/// `_finish` once; only then are `vertices`, `edges` and `links` in their final order.
typedef struct {
    kg_i_arena arena;
    kg_i_map index; ///< vertex by id, until `_finish`
    KG_I_VEC(kg_i_vertex) vertices;
    KG_I_VEC(kg_i_edge) edges;
    KG_I_VEC(kg_i_link) links; ///< the undirected projection, no loops, no parallels
} kg_i_graph;

/// The strength of a relation: confidence × (1 + log2 documents) × a factor of the status
/// (actual 1, agreed 0.8, planned 0.5, ended 0.25). Confidence is kept within [0.01, 1], so that
/// every weight is positive, and zero documents count as one.
double kg_i_edge_weight(double confidence, uint32_t documents, kg_fact_status status);

/// A second vertex of the same id is `KG_ERR_STORE`.
kg_status kg_i_graph_add_vertex(kg_i_graph* KG_NONNULL graph, kg_slice id, kg_type type,
                                kg_error* KG_NULLABLE error) KG_MUST_USE;
/// Both ends must have been added; `KG_ERR_STORE` if not.
kg_status kg_i_graph_add_edge(kg_i_graph* KG_NONNULL graph, kg_slice from, kg_slice to,
                              kg_predicate predicate, double weight,
                              kg_error* KG_NULLABLE error) KG_MUST_USE;
/// Bring vertices into the order of their ids and edges into that of their ends, and make the
/// projection, so that the result does not depend on the order of adding.
/// Cost: O(V log V + E log E).
kg_status kg_i_graph_finish(kg_i_graph* KG_NONNULL graph, kg_error* KG_NULLABLE error) KG_MUST_USE;
void kg_i_graph_dispose(kg_i_graph* KG_NONNULL graph);

#endif
