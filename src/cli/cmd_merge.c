// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/graph.h"
#include "cli/program.h"
#include "cli/run.h"
#include "cli/stores.h"
#include "cli/summary.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_DOCUMENTS = 500, DEFAULT_WAIT = 600 };
static const size_t max_line = (size_t)256 << 20;

typedef struct {
    const char* output;
    const char* formats;
    const char* base_iri;
    const char* ontology;
    unsigned wait;
} merge_options;

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, "DIR", N_("folder for the store and the exports (default: out)"),
     offsetof(merge_options, output)},
    {"formats", 'f', CLI_TEXT, "F,F",
     N_("exports: turtle, ntriples, nquads, rdfxml, graphml, gexf, neo4j, cypher, csv, jsonl, "
        "all or none (default: all)"),
     offsetof(merge_options, formats)},
    {"base-iri", 0, CLI_TEXT, "IRI", N_("beginning of every IRI, ending in / or #"),
     offsetof(merge_options, base_iri)},
    {"ontology", 0, CLI_TEXT, "DIR", N_("folder with lexicon/ and patterns/"),
     offsetof(merge_options, ontology)},
    {"wait", 0, CLI_COUNT, "S", N_("wait S seconds for another run on the store (default: 600)"),
     offsetof(merge_options, wait)},
    {0},
};

typedef struct {
    kg_store* store;
    cli_failures failures;
    kg_error* error;
    uint64_t put;
} merge;

static void report_line(merge* it, const char* name, uint64_t line, const kg_error* reason) {
    kg_error error = {0};
    if (reason->offset && !reason->line) {
        (void)kg_fail_at(&error, reason->status, name, line, 0, _("byte %" PRIu64 ": %s"),
                         reason->offset, reason->text);
    } else {
        (void)kg_fail_at(&error, reason->status, name, line, 0, "%s", reason->text);
    }
    const kg_diagnostics diagnostics = cli_diagnostics(&it->failures);
    kg_report(&diagnostics, KG_ERROR, &error);
}

static kg_status put_record(merge* it, const kg_record* record) {
    kg_status status = KG_OK;
    if (it->put % BATCH_DOCUMENTS == 0) {
        status = it->put ? kg_store_commit(it->store, it->error) : KG_OK;
        status = status == KG_OK ? cli_graph_touch(it->store, it->error) : status;
    }
    status = status == KG_OK ? kg_store_put(it->store, record, it->error) : status;
    it->put += status == KG_OK;
    return status;
}

/// A line that does not parse is reported and passed over.
static kg_status merge_line(merge* it, const char* name, uint64_t line, kg_slice text) {
    while (text.len && strchr(" \t\r\n", text.ptr[text.len - 1])) {
        text.len--;
    }
    if (!text.len) {
        return KG_OK;
    }
    kg_record* record = NULL;
    kg_error reason = {0};
    const kg_status parsed = kg_record_from_json(text, &record, &reason);
    if (parsed != KG_OK) {
        report_line(it, name, line, &reason);
        return parsed == KG_ERR_MEMORY ? parsed : KG_OK;
    }
    const kg_status status = put_record(it, record);
    kg_record_free(record);
    return status;
}

static kg_status merge_stream(merge* it, FILE* stream, const char* name) {
    char* line = NULL;
    size_t capacity = 0;
    kg_status status = KG_OK;
    for (uint64_t number = 1; status == KG_OK; number++) {
        errno = 0;
        const ssize_t length = getline(&line, &capacity, stream);
        if (length < 0) {
            break;
        }
        if ((size_t)length > max_line) {
            const kg_error reason = {.status = KG_ERR_LIMIT, .text = "line too long"};
            report_line(it, name, number, &reason);
        } else {
            status = merge_line(it, name, number, (kg_slice){line, (size_t)length});
        }
        if (status == KG_OK && cli_stop_asked()) {
            status = KG_ERR_STOPPED;
        }
    }
    if (status == KG_OK && ferror(stream)) {
        kg_error error = {0};
        const kg_diagnostics diagnostics = cli_diagnostics(&it->failures);
        (void)kg_fail(&error, KG_ERR_IO, name, _("cannot read: %s"), strerror(errno));
        kg_report(&diagnostics, KG_ERROR, &error);
    }
    free(line);
    return status;
}

