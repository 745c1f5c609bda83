// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyse/igraph_wrap.h"
#include "analyse/measures.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

// A sink that remembers --------------------------------------------------------------------------

enum { most_measures = 16 };

typedef struct {
    char name[32];
    double* values; ///< null if left out
    size_t count;
    char note[512];
} kept;

typedef struct {
    kept items[most_measures];
    size_t count;
} record;

static kg_status keep(void* handle, const char* name, const double* values, size_t count,
                      kg_slice note, kg_error* error) {
    (void)error;
    record* const all = handle;
    assert_true(all->count < most_measures);
    kept* const item = &all->items[all->count++];
    snprintf(item->name, sizeof item->name, "%s", name);
    snprintf(item->note, sizeof item->note, "%.*s", (int)note.len, note.ptr);
    item->count = count;
    item->values = NULL;
    if (values) {
        item->values = malloc((count + 1) * sizeof *values);
        assert_non_null(item->values);
        memcpy(item->values, values, count * sizeof *values);
    }
    return KG_OK;
}

static const kept* find(const record* all, const char* name) {
    for (size_t i = 0; i < all->count; ++i) {
        if (strcmp(all->items[i].name, name) == 0) {
            return &all->items[i];
        }
    }
    fail_msg("no measure %s", name);
    return NULL;
}

static void forget(record* all) {
    for (size_t i = 0; i < all->count; ++i) {
        free(all->items[i].values);
    }
    all->count = 0;
}

static double value(const record* all, const char* name, size_t vertex) {
    const kept* const item = find(all, name);
    if (!item->values) {
        fail_msg("%s: %s", name, item->note);
    }
    assert_true(vertex < item->count);
    return item->values[vertex];
}

