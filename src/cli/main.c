// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/message.h"
#include "cli/program.h"
#include "cli/table.h"
#include "kg/base.h"

#include <stdio.h>
#include <string.h>

static int run_help(int argc, char** argv);
static int run_version(int argc, char** argv);

static const cli_command cmd_version = {
    .name = "version",
    .synopsis = "",
    .summary = N_("Print the version."),
    .run = run_version,
};

static const cli_command cmd_help = {
    .name = "help",
    .synopsis = "[COMMAND]",
    .summary = N_("Explain a command, or list them."),
    .max_arguments = 1,
    .run = run_help,
};

/// In the order in which one meets them.
static const cli_command* const commands[] = {
    &cli_cmd_build,  &cli_cmd_extract, &cli_cmd_merge,   &cli_cmd_retract,
    &cli_cmd_export, &cli_cmd_analyse, &cli_cmd_explain, &cli_cmd_query,
    &cli_cmd_eval,   &cmd_version,     &cmd_help,
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static const cli_command* find_command(const char* name) {
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

static const char* command_name(const void* handle, size_t number) {
    (void)handle;
    return number < COMMAND_COUNT ? commands[number]->name : NULL;
}

static int unknown_command(const char* name) {
    const char* const near = cli_nearest(name, command_name, NULL);
    return near ? cli_usage(NULL, _("unknown command '%s'; did you mean '%s'?"), name, near)
                : cli_usage(NULL, _("unknown command '%s'"), name);
}

static void print_overview(FILE* out) {
    fputs(_("Usage: parkgraph COMMAND [OPTION]... [ARGUMENT]...\n"
            "From Chinese business news to a knowledge graph of companies, industrial parks and "
            "sectors.\n\nCommands:\n"),
          out);
    fflush(out);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        char left[32];
        snprintf(left, sizeof left, "  %s", commands[i]->name);
        cli_print_hanging(left, 12, _(commands[i]->summary));
    }
    fputs(_("\nA first graph:  parkgraph build articles/ -o out\n"
            "More on one:    parkgraph COMMAND --help\n"),
          out);
}

static int run_help(int argc, char** argv) {
    int first = 0;
    int exit_status = CLI_DONE;
    if (!cli_parse(&cmd_help, NULL, argc, argv, &first, &exit_status)) {
        return exit_status;
    }
    if (first == argc) {
        print_overview(stdout);
        return CLI_DONE;
    }
    const cli_command* const command = find_command(argv[first]);
    if (!command) {
        return unknown_command(argv[first]);
    }
    cli_print_help(command);
    return CLI_DONE;
}

static int run_version(int argc, char** argv) {
    int first = 0;
    int exit_status = CLI_DONE;
    if (cli_parse(&cmd_version, NULL, argc, argv, &first, &exit_status)) {
        printf("parkgraph %s\n", kg_version());
    }
    return exit_status;
}

static int run(int argc, char** argv) {
    if (argc < 2) {
        return cli_usage(NULL, "%s", _("which command?"));
    }
    const char* const name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        print_overview(stdout);
        return CLI_DONE;
    }
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
        printf("parkgraph %s\n", kg_version());
        return CLI_DONE;
    }
    if (name[0] == '-') {
        return cli_usage(NULL, _("the command comes first, not '%s'"), name);
    }
    const cli_command* const command = find_command(name);
    return command ? command->run(argc - 1, argv + 1) : unknown_command(name);
}

int main(int argc, char** argv) {
    cli_message_setup();
    cli_catch_signals();
    return cli_finish(run(argc, argv));
}
