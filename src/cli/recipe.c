// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/recipe.h"

#include "cli/program.h"

#include <errno.h>
#include <fts.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>

static int by_name(const FTSENT** a, const FTSENT** b) {
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static void add_text(XXH3_state_t* state, const char* text) {
    // With the null byte at its end, so that neighbours do not run together.
    XXH3_128bits_update(state, text ? text : "", text ? strlen(text) + 1 : 1);
}

static bool add_file(XXH3_state_t* state, const char* path) {
    FILE* const file = fopen(path, "rb");
    if (!file) {
        return false;
    }
    char bytes[16384];
    size_t count = 0;
    while ((count = fread(bytes, 1, sizeof bytes, file)) > 0) {
        XXH3_128bits_update(state, bytes, count);
    }
    const bool read = !ferror(file);
    fclose(file);
    return read;
}

/// Every file below `folder`, by its path and its bytes, in the order of names.
static kg_status add_folder(XXH3_state_t* state, char* folder, kg_error* error) {
    char* roots[] = {folder, NULL};
    const size_t root_length = strlen(folder);
    FTS* const walk = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    if (!walk) {
        return kg_fail(error, KG_ERR_IO, folder, "%s", strerror(errno));
    }
    kg_status status = KG_OK;
    for (FTSENT* entry = fts_read(walk); entry && status == KG_OK; entry = fts_read(walk)) {
        if (entry->fts_info == FTS_F && entry->fts_name[0] != '.') {
            add_text(state, entry->fts_path + root_length);
            if (!add_file(state, entry->fts_path)) {
                status = kg_fail(error, KG_ERR_IO, entry->fts_path, "%s", strerror(errno));
            }
        }
    }
    fts_close(walk);
    return status;
}

kg_status cli_recipe(const cli_run_options* options, char out[CLI_RECIPE_SIZE], kg_error* error) {
    char folder[PATH_MAX];
    const kg_status found = cli_find_ontology(options->ontology, folder, sizeof folder, error);
    if (found != KG_OK) {
        return found;
    }
    XXH3_state_t* const state = XXH3_createState();
    if (!state) {
        return kg_fail(error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
    }
    XXH3_128bits_reset(state);
    char numbers[64];
    snprintf(numbers, sizeof numbers, "%.6f %d", options->min_confidence, options->inferred);
    add_text(state, numbers);
    add_text(state, options->fields);
    add_text(state, options->charset);
    for (size_t i = 0; i < options->disabled.count; i++) {
        add_text(state, options->disabled.items[i]);
    }
    const kg_status status = add_folder(state, folder, error);
    const XXH128_hash_t hash = XXH3_128bits_digest(state);
    XXH3_freeState(state);
    snprintf(out, CLI_RECIPE_SIZE, "parkgraph %.24s %016" PRIx64 "%016" PRIx64, kg_version(),
             (uint64_t)hash.high64, (uint64_t)hash.low64);
    return status;
}
