// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Bytes that come in pieces: a file descriptor, memory, or a member of an archive.
#ifndef KG_SOURCE_STREAM_H
#define KG_SOURCE_STREAM_H

#include "base/buffer.h"

#include "kg/base.h"

/// Fill `out` with up to `size` bytes. Returns how many, 0 at the end, negative on a fault with
/// `error` filled.
typedef int64_t (*kg_i_read)(void* KG_NULLABLE handle, char* KG_NONNULL out, size_t size,
                             kg_error* KG_NULLABLE error);

typedef struct {
    kg_i_read KG_NONNULL read;
    void* KG_NULLABLE handle;
    char* KG_NULLABLE buffer; ///< bytes read ahead: [begin, end)
    size_t capacity;
    size_t begin;
    size_t end;
    uint64_t offset; ///< of `begin` in the stream
    bool at_end;
} kg_i_stream;

void kg_i_stream_open(kg_i_stream* KG_NONNULL stream, kg_i_read KG_NONNULL read,
                      void* KG_NULLABLE handle);
void kg_i_stream_dispose(kg_i_stream* KG_NONNULL stream);

/// Have at least `size` bytes in the buffer, or all that is left.
kg_status kg_i_stream_fill(kg_i_stream* KG_NONNULL stream, size_t size,
                           kg_error* KG_NULLABLE error) KG_MUST_USE;
/// The bytes in the buffer.
kg_slice kg_i_stream_ahead(const kg_i_stream* KG_NONNULL stream);
void kg_i_stream_consume(kg_i_stream* KG_NONNULL stream, size_t size);

/// The rest of the stream as one slice, in its buffer; `KG_ERR_LIMIT` beyond `limit` bytes.
kg_status kg_i_stream_all(kg_i_stream* KG_NONNULL stream, uint64_t limit, kg_slice* KG_NONNULL out,
                          kg_error* KG_NULLABLE error) KG_MUST_USE;
/// The next line without its line break, `KG_NO` at the end, `KG_ERR_LIMIT` for a line longer than
/// `limit` (which is passed over). `*offset` is where it begins. Valid until the next call.
kg_status kg_i_stream_line(kg_i_stream* KG_NONNULL stream, uint64_t limit, kg_slice* KG_NONNULL out,
                           uint64_t* KG_NONNULL offset, kg_error* KG_NULLABLE error) KG_MUST_USE;

/// The descriptor's bytes as a stream: `handle` points at an int.
int64_t kg_i_read_descriptor(void* KG_NULLABLE handle, char* KG_NONNULL out, size_t size,
                             kg_error* KG_NULLABLE error);
/// Bytes in memory as a stream: `handle` points at a kg_slice, which is consumed.
int64_t kg_i_read_memory(void* KG_NULLABLE handle, char* KG_NONNULL out, size_t size,
                         kg_error* KG_NULLABLE error);

#endif
