// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyse/load.h"

#include "base/try.h"

static int by_bytes(const void* a, const void* b) {
    return kg_slice_compare(*(const kg_slice*)a, *(const kg_slice*)b);
}

uint32_t kg_i_document_count(const kg_statement_row* row) {
    if (row->evidence_count <= 1) {
        return row->evidence_count;
    }
    kg_slice* const ids = calloc(row->evidence_count, sizeof *ids);
    if (!ids) {
        return 1; // an underestimate, in a process that is about to fail anyway
    }
    for (uint32_t i = 0; i < row->evidence_count; ++i) {
        ids[i] = row->evidence[i].doc;
    }
    qsort(ids, row->evidence_count, sizeof *ids, by_bytes);
    uint32_t count = 1;
    for (uint32_t i = 1; i < row->evidence_count; ++i) {
        count += !kg_slice_equal(ids[i], ids[i - 1]);
    }
    free(ids);
    return count;
}

typedef struct {
    kg_i_graph* graph;
    double min_confidence;
    kg_error* error;
} loading;

static kg_status on_entity(void* handle, const kg_entity_row* row) {
    const loading* const l = handle;
    return kg_i_graph_add_vertex(l->graph, row->id, row->type, l->error);
}

static kg_status on_statement(void* handle, const kg_statement_row* row) {
    const loading* const l = handle;
    if (row->confidence < l->min_confidence) {
        return KG_OK;
    }
    const double weight = kg_i_edge_weight(row->confidence, kg_i_document_count(row), row->status);
    return kg_i_graph_add_edge(l->graph, row->subject, row->object, row->predicate, weight,
                               l->error);
}

kg_status kg_i_graph_load(kg_i_graph* graph, kg_store* store, double min_confidence,
                          kg_error* error) {
    loading l = {.graph = graph, .min_confidence = min_confidence, .error = error};
    KG_TRY(kg_store_each_entity(store, on_entity, &l, error));
    KG_TRY(kg_store_each_statement(store, on_statement, &l, error));
    return kg_i_graph_finish(graph, error);
}
