// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/message.h"
#include "base/try.h"
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/// `a` and `b` behind each other, owned by the caller; null when out of memory.
static char* join(const char* a, const char* b) {
    kg_i_buffer text = {0};
    kg_i_buffer_add_text(&text, a);
    kg_i_buffer_add_text(&text, b);
    return kg_i_buffer_detach(&text);
}

/// Whether the lock that we have is on the file that is there: a writer that ends takes its lock
/// file away, and ours may have been that one.
static bool is_current(int descriptor, const char* path) {
    struct stat held;
    struct stat named;
    return fstat(descriptor, &held) == 0 && stat(path, &named) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

/// One try: `KG_OK`, `KG_NO` if another has it, or a fault.
static kg_status try_lock(kg_store* store, kg_error* error) {
    const int descriptor = open(store->lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return kg_fail(error, KG_ERR_IO, store->lock_path, KG_("cannot open: %s"), strerror(errno));
    }
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
        if (is_current(descriptor, store->lock_path)) {
            store->lock = descriptor;
            return KG_OK;
        }
    } else if (errno != EWOULDBLOCK && errno != EINTR) {
        const int reason = errno;
        close(descriptor);
        return kg_fail(error, KG_ERR_IO, store->lock_path, KG_("cannot lock: %s"),
                       strerror(reason));
    }
    close(descriptor);
    return KG_NO;
}

static uint64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/// SQLite's own lock is held from BEGIN to COMMIT only, and a run is many transactions that belong
/// together. A lock file serves for the whole life of a writer; locks of the system end with their
/// process, however it ends. It is a file of its own because closing any descriptor of the
/// database would drop SQLite's locks on it.
static kg_status lock_for_writing(kg_store* store, uint32_t wait_ms, kg_error* error) {
    store->lock_path = join(store->path, ".lock");
    if (!store->lock_path) {
        return KG_OUT_OF_MEMORY(error);
    }
    const uint64_t begun = now_ms();
    for (;;) {
        const kg_status status = try_lock(store, error);
        if (status != KG_NO) {
            return status;
        }
        if (now_ms() - begun >= wait_ms) {
            return kg_fail(error, KG_ERR_BUSY, store->path, "%s",
                           KG_("another run is writing to the store"));
        }
        nanosleep(&(struct timespec){.tv_nsec = 20000000L}, NULL);
    }
}

/// SQLite names for databases in memory and in URIs begin otherwise than with "/" and ".".
static kg_status plain_path(const char* path, char** out, kg_error* error) {
    if (!*path) {
        return kg_fail(error, KG_ERR_USAGE, NULL, "%s", KG_("the store's path is empty"));
    }
    char* const plain = join(*path == '/' ? "" : "./", path);
    *out = plain;
    return plain ? KG_OK : KG_OUT_OF_MEMORY(error);
}

static char* immutable_uri(const char* path) {
    static const char hex[] = "0123456789ABCDEF";
    kg_i_buffer uri = {0};
    kg_i_buffer_add_text(&uri, *path == '/' ? "file://" : "file:");
    for (const char* c = path; *c; ++c) {
        const unsigned char byte = (unsigned char)*c;
        if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') {
            kg_i_buffer_add_char(&uri, *c);
        } else if ((byte >= '-' && byte <= '9') || byte == '_') {
            kg_i_buffer_add_char(&uri, *c);
        } else {
            const char escape[] = {'%', hex[byte >> 4], hex[byte & 15]};
            kg_i_buffer_add(&uri, escape, sizeof escape);
        }
    }
    kg_i_buffer_add_text(&uri, "?immutable=1");
    return kg_i_buffer_detach(&uri);
}

