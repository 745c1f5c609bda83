// SPDX-License-Identifier: GPL-3.0-or-later
#include "kg/source.h"

#include "base/message.h"
#include "source/jsonl.h"
#include "source/reader.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static uint64_t or_else(uint64_t value, uint64_t otherwise) {
    return value ? value : otherwise;
}

static kg_status check(const kg_source_options* options, kg_error* error) {
    kg_i_fields fields;
    if (!kg_i_fields_parse(options->fields, &fields)) {
        return kg_fail(error, KG_ERR_USAGE, NULL, KG_("a field mapping that does not read: %s"),
                       options->fields);
    }
    if (options->charset) {
        const iconv_t converter = iconv_open("UTF-8", options->charset);
        if (converter == (iconv_t)-1) {
            return kg_fail(error, KG_ERR_USAGE, NULL, KG_("unknown charset: %s"), options->charset);
        }
        iconv_close(converter);
    }
    return KG_OK;
}

static kg_status begin(kg_i_reader* reader, const kg_source_options* options, kg_document_sink sink,
                       kg_error* error) {
    *reader = (kg_i_reader){.sink = sink, .error = error};
    if (options) {
        reader->options = *options;
    }
    kg_source_options* const o = &reader->options;
    const uint64_t mib = 1048576;
    const uint64_t most = UINT32_MAX / 2; // offsets within a document are 32 bits wide
    o->max_file_bytes = or_else(o->max_file_bytes, 64 * mib);
    o->max_record_bytes = or_else(o->max_record_bytes, 16 * mib);
    o->max_file_bytes = o->max_file_bytes < most ? o->max_file_bytes : most;
    o->max_record_bytes = o->max_record_bytes < most ? o->max_record_bytes : most;
    o->max_archive_bytes = or_else(o->max_archive_bytes, 4096 * mib);
    o->max_archive_ratio = (uint32_t)or_else(o->max_archive_ratio, 200);
    return check(o, error);
}

static void end(kg_i_reader* reader, kg_source_totals* totals) {
    if (totals) {
        *totals = reader->totals;
    }
    kg_i_builder_dispose(&reader->builder);
    free(reader->names.slots);
}

/// A descriptor with the bytes counted as they come.
typedef struct {
    kg_i_reader* reader;
    int descriptor;
} counted;

static int64_t read_counted(void* handle, char* out, size_t size, kg_error* error) {
    counted* const from = handle;
    const int64_t got = kg_i_read_descriptor(&from->descriptor, out, size, error);
    if (got > 0) {
        kg_i_reader_count(from->reader, (uint64_t)got);
    }
    return got;
}

static kg_status read_stdin(kg_i_reader* reader) {
    const char* const given = reader->options.stdin_name;
    const kg_slice name = kg_slice_of(given ? given : "stdin");
    counted from = {reader, STDIN_FILENO};
    kg_i_stream stream;
    kg_i_stream_open(&stream, read_counted, &from);
    ++reader->totals.files;
    const kg_status status = kg_i_read_stream(reader, name, KG_LIT("-"), &stream, 0);
    kg_i_stream_dispose(&stream);
    return status;
}

kg_status kg_source_read(const char* const* paths, size_t path_count,
                         const kg_source_options* options, kg_document_sink sink,
                         kg_source_totals* totals, kg_error* error) {
    kg_i_reader reader;
    kg_status status = begin(&reader, options, sink, error);
    for (size_t i = 0; status == KG_OK && i < path_count; ++i) {
        status = strcmp(paths[i], "-") == 0 ? read_stdin(&reader) : kg_i_walk(&reader, paths[i]);
    }
    end(&reader, totals);
    return status;
}

kg_status kg_source_read_buffer(kg_slice bytes, kg_slice name, const kg_source_options* options,
                                kg_document_sink sink, kg_error* error) {
    kg_i_reader reader;
    kg_status status = begin(&reader, options, sink, error);
    if (status == KG_OK) {
        const kg_i_input input = {.name = name, .path = name, .raw = bytes};
        ++reader.totals.files;
        status = kg_i_read_bytes(&reader, &input, 0);
    }
    end(&reader, NULL);
    return status;
}
