// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Documents in, records out in document order: what `extract` and `build` have in common.
#ifndef KG_CLI_RUN_H
#define KG_CLI_RUN_H

#include "cli/message.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "kg/kg.h"

/// What both commands take; the members that tables of options point into.
typedef struct {
    const char* KG_NULLABLE ontology;
    const char* KG_NULLABLE fields;
    const char* KG_NULLABLE charset;
    cli_list disabled;
    double min_confidence;
    unsigned jobs;
    bool inferred;
} cli_run_options;

/// Receives records. Both calls come on the thread that reads.
typedef struct {
    void* KG_NULLABLE handle;
    /// Whether to extract from the document; `*tag` is handed on with its record. Null: all.
    bool (*KG_NULLABLE wanted)(void* KG_NULLABLE handle, const kg_document* KG_NONNULL document,
                               uint64_t* KG_NONNULL tag);
    /// A record and, if asked for, its line of JSON. A null record: the extraction failed, and has
    /// been reported.
    kg_status (*KG_NONNULL on_record)(void* KG_NULLABLE handle, uint64_t tag,
                                      const kg_record* KG_NULLABLE record, kg_slice json,
                                      kg_error* KG_NULLABLE error);
    bool wants_json;
} cli_record_sink;

typedef struct cli_run cli_run;

/// Load the ontology's lexicon alone, from where `cli_find_ontology` finds it.
kg_status cli_load_lexicon(const char* KG_NULLABLE given, kg_lexicon* KG_OWNED* KG_NONNULL out,
                           kg_error* KG_NONNULL error) KG_MUST_USE;

/// Load the ontology, compile the patterns. `options` must outlive the run.
kg_status cli_run_open(const cli_run_options* KG_NONNULL options, cli_failures* KG_NONNULL failures,
                       cli_run* KG_OWNED* KG_NONNULL out, kg_error* KG_NONNULL error) KG_MUST_USE;
const kg_lexicon* KG_NONNULL cli_run_lexicon(const cli_run* KG_NONNULL run);
/// Read `paths` and hand on their records. `source` gives what the caller wants to choose of the
/// reading; its diagnostics and progress are the run's. `KG_ERR_STOPPED` if the user asked to stop.
kg_status cli_run_read(cli_run* KG_NONNULL run, const char* KG_NONNULL const* KG_NONNULL paths,
                       size_t path_count, const kg_source_options* KG_NULLABLE source,
                       const cli_record_sink* KG_NONNULL sink, kg_source_totals* KG_NONNULL totals,
                       kg_error* KG_NONNULL error) KG_MUST_USE;
void cli_run_close(cli_run* KG_NULLABLE run);

#endif
