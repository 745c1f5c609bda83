// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/weights.h"

#include "base/buffer.h"
#include "base/message.h"
#include "base/try.h"
#include "base/utf8.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 64 * 1024 * 1024 };

static const struct {
    const char* name;
    const char* form;
} kinds[KG_I_F_COUNT] = {
    [KG_I_F_BIAS] = {"bias", "tt"},
    [KG_I_F_TYPES] = {"types", "ttnn"},
    [KG_I_F_DISTANCE] = {"distance", "ttnn"},
    [KG_I_F_COMMAS] = {"commas", "nn"},
    [KG_I_F_BETWEEN] = {"between", "ttnn"},
    [KG_I_F_WORD] = {"word", "nw"},
    [KG_I_F_FIRST] = {"first", "nwn"},
    [KG_I_F_LEFT] = {"left", "nw"},
    [KG_I_F_RIGHT] = {"right", "nw"},
    [KG_I_F_BIGRAM] = {"bigram", "ncc"},
    [KG_I_F_EXACT] = {"exact", "nccc"},
    [KG_I_F_BEFORE_A] = {"before-a", "ncc"},
    [KG_I_F_AFTER_A] = {"after-a", "ncc"},
    [KG_I_F_BEFORE_B] = {"before-b", "ncc"},
    [KG_I_F_AFTER_B] = {"after-b", "ncc"},
    [KG_I_F_HEADLINE] = {"headline", "ttn"},
    [KG_I_F_STARTS] = {"starts", "ttn"},
    [KG_I_F_LISTS] = {"lists", "nn"},
    [KG_I_F_DENIED] = {"denied", "nn"},
    [KG_I_F_NESTED] = {"nested", "ttnn"},
    [KG_I_F_TAIL] = {"tail", "nncc"},
    [KG_I_F_OUTER] = {"outer", "nncc"},
    [KG_I_F_CARRIED] = {"carried", "ttnn"},
    [KG_I_F_REST] = {"rest", "ttnn"},
    [KG_I_F_NEAR_L] = {"near-left", "nw"},
    [KG_I_F_NEAR_R] = {"near-right", "nw"},
    [KG_I_F_CHARS_L] = {"chars-left", "ncc"},
    [KG_I_F_CHARS_R] = {"chars-right", "ncc"},
    [KG_I_F_PATTERN] = {"pattern", "pn"},
    [KG_I_F_ENDING_S] = {"ending-s", "ct"},
    [KG_I_F_ENDING_O] = {"ending-o", "ct"},
    [KG_I_F_TITLES] = {"titles", "ttn"},
    [KG_I_F_TOP] = {"top", "ttn"},
    [KG_I_F_WITHIN] = {"within", "ttn"},
    [KG_I_F_OFTEN] = {"often", "ttn"},
    [KG_I_F_NAME_SURE] = {"name-sure", "ntnn"},
    [KG_I_F_NAME_OFTEN] = {"name-often", "ntnn"},
    [KG_I_F_NAME_LENGTH] = {"name-length", "ntn"},
    [KG_I_F_NAME_END] = {"name-end", "ntcc"},
    [KG_I_F_NAME_START] = {"name-start", "ntcc"},
    [KG_I_F_NAME_LEFT] = {"name-left", "ntcc"},
    [KG_I_F_NAME_RIGHT] = {"name-right", "ntcc"},
};

const char* kg_i_feature_form(kg_i_feature_kind kind) {
    return kinds[kind].form;
}

const char* kg_i_feature_name(kg_i_feature_kind kind) {
    return kinds[kind].name;
}

uint32_t kg_i_feature_hash(kg_i_feature_kind kind, uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
    // Multiply and xor-shift, the finisher of splitmix64 (Steele, Lea and Flood 2014).
    uint64_t x = ((uint64_t)kind + 1) * 0x9E3779B97F4A7C15u;
    x = (x ^ a) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 29) ^ b) * 0x94D049BB133111EBu;
    x = (x ^ (x >> 31) ^ c) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 30) ^ d) * 0x94D049BB133111EBu;
    const uint32_t hash = (uint32_t)(x >> 32) ^ (uint32_t)(x >> 7);
    return hash ? hash : 1;
}

