// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/progress.h"

#include "cli/message.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { REDRAW_MS = 100, BAR_WIDTH = 24, DEFAULT_COLUMNS = 80 };

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static unsigned terminal_columns(void) {
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col
                                                                       : DEFAULT_COLUMNS;
}

void cli_progress_start(cli_progress* progress, const char* label, uint64_t total) {
    const char* const term = getenv("TERM");
    const bool dumb = term && term[0] == 'd' && term[1] == 'u';
    *progress = (cli_progress){.label = label,
                               .total = total,
                               .started_ms = now_ms(),
                               .shown = isatty(STDERR_FILENO) && !dumb &&
                                        cli_get_verbosity() >= CLI_NORMAL};
}

static void format_time(uint64_t seconds, char* out, size_t size) {
    if (seconds >= 3600) {
        snprintf(out, size, "%" PRIu64 ":%02u:%02u", seconds / 3600, (unsigned)(seconds / 60 % 60),
                 (unsigned)(seconds % 60));
    } else {
        snprintf(out, size, "%u:%02u", (unsigned)(seconds / 60), (unsigned)(seconds % 60));
    }
}

void cli_progress_format(const cli_progress* progress, int64_t elapsed_ms, unsigned columns,
                         char* out, size_t size) {
    const double seconds = elapsed_ms > 0 ? (double)elapsed_ms / 1000 : 0.001;
    const double rate = (double)progress->done / seconds;
    char left[32] = "";
    char bar[BAR_WIDTH + 16] = "";
    if (progress->total) {
        const uint64_t done = progress->done < progress->total ? progress->done : progress->total;
        const double share = (double)done / (double)progress->total;
        const int full = (int)(share * BAR_WIDTH);
        int at = 0;
        if (columns >= DEFAULT_COLUMNS) {
            at = snprintf(bar, sizeof bar, " [%*s]", BAR_WIDTH, "");
            memset(bar + 2, '.', BAR_WIDTH);
            memset(bar + 2, '#', (size_t)full);
        }
        snprintf(bar + at, sizeof bar - (size_t)at, " %3d%%", (int)(share * 100));
        if (rate > 0 && done) {
            char time[24];
            format_time((uint64_t)((double)(progress->total - done) / rate + 0.5), time,
                        sizeof time);
            snprintf(left, sizeof left, _(", %s left"), time);
        }
    }
    snprintf(out, size, "%s%s %" PRIu64 " %s, %.1f MB/s%s", progress->label, bar,
             progress->documents, _("documents"), rate / 1e6, left);
}

void cli_progress_update(cli_progress* progress, uint64_t done, uint64_t documents) {
    progress->done = done;
    progress->documents = documents;
    if (!progress->shown) {
        return;
    }
    const int64_t now = now_ms();
    if (now - progress->drawn_ms < REDRAW_MS) {
        return;
    }
    progress->drawn_ms = now;
    char line[256];
    cli_progress_format(progress, now - progress->started_ms, terminal_columns(), line,
                        sizeof line);
    cli_status_line(line);
}

void cli_progress_stop(cli_progress* progress) {
    if (progress->shown) {
        cli_status_line(NULL);
        progress->shown = false;
    }
}