#define assert_near(actual, expected)                                                              \
    do {                                                                                           \
        const double a_ = (actual), e_ = (expected);                                               \
        if (!(fabs(a_ - e_) <= 2e-7 * fmax(1, fabs(e_)))) {                                        \
            fail_msg("%s is %.9f, not %.9f", #actual, a_, e_);                                     \
        }                                                                                          \
    } while (0)

// Graphs by numbers ------------------------------------------------------------------------------

static kg_slice name_of(unsigned vertex, char buffer[12]) {
    snprintf(buffer, 12, "v%06u", vertex);
    return kg_slice_of(buffer);
}

static void add_vertices(kg_i_graph* graph, unsigned count) {
    char name[12];
    for (unsigned v = 0; v < count; ++v) {
        assert_int_equal(kg_i_graph_add_vertex(graph, name_of(v, name), KG_COMPANY, NULL), KG_OK);
    }
}

static void add_edge(kg_i_graph* graph, unsigned from, unsigned to, kg_predicate predicate,
                     double weight) {
    char a[12], b[12];
    assert_int_equal(
        kg_i_graph_add_edge(graph, name_of(from, a), name_of(to, b), predicate, weight, NULL),
        KG_OK);
}

static record measure_with(kg_i_graph* graph, const kg_i_measure_settings* settings) {
    assert_int_equal(kg_i_graph_finish(graph, NULL), KG_OK);
    record all = {0};
    kg_error error = {0};
    const kg_i_measure_sink sink = {.handle = &all, .on_measure = keep};
    if (kg_i_measures(graph, settings, sink, &error) != KG_OK) {
        fail_msg("%s", error.text);
    }
    assert_true(IGRAPH_FINALLY_STACK_EMPTY);
    return all;
}

static record measure(kg_i_graph* graph) {
    const kg_i_measure_settings settings = kg_i_measure_defaults(NULL);
    return measure_with(graph, &settings);
}

/// Zachary's karate club (1977), the 78 friendships of 34 people, each as an edge from the smaller
/// number to the greater.
static const unsigned char karate[78][2] = {
    {0, 1},   {0, 2},   {0, 3},   {0, 4},   {0, 5},   {0, 6},   {0, 7},   {0, 8},   {0, 10},
    {0, 11},  {0, 12},  {0, 13},  {0, 17},  {0, 19},  {0, 21},  {0, 31},  {1, 2},   {1, 3},
    {1, 7},   {1, 13},  {1, 17},  {1, 19},  {1, 21},  {1, 30},  {2, 3},   {2, 7},   {2, 8},
    {2, 9},   {2, 13},  {2, 27},  {2, 28},  {2, 32},  {3, 7},   {3, 12},  {3, 13},  {4, 6},
    {4, 10},  {5, 6},   {5, 10},  {5, 16},  {6, 16},  {8, 30},  {8, 32},  {8, 33},  {9, 33},
    {13, 33}, {14, 32}, {14, 33}, {15, 32}, {15, 33}, {18, 32}, {18, 33}, {19, 33}, {20, 32},
    {20, 33}, {22, 32}, {22, 33}, {23, 25}, {23, 27}, {23, 29}, {23, 32}, {23, 33}, {24, 25},
    {24, 27}, {24, 31}, {25, 31}, {26, 29}, {26, 33}, {27, 33}, {28, 31}, {28, 33}, {29, 32},
    {29, 33}, {30, 32}, {30, 33}, {31, 32}, {31, 33}, {32, 33}};

static void add_karate(kg_i_graph* graph) {
    add_vertices(graph, 34);
    for (size_t i = 0; i < 78; ++i) {
        add_edge(graph, karate[i][0], karate[i][1], KG_COOPERATES_WITH, 1);
    }
}

/// Reproducible numbers that are not igraph's.
static uint64_t next_random(uint64_t* state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

/// A graph with hubs: each new vertex joins `links` earlier ones, half of them ends of earlier
/// edges (preferential attachment).
static void add_hubs(kg_i_graph* graph, unsigned vertices, unsigned links, uint64_t seed) {
    add_vertices(graph, vertices);
    unsigned* const ends = calloc((size_t)vertices * links, sizeof *ends);
    assert_non_null(ends);
    size_t count = 0;
    for (unsigned v = 1; v < vertices; ++v) {
        for (unsigned i = 0; i < links; ++i) {
            const bool preferred = count > 0 && next_random(&seed) % 2;
            const unsigned to =
                preferred ? ends[next_random(&seed) % count] : (unsigned)(next_random(&seed) % v);
            if (to != v) {
                add_edge(graph, v, to, KG_SUPPLIES, 0.5 + (double)(next_random(&seed) % 8));
                ends[count++] = to;
            }
        }
    }
    free(ends);
}

// Known values -----------------------------------------------------------------------------------

static void weight_grows_with_evidence_and_falls_with_doubt(void** unused) {
    (void)unused;
    assert_near(kg_i_edge_weight(0.9, 1, KG_ACTUAL), 0.9);
    assert_near(kg_i_edge_weight(0.9, 4, KG_ACTUAL), 0.9 * 3); // 1 + log2 4
    assert_near(kg_i_edge_weight(0.5, 2, KG_AGREED), 0.5 * 2 * 0.8);
    assert_near(kg_i_edge_weight(0.5, 1, KG_PLANNED), 0.25);
    assert_near(kg_i_edge_weight(1, 1, KG_ENDED), 0.25);
    assert_near(kg_i_edge_weight(0, 0, KG_ACTUAL), 0.01);
    assert_near(kg_i_edge_weight(NAN, 1, KG_ACTUAL), 0.01);
    assert_near(kg_i_edge_weight(7, 1, KG_ACTUAL), 1);
}

// By NetworkX 3.6.1 and NumPy: pagerank(tol=1e-14) of the directed graph, betweenness_centrality
// (normalized=False), harmonic_centrality / 33, core_number, and the leading eigenvectors of A,
// AAᵀ and AᵀA by numpy.linalg.eigh, scaled to a largest of 1.
static void karate_club_as_networkx_has_it(void** unused) {
    (void)unused;
    static const struct {
        unsigned vertex, in, out;
        double pagerank, betweenness, closeness, eigenvector, hub, authority;
        unsigned coreness;
    } expected[] = {
        {0, 0, 16, 0.015060495, 231.071428571, 0.702020202, 0.952132366, 1.000000000, 0, 4},
        {1, 1, 8, 0.015860584, 28.478571429, 0.580808081, 0.712335139, 0.618926327, 0.088669268, 4},
        {2, 2, 8, 0.017545771, 75.850793651, 0.636363636, 0.849554200, 0.879108545, 0.143549012, 4},
        {11, 1, 0, 0.015860584, 0, 0.409090909, 0.141566333, 0, 0.088669268, 1},
        {16, 2, 0, 0.042585216, 0, 0.336363636, 0.063304608, 0, 0.008860425, 2},
        {33, 17, 0, 0.259047101, 160.551587302, 0.704545455, 1, 0, 1, 4},
    };
    kg_i_graph graph = {0};
    add_karate(&graph);
    record all = measure(&graph);
    assert_int_equal(all.count, 13);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; ++i) {
        const unsigned v = expected[i].vertex;
        assert_near(value(&all, "degree_in", v), expected[i].in);
        assert_near(value(&all, "degree_out", v), expected[i].out);
        assert_near(value(&all, "degree", v), expected[i].in + expected[i].out);
        assert_near(value(&all, "pagerank", v), expected[i].pagerank);
        assert_near(value(&all, "betweenness", v), expected[i].betweenness);
        assert_near(value(&all, "closeness", v), expected[i].closeness);
        assert_near(value(&all, "eigenvector", v), expected[i].eigenvector);
        assert_near(value(&all, "hub", v), expected[i].hub);
        assert_near(value(&all, "authority", v), expected[i].authority);
        assert_near(value(&all, "coreness", v), expected[i].coreness);
        assert_near(value(&all, "component", v), 1);
        assert_near(value(&all, "articulation", v), v == 0);
    }
    // The best known partition has four groups and a modularity of 0.4198.
    assert_non_null(strstr(find(&all, "community")->note, "4 communities, modularity 0.4198"));
    assert_non_null(strstr(find(&all, "betweenness")->note, "exact"));
    forget(&all);
    kg_i_graph_dispose(&graph);
}

// A path 0–1–2–3–4. Betweenness of vertex i is the number of pairs it lies between: 0, 1·3, 2·2,
// 3·1, 0. Harmonic closeness of 0 is (1 + 1/2 + 1/3 + 1/4) / 4, of 2 is (1 + 1 + 1/2 + 1/2) / 4.
// The path's eigenvector is sin(πi/6): 1/2, √3/2, 1, √3/2, 1/2.
static void path_by_hand(void** unused) {
    (void)unused;
    kg_i_graph graph = {0};
    add_vertices(&graph, 5);
    for (unsigned v = 0; v < 4; ++v) {
        add_edge(&graph, v, v + 1, KG_SUPPLIES, 2);
    }
    record all = measure(&graph);
    static const double betweenness[] = {0, 3, 4, 3, 0};
    for (unsigned v = 0; v < 5; ++v) {
        assert_near(value(&all, "betweenness", v), betweenness[v]);
        assert_near(value(&all, "coreness", v), 1);
        assert_near(value(&all, "articulation", v), v > 0 && v < 4);
    }
    assert_near(value(&all, "closeness", 0), (1 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0) / 4);
    assert_near(value(&all, "closeness", 2), 0.75);
    assert_near(value(&all, "eigenvector", 0), 0.5);
    assert_near(value(&all, "eigenvector", 1), sqrt(3) / 2);
    forget(&all);
    kg_i_graph_dispose(&graph);
}

// Vertex 0 points at 1 with weight 3 and at 2 with weight 1; 1 and 2 are sinks, whose rank is
// spread evenly. With d = 0.85, s = (1 − d) / 3 + d (p1 + p2) / 3: p0 = s, p1 = s + ¾ d p0,
// p2 = s + ¼ d p0; the three sum to 1, so that p0 = 1 / (3 + d) = 0.259740260.
// As a star its centre has the eigenvector entry 1 and the leaves w / √(3² + 1²).
static void weights_direct_the_flow(void** unused) {
    (void)unused;
    kg_i_graph graph = {0};
    add_vertices(&graph, 3);
    add_edge(&graph, 0, 1, KG_INVESTS_IN, 3);
    add_edge(&graph, 0, 2, KG_INVESTS_IN, 1);
    record all = measure(&graph);
    const double p0 = 1 / 3.85;
    assert_near(value(&all, "pagerank", 0), p0);
    assert_near(value(&all, "pagerank", 1), p0 + 0.75 * 0.85 * p0);
    assert_near(value(&all, "pagerank", 2), p0 + 0.25 * 0.85 * p0);
    assert_near(value(&all, "hub", 0), 1);
    assert_near(value(&all, "authority", 1), 1);
    assert_near(value(&all, "authority", 2), 1 / 3.0);
    assert_near(value(&all, "eigenvector", 0), 1);
    assert_near(value(&all, "eigenvector", 1), 3 / sqrt(10));
    forget(&all);
    kg_i_graph_dispose(&graph);
}

// Two triangles 0 1 2 and 4 5 6 that hang together by 3, a pair 7 8 and a single 9.
// Parallel edges and loops count in the degrees and nowhere else.
static void loops_parallels_and_pieces(void** unused) {
    (void)unused;
    static const unsigned pairs[][2] = {{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4},
                                        {4, 5}, {5, 6}, {6, 4}, {8, 7}};
    kg_i_graph graph = {0};
    add_vertices(&graph, 10);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; ++i) {
        add_edge(&graph, pairs[i][0], pairs[i][1], KG_SUPPLIES, 1);
    }
    add_edge(&graph, 7, 8, KG_INVESTS_IN, 1);
    add_edge(&graph, 8, 7, KG_INVESTS_IN, 1);
    add_edge(&graph, 7, 7, KG_COOPERATES_WITH, 1);
    record all = measure(&graph);
    assert_near(value(&all, "degree_in", 7), 3);
    assert_near(value(&all, "degree_out", 7), 2);
    assert_near(value(&all, "degree", 7), 5);
    assert_near(value(&all, "coreness", 7), 1);
    assert_near(value(&all, "coreness", 0), 2);
    assert_near(value(&all, "coreness", 9), 0);
    assert_near(value(&all, "betweenness", 3), 9); // 3 × 3 pairs
    assert_near(value(&all, "betweenness", 7), 0);
    assert_near(value(&all, "closeness", 9), 0);
    assert_near(value(&all, "closeness", 7), 1 / 9.0);
    static const double components[] = {1, 1, 1, 1, 1, 1, 1, 2, 2, 3};
    static const double cuts[] = {0, 0, 1, 1, 1, 0, 0, 0, 0, 0};
    for (unsigned v = 0; v < 10; ++v) {
        assert_near(value(&all, "component", v), components[v]);
        assert_near(value(&all, "articulation", v), cuts[v]);
    }
    // Vertex 3 may go either way; the larger group is the first, the single one the last.
    assert_near(value(&all, "community", 3), 1);
    assert_near(value(&all, "community", 0), value(&all, "community", 2));
    assert_true(value(&all, "community", 0) != value(&all, "community", 6));
    assert_near(value(&all, "community", 7), 3);
    assert_near(value(&all, "community", 8), 3);
    assert_near(value(&all, "community", 9), 4);
    forget(&all);
    kg_i_graph_dispose(&graph);
}

