// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// A document as `source` hands it on: decoded characters, each with the byte it came from,
/// cut into blocks. Markup is gone, wording is untouched.
#ifndef KG_DOCUMENT_H
#define KG_DOCUMENT_H

#include "kg/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    KG_FORMAT_TEXT,
    KG_FORMAT_HTML, ///< HTML, XHTML and page templates
    KG_FORMAT_MARKDOWN,
    KG_FORMAT_JSONL,
    KG_FORMAT_FEED ///< RSS or Atom
} kg_format;

typedef enum {
    KG_BLOCK_TITLE,   ///< the document's or an article's headline
    KG_BLOCK_HEADING, ///< a heading within an article
    KG_BLOCK_PARAGRAPH,
    KG_BLOCK_ITEM,   ///< a list item
    KG_BLOCK_ROW,    ///< a table row, its cells separated by U+0009
    KG_BLOCK_CAPTION ///< a picture's caption or credit line
} kg_block_kind;

/// A run of characters with one role. Blocks are in reading order and do not overlap. Behind each
/// stands one U+000A that belongs to none, its origin one past the block's last byte: so
/// `origin[end]` is where the block's text ends in the file.
typedef struct {
    kg_block_kind kind;
    uint8_t level;    ///< heading or list depth, from 1; 0 where it means nothing
    uint32_t article; ///< from 0; a newspaper page holds several
    uint32_t begin;   ///< first character
    uint32_t end;     ///< one past the last character
} kg_block;

/// One document. Every slice lives as long as the document; any may be empty.
typedef struct {
    kg_slice name; ///< stable: path below the given root, `archive!member`, `file.jsonl#id`
    kg_slice path; ///< the file as the user would open it
    kg_slice title;
    kg_slice date; ///< ISO 8601: YYYY-MM-DD, YYYY-MM or YYYY; empty if not found
    kg_slice url;
    kg_slice publisher; ///< the source that the text names
    kg_slice charset;   ///< IANA name of the encoding that was used to decode
    kg_format format;
    uint64_t hash[2]; ///< 128 bits of the raw bytes, to see whether a document changed

    const uint32_t* KG_NULLABLE chars;  ///< code points, `count` of them
    const uint32_t* KG_NULLABLE origin; ///< `count + 1` byte offsets, relative to `base`: where
                                        ///< character i starts; the last is one past the end.
                                        ///< They grow within a block; a later block may stand
                                        ///< earlier in the file (a title behind its text)
    uint32_t count;
    uint64_t base; ///< offset in the file (in the member of an archive) of `origin` 0

    const kg_block* KG_NULLABLE blocks;
    uint32_t block_count;
} kg_document;

/// Release a document and everything it holds. Null is allowed.
KG_API void kg_document_free(kg_document* KG_NULLABLE document);

/// Receives documents one by one and takes ownership of each, whatever it returns. Any status
/// but `KG_OK` ends the reading, and is returned to whoever began it.
typedef struct {
    void* KG_NULLABLE handle;
    kg_status (*KG_NONNULL on_document)(void* KG_NULLABLE handle, kg_document* KG_NONNULL document);
} kg_document_sink;

#ifdef __cplusplus
}
#endif
#endif