static kg_i_weight_slot* slot_of(const kg_i_weights* w, uint32_t hash) {
    uint32_t at = hash & (w->capacity - 1);
    while (w->slots[at].hash && w->slots[at].hash != hash) {
        at = (at + 1) & (w->capacity - 1);
    }
    return &w->slots[at];
}

const kg_i_weight_row* kg_i_weights_find(const kg_i_weights* w, uint32_t hash) {
    if (w->capacity == 0) {
        return NULL;
    }
    const kg_i_weight_slot* const slot = slot_of(w, hash);
    return slot->hash ? &w->rows[slot->row] : NULL;
}

// The file -----------------------------------------------------------------------------------

typedef struct {
    const kg_i_patterns* patterns;
    kg_i_weights* out;
    kg_error* error;
    const char* path;
    uint64_t line;
} loader;

static bool word_key(const kg_i_patterns* p, kg_slice text, uint32_t* out) {
    uint32_t codes[KG_I_KEY_CHARS];
    uint32_t count = 0;
    for (size_t at = 0; at < text.len && count < KG_I_KEY_CHARS; ++count) {
        const unsigned length = kg_i_utf8_decode(text.ptr + at, text.len - at, &codes[count]);
        if (!length) {
            return false;
        }
        at += length;
    }
    *out = p->automaton ? kg_i_automaton_exact(p->automaton, codes, 0, count) : KG_I_NO_KEY;
    return *out != KG_I_NO_KEY;
}

static bool pattern_index(const kg_i_patterns* p, kg_slice id, uint32_t* out) {
    for (uint32_t i = 0; i < p->count; ++i) {
        if (kg_slice_equal(p->items[i].id, id)) {
            *out = i;
            return true;
        }
    }
    return false;
}

static bool read_argument(const loader* l, char form, kg_slice text, uint32_t* out) {
    kg_type type = KG_TYPE_COUNT;
    switch (form) {
    case 't':
        if (kg_type_parse(text, &type) != KG_OK) {
            return false;
        }
        *out = (uint32_t)type;
        return true;
    case 'w':
        return word_key(l->patterns, text, out);
    case 'p':
        return pattern_index(l->patterns, text, out);
    case 'c':
        if (text.len > 2 && memcmp(text.ptr, "U+", 2) == 0) {
            *out = (uint32_t)strtoul(text.ptr + 2, NULL, 16);
            return true;
        }
        return text.len && kg_i_utf8_decode(text.ptr, text.len, out) == text.len;
    default:
        *out = (uint32_t)strtoul(text.ptr, NULL, 10);
        return text.len > 0;
    }
}

/// The hash of a feature as it stands in the file; 0 if a word or pattern is gone from the
/// patterns, which leaves its weights without use.
static uint32_t read_feature(const loader* l, kg_slice text) {
    uint32_t args[4] = {0, 0, 0, 0};
    const char* at = text.ptr;
    const char* const end = text.ptr + text.len;
    const char* slash = memchr(at, '/', text.len);
    const kg_slice name = {at, (size_t)((slash ? slash : end) - at)};
    unsigned kind = 0;
    while (kind < KG_I_F_COUNT && !kg_slice_equal(name, kg_slice_of(kinds[kind].name))) {
        ++kind;
    }
    if (kind == KG_I_F_COUNT) {
        return 0;
    }
    const char* const form = kinds[kind].form;
    for (unsigned i = 0; form[i]; ++i) {
        if (!slash) {
            return 0;
        }
        at = slash + 1;
        slash = memchr(at, '/', (size_t)(end - at));
        if (!read_argument(l, form[i], (kg_slice){at, (size_t)((slash ? slash : end) - at)},
                           &args[i])) {
            return 0;
        }
    }
    return kg_i_feature_hash((kg_i_feature_kind)kind, args[0], args[1], args[2], args[3]);
}

static kg_status read_values(loader* l, const char* at, const char* end, float* out) {
    while (at < end) {
        const char* const tab = memchr(at, '\t', (size_t)(end - at));
        const char* const stop = tab ? tab : end;
        const char* const equals = memchr(at, '=', (size_t)(stop - at));
        kg_predicate predicate = KG_PREDICATE_COUNT;
        char* parsed = NULL;
        const double value = equals ? strtod(equals + 1, &parsed) : 0;
        const kg_slice name = {at, equals ? (size_t)(equals - at) : 0};
        if (!equals || parsed != stop || !isfinite(value) ||
            kg_predicate_parse(name, &predicate) != KG_OK) {
            return kg_fail_at(l->error, KG_ERR_FORMAT, l->path, l->line, 0,
                              KG_("not a predicate and its weight: %.*s"), (int)(stop - at), at);
        }
        out[predicate] = (float)value;
        at = tab ? tab + 1 : end;
    }
    return KG_OK;
}

