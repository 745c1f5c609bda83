// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What the harnesses of the readers share: read bytes under a name, check each document, cut it
/// into sentences.
#ifndef KG_FUZZ_SOURCE_H
#define KG_FUZZ_SOURCE_H

#include "fuzz.h"

#include "kg/source.h"
#include "kg/text.h"

#include <stdlib.h>

/// Not assert(), which a release build drops.
#define FUZZ_CHECK(condition)                                                                      \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static void check_blocks(const kg_document* document, size_t size) {
    uint32_t end = 0;
    for (uint32_t b = 0; b < document->block_count; ++b) {
        const kg_block block = document->blocks[b];
        FUZZ_CHECK(block.begin >= end && block.begin < block.end && block.end < document->count);
        FUZZ_CHECK(document->chars[block.end] == '\n');
        for (uint32_t i = block.begin; i < block.end; ++i) {
            FUZZ_CHECK(document->chars[i] <= 0x10FFFF);
            FUZZ_CHECK(document->base + document->origin[i] <= size);
        }
        end = block.end;
    }
}

static kg_status check_document(void* handle, kg_document* document) {
    const size_t size = *(const size_t*)handle;
    kg_text* text = NULL;
    check_blocks(document, size);
    if (kg_text_new(document, &text, NULL) == KG_OK) {
        uint32_t count = 0;
        const kg_sentence* const sentences = kg_text_sentences(text, &count);
        for (uint32_t i = 0; i < count; ++i) {
            FUZZ_CHECK(sentences[i].begin < sentences[i].end);
            FUZZ_CHECK(sentences[i].end <= document->blocks[sentences[i].block].end);
        }
        char copy[64];
        kg_text_copy(text, 0, document->count, copy, sizeof copy);
    }
    kg_text_free(text);
    kg_document_free(document);
    return KG_OK;
}

static inline void fuzz_read(const uint8_t* bytes, size_t size, kg_slice name,
                             const char* charset) {
    size_t whole = size;
    // Small limits keep hostile archives from taking the fuzzer's time.
    const kg_source_options options = {.max_file_bytes = 1 << 20,
                                       .max_record_bytes = 1 << 16,
                                       .max_archive_bytes = 1 << 22,
                                       .charset = charset};
    const kg_status status =
        kg_source_read_buffer((kg_slice){(const char*)bytes, size}, name, &options,
                              (kg_document_sink){&whole, check_document}, NULL);
    FUZZ_CHECK(status == KG_OK);
}

#endif
