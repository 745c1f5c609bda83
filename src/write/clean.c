// SPDX-License-Identifier: GPL-3.0-or-later
#include "write/clean.h"

#include "base/utf8.h"

#include <string.h>

/// The length of the character at `ptr` if it may stay, else 0. XML 1.0, production 2 (Char).
static unsigned good_length(const char* ptr, size_t size) {
    const unsigned char* const p = (const unsigned char*)ptr;
    if (p[0] < 0x80) {
        return p[0] >= 0x20 || p[0] == '\t' || p[0] == '\n' || p[0] == '\r';
    }
    // Most Han characters, without the general decoder's cost.
    if (p[0] >= 0xE1 && p[0] <= 0xEC && size >= 3) {
        return (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80 ? 3 : 0;
    }
    uint32_t code = 0;
    const unsigned length = kg_i_utf8_decode(ptr, size, &code);
    return code == 0xFFFE || code == 0xFFFF ? 0 : length;
}

bool kg_i_is_clean(kg_slice text) {
    size_t i = 0;
    while (i < text.len) {
        if ((signed char)text.ptr[i] >= 0x20) { // ASCII in ids, dates and names of rules
            ++i;
            continue;
        }
        const unsigned length = good_length(text.ptr + i, text.len - i);
        if (!length) {
            return false;
        }
        i += length;
    }
    return true;
}

static const char replacement[] = "\xEF\xBF\xBD";

/// How many bytes stand for the bad thing at `ptr`: a whole character if it is one, else a byte.
static unsigned bad_length(const char* ptr, size_t size) {
    uint32_t code = 0;
    const unsigned length = kg_i_utf8_decode(ptr, size, &code);
    return length ? length : 1;
}

/// Replace `*text` by a clean copy if need be; false when out of memory.
static bool clean(kg_i_arena* arena, kg_slice* text) {
    if (!text->ptr || kg_i_is_clean(*text)) {
        return true;
    }
    char* const bytes = kg_i_arena_array(arena, text->len, 3);
    if (!bytes) {
        return false;
    }
    size_t used = 0;
    for (size_t i = 0; i < text->len;) {
        const char* const from = text->ptr + i;
        const unsigned good = good_length(from, text->len - i);
        const unsigned size = good ? good : sizeof replacement - 1;
        memcpy(bytes + used, good ? from : replacement, size);
        used += size;
        i += good ? good : bad_length(from, text->len - i);
    }
    *text = (kg_slice){bytes, used};
    return true;
}

/// Clean several texts in place; false when out of memory.
static bool clean_all(kg_i_arena* arena, kg_slice* const* texts, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        if (!clean(arena, texts[i])) {
            return false;
        }
    }
    return true;
}

#define CLEAN_ALL(arena, ...)                                                                      \
    clean_all((arena), (kg_slice* const[]){__VA_ARGS__},                                           \
              sizeof((kg_slice* const[]){__VA_ARGS__}) / sizeof(kg_slice*))

/// A clean copy of an array of texts; `*texts` stays where all are clean.
static bool clean_array(kg_i_arena* arena, const kg_slice** texts, uint32_t count) {
    bool dirty = false;
    for (uint32_t i = 0; i < count && !dirty; ++i) {
        dirty = !kg_i_is_clean((*texts)[i]);
    }
    if (!dirty) {
        return true;
    }
    kg_slice* const copy = kg_i_arena_array(arena, count, sizeof *copy);
    if (!copy) {
        return false;
    }
    for (uint32_t i = 0; i < count; ++i) {
        copy[i] = (*texts)[i];
        if (!clean(arena, &copy[i])) {
            return false;
        }
    }
    *texts = copy;
    return true;
}

/// A copy of a row to be cleaned; null when out of memory.
static void* copy_row(kg_i_arena* arena, const void* row, size_t size) {
    void* const copy = kg_i_arena_alloc(arena, size);
    if (copy) {
        memcpy(copy, row, size);
    }
    return copy;
}

const kg_document_row* kg_i_clean_document(kg_i_arena* arena, const kg_document_row* row) {
    kg_document_row* const copy = copy_row(arena, row, sizeof *row);
    const bool done = copy && CLEAN_ALL(arena, &copy->id, &copy->name, &copy->path, &copy->title,
                                        &copy->date, &copy->url, &copy->publisher);
    return done ? copy : NULL;
}

const kg_entity_row* kg_i_clean_entity(kg_i_arena* arena, const kg_entity_row* row) {
    kg_entity_row* const copy = copy_row(arena, row, sizeof *row);
    const bool done = copy &&
                      CLEAN_ALL(arena, &copy->id, &copy->name, &copy->lexicon_id, &copy->first_seen,
                                &copy->last_seen) &&
                      clean_array(arena, &copy->aliases, copy->alias_count) &&
                      clean_array(arena, &copy->same_as, copy->same_as_count);
    return done ? copy : NULL;
}

static bool evidence_is_clean(const kg_evidence_row* row) {
    return kg_i_is_clean(row->sentence) && kg_i_is_clean(row->quote) && kg_i_is_clean(row->doc) &&
           kg_i_is_clean(row->doc_id) && kg_i_is_clean(row->url) && kg_i_is_clean(row->title) &&
           kg_i_is_clean(row->date) && kg_i_is_clean(row->rule) && kg_i_is_clean(row->time);
}

static bool clean_evidence(kg_i_arena* arena, kg_statement_row* row) {
    uint32_t first_dirty = 0;
    while (first_dirty < row->evidence_count && evidence_is_clean(&row->evidence[first_dirty])) {
        ++first_dirty;
    }
    if (first_dirty == row->evidence_count) {
        return true;
    }
    kg_evidence_row* const copy = kg_i_arena_array(arena, row->evidence_count, sizeof *copy);
    if (!copy) {
        return false;
    }
    memcpy(copy, row->evidence, row->evidence_count * sizeof *copy);
    row->evidence = copy;
    for (uint32_t i = first_dirty; i < row->evidence_count; ++i) {
        kg_evidence_row* const e = &copy[i];
        if (!CLEAN_ALL(arena, &e->doc, &e->doc_id, &e->url, &e->title, &e->date, &e->sentence,
                       &e->quote, &e->rule, &e->time)) {
            return false;
        }
    }
    return true;
}

const kg_statement_row* kg_i_clean_statement(kg_i_arena* arena, const kg_statement_row* row) {
    kg_statement_row* const copy = copy_row(arena, row, sizeof *row);
    const bool done =
        copy &&
        CLEAN_ALL(arena, &copy->id, &copy->subject, &copy->object, &copy->title, &copy->valid_from,
                  &copy->valid_to, &copy->first_seen, &copy->last_seen) &&
        clean_evidence(arena, copy);
    return done ? copy : NULL;
}
