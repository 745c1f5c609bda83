// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyse/measures.h"

#include "analyse/measures_i.h"
#include "base/message.h"
#include "base/try.h"

#include <math.h>
#include <stdio.h>

kg_i_measure_settings kg_i_measure_defaults(const kg_analyse_options* options) {
    static const kg_analyse_options none = {0};
    const kg_analyse_options* const given = options ? options : &none;
    return (kg_i_measure_settings){
        .seed = given->seed ? given->seed : 42,
        .exact_limit = (given->exact_limit ? given->exact_limit : 400) * 1e6,
        .pivots = given->pivots,
        .arpack_iterations = 3000,
        .stop = given->stop,
        .stop_handle = given->stop_handle,
        .progress = given->progress,
        .progress_handle = given->progress_handle,
    };
}

// Steps ----------------------------------------------------------------------------------------

static igraph_error_t degree(kg_i_measuring* m, igraph_neimode_t mode, const char* what) {
    kg_i_buffer_format(&m->note, "%s, each predicate counted, a loop once in and once out", what);
    return igraph_degree(&m->directed, &m->numbers, igraph_vss_all(), mode, IGRAPH_LOOPS);
}

static igraph_error_t degree_in(kg_i_measuring* m) {
    return degree(m, IGRAPH_IN, "relations that lead to the entity");
}

static igraph_error_t degree_out(kg_i_measuring* m) {
    return degree(m, IGRAPH_OUT, "relations that start at the entity");
}

static igraph_error_t degree_all(kg_i_measuring* m) {
    return degree(m, IGRAPH_ALL, "relations at the entity");
}

static igraph_error_t pagerank(kg_i_measuring* m) {
    kg_i_buffer_add_text(&m->note, "PageRank by PRPACK, directed, weighted, damping 0.85");
    return igraph_pagerank(&m->directed, IGRAPH_PAGERANK_ALGO_PRPACK, &m->first, NULL,
                           igraph_vss_all(), IGRAPH_DIRECTED, 0.85, &m->weights, NULL);
}

static igraph_arpack_options_t arpack(const kg_i_measuring* m) {
    igraph_arpack_options_t options;
    igraph_arpack_options_init(&options);
    options.mxiter = m->settings->arpack_iterations;
    return options;
}

static igraph_error_t eigenvector(kg_i_measuring* m) {
    if (m->graph->links.count == 0) {
        kg_i_buffer_add_text(&m->note, "no two entities are related");
        return IGRAPH_FAILURE;
    }
    kg_i_buffer_add_text(&m->note, "eigenvector centrality by ARPACK, undirected, weighted, "
                                   "largest 1; near 0 outside the leading component");
    igraph_arpack_options_t options = arpack(m);
    return igraph_eigenvector_centrality(&m->simple, &m->first, NULL, IGRAPH_UNDIRECTED, true,
                                         &m->strength, &options);
}

static igraph_error_t hits(kg_i_measuring* m) {
    if (m->graph->edges.count == 0) {
        kg_i_buffer_add_text(&m->note, "no relations");
        return IGRAPH_FAILURE;
    }
    kg_i_buffer_add_text(&m->note, "HITS by ARPACK, directed, weighted, largest 1");
    igraph_arpack_options_t options = arpack(m);
    return igraph_hub_and_authority_scores(&m->directed, &m->first, &m->second, NULL, true,
                                           &m->weights, &options);
}

static igraph_error_t coreness(kg_i_measuring* m) {
    kg_i_buffer_add_text(&m->note, "largest k of a k-core that holds the entity; undirected, "
                                   "parallel relations as one, loops left out");
    return igraph_coreness(&m->simple, &m->numbers, IGRAPH_ALL);
}

