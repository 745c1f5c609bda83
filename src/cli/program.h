// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What the commands share of the process: signals, standard output, where the ontology is.
#ifndef KG_CLI_PROGRAM_H
#define KG_CLI_PROGRAM_H

#include "kg/base.h"

/// From now on SIGINT and SIGTERM ask to stop; a second one ends the program at once. SIGPIPE is
/// seen as a failed write, and so is SIGXFSZ.
void cli_catch_signals(void);
/// Whether the user asked to stop.
bool cli_stop_asked(void);

/// Write to standard output. `KG_ERR_STOPPED` if nobody reads it any more, else `KG_ERR_IO`
/// with `error` filled.
kg_status cli_write(kg_slice bytes, kg_error* KG_NULLABLE error) KG_MUST_USE;
/// Write out what is buffered; complains about a failure. Ends the process by the signal that
/// stopped it, if one did. @return the exit status.
int cli_finish(int exit_status);

/// The folder of the ontology: `given`, else PARKGRAPH_ONTOLOGY, else beside the program in a
/// build tree, else where it was installed. @return `KG_ERR_USAGE` if there is none.
kg_status cli_find_ontology(const char* KG_NULLABLE given, char* KG_NONNULL out, size_t size,
                            kg_error* KG_NULLABLE error) KG_MUST_USE;

/// `given`, or as many as the process may use cores.
unsigned cli_jobs(unsigned given);

/// Complain about `error` and give the exit status that goes with it.
int cli_exit_status(kg_status status, const kg_error* KG_NONNULL error);

#endif
