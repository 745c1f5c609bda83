// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/program.h"

#include "cli/message.h"
#include "cli/options.h"

#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static volatile sig_atomic_t stop_signal;
static bool reader_gone;

static void on_signal(int number) {
    stop_signal = number;
}

void cli_catch_signals(void) {
    struct sigaction stop = {0};
    stop.sa_handler = on_signal;
    stop.sa_flags = (int)SA_RESETHAND; // no SA_RESTART: a read that waits is to notice
    sigemptyset(&stop.sa_mask);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGTERM, &stop, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); // a file over the limit is a failed write, not the end
}

bool cli_stop_asked(void) {
    return stop_signal != 0;
}

static kg_status write_failed(kg_error* error) {
    if (errno == EPIPE) {
        reader_gone = true;
        return KG_ERR_STOPPED;
    }
    return kg_fail(error, KG_ERR_IO, NULL, _("cannot write to standard output: %s"),
                   strerror(errno));
}

kg_status cli_write(kg_slice bytes, kg_error* error) {
    errno = 0;
    return !bytes.len || fwrite(bytes.ptr, 1, bytes.len, stdout) == bytes.len ? KG_OK
                                                                              : write_failed(error);
}

static void end_by(int number) {
    signal(number, SIG_DFL);
    raise(number);
}

int cli_finish(int exit_status) {
    errno = 0;
    if (fflush(stdout) != 0 || ferror(stdout)) {
        kg_error error = {0};
        if (write_failed(&error) != KG_ERR_STOPPED && !reader_gone) {
            if (exit_status == CLI_DONE) {
                cli_complain_error(&error);
            }
            exit_status = exit_status == CLI_DONE ? CLI_FAILED : exit_status;
        }
    }
    if (reader_gone) {
        end_by(SIGPIPE);
    }
    if (stop_signal) {
        end_by(stop_signal);
    }
    return exit_status;
}

static bool is_folder(const char* path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool find_beside_program(char* out, size_t size) {
    static const char* const places[] = {"ontology", "../ontology", "../share/parkgraph/ontology"};
    char program[PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0) {
        return false;
    }
    program[length] = '\0';
    char* const end = strrchr(program, '/');
    const int folder = end ? (int)(end - program) : 0;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const int needed = snprintf(out, size, "%.*s/%s", folder, program, places[i]);
        if (needed > 0 && (size_t)needed < size && is_folder(out)) {
            return true;
        }
    }
    return false;
}

kg_status cli_find_ontology(const char* given, char* out, size_t size, kg_error* error) {
    const char* const variable = getenv("PARKGRAPH_ONTOLOGY");
    const char* const wanted = given ? given : variable && *variable ? variable : NULL;
    if (wanted) {
        if (!is_folder(wanted) || strlen(wanted) >= size) {
            return kg_fail(error, KG_ERR_USAGE, wanted, "%s",
                           _("no such folder; --ontology wants the folder with lexicon/ and "
                             "patterns/ in it"));
        }
        strcpy(out, wanted);
        return KG_OK;
    }
    if (find_beside_program(out, size)) {
        return KG_OK;
    }
    snprintf(out, size, "%s", KG_ONTOLOGY_DIR);
    if (is_folder(out)) {
        return KG_OK;
    }
    return kg_fail(error, KG_ERR_USAGE, NULL, "%s",
                   _("no ontology found: name its folder by --ontology or PARKGRAPH_ONTOLOGY"));
}

unsigned cli_jobs(unsigned given) {
    if (given) {
        return given;
    }
    cpu_set_t set;
    CPU_ZERO(&set);
    const int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count > 0 ? (unsigned)count : 1;
}

int cli_exit_status(kg_status status, const kg_error* error) {
    if (status == KG_OK) {
        return CLI_DONE;
    }
    if (status == KG_ERR_STOPPED) {
        return CLI_FAILED;
    }
    if (error->text[0]) {
        cli_complain_error(error);
    } else {
        cli_complain(_("failed: %s"), kg_status_name(status));
    }
    if (status == KG_ERR_BUSY) {
        cli_complain("%s", _("another run holds the store: wait until it is done, or give --wait"));
    } else if (status == KG_ERR_VERSION) {
        cli_complain("%s", _("the store was made by a newer parkgraph: use that one, or build "
                             "into another folder"));
    }
    return status == KG_ERR_USAGE ? CLI_USAGE : CLI_FAILED;
}
