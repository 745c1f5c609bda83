// SPDX-License-Identifier: GPL-3.0-or-later
// bench_store FILE [DOCUMENTS [RELATIONS [ENTITIES [one]]]]
// Seconds and memory of filling a new store in FILE, deriving its graph and reading it back; `one`
// makes every relation a statement of its own. Records are made by rule and cost little. With 0
// documents the store that is there is read.
#include "generate.h"
#include "kg/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

// The lexicon has no part in what is measured: nothing looks behind this pointer.
static const kg_lexicon* const no_lexicon = (const kg_lexicon*)"";

const kg_lexicon_entry* kg_lexicon_at(const kg_lexicon* lexicon, uint32_t index) {
    (void)lexicon;
    (void)index;
    return NULL;
}
const kg_lexicon_entry* kg_lexicon_by_id(const kg_lexicon* lexicon, kg_slice id) {
    (void)lexicon;
    (void)id;
    return NULL;
}

enum { BATCH = 500 };

typedef struct {
    kg_store* store;
    const char* path;
    double at, cpu_at;
    uint64_t documents, relations, rows;
    size_t json_bytes;
    kg_error error;
} bench;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/// Of this process: what another one takes does not show.
static double cpu(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void begin(bench* b) {
    b->at = now();
    b->cpu_at = cpu();
    b->rows = 0;
}

static void done(bench* b, const char* what, double amount, const char* unit) {
    const double seconds = now() - b->at;
    const double busy = cpu() - b->cpu_at;
    struct rusage usage;
    struct stat file = {0};
    getrusage(RUSAGE_SELF, &usage);
    stat(b->path, &file);
    printf("%-20s %8.2f s  cpu %8.2f s %10.0f %s/s   peak %5.0f MiB   file %6.0f MiB\n", what,
           seconds, busy, amount / seconds, unit, (double)usage.ru_maxrss / 1024,
           (double)file.st_size / 1048576);
    fflush(stdout);
    begin(b);
}

static kg_status put(void* handle, const kg_record* record, kg_error* error) {
    bench* const b = handle;
    const kg_status status = kg_store_put(b->store, record, error);
    b->relations += record->relation_count;
    return status == KG_OK && ++b->documents % BATCH == 0 ? kg_store_commit(b->store, error)
                                                          : status;
}

static kg_status has(void* handle, const kg_record* record, kg_error* error) {
    bench* const b = handle;
    (void)error;
    return kg_store_has(b->store, record->doc, record->hash);
}

static kg_status to_json(void* handle, const kg_record* record, kg_error* error) {
    bench* const b = handle;
    char* json = NULL;
    size_t length = 0;
    const kg_status status = kg_record_to_json(record, &json, &length, error);
    b->json_bytes += length;
    free(json);
    return status;
}

static kg_status nothing(void* handle, const kg_record* record, kg_error* error) {
    (void)handle;
    (void)record;
    (void)error;
    return KG_OK;
}

static kg_status round_trip(void* handle, const kg_record* record, kg_error* error) {
    (void)handle;
    char* json = NULL;
    size_t length = 0;
    kg_record* again = NULL;
    kg_status status = kg_record_to_json(record, &json, &length, error);
    if (status == KG_OK) {
        status = kg_record_from_json((kg_slice){json, length}, &again, error);
    }
    kg_record_free(again);
    free(json);
    return status;
}

static kg_status on_entity(void* handle, const kg_entity_row* row) {
    (void)row;
    ++((bench*)handle)->rows;
    return KG_OK;
}

static kg_status on_statement(void* handle, const kg_statement_row* row) {
    (void)row;
    ++((bench*)handle)->rows;
    return KG_OK;
}

static kg_status on_document(void* handle, const kg_document_row* row) {
    bench* const b = handle;
    return kg_store_each_statement_of(b->store, row->name, on_statement, b, &b->error);
}

static kg_status run(bench* b, const generate_options* options) {
    const double documents = options->documents;
    kg_status status = KG_OK;
    begin(b);
#define STEP(call, ...)                                                                            \
    if ((status = (call)) != KG_OK) {                                                              \
        return status;                                                                             \
    }                                                                                              \
    done(b, __VA_ARGS__)
    if (!options->documents) {
        STEP(kg_store_open(b->path, KG_STORE_READ, 0, &b->store, &b->error), "open", 1, "stores");
        STEP(kg_store_each_entity(b->store, on_entity, b, &b->error), "each entity",
             (double)b->rows, "entities");
        STEP(kg_store_each_statement(b->store, on_statement, b, &b->error), "each statement",
             (double)b->rows, "statements");
        return KG_OK;
    }
    STEP(generate(options, (generate_sink){b, nothing}, &b->error), "records alone", documents,
         "documents");
    STEP(generate(options, (generate_sink){b, to_json}, &b->error), "and JSON out",
         (double)b->json_bytes / 1e6, "MB");
    STEP(generate(options, (generate_sink){b, round_trip}, &b->error), "and JSON out and in",
         (double)b->json_bytes / 1e6, "MB");
    STEP(kg_store_open(b->path, KG_STORE_WRITE, 0, &b->store, &b->error), "open", 1, "stores");
    STEP(generate(options, (generate_sink){b, put}, &b->error), "put", (double)b->relations,
         "relations");
    bool changed = false;
    STEP(kg_store_resolve(b->store, no_lexicon, NULL, &changed, &b->error), "resolve",
         (double)b->relations, "relations");
    STEP(kg_store_resolve(b->store, no_lexicon, NULL, &changed, &b->error), "resolve, unchanged", 1,
         "calls");
    STEP(kg_store_each_entity(b->store, on_entity, b, &b->error), "each entity", (double)b->rows,
         "entities");
    STEP(kg_store_each_statement(b->store, on_statement, b, &b->error), "each statement",
         (double)b->rows, "statements");
    STEP(kg_store_each_document(b->store, on_document, b, &b->error), "each document's",
         (double)b->rows, "statements");
    status = generate(options, (generate_sink){b, has}, &b->error);
    done(b, "has", documents, "documents");
    return status == KG_NO ? KG_OK : status;
#undef STEP
}

int main(int count, char** arguments) {
    if (count < 2) {
        fprintf(stderr, "usage: bench_store FILE [DOCUMENTS [RELATIONS [ENTITIES [one]]]]\n");
        return 2;
    }
    const generate_options options = {
        .seed = 42,
        .documents = count > 2 ? (uint32_t)strtoul(arguments[2], NULL, 10) : 50000,
        .relations = count > 3 ? (uint32_t)strtoul(arguments[3], NULL, 10) : 20,
        .entities = count > 4 ? (uint32_t)strtoul(arguments[4], NULL, 10) : 100000,
        .distinct = count > 5 && !strcmp(arguments[5], "one"),
    };
    bench b = {.path = arguments[1]};
    if (options.documents) {
        remove(b.path);
    }
    const kg_status status = run(&b, &options);
    kg_store_close(b.store);
    if (status != KG_OK) {
        fprintf(stderr, "bench_store: %s: %s\n", kg_status_name(status), b.error.text);
        return 1;
    }
    return 0;
}
