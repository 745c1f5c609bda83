// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/run.h"

#include "cli/pipeline.h"
#include "cli/program.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BYTES_PER_CHARACTER = 12 };
static const uint64_t max_bytes_under_way = UINT64_C(256) << 20;

struct cli_run {
    const cli_run_options* options;
    cli_failures* failures;
    kg_lexicon* lexicon;
    kg_extractor* extractor;
    // of the reading under way
    const cli_record_sink* sink;
    cli_pipeline* pipeline;
    kg_error* error;
    cli_progress progress;
    uint64_t documents;
};

/// A document on its way to becoming a record.
typedef struct {
    kg_document* document;
    kg_record* record;
    char* json;
    size_t json_length;
    uint64_t tag;
    kg_error* error; ///< why there is no record; null when out of memory for even that
} load;

static void load_free(load* it) {
    if (it) {
        kg_document_free(it->document);
        kg_record_free(it->record);
        free(it->json);
        free(it->error);
        free(it);
    }
}

static void drop(void* handle, void* item) {
    (void)handle;
    load_free(item);
}

/// Keep why a document failed until its turn comes, so that messages have the order of documents.
static void keep_error(load* it, kg_status status, const kg_error* error) {
    it->error = calloc(1, sizeof *it->error);
    if (!it->error) {
        return;
    }
    *it->error = *error;
    if (!error->text[0]) {
        it->error->status = KG_OK; // to be filled
        (void)kg_fail(it->error, status, NULL, "%s", kg_status_name(status));
    }
    if (!it->error->source[0]) {
        snprintf(it->error->source, sizeof it->error->source, "%.*s", (int)it->document->name.len,
                 it->document->name.ptr);
    }
}

/// On a worker: the document becomes its record, and its memory goes back at once.
static void* work(void* handle, void* item) {
    const cli_run* const run = handle;
    load* const it = item;
    kg_error error = {0};
    kg_status status = kg_extract(run->extractor, it->document, &it->record, &error);
    if (status == KG_OK && run->sink->wants_json) {
        status = kg_record_to_json(it->record, &it->json, &it->json_length, &error);
    }
    if (status != KG_OK) {
        keep_error(it, status, &error);
        kg_record_free(it->record);
        it->record = NULL;
    }
    kg_document_free(it->document);
    it->document = NULL;
    return it;
}

static kg_status deliver(void* handle, void* result) {
    cli_run* const run = handle;
    load* const it = result;
    if (!it->record) {
        static const kg_error no_memory = {.status = KG_ERR_MEMORY, .text = "out of memory"};
        const kg_diagnostics diagnostics = cli_diagnostics(run->failures);
        kg_report(&diagnostics, KG_ERROR, it->error ? it->error : &no_memory);
    }
    run->documents += it->record != NULL;
    const kg_status status = run->sink->on_record(
        run->sink->handle, it->tag, it->record, (kg_slice){it->json, it->json_length}, run->error);
    load_free(it);
    return status;
}

static kg_status on_document(void* handle, kg_document* document) {
    cli_run* const run = handle;
    if (cli_stop_asked()) {
        kg_document_free(document);
        return KG_ERR_STOPPED;
    }
    load* const it = calloc(1, sizeof *it);
    if (!it) {
        kg_document_free(document);
        return kg_fail(run->error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
    }
    it->document = document;
    if (run->sink->wanted && !run->sink->wanted(run->sink->handle, document, &it->tag)) {
        load_free(it);
        return KG_OK;
    }
    return cli_pipeline_submit(run->pipeline, it, (uint64_t)document->count * BYTES_PER_CHARACTER);
}

static void on_progress(void* handle, uint64_t bytes_done) {
    cli_run* const run = handle;
    cli_progress_update(&run->progress, bytes_done, run->documents);
}

kg_status cli_load_lexicon(const char* given, kg_lexicon** out, kg_error* error) {
    char folder[PATH_MAX];
    *out = NULL;
    const kg_status status = cli_find_ontology(given, folder, sizeof folder, error);
    if (status != KG_OK) {
        return status;
    }
    // Faults in the ontology are no failed inputs: they end the command.
    cli_failures faults = {0};
    const kg_diagnostics diagnostics = cli_diagnostics(&faults);
    cli_detail(_("ontology: %s"), folder);
    return kg_lexicon_load(folder, &diagnostics, out, error);
}

kg_status cli_run_open(const cli_run_options* options, cli_failures* failures, cli_run** out,
                       kg_error* error) {
    *out = NULL;
    cli_run* const run = calloc(1, sizeof *run);
    if (!run) {
        return kg_fail(error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
    }
    run->options = options;
    run->failures = failures;
    kg_status status = cli_load_lexicon(options->ontology, &run->lexicon, error);
    if (status == KG_OK) {
        const kg_extract_options extract = {.min_confidence = options->min_confidence,
                                            .inferred = options->inferred,
                                            .disabled = options->disabled.items};
        status = kg_extractor_new(run->lexicon, &extract, &run->extractor, error);
    }
    if (status != KG_OK) {
        cli_run_close(run);
        return status;
    }
    *out = run;
    return KG_OK;
}

const kg_lexicon* cli_run_lexicon(const cli_run* run) {
    return run->lexicon;
}

kg_status cli_run_read(cli_run* run, const char* const* paths, size_t path_count,
                       const kg_source_options* source, const cli_record_sink* sink,
                       kg_source_totals* totals, kg_error* error) {
    const cli_pipeline_options how = {.jobs = cli_jobs(run->options->jobs),
                                      .max_weight = max_bytes_under_way,
                                      .handle = run,
                                      .work = work,
                                      .deliver = deliver,
                                      .drop_item = drop,
                                      .drop_result = drop};
    kg_source_options options = source ? *source : (kg_source_options){0};
    options.charset = run->options->charset;
    options.fields = run->options->fields;
    options.diagnostics = cli_diagnostics(run->failures);
    run->sink = sink;
    run->error = error;
    run->documents = 0;
    kg_status status = cli_pipeline_new(&how, &run->pipeline, error);
    if (status != KG_OK) {
        return status;
    }
    cli_progress_start(&run->progress, _("reading"), 0);
    if (run->progress.shown) {
        run->progress.total = kg_source_size(paths, path_count);
        options.progress = on_progress;
        options.progress_handle = run;
    }
    const kg_document_sink documents = {.handle = run, .on_document = on_document};
    status = kg_source_read(paths, path_count, &options, documents, totals, error);
    if (status == KG_OK || status == KG_ERR_STOPPED) {
        // What has been read is worth finishing, also when the user asked to stop.
        const kg_status drained = cli_pipeline_drain(run->pipeline);
        status = status == KG_OK ? drained : status;
    }
    cli_progress_stop(&run->progress);
    cli_pipeline_free(run->pipeline);
    run->pipeline = NULL;
    return status == KG_OK && cli_stop_asked() ? KG_ERR_STOPPED : status;
}

void cli_run_close(cli_run* run) {
    if (run) {
        kg_extractor_free(run->extractor);
        kg_lexicon_free(run->lexicon);
        free(run);
    }
}
