// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/tagger.h"

#include "base/message.h"
#include "base/try.h"
#include "lexicon/lexicon_i.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { ROW_LIMIT = 4 * 1024 * 1024, SIEVE_BITS = 21, WORD_MAX = 6 };

static const kg_type tag_types[KG_I_TAG_TYPES] = {KG_COMPANY, KG_PARK, KG_FACILITY, KG_SECTOR,
                                                  KG_ORGANIZATION};

typedef enum { PLACE_BEGIN, PLACE_INSIDE, PLACE_END, PLACE_SINGLE } place;

kg_type kg_i_tag_type(unsigned index) {
    return tag_types[index];
}

static place place_of(unsigned tag) {
    return tag ? (place)((tag - 1) % 4) : PLACE_SINGLE;
}

bool kg_i_tag_may_start(unsigned tag) {
    return place_of(tag) == PLACE_BEGIN || place_of(tag) == PLACE_SINGLE;
}

bool kg_i_tag_may_end(unsigned tag) {
    return place_of(tag) == PLACE_END || place_of(tag) == PLACE_SINGLE;
}

bool kg_i_tag_follows(unsigned a, unsigned b) {
    return kg_i_tag_may_end(a) ? kg_i_tag_may_start(b)
                               : b && (b - 1) / 4 == (a - 1) / 4 && !kg_i_tag_may_start(b);
}

// What the tagger sees ---------------------------------------------------------------------------

static uint32_t fold(uint32_t code) {
    if (code >= '0' && code <= '9') {
        return '0';
    }
    return code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
}

static void lay_words(const kg_i_scope* scope, uint32_t begin, uint32_t end, kg_i_tag_char* all) {
    uint32_t longest[KG_I_TAG_WINDOW] = {0};
    kg_i_scan scan = kg_i_scan_over(kg_i_lexicon_automaton(scope->lexicon),
                                    kg_text_chars(scope->text), begin, end);
    kg_i_match match;
    while (kg_i_scan_next(&scan, &match)) {
        const uint32_t flags = kg_i_lexicon_flags(scope->lexicon, match.key);
        const uint32_t length = match.end - match.begin;
        const uint32_t word = flags * 8u + (length > WORD_MAX ? WORD_MAX : length);
        const uint32_t a = match.begin - begin, z = match.end - begin;
        if (length > (all[a].starts & 7)) {
            all[a].starts = word;
        }
        if (length > (all[z - 1].ends & 7)) {
            all[z - 1].ends = word;
        }
        for (uint32_t i = a; i < z; ++i) {
            if (length > longest[i]) {
                longest[i] = length;
                all[i].covers = flags * 4u + (length == 1  ? PLACE_SINGLE
                                              : i == a     ? PLACE_BEGIN
                                              : i == z - 1 ? PLACE_END
                                                           : PLACE_INSIDE);
            }
        }
    }
}

static void lay_mentions(const kg_i_scope* scope, uint32_t sentence, uint32_t begin, uint32_t end,
                         kg_i_tag_char* all) {
    for (uint32_t m = scope->first_mention[sentence]; m < scope->first_mention[sentence + 1]; ++m) {
        const kg_i_mention* const mention = &scope->mentions[m];
        if (mention->outer != KG_I_NONE || mention->kind != KG_I_NAMED || mention->begin < begin ||
            mention->end > end) {
            continue;
        }
        const uint32_t sure = mention->score >= .9F ? 2 : mention->score >= .6F ? 1 : 0;
        for (uint32_t i = mention->begin; i < mention->end; ++i) {
            const place at = mention->end - mention->begin == 1 ? PLACE_SINGLE
                             : i == mention->begin              ? PLACE_BEGIN
                             : i == mention->end - 1            ? PLACE_END
                                                                : PLACE_INSIDE;
            all[i - begin].rule = 1 + (uint32_t)mention->type * 4 + (uint32_t)at + 40 * sure;
        }
    }
}