static kg_status merge_file(merge* it, const char* path) {
    if (strcmp(path, "-") == 0) {
        return merge_stream(it, stdin, "stdin");
    }
    FILE* const stream = fopen(path, "rb");
    if (!stream) {
        kg_error error = {0};
        const kg_diagnostics diagnostics = cli_diagnostics(&it->failures);
        (void)kg_fail(&error, KG_ERR_IO, path, _("cannot open: %s"), strerror(errno));
        kg_report(&diagnostics, KG_ERROR, &error);
        return KG_OK;
    }
    const kg_status status = merge_stream(it, stream, path);
    fclose(stream);
    return status;
}

static kg_status finish(merge* it, const merge_options* given, const kg_lexicon* lexicon,
                        const char* folder, const cli_formats* formats,
                        cli_graph_outcome* outcome) {
    const cli_graph_options graph = {.formats_text = given->formats,
                                     .formats = *formats,
                                     .base_iri = given->base_iri,
                                     .folder = folder};
    kg_status status = cli_graph_finish(it->store, lexicon, &graph, outcome, it->error);
    if (status == KG_OK && cli_get_verbosity() >= CLI_NORMAL) {
        printf(_("Documents merged: %" PRIu64 ".\n"), it->put);
        status = cli_summary_graph(it->store, stdout, it->error);
    }
    return status;
}

static kg_status merge_files(merge* it, const merge_options* given, const cli_formats* formats,
                             char* const* paths, size_t count) {
    kg_lexicon* lexicon = NULL;
    kg_status status = cli_load_lexicon(given->ontology, &lexicon, it->error);
    if (status == KG_OK) {
        status = cli_store_open_write(given->output, true, given->wait, &it->store, it->error);
    }
    for (size_t i = 0; i < count && status == KG_OK; i++) {
        status = merge_file(it, paths[i]);
    }
    if (it->store && (status == KG_OK || status == KG_ERR_STOPPED)) {
        const kg_status kept = kg_store_commit(it->store, it->error);
        status = kept == KG_OK ? status : kept;
    }
    char folder[PATH_MAX];
    cli_graph_outcome outcome = {0};
    cli_store_folder(given->output, folder, sizeof folder);
    status = status == KG_OK ? finish(it, given, lexicon, folder, formats, &outcome) : status;
    kg_store_close(it->store);
    kg_lexicon_free(lexicon);
    if (status == KG_OK && cli_get_verbosity() >= CLI_NORMAL) { // closed, all files have their size
        cli_summary_files(folder, &outcome.formats, stdout);
    }
    return status;
}

static int run_command(int argc, char** argv) {
    merge_options given = {.wait = DEFAULT_WAIT};
    cli_formats formats = {0};
    int first = 0;
    int exit_status = CLI_DONE;
    if (!cli_parse(&cli_cmd_merge, &given, argc, argv, &first, &exit_status)) {
        return exit_status;
    }
    if (!cli_check_base_iri("merge", given.base_iri) ||
        (given.formats && !cli_formats_parse("merge", given.formats, &formats))) {
        return CLI_USAGE;
    }
    kg_error error = {0};
    merge it = {.error = &error};
    const kg_status status =
        merge_files(&it, &given, &formats, argv + first, (size_t)(argc - first));
    exit_status = cli_exit_status(status, &error);
    return exit_status == CLI_DONE && it.failures.failed ? CLI_FAILED : exit_status;
}

const cli_command cli_cmd_merge = {
    .name = "merge",
    .synopsis = "FILE...|-",
    .summary = N_("Put what 'extract' printed into a store, then measure and export as 'build' "
                  "does."),
    .options = options,
    .min_arguments = 1,
    .max_arguments = -1,
    .run = run_command,
};
