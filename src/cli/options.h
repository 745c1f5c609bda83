// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Command lines by table: each command has one list of options, from which parsing, help and
/// suggestions are made.
#ifndef KG_CLI_OPTIONS_H
#define KG_CLI_OPTIONS_H

#include "kg/base.h"

/// Exit statuses of the program.
enum { CLI_DONE = 0, CLI_FAILED = 1, CLI_USAGE = 2 };

typedef enum {
    CLI_FLAG,  ///< bool
    CLI_TEXT,  ///< const char*
    CLI_COUNT, ///< unsigned, at least 1
    CLI_SHARE, ///< double in [0,1]
    CLI_LIST   ///< cli_list; may be given again
} cli_kind;

/// Texts that were given, ended by a null pointer.
typedef struct {
    const char* KG_NULLABLE* KG_NULLABLE items;
    size_t count;
} cli_list;

typedef struct {
    const char* KG_NULLABLE name; ///< long form; null ends a table
    char letter;                  ///< short form; 0: none
    cli_kind kind;
    const char* KG_NULLABLE value; ///< what stands for the value in help; null for flags
    const char* KG_NULLABLE help;  ///< for translation
    size_t offset;                 ///< of the member in the command's struct
} cli_option;

typedef struct {
    const char* KG_NULLABLE name;     ///< null ends a table
    const char* KG_NULLABLE synopsis; ///< what follows "parkgraph NAME [OPTION]..."
    const char* KG_NULLABLE summary;  ///< one line, for translation
    const char* KG_NULLABLE notes;    ///< below the options, for translation; null: none
    const cli_option* KG_NULLABLE options;
    int min_arguments;
    int max_arguments; ///< negative: any number
    int (*KG_NULLABLE run)(int argc, char* KG_NONNULL* KG_NONNULL argv);
} cli_command;

/// Options that every command has; handled by the parser.
extern const cli_option cli_common_options[];

/// Parse `argv` (argv[0] is the command's name) into `target`. Sets `*first` to the first
/// argument that is no option.
/// @return true to go on; false to leave with `*exit_status` (help was asked for, or usage).
bool cli_parse(const cli_command* KG_NONNULL command, void* KG_NULLABLE target, int argc,
               char* KG_NONNULL* KG_NONNULL argv, int* KG_NONNULL first,
               int* KG_NONNULL exit_status);

/// Print the help of a command on standard output.
void cli_print_help(const cli_command* KG_NONNULL command);

/// Complain, point to the command's help, and return `CLI_USAGE`.
int cli_usage(const char* KG_NULLABLE command, const char* KG_NONNULL format, ...) KG_PRINTF(2, 3);

/// The candidate that is most like `word`, or null if none is near: at most one edit in three
/// characters, or `word` its beginning. `candidate` gives them by number, null ends.
const char* KG_NULLABLE cli_nearest(
    const char* KG_NONNULL word,
    const char* KG_NULLABLE (*KG_NONNULL candidate)(const void* KG_NULLABLE handle, size_t number),
    const void* KG_NULLABLE handle);

/// Insertions, deletions, changes and swaps of neighbours that make `a` of `b` (optimal string
/// alignment), bytes; texts beyond 63 bytes are as far as they are long.
unsigned cli_distance(const char* KG_NONNULL a, const char* KG_NONNULL b);

void cli_list_dispose(cli_list* KG_NONNULL list);

#endif
