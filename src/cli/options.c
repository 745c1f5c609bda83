// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options.h"

#include "cli/message.h"
#include "cli/table.h"

#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_OPTIONS = 40, HELP_COLUMN = 28, MAX_WORD = 63 };

const cli_option cli_common_options[] = {
    {"help", 'h', CLI_FLAG, NULL, N_("print this help and exit"), 0},
    {"verbose", 'v', CLI_FLAG, NULL, N_("say more; twice for even more"), 0},
    {"quiet", 'q', CLI_FLAG, NULL, N_("print errors only"), 0},
    {0},
};

// Suggestions --------------------------------------------------------------------------------

unsigned cli_distance(const char* a, const char* b) {
    const size_t m = strlen(a);
    const size_t n = strlen(b);
    if (m > MAX_WORD || n > MAX_WORD) {
        return (unsigned)(m > n ? m : n);
    }
    unsigned row[MAX_WORD + 1][MAX_WORD + 1];
    for (size_t i = 0; i <= m; i++) {
        for (size_t j = 0; j <= n; j++) {
            if (!i || !j) {
                row[i][j] = (unsigned)(i + j);
                continue;
            }
            const unsigned change = row[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            const unsigned insert = row[i][j - 1] + 1;
            const unsigned drop = row[i - 1][j] + 1;
            unsigned best = change < insert ? change : insert;
            best = best < drop ? best : drop;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                row[i - 2][j - 2] + 1 < best) {
                best = row[i - 2][j - 2] + 1;
            }
            row[i][j] = best;
        }
    }
    return row[m][n];
}

const char* cli_nearest(const char* word, const char* (*candidate)(const void*, size_t),
                        const void* handle) {
    const char* best = NULL;
    unsigned best_distance = UINT_MAX;
    for (size_t i = 0; candidate(handle, i); i++) {
        const char* const other = candidate(handle, i);
        const size_t length = strlen(word);
        unsigned distance = cli_distance(word, other);
        if (length >= 2 && strncmp(word, other, length) == 0) {
            distance = 1;
        }
        const unsigned limit = length < 4 ? 1 : (unsigned)(length + 1) / 3;
        if (distance <= limit && distance < best_distance) {
            best = other;
            best_distance = distance;
        }
    }
    return best;
}

typedef struct {
    const cli_option* own;
    size_t own_count;
} option_names;

static const char* option_name(const void* handle, size_t number) {
    const option_names* const names = handle;
    return names->own && number < names->own_count
               ? names->own[number].name
               : cli_common_options[number - names->own_count].name;
}

static size_t count_options(const cli_option* options) {
    size_t count = 0;
    while (options && options[count].name) {
        count++;
    }
    return count;
}

int cli_usage(const char* command, const char* format, ...) {
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    cli_complain("%s", text);
    if (command) {
        cli_complain(_("'parkgraph %s --help' shows what it takes"), command);
    } else {
        cli_complain(_("'parkgraph --help' lists the commands"));
    }
    return CLI_USAGE;
}

// Help ---------------------------------------------------------------------------------------

static void print_option(const cli_option* option) {
    char left[64];
    char letter[8] = "    ";
    if (option->letter) {
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    }
    snprintf(left, sizeof left, "  %s--%s%s%s", letter, option->name, option->value ? "=" : "",
             option->value ? option->value : "");
    cli_print_hanging(left, HELP_COLUMN, _(option->help));
}

void cli_print_help(const cli_command* command) {
    printf(_("Usage: parkgraph %s [OPTION]... %s\n"), command->name, command->synopsis);
    cli_print_hanging("", 0, _(command->summary));
    printf("\n%s\n", _("Options:"));
    for (const cli_option* option = command->options; option && option->name; option++) {
        print_option(option);
    }
    for (const cli_option* option = cli_common_options; option->name; option++) {
        print_option(option);
    }
    if (command->notes) {
        printf("\n%s", _(command->notes));
    }
    printf(_("\nThe manual: man parkgraph-%s\n"), command->name);
}

// Parsing ------------------------------------------------------------------------------------

static bool add_to_list(cli_list* list, const char* text) {
    const char** const grown = realloc(list->items, (list->count + 2) * sizeof *grown);
    if (!grown) {
        return false;
    }
    list->items = grown;
    list->items[list->count++] = text;
    list->items[list->count] = NULL;
    return true;
}

void cli_list_dispose(cli_list* list) {
    free(list->items);
    *list = (cli_list){0};
}

/// Put a value into the command's struct; false after complaining.
static bool put_value(const cli_command* command, const cli_option* option, void* target,
                      const char* text) {
    void* const place = (char*)target + option->offset;
    char* end = NULL;
    errno = 0;
    switch (option->kind) {
    case CLI_FLAG:
        *(bool*)place = true;
        return true;
    case CLI_TEXT:
        *(const char**)place = text;
        return true;
    case CLI_LIST:
        if (!add_to_list(place, text)) {
            cli_complain("%s", _("out of memory"));
            return false;
        }
        return true;
    case CLI_COUNT: {
        const long number = strtol(text, &end, 10);
        if (!*text || *end || errno || number < 1 || number > 1000000) {
            cli_usage(command->name, _("--%s takes a whole number from 1, not '%s'"), option->name,
                      text);
            return false;
        }
        *(unsigned*)place = (unsigned)number;
        return true;
    }
    case CLI_SHARE: {
        const double number = strtod(text, &end);
        if (!*text || *end || errno || !(number >= 0 && number <= 1)) {
            cli_usage(command->name, _("--%s takes a number from 0 to 1, such as 0.5, not '%s'"),
                      option->name, text);
            return false;
        }
        *(double*)place = number;
        return true;
    }
    }
    return false;
}