static kg_status open_file(kg_store* store, const char* name, int flags, kg_error* error) {
    sqlite3_close(store->db);
    store->db = NULL;
    const int code = sqlite3_open_v2(name, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (!store->db) {
        return KG_OUT_OF_MEMORY(error);
    }
    sqlite3_extended_result_codes(store->db, 1);
    return code == SQLITE_OK ? KG_OK : kg_i_store_fail(store, code, error);
}

/// Read something: opening alone touches nothing.
static int probe(kg_store* store) {
    return sqlite3_exec(store->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
}

static bool is_empty_or_missing(const char* path) {
    struct stat status;
    return stat(path, &status) != 0 || status.st_size == 0;
}

/// A store at rest has no log beside it, and SQLite would have to make one even for reading. Where
/// it cannot (a medium that is read-only), the file cannot change either and is read as it is.
static kg_status open_to_read(kg_store* store, kg_error* error) {
    if (!store->path || access(store->path, R_OK) != 0) {
        return kg_fail(error, KG_ERR_IO, store->path, KG_("cannot open: %s"), strerror(errno));
    }
    KG_TRY(open_file(store, store->path, SQLITE_OPEN_READONLY, error));
    const int code = probe(store) & 0xFF;
    if (code == SQLITE_OK) {
        return KG_OK;
    }
    if (code != SQLITE_CANTOPEN && code != SQLITE_READONLY) {
        return kg_i_store_fail(store, sqlite3_extended_errcode(store->db), error);
    }
    char* const log = join(store->path, "-wal");
    const bool complete = log && is_empty_or_missing(log);
    free(log);
    if (!complete) {
        return kg_fail(error, KG_ERR_IO, store->path, "%s",
                       KG_("the last run was interrupted; open the store once where it can be "
                           "written to"));
    }
    char* const uri = immutable_uri(store->path);
    if (!uri) {
        return KG_OUT_OF_MEMORY(error);
    }
    const kg_status status = open_file(store, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
    free(uri);
    return status;
}

static kg_status open_to_write(kg_store* store, uint32_t wait_ms, kg_error* error) {
    KG_TRY(lock_for_writing(store, wait_ms, error));
    KG_TRY(open_file(store, store->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error));
    sqlite3_busy_timeout(store->db, (int)(wait_ms < 60000 ? wait_ms : 60000));
    // FULL, because what was committed is promised to be durable; a commit stands for many
    // documents. The log's size is cut back after the long transaction of deriving.
    return kg_i_exec(store,
                     "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                     "PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536;"
                     "PRAGMA wal_autocheckpoint = 4096; PRAGMA journal_size_limit = 67108864;",
                     error);
}

static kg_status open_store(kg_store* store, const char* path, uint32_t wait_ms, kg_error* error) {
    KG_TRY(plain_path(path, &store->path, error));
    if (store->mode == KG_STORE_READ) {
        KG_TRY(open_to_read(store, error));
        KG_TRY(kg_i_exec(store, "PRAGMA cache_size = -65536", error));
        sqlite3_busy_timeout(store->db, (int)(wait_ms < 60000 ? wait_ms : 60000));
    } else {
        KG_TRY(open_to_write(store, wait_ms, error));
    }
    KG_TRY(kg_i_schema_check(store, error));
    if (store->mode == KG_STORE_READ) {
        // One snapshot for all that is read, whatever a writer does meanwhile.
        KG_TRY(kg_i_exec(store, "BEGIN", error));
    }
    kg_i_buffer base = {0};
    const kg_status status = kg_i_meta_get(store, "base_iri", &base, error);
    store->base_iri = kg_i_buffer_detach(&base);
    if (status == KG_OK && !store->base_iri) {
        return kg_fail(error, KG_ERR_STORE, store->path, "%s", KG_("the store has no base IRI"));
    }
    return status;
}

kg_status kg_store_open(const char* path, kg_store_mode mode, uint32_t wait_ms, kg_store** out,
                        kg_error* error) {
    *out = NULL;
    kg_store* const store = calloc(1, sizeof *store);
    if (!store) {
        return KG_OUT_OF_MEMORY(error);
    }
    store->mode = mode;
    store->lock = -1;
    const kg_status status = open_store(store, path, wait_ms, error);
    if (status != KG_OK) {
        kg_store_close(store);
        return status;
    }
    *out = store;
    return KG_OK;
}

void kg_store_close(kg_store* store) {
    if (!store) {
        return;
    }
    kg_i_rollback(store);
    for (int i = 0; i < KG_I_KEPT_COUNT; ++i) {
        sqlite3_finalize(store->kept[i]);
    }
    sqlite3_close(store->db);
    if (store->lock >= 0) {
        unlink(store->lock_path); // while the lock is held: see is_current
        close(store->lock);
    }
    kg_i_buffer_dispose(&store->note);
    free(store->base_iri);
    free(store->lock_path);
    free(store->path);
    free(store);
}

kg_slice kg_store_base_iri(kg_store* store) {
    return kg_slice_of(store->base_iri);
}