static kg_status read_line(loader* l, const char* at, const char* end) {
    const char* const tab = memchr(at, '\t', (size_t)(end - at));
    if (!tab) {
        return kg_fail_at(l->error, KG_ERR_FORMAT, l->path, l->line, 0,
                          KG_("a line has a feature, a tab and weights"));
    }
    const kg_slice name = {at, (size_t)(tab - at)};
    if (kg_slice_equal(name, KG_LIT("threshold"))) {
        return read_values(l, tab + 1, end, l->out->threshold);
    }
    const uint32_t hash = read_feature(l, name);
    if (!hash) {
        return KG_OK;
    }
    kg_i_weight_slot* const slot = slot_of(l->out, hash);
    if (!slot->hash) {
        *slot = (kg_i_weight_slot){hash, l->out->count++};
    }
    float* const by = l->out->rows[slot->row].by;
    KG_TRY(read_values(l, tab + 1, end, by));
    for (unsigned p = 0; p < KG_PREDICATE_COUNT; ++p) {
        l->out->learned[p] |= by[p] < 0 || by[p] > 0;
    }
    return KG_OK;
}

static kg_status read_text(loader* l, kg_slice text) {
    uint32_t lines = 1;
    for (size_t i = 0; i < text.len; ++i) {
        lines += text.ptr[i] == '\n';
    }
    uint32_t capacity = 16;
    while (capacity < lines * 2) {
        capacity *= 2;
    }
    l->out->slots = kg_i_arena_array(&l->out->arena, capacity, sizeof *l->out->slots);
    l->out->rows = kg_i_arena_array(&l->out->arena, lines, sizeof *l->out->rows);
    if (!l->out->slots || !l->out->rows) {
        return KG_OUT_OF_MEMORY(l->error);
    }
    l->out->capacity = capacity;
    const char* at = text.ptr;
    const char* const end = text.ptr + text.len;
    for (; at < end; ++l->line) {
        const char* const newline = memchr(at, '\n', (size_t)(end - at));
        const char* stop = newline ? newline : end;
        const char* const next = newline ? newline + 1 : end;
        if (stop > at && stop[-1] == '\r') {
            --stop;
        }
        if (stop > at && *at != '#') {
            KG_TRY(read_line(l, at, stop));
        }
        at = next;
    }
    return KG_OK;
}

kg_status kg_i_weights_load(const char* path, const kg_i_patterns* patterns, kg_i_weights* out,
                            kg_error* error) {
    *out = (kg_i_weights){0};
    FILE* const file = fopen(path, "rb");
    if (!file) {
        return errno == ENOENT
                   ? KG_OK
                   : kg_fail(error, KG_ERR_IO, path, KG_("cannot open: %s"), strerror(errno));
    }
    loader l = {patterns, out, error, path, 1};
    kg_i_buffer text = {0};
    kg_status status = KG_OK;
    size_t got = 1;
    while (status == KG_OK && got > 0) {
        if (!kg_i_buffer_reserve(&text, 1 << 16)) {
            status = KG_OUT_OF_MEMORY(error);
        } else {
            got = fread(text.ptr + text.len, 1, 1 << 16, file);
            text.len += got;
            text.ptr[text.len] = '\0';
            if (text.len > FILE_LIMIT) {
                status = kg_fail(error, KG_ERR_LIMIT, path, KG_("the file is too large"));
            }
        }
    }
    if (status == KG_OK && ferror(file)) {
        status = kg_fail(error, KG_ERR_IO, path, KG_("cannot read: %s"), strerror(errno));
    }
    (void)fclose(file);
    if (status == KG_OK && text.len) {
        status = read_text(&l, kg_i_buffer_slice(&text));
    }
    kg_i_buffer_dispose(&text);
    if (status != KG_OK) {
        kg_i_weights_dispose(out);
    }
    return status;
}

void kg_i_weights_dispose(kg_i_weights* weights) {
    kg_i_arena_dispose(&weights->arena);
    *weights = (kg_i_weights){0};
}
