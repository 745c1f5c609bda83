// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// From paths, archives and standard input to documents.
#ifndef KG_SOURCE_H
#define KG_SOURCE_H

#include "kg/document.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Limits and choices. Zero-initialised means the defaults given below.
typedef struct {
    uint64_t max_file_bytes;    ///< of a file read whole; 0: 64 MiB. JSON Lines is streamed and
                                ///< has `max_record_bytes` instead
    uint64_t max_record_bytes;  ///< of one JSON line; 0: 16 MiB
    uint64_t max_archive_bytes; ///< unpacked size of one archive; 0: 4 GiB
    uint32_t max_archive_ratio; ///< unpacked to packed, beyond the first 16 MiB; 0: 200
    uint32_t max_depth;         ///< of folders and of archives in archives; 0: 32 and 2
    const char* KG_NULLABLE charset; ///< decode by this, whatever the file declares; null: detect
    const char* KG_NULLABLE fields;  ///< JSON Lines mapping "title=headline,text=body,id=key,
                                     ///< date=time,url=link,source=site"; null: well-known names
    const char* KG_NULLABLE stdin_name; ///< document name for standard input; null: "stdin"
    kg_diagnostics diagnostics;         ///< inputs that fail are named here and the walk goes on
    /// Called before a file's content is read, to let an incremental run pass over it: return
    /// true to skip. Null: read everything. `name` is the document or file name as above.
    bool (*KG_NULLABLE unchanged)(void* KG_NULLABLE handle, kg_slice name, uint64_t size,
                                  int64_t mtime_ns);
    void* KG_NULLABLE unchanged_handle;
    /// Progress: bytes consumed so far, from one thread. Null: silent.
    void (*KG_NULLABLE progress)(void* KG_NULLABLE handle, uint64_t bytes_done);
    void* KG_NULLABLE progress_handle;
} kg_source_options;

/// What a walk met.
typedef struct {
    uint64_t files;     ///< opened
    uint64_t documents; ///< handed on
    uint64_t skipped;   ///< passed over as unchanged
    uint64_t failed;    ///< named in the diagnostics
    uint64_t bytes;     ///< raw bytes read
} kg_source_totals;

/// Read `paths` (files, folders walked in byte order of their names, archives, "-" for standard
/// input) and hand each document to `sink`. A failing input is reported and passed over.
///
/// Formats: HTML, XHTML and page templates, Markdown, plain text, JSON Lines and JSON, RSS and
/// Atom; content decides, the extension only where content leaves it open. Packed by gzip, bzip2,
/// xz or zstd, or in zip or tar: read in place, nothing is unpacked to disk.
///
/// Names: below a folder that was given, the path from there (`eb/001.html`); a file that was
/// given, its last part (`001.html`); if an earlier path of the same call gave that name already,
/// as much more of the path as it takes. Then `!member` in an archive and `#id` for a record or
/// feed item, or its line or number where it has no id. Hidden files (.name) are passed over on a
/// walk, and so, with a diagnostic, are pipes, devices and links back to a folder above.
/// @return `KG_OK` also when inputs failed (see `totals->failed`); the sink's status if it ended
/// the walk; `KG_ERR_USAGE` for options that do not fit, with `error` filled.
KG_API kg_status kg_source_read(const char* KG_NONNULL const* KG_NONNULL paths, size_t path_count,
                                const kg_source_options* KG_NULLABLE options, kg_document_sink sink,
                                kg_source_totals* KG_NULLABLE totals,
                                kg_error* KG_NULLABLE error) KG_MUST_USE;

/// Read one buffer as if it were a file called `name` (the extension helps to sniff the format).
KG_API kg_status kg_source_read_buffer(kg_slice bytes, kg_slice name,
                                       const kg_source_options* KG_NULLABLE options,
                                       kg_document_sink sink,
                                       kg_error* KG_NULLABLE error) KG_MUST_USE;

/// Total size in bytes of the files that a walk over `paths` would read, for progress;
/// unreadable ones count as 0.
KG_API uint64_t kg_source_size(const char* KG_NONNULL const* KG_NONNULL paths, size_t path_count);

#ifdef __cplusplus
}
#endif
#endif
