// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/map.h"
#include "base/message.h"
#include "source/reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEFAULT_DEPTH = 32 };

void kg_i_reader_count(kg_i_reader* reader, uint64_t bytes) {
    reader->totals.bytes += bytes;
    if (reader->options.progress) {
        reader->options.progress(reader->options.progress_handle, reader->totals.bytes);
    }
}

/// One step down: the folders above are remembered, so that a link back to one is seen.
typedef struct folder {
    const struct folder* above;
    dev_t device;
    ino_t inode;
    unsigned depth;
} folder;

/// What is done with the files of a walk: read, or only measured.
typedef struct {
    kg_i_reader* reader; ///< null: measure
    uint64_t size;
    size_t root; ///< length of the part of each path that names leave out
    unsigned max_depth;
} walk;

/// Name what is wrong with a path; `detail` may be null.
static void fault(const walk* w, const char* path, kg_status status, const char* reason,
                  const char* detail) {
    if (w->reader) {
        kg_i_reader_faultf(w->reader, kg_slice_of(path), status, 0, "%s%s%s", reason,
                           detail ? ": " : "", detail ? detail : "");
    }
}

static int by_bytes(const void* a, const void* b) {
    return strcmp(*(char* const*)a, *(char* const*)b);
}

typedef KG_I_VEC(char*) names;

static kg_status list(const char* path, names* out) {
    DIR* const directory = opendir(path);
    if (!directory) {
        return KG_ERR_IO;
    }
    kg_status status = KG_OK;
    for (const struct dirent* entry = readdir(directory); entry; entry = readdir(directory)) {
        if (entry->d_name[0] == '.') { // also hidden files: version control, editors' leftovers
            continue;
        }
        char* const copy = strdup(entry->d_name);
        if (!copy || !kg_i_vec_push(out, copy)) {
            free(copy);
            status = KG_ERR_MEMORY;
            break;
        }
    }
    closedir(directory);
    if (out->count) {
        qsort(out->items, out->count, sizeof *out->items, by_bytes);
    }
    return status;
}

static void free_names(names* list_of) {
    for (size_t i = 0; i < list_of->count; ++i) {
        free(list_of->items[i]);
    }
    kg_i_vec_dispose(list_of);
}

typedef struct {
    kg_i_reader* reader;
    int descriptor;
} open_file;

static int64_t read_file(void* handle, char* out, size_t size, kg_error* error) {
    open_file* const file = handle;
    const int64_t got = kg_i_read_descriptor(&file->descriptor, out, size, error);
    if (got > 0) {
        kg_i_reader_count(file->reader, (uint64_t)got);
    }
    return got;
}

/// Add `hash` to the names handed out; false if it was there.
static bool remember(kg_i_name_set* set, uint64_t hash) {
    hash += hash == 0; // 0 marks an empty slot
    if (set->count * 2 >= set->capacity) {
        const size_t wanted = set->capacity ? set->capacity * 2 : 256;
        uint64_t* const slots = calloc(wanted, sizeof *slots);
        if (!slots) {
            return true; // then names are not told apart
        }
        kg_i_name_set grown = {slots, wanted, 0};
        for (size_t i = 0; i < set->capacity; ++i) {
            if (set->slots[i]) {
                remember(&grown, set->slots[i]);
            }
        }
        free(set->slots);
        *set = grown;
    }
    size_t at = hash & (set->capacity - 1);
    while (set->slots[at] && set->slots[at] != hash) {
        at = (at + 1) & (set->capacity - 1);
    }
    const bool is_new = !set->slots[at];
    set->slots[at] = hash;
    set->count += is_new;
    return is_new;
}

/// Two roots may hold files of the same name: the later one keeps more of its path.
static kg_slice unique_name(kg_i_reader* reader, kg_slice path, size_t root) {
    kg_slice name = {path.ptr + root, path.len - root};
    while (!remember(&reader->names, kg_i_hash(name, 0)) && root) {
        --root;
        while (root && path.ptr[root - 1] != '/') {
            --root;
        }
        name = (kg_slice){path.ptr + root, path.len - root};
    }
    return name;
}

