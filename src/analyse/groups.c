// SPDX-License-Identifier: GPL-3.0-or-later
// Measures that number groups: communities and components.
#include "analyse/measures_i.h"

#include <math.h>

enum { leiden_iterations = 10 };

typedef struct {
    igraph_integer_t number; ///< as igraph has it
    igraph_integer_t size;
    igraph_integer_t first; ///< its smallest vertex
} group;

static int by_size(const void* a, const void* b) {
    const group* const left = a;
    const group* const right = b;
    if (left->size != right->size) {
        return left->size > right->size ? -1 : 1;
    }
    return left->first < right->first ? -1 : left->first > right->first;
}

/// Number the groups in `numbers` anew from 1: the largest first, of equal ones that with the
/// smallest id. Cost: O(V + G log G).
static igraph_error_t renumber(kg_i_measuring* m, igraph_integer_t group_count) {
    group* const groups = calloc((size_t)group_count, sizeof *groups);
    igraph_integer_t* const place = calloc((size_t)group_count, sizeof *place);
    if (!groups || !place) {
        free(groups);
        free(place);
        return IGRAPH_ENOMEM;
    }
    for (igraph_integer_t i = 0; i < group_count; ++i) {
        groups[i].number = i;
    }
    for (igraph_integer_t v = m->count - 1; v >= 0; --v) {
        group* const g = &groups[VECTOR(m->numbers)[v]];
        ++g->size;
        g->first = v;
    }
    qsort(groups, (size_t)group_count, sizeof *groups, by_size);
    for (igraph_integer_t i = 0; i < group_count; ++i) {
        place[groups[i].number] = i + 1;
    }
    for (igraph_integer_t v = 0; v < m->count; ++v) {
        VECTOR(m->numbers)[v] = place[VECTOR(m->numbers)[v]];
    }
    free(groups);
    free(place);
    return IGRAPH_SUCCESS;
}

/// Each vertex for itself, where there is no link to follow.
static igraph_error_t singletons(kg_i_measuring* m) {
    const igraph_error_t code = igraph_vector_int_resize(&m->numbers, m->count);
    for (igraph_integer_t v = 0; code == IGRAPH_SUCCESS && v < m->count; ++v) {
        VECTOR(m->numbers)[v] = v;
    }
    return code;
}

/// Traag, Waltman and van Eck (2019). With vertex strengths as node weights and 1 / 2W as the
/// resolution igraph's quality is the modularity.
static igraph_error_t leiden(kg_i_measuring* m, igraph_integer_t* groups, igraph_real_t* quality) {
    const igraph_error_t code = igraph_strength(&m->simple, &m->first, igraph_vss_all(), IGRAPH_ALL,
                                                IGRAPH_LOOPS, &m->strength);
    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    const double total = igraph_vector_sum(&m->strength);
    return igraph_community_leiden(&m->simple, &m->strength, &m->first, 1 / (2 * total), 0.01,
                                   false, leiden_iterations, &m->numbers, groups, quality);
}

igraph_error_t kg_i_measure_community(kg_i_measuring* m) {
    kg_i_buffer_format(&m->note,
                       "Leiden, modularity, resolution 1, undirected, weighted, %d iterations, "
                       "seed %llu; numbered from 1 by size",
                       (int)leiden_iterations, (unsigned long long)m->settings->seed);
    igraph_integer_t groups = m->count;
    igraph_real_t quality = 0;
    const igraph_error_t code =
        m->graph->links.count > 0 ? leiden(m, &groups, &quality) : singletons(m);
    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    // Not %f: a note is stored, and must not follow the user's decimal sign.
    const long scaled = lround(quality * 10000);
    kg_i_buffer_format(&m->note, "; %lld communities, modularity %s%ld.%04ld", (long long)groups,
                       scaled < 0 ? "-" : "", labs(scaled) / 10000, labs(scaled) % 10000);
    return renumber(m, groups);
}

igraph_error_t kg_i_measure_component(kg_i_measuring* m) {
    igraph_integer_t groups = 0;
    const igraph_error_t code =
        igraph_connected_components(&m->simple, &m->numbers, NULL, &groups, IGRAPH_WEAK);
    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    kg_i_buffer_format(&m->note, "weak components; numbered from 1 by size; %lld components",
                       (long long)groups);
    return renumber(m, groups);
}
