// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/graph.h"
#include "cli/message.h"
#include "cli/program.h"
#include "cli/stores.h"

#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
    const char* formats;
    const char* output;
    const char* store;
    double min_confidence;
    bool inferred;
} export_options;

static const cli_option options[] = {
    {"format", 'f', CLI_TEXT, "F,F",
     N_("turtle, ntriples, nquads, rdfxml, graphml, gexf, neo4j, cypher, csv, jsonl or all"),
     offsetof(export_options, formats)},
    {"output", 'o', CLI_TEXT, "PATH",
     N_("file or folder to write, - for standard output (default: beside the store)"),
     offsetof(export_options, output)},
    {"store", 's', CLI_TEXT, "DIR", N_("folder that 'build' made (default: out)"),
     offsetof(export_options, store)},
    {"min-confidence", 0, CLI_SHARE, "X", N_("leave out relations below X, from 0 to 1"),
     offsetof(export_options, min_confidence)},
    {"inferred", 0, CLI_FLAG, NULL, N_("with the statements that names imply"),
     offsetof(export_options, inferred)},
    {0},
};

static bool is_folder(const char* path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool writes_folder(kg_write_format format) {
    return format == KG_WRITE_NEO4J || format == KG_WRITE_CSV;
}

/// Where a format goes: `-o` itself for one alone, else its usual name below `-o`.
static kg_status choose_path(const export_options* given, kg_write_format format, bool alone,
                             char* out, size_t size, kg_error* error) {
    char folder[PATH_MAX];
    cli_store_folder(given->store, folder, sizeof folder);
    const char* const place = given->output ? given->output : folder;
    const bool below = !given->output || !alone || (is_folder(place) && !writes_folder(format));
    const int length = snprintf(out, size, "%s%s%s", place, below ? "/" : "",
                                below ? kg_write_default_name(format) : "");
    return length > 0 && (size_t)length < size
               ? KG_OK
               : kg_fail(error, KG_ERR_USAGE, NULL, "%s", _("the path to write is too long"));
}

static kg_status export_all(const export_options* given, const cli_formats* formats, bool alone,
                            kg_error* error) {
    const kg_write_options how = {.min_confidence = given->min_confidence,
                                  .inferred = given->inferred};
    kg_store* store = NULL;
    kg_status status = cli_store_open_read(given->store, &store, error);
    for (unsigned i = 0; i < KG_WRITE_FORMAT_COUNT && status == KG_OK; i++) {
        if (!formats->chosen[i]) {
            continue;
        }
        char path[PATH_MAX];
        status = cli_stop_asked()
                     ? KG_ERR_STOPPED
                     : choose_path(given, (kg_write_format)i, alone, path, sizeof path, error);
        status = status == KG_OK ? kg_write(store, (kg_write_format)i, path, &how, error) : status;
        if (status == KG_OK) {
            cli_say(_("wrote %s"), strcmp(path, "-") == 0 ? _("standard output") : path);
        }
    }
    kg_store_close(store);
    return status;
}

static int run_export(const export_options* given) {
    cli_formats formats;
    if (!given->formats) {
        return cli_usage("export", "%s", _("which format? --format=turtle, for example"));
    }
    if (!cli_formats_parse("export", given->formats, &formats)) {
        return CLI_USAGE;
    }
    unsigned count = 0;
    bool folders = false;
    for (unsigned i = 0; i < KG_WRITE_FORMAT_COUNT; i++) {
        count += formats.chosen[i];
        folders = folders || (formats.chosen[i] && writes_folder((kg_write_format)i));
    }
    if (given->output && strcmp(given->output, "-") == 0 && (count != 1 || folders)) {
        return cli_usage("export", "%s",
                         _("standard output takes one format, and neither neo4j nor csv, which "
                           "are folders"));
    }
    if (count > 1 && given->output && !is_folder(given->output)) {
        return cli_usage("export", _("several formats go into a folder; there is none at '%s'"),
                         given->output);
    }
    kg_error error = {0};
    return cli_exit_status(export_all(given, &formats, count == 1, &error), &error);
}

static int run_command(int argc, char** argv) {
    export_options given = {0};
    int first = 0;
    int exit_status = CLI_DONE;
    return cli_parse(&cli_cmd_export, &given, argc, argv, &first, &exit_status) ? run_export(&given)
                                                                                : exit_status;
}

const cli_command cli_cmd_export = {
    .name = "export",
    .synopsis = "--format=F",
    .summary = N_("Write the graph of a store in one or more formats."),
    .options = options,
    .max_arguments = 0,
    .run = run_command,
};