static kg_status visit_file(walk* w, const char* path, const struct stat* info) {
    if (!w->reader) {
        w->size += (uint64_t)info->st_size;
        return KG_OK;
    }
    kg_i_reader* const reader = w->reader;
    const kg_slice whole = kg_slice_of(path);
    const kg_slice name = unique_name(reader, whole, w->root);
    const int64_t mtime = (int64_t)info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec;
    if (reader->options.unchanged &&
        reader->options.unchanged(reader->options.unchanged_handle, name, (uint64_t)info->st_size,
                                  mtime)) {
        ++reader->totals.skipped;
        kg_i_reader_count(reader, (uint64_t)info->st_size);
        return KG_OK;
    }
    // Not blocking: a FIFO put in the file's place meanwhile must not hold the run.
    const int blocking = S_ISFIFO(info->st_mode) ? 0 : O_NONBLOCK;
    open_file file = {reader, open(path, O_RDONLY | O_CLOEXEC | blocking)};
    if (file.descriptor < 0) {
        fault(w, path, KG_ERR_IO, KG_("cannot open"), strerror(errno));
        return KG_OK;
    }
    ++reader->totals.files;
    kg_i_stream stream;
    kg_i_stream_open(&stream, read_file, &file);
    const kg_status status = kg_i_read_stream(reader, name, whole, &stream, 0);
    kg_i_stream_dispose(&stream);
    close(file.descriptor);
    return status;
}

static kg_status visit(walk* w, const char* path, const folder* above);

static kg_status visit_folder(walk* w, const char* path, const struct stat* info,
                              const folder* above) {
    for (const folder* f = above; f; f = f->above) {
        if (f->device == info->st_dev && f->inode == info->st_ino) {
            fault(w, path, KG_ERR_FORMAT, KG_("a link back to a folder above it"), NULL);
            return KG_OK;
        }
    }
    const folder here = {above, info->st_dev, info->st_ino, above ? above->depth + 1 : 0};
    if (here.depth > w->max_depth) {
        fault(w, path, KG_ERR_LIMIT, KG_("folders nested deeper than the limit"), NULL);
        return KG_OK;
    }
    names entries = {0};
    kg_status status = list(path, &entries);
    if (status != KG_OK) {
        fault(w, path, status, KG_("cannot list"), strerror(errno));
        free_names(&entries);
        return KG_OK;
    }
    kg_i_buffer child = {0};
    for (size_t i = 0; status == KG_OK && i < entries.count; ++i) {
        kg_i_buffer_clear(&child);
        kg_i_buffer_add_text(&child, path);
        if (child.len && child.ptr[child.len - 1] != '/') {
            kg_i_buffer_add_char(&child, '/');
        }
        kg_i_buffer_add_text(&child, entries.items[i]);
        if (child.failed) {
            fault(w, path, KG_ERR_MEMORY, KG_("out of memory"), NULL);
            break;
        }
        status = visit(w, child.ptr, &here);
    }
    kg_i_buffer_dispose(&child);
    free_names(&entries);
    return status;
}

static kg_status visit(walk* w, const char* path, const folder* above) {
    struct stat info;
    if (stat(path, &info) != 0) {
        fault(w, path, KG_ERR_IO, KG_("cannot open"), strerror(errno));
        return KG_OK;
    }
    if (S_ISDIR(info.st_mode)) {
        return visit_folder(w, path, &info, above);
    }
    // A pipe that the user names is meant to be read; one met on a walk would hold the run.
    if (!S_ISREG(info.st_mode) && !(S_ISFIFO(info.st_mode) && !above)) {
        fault(w, path, KG_ERR_FORMAT, KG_("neither a file nor a folder"), NULL);
        return KG_OK;
    }
    return visit_file(w, path, &info);
}

static size_t root_length(const char* path, bool is_folder) {
    size_t length = strlen(path);
    if (is_folder) {
        return length && path[length - 1] != '/' ? length + 1 : length;
    }
    const char* const slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

static kg_status start(walk* w, const char* path) {
    struct stat info;
    const bool is_folder = stat(path, &info) == 0 && S_ISDIR(info.st_mode);
    w->root = root_length(path, is_folder);
    return visit(w, path, NULL);
}

kg_status kg_i_walk(kg_i_reader* reader, const char* path) {
    const uint32_t depth = reader->options.max_depth;
    walk w = {.reader = reader, .max_depth = depth ? depth : DEFAULT_DEPTH};
    return start(&w, path);
}

uint64_t kg_source_size(const char* const* paths, size_t path_count) {
    uint64_t size = 0;
    for (size_t i = 0; i < path_count; ++i) {
        walk w = {.max_depth = DEFAULT_DEPTH};
        if (strcmp(paths[i], "-") != 0 && start(&w, paths[i]) == KG_OK) {
            size += w.size;
        }
    }
    return size;
}
