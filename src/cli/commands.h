// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// The commands, one file each.
#ifndef KG_CLI_COMMANDS_H
#define KG_CLI_COMMANDS_H

#include "cli/options.h"

extern const cli_command cli_cmd_build;
extern const cli_command cli_cmd_extract;
extern const cli_command cli_cmd_merge;
extern const cli_command cli_cmd_retract;
extern const cli_command cli_cmd_export;
extern const cli_command cli_cmd_analyse;
extern const cli_command cli_cmd_explain;
extern const cli_command cli_cmd_query;
extern const cli_command cli_cmd_eval;

#endif
