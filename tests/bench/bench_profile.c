// SPDX-License-Identifier: GPL-3.0-or-later
// bench_profile ONTOLOGY FILE [ENTITIES [RELATIONS]]
// Seconds from records made by rule to measures and profiles, through a new store in FILE.
#include "generate.h"
#include "kg/analyse.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { relations_per_document = 20 };

typedef struct {
    kg_store* store;
    double at;
    kg_error error;
    char id[128];
} bench;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/// Print the time since the last call; false if the work had failed.
static bool done(bench* b, const char* what, kg_status status) {
    if (status != KG_OK) {
        fprintf(stderr, "bench_profile: %s: %s: %s\n", what, kg_status_name(status), b->error.text);
        return false;
    }
    printf("%-16s %8.2f s\n", what, now() - b->at);
    fflush(stdout);
    b->at = now();
    return true;
}

static kg_status put(void* handle, const kg_record* record, kg_error* error) {
    return kg_store_put(((bench*)handle)->store, record, error);
}

static kg_status fill(bench* b, const generate_options* options) {
    const generate_sink sink = {.handle = b, .on_record = put};
    const kg_status status = generate(options, sink, &b->error);
    return status == KG_OK ? kg_store_commit(b->store, &b->error) : status;
}

static kg_status take_id(void* handle, const kg_rank_row* row) {
    bench* const b = handle;
    snprintf(b->id, sizeof b->id, "%.*s", (int)row->id.len, row->id.ptr);
    return KG_OK;
}

static bool profile(bench* b, kg_type type) {
    const kg_status ranked = kg_rank(b->store, KG_LIT("degree"), type, 1, take_id, b, &b->error);
    if (!done(b, "ranking", ranked)) {
        return false;
    }
    kg_profile* p = NULL;
    const kg_slice id = kg_slice_of(b->id);
    const kg_status status = type == KG_PARK ? kg_park_profile(b->store, id, &p, &b->error)
                                             : kg_sector_profile(b->store, id, &p, &b->error);
    const unsigned items = p ? p->item_count : 0;
    kg_profile_free(p);
    char what[32];
    snprintf(what, sizeof what, "%s, %u items", kg_type_name(type), items);
    return done(b, what, status);
}

static bool run(bench* b, const kg_lexicon* lexicon, const generate_options* options) {
    b->at = now();
    return done(b, "put", fill(b, options)) &&
           done(b, "resolve", kg_store_resolve(b->store, lexicon, NULL, NULL, &b->error)) &&
           done(b, "analyse", kg_analyse(b->store, NULL, &b->error)) && profile(b, KG_PARK) &&
           profile(b, KG_SECTOR);
}

int main(int argc, char** argv) {
    if (argc < 3 || argc > 5) {
        fprintf(stderr, "usage: bench_profile ONTOLOGY FILE [ENTITIES [RELATIONS]]\n");
        return 2;
    }
    const uint64_t entities = argc > 3 ? strtoull(argv[3], NULL, 10) : 20000;
    const uint64_t relations = argc > 4 ? strtoull(argv[4], NULL, 10) : 100000;
    const generate_options options = {.seed = 1,
                                      .documents = (uint32_t)(relations / relations_per_document),
                                      .relations = relations_per_document,
                                      .entities = (uint32_t)entities};
    bench b = {0};
    kg_lexicon* lexicon = NULL;
    bool good = false;
    if (kg_lexicon_load(argv[1], NULL, &lexicon, &b.error) != KG_OK ||
        kg_store_open(argv[2], KG_STORE_WRITE, 0, &b.store, &b.error) != KG_OK) {
        fprintf(stderr, "bench_profile: %s: %s\n", b.error.source, b.error.text);
    } else {
        good = run(&b, lexicon, &options);
    }
    kg_store_close(b.store);
    kg_lexicon_free(lexicon);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%-16s %8ld MB at most\n", "memory", usage.ru_maxrss / 1024);
    return good ? 0 : 1;
}
