// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyse/igraph_wrap.h"

#include "base/message.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>

// igraph's handlers are process-wide and take no handle, so that their state is too; `gate`
// guards all of it.
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static struct {
    char reason[256];
    char warning[256];
    kg_i_stop stop;
    bool stopped;
    bool broken; ///< a fatal error happened: igraph's state is unknown
    jmp_buf out;
    // Not on the stack: whether igraph copies a default generator or points at it differs
    // between its versions.
    igraph_rng_t ours;
    igraph_rng_t usual;
} state;

static void on_error(const char* reason, const char* file, int line, igraph_error_t code) {
    (void)file, (void)line, (void)code;
    // Each level of igraph reports again on the way up, most with an empty reason.
    if (state.reason[0] == '\0' && reason) {
        snprintf(state.reason, sizeof state.reason, "%s", reason);
    }
    IGRAPH_FINALLY_FREE();
}

static void on_warning(const char* reason, const char* file, int line) {
    (void)file, (void)line;
    if (state.warning[0] == '\0' && reason) {
        snprintf(state.warning, sizeof state.warning, "%s", reason);
    }
}

// igraph aborts if this returns. What it held is given up: freeing after a broken invariant
// may do harm that a leak does not.
static void on_fatal(const char* reason, const char* file, int line) {
    (void)file, (void)line;
    snprintf(state.reason, sizeof state.reason, "%s", reason ? reason : "");
    longjmp(state.out, 1);
}

static igraph_error_t on_interruption(void* data) {
    (void)data;
    if (!state.stop.asked || !state.stop.asked(state.stop.handle)) {
        return IGRAPH_SUCCESS;
    }
    state.stopped = true;
    IGRAPH_FINALLY_FREE(); // igraph leaves this to the handler
    return IGRAPH_INTERRUPTED;
}

typedef struct {
    igraph_error_handler_t* error;
    igraph_warning_handler_t* warning;
    igraph_fatal_handler_t* fatal;
    igraph_interruption_handler_t* interruption;
} settings;

static void enter(settings* before) {
    before->error = igraph_set_error_handler(on_error);
    before->warning = igraph_set_warning_handler(on_warning);
    before->fatal = igraph_set_fatal_handler(on_fatal);
    before->interruption = igraph_set_interruption_handler(on_interruption);
    state.usual = *igraph_rng_default();
    igraph_rng_set_default(&state.ours);
}

static void leave(const settings* before) {
    igraph_rng_set_default(&state.usual);
    igraph_set_interruption_handler(before->interruption);
    igraph_set_fatal_handler(before->fatal);
    igraph_set_warning_handler(before->warning);
    igraph_set_error_handler(before->error);
}

// Apart from the caller, so that no local of it lives across setjmp.
static kg_status guarded(uint64_t seed, kg_status (*body)(void*, kg_error*), void* handle,
                         kg_error* error) {
    if (setjmp(state.out) != 0) {
        state.broken = true;
        return kg_fail(error, KG_ERR_INTERNAL, NULL, KG_("igraph failed: %s"), state.reason);
    }
    if (kg_i_igraph_seed(seed) != IGRAPH_SUCCESS) {
        return kg_fail(error, KG_ERR_INTERNAL, NULL, KG_("igraph failed: %s"), state.reason);
    }
    return body(handle, error);
}

kg_status kg_i_igraph_run(uint64_t seed, kg_i_stop stop, kg_status (*body)(void*, kg_error*),
                          void* handle, kg_error* error) {
    pthread_mutex_lock(&gate);
    kg_status status = KG_OK;
    if (state.broken) {
        status = kg_fail(error, KG_ERR_INTERNAL, NULL, "%s",
                         KG_("igraph had a fatal error before and is not used again"));
        goto out;
    }
    state.reason[0] = state.warning[0] = '\0';
    state.stop = stop;
    state.stopped = false;
    settings before;
    // Made under the caller's handlers would mean an abort when out of memory.
    igraph_error_handler_t* const usual = igraph_set_error_handler(on_error);
    const igraph_error_t made = igraph_rng_init(&state.ours, &igraph_rngtype_mt19937);
    igraph_set_error_handler(usual);
    if (made != IGRAPH_SUCCESS) {
        status = kg_fail(error, KG_ERR_MEMORY, NULL, KG_("igraph failed: %s"), state.reason);
        goto out;
    }
    enter(&before);
    status = guarded(seed, body, handle, error);
    leave(&before);
    igraph_rng_destroy(&state.ours);
out:
    pthread_mutex_unlock(&gate);
    return status;
}

igraph_error_t kg_i_igraph_seed(uint64_t seed) {
    return igraph_rng_seed(igraph_rng_default(), seed);
}

const char* kg_i_igraph_reason(igraph_error_t code) {
    static char text[sizeof state.reason];
    snprintf(text, sizeof text, "%s", state.reason[0] ? state.reason : igraph_strerror(code));
    state.reason[0] = '\0';
    return text;
}

const char* kg_i_igraph_warning(void) {
    static char text[sizeof state.warning];
    if (state.warning[0] == '\0') {
        return NULL;
    }
    snprintf(text, sizeof text, "%s", state.warning);
    state.warning[0] = '\0';
    return text;
}

bool kg_i_igraph_stopped(void) {
    return state.stopped;
}

// Building -------------------------------------------------------------------------------------

/// Make `out` of pairs of ends; `ends` is used up.
static igraph_error_t create(igraph_t* out, igraph_vector_int_t* ends, size_t vertices,
                             igraph_bool_t directed) {
    const igraph_error_t code = igraph_create(out, ends, (igraph_integer_t)vertices, directed);
    igraph_vector_int_destroy(ends);
    return code;
}

igraph_error_t kg_i_igraph_directed(const kg_i_graph* graph, igraph_t* out,
                                    igraph_vector_t* weights) {
    const size_t count = graph->edges.count;
    igraph_vector_int_t ends;
    igraph_error_t code = igraph_vector_resize(weights, (igraph_integer_t)count);
    if (code != IGRAPH_SUCCESS ||
        (code = igraph_vector_int_init(&ends, (igraph_integer_t)(2 * count))) != IGRAPH_SUCCESS) {
        return code;
    }
    for (size_t i = 0; i < count; ++i) {
        const kg_i_edge* const edge = &graph->edges.items[i];
        VECTOR(ends)[2 * i] = edge->from;
        VECTOR(ends)[2 * i + 1] = edge->to;
        VECTOR(*weights)[i] = edge->weight;
    }
    return create(out, &ends, graph->vertices.count, IGRAPH_DIRECTED);
}

igraph_error_t kg_i_igraph_projection(const kg_i_graph* graph, igraph_t* out,
                                      igraph_vector_t* weights) {
    const size_t count = graph->links.count;
    igraph_vector_int_t ends;
    igraph_error_t code = igraph_vector_resize(weights, (igraph_integer_t)count);
    if (code != IGRAPH_SUCCESS ||
        (code = igraph_vector_int_init(&ends, (igraph_integer_t)(2 * count))) != IGRAPH_SUCCESS) {
        return code;
    }
    for (size_t i = 0; i < count; ++i) {
        const kg_i_link* const link = &graph->links.items[i];
        VECTOR(ends)[2 * i] = link->a;
        VECTOR(ends)[2 * i + 1] = link->b;
        VECTOR(*weights)[i] = link->weight;
    }
    return create(out, &ends, graph->vertices.count, IGRAPH_UNDIRECTED);
}
