// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/stream.h"

#include "base/message.h"
#include "base/try.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 256 * 1024 };

void kg_i_stream_open(kg_i_stream* stream, kg_i_read read, void* handle) {
    *stream = (kg_i_stream){.read = read, .handle = handle};
}

void kg_i_stream_dispose(kg_i_stream* stream) {
    free(stream->buffer);
    stream->buffer = NULL;
    stream->begin = stream->end = stream->capacity = 0;
}

static kg_status make_room(kg_i_stream* stream, size_t size, kg_error* error) {
    if (stream->begin && stream->capacity - stream->end < size) {
        memmove(stream->buffer, stream->buffer + stream->begin, stream->end - stream->begin);
        stream->end -= stream->begin;
        stream->begin = 0;
    }
    if (stream->capacity - stream->end >= size) {
        return KG_OK;
    }
    size_t wanted = stream->capacity ? stream->capacity * 2 : PIECE;
    if (wanted < stream->end + size) {
        wanted = stream->end + size;
    }
    char* const grown = realloc(stream->buffer, wanted);
    if (!grown) {
        return KG_OUT_OF_MEMORY(error);
    }
    stream->buffer = grown;
    stream->capacity = wanted;
    return KG_OK;
}

kg_status kg_i_stream_fill(kg_i_stream* stream, size_t size, kg_error* error) {
    while (!stream->at_end && stream->end - stream->begin < size) {
        KG_TRY(make_room(stream, PIECE / 2, error));
        const int64_t got = stream->read(stream->handle, stream->buffer + stream->end,
                                         stream->capacity - stream->end, error);
        if (got < 0) {
            stream->at_end = true;
            return error && error->status != KG_OK ? error->status : KG_ERR_IO;
        }
        stream->at_end = got == 0;
        stream->end += (size_t)got;
    }
    return KG_OK;
}

kg_slice kg_i_stream_ahead(const kg_i_stream* stream) {
    return stream->buffer ? (kg_slice){stream->buffer + stream->begin, stream->end - stream->begin}
                          : (kg_slice){"", 0};
}

void kg_i_stream_consume(kg_i_stream* stream, size_t size) {
    stream->begin += size;
    stream->offset += size;
}

kg_status kg_i_stream_all(kg_i_stream* stream, uint64_t limit, kg_slice* out, kg_error* error) {
    const size_t wanted = limit < SIZE_MAX - 1 ? (size_t)limit + 1 : SIZE_MAX;
    KG_TRY(kg_i_stream_fill(stream, wanted, error));
    *out = kg_i_stream_ahead(stream);
    if (out->len > limit) {
        return kg_fail(error, KG_ERR_LIMIT, NULL, KG_("larger than the limit of %llu bytes"),
                       (unsigned long long)limit);
    }
    return KG_OK;
}

static kg_status pass_over_line(kg_i_stream* stream, uint64_t limit, kg_error* error) {
    for (;;) {
        const kg_slice ahead = kg_i_stream_ahead(stream);
        const char* const end = ahead.len ? memchr(ahead.ptr, '\n', ahead.len) : NULL;
        if (end) {
            kg_i_stream_consume(stream, (size_t)(end - ahead.ptr) + 1);
            break;
        }
        kg_i_stream_consume(stream, ahead.len);
        KG_TRY(kg_i_stream_fill(stream, 1, error));
        if (!kg_i_stream_ahead(stream).len) {
            break;
        }
    }
    return kg_fail(error, KG_ERR_LIMIT, NULL, KG_("a line longer than the limit of %llu bytes"),
                   (unsigned long long)limit);
}

kg_status kg_i_stream_line(kg_i_stream* stream, uint64_t limit, kg_slice* out, uint64_t* offset,
                           kg_error* error) {
    size_t searched = 0;
    *offset = stream->offset;
    for (;;) {
        const kg_slice ahead = kg_i_stream_ahead(stream);
        const char* const end =
            ahead.len > searched ? memchr(ahead.ptr + searched, '\n', ahead.len - searched) : NULL;
        const size_t length = end ? (size_t)(end - ahead.ptr) : ahead.len;
        if (length > limit) {
            return pass_over_line(stream, limit, error);
        }
        if (end || (stream->at_end && ahead.len)) {
            *out = (kg_slice){ahead.ptr, length};
            kg_i_stream_consume(stream, length + (end ? 1 : 0));
            if (out->len && out->ptr[out->len - 1] == '\r') {
                --out->len;
            }
            return KG_OK;
        }
        if (stream->at_end) {
            return KG_NO;
        }
        searched = ahead.len;
        KG_TRY(kg_i_stream_fill(stream, ahead.len + 1, error));
    }
}

int64_t kg_i_read_descriptor(void* handle, char* out, size_t size, kg_error* error) {
    const int descriptor = *(const int*)handle;
    for (;;) {
        const ssize_t got = read(descriptor, out, size);
        if (got >= 0) {
            return got;
        }
        if (errno != EINTR) {
            kg_fail(error, KG_ERR_IO, NULL, KG_("cannot read: %s"), strerror(errno));
            return -1;
        }
    }
}

int64_t kg_i_read_memory(void* handle, char* out, size_t size, kg_error* error) {
    (void)error;
    kg_slice* const rest = handle;
    const size_t length = rest->len < size ? rest->len : size;
    if (length) {
        memcpy(out, rest->ptr, length);
        rest->ptr += length;
        rest->len -= length;
    }
    return (int64_t)length;
}