static int unknown_option(const cli_command* command, const char* given) {
    const option_names names = {command->options, count_options(command->options)};
    if (given[0] == '-' && given[1] == '-') {
        char word[MAX_WORD + 1];
        snprintf(word, sizeof word, "%.*s", (int)strcspn(given + 2, "="), given + 2);
        const char* const near = cli_nearest(word, option_name, &names);
        if (near && strcmp(near, word) == 0) {
            return cli_usage(command->name, _("'--%s' takes no value"), word);
        }
        if (near) {
            return cli_usage(command->name, _("unknown option '--%s'; did you mean '--%s'?"), word,
                             near);
        }
        return cli_usage(command->name, _("unknown option '--%s'"), word);
    }
    return cli_usage(command->name, _("unknown option '-%c'"), optopt ? optopt : given[1]);
}

typedef struct {
    const cli_option* all[MAX_OPTIONS];
    struct option longs[MAX_OPTIONS + 1];
    char letters[2 * MAX_OPTIONS + 2];
    size_t count;
} getopt_tables;

static void add_option(getopt_tables* tables, const cli_option* option) {
    assert(tables->count < MAX_OPTIONS);
    const int has_value = option->kind == CLI_FLAG ? no_argument : required_argument;
    // Values beyond the characters name options by number, so that each has a code of its own.
    tables->longs[tables->count] =
        (struct option){option->name, has_value, NULL, 256 + (int)tables->count};
    tables->all[tables->count++] = option;
    if (option->letter) {
        char* const end = tables->letters + strlen(tables->letters);
        end[0] = option->letter;
        end[1] = has_value ? ':' : '\0';
        end[2] = '\0';
    }
}

static void fill_tables(getopt_tables* tables, const cli_command* command) {
    memset(tables, 0, sizeof *tables);
    strcpy(tables->letters, ":"); // a missing value is told apart from an unknown option
    for (const cli_option* option = command->options; option && option->name; option++) {
        add_option(tables, option);
    }
    for (const cli_option* option = cli_common_options; option->name; option++) {
        add_option(tables, option);
    }
}

static const cli_option* find_option(const getopt_tables* tables, int code) {
    if (code >= 256) {
        return tables->all[code - 256];
    }
    for (size_t i = 0; i < tables->count; i++) {
        if (tables->all[i]->letter == code) {
            return tables->all[i];
        }
    }
    return NULL;
}

/// A common option; true if it ends the run.
static bool take_common(const cli_command* command, const cli_option* option, int* exit_status) {
    switch (option->letter) {
    case 'h':
        cli_print_help(command);
        *exit_status = CLI_DONE;
        return true;
    case 'v':
        cli_set_verbosity(cli_get_verbosity() < CLI_VERBOSE ? CLI_VERBOSE : CLI_DEBUG);
        return false;
    default:
        cli_set_verbosity(CLI_QUIET);
        return false;
    }
}

static bool is_common(const cli_option* option) {
    return option >= cli_common_options &&
           option < cli_common_options + count_options(cli_common_options);
}

static bool check_arguments(const cli_command* command, int given, int* exit_status) {
    if (given < command->min_arguments) {
        *exit_status =
            cli_usage(command->name, _("'%s' needs %s"), command->name, command->synopsis);
        return false;
    }
    if (command->max_arguments >= 0 && given > command->max_arguments) {
        *exit_status = cli_usage(command->name, _("too many arguments: '%s' takes %s"),
                                 command->name, *command->synopsis ? command->synopsis : _("none"));
        return false;
    }
    return true;
}

bool cli_parse(const cli_command* command, void* target, int argc, char** argv, int* first,
               int* exit_status) {
    getopt_tables tables;
    fill_tables(&tables, command);
    opterr = 0;
    optind = 0; // glibc: begin anew
    while (true) {
        const int at = optind ? optind : 1;
        const int code = getopt_long(argc, argv, tables.letters, tables.longs, NULL);
        if (code < 0) {
            break;
        }
        if (code == '?') {
            *exit_status = unknown_option(command, argv[at < argc ? optind - 1 : argc - 1]);
            return false;
        }
        if (code == ':') {
            *exit_status = cli_usage(command->name, _("'%s' needs a value"), argv[optind - 1]);
            return false;
        }
        const cli_option* const option = find_option(&tables, code);
        if (is_common(option)) {
            if (take_common(command, option, exit_status)) {
                return false;
            }
        } else if (!put_value(command, option, target, optarg)) {
            *exit_status = CLI_USAGE;
            return false;
        }
    }
    *first = optind;
    return check_arguments(command, argc - optind, exit_status);
}
