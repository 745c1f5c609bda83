// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/message.h"

#include <inttypes.h>
#include <limits.h>
#include <locale.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static cli_verbosity verbosity = CLI_NORMAL;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool status_shown;

/// A name such as zh_CN.UTF-8 that this machine has no data for: the messages are there all the
/// same, and C.UTF-8 always is. gettext then goes by LANGUAGE.
static void use_missing_locale(void) {
    const char* const names[] = {getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG")};
    const char* wanted = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !wanted; i++) {
        wanted = names[i] && *names[i] ? names[i] : NULL;
    }
    if (!wanted || strcmp(wanted, "C") == 0 || strcmp(wanted, "POSIX") == 0) {
        return;
    }
    if (setlocale(LC_MESSAGES, "C.UTF-8") && !getenv("LANGUAGE")) {
        char language[64];
        snprintf(language, sizeof language, "%.*s", (int)strcspn(wanted, ".@"), wanted);
        setenv("LANGUAGE", language, 1);
    }
}

static void bind_catalogue(void) {
    char path[PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", path, sizeof path - 32);
    const char* folder = KG_LOCALE_DIR;
    if (length > 0) {
        path[length] = '\0';
        char* const end = strrchr(path, '/');
        if (end) {
            // Beside the program in a build tree, else where an installed tree has it.
            strcpy(end, "/locale");
            if (access(path, R_OK) != 0) {
                strcpy(end, "/../share/locale");
            }
            folder = access(path, R_OK) == 0 ? path : folder;
        }
    }
    bindtextdomain("parkgraph", folder);
    bind_textdomain_codeset("parkgraph", "UTF-8");
}

void cli_message_setup(void) {
    setlocale(LC_CTYPE, "C.UTF-8");
    if (!setlocale(LC_MESSAGES, "")) {
        use_missing_locale();
    }
    bind_catalogue();
}

void cli_set_verbosity(cli_verbosity wanted) {
    verbosity = wanted;
}

cli_verbosity cli_get_verbosity(void) {
    return verbosity;
}

bool cli_has_color(int fd) {
    const char* const no = getenv("NO_COLOR");
    const char* const term = getenv("TERM");
    return isatty(fd) && !(no && *no) && term && strcmp(term, "dumb") != 0;
}

static void erase_status(void) {
    if (status_shown) {
        fputs("\r\033[K", stderr);
        status_shown = false;
    }
}

void cli_status_line(const char* text) {
    pthread_mutex_lock(&lock);
    erase_status();
    if (text) {
        fputs(text, stderr);
        status_shown = true;
    }
    fflush(stderr);
    pthread_mutex_unlock(&lock);
}

static void print(bool is_error, const char* text) {
    pthread_mutex_lock(&lock);
    erase_status();
    const bool color = is_error && cli_has_color(STDERR_FILENO);
    fprintf(stderr, "%sparkgraph:%s %s\n", color ? "\033[1;31m" : "", color ? "\033[0m" : "", text);
    pthread_mutex_unlock(&lock);
}

/// Control characters of names and messages do not reach the terminal.
static void make_printable(char* text) {
    for (; *text; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7F) {
            *text = '?';
        }
    }
}

static void KG_PRINTF(2, 0) print_format(bool is_error, const char* format, va_list arguments) {
    char text[2048];
    vsnprintf(text, sizeof text, format, arguments);
    make_printable(text);
    print(is_error, text);
}

void cli_complain(const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    print_format(true, format, arguments);
    va_end(arguments);
}

void cli_say(const char* format, ...) {
    if (verbosity >= CLI_NORMAL) {
        va_list arguments;
        va_start(arguments, format);
        print_format(false, format, arguments);
        va_end(arguments);
    }
}

void cli_detail(const char* format, ...) {
    if (verbosity >= CLI_VERBOSE) {
        va_list arguments;
        va_start(arguments, format);
        print_format(false, format, arguments);
        va_end(arguments);
    }
}

static void describe(const kg_error* error, char* out, size_t size) {
    if (error->source[0] && error->line && error->column) {
        snprintf(out, size, "%s:%" PRIu64 ":%" PRIu64 ": %s", error->source, error->line,
                 error->column, error->text);
    } else if (error->source[0] && error->line) {
        snprintf(out, size, "%s:%" PRIu64 ": %s", error->source, error->line, error->text);
    } else {
        snprintf(out, size, "%s%s%s", error->source, error->source[0] ? ": " : "", error->text);
    }
    make_printable(out);
}

void cli_complain_error(const kg_error* error) {
    char text[sizeof error->source + sizeof error->text + 64];
    describe(error, text, sizeof text);
    print(true, text);
}

static void on_diagnostic(void* handle, kg_severity severity, const kg_error* error) {
    cli_failures* const failures = handle;
    if (severity == KG_ERROR) {
        cli_complain_error(error);
        pthread_mutex_lock(&lock);
        failures->failed++;
        pthread_mutex_unlock(&lock);
        if (failures->on_failed) {
            failures->on_failed(failures->handle, error);
        }
        return;
    }
    const cli_verbosity needed = severity == KG_WARNING ? CLI_NORMAL
                                 : severity == KG_INFO  ? CLI_VERBOSE
                                                        : CLI_DEBUG;
    if (verbosity >= needed) {
        char text[sizeof error->source + sizeof error->text + 64];
        describe(error, text, sizeof text);
        print(false, text);
    }
}

kg_diagnostics cli_diagnostics(cli_failures* failures) {
    return (kg_diagnostics){.handle = failures, .on_diagnostic = on_diagnostic};
}
