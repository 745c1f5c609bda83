// SPDX-License-Identifier: GPL-3.0-or-later
#include "write/out.h"

#include "base/message.h"
#include "base/try.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_SIZE = 256 * 1024, NAME_TRIES = 1000 };

static kg_status fail_system(kg_error* error, const char* name, const char* what) {
    const int code = errno;
    char reason[128];
    // The GNU form: it may return a static text and leave the buffer alone.
    return kg_fail(error, KG_ERR_IO, name, "%s: %s", what, strerror_r(code, reason, sizeof reason));
}

// Buffered bytes --------------------------------------------------------------------------------

static void write_all(kg_i_out* out, const char* bytes, size_t size) {
    while (size && out->status == KG_OK) {
        const ssize_t done = write(out->fd, bytes, size);
        if (done < 0) {
            if (errno != EINTR) {
                out->status = fail_system(out->error, out->name, KG_("cannot write"));
            }
            continue;
        }
        bytes += done;
        size -= (size_t)done;
    }
}

void kg_i_out_flush(kg_i_out* out) {
    write_all(out, out->data, out->len);
    out->len = 0;
}

void kg_i_out_add_slow(kg_i_out* out, const char* bytes, size_t size) {
    kg_i_out_flush(out);
    if (size > out->capacity) {
        write_all(out, bytes, size);
    } else {
        memcpy(out->data, bytes, size);
        out->len = size;
    }
}

// Names -----------------------------------------------------------------------------------------

static char* join(const char* folder, size_t length, const char* name) {
    const bool slash = length && folder[length - 1] != '/';
    char* out = NULL;
    if (asprintf(&out, "%.*s%s%s", (int)length, folder, slash ? "/" : "", name) < 0) {
        return NULL;
    }
    return out;
}

static size_t folder_length(const char* path) {
    const char* const slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/// A new file beside `final`. Its name is short and does not grow out of the final one, which
/// may be as long as the file system allows.
static int open_beside(const char* final, char** temporary) {
    for (unsigned i = 0; i < NAME_TRIES; ++i) {
        char name[64];
        snprintf(name, sizeof name, ".parkgraph-%ld-%u.part", (long)getpid(), i);
        char* const path = join(final, folder_length(final), name);
        if (!path) {
            errno = ENOMEM;
            return -1;
        }
        const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0) {
            *temporary = path;
            return fd;
        }
        free(path);
        if (errno != EEXIST) {
            return -1;
        }
    }
    return -1;
}

static kg_status open_file(kg_i_target* target, unsigned index, const char* path) {
    struct stat info;
    const bool exists = stat(path, &info) == 0;
    if (exists && S_ISDIR(info.st_mode)) {
        return kg_fail(target->error, KG_ERR_IO, path, "%s",
                       KG_("is a folder, but this format is one file"));
    }
    // A link keeps pointing where it does: the file behind it is replaced.
    struct stat link;
    const bool linked = exists && lstat(path, &link) == 0 && S_ISLNK(link.st_mode);
    char* const final = linked ? realpath(path, NULL) : strdup(path);
    if (!final) {
        return fail_system(target->error, path, KG_("cannot write"));
    }
    target->files[index].final = final;
    kg_i_out* const out = &target->files[index].out;
    out->fd = exists && !S_ISREG(info.st_mode)
                  ? open(final, O_WRONLY | O_CLOEXEC)
                  : open_beside(final, &target->files[index].temporary);
    return out->fd < 0 ? fail_system(target->error, path, KG_("cannot write")) : KG_OK;
}

static kg_status make_folder(kg_i_target* target) {
    if (mkdir(target->path, 0777) == 0) {
        target->made_folder = true;
        return KG_OK;
    }
    struct stat info;
    if (errno != EEXIST) {
        return fail_system(target->error, target->path, KG_("cannot make the folder"));
    }
    if (stat(target->path, &info) || !S_ISDIR(info.st_mode)) {
        return kg_fail(target->error, KG_ERR_IO, target->path, "%s",
                       KG_("is a file, but this format is a folder"));
    }
    return KG_OK;
}

