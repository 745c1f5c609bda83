// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/builder.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

void kg_i_builder_reset(kg_i_builder* builder) {
    builder->count = 0;
    builder->blocks.count = 0;
    kg_i_buffer_clear(&builder->title);
    kg_i_buffer_clear(&builder->date);
    kg_i_buffer_clear(&builder->url);
    kg_i_buffer_clear(&builder->publisher);
    builder->failed = false;
    builder->open = false;
    builder->gap = KG_I_GAP_NONE;
    builder->gap_at = 0;
    builder->after = 0;
    builder->article = 0;
    builder->barrier = 0;
}

void kg_i_builder_dispose(kg_i_builder* builder) {
    free(builder->chars);
    free(builder->origin);
    kg_i_vec_dispose(&builder->blocks);
    kg_i_buffer_dispose(&builder->title);
    kg_i_buffer_dispose(&builder->date);
    kg_i_buffer_dispose(&builder->url);
    kg_i_buffer_dispose(&builder->publisher);
    *builder = (kg_i_builder){0};
}

bool kg_i_builder_grow(kg_i_builder* builder) {
    const size_t wanted = builder->capacity ? builder->capacity * 2 : 4096;
    if (builder->failed || wanted > UINT32_MAX / 2) {
        builder->failed = true;
        return false;
    }
    uint32_t* const chars = realloc(builder->chars, wanted * sizeof *chars);
    if (chars) {
        builder->chars = chars;
    }
    uint32_t* const origin = realloc(builder->origin, wanted * sizeof *origin);
    if (origin) {
        builder->origin = origin;
    }
    builder->failed = !chars || !origin;
    if (!builder->failed) {
        builder->capacity = wanted;
    }
    return !builder->failed;
}

void kg_i_builder_begin(kg_i_builder* builder, kg_block_kind kind, uint8_t level) {
    kg_i_builder_end(builder);
    builder->open = true;
    builder->gap = KG_I_GAP_BEGIN;
    builder->block = (kg_block){.kind = kind,
                                .level = level,
                                .article = builder->article,
                                .begin = (uint32_t)builder->count,
                                .end = (uint32_t)builder->count};
}

static bool says_something(const kg_i_builder* builder) {
    for (size_t i = builder->block.begin; i < builder->count; ++i) {
        const uint32_t c = builder->chars[i];
        if (kg_i_is_han(c) || kg_i_is_digit(c) || kg_i_is_letter(c) ||
            (c >= 0xC0 && !(c >= 0x2000 && c < 0x2E80) && !(c >= 0x3000 && c < 0x3040) &&
             !(c >= 0xFE10 && c < 0xFF10) && c != 0xFFFD)) {
            return true;
        }
    }
    return false;
}

void kg_i_builder_end(kg_i_builder* builder) {
    builder->gap = KG_I_GAP_NONE;
    if (!builder->open) {
        return;
    }
    builder->open = false;
    if (!says_something(builder)) {
        builder->count = builder->block.begin;
        return;
    }
    builder->block.end = (uint32_t)builder->count;
    if (!kg_i_vec_push(&builder->blocks, builder->block)) {
        builder->failed = true;
    }
    // One character between blocks, so that the end of a block's last character can be told.
    kg_i_builder_raw(builder, '\n', builder->after);
}

static bool binds_back(uint32_t c) {
    return c == 0x7684 /* 的 */ || c == 0xFF0C || c == 0x3002 || c == 0x3001 || c == 0xFF1B ||
           c == 0x201D || c == 0xFF09 || c == 0x300B;
}

/// Pages break paragraphs where a line or a link ended. What begins with a mark that nothing begins
/// with, or follows a comma, belongs to the paragraph before.
static void go_on(kg_i_builder* builder, uint32_t next) {
    enum { SHORTEST = 8 };
    if (builder->block.kind != KG_BLOCK_PARAGRAPH || builder->blocks.count <= builder->barrier) {
        return;
    }
    const kg_block before = builder->blocks.items[builder->blocks.count - 1];
    if (before.kind != KG_BLOCK_PARAGRAPH || before.article != builder->article ||
        before.end - before.begin < SHORTEST || (size_t)before.end + 1 != builder->count) {
        return;
    }
    const uint32_t last = builder->chars[before.end - 1];
    const bool comma = last == 0xFF0C || last == 0x3001;
    if (comma || (kg_i_is_han(last) && binds_back(next))) {
        --builder->blocks.count;
        builder->block = before;
        builder->count = before.end;
    }
}

void kg_i_builder_put_gap(kg_i_builder* builder, uint32_t next) {
    const kg_i_gap gap = builder->gap;
    builder->gap = KG_I_GAP_NONE;
    if (gap == KG_I_GAP_BEGIN) {
        go_on(builder, next);
        return;
    }
    if (builder->count == builder->block.begin) {
        return;
    }
    const uint32_t last = builder->chars[builder->count - 1];
    if (gap == KG_I_GAP_CELL) {
        kg_i_builder_raw(builder, '\t', builder->gap_at);
    } else if (last != '\t' &&
               (gap == KG_I_GAP_SPACE || (!kg_i_is_wide(last) && !kg_i_is_wide(next)))) {
        kg_i_builder_raw(builder, ' ', builder->gap_at);
    }
}

