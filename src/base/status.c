// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "kg/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

kg_slice kg_slice_of(const char* text) {
    return (kg_slice){text, text ? strlen(text) : 0};
}

bool kg_slice_equal(kg_slice a, kg_slice b) {
    return a.len == b.len && (!a.len || memcmp(a.ptr, b.ptr, a.len) == 0);
}

int kg_slice_compare(kg_slice a, kg_slice b) {
    const size_t shared = a.len < b.len ? a.len : b.len;
    const int order = shared ? memcmp(a.ptr, b.ptr, shared) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

const char* kg_status_name(kg_status status) {
    switch (status) {
    case KG_OK:
        return "ok";
    case KG_NO:
        return "no";
    case KG_ERR_USAGE:
        return "usage";
    case KG_ERR_IO:
        return "io";
    case KG_ERR_FORMAT:
        return "format";
    case KG_ERR_LIMIT:
        return "limit";
    case KG_ERR_MEMORY:
        return "memory";
    case KG_ERR_STORE:
        return "store";
    case KG_ERR_BUSY:
        return "busy";
    case KG_ERR_VERSION:
        return "version";
    case KG_ERR_STOPPED:
        return "stopped";
    case KG_ERR_INTERNAL:
        return "internal";
    }
    return "unknown";
}

static void copy_cut(char* out, size_t size, kg_slice text) {
    const size_t length = kg_i_utf8_cut(text, size - 1);
    if (length) {
        memcpy(out, text.ptr, length);
    }
    out[length] = '\0';
}

static void KG_PRINTF(6, 0)
    fill(kg_error* error, kg_status status, const char* source, uint64_t line, uint64_t column,
         const char* format, va_list arguments) {
    char text[2 * sizeof error->text];
    const int length = vsnprintf(text, sizeof text, format, arguments);
    error->status = status;
    error->line = line;
    error->column = column;
    copy_cut(error->source, sizeof error->source, kg_slice_of(source));
    copy_cut(error->text, sizeof error->text, kg_slice_of(length < 0 ? format : text));
}

kg_status kg_fail(kg_error* error, kg_status status, const char* source, const char* format, ...) {
    if (error && error->status == KG_OK) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, status, source, 0, 0, format, arguments);
        va_end(arguments);
    }
    return status;
}

kg_status kg_fail_at(kg_error* error, kg_status status, const char* source, uint64_t line,
                     uint64_t column, const char* format, ...) {
    if (error && error->status == KG_OK) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, status, source, line, column, format, arguments);
        va_end(arguments);
    }
    return status;
}

void kg_report(const kg_diagnostics* sink, kg_severity severity, const kg_error* error) {
    if (sink && sink->on_diagnostic) {
        sink->on_diagnostic(sink->handle, severity, error);
    }
}

const char* kg_version(void) {
    return KG_VERSION;
}