uint32_t kg_i_tag_lay(const kg_i_scope* scope, uint32_t sentence, uint32_t begin, uint32_t end,
                      kg_i_tag_char* out) {
    const uint32_t* const chars = kg_text_chars(scope->text);
    memset(out, 0, (end - begin) * sizeof *out);
    lay_words(scope, begin, end, out);
    lay_mentions(scope, sentence, begin, end, out);
    uint32_t count = 0;
    for (uint32_t i = begin; i < end; ++i) {
        if (chars[i] != KG_I_INVISIBLE) {
            out[count] = out[i - begin];
            out[count].code = fold(chars[i]);
            out[count++].at = i;
        }
    }
    return count;
}

static uint32_t class_of(uint32_t code) {
    if (code >= '0' && code <= '9') {
        return 1;
    }
    if (code >= 'a' && code <= 'z') {
        return 2;
    }
    if (code >= 0x4E00 && code <= 0x9FFF) {
        return 3;
    }
    return code == 0x3001 || code == 0xFF0C || code == 0x3002 || code == ',' ? 4 : 5;
}

static uint32_t mix(uint32_t kind, uint32_t a, uint32_t b, uint32_t c) {
    // Multiply and xor-shift, as splitmix64 does (Steele, Lea and Flood 2014).
    uint64_t x = (kind + 1u) * 0x9E3779B97F4A7C15u;
    x = (x ^ a) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 29) ^ b) * 0x94D049BB133111EBu;
    x = (x ^ (x >> 31) ^ c) * 0xBF58476D1CE4E5B9u;
    const uint32_t hash = (uint32_t)(x >> 32);
    return hash ? hash : 1;
}

uint32_t kg_i_tag_features(const kg_i_tag_char* s, uint32_t count, uint32_t at,
                           uint32_t out[KG_I_TAG_FEATURES]) {
    static const kg_i_tag_char before = {.code = 1}, behind = {.code = 2};
    const kg_i_tag_char* w[7]; // from three before to three behind
    for (uint32_t i = 0; i < 7; ++i) {
        w[i] = at + i < 3 ? &before : at + i - 3 >= count ? &behind : &s[at + i - 3];
    }
    uint32_t n = 0;
    out[n++] = mix(0, 0, 0, 0);
    for (uint32_t i = 1; i < 6; ++i) {
        out[n++] = mix(i, w[i]->code, 0, 0);
    }
    out[n++] = mix(16, w[3]->rule, w[2]->rule, w[4]->rule);
    out[n++] = mix(17, w[3]->rule, 0, 0);
    out[n++] = mix(18, w[3]->rule, w[3]->code, 0);
    out[n++] = mix(20, w[3]->starts, 0, 0);
    out[n++] = mix(21, w[3]->ends, 0, 0);
    out[n++] = mix(22, w[3]->covers, 0, 0);
    out[n++] = mix(23, w[4]->starts, 0, 0);
    out[n++] = mix(24, w[2]->ends, 0, 0);
    for (uint32_t i = 0; i < 6; ++i) {
        out[n++] = mix(6 + i, w[i]->code, w[i + 1]->code, 0);
    }
    for (uint32_t i = 1; i < 4; ++i) {
        out[n++] = mix(12 + i, w[i]->code, w[i + 1]->code, w[i + 2]->code);
    }
    out[n++] = mix(19, w[3]->rule, w[2]->code, w[4]->code);
    out[n++] = mix(25, w[3]->covers, w[2]->covers, w[4]->covers);
    out[n++] = mix(26, class_of(w[2]->code) * 64 + class_of(w[3]->code) * 8 + class_of(w[4]->code),
                   class_of(w[1]->code) * 8 + class_of(w[5]->code), 0);
    out[n++] = mix(27, w[3]->rule, w[3]->covers, 0);
    out[n++] = mix(28, w[1]->rule, w[5]->rule, w[3]->rule);
    return n;
}

// Decoding -----------------------------------------------------------------------------------

static uint32_t slot_of(const kg_i_tagger* t, uint32_t hash) {
    return (hash >> 5) & (t->capacity - 1);
}

