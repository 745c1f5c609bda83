// SPDX-License-Identifier: GPL-3.0-or-later
#include "kg/text.h"

#include "base/message.h"
#include "base/utf8.h"
#include "text/normal.h"

#include <stdlib.h>
#include <string.h>

struct kg_text {
    const kg_document* document;
    uint32_t* chars;
    kg_i_sentences sentences;
};

static kg_status normalise(kg_text* text, kg_error* error) {
    const kg_document* const document = text->document;
    const kg_i_table* const table = kg_i_table_get(error);
    if (!table) {
        return KG_ERR_IO;
    }
    for (uint32_t i = 0; i < document->count; ++i) {
        const uint32_t c = document->chars[i];
        text->chars[i] = c < KG_I_TABLE_SIZE ? table->plain[c] : c;
    }
    const kg_status status = kg_i_traditional(document, text->chars, error);
    for (uint32_t b = 0; status == KG_OK && b < document->block_count; ++b) {
        kg_i_normal_block(text->chars, &document->blocks[b]);
        if (!kg_i_sentences_cut(text->chars, &document->blocks[b], b, &text->sentences)) {
            return kg_fail(error, KG_ERR_MEMORY, NULL, "%s", KG_("out of memory"));
        }
    }
    return status;
}

kg_status kg_text_new(const kg_document* document, kg_text** out, kg_error* error) {
    *out = NULL;
    kg_text* const text = calloc(1, sizeof *text);
    if (text) {
        text->document = document;
        text->chars = malloc(((size_t)document->count + 1) * sizeof *text->chars);
    }
    if (!text || !text->chars) {
        kg_text_free(text);
        return kg_fail(error, KG_ERR_MEMORY, NULL, "%s", KG_("out of memory"));
    }
    text->chars[document->count] = 0; // so that a look at the next character needs no test
    const kg_status status = normalise(text, error);
    if (status != KG_OK) {
        kg_text_free(text);
        return status;
    }
    *out = text;
    return KG_OK;
}

void kg_text_free(kg_text* text) {
    if (text) {
        free(text->chars);
        free(text->sentences.items);
        free(text);
    }
}

const kg_document* kg_text_document(const kg_text* text) {
    return text->document;
}

const uint32_t* kg_text_chars(const kg_text* text) {
    return text->chars;
}

const kg_sentence* kg_text_sentences(const kg_text* text, uint32_t* count) {
    *count = (uint32_t)text->sentences.count;
    return text->sentences.items;
}

static bool left_out(uint32_t original, uint32_t normal) {
    return original == '\n' || original == '\r' || original == 0xFEFF || original == 0x2028 ||
           (original >= 0x200B && original <= 0x200F) || normal == KG_I_HIDDEN;
}

size_t kg_text_copy(const kg_text* text, uint32_t begin, uint32_t end, char* buffer, size_t size) {
    const kg_document* const document = text->document;
    size_t need = 0;
    size_t written = 0;
    bool full = false;
    end = end < document->count ? end : document->count;
    for (uint32_t i = begin; i < end; ++i) {
        if (left_out(document->chars[i], text->chars[i])) {
            continue;
        }
        char bytes[4];
        const unsigned length = kg_i_utf8_encode(document->chars[i], bytes);
        need += length;
        full = full || !buffer || written + length >= size;
        if (!full) {
            memcpy(buffer + written, bytes, length);
            written += length;
        }
    }
    if (buffer && size) {
        buffer[written] = '\0';
    }
    return need;
}
