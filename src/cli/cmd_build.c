// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/graph.h"
#include "cli/ledger.h"
#include "cli/program.h"
#include "cli/recipe.h"
#include "cli/run.h"
#include "cli/stores.h"
#include "cli/summary.h"

#include <inttypes.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>

enum { BATCH_DOCUMENTS = 500, DEFAULT_WAIT = 600 };

typedef struct {
    cli_run_options run;
    const char* output;
    const char* formats;
    const char* base_iri;
    unsigned wait;
    bool prune;
} build_options;

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, "DIR", N_("folder for the store and the exports (default: out)"),
     offsetof(build_options, output)},
    {"formats", 'f', CLI_TEXT, "F,F",
     N_("exports: turtle, ntriples, nquads, rdfxml, graphml, gexf, neo4j, cypher, csv, jsonl, "
        "all or none (default: all)"),
     offsetof(build_options, formats)},
    {"prune", 0, CLI_FLAG, NULL, N_("drop documents that are no longer among PATH..."),
     offsetof(build_options, prune)},
    {"base-iri", 0, CLI_TEXT, "IRI", N_("beginning of every IRI, ending in / or #"),
     offsetof(build_options, base_iri)},
    {"jobs", 'j', CLI_COUNT, "N", N_("work on N documents at a time (default: all cores)"),
     offsetof(build_options, run.jobs)},
    {"min-confidence", 0, CLI_SHARE, "X", N_("leave out relations below X, from 0 to 1"),
     offsetof(build_options, run.min_confidence)},
    {"inferred", 0, CLI_FLAG, NULL, N_("add what names imply, marked as inferred"),
     offsetof(build_options, run.inferred)},
    {"disable", 0, CLI_LIST, "PATTERN", N_("switch a pattern off, by its id; may be repeated"),
     offsetof(build_options, run.disabled)},
    {"fields", 0, CLI_TEXT, "MAP",
     N_("fields of JSON Lines: title=headline,text=body,id=key,date=time,url=link,source=site"),
     offsetof(build_options, run.fields)},
    {"charset", 0, CLI_TEXT, "NAME", N_("decode by this charset, whatever the files declare"),
     offsetof(build_options, run.charset)},
    {"ontology", 0, CLI_TEXT, "DIR", N_("folder with lexicon/ and patterns/"),
     offsetof(build_options, run.ontology)},
    {"wait", 0, CLI_COUNT, "S", N_("wait S seconds for another run on the store (default: 600)"),
     offsetof(build_options, wait)},
    {0},
};

typedef struct {
    const build_options* given;
    kg_store* store;
    cli_ledger* ledger;
    cli_failures failures;
    kg_source_totals totals;
    kg_error* error;
    uint64_t put, known, retracted;
    unsigned batch; ///< puts since the last commit
    bool touched;   ///< in this batch
} build;

/// The one place where documents go in or out, so that what hangs on them is known to be stale in
/// the same transaction.
static kg_status touch(build* it) {
    if (it->touched) {
        return KG_OK;
    }
    it->touched = true;
    return cli_graph_touch(it->store, it->error);
}

static bool is_unchanged(void* handle, kg_slice name, uint64_t size, int64_t mtime_ns) {
    build* const it = handle;
    return cli_ledger_visit(it->ledger, name, size, mtime_ns);
}

static bool is_wanted(void* handle, const kg_document* document, uint64_t* tag) {
    build* const it = handle;
    *tag = cli_ledger_current(it->ledger);
    (void)cli_ledger_see(it->ledger, document->name); // a miss is kept in the ledger
    if (!cli_ledger_same_recipe(it->ledger) ||
        kg_store_has(it->store, document->name, document->hash) != KG_OK) {
        return true;
    }
    it->known++;
    return false;
}

/// A fault found while reading belongs to the file being read.
static void on_failed(void* handle, const kg_error* error) {
    build* const it = handle;
    (void)error;
    cli_ledger_fault(it->ledger, cli_ledger_current(it->ledger));
}

static kg_status on_record(void* handle, uint64_t tag, const kg_record* record, kg_slice json,
                           kg_error* error) {
    build* const it = handle;
    (void)json;
    if (!record) {
        cli_ledger_fault(it->ledger, tag);
        return KG_OK;
    }
    kg_status status = touch(it);
    status = status == KG_OK ? kg_store_put(it->store, record, error) : status;
    it->put += status == KG_OK;
    if (status == KG_OK && ++it->batch >= BATCH_DOCUMENTS) {
        status = kg_store_commit(it->store, error);
        it->batch = 0;
        it->touched = false;
    }
    return status;
}

static bool keep(void* handle, kg_slice doc) {
    const build* const it = handle;
    return cli_ledger_keeps(it->ledger, doc, it->given->prune);
}

/// Documents that files no longer hold, then the ledger.
static kg_status settle(build* it) {
    cli_ledger_settle(it->ledger);
    kg_status status = kg_store_prune(it->store, keep, it, &it->retracted, it->error);
    if (status == KG_OK && it->retracted) {
        status = touch(it);
    }
    return status == KG_OK ? cli_ledger_save(it->ledger, it->store, it->given->prune, it->error)
                           : status;
}