/// Leave the features that are in no row out; begin to fetch the rows of the others.
static uint32_t sift(const kg_i_tagger* t, uint32_t* features, uint32_t count) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; ++i) {
        const uint32_t bit = features[i] & ((1u << SIEVE_BITS) - 1);
        if (t->sieve[bit / 64] >> (bit % 64) & 1) {
#if defined(__GNUC__)
            __builtin_prefetch(&t->rows[slot_of(t, features[i])]);
#endif
            features[kept++] = features[i];
        }
    }
    return kept;
}

static void add_rows(const kg_i_tagger* t, const uint32_t* features, uint32_t count,
                     int16_t out[KG_I_TAG_ROW]) {
    int16_t sums[KG_I_TAG_ROW];
    memcpy(sums, out, sizeof sums);
    for (uint32_t i = 0; i < count; ++i) {
        uint32_t at = slot_of(t, features[i]);
        while (t->rows[at].key && t->rows[at].key != features[i]) {
            at = (at + 1) & (t->capacity - 1);
        }
        for (unsigned k = 0; k < KG_I_TAG_ROW; ++k) {
            sums[k] = (int16_t)(sums[k] + t->rows[at].by[k]);
        }
    }
    memcpy(out, sums, sizeof sums);
}

/// All emissions; the rows of a character are on their way while the one before it is summed.
static void emit_all(const kg_i_tagger* t, const kg_i_tag_char* chars, uint32_t count,
                     int16_t (*out)[KG_I_TAG_ROW]) {
    uint32_t features[2][KG_I_TAG_FEATURES];
    uint32_t counts[2] = {0, 0};
    memset(out, 0, count * sizeof *out);
    for (uint32_t i = 0; i <= count; ++i) {
        if (i < count) {
            counts[i % 2] =
                sift(t, features[i % 2], kg_i_tag_features(chars, count, i, features[i % 2]));
        }
        if (i > 0) {
            add_rows(t, features[(i - 1) % 2], counts[(i - 1) % 2], out[i - 1]);
        }
    }
}

static int16_t margin_of(const int16_t* emission, unsigned tag) {
    int16_t other = INT16_MIN;
    for (unsigned k = 0; k < KG_I_TAGS; ++k) {
        if (k != tag && emission[k] > other) {
            other = emission[k];
        }
    }
    return (int16_t)(emission[tag] - other);
}

/// The tags from which `tag` may come: as the constraints leave few, each is tried.
static int32_t best_step(const kg_i_tagger* t, const int32_t* score, unsigned tag, uint8_t* from) {
    int32_t best = INT32_MIN / 2;
    if (kg_i_tag_may_start(tag)) {
        for (unsigned a = 0; a < KG_I_TAGS; a += a == 0 ? 3 : a % 4 == 3 ? 1 : 3) {
            if (score[a] + t->steps[a][tag] > best) {
                best = score[a] + t->steps[a][tag];
                *from = (uint8_t)a;
            }
        }
    } else {
        const unsigned begin = 1 + (tag - 1) / 4 * 4;
        for (unsigned a = begin; a < begin + 2; ++a) {
            if (score[a] + t->steps[a][tag] > best) {
                best = score[a] + t->steps[a][tag];
                *from = (uint8_t)a;
            }
        }
    }
    return best;
}

