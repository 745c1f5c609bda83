// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Which files a store's documents came from: so that a run passes over files that it has read,
/// and a changed file replaces all that it said. Kept as a note in the store.
#ifndef KG_CLI_LEDGER_H
#define KG_CLI_LEDGER_H

#include "kg/store.h"

typedef struct cli_ledger cli_ledger;

/// Load the ledger of `store`. Files read by another recipe than `recipe` (ontology, options) are
/// as good as unread. A null `recipe` takes whatever there is.
kg_status cli_ledger_load(kg_store* KG_NONNULL store, const char* KG_NULLABLE recipe,
                          cli_ledger* KG_OWNED* KG_NONNULL out,
                          kg_error* KG_NULLABLE error) KG_MUST_USE;
void cli_ledger_free(cli_ledger* KG_NULLABLE ledger);

/// Whether the documents that are in the store were made by the same recipe.
bool cli_ledger_same_recipe(const cli_ledger* KG_NONNULL ledger);

// While reading ------------------------------------------------------------------------------

/// A file is met. True if it is as it was when it was read to its end: it need not be read.
bool cli_ledger_visit(cli_ledger* KG_NONNULL ledger, kg_slice name, uint64_t size,
                      int64_t mtime_ns);
/// Number of the file being read, for `cli_ledger_fault`; 0 before the first.
uint64_t cli_ledger_current(const cli_ledger* KG_NONNULL ledger);
/// Something in that file failed: it will be read again, and keeps the documents it had.
void cli_ledger_fault(cli_ledger* KG_NONNULL ledger, uint64_t number);
/// A document was met. False when out of memory.
bool cli_ledger_see(cli_ledger* KG_NONNULL ledger, kg_slice doc);

// Afterwards ---------------------------------------------------------------------------------

/// Close the visit: look-ups below are ready.
void cli_ledger_settle(cli_ledger* KG_NONNULL ledger);
/// Whether a document of the store stays: it was met, or its file was passed over, or failed, or
/// was not among what was read and `prune` is off.
bool cli_ledger_keeps(const cli_ledger* KG_NONNULL ledger, kg_slice doc, bool prune);
/// Forget the file that a document came from.
void cli_ledger_forget(cli_ledger* KG_NONNULL ledger, kg_slice doc);
/// Write it into the store's batch; with `prune`, without the files that were not met.
kg_status cli_ledger_save(const cli_ledger* KG_NONNULL ledger, kg_store* KG_NONNULL store,
                          bool prune, kg_error* KG_NULLABLE error) KG_MUST_USE;

#endif
