// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/graph.h"

#include "cli/message.h"
#include "cli/options.h"
#include "cli/program.h"
#include "cli/progress.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// Notes: "measured" holds by which options, "written" the formats that are up to date and by
// which options, "formats" what the user last asked for. Touching the graph empties the first two.

enum { NOTE_SIZE = 512 };

static const char* format_candidate(const void* handle, size_t number) {
    (void)handle;
    return number < KG_WRITE_FORMAT_COUNT ? kg_write_format_name((kg_write_format)number) : NULL;
}

static int refuse_format(const char* command, kg_slice word) {
    char text[64];
    snprintf(text, sizeof text, "%.*s", (int)word.len, word.len ? word.ptr : "");
    const char* const near = cli_nearest(text, format_candidate, NULL);
    if (near) {
        return cli_usage(command, _("unknown format '%s'; did you mean '%s'?"), text, near);
    }
    return cli_usage(command,
                     _("unknown format '%s'; there are turtle, ntriples, nquads, rdfxml, graphml, "
                       "gexf, neo4j, cypher, csv, jsonl"),
                     text);
}

bool cli_formats_parse(const char* command, const char* text, cli_formats* out) {
    *out = (cli_formats){0};
    while (true) {
        const kg_slice word = {text, strcspn(text, ",")};
        kg_write_format format = KG_WRITE_TURTLE;
        if (kg_slice_equal(word, KG_LIT("all"))) {
            memset(out->chosen, true, sizeof out->chosen);
        } else if (kg_write_format_parse(word, &format) == KG_OK) {
            out->chosen[format] = true;
        } else if (!kg_slice_equal(word, KG_LIT("none"))) {
            refuse_format(command, word);
            return false;
        }
        if (!text[word.len]) {
            return true;
        }
        text += word.len + 1;
    }
}

bool cli_check_base_iri(const char* command, const char* iri) {
    if (!iri) {
        return true;
    }
    const size_t length = strlen(iri);
    bool good =
        length > 2 && strchr(iri, ':') && (iri[length - 1] == '/' || iri[length - 1] == '#');
    for (size_t i = 0; i < length && good; i++) {
        good = iri[i] > ' ' && iri[i] < 0x7F && !strchr("<>\"{}|\\^`", iri[i]);
    }
    if (!good) {
        cli_usage(command,
                  _("--base-iri takes an ASCII IRI that ends in / or #, such as "
                    "https://example.org/id/, not '%s'"),
                  iri);
    }
    return good;
}

// Notes --------------------------------------------------------------------------------------

static void get_note(kg_store* store, const char* key, char* out, size_t size) {
    kg_slice value = {0};
    out[0] = '\0';
    if (kg_store_note_get(store, kg_slice_of(key), &value) == KG_OK) {
        snprintf(out, size, "%.*s", (int)value.len, value.ptr);
    }
}

static kg_status put_note(kg_store* store, const char* key, const char* value, kg_error* error) {
    return kg_store_note_put(store, kg_slice_of(key), kg_slice_of(value), error);
}

kg_status cli_graph_touch(kg_store* store, kg_error* error) {
    const kg_status status = put_note(store, "measured", "", error);
    return status == KG_OK ? put_note(store, "written", "", error) : status;
}

static bool has_word(const char* list, const char* word) {
    const size_t length = strlen(word);
    for (const char* at = strstr(list, word); at; at = strstr(at + 1, word)) {
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || !at[length])) {
            return true;
        }
    }
    return false;
}

// Measures -----------------------------------------------------------------------------------

static bool stop(void* handle) {
    (void)handle;
    return cli_stop_asked();
}

static void on_measure(void* handle, const char* name, uint32_t done, uint32_t total) {
    const cli_progress* const progress = handle;
    if (progress->shown) {
        char line[128];
        snprintf(line, sizeof line, "%s [%" PRIu32 "/%" PRIu32 "] %s", progress->label, done + 1,
                 total, name);
        cli_status_line(line);
    }
}

kg_status cli_graph_measure(kg_store* store, const kg_analyse_options* options, bool* done,
                            kg_error* error) {
    char wanted[NOTE_SIZE];
    char measured[NOTE_SIZE];
    snprintf(wanted, sizeof wanted, "%s %" PRIu64 " %" PRIu32 " %" PRIu32 " %.6f", kg_version(),
             options->seed, options->exact_limit, options->pivots, options->min_confidence);
    get_note(store, "measured", measured, sizeof measured);
    if (done) {
        *done = false;
    }
    if (strcmp(wanted, measured) == 0) {
        return KG_OK;
    }
    cli_progress progress;
    cli_progress_start(&progress, _("measuring"), 0);
    kg_analyse_options all = *options;
    all.stop = stop;
    all.progress = on_measure;
    all.progress_handle = &progress;
    // Whoever reads the measures out sees new ones: the exports are to be written again.
    kg_status status = put_note(store, "written", "", error);
    status = status == KG_OK ? kg_store_commit(store, error) : status;
    status = status == KG_OK ? kg_analyse(store, &all, error) : status;
    cli_progress_stop(&progress);
    status = status == KG_OK ? put_note(store, "measured", wanted, error) : status;
    status = status == KG_OK ? kg_store_commit(store, error) : status;
    if (done) {
        *done = status == KG_OK;
    }
    return status;
}