// Odd graphs -------------------------------------------------------------------------------------

static void empty_graph_leaves_all_out_with_the_reason(void** unused) {
    (void)unused;
    kg_i_graph graph = {0};
    record all = measure(&graph);
    assert_int_equal(all.count, 13);
    for (size_t i = 0; i < all.count; ++i) {
        assert_null(all.items[i].values);
        assert_string_equal(all.items[i].note, "left out: the graph is empty");
    }
    forget(&all);
    kg_i_graph_dispose(&graph);
}

static void entities_without_relations(void** unused) {
    (void)unused;
    for (unsigned count = 1; count <= 5; count += 4) {
        kg_i_graph graph = {0};
        add_vertices(&graph, count);
        record all = measure(&graph);
        assert_int_equal(all.count, 13);
        assert_near(value(&all, "pagerank", 0), 1.0 / count);
        assert_near(value(&all, "degree", 0), 0);
        assert_near(value(&all, "betweenness", 0), 0);
        assert_near(value(&all, "closeness", 0), 0);
        assert_near(value(&all, "coreness", 0), 0);
        assert_near(value(&all, "community", count - 1), count);
        assert_near(value(&all, "component", count - 1), count);
        assert_null(find(&all, "eigenvector")->values);
        assert_string_equal(find(&all, "hub")->note, "left out: no relations");
        assert_string_equal(find(&all, "authority")->note, "left out: no relations");
        forget(&all);
        kg_i_graph_dispose(&graph);
    }
}