static kg_status read_documents(build* it, cli_run* run, const char* const* paths, size_t count) {
    const kg_source_options source = {.unchanged = is_unchanged, .unchanged_handle = it};
    const cli_record_sink sink = {.handle = it, .wanted = is_wanted, .on_record = on_record};
    it->failures.handle = it;
    it->failures.on_failed = on_failed;
    const kg_status status =
        cli_run_read(run, paths, count, &source, &sink, &it->totals, it->error);
    if (status == KG_ERR_STOPPED) {
        // What was read stays; the files are looked at again, and their documents known.
        const kg_status kept = kg_store_commit(it->store, it->error);
        cli_say(_("stopped: %" PRIu64 " documents are kept; the same command goes on from there"),
                it->put);
        return kept == KG_OK ? status : kept;
    }
    return status == KG_OK ? settle(it) : status;
}

static kg_status end_run(build* it, int64_t number) {
    char time[32];
    const kg_run_counts counts = {.documents = it->put,
                                  .skipped = it->known + it->totals.skipped,
                                  .failed = it->failures.failed,
                                  .retracted = it->retracted};
    return kg_store_run_end(it->store, number, cli_now(time), &counts, it->error);
}

static void report_run(const build* it, const cli_graph_outcome* outcome) {
    if (!outcome->changed && !outcome->written) {
        printf(_("Nothing changed; files as they were: %" PRIu64 ".\n"), it->totals.skipped);
    } else {
        printf(_("Documents read: %" PRIu64 ", known: %" PRIu64 ", taken away: %" PRIu64
                 "; files as they were: %" PRIu64 ".\n"),
               it->put, it->known, it->retracted, it->totals.skipped);
    }
    if (it->failures.failed) {
        printf(_("Inputs that failed: %" PRIu64 "; they are named above.\n"), it->failures.failed);
    }
}

static kg_status finish(build* it, cli_run* run, const char* folder, const cli_formats* formats,
                        cli_graph_outcome* outcome) {
    const cli_graph_options graph = {.formats_text = it->given->formats,
                                     .formats = *formats,
                                     .base_iri = it->given->base_iri,
                                     .folder = folder,
                                     .min_confidence = it->given->run.min_confidence,
                                     .inferred = it->given->run.inferred};
    const kg_status status =
        cli_graph_finish(it->store, cli_run_lexicon(run), &graph, outcome, it->error);
    if (status != KG_OK || cli_get_verbosity() < CLI_NORMAL) {
        return status;
    }
    report_run(it, outcome);
    return cli_summary_graph(it->store, stdout, it->error);
}

static kg_status build_graph(build* it, const cli_formats* formats, const char* const* paths,
                             size_t count) {
    char recipe[CLI_RECIPE_SIZE];
    char time[32];
    int64_t number = 0;
    cli_run* run = NULL;
    kg_status status = cli_recipe(&it->given->run, recipe, it->error);
    status =
        status == KG_OK ? cli_run_open(&it->given->run, &it->failures, &run, it->error) : status;
    if (status == KG_OK) {
        status =
            cli_store_open_write(it->given->output, true, it->given->wait, &it->store, it->error);
    }
    status = status == KG_OK ? cli_ledger_load(it->store, recipe, &it->ledger, it->error) : status;
    if (status == KG_OK) {
        status = kg_store_run_begin(it->store, KG_LIT("build"), cli_now(time), &number, it->error);
    }
    status = status == KG_OK ? read_documents(it, run, paths, count) : status;
    status = status == KG_OK ? end_run(it, number) : status;
    char folder[PATH_MAX];
    cli_graph_outcome outcome = {0};
    cli_store_folder(it->given->output, folder, sizeof folder);
    status = status == KG_OK ? finish(it, run, folder, formats, &outcome) : status;
    cli_ledger_free(it->ledger);
    kg_store_close(it->store);
    cli_run_close(run);
    if (status == KG_OK && cli_get_verbosity() >= CLI_NORMAL) { // closed, all files have their size
        cli_summary_files(folder, &outcome.formats, stdout);
    }
    return status;
}

static int run_build(const build_options* given, const char* const* paths, size_t count) {
    cli_formats formats = {0};
    if (!cli_check_base_iri("build", given->base_iri) ||
        (given->formats && !cli_formats_parse("build", given->formats, &formats))) {
        return CLI_USAGE;
    }
    kg_error error = {0};
    build it = {.given = given, .error = &error};
    const int exit_status = cli_exit_status(build_graph(&it, &formats, paths, count), &error);
    return exit_status == CLI_DONE && it.failures.failed ? CLI_FAILED : exit_status;
}

static int run_command(int argc, char** argv) {
    build_options given = {.wait = DEFAULT_WAIT};
    int first = 0;
    int exit_status = CLI_DONE;
    if (cli_parse(&cli_cmd_build, &given, argc, argv, &first, &exit_status)) {
        exit_status = run_build(&given, (const char* const*)argv + first, (size_t)(argc - first));
    }
    cli_list_dispose(&given.run.disabled);
    return exit_status;
}

const cli_command cli_cmd_build = {
    .name = "build",
    .synopsis = "PATH...",
    .summary = N_("Read articles into a graph, measure it and write it in every format. Files that "
                  "did not change are passed over, changed ones replace what they said."),
    .notes = N_("PATH is a file, a folder, an archive, or - for standard input.\n"),
    .options = options,
    .min_arguments = 1,
    .max_arguments = -1,
    .run = run_command,
};
