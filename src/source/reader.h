// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What every reader of a format gets, and how it hands on documents and faults.
///
/// A reader returns KG_OK also when its input was faulty: the fault was reported by then. Any
/// other status ends the whole reading.
#ifndef KG_SOURCE_READER_H
#define KG_SOURCE_READER_H

#include "source/builder.h"
#include "source/decode.h"
#include "source/stream.h"

#include "kg/source.h"

/// The names of files handed out so far, as hashes; open addressing, 0 is empty.
typedef struct {
    uint64_t* KG_NULLABLE slots;
    size_t capacity;
    size_t count;
} kg_i_name_set;

/// One walk: options with their defaults filled in, and what is reused between documents.
typedef struct {
    kg_source_options options;
    kg_document_sink sink;
    kg_source_totals totals;
    kg_error* KG_NULLABLE error;
    kg_i_builder builder;
    kg_i_name_set names;
} kg_i_reader;

/// One file, member or record as a reader gets it.
typedef struct {
    kg_slice name; ///< the document's name
    kg_slice path; ///< the file as the user would open it
    kg_slice raw;  ///< its bytes
    uint64_t base; ///< offset of `raw` in the file
} kg_i_input;

/// Report that `name` could not be read and count it.
void kg_i_reader_fault(kg_i_reader* KG_NONNULL reader, kg_slice name,
                       const kg_error* KG_NONNULL error);
void kg_i_reader_faultf(kg_i_reader* KG_NONNULL reader, kg_slice name, kg_status status,
                        uint64_t line, const char* KG_NONNULL format, ...) KG_PRINTF(5, 6);
/// Say something of `name` that does not stop it from being read.
void kg_i_reader_warn(kg_i_reader* KG_NONNULL reader, kg_slice name, uint64_t line,
                      const char* KG_NONNULL format, ...) KG_PRINTF(4, 5);

/// Finish the builder's document and hand it to the sink. A document without text is passed over
/// with a warning.
kg_status kg_i_reader_emit(kg_i_reader* KG_NONNULL reader, const kg_i_input* KG_NONNULL input,
                           const kg_i_decoded* KG_NONNULL decoded, kg_format format);

// The readers, each for a whole file that was decoded.
kg_status kg_i_read_plain(kg_i_reader* KG_NONNULL reader, const kg_i_input* KG_NONNULL input,
                          const kg_i_decoded* KG_NONNULL decoded);
kg_status kg_i_read_markdown(kg_i_reader* KG_NONNULL reader, const kg_i_input* KG_NONNULL input,
                             const kg_i_decoded* KG_NONNULL decoded);
kg_status kg_i_read_html(kg_i_reader* KG_NONNULL reader, const kg_i_input* KG_NONNULL input,
                         const kg_i_decoded* KG_NONNULL decoded);
kg_status kg_i_read_feed(kg_i_reader* KG_NONNULL reader, const kg_i_input* KG_NONNULL input,
                         const kg_i_decoded* KG_NONNULL decoded);
/// A .json file: one object or an array of them.
kg_status kg_i_read_json(kg_i_reader* KG_NONNULL reader, const kg_i_input* KG_NONNULL input,
                         const kg_i_decoded* KG_NONNULL decoded);
/// JSON Lines in a charset that cannot be cut into lines before decoding (UTF-16).
kg_status kg_i_read_decoded_jsonl(kg_i_reader* KG_NONNULL reader,
                                  const kg_i_input* KG_NONNULL input,
                                  const kg_i_decoded* KG_NONNULL decoded);
/// JSON Lines, line by line from a stream.
kg_status kg_i_read_jsonl(kg_i_reader* KG_NONNULL reader, kg_slice name, kg_slice path,
                          kg_i_stream* KG_NONNULL stream);

/// Add `text` (HTML, its first byte at `at` of the decoded text) to the open document: all of its
/// blocks for a fragment of an article, or the article found in a page.
kg_status kg_i_html_blocks(kg_i_reader* KG_NONNULL reader, kg_slice name, kg_slice text,
                           uint32_t at, bool page);
/// Add lines of plain text to the open document.
kg_status kg_i_plain_blocks(kg_i_reader* KG_NONNULL reader, kg_slice text, uint32_t at);

/// Read a whole buffer of any format, archives included. `depth` counts archives in archives.
kg_status kg_i_read_bytes(kg_i_reader* KG_NONNULL reader, const kg_i_input* KG_NONNULL input,
                          unsigned depth);
/// Read a stream of any format; bytes already read are in its buffer.
kg_status kg_i_read_stream(kg_i_reader* KG_NONNULL reader, kg_slice name, kg_slice path,
                           kg_i_stream* KG_NONNULL stream, unsigned depth);
/// Read the members of the archive, or the one file of a compressed stream.
kg_status kg_i_read_archive(kg_i_reader* KG_NONNULL reader, kg_slice name, kg_slice path,
                            kg_i_stream* KG_NONNULL packed, unsigned depth);
/// Count raw bytes read and tell the caller's progress.
void kg_i_reader_count(kg_i_reader* KG_NONNULL reader, uint64_t bytes);
/// Walk one path of the user's.
kg_status kg_i_walk(kg_i_reader* KG_NONNULL reader, const char* KG_NONNULL path);

#endif