void kg_i_tag_decode(const kg_i_tagger* t, const kg_i_tag_char* chars, uint32_t count,
                     uint8_t* tags, int16_t* margins) {
    static const int32_t never = INT32_MIN / 2;
    uint8_t back[KG_I_TAG_WINDOW][KG_I_TAGS];
    int16_t emissions[KG_I_TAG_WINDOW][KG_I_TAG_ROW];
    int32_t score[KG_I_TAGS], next[KG_I_TAGS];
    if (count == 0) {
        return;
    }
    emit_all(t, chars, count, emissions);
    for (uint32_t i = 0; i < count; ++i) {
        for (unsigned b = 0; b < KG_I_TAGS; ++b) {
            back[i][b] = 0;
            const int32_t step = i                       ? best_step(t, score, b, &back[i][b])
                                 : kg_i_tag_may_start(b) ? 0
                                                         : never;
            next[b] = step <= never ? never : step + emissions[i][b];
        }
        memcpy(score, next, sizeof score);
    }
    unsigned tag = 0;
    for (unsigned b = 1; b < KG_I_TAGS; ++b) {
        if (kg_i_tag_may_end(b) && score[b] > score[tag]) {
            tag = b;
        }
    }
    for (uint32_t i = count; i-- > 0;) {
        tags[i] = (uint8_t)tag;
        margins[i] = margin_of(emissions[i], tag);
        tag = back[i][tag];
    }
}

// The model ----------------------------------------------------------------------------------

static const char magic[8] = "KGTAG01";

static uint32_t read_u32(const unsigned char* at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static kg_status read_model(FILE* file, const char* path, kg_i_tagger* t, kg_error* error) {
    unsigned char head[sizeof magic + 4 + (size_t)2 * KG_I_TAGS * KG_I_TAGS];
    if (fread(head, 1, sizeof head, file) != sizeof head ||
        memcmp(head, magic, sizeof magic) != 0) {
        return kg_fail(error, KG_ERR_FORMAT, path, KG_("not a model of this version"));
    }
    t->row_count = read_u32(head + sizeof magic);
    if (t->row_count == 0 || t->row_count > ROW_LIMIT) {
        return kg_fail(error, KG_ERR_FORMAT, path, KG_("not a model of this version"));
    }
    const unsigned char* at = head + sizeof magic + 4;
    for (unsigned i = 0; i < KG_I_TAGS * KG_I_TAGS; ++i, at += 2) {
        t->steps[i / KG_I_TAGS][i % KG_I_TAGS] = (int16_t)(at[0] | at[1] << 8);
    }
    t->capacity = 16;
    while (t->capacity / 4 * 3 < t->row_count) {
        t->capacity *= 2;
    }
    t->sieve = kg_i_arena_array(&t->arena, (1u << SIEVE_BITS) / 64, sizeof *t->sieve);
    t->rows = kg_i_arena_array(&t->arena, t->capacity, sizeof *t->rows);
    if (!t->sieve || !t->rows) {
        return KG_OUT_OF_MEMORY(error);
    }
    for (uint32_t i = 0; i < t->row_count; ++i) {
        unsigned char row[4 + KG_I_TAGS];
        if (fread(row, 1, sizeof row, file) != sizeof row || read_u32(row) == 0) {
            return kg_fail(error, KG_ERR_FORMAT, path, KG_("the model is cut short"));
        }
        const uint32_t hash = read_u32(row);
        const uint32_t bit = hash & ((1u << SIEVE_BITS) - 1);
        t->sieve[bit / 64] |= (uint64_t)1 << (bit % 64);
        uint32_t slot = slot_of(t, hash);
        while (t->rows[slot].key) {
            slot = (slot + 1) & (t->capacity - 1);
        }
        t->rows[slot].key = hash;
        memcpy(t->rows[slot].by, row + 4, KG_I_TAGS);
    }
    return KG_OK;
}

kg_status kg_i_tagger_load(const char* path, kg_i_tagger* out, kg_error* error) {
    *out = (kg_i_tagger){0};
    FILE* const file = fopen(path, "rb");
    if (!file) {
        return errno == ENOENT
                   ? KG_OK
                   : kg_fail(error, KG_ERR_IO, path, KG_("cannot open: %s"), strerror(errno));
    }
    const kg_status status = read_model(file, path, out, error);
    (void)fclose(file);
    if (status != KG_OK) {
        kg_i_tagger_dispose(out);
    }
    return status;
}

void kg_i_tagger_dispose(kg_i_tagger* tagger) {
    kg_i_arena_dispose(&tagger->arena);
    *tagger = (kg_i_tagger){0};
}
