// SPDX-License-Identifier: GPL-3.0-or-later
// bench_analyse [VERTICES [EDGES [EXACT_LIMIT [PIVOTS]]]]
// Seconds and method of each measure on a graph with hubs, made by rule; the store has no part.
#include "analyse/graph.h"
#include "analyse/measures.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint64_t draw(uint64_t* state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

static kg_slice id_of(uint64_t number, char buffer[24]) {
    snprintf(buffer, 24, "c%09llu", (unsigned long long)number);
    return kg_slice_of(buffer);
}

/// Half of the edges lead to the end of an earlier one, so that degrees follow a power law.
static kg_status fill(kg_i_graph* graph, uint64_t vertices, uint64_t edges, kg_error* error) {
    char a[24], b[24];
    for (uint64_t v = 0; v < vertices; ++v) {
        const kg_status status =
            kg_i_graph_add_vertex(graph, id_of(v, a), (kg_type)(v % KG_TYPE_COUNT), error);
        if (status != KG_OK) {
            return status;
        }
    }
    uint64_t random = 1;
    for (uint64_t e = 0; e < edges; ++e) {
        const uint64_t from = draw(&random) % vertices;
        const uint64_t to = e > 0 && draw(&random) % 2 ? graph->edges.items[draw(&random) % e].to
                                                       : draw(&random) % vertices;
        const double weight = kg_i_edge_weight(0.5 + (double)(draw(&random) % 50) / 100,
                                               1 + (uint32_t)(draw(&random) % 8), KG_ACTUAL);
        const kg_status status =
            kg_i_graph_add_edge(graph, id_of(from, a), id_of(to, b),
                                (kg_predicate)(e % KG_PREDICATE_COUNT), weight, error);
        if (status != KG_OK) {
            return status;
        }
    }
    return kg_i_graph_finish(graph, error);
}

static kg_status report(void* handle, const char* name, const double* values, size_t count,
                        kg_slice note, kg_error* error) {
    (void)values, (void)count, (void)error;
    double* const before = handle;
    const double after = now();
    printf("%-13s %8.2f s  %.*s\n", name, after - *before, (int)note.len, note.ptr);
    fflush(stdout);
    *before = now();
    return KG_OK;
}

int main(int argc, char** argv) {
    uint64_t numbers[4] = {20000, 100000, 0, 0};
    for (int i = 1; i < argc && i <= 4; ++i) {
        numbers[i - 1] = strtoull(argv[i], NULL, 10);
    }
    if (numbers[0] == 0 || argc > 5) {
        fprintf(stderr, "usage: bench_analyse [VERTICES [EDGES [EXACT_LIMIT [PIVOTS]]]]\n");
        return 2;
    }
    const kg_analyse_options options = {.exact_limit = (uint32_t)numbers[2],
                                        .pivots = (uint32_t)numbers[3]};
    const kg_i_measure_settings settings = kg_i_measure_defaults(&options);
    kg_i_graph graph = {0};
    kg_error error = {0};
    const double begin = now();
    kg_status status = fill(&graph, numbers[0], numbers[1], &error);
    double at = now();
    printf("%-13s %8.2f s  %zu entities, %zu relations, %zu linked pairs\n", "graph", at - begin,
           graph.vertices.count, graph.edges.count, graph.links.count);
    if (status == KG_OK) {
        const kg_i_measure_sink sink = {.handle = &at, .on_measure = report};
        status = kg_i_measures(&graph, &settings, sink, &error);
    }
    kg_i_graph_dispose(&graph);
    if (status != KG_OK) {
        fprintf(stderr, "bench_analyse: %s\n", error.text);
        return 1;
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%-13s %8.2f s  %ld MB at most\n", "all", now() - begin, usage.ru_maxrss / 1024);
    return 0;
}
