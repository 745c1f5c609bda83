// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What a build tells a person at its end.
#ifndef KG_CLI_SUMMARY_H
#define KG_CLI_SUMMARY_H

#include "cli/graph.h"

#include <stdio.h>

/// Documents, entities by type, relations by predicate, the first parks and companies, on `out`.
kg_status cli_summary_graph(kg_store* KG_NONNULL store, FILE* KG_NONNULL out,
                            kg_error* KG_NULLABLE error) KG_MUST_USE;
/// The files in `folder` and what to do with them.
void cli_summary_files(const char* KG_NONNULL folder, const cli_formats* KG_NONNULL formats,
                       FILE* KG_NONNULL out);

/// The first `count` of `type` by `measure` as a table.
kg_status cli_print_ranking(kg_store* KG_NONNULL store, const char* KG_NONNULL measure,
                            kg_type type, unsigned count, const char* KG_NONNULL title,
                            FILE* KG_NONNULL out, kg_error* KG_NULLABLE error) KG_MUST_USE;

#endif