static void a_loop_alone(void** unused) {
    (void)unused;
    kg_i_graph graph = {0};
    add_vertices(&graph, 1);
    add_edge(&graph, 0, 0, KG_COOPERATES_WITH, 1);
    record all = measure(&graph);
    assert_near(value(&all, "degree", 0), 2);
    assert_near(value(&all, "pagerank", 0), 1);
    assert_null(find(&all, "eigenvector")->values);
    forget(&all);
    kg_i_graph_dispose(&graph);
}

static void want_of_convergence_leaves_out_one_measure_alone(void** unused) {
    (void)unused;
    kg_i_graph graph = {0};
    add_vertices(&graph, 400);
    for (unsigned v = 0; v < 399; ++v) {
        add_edge(&graph, v, v + 1, KG_SUPPLIES, 1);
    }
    kg_i_measure_settings settings = kg_i_measure_defaults(NULL);
    settings.arpack_iterations = 1;
    record all = measure_with(&graph, &settings);
    assert_int_equal(all.count, 13);
    assert_null(find(&all, "eigenvector")->values);
    assert_non_null(strstr(find(&all, "eigenvector")->note, "left out: "));
    assert_near(value(&all, "coreness", 7), 1);
    assert_near(value(&all, "articulation", 7), 1);
    forget(&all);
    kg_i_graph_dispose(&graph);
}

