// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// How far long work has come, with its rate and the time left, as a line on a terminal.
#ifndef KG_CLI_PROGRESS_H
#define KG_CLI_PROGRESS_H

#include "kg/base.h"

/// Zero-initialised is silent.
typedef struct {
    bool shown;
    const char* KG_NULLABLE label;
    uint64_t total; ///< bytes; 0: unknown
    uint64_t done;
    uint64_t documents;
    int64_t started_ms;
    int64_t drawn_ms;
} cli_progress;

/// Begin; nothing will be shown unless standard error is a terminal and the run is not quiet.
/// `label` must outlive the progress.
void cli_progress_start(cli_progress* KG_NONNULL progress, const char* KG_NONNULL label,
                        uint64_t total);
/// Note what was reached; draws ten times a second at most.
void cli_progress_update(cli_progress* KG_NONNULL progress, uint64_t done, uint64_t documents);
/// Take the line away.
void cli_progress_stop(cli_progress* KG_NONNULL progress);

/// The line for these figures, at most `columns` wide; `elapsed_ms` since the start.
void cli_progress_format(const cli_progress* KG_NONNULL progress, int64_t elapsed_ms,
                         unsigned columns, char* KG_NONNULL out, size_t size);

#endif