static igraph_error_t articulation(kg_i_measuring* m) {
    kg_i_buffer_add_text(&m->note, "1 if the component falls apart without the entity; undirected");
    igraph_vector_int_t points;
    igraph_error_t code = igraph_vector_int_init(&points, 0);
    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    code = igraph_articulation_points(&m->simple, &points);
    if (code == IGRAPH_SUCCESS &&
        (code = igraph_vector_int_resize(&m->numbers, m->count)) == IGRAPH_SUCCESS) {
        igraph_vector_int_null(&m->numbers);
        for (igraph_integer_t i = 0; i < igraph_vector_int_size(&points); ++i) {
            VECTOR(m->numbers)[VECTOR(points)[i]] = 1;
        }
    }
    igraph_vector_int_destroy(&points);
    return code;
}

typedef struct {
    const char* name;
    const char* second; ///< the other measure that the step yields, or null
    kg_i_measure_step run;
    int digits; ///< significant digits kept; 0: whole numbers, found in `numbers`
} step;

// ARPACK's result depends in its last digits on a start vector within it, hence fewer digits.
static const step steps[] = {
    {"degree_in", NULL, degree_in, 0},
    {"degree_out", NULL, degree_out, 0},
    {"degree", NULL, degree_all, 0},
    {"pagerank", NULL, pagerank, 12},
    {"betweenness", NULL, kg_i_measure_betweenness, 12},
    {"closeness", NULL, kg_i_measure_closeness, 12},
    {"eigenvector", NULL, eigenvector, 8},
    {"hub", "authority", hits, 8},
    {"coreness", NULL, coreness, 0},
    {"community", NULL, kg_i_measure_community, 0},
    {"component", NULL, kg_i_measure_component, 0},
    {"articulation", NULL, articulation, 0},
};
enum { step_count = sizeof steps / sizeof *steps };

// Handing on -----------------------------------------------------------------------------------

/// Cut what differs between machines and runs: digits beyond `digits`, and noise about zero.
static double rounded(double value, int digits, double largest) {
    if (fabs(value) <= largest * pow(10, -digits)) {
        return 0; // also takes the sign from a zero
    }
    char text[40];
    snprintf(text, sizeof text, "%.*e", digits - 1, value);
    return strtod(text, NULL);
}

static kg_status leave_out(kg_i_measuring* m, const char* name, const char* reason) {
    kg_i_buffer text = {0};
    kg_i_buffer_format(&text, "left out: %s", reason);
    const kg_status status = text.failed ? KG_OUT_OF_MEMORY(m->error)
                                         : m->sink.on_measure(m->sink.handle, name, NULL, 0,
                                                              kg_i_buffer_slice(&text), m->error);
    kg_i_buffer_dispose(&text);
    return status;
}

static kg_status hand_on(kg_i_measuring* m, const char* name, igraph_vector_t* values, int digits) {
    double largest = 0;
    for (igraph_integer_t i = 0; i < m->count; ++i) {
        if (!isfinite(VECTOR(*values)[i])) {
            return leave_out(m, name, "the result is not a number for every entity");
        }
        largest = fmax(largest, fabs(VECTOR(*values)[i]));
    }
    for (igraph_integer_t i = 0; digits > 0 && i < m->count; ++i) {
        VECTOR(*values)[i] = rounded(VECTOR(*values)[i], digits, largest);
    }
    return m->sink.on_measure(m->sink.handle, name, VECTOR(*values), (size_t)m->count,
                              kg_i_buffer_slice(&m->note), m->error);
}

static kg_status deliver(kg_i_measuring* m, const step* s) {
    if (s->digits == 0) {
        if (igraph_vector_resize(&m->first, m->count) != IGRAPH_SUCCESS) {
            return KG_OUT_OF_MEMORY(m->error);
        }
        for (igraph_integer_t i = 0; i < m->count; ++i) {
            VECTOR(m->first)[i] = (double)VECTOR(m->numbers)[i];
        }
    }
    KG_TRY(hand_on(m, s->name, &m->first, s->digits));
    return s->second ? hand_on(m, s->second, &m->second, s->digits) : KG_OK;
}

