// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/message.h"
#include "cli/program.h"
#include "cli/run.h"

#include <inttypes.h>
#include <stddef.h>

static const cli_option options[] = {
    {"jobs", 'j', CLI_COUNT, "N", N_("work on N documents at a time (default: all cores)"),
     offsetof(cli_run_options, jobs)},
    {"min-confidence", 0, CLI_SHARE, "X", N_("leave out relations below X, from 0 to 1"),
     offsetof(cli_run_options, min_confidence)},
    {"inferred", 0, CLI_FLAG, NULL, N_("add what names imply, marked as inferred"),
     offsetof(cli_run_options, inferred)},
    {"disable", 0, CLI_LIST, "PATTERN", N_("switch a pattern off, by its id; may be repeated"),
     offsetof(cli_run_options, disabled)},
    {"fields", 0, CLI_TEXT, "MAP",
     N_("fields of JSON Lines: title=headline,text=body,id=key,date=time,url=link,source=site"),
     offsetof(cli_run_options, fields)},
    {"charset", 0, CLI_TEXT, "NAME", N_("decode by this charset, whatever the files declare"),
     offsetof(cli_run_options, charset)},
    {"ontology", 0, CLI_TEXT, "DIR", N_("folder with lexicon/ and patterns/"),
     offsetof(cli_run_options, ontology)},
    {0},
};

static kg_status print_record(void* handle, uint64_t tag, const kg_record* record, kg_slice json,
                              kg_error* error) {
    (void)handle;
    (void)tag;
    if (!record) {
        return KG_OK;
    }
    const kg_status status = cli_write(json, error);
    return status == KG_OK ? cli_write(KG_LIT("\n"), error) : status;
}

static int extract(const cli_run_options* given, const char* const* paths, size_t count) {
    cli_failures failures = {0};
    kg_error error = {0};
    kg_source_totals totals = {0};
    cli_run* run = NULL;
    kg_status status = cli_run_open(given, &failures, &run, &error);
    if (status == KG_OK) {
        const cli_record_sink sink = {.on_record = print_record, .wants_json = true};
        status = cli_run_read(run, paths, count, NULL, &sink, &totals, &error);
    }
    cli_run_close(run);
    const int exit_status = cli_exit_status(status, &error);
    cli_detail(_("%" PRIu64 " documents from %" PRIu64 " files, %" PRIu64 " failed"),
               totals.documents, totals.files, failures.failed);
    return exit_status == CLI_DONE && failures.failed ? CLI_FAILED : exit_status;
}

static int run_command(int argc, char** argv) {
    cli_run_options given = {0};
    int first = 0;
    int exit_status = CLI_DONE;
    if (cli_parse(&cli_cmd_extract, &given, argc, argv, &first, &exit_status)) {
        exit_status = extract(&given, (const char* const*)argv + first, (size_t)(argc - first));
    }
    cli_list_dispose(&given.disabled);
    return exit_status;
}

const cli_command cli_cmd_extract = {
    .name = "extract",
    .synopsis = "PATH...|-",
    .summary = N_("Read documents and print what each says, one JSON object a line, in the order "
                  "of the documents."),
    .options = options,
    .min_arguments = 1,
    .max_arguments = -1,
    .run = run_command,
};
