// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Slices, status codes, errors and diagnostics: what every other header of parkgraph rests on.
///
/// Text is UTF-8 unless a comment says otherwise. Lengths and offsets are in bytes unless a
/// comment says characters; a character is one Unicode code point.
#ifndef KG_BASE_H
#define KG_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__clang__) && __clang_major__ >= 7
    #define KG_NONNULL  _Nonnull
    #define KG_NULLABLE _Nullable
#else
    #define KG_NONNULL
    #define KG_NULLABLE
#endif

/// A pointer that the caller owns after the call, and releases with the type's `_free`.
#define KG_OWNED KG_NULLABLE

#if defined(__GNUC__)
    #define KG_API               __attribute__((visibility("default")))
    #define KG_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
    #define KG_MUST_USE          __attribute__((warn_unused_result))
#else
    #define KG_API
    #define KG_PRINTF(fmt, args)
    #define KG_MUST_USE
#endif

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes that somebody else owns; not terminated. An empty slice may have a null pointer.
typedef struct {
    const char* KG_NULLABLE ptr;
    size_t len;
} kg_slice;

/// A slice of a string literal.
#define KG_LIT(text) ((kg_slice){(text), sizeof(text) - 1})

/// A slice of a terminated string; null gives the empty slice.
KG_API kg_slice kg_slice_of(const char* KG_NULLABLE text);

/// Whether two slices hold the same bytes.
KG_API bool kg_slice_equal(kg_slice a, kg_slice b);

/// Order by bytes, which for UTF-8 is order by code point. Negative, zero or positive.
KG_API int kg_slice_compare(kg_slice a, kg_slice b);

/// The outcome of a call. `KG_NO` is a mild "no" (end of input, not found), the rest are faults.
typedef enum {
    KG_OK,
    KG_NO,          ///< nothing there, nothing wrong
    KG_ERR_USAGE,   ///< the caller's arguments do not fit
    KG_ERR_IO,      ///< the operating system refused (open, read, write, full disk)
    KG_ERR_FORMAT,  ///< the input is not what it claims to be
    KG_ERR_LIMIT,   ///< a stated limit was reached
    KG_ERR_MEMORY,  ///< out of memory
    KG_ERR_STORE,   ///< the store is damaged or SQLite refused
    KG_ERR_BUSY,    ///< another run holds the store
    KG_ERR_VERSION, ///< the store was made by a newer parkgraph
    KG_ERR_STOPPED, ///< the user asked to stop
    KG_ERR_INTERNAL ///< a defect of parkgraph
} kg_status;

/// A short English name of the status, for logs. Never null; static.
KG_API const char* KG_NONNULL kg_status_name(kg_status status);

/// What went wrong and where. Supplied by the caller, filled once: the first error is kept.
/// Zero-initialise before use (`kg_error error = {0}`).
typedef struct {
    kg_status status;
    char source[256]; ///< file, document or member that the error is about; may be empty
    uint64_t line;    ///< from 1; 0 if unknown
    uint64_t column;  ///< in characters, from 1; 0 if unknown
    uint64_t offset;  ///< in bytes, from 0; meaningful when line is 0 too
    char text[512];   ///< the reason, one line, in the user's language
} kg_error;

/// Fill `error` unless it already holds one, and return `status`. A null `error` is allowed.
/// `source` may be null. Text that does not fit is cut at a character boundary.
KG_API kg_status kg_fail(kg_error* KG_NULLABLE error, kg_status status,
                         const char* KG_NULLABLE source, const char* KG_NONNULL format, ...)
    KG_PRINTF(4, 5);

/// As `kg_fail`, with a line and column.
KG_API kg_status kg_fail_at(kg_error* KG_NULLABLE error, kg_status status,
                            const char* KG_NULLABLE source, uint64_t line, uint64_t column,
                            const char* KG_NONNULL format, ...) KG_PRINTF(6, 7);

/// How bad a diagnostic is.
typedef enum { KG_DEBUG, KG_INFO, KG_WARNING, KG_ERROR } kg_severity;

/// Where diagnostics about single inputs go while the run goes on. May be called from several
/// threads at once; `error` lives for the call only. A null `on_diagnostic` drops them.
typedef struct {
    void* KG_NULLABLE handle;
    void (*KG_NULLABLE on_diagnostic)(void* KG_NULLABLE handle, kg_severity severity,
                                      const kg_error* KG_NONNULL error);
} kg_diagnostics;

/// Hand `error` to `sink`, if it has a receiver. A null `sink` drops it.
KG_API void kg_report(const kg_diagnostics* KG_NULLABLE sink, kg_severity severity,
                      const kg_error* KG_NONNULL error);

/// parkgraph's version as "MAJOR.MINOR.PATCH"; static.
KG_API const char* KG_NONNULL kg_version(void);

#ifdef __cplusplus
}
#endif
#endif