// Sampling ---------------------------------------------------------------------------------------

static size_t overlap_of_top(const double* a, const double* b, size_t count, size_t top) {
    size_t both = 0;
    for (size_t v = 0; v < count; ++v) {
        size_t above_a = 0, above_b = 0;
        for (size_t w = 0; w < count; ++w) {
            above_a += a[w] > a[v];
            above_b += b[w] > b[v];
        }
        both += above_a < top && above_b < top;
    }
    return both;
}

static void samples_agree_with_the_exact(void** unused) {
    (void)unused;
    enum { count = 2000, top = 50 };
    kg_i_graph graph = {0};
    add_hubs(&graph, count, 3, 7);
    kg_i_measure_settings settings = kg_i_measure_defaults(NULL);
    record exact = measure_with(&graph, &settings);
    settings.exact_limit = 0;
    settings.pivots = 300;
    record sampled = {0};
    const kg_i_measure_sink sink = {.handle = &sampled, .on_measure = keep};
    assert_int_equal(kg_i_measures(&graph, &settings, sink, NULL), KG_OK);

    static const char* const names[] = {"betweenness", "closeness"};
    for (size_t i = 0; i < 2; ++i) {
        assert_non_null(strstr(find(&exact, names[i])->note, "exact"));
        assert_non_null(strstr(find(&sampled, names[i])->note,
                               "sampled: 300 pivots of 2000 entities, seed 42"));
        const size_t both = overlap_of_top(find(&exact, names[i])->values,
                                           find(&sampled, names[i])->values, count, top);
        print_message("%s: top %d overlap %zu\n", names[i], top, both);
        assert_true(both >= 40);
        // The sums are unbiased: within a twentieth here.
        double sums[2] = {0};
        for (size_t v = 0; v < count; ++v) {
            sums[0] += find(&exact, names[i])->values[v];
            sums[1] += find(&sampled, names[i])->values[v];
        }
        assert_true(fabs(sums[1] / sums[0] - 1) < 0.05);
    }
    forget(&exact);
    forget(&sampled);
    kg_i_graph_dispose(&graph);
}