void kg_i_builder_text(kg_i_builder* builder, kg_slice text, uint32_t at) {
    size_t i = 0;
    while (i < text.len) {
        uint32_t code = 0;
        const unsigned length = kg_i_next_char(text.ptr + i, text.len - i, &code);
        kg_i_builder_put(builder, code, at + (uint32_t)i, at + (uint32_t)i + length);
        i += length;
    }
}

static size_t space_at_end(kg_slice text) {
    static const char* const wide[] = {"\xE3\x80\x80", "\xC2\xA0"};
    if (text.len && (unsigned char)text.ptr[text.len - 1] <= ' ') {
        return 1;
    }
    for (size_t i = 0; i < sizeof wide / sizeof *wide; ++i) {
        const size_t length = strlen(wide[i]);
        if (text.len >= length && !memcmp(text.ptr + text.len - length, wide[i], length)) {
            return length;
        }
    }
    return 0;
}

static size_t space_at_begin(kg_slice text) {
    uint32_t code = 0;
    const unsigned length = text.len ? kg_i_utf8_decode(text.ptr, text.len, &code) : 0;
    return length && (kg_i_is_space(code) || kg_i_is_invisible(code)) ? length : 0;
}

void kg_i_builder_set(kg_i_buffer* field, kg_slice text) {
    if (field->len) {
        return;
    }
    for (size_t n = space_at_begin(text); n; n = space_at_begin(text)) {
        text.ptr += n;
        text.len -= n;
    }
    for (size_t n = space_at_end(text); n; n = space_at_end(text)) {
        text.len -= n;
    }
    enum { LONGEST = 2000 };
    text.len = kg_i_utf8_cut(text, LONGEST);
    for (size_t i = 0; i < text.len; ++i) { // one line, whatever the source had
        const char c = text.ptr[i];
        kg_i_buffer_add_char(field, c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
    }
}

/// Everything of a document in one allocation: head, characters, origins, blocks, strings.
typedef struct {
    kg_document document;
    char* next;
} packed;

static kg_slice pack_string(packed* pack, kg_slice text) {
    char* const out = pack->next;
    if (text.len) {
        memcpy(out, text.ptr, text.len);
    }
    out[text.len] = '\0';
    pack->next += text.len + 1;
    return (kg_slice){out, text.len};
}

static void map_origins(uint32_t* out, const kg_i_builder* builder, const kg_i_decoded* decoded) {
    for (size_t i = 0; i < builder->count; ++i) {
        out[i] = kg_i_decoded_origin(decoded, builder->origin[i]);
    }
    out[builder->count] = kg_i_decoded_origin(decoded, builder->after);
    if (builder->count) { // the separator behind the last block
        out[builder->count] = out[builder->count - 1];
    }
}

kg_status kg_i_builder_finish(kg_i_builder* builder, const kg_i_decoded* decoded,
                              const kg_document* head, kg_document** out) {
    kg_i_builder_end(builder);
    const kg_i_buffer* const fields[] = {&builder->title, &builder->date, &builder->url,
                                         &builder->publisher};
    size_t size = head->name.len + head->path.len + strlen(decoded->charset) + 7;
    bool failed = builder->failed;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; ++i) {
        failed = failed || fields[i]->failed;
        size += fields[i]->len;
    }
    if (failed) {
        return KG_ERR_MEMORY;
    }
    const size_t numbers = (2 * builder->count + 1) * sizeof(uint32_t);
    const size_t blocks = builder->blocks.count * sizeof(kg_block);
    packed* const pack = malloc(sizeof *pack + numbers + blocks + size);
    if (!pack) {
        return KG_ERR_MEMORY;
    }
    uint32_t* const chars = (uint32_t*)(void*)(pack + 1);
    uint32_t* const origin = chars + builder->count;
    kg_block* const block = (kg_block*)(void*)(origin + builder->count + 1);
    pack->document = *head;
    pack->next = (char*)(block + builder->blocks.count);
    if (builder->count) {
        memcpy(chars, builder->chars, builder->count * sizeof *chars);
    }
    map_origins(origin, builder, decoded);
    if (blocks) {
        memcpy(block, builder->blocks.items, blocks);
    }
    kg_document* const document = &pack->document;
    document->chars = chars;
    document->origin = origin;
    document->count = (uint32_t)builder->count;
    document->blocks = block;
    document->block_count = (uint32_t)builder->blocks.count;
    document->name = pack_string(pack, head->name);
    document->path = pack_string(pack, head->path);
    document->charset = pack_string(pack, kg_slice_of(decoded->charset));
    document->title = pack_string(pack, kg_i_buffer_slice(&builder->title));
    document->date = pack_string(pack, kg_i_buffer_slice(&builder->date));
    document->url = pack_string(pack, kg_i_buffer_slice(&builder->url));
    document->publisher = pack_string(pack, kg_i_buffer_slice(&builder->publisher));
    *out = document;
    return KG_OK;
}

void kg_document_free(kg_document* document) {
    free(document); // the document is the first member of its one allocation
}
