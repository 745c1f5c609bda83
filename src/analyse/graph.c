// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyse/graph.h"

#include "base/message.h"
#include "base/try.h"

#include <assert.h>
#include <math.h>

double kg_i_edge_weight(double confidence, uint32_t documents, kg_fact_status status) {
    static const double factors[KG_STATUS_COUNT] = {
        [KG_ACTUAL] = 1.0, [KG_AGREED] = 0.8, [KG_PLANNED] = 0.5, [KG_ENDED] = 0.25};
    // The comparison is written so that NaN falls to the floor too.
    const double sure = confidence > 0.01 ? fmin(confidence, 1.0) : 0.01;
    const double factor = (unsigned)status < KG_STATUS_COUNT ? factors[status] : 1.0;
    return sure * (1.0 + log2(documents ? documents : 1)) * factor;
}

kg_status kg_i_graph_add_vertex(kg_i_graph* graph, kg_slice id, kg_type type, kg_error* error) {
    if (graph->vertices.count >= KG_I_MAX_VERTICES) {
        return kg_fail(error, KG_ERR_LIMIT, NULL, KG_("the graph has more than %d entities"),
                       (int)KG_I_MAX_VERTICES);
    }
    const kg_slice copy = kg_i_arena_copy(&graph->arena, id);
    bool is_new = false;
    if (!copy.ptr || !kg_i_map_put(&graph->index, copy, (uint32_t)graph->vertices.count, &is_new)) {
        return KG_OUT_OF_MEMORY(error);
    }
    if (!is_new) {
        return kg_fail(error, KG_ERR_STORE, NULL, KG_("the store has two entities %.*s"),
                       (int)id.len, id.ptr);
    }
    if (!kg_i_vec_push(&graph->vertices, (kg_i_vertex){.id = copy, .type = type})) {
        return KG_OUT_OF_MEMORY(error);
    }
    return KG_OK;
}

kg_status kg_i_graph_add_edge(kg_i_graph* graph, kg_slice from, kg_slice to, kg_predicate predicate,
                              double weight, kg_error* error) {
    assert(weight > 0);
    if (graph->edges.count >= KG_I_MAX_EDGES) {
        return kg_fail(error, KG_ERR_LIMIT, NULL, KG_("the graph has more than %d relations"),
                       (int)KG_I_MAX_EDGES);
    }
    const uint32_t* const a = kg_i_map_get(&graph->index, from);
    const uint32_t* const b = kg_i_map_get(&graph->index, to);
    if (!a || !b) {
        const kg_slice missing = a ? to : from;
        return kg_fail(error, KG_ERR_STORE, NULL,
                       KG_("a statement names %.*s, which is no entity of the store"),
                       (int)missing.len, missing.ptr);
    }
    const kg_i_edge edge = {.from = *a, .to = *b, .predicate = predicate, .weight = weight};
    return kg_i_vec_push(&graph->edges, edge) ? KG_OK : KG_OUT_OF_MEMORY(error);
}

// Ordering -----------------------------------------------------------------------------------

typedef struct {
    kg_i_vertex vertex;
    uint32_t old;
} ranked_vertex;

static int by_id(const void* a, const void* b) {
    return kg_slice_compare(((const ranked_vertex*)a)->vertex.id,
                            ((const ranked_vertex*)b)->vertex.id);
}

#define COMPARE(x, y)                                                                              \
    do {                                                                                           \
        if ((x) != (y)) {                                                                          \
            return (x) < (y) ? -1 : 1;                                                             \
        }                                                                                          \
    } while (0)

static int by_ends(const void* a, const void* b) {
    const kg_i_edge* const left = a;
    const kg_i_edge* const right = b;
    COMPARE(left->from, right->from);
    COMPARE(left->to, right->to);
    COMPARE(left->predicate, right->predicate);
    COMPARE(left->weight, right->weight);
    return 0;
}

// By weight last: sums of parallel edges must not depend on the order of their terms.
static int by_pair(const void* a, const void* b) {
    const kg_i_link* const left = a;
    const kg_i_link* const right = b;
    COMPARE(left->a, right->a);
    COMPARE(left->b, right->b);
    COMPARE(left->weight, right->weight);
    return 0;
}

static kg_status order_vertices(kg_i_graph* graph, kg_error* error) {
    const size_t count = graph->vertices.count;
    ranked_vertex* const ranked = calloc(count, sizeof *ranked);
    uint32_t* const place = calloc(count, sizeof *place);
    if (!ranked || !place) {
        free(ranked);
        free(place);
        return KG_OUT_OF_MEMORY(error);
    }
    for (size_t i = 0; i < count; ++i) {
        ranked[i] = (ranked_vertex){.vertex = graph->vertices.items[i], .old = (uint32_t)i};
    }
    qsort(ranked, count, sizeof *ranked, by_id);
    for (size_t i = 0; i < count; ++i) {
        graph->vertices.items[i] = ranked[i].vertex;
        place[ranked[i].old] = (uint32_t)i;
    }
    for (size_t i = 0; i < graph->edges.count; ++i) {
        kg_i_edge* const edge = &graph->edges.items[i];
        edge->from = place[edge->from];
        edge->to = place[edge->to];
    }
    free(ranked);
    free(place);
    return KG_OK;
}

static kg_status project(kg_i_graph* graph, kg_error* error) {
    for (size_t i = 0; i < graph->edges.count; ++i) {
        const kg_i_edge* const edge = &graph->edges.items[i];
        if (edge->from == edge->to) {
            continue;
        }
        const bool forward = edge->from < edge->to;
        const kg_i_link link = {.a = forward ? edge->from : edge->to,
                                .b = forward ? edge->to : edge->from,
                                .weight = edge->weight};
        if (!kg_i_vec_push(&graph->links, link)) {
            return KG_OUT_OF_MEMORY(error);
        }
    }
    if (graph->links.count == 0) {
        return KG_OK;
    }
    qsort(graph->links.items, graph->links.count, sizeof(kg_i_link), by_pair);
    size_t last = 0;
    for (size_t i = 1; i < graph->links.count; ++i) {
        const kg_i_link link = graph->links.items[i];
        kg_i_link* const kept = &graph->links.items[last];
        if (link.a == kept->a && link.b == kept->b) {
            kept->weight += link.weight;
        } else {
            graph->links.items[++last] = link;
        }
    }
    graph->links.count = last + 1;
    return KG_OK;
}

kg_status kg_i_graph_finish(kg_i_graph* graph, kg_error* error) {
    kg_i_map_dispose(&graph->index); // its numbers are about to change
    if (graph->vertices.count == 0) {
        return KG_OK;
    }
    KG_TRY(order_vertices(graph, error));
    if (graph->edges.count > 0) {
        qsort(graph->edges.items, graph->edges.count, sizeof(kg_i_edge), by_ends);
    }
    return project(graph, error);
}

void kg_i_graph_dispose(kg_i_graph* graph) {
    kg_i_map_dispose(&graph->index);
    kg_i_vec_dispose(&graph->vertices);
    kg_i_vec_dispose(&graph->edges);
    kg_i_vec_dispose(&graph->links);
    kg_i_arena_dispose(&graph->arena);
}