static void pivots_are_fewer_where_links_are_many(void** unused) {
    (void)unused;
    kg_i_graph graph = {0};
    add_hubs(&graph, 4200, 2, 9);
    kg_i_measure_settings settings = kg_i_measure_defaults(NULL);
    assert_int_equal(kg_i_graph_finish(&graph, NULL), KG_OK);
    static const struct {
        double pivots_worth;
        const char* note;
    } cases[] = {{1001, "1000 pivots"}, {250.5, "250 pivots"}, {3, "100 pivots"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        settings.exact_limit = 4 * cases[i].pivots_worth * (double)graph.links.count;
        record all = {0};
        const kg_i_measure_sink sink = {.handle = &all, .on_measure = keep};
        assert_int_equal(kg_i_measures(&graph, &settings, sink, NULL), KG_OK);
        assert_non_null(strstr(find(&all, "betweenness")->note, cases[i].note));
        assert_non_null(strstr(find(&all, "closeness")->note, cases[i].note));
        forget(&all);
    }
    kg_i_graph_dispose(&graph);
}

// Sampling all but one vertex must come close to the exact values, and so shows a wrong factor.
static void a_sample_of_nearly_all_is_nearly_exact(void** unused) {
    (void)unused;
    kg_i_graph graph = {0};
    add_karate(&graph);
    kg_i_measure_settings settings = kg_i_measure_defaults(NULL);
    settings.exact_limit = 0;
    settings.pivots = 33;
    record all = measure_with(&graph, &settings);
    assert_non_null(strstr(find(&all, "betweenness")->note, "sampled: 33 pivots"));
    assert_true(fabs(value(&all, "betweenness", 0) / 231.071428571 - 1) < 0.06);
    assert_true(fabs(value(&all, "betweenness", 33) / 160.551587302 - 1) < 0.06);
    assert_true(fabs(value(&all, "closeness", 0) / 0.702020202 - 1) < 0.03);
    forget(&all);
    kg_i_graph_dispose(&graph);
}

// The same twice ---------------------------------------------------------------------------------

static void assert_same(const record* a, const record* b) {
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; ++i) {
        assert_string_equal(a->items[i].name, b->items[i].name);
        assert_string_equal(a->items[i].note, b->items[i].note);
        assert_int_equal(a->items[i].count, b->items[i].count);
        assert_int_equal(a->items[i].values == NULL, b->items[i].values == NULL);
        if (a->items[i].values) {
            assert_memory_equal(a->items[i].values, b->items[i].values,
                                a->items[i].count * sizeof(double));
        }
    }
}

/// The hubs again, vertices and edges added backwards.
static void add_backwards(kg_i_graph* graph, const kg_i_graph* from) {
    for (size_t i = from->vertices.count; i-- > 0;) {
        assert_int_equal(kg_i_graph_add_vertex(graph, from->vertices.items[i].id, KG_COMPANY, NULL),
                         KG_OK);
    }
    for (size_t i = from->edges.count; i-- > 0;) {
        const kg_i_edge* const edge = &from->edges.items[i];
        add_edge(graph, edge->from, edge->to, edge->predicate, edge->weight);
    }
}

