// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/reader.h"

#include "base/map.h"
#include "base/message.h"
#include "source/date.h"
#include "source/sniff.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void name_error(kg_error* error, kg_slice name) {
    const size_t room = sizeof error->source - 1;
    const size_t length = name.len < room ? name.len : room;
    if (length) {
        memcpy(error->source, name.ptr, length);
    }
    error->source[length] = '\0';
}

void kg_i_reader_fault(kg_i_reader* reader, kg_slice name, const kg_error* error) {
    kg_error named = *error;
    if (!named.source[0]) {
        name_error(&named, name);
    }
    ++reader->totals.failed;
    kg_report(&reader->options.diagnostics, KG_ERROR, &named);
}

static void format_error(kg_error* error, kg_slice name, kg_status status, uint64_t line,
                         const char* format, va_list arguments) KG_PRINTF(5, 0);

static void format_error(kg_error* error, kg_slice name, kg_status status, uint64_t line,
                         const char* format, va_list arguments) {
    char text[sizeof error->text];
    const int length = vsnprintf(text, sizeof text, format, arguments);
    kg_fail_at(error, status, NULL, line, 0, "%s", length < 0 ? format : text);
    name_error(error, name);
}

void kg_i_reader_faultf(kg_i_reader* reader, kg_slice name, kg_status status, uint64_t line,
                        const char* format, ...) {
    kg_error error = {0};
    va_list arguments;
    va_start(arguments, format);
    format_error(&error, name, status, line, format, arguments);
    va_end(arguments);
    kg_i_reader_fault(reader, name, &error);
}

void kg_i_reader_warn(kg_i_reader* reader, kg_slice name, uint64_t line, const char* format, ...) {
    kg_error error = {0};
    va_list arguments;
    va_start(arguments, format);
    format_error(&error, name, KG_ERR_FORMAT, line, format, arguments);
    va_end(arguments);
    kg_report(&reader->options.diagnostics, KG_WARNING, &error);
}

kg_status kg_i_reader_emit(kg_i_reader* reader, const kg_i_input* input,
                           const kg_i_decoded* decoded, kg_format format) {
    kg_document head = {
        .name = input->name, .path = input->path, .format = format, .base = input->base};
    kg_i_hash128(input->raw, head.hash);
    kg_document* document = NULL;
    kg_i_builder_end(&reader->builder);
    char date[11];
    if (!reader->builder.date.len && kg_i_url_date(kg_i_buffer_slice(&reader->builder.url), date)) {
        kg_i_builder_set(&reader->builder.date, kg_slice_of(date));
    }
    if (!reader->builder.failed && !reader->builder.blocks.count) {
        kg_i_reader_warn(reader, input->name, 0, "%s", KG_("no text found"));
    }
    if (decoded->replaced) {
        kg_i_reader_warn(reader, input->name, 0,
                         KG_("%llu places could not be decoded as %s and read U+FFFD"),
                         (unsigned long long)decoded->replaced, decoded->charset);
    }
    if (kg_i_builder_finish(&reader->builder, decoded, &head, &document) != KG_OK) {
        kg_i_reader_faultf(reader, input->name, KG_ERR_MEMORY, 0, "%s",
                           KG_("out of memory, or larger than a document can be"));
        return KG_OK;
    }
    ++reader->totals.documents;
    return reader->sink.on_document(reader->sink.handle, document);
}

static kg_status read_decoded(kg_i_reader* reader, const kg_i_input* input,
                              const kg_i_decoded* decoded) {
    kg_i_builder_reset(&reader->builder);
    switch (kg_i_sniff(decoded->text, input->name)) {
    case KG_I_KIND_HTML:
        return kg_i_read_html(reader, input, decoded);
    case KG_I_KIND_MARKDOWN:
        return kg_i_read_markdown(reader, input, decoded);
    case KG_I_KIND_FEED:
        return kg_i_read_feed(reader, input, decoded);
    case KG_I_KIND_JSON:
        return kg_i_read_json(reader, input, decoded);
    case KG_I_KIND_JSONL:
        return kg_i_read_decoded_jsonl(reader, input, decoded);
    case KG_I_KIND_TEXT:
        break;
    }
    return kg_i_read_plain(reader, input, decoded);
}

static kg_status read_text(kg_i_reader* reader, const kg_i_input* input) {
    char declared[32];
    kg_error error = {0};
    kg_i_decoded decoded;
    kg_i_declared_charset(input->raw, declared);
    kg_status status = kg_i_decode(input->raw, reader->options.charset, declared, &decoded, &error);
    if (status != KG_OK) {
        kg_i_reader_fault(reader, input->name, &error);
        return KG_OK;
    }
    status = read_decoded(reader, input, &decoded);
    kg_i_decoded_dispose(&decoded);
    return status;
}

kg_status kg_i_read_bytes(kg_i_reader* reader, const kg_i_input* input, unsigned depth) {
    kg_slice rest = input->raw;
    kg_i_stream stream;
    kg_i_stream_open(&stream, kg_i_read_memory, &rest);
    const kg_status status = kg_i_read_stream(reader, input->name, input->path, &stream, depth);
    kg_i_stream_dispose(&stream);
    return status;
}

kg_status kg_i_read_stream(kg_i_reader* reader, kg_slice name, kg_slice path, kg_i_stream* stream,
                           unsigned depth) {
    enum { HEAD = 64 * 1024 };
    kg_error error = {0};
    kg_i_input input = {.name = name, .path = path};
    kg_status status = kg_i_stream_fill(stream, HEAD, &error);
    if (status == KG_OK) {
        const kg_slice head = kg_i_stream_ahead(stream);
        if (kg_i_is_packed(head)) {
            return kg_i_read_archive(reader, name, path, stream, depth);
        }
        if (kg_i_is_line_json(head, name)) {
            return kg_i_read_jsonl(reader, name, path, stream);
        }
        if (!head.len) {
            kg_i_reader_faultf(reader, name, KG_ERR_FORMAT, 0, "%s", KG_("the file is empty"));
            return KG_OK;
        }
        status = kg_i_stream_all(stream, reader->options.max_file_bytes, &input.raw, &error);
    }
    if (status != KG_OK) {
        kg_i_reader_fault(reader, name, &error);
        return KG_OK;
    }
    return read_text(reader, &input);
}
