// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/stores.h"

#include "cli/message.h"
#include "cli/program.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { WAIT_SLICE_MS = 250 };

static bool is_file(const char* path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static bool ends_with(const char* text, const char* end) {
    const size_t length = strlen(text);
    return length > strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

kg_status cli_store_path(const char* given, char* out, size_t size, kg_error* error) {
    const char* const name = given ? given : "out";
    const bool file = is_file(name) || ends_with(name, ".sqlite");
    const int length = snprintf(out, size, "%s%s", name, file ? "" : "/graph.sqlite");
    if (length < 0 || (size_t)length >= size) {
        return kg_fail(error, KG_ERR_USAGE, NULL, "%s", _("the path of the store is too long"));
    }
    return KG_OK;
}

void cli_store_folder(const char* given, char* out, size_t size) {
    char path[PATH_MAX];
    if (cli_store_path(given, path, sizeof path, NULL) != KG_OK) {
        path[0] = '\0';
    }
    char* const slash = strrchr(path, '/');
    if (slash && slash != path) {
        *slash = '\0';
    }
    snprintf(out, size, "%s", slash ? path : ".");
}

kg_status cli_store_open_read(const char* given, kg_store** out, kg_error* error) {
    char path[PATH_MAX];
    *out = NULL;
    const kg_status status = cli_store_path(given, path, sizeof path, error);
    if (status != KG_OK) {
        return status;
    }
    if (!is_file(path)) {
        return kg_fail(error, KG_ERR_USAGE, path, "%s",
                       _("no store there; --store names the folder that 'parkgraph build' made"));
    }
    return kg_store_open(path, KG_STORE_READ, 5000, out, error);
}

/// As mkdir -p.
static kg_status make_folder(const char* path, kg_error* error) {
    char part[PATH_MAX];
    snprintf(part, sizeof part, "%s", path);
    for (char* at = part + 1;; at++) {
        if (*at && *at != '/') {
            continue;
        }
        const char kept = *at;
        *at = '\0';
        struct stat status;
        if (mkdir(part, 0777) != 0 && !(stat(part, &status) == 0 && S_ISDIR(status.st_mode))) {
            return kg_fail(error, KG_ERR_IO, part, _("cannot make the folder: %s"),
                           strerror(errno));
        }
        if (!kept) {
            return KG_OK;
        }
        *at = kept;
    }
}

static kg_status wait_for_store(const char* path, unsigned wait_seconds, kg_store** out,
                                kg_error* error) {
    kg_error last = {0};
    kg_status status = kg_store_open(path, KG_STORE_WRITE, 0, out, &last);
    if (status == KG_ERR_BUSY && wait_seconds) {
        cli_say(_("another run holds %s; waiting for it (%u s at most)"), path, wait_seconds);
    }
    const uint64_t slices = (uint64_t)wait_seconds * 1000 / WAIT_SLICE_MS;
    for (uint64_t i = 0; status == KG_ERR_BUSY && i < slices; i++) {
        if (cli_stop_asked()) {
            return KG_ERR_STOPPED;
        }
        last = (kg_error){0};
        status = kg_store_open(path, KG_STORE_WRITE, WAIT_SLICE_MS, out, &last);
    }
    if (status != KG_OK && error && error->status == KG_OK) {
        *error = last;
    }
    return status;
}

kg_status cli_store_open_write(const char* given, bool make, unsigned wait_seconds, kg_store** out,
                               kg_error* error) {
    char path[PATH_MAX];
    char folder[PATH_MAX];
    *out = NULL;
    kg_status status = cli_store_path(given, path, sizeof path, error);
    if (status == KG_OK && !make && !is_file(path)) {
        return kg_fail(error, KG_ERR_USAGE, path, "%s",
                       _("no store there; --store names the folder that 'parkgraph build' made"));
    }
    if (status == KG_OK && make) {
        cli_store_folder(given, folder, sizeof folder);
        status = make_folder(folder, error);
    }
    return status == KG_OK ? wait_for_store(path, wait_seconds, out, error) : status;
}

kg_slice cli_now(char buffer[32]) {
    const time_t now = time(NULL);
    struct tm parts;
    gmtime_r(&now, &parts);
    const size_t length = strftime(buffer, 32, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return (kg_slice){buffer, length};
}