// Exports ------------------------------------------------------------------------------------

/// What an export depends on beside the graph.
static void describe_exports(const cli_graph_options* options, char* out, size_t size) {
    snprintf(out, size, "%s/%.6f/%d", kg_version(), options->min_confidence, options->inferred);
}

static kg_status write_one(kg_store* store, kg_write_format format,
                           const cli_graph_options* options, kg_error* error) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", options->folder, kg_write_default_name(format));
    const kg_write_options how = {.min_confidence = options->min_confidence,
                                  .inferred = options->inferred};
    cli_detail(_("writing %s"), path);
    return kg_write(store, format, path, &how, error);
}

static bool is_there(kg_write_format format, const cli_graph_options* options) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", options->folder, kg_write_default_name(format));
    return access(path, F_OK) == 0;
}

/// Half-written files of runs that were killed: a writer's carry its process number.
static void sweep_folder(const char* folder) {
    DIR* const walk = opendir(folder);
    for (const struct dirent* entry = walk ? readdir(walk) : NULL; entry; entry = readdir(walk)) {
        long process = 0;
        unsigned number = 0;
        int used = 0;
        if (sscanf(entry->d_name, ".parkgraph-%ld-%u.part%n", &process, &number, &used) == 2 &&
            used && !entry->d_name[used] && kill((pid_t)process, 0) != 0 && errno == ESRCH) {
            (void)unlinkat(dirfd(walk), entry->d_name, 0);
        }
    }
    if (walk) {
        closedir(walk);
    }
}

static void sweep(const char* folder) {
    char path[PATH_MAX];
    sweep_folder(folder);
    for (unsigned i = 0; i < KG_WRITE_FORMAT_COUNT; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, kg_write_default_name((kg_write_format)i));
        sweep_folder(path); // of those that are folders
    }
}

static kg_status write_all(kg_store* store, const cli_graph_options* options,
                           cli_graph_outcome* outcome, kg_error* error) {
    char how[64];
    char written[NOTE_SIZE];
    sweep(options->folder);
    describe_exports(options, how, sizeof how);
    get_note(store, "written", written, sizeof written);
    if (!has_word(written, how)) {
        snprintf(written, sizeof written, "%s", how);
    }
    cli_progress progress;
    cli_progress_start(&progress, _("writing"), 0);
    kg_status status = KG_OK;
    for (unsigned i = 0; i < KG_WRITE_FORMAT_COUNT && status == KG_OK; i++) {
        const kg_write_format format = (kg_write_format)i;
        const char* const name = kg_write_format_name(format);
        const bool fresh = has_word(written, name);
        if (!outcome->formats.chosen[i] || (fresh && is_there(format, options))) {
            continue;
        }
        if (cli_stop_asked()) {
            status = KG_ERR_STOPPED;
            break;
        }
        on_measure(&progress, name, i, KG_WRITE_FORMAT_COUNT);
        status = write_one(store, format, options, error);
        outcome->written += status == KG_OK;
        const size_t length = strlen(written);
        if (!fresh && status == KG_OK && length + strlen(name) + 2 < sizeof written) {
            snprintf(written + length, sizeof written - length, " %s", name);
        }
    }
    cli_progress_stop(&progress);
    if (outcome->written) {
        kg_status noted = put_note(store, "written", written, error);
        noted = noted == KG_OK ? kg_store_commit(store, error) : noted;
        status = status == KG_OK ? noted : status;
    }
    return status;
}

/// The formats of this run: those given, else those of the last, else all.
static kg_status choose_formats(kg_store* store, const cli_graph_options* options, cli_formats* out,
                                kg_error* error) {
    char last[NOTE_SIZE];
    get_note(store, "formats", last, sizeof last);
    if (!options->formats_text) {
        if (!last[0] || !cli_formats_parse("build", last, out)) {
            memset(out->chosen, true, sizeof out->chosen);
        }
        return KG_OK;
    }
    *out = options->formats;
    return strcmp(last, options->formats_text) == 0
               ? KG_OK
               : put_note(store, "formats", options->formats_text, error);
}

kg_status cli_graph_finish(kg_store* store, const kg_lexicon* lexicon,
                           const cli_graph_options* options, cli_graph_outcome* outcome,
                           kg_error* error) {
    *outcome = (cli_graph_outcome){0};
    kg_status status = choose_formats(store, options, &outcome->formats, error);
    if (status == KG_OK) {
        status = kg_store_resolve(store, lexicon, options->base_iri, &outcome->changed, error);
    }
    if (status == KG_OK && outcome->changed) {
        status = cli_graph_touch(store, error);
        status = status == KG_OK ? kg_store_commit(store, error) : status;
    }
    if (status == KG_OK && cli_stop_asked()) {
        status = KG_ERR_STOPPED;
    }
    if (status == KG_OK) {
        const kg_analyse_options measure = {0};
        status = cli_graph_measure(store, &measure, NULL, error);
    }
    return status == KG_OK ? write_all(store, options, outcome, error) : status;
}
