// SPDX-License-Identifier: GPL-3.0-or-later
#include "kg/analyse.h"

#include "analyse/load.h"
#include "analyse/measures.h"
#include "base/try.h"

#include <assert.h>
#include <string.h>

enum { most_results = 16 };

typedef struct {
    const char* name;
    const double* values; ///< null if left out
    kg_slice note;
} result;

/// Kept until all are there, so that the store is not locked while igraph computes, and a stop
/// leaves the measures that it had.
typedef struct {
    kg_i_arena arena;
    result items[most_results];
    size_t count;
} results;

static kg_status keep(void* handle, const char* name, const double* values, size_t count,
                      kg_slice note, kg_error* error) {
    results* const r = handle;
    assert(r->count < most_results);
    result* const item = &r->items[r->count++];
    item->name = name;
    item->note = kg_i_arena_copy(&r->arena, note);
    if (!item->note.ptr) {
        return KG_OUT_OF_MEMORY(error);
    }
    if (values) {
        double* const copy = kg_i_arena_array(&r->arena, count, sizeof *copy);
        if (!copy) {
            return KG_OUT_OF_MEMORY(error);
        }
        memcpy(copy, values, count * sizeof *copy);
        item->values = copy;
    }
    return KG_OK;
}

static kg_status put(kg_store* store, const kg_i_graph* graph, const results* r, kg_error* error) {
    KG_TRY(kg_store_measures_begin(store, error));
    for (size_t i = 0; i < r->count; ++i) {
        const kg_slice name = kg_slice_of(r->items[i].name);
        const double* const values = r->items[i].values;
        for (size_t v = 0; values && v < graph->vertices.count; ++v) {
            KG_TRY(
                kg_store_measure_put(store, graph->vertices.items[v].id, name, values[v], error));
        }
        KG_TRY(kg_store_measure_note(store, name, r->items[i].note, error));
    }
    return kg_store_measures_end(store, error);
}

static kg_status analyse(kg_store* store, const kg_analyse_options* options, kg_i_graph* graph,
                         results* r, kg_error* error) {
    KG_TRY(kg_i_graph_load(graph, store, options ? options->min_confidence : 0, error));
    const kg_i_measure_settings settings = kg_i_measure_defaults(options);
    const kg_i_measure_sink sink = {.handle = r, .on_measure = keep};
    KG_TRY(kg_i_measures(graph, &settings, sink, error));
    return put(store, graph, r, error);
}

kg_status kg_analyse(kg_store* store, const kg_analyse_options* options, kg_error* error) {
    kg_i_graph graph = {0};
    results r = {0};
    const kg_status status = analyse(store, options, &graph, &r, error);
    kg_i_arena_dispose(&r.arena);
    kg_i_graph_dispose(&graph);
    return status;
}
