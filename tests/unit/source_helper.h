// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Read a buffer, keep the documents and diagnostics, and look at them as strings.
#ifndef KG_TEST_SOURCE_HELPER_H
#define KG_TEST_SOURCE_HELPER_H

#include "base/buffer.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "kg/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
    KG_I_VEC(kg_document*) documents;
    KG_I_VEC(kg_error) faults; ///< errors
    KG_I_VEC(kg_error) warnings;
    kg_source_options options;
    kg_i_buffer text; ///< of the last question
    kg_status answer; ///< what the sink returns
} reading;

static kg_status keep_document(void* handle, kg_document* document) {
    reading* const r = handle;
    assert_true(kg_i_vec_push(&r->documents, document));
    return r->answer;
}

static void keep_fault(void* handle, kg_severity severity, const kg_error* error) {
    reading* const r = handle;
    assert_true(severity == KG_ERROR ? kg_i_vec_push(&r->faults, *error)
                                     : kg_i_vec_push(&r->warnings, *error));
}

static inline void prepare(reading* r) {
    r->options.diagnostics = (kg_diagnostics){r, keep_fault};
}

static inline void read_bytes(reading* r, const void* bytes, size_t size, const char* name) {
    kg_error error = {0};
    prepare(r);
    assert_int_equal(kg_source_read_buffer((kg_slice){bytes, size}, kg_slice_of(name), &r->options,
                                           (kg_document_sink){r, keep_document}, &error),
                     KG_OK);
}

static inline void read_text(reading* r, const char* text, const char* name) {
    read_bytes(r, text, strlen(text), name);
}

static inline void forget(reading* r) {
    for (size_t i = 0; i < r->documents.count; ++i) {
        kg_document_free(r->documents.items[i]);
    }
    kg_i_vec_dispose(&r->documents);
    kg_i_vec_dispose(&r->faults);
    kg_i_vec_dispose(&r->warnings);
    kg_i_buffer_dispose(&r->text);
}

/// The blocks as "T:title|P:text|…": T title, H heading, P paragraph, I item, R row, C caption; an
/// article's number behind the letter where it is not 0.
static inline const char* blocks_of(reading* r, size_t index) {
    assert_true(index < r->documents.count);
    const kg_document* const d = r->documents.items[index];
    kg_i_buffer_clear(&r->text);
    for (uint32_t b = 0; b < d->block_count; ++b) {
        const kg_block block = d->blocks[b];
        kg_i_buffer_add_text(&r->text, b ? "|" : "");
        kg_i_buffer_add_char(&r->text, "THPIRC"[block.kind]);
        if (block.article) {
            kg_i_buffer_format(&r->text, "%u", (unsigned)block.article);
        }
        kg_i_buffer_add_char(&r->text, ':');
        for (uint32_t i = block.begin; i < block.end; ++i) {
            kg_i_buffer_add_code(&r->text, d->chars[i]);
        }
    }
    kg_i_buffer_add_text(&r->text, "");
    return r->text.ptr ? r->text.ptr : "";
}

static inline bool slice_is(kg_slice slice, const char* text) {
    return kg_slice_equal(slice, kg_slice_of(text));
}

#define assert_slice(slice, text)                                                                  \
    do {                                                                                           \
        const kg_slice slice_ = (slice);                                                           \
        if (!slice_is(slice_, (text))) {                                                           \
            fail_msg("'%.*s' is not '%s'", (int)slice_.len, slice_.ptr ? slice_.ptr : "", (text)); \
        }                                                                                          \
    } while (0)

/// Every character of every block stands where its origin says: the file's bytes there are the
/// character in UTF-8, or begin an entity or an escape.
static inline void check_origins(const kg_document* d, const char* file, size_t size) {
    for (uint32_t b = 0; b < d->block_count; ++b) {
        for (uint32_t i = d->blocks[b].begin; i < d->blocks[b].end; ++i) {
            const uint64_t at = d->base + d->origin[i];
            char bytes[4];
            const unsigned length = kg_i_utf8_encode(d->chars[i], bytes);
            assert_true(at < size);
            const bool escape = file[at] == '&' || file[at] == '\\';
            const bool gap = d->chars[i] == ' ' || d->chars[i] == '\t';
            if (!escape && !gap && (at + length > size || memcmp(file + at, bytes, length) != 0)) {
                fail_msg("character %u (U+%04X) is not at byte %llu", (unsigned)i,
                         (unsigned)d->chars[i], (unsigned long long)at);
            }
            if (i > d->blocks[b].begin) {
                assert_true(d->origin[i] >= d->origin[i - 1]);
            }
        }
        assert_int_equal(d->chars[d->blocks[b].end], '\n');
        assert_true(d->origin[d->blocks[b].end] > d->origin[d->blocks[b].end - 1]);
    }
}

#endif