// Target ----------------------------------------------------------------------------------------

static kg_status open_named(kg_i_target* target, unsigned index, const char* name) {
    if (!target->folder) {
        return open_file(target, index, target->path);
    }
    if (target->count == 1) {
        KG_TRY(make_folder(target));
    }
    char* const path = join(target->path, strlen(target->path), name);
    if (!path) {
        return KG_OUT_OF_MEMORY(target->error);
    }
    const kg_status status = open_file(target, index, path);
    free(path);
    return status;
}

kg_status kg_i_target_open(kg_i_target* target, const char* name, bool executable, kg_i_out** out) {
    assert(target->count < KG_I_TARGET_FILES);
    assert(target->folder == (name != NULL));
    const unsigned index = target->count++;
    kg_i_out* const file = &target->files[index].out;
    *file = (kg_i_out){.fd = -1, .error = target->error, .name = target->path};
    file->data = malloc(BUFFER_SIZE);
    if (!file->data) {
        return file->status = KG_OUT_OF_MEMORY(target->error);
    }
    file->capacity = BUFFER_SIZE;
    *out = file;
    if (!target->folder && strcmp(target->path, "-") == 0) {
        file->fd = STDOUT_FILENO;
        file->name = "stdout";
        return KG_OK;
    }
    file->status = open_named(target, index, name);
    if (file->status == KG_OK) {
        file->name = target->files[index].final;
        if (executable && target->files[index].temporary && fchmod(file->fd, 0755)) {
            file->status = fail_system(target->error, file->name, KG_("cannot write"));
        }
    }
    return file->status;
}

static kg_status finish_file(kg_i_target* target, unsigned index) {
    kg_i_out* const out = &target->files[index].out;
    kg_i_out_flush(out);
    if (out->status == KG_OK && target->files[index].temporary && fsync(out->fd)) {
        out->status = fail_system(target->error, out->name, KG_("cannot write"));
    }
    if (out->fd >= 0 && target->files[index].final) {
        // A network file system may report a full disk only here.
        if (close(out->fd) && out->status == KG_OK && errno != EINTR) {
            out->status = fail_system(target->error, out->name, KG_("cannot write"));
        }
        out->fd = -1;
    }
    return out->status;
}

/// Best effort: not every file system lets a folder be synchronised, and the export is whole
/// without it.
static void sync_folder(const char* file) {
    const size_t length = folder_length(file);
    char* const path = length ? strndup(file, length) : strdup(".");
    const int fd = path ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        (void)!fsync(fd);
        close(fd);
    }
    free(path);
}

static kg_status rename_all(kg_i_target* target) {
    const char* renamed = NULL;
    for (unsigned i = 0; i < target->count; ++i) {
        char** const temporary = &target->files[i].temporary;
        if (!*temporary) {
            continue;
        }
        if (rename(*temporary, target->files[i].final)) {
            return fail_system(target->error, target->files[i].final, KG_("cannot rename"));
        }
        free(*temporary);
        *temporary = NULL;
        target->made_folder = false; // it holds a finished file from now on
        renamed = target->files[i].final;
    }
    if (renamed) {
        sync_folder(renamed);
    }
    return KG_OK;
}

kg_status kg_i_target_commit(kg_i_target* target) {
    kg_status status = KG_OK;
    for (unsigned i = 0; i < target->count && status == KG_OK; ++i) {
        status = finish_file(target, i);
    }
    if (status == KG_OK) {
        status = rename_all(target);
    }
    kg_i_target_abort(target);
    return status;
}

void kg_i_target_abort(kg_i_target* target) {
    for (unsigned i = 0; i < target->count; ++i) {
        kg_i_out* const out = &target->files[i].out;
        if (out->fd >= 0 && target->files[i].final) {
            close(out->fd);
        }
        if (target->files[i].temporary) {
            unlink(target->files[i].temporary);
        }
        free(target->files[i].temporary);
        free(target->files[i].final);
        free(out->data);
    }
    target->count = 0;
    if (target->made_folder) {
        rmdir(target->path);
        target->made_folder = false;
    }
}
