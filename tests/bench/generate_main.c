// SPDX-License-Identifier: GPL-3.0-or-later
// generate [--documents N] [--relations N] [--entities N] [--seed N] [--distinct] [--hostile]
// writes records as JSON Lines, as `parkgraph extract` would.
#include "generate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static kg_status print(void* handle, const kg_record* record, kg_error* error) {
    char* line = NULL;
    size_t length = 0;
    const kg_status status = kg_record_to_json(record, &line, &length, error);
    if (status != KG_OK) {
        return status;
    }
    const bool good = fwrite(line, 1, length, handle) == length && fputc('\n', handle) != EOF;
    free(line);
    return good ? KG_OK : kg_fail(error, KG_ERR_IO, NULL, "%s", "cannot write");
}

static bool take_number(int argc, char** argv, int* i, const char* name, uint64_t* out) {
    if (strcmp(argv[*i], name) != 0 || *i + 1 >= argc) {
        return false;
    }
    char* end = NULL;
    *out = strtoull(argv[++*i], &end, 10);
    return end != argv[*i] && *end == '\0' && *out <= UINT32_MAX;
}

int main(int argc, char** argv) {
    uint64_t documents = 0, relations = 10, entities = 10000, seed = 1;
    generate_options options = {0};
    for (int i = 1; i < argc; ++i) {
        if (strcmp(argv[i], "--distinct") == 0) {
            options.distinct = true;
        } else if (strcmp(argv[i], "--hostile") == 0) {
            options.hostile = true;
        } else if (!take_number(argc, argv, &i, "--documents", &documents) &&
                   !take_number(argc, argv, &i, "--relations", &relations) &&
                   !take_number(argc, argv, &i, "--entities", &entities) &&
                   !take_number(argc, argv, &i, "--seed", &seed)) {
            fprintf(stderr, "generate: what is %s?\n", argv[i]);
            return 2;
        }
    }
    options.documents = (uint32_t)documents;
    options.relations = (uint32_t)relations;
    options.entities = (uint32_t)entities;
    options.seed = seed;
    kg_error error = {0};
    const generate_sink sink = {.handle = stdout, .on_record = print};
    if (generate(&options, sink, &error) != KG_OK || fflush(stdout) != 0) {
        fprintf(stderr, "generate: %s\n", error.text);
        return 1;
    }
    return 0;
}
