// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What follows when documents came into a store or went: entities resolved, measures, exports.
/// Each step is noted in the store, so that a run that was ended half-way is completed by the next.
#ifndef KG_CLI_GRAPH_H
#define KG_CLI_GRAPH_H

#include "kg/analyse.h"
#include "kg/store.h"
#include "kg/write.h"

/// Which formats; `chosen[f]` for each.
typedef struct {
    bool chosen[KG_WRITE_FORMAT_COUNT];
} cli_formats;

/// Parse "turtle,graphml", "all" or "none"; complains with a suggestion. False: usage.
bool cli_formats_parse(const char* KG_NONNULL command, const char* KG_NONNULL text,
                       cli_formats* KG_NONNULL out);

typedef struct {
    const char* KG_NULLABLE formats_text; ///< as given, already checked; null: as the last run
    cli_formats formats;
    const char* KG_NULLABLE base_iri;
    const char* KG_NONNULL folder; ///< where the exports go
    double min_confidence;
    bool inferred;
} cli_graph_options;

/// Whether `iri` (null: none given) can begin IRIs; complains if not.
bool cli_check_base_iri(const char* KG_NONNULL command, const char* KG_NULLABLE iri);

/// What was done.
typedef struct {
    bool changed;     ///< the graph is not what it was
    unsigned written; ///< exports
    cli_formats formats;
} cli_graph_outcome;

/// Note in the batch that what is derived from the documents no longer holds. Call it before
/// each batch's first put or retract is committed.
kg_status cli_graph_touch(kg_store* KG_NONNULL store, kg_error* KG_NULLABLE error) KG_MUST_USE;

/// Resolve, measure and export what is not up to date. `KG_ERR_STOPPED` if the user asked to stop.
kg_status cli_graph_finish(kg_store* KG_NONNULL store, const kg_lexicon* KG_NONNULL lexicon,
                           const cli_graph_options* KG_NONNULL options,
                           cli_graph_outcome* KG_NONNULL outcome,
                           kg_error* KG_NULLABLE error) KG_MUST_USE;

/// Compute the measures if they are not those of the present graph by these options.
kg_status cli_graph_measure(kg_store* KG_NONNULL store,
                            const kg_analyse_options* KG_NONNULL options, bool* KG_NULLABLE done,
                            kg_error* KG_NULLABLE error) KG_MUST_USE;

#endif
