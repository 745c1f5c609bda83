// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Where an export's bytes go: files written beside their final names and renamed into place
/// together, or standard output. Errors stick, so that a writer checks once for each row.
#ifndef KG_WRITE_OUT_H
#define KG_WRITE_OUT_H

#include "kg/base.h"

#include <string.h>

/// One buffered output. After a fault further bytes are dropped and `status` stays.
typedef struct {
    int fd;
    kg_status status;
    size_t len;
    size_t capacity;
    char* data;                   ///< null until the target is open
    const char* KG_NULLABLE name; ///< the final path, for messages
    kg_error* KG_NULLABLE error;
} kg_i_out;

/// Hand what is buffered to the system.
void kg_i_out_flush(kg_i_out* KG_NONNULL out);
void kg_i_out_add_slow(kg_i_out* KG_NONNULL out, const char* KG_NULLABLE bytes, size_t size);

static inline void kg_i_out_add(kg_i_out* out, const char* bytes, size_t size) {
    if (size > out->capacity - out->len) {
        kg_i_out_add_slow(out, bytes, size);
    } else if (size) {
        memcpy(out->data + out->len, bytes, size);
        out->len += size;
    }
}

static inline void kg_i_out_slice(kg_i_out* out, kg_slice text) {
    kg_i_out_add(out, text.ptr, text.len);
}

static inline void kg_i_out_text(kg_i_out* out, const char* text) {
    kg_i_out_add(out, text, strlen(text));
}

static inline void kg_i_out_char(kg_i_out* out, char c) {
    kg_i_out_add(out, &c, 1);
}

/// A literal, its length known when compiled.
#define kg_i_out_lit(out, text) kg_i_out_add((out), (text), sizeof(text) - 1)

enum { KG_I_TARGET_FILES = 8 };

/// The outputs of one export. Zero-initialise but for `path`, `folder` and `error`.
typedef struct {
    const char* KG_NONNULL path; ///< as the user gave it
    bool folder;                 ///< `path` is a folder that holds the files
    kg_error* KG_NULLABLE error;
    bool made_folder;
    unsigned count;
    struct {
        char* KG_NULLABLE final;     ///< null: standard output
        char* KG_NULLABLE temporary; ///< null: written in place (a device, a pipe)
        unsigned mode;
        kg_i_out out;
    } files[KG_I_TARGET_FILES];
} kg_i_target;

/// Open a file of the target: `name` below the folder, or null where the target is one file. The
/// output lives until commit or abort. `executable` sets the permission.
kg_status kg_i_target_open(kg_i_target* KG_NONNULL target, const char* KG_NULLABLE name,
                           bool executable, kg_i_out* KG_NULLABLE* KG_NONNULL out);
/// Make every file durable, then rename all into place. On a fault everything is aborted.
kg_status kg_i_target_commit(kg_i_target* KG_NONNULL target);
/// Leave what was there before and no litter. Allowed after commit, and twice.
void kg_i_target_abort(kg_i_target* KG_NONNULL target);

#endif
