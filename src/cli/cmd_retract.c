// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/graph.h"
#include "cli/ledger.h"
#include "cli/program.h"
#include "cli/run.h"
#include "cli/stores.h"

#include <inttypes.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>

enum { DEFAULT_WAIT = 600 };

typedef struct {
    const char* output;
    const char* formats;
    const char* ontology;
    unsigned wait;
} retract_options;

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, "DIR", N_("folder of the store and the exports (default: out)"),
     offsetof(retract_options, output)},
    {"formats", 'f', CLI_TEXT, "F,F",
     N_("exports to bring up to date (default: those of the last build)"),
     offsetof(retract_options, formats)},
    {"ontology", 0, CLI_TEXT, "DIR", N_("folder with lexicon/ and patterns/"),
     offsetof(retract_options, ontology)},
    {"wait", 0, CLI_COUNT, "S", N_("wait S seconds for another run on the store (default: 600)"),
     offsetof(retract_options, wait)},
    {0},
};

typedef struct {
    kg_store* store;
    cli_ledger* ledger;
    kg_error* error;
    uint64_t retracted, missing;
} retract;

static kg_status retract_one(retract* it, const char* name) {
    const kg_slice doc = kg_slice_of(name);
    const kg_status status = kg_store_retract(it->store, doc, it->error);
    if (status == KG_NO) {
        cli_complain(_("%s: no such document; 'parkgraph query \"SELECT name FROM document\"' "
                       "lists them"),
                     name);
        it->missing++;
        return KG_OK;
    }
    it->retracted += status == KG_OK;
    cli_ledger_forget(it->ledger, doc);
    return status;
}

static kg_status retract_all(retract* it, char* const* names, size_t count) {
    kg_status status = cli_graph_touch(it->store, it->error);
    for (size_t i = 0; i < count && status == KG_OK; i++) {
        status = retract_one(it, names[i]);
    }
    status = status == KG_OK && it->retracted
                 ? cli_ledger_save(it->ledger, it->store, false, it->error)
                 : status;
    // With nothing retracted the batch holds no more than the touch: it is dropped on closing.
    return status == KG_OK && it->retracted ? kg_store_commit(it->store, it->error) : status;
}

static kg_status finish(retract* it, const retract_options* given, const kg_lexicon* lexicon,
                        const cli_formats* formats) {
    char folder[PATH_MAX];
    cli_store_folder(given->output, folder, sizeof folder);
    const cli_graph_options graph = {
        .formats_text = given->formats, .formats = *formats, .folder = folder};
    cli_graph_outcome outcome = {0};
    const kg_status status = cli_graph_finish(it->store, lexicon, &graph, &outcome, it->error);
    if (status == KG_OK && cli_get_verbosity() >= CLI_NORMAL) {
        printf(_("Documents retracted: %" PRIu64 "; exports written anew in %s: %u.\n"),
               it->retracted, folder, outcome.written);
    }
    return status;
}

static kg_status run_retract(retract* it, const retract_options* given, const cli_formats* formats,
                             char* const* names, size_t count) {
    kg_lexicon* lexicon = NULL;
    kg_status status = cli_load_lexicon(given->ontology, &lexicon, it->error);
    if (status == KG_OK) {
        status = cli_store_open_write(given->output, false, given->wait, &it->store, it->error);
    }
    status = status == KG_OK ? cli_ledger_load(it->store, NULL, &it->ledger, it->error) : status;
    status = status == KG_OK ? retract_all(it, names, count) : status;
    status = status == KG_OK && it->retracted ? finish(it, given, lexicon, formats) : status;
    cli_ledger_free(it->ledger);
    kg_store_close(it->store);
    kg_lexicon_free(lexicon);
    return status;
}

static int run_command(int argc, char** argv) {
    retract_options given = {.wait = DEFAULT_WAIT};
    cli_formats formats = {0};
    int first = 0;
    int exit_status = CLI_DONE;
    if (!cli_parse(&cli_cmd_retract, &given, argc, argv, &first, &exit_status)) {
        return exit_status;
    }
    if (given.formats && !cli_formats_parse("retract", given.formats, &formats)) {
        return CLI_USAGE;
    }
    kg_error error = {0};
    retract it = {.error = &error};
    const kg_status status =
        run_retract(&it, &given, &formats, argv + first, (size_t)(argc - first));
    exit_status = cli_exit_status(status, &error);
    return exit_status == CLI_DONE && it.missing ? CLI_FAILED : exit_status;
}

const cli_command cli_cmd_retract = {
    .name = "retract",
    .synopsis = "DOC...",
    .summary = N_("Take documents back out of the graph, as if they had never been read."),
    .notes = N_("DOC is a document's name, as 'parkgraph query \"SELECT name FROM document\"' "
                "lists them.\n"),
    .options = options,
    .min_arguments = 1,
    .max_arguments = -1,
    .run = run_command,
};
