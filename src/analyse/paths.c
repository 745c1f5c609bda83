// SPDX-License-Identifier: GPL-3.0-or-later
// Measures from shortest paths: exact while that is cheap, from sampled pivots beyond. Both
// count hops on the undirected projection: in a graph where a company points at a park and a
// park at a place no directed path leads from one company to another.
#include "analyse/measures_i.h"

#include <math.h>

/// As many as told; else 1,000, or fewer, but 100 at least, where pivots × links would exceed a
/// quarter of the limit of the exact: on a large graph, whose arrays no cache holds, each step
/// takes some four times as long.
static uint32_t pivot_count(const kg_i_measuring* m) {
    enum { usual = 1000, least = 100 };
    if (m->settings->pivots > 0) {
        return m->settings->pivots;
    }
    const double affordable = m->settings->exact_limit / 4 / (double)igraph_ecount(&m->simple);
    return affordable >= usual ? usual : affordable > least ? (uint32_t)affordable : least;
}

static bool exact(const kg_i_measuring* m) {
    const double cost = (double)m->count * (double)igraph_ecount(&m->simple);
    return cost <= m->settings->exact_limit || m->count <= (igraph_integer_t)pivot_count(m);
}

/// Distinct vertices in ascending order; the generator was seeded for this measure, so that
/// all measures have the same ones.
static igraph_error_t choose_pivots(const kg_i_measuring* m, igraph_vector_int_t* out) {
    return igraph_random_sample(out, 0, m->count - 1, (igraph_integer_t)pivot_count(m));
}

static void note_sample(kg_i_measuring* m) {
    kg_i_buffer_format(&m->note, ", sampled: %u pivots of %lld entities, seed %llu",
                       (unsigned)pivot_count(m), (long long)m->count,
                       (unsigned long long)m->settings->seed);
}

/// Brandes and Pich (2007): the dependencies on k sources drawn evenly, times n / k.
/// Cost: O(k E) in place of O(V E).
static igraph_error_t sampled_betweenness(kg_i_measuring* m) {
    igraph_vector_int_t pivots;
    igraph_error_t code = igraph_vector_int_init(&pivots, 0);
    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    if ((code = choose_pivots(m, &pivots)) == IGRAPH_SUCCESS &&
        (code = igraph_betweenness_subset(&m->simple, &m->first, igraph_vss_all(),
                                          IGRAPH_UNDIRECTED, igraph_vss_vector(&pivots),
                                          igraph_vss_all(), NULL)) == IGRAPH_SUCCESS) {
        igraph_vector_scale(&m->first, (double)m->count / (double)pivot_count(m));
    }
    igraph_vector_int_destroy(&pivots);
    return code;
}

igraph_error_t kg_i_measure_betweenness(kg_i_measuring* m) {
    kg_i_buffer_add_text(&m->note, "shortest paths through the entity, undirected, by hops");
    if (exact(m)) {
        kg_i_buffer_add_text(&m->note, ", exact");
        return igraph_betweenness(&m->simple, &m->first, igraph_vss_all(), IGRAPH_UNDIRECTED, NULL);
    }
    note_sample(m);
    return sampled_betweenness(m);
}

/// Add 1 / distance from each pivot of `chunk` to every vertex.
static igraph_error_t add_chunk(kg_i_measuring* m, const igraph_vector_int_t* chunk,
                                igraph_matrix_t* distances) {
    const igraph_error_t code = igraph_distances(&m->simple, distances, igraph_vss_vector(chunk),
                                                 igraph_vss_all(), IGRAPH_ALL);
    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    for (igraph_integer_t v = 0; v < m->count; ++v) {
        for (igraph_integer_t row = 0; row < igraph_matrix_nrow(distances); ++row) {
            const double distance = MATRIX(*distances, row, v);
            if (distance > 0 && isfinite(distance)) {
                VECTOR(m->first)[v] += 1 / distance;
            }
        }
    }
    return IGRAPH_SUCCESS;
}

/// Eppstein and Wang (2004), for harmonic closeness: the mean of 1 / distance over the k pivots
/// other than the vertex itself. Cost: O(k E), and 16 rows of distances at a time.
static igraph_error_t sampled_closeness(kg_i_measuring* m, const igraph_vector_int_t* pivots,
                                        igraph_matrix_t* distances) {
    enum { chunk_size = 16 };
    igraph_error_t code = igraph_vector_resize(&m->first, m->count);
    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    igraph_vector_null(&m->first);
    const igraph_integer_t total = igraph_vector_int_size(pivots);
    for (igraph_integer_t begin = 0; begin < total; begin += chunk_size) {
        const igraph_integer_t left = total - begin;
        igraph_vector_int_t chunk;
        igraph_vector_int_view(&chunk, &VECTOR(*pivots)[begin],
                               left < chunk_size ? left : chunk_size);
        if ((code = add_chunk(m, &chunk, distances)) != IGRAPH_SUCCESS) {
            return code;
        }
    }
    for (igraph_integer_t v = 0; v < m->count; ++v) {
        const bool pivot = igraph_vector_int_binsearch2(pivots, v);
        VECTOR(m->first)[v] /= (double)(pivot ? total - 1 : total);
    }
    return IGRAPH_SUCCESS;
}

static igraph_error_t prepare_sampled_closeness(kg_i_measuring* m) {
    igraph_vector_int_t pivots;
    igraph_error_t code = igraph_vector_int_init(&pivots, 0);
    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    igraph_matrix_t distances;
    if ((code = choose_pivots(m, &pivots)) == IGRAPH_SUCCESS &&
        (code = igraph_matrix_init(&distances, 0, 0)) == IGRAPH_SUCCESS) {
        code = sampled_closeness(m, &pivots, &distances);
        igraph_matrix_destroy(&distances);
    }
    igraph_vector_int_destroy(&pivots);
    return code;
}

igraph_error_t kg_i_measure_closeness(kg_i_measuring* m) {
    kg_i_buffer_add_text(&m->note, "harmonic closeness: mean of 1 / distance to all others, "
                                   "0 where there is no path, undirected, by hops");
    if (!exact(m)) {
        note_sample(m);
        return prepare_sampled_closeness(m);
    }
    kg_i_buffer_add_text(&m->note, ", exact");
    if (m->count == 1) { // a mean over nobody
        igraph_error_t code = igraph_vector_resize(&m->first, 1);
        if (code == IGRAPH_SUCCESS) {
            VECTOR(m->first)[0] = 0;
        }
        return code;
    }
    return igraph_harmonic_centrality(&m->simple, &m->first, igraph_vss_all(), IGRAPH_ALL, NULL,
                                      true);
}
