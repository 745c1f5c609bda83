// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What a record depends on beside its document, as one short text: if it is the same, so is
/// the record.
#ifndef KG_CLI_RECIPE_H
#define KG_CLI_RECIPE_H

#include "cli/run.h"

enum { CLI_RECIPE_SIZE = 80 };

/// Version, ontology (the bytes of every file in its folder) and the options of extraction.
kg_status cli_recipe(const cli_run_options* KG_NONNULL options,
                     char out[KG_NONNULL CLI_RECIPE_SIZE], kg_error* KG_NULLABLE error) KG_MUST_USE;

#endif
