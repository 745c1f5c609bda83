// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What the program says to people: in their language, on standard error.
#ifndef KG_CLI_MESSAGE_H
#define KG_CLI_MESSAGE_H

#include "kg/base.h"

#include <libintl.h>

/// The text in the user's language.
#define _(text) dgettext("parkgraph", text)
/// Mark a text in static data for translation; shown through `_`.
#define N_(text) text

typedef enum { CLI_QUIET, CLI_NORMAL, CLI_VERBOSE, CLI_DEBUG } cli_verbosity;

/// Choose language and character type by the environment. Numbers stay as in the C locale.
void cli_message_setup(void);
void cli_set_verbosity(cli_verbosity verbosity);
cli_verbosity cli_get_verbosity(void);

/// Whether `stream` takes colours: a terminal, unless NO_COLOR is set or TERM is "dumb".
bool cli_has_color(int fd);

/// "parkgraph: " and the text, whatever the verbosity.
void cli_complain(const char* KG_NONNULL format, ...) KG_PRINTF(1, 2);
/// As above, unless quiet.
void cli_say(const char* KG_NONNULL format, ...) KG_PRINTF(1, 2);
/// As above, when verbose.
void cli_detail(const char* KG_NONNULL format, ...) KG_PRINTF(1, 2);
/// An error with its place: "parkgraph: FILE:LINE:COLUMN: reason".
void cli_complain_error(const kg_error* KG_NONNULL error);

/// Show a line that the next message or status line takes the place of; null takes it away.
/// For terminals: the caller sees to it that standard error is one.
void cli_status_line(const char* KG_NULLABLE text);

/// Counts failed inputs; the receiver of diagnostics, safe on several threads.
typedef struct {
    void* KG_NULLABLE handle; ///< for `on_failed`
    void (*KG_NULLABLE on_failed)(void* KG_NULLABLE handle, const kg_error* KG_NONNULL error);
    uint64_t failed;
} cli_failures;

kg_diagnostics cli_diagnostics(cli_failures* KG_NONNULL failures);

#endif