/// A step's own reason is in the note if it gave up without calling igraph.
static kg_status take_failure(kg_i_measuring* m, const step* s, igraph_error_t code) {
    if (kg_i_igraph_stopped()) {
        return kg_fail(m->error, KG_ERR_STOPPED, NULL, "%s", KG_("stopped"));
    }
    if (code == IGRAPH_ENOMEM) {
        return KG_OUT_OF_MEMORY(m->error);
    }
    const char* const reason =
        code == IGRAPH_FAILURE && m->note.len > 0 ? m->note.ptr : kg_i_igraph_reason(code);
    KG_TRY(leave_out(m, s->name, reason));
    return s->second ? leave_out(m, s->second, reason) : KG_OK;
}

static kg_status run_step(kg_i_measuring* m, const step* s) {
    kg_i_buffer_clear(&m->note);
    if (m->count == 0) {
        kg_i_buffer_add_text(&m->note, "the graph is empty");
        return take_failure(m, s, IGRAPH_FAILURE);
    }
    kg_i_igraph_reason(IGRAPH_SUCCESS);
    kg_i_igraph_warning();
    igraph_error_t code = kg_i_igraph_seed(m->settings->seed);
    if (code == IGRAPH_SUCCESS) {
        code = s->run(m);
    }
    if (code != IGRAPH_SUCCESS) {
        return take_failure(m, s, code);
    }
    const char* const warning = kg_i_igraph_warning();
    if (warning) {
        kg_i_buffer_format(&m->note, "; igraph warns: %s", warning);
    }
    return m->note.failed ? KG_OUT_OF_MEMORY(m->error) : deliver(m, s);
}

static kg_status run_steps(kg_i_measuring* m) {
    for (uint32_t i = 0; i < step_count; ++i) {
        if (m->settings->progress) {
            m->settings->progress(m->settings->progress_handle, steps[i].name, i, step_count);
        }
        if (m->settings->stop && m->settings->stop(m->settings->stop_handle)) {
            return kg_fail(m->error, KG_ERR_STOPPED, NULL, "%s", KG_("stopped"));
        }
        KG_TRY(run_step(m, &steps[i]));
    }
    return KG_OK;
}

// Setting up -----------------------------------------------------------------------------------

static kg_status with_graphs(kg_i_measuring* m) {
    if (kg_i_igraph_directed(m->graph, &m->directed, &m->weights) != IGRAPH_SUCCESS) {
        return KG_OUT_OF_MEMORY(m->error);
    }
    kg_status status = KG_OK;
    if (kg_i_igraph_projection(m->graph, &m->simple, &m->strength) != IGRAPH_SUCCESS) {
        status = KG_OUT_OF_MEMORY(m->error);
    } else {
        status = run_steps(m);
        igraph_destroy(&m->simple);
    }
    igraph_destroy(&m->directed);
    return status;
}

static kg_status within(void* handle, kg_error* error) {
    kg_i_measuring* const m = handle;
    igraph_vector_t* const reals[] = {&m->weights, &m->strength, &m->first, &m->second};
    enum { real_count = sizeof reals / sizeof *reals };
    size_t made = 0;
    while (made < real_count && igraph_vector_init(reals[made], 0) == IGRAPH_SUCCESS) {
        ++made;
    }
    kg_status status = KG_OK;
    if (made < real_count || igraph_vector_int_init(&m->numbers, 0) != IGRAPH_SUCCESS) {
        status = KG_OUT_OF_MEMORY(error);
    } else {
        status = with_graphs(m);
        igraph_vector_int_destroy(&m->numbers);
    }
    while (made > 0) {
        igraph_vector_destroy(reals[--made]);
    }
    return status;
}

kg_status kg_i_measures(const kg_i_graph* graph, const kg_i_measure_settings* settings,
                        kg_i_measure_sink sink, kg_error* error) {
    kg_i_measuring m = {.graph = graph,
                        .settings = settings,
                        .sink = sink,
                        .error = error,
                        .count = (igraph_integer_t)graph->vertices.count};
    const kg_i_stop stop = {.handle = settings->stop_handle, .asked = settings->stop};
    const kg_status status = kg_i_igraph_run(settings->seed, stop, within, &m, error);
    kg_i_buffer_dispose(&m.note);
    return status;
}