static void same_graph_same_bytes_whatever_the_order(void** unused) {
    (void)unused;
    kg_i_measure_settings settings = kg_i_measure_defaults(NULL);
    settings.exact_limit = 0;
    settings.pivots = 50;
    kg_i_graph forwards = {0};
    add_hubs(&forwards, 500, 2, 3);
    record first = measure_with(&forwards, &settings);
    kg_i_graph backwards = {0};
    add_backwards(&backwards, &forwards);
    record second = measure_with(&backwards, &settings);
    assert_same(&first, &second);

    // Another seed is another sample.
    settings.seed = 43;
    record third = {0};
    const kg_i_measure_sink sink = {.handle = &third, .on_measure = keep};
    assert_int_equal(kg_i_measures(&forwards, &settings, sink, NULL), KG_OK);
    assert_memory_not_equal(find(&first, "betweenness")->values,
                            find(&third, "betweenness")->values, 500 * sizeof(double));
    forget(&first);
    forget(&second);
    forget(&third);
    kg_i_graph_dispose(&forwards);
    kg_i_graph_dispose(&backwards);
}

// igraph's manners -------------------------------------------------------------------------------

static kg_status make_errors(void* handle, kg_error* error) {
    (void)error;
    igraph_t graph;
    // A negative number of vertices: igraph's own handler would abort here.
    const igraph_error_t code = igraph_empty(&graph, -1, IGRAPH_DIRECTED);
    assert_int_not_equal(code, IGRAPH_SUCCESS);
    assert_non_null(strstr(kg_i_igraph_reason(code), "negative"));
    assert_true(IGRAPH_FINALLY_STACK_EMPTY);
    igraph_warning("take care", "file.c", 1);
    igraph_warning("second", "file.c", 1);
    assert_string_equal(kg_i_igraph_warning(), "take care");
    assert_null(kg_i_igraph_warning());
    *(bool*)handle = true;
    return KG_NO;
}

static void errors_and_warnings_come_back_as_values(void** unused) {
    (void)unused;
    bool ran = false;
    igraph_error_handler_t* const before = igraph_set_error_handler(igraph_error_handler_ignore);
    assert_int_equal(kg_i_igraph_run(1, (kg_i_stop){0}, make_errors, &ran, NULL), KG_NO);
    assert_true(ran);
    // The caller's handler is in place again.
    assert_ptr_equal(igraph_set_error_handler(before), igraph_error_handler_ignore);
}

static bool always(void* handle) {
    ++*(unsigned*)handle;
    return true;
}

static bool at_the_fortieth(void* handle) {
    return ++*(unsigned*)handle >= 40;
}

static void stopping_ends_the_work(void** unused) {
    (void)unused;
    kg_i_graph graph = {0};
    add_hubs(&graph, 3000, 3, 5);
    assert_int_equal(kg_i_graph_finish(&graph, NULL), KG_OK);
    unsigned asked = 0;
    record all = {0};
    const kg_i_measure_sink sink = {.handle = &all, .on_measure = keep};
    kg_i_measure_settings settings = kg_i_measure_defaults(NULL);
    settings.stop = always;
    settings.stop_handle = &asked;
    kg_error error = {0};
    assert_int_equal(kg_i_measures(&graph, &settings, sink, &error), KG_ERR_STOPPED);
    assert_int_equal(error.status, KG_ERR_STOPPED);
    assert_int_equal(all.count, 0);

    // Within a computation of igraph, not between two.
    asked = 0;
    settings.stop = at_the_fortieth;
    assert_int_equal(kg_i_measures(&graph, &settings, sink, NULL), KG_ERR_STOPPED);
    assert_true(asked >= 40);
    assert_true(all.count < 13);
    assert_true(IGRAPH_FINALLY_STACK_EMPTY);
    forget(&all);
    kg_i_graph_dispose(&graph);
}

