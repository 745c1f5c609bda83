// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// A document made ready for extraction: one normalised character for each character of the
/// document (so that an index serves both), cut into sentences and clauses.
#ifndef KG_TEXT_H
#define KG_TEXT_H

#include "kg/document.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A sentence, never crossing a block. Ends behind 。！？；… and closing quotes, or with the block;
/// not within brackets, nor within a quote unless it is speech of several sentences.
typedef struct {
    uint32_t begin; ///< first character
    uint32_t end;   ///< one past the last
    uint32_t block; ///< index into the document's blocks
} kg_sentence;

/// Opaque; owns its arrays and borrows the document, which must outlive it.
typedef struct kg_text kg_text;

/// Normalise: full width to half width for letters, digits and brackets; traditional to
/// simplified; one style of quotes (“ ”) and of middle dot (·); ASCII , : ; ! ? beside Chinese to
/// ，：；！？. A space that says nothing (between Chinese and Latin, beside punctuation, between
/// single characters set wide) becomes U+200B, so that indices stay; a space between Chinese words
/// stays, it separates names and halves of a headline. Cut into sentences. The first call loads
/// OpenCC's data, `KG_ERR_IO` if that fails. May be called from several threads.
KG_API kg_status kg_text_new(const kg_document* KG_NONNULL document,
                             kg_text* KG_OWNED* KG_NONNULL out,
                             kg_error* KG_NULLABLE error) KG_MUST_USE;
KG_API void kg_text_free(kg_text* KG_NULLABLE text);

KG_API const kg_document* KG_NONNULL kg_text_document(const kg_text* KG_NONNULL text);
/// Normalised code points, as many as the document has, and a 0 behind the last.
KG_API const uint32_t* KG_NONNULL kg_text_chars(const kg_text* KG_NONNULL text);
KG_API const kg_sentence* KG_NONNULL kg_text_sentences(const kg_text* KG_NONNULL text,
                                                       uint32_t* KG_NONNULL count);

/// The document's own characters of [begin, end) as UTF-8, line breaks, invisible characters and
/// the spaces that normalisation hid left out, written to `buffer` (cut at a character boundary if
/// it does not fit, always terminated if size > 0). Returns the length in bytes that the whole
/// would need.
KG_API size_t kg_text_copy(const kg_text* KG_NONNULL text, uint32_t begin, uint32_t end,
                           char* KG_NULLABLE buffer, size_t size);

#ifdef __cplusplus
}
#endif
#endif