static kg_status refuse(void* handle, const char* name, const double* values, size_t count,
                        kg_slice note, kg_error* error) {
    (void)name, (void)values, (void)count, (void)note;
    ++*(unsigned*)handle;
    return kg_fail(error, KG_ERR_IO, NULL, "%s", "disk full");
}

static void a_failing_sink_ends_the_work(void** unused) {
    (void)unused;
    kg_i_graph graph = {0};
    add_karate(&graph);
    assert_int_equal(kg_i_graph_finish(&graph, NULL), KG_OK);
    unsigned calls = 0;
    kg_error error = {0};
    const kg_i_measure_sink sink = {.handle = &calls, .on_measure = refuse};
    const kg_i_measure_settings settings = kg_i_measure_defaults(NULL);
    assert_int_equal(kg_i_measures(&graph, &settings, sink, &error), KG_ERR_IO);
    assert_string_equal(error.text, "disk full");
    assert_int_equal(calls, 1);
    kg_i_graph_dispose(&graph);
}

static void graph_refuses_what_does_not_fit(void** unused) {
    (void)unused;
    kg_i_graph graph = {0};
    add_vertices(&graph, 2);
    kg_error error = {0};
    assert_int_equal(kg_i_graph_add_vertex(&graph, KG_LIT("v000001"), KG_PARK, &error),
                     KG_ERR_STORE);
    assert_non_null(strstr(error.text, "v000001"));
    error = (kg_error){0};
    assert_int_equal(
        kg_i_graph_add_edge(&graph, KG_LIT("v000001"), KG_LIT("nobody"), KG_SUPPLIES, 1, &error),
        KG_ERR_STORE);
    assert_non_null(strstr(error.text, "nobody"));
    kg_i_graph_dispose(&graph);
}

static kg_status make_fatal(void* handle, kg_error* error) {
    (void)handle, (void)error;
    igraph_fatal("state is broken", "file.c", 1);
}

// Last, since igraph is locked afterwards.
static void a_fatal_error_does_not_abort(void** unused) {
    (void)unused;
    kg_error error = {0};
    assert_int_equal(kg_i_igraph_run(1, (kg_i_stop){0}, make_fatal, NULL, &error), KG_ERR_INTERNAL);
    assert_non_null(strstr(error.text, "state is broken"));
    bool ran = false;
    assert_int_equal(kg_i_igraph_run(1, (kg_i_stop){0}, make_errors, &ran, NULL), KG_ERR_INTERNAL);
    assert_false(ran);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weight_grows_with_evidence_and_falls_with_doubt),
        cmocka_unit_test(karate_club_as_networkx_has_it),
        cmocka_unit_test(path_by_hand),
        cmocka_unit_test(weights_direct_the_flow),
        cmocka_unit_test(loops_parallels_and_pieces),
        cmocka_unit_test(empty_graph_leaves_all_out_with_the_reason),
        cmocka_unit_test(entities_without_relations),
        cmocka_unit_test(a_loop_alone),
        cmocka_unit_test(want_of_convergence_leaves_out_one_measure_alone),
        cmocka_unit_test(samples_agree_with_the_exact),
        cmocka_unit_test(pivots_are_fewer_where_links_are_many),
        cmocka_unit_test(a_sample_of_nearly_all_is_nearly_exact),
        cmocka_unit_test(same_graph_same_bytes_whatever_the_order),
        cmocka_unit_test(errors_and_warnings_come_back_as_values),
        cmocka_unit_test(stopping_ends_the_work),
        cmocka_unit_test(a_failing_sink_ends_the_work),
        cmocka_unit_test(graph_refuses_what_does_not_fit),
        cmocka_unit_test(a_fatal_error_does_not_abort),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
