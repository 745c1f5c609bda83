// SPDX-License-Identifier: GPL-3.0-or-later
// Structured perceptron with averaged weights (Collins 2002). A feature counts that occurs in
// FEWEST characters or more; weights are written in steps of 1/PER_UNIT, bounded to a byte.
#include "train.h"

#include "extract/tagger.h"
#include "lexicon/automaton.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { EPOCHS = 10, FEWEST = 3, PER_UNIT = 4, TABLE = 1 << 23 };

typedef struct {
    kg_i_tag_char* chars;
    uint8_t* tags;
    uint32_t count;
} sample;

typedef struct {
    float by[KG_I_TAG_ROW];
    float sum[KG_I_TAG_ROW];
} row;

typedef struct {
    KG_I_VEC(sample) samples;
    uint32_t* keys;
    uint32_t* places; ///< how often while features are counted, then the row, or UINT32_MAX
    row* rows;
    uint32_t row_count;
    float steps[KG_I_TAGS][KG_I_TAGS];
    float step_sums[KG_I_TAGS][KG_I_TAGS];
    float now;
} trainer;

static uint32_t slot_of(const trainer* t, uint32_t hash) {
    uint32_t at = (hash >> 3) & (TABLE - 1);
    while (t->keys[at] && t->keys[at] != hash) {
        at = (at + 1) & (TABLE - 1);
    }
    return at;
}

// Samples ------------------------------------------------------------------------------------

static unsigned tag_index(kg_type type) {
    for (unsigned i = 0; i < KG_I_TAG_TYPES; ++i) {
        if (kg_i_tag_type(i) == type) {
            return i;
        }
    }
    return KG_I_TAG_TYPES;
}

/// Mark the characters [begin, end) of the text, those of the sample among them.
static void mark(sample* s, uint32_t begin, uint32_t end, unsigned type) {
    uint32_t first = UINT32_MAX, last = 0;
    for (uint32_t i = 0; i < s->count; ++i) {
        if (s->chars[i].at >= begin && s->chars[i].at < end) {
            first = first == UINT32_MAX ? i : first;
            last = i;
        }
    }
    if (first == UINT32_MAX) {
        return;
    }
    for (uint32_t i = first; i <= last; ++i) {
        const unsigned place = first == last ? 3 : i == first ? 0 : i == last ? 2 : 1;
        s->tags[i] = (uint8_t)(type == KG_I_TAG_TYPES ? 0 : 1 + type * 4 + place);
    }
}

static void add_sample(trainer* t, const train_document* d, uint32_t sentence, uint32_t begin,
                       uint32_t end, const kg_i_automaton* names, const uint32_t* owners) {
    static kg_i_tag_char chars[KG_I_TAG_WINDOW];
    sample s = {.count = kg_i_tag_lay(&d->scope, sentence, begin, end, chars)};
    if (s.count == 0) {
        return;
    }
    s.chars = malloc(s.count * sizeof *s.chars);
    s.tags = calloc(s.count, 1);
    memcpy(s.chars, chars, s.count * sizeof *s.chars);
    KG_I_VEC(kg_i_match) found = {0};
    kg_i_scan scan = kg_i_scan_over(names, kg_text_chars(d->text), begin, end);
    for (kg_i_match match; kg_i_scan_next(&scan, &match);) {
        (void)!kg_i_vec_push(&found, match);
    }
    if (found.count > 1) {
        qsort(found.items, found.count, sizeof *found.items, train_by_begin);
    }
    uint32_t from = 0;
    for (size_t i = 0; i < found.count; ++i) {
        if (found.items[i].begin >= from) {
            from = found.items[i].end;
            mark(&s, found.items[i].begin, from,
                 tag_index(d->gold->entities[owners[found.items[i].key]].type));
        }
    }
    kg_i_vec_dispose(&found);
    (void)!kg_i_vec_push(&t->samples, s);
}

static void add_document(trainer* t, const train_document* d) {
    uint32_t* owners = NULL;
    kg_i_automaton* const names = train_names(d->gold, &owners);
    uint32_t count = 0;
    const kg_sentence* const sentences = kg_text_sentences(d->text, &count);
    for (uint32_t s = 0; names && s < count; ++s) {
        for (uint32_t at = sentences[s].begin; at < sentences[s].end;) {
            const uint32_t end =
                sentences[s].end - at > KG_I_TAG_WINDOW ? at + KG_I_TAG_WINDOW : sentences[s].end;
            add_sample(t, d, s, at, end, names, owners);
            at = end;
        }
    }
    kg_i_automaton_free(names);
    free(owners);
}

static void count_features(trainer* t) {
    uint32_t features[KG_I_TAG_FEATURES];
    for (size_t s = 0; s < t->samples.count; ++s) {
        const sample* const it = &t->samples.items[s];
        for (uint32_t i = 0; i < it->count; ++i) {
            const uint32_t n = kg_i_tag_features(it->chars, it->count, i, features);
            for (uint32_t f = 0; f < n; ++f) {
                const uint32_t slot = slot_of(t, features[f]);
                t->keys[slot] = features[f];
                ++t->places[slot];
            }
        }
    }
    for (uint32_t i = 0; i < TABLE; ++i) {
        t->places[i] = t->keys[i] && t->places[i] >= FEWEST ? t->row_count++ : UINT32_MAX;
    }
    t->rows = calloc(t->row_count + 1u, sizeof *t->rows);
}

// Learning -----------------------------------------------------------------------------------

typedef struct {
    uint32_t rows[KG_I_TAG_WINDOW][KG_I_TAG_FEATURES];
    uint32_t row_counts[KG_I_TAG_WINDOW];
    float score[KG_I_TAG_WINDOW][KG_I_TAGS];
    uint8_t back[KG_I_TAG_WINDOW][KG_I_TAGS];
    uint8_t tags[KG_I_TAG_WINDOW];
} board;

static void lay_rows(const trainer* t, const sample* s, board* b) {
    uint32_t features[KG_I_TAG_FEATURES];
    for (uint32_t i = 0; i < s->count; ++i) {
        const uint32_t n = kg_i_tag_features(s->chars, s->count, i, features);
        b->row_counts[i] = 0;
        for (uint32_t f = 0; f < n; ++f) {
            const uint32_t slot = slot_of(t, features[f]);
            if (t->keys[slot] && t->places[slot] != UINT32_MAX) {
                b->rows[i][b->row_counts[i]++] = t->places[slot];
            }
        }
    }
}

static void decode(const trainer* t, const sample* s, board* b) {
    for (uint32_t i = 0; i < s->count; ++i) {
        float emission[KG_I_TAG_ROW] = {0};
        for (uint32_t f = 0; f < b->row_counts[i]; ++f) {
            for (unsigned k = 0; k < KG_I_TAG_ROW; ++k) {
                emission[k] += t->rows[b->rows[i][f]].by[k];
            }
        }
        for (unsigned k = 0; k < KG_I_TAGS; ++k) {
            float best = i ? -1e9F : kg_i_tag_may_start(k) ? 0 : -1e9F;
            for (unsigned a = 0; i && a < KG_I_TAGS; ++a) {
                if (kg_i_tag_follows(a, k) && b->score[i - 1][a] + t->steps[a][k] > best) {
                    best = b->score[i - 1][a] + t->steps[a][k];
                    b->back[i][k] = (uint8_t)a;
                }
            }
            b->score[i][k] = best + emission[k];
        }
    }
    unsigned tag = 0;
    for (unsigned k = 1; k < KG_I_TAGS; ++k) {
        if (kg_i_tag_may_end(k) && b->score[s->count - 1][k] > b->score[s->count - 1][tag]) {
            tag = k;
        }
    }
    for (uint32_t i = s->count; i-- > 0;) {
        b->tags[i] = (uint8_t)tag;
        tag = b->back[i][tag];
    }
}

static void move(trainer* t, const board* b, uint32_t at, unsigned tag, float by) {
    for (uint32_t f = 0; f < b->row_counts[at]; ++f) {
        row* const r = &t->rows[b->rows[at][f]];
        r->by[tag] += by;
        r->sum[tag] += by * t->now;
    }
}

static void move_step(trainer* t, unsigned a, unsigned b, float by) {
    t->steps[a][b] += by;
    t->step_sums[a][b] += by * t->now;
}

/// Whether it was wrong.
static bool learn(trainer* t, const sample* s, board* b) {
    lay_rows(t, s, b);
    decode(t, s, b);
    bool wrong = false;
    for (uint32_t i = 0; i < s->count; ++i) {
        if (b->tags[i] != s->tags[i]) {
            wrong = true;
            move(t, b, i, s->tags[i], 1);
            move(t, b, i, b->tags[i], -1);
        }
        if (i && (b->tags[i] != s->tags[i] || b->tags[i - 1] != s->tags[i - 1])) {
            move_step(t, s->tags[i - 1], s->tags[i], 1);
            move_step(t, b->tags[i - 1], b->tags[i], -1);
        }
    }
    t->now += 1e-4F;
    return wrong;
}

static void average(trainer* t) {
    for (uint32_t r = 0; r < t->row_count; ++r) {
        for (unsigned k = 0; k < KG_I_TAG_ROW; ++k) {
            t->rows[r].by[k] -= t->rows[r].sum[k] / t->now;
        }
    }
    for (unsigned i = 0; i < KG_I_TAGS * KG_I_TAGS; ++i) {
        t->steps[i / KG_I_TAGS][i % KG_I_TAGS] -=
            t->step_sums[i / KG_I_TAGS][i % KG_I_TAGS] / t->now;
    }
}

static void shuffle(trainer* t) {
    static uint64_t state = 88172645463325252u; // xorshift (Marsaglia 2003)
    for (size_t i = t->samples.count; i > 1; --i) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        const size_t k = state % i;
        const sample other = t->samples.items[k];
        t->samples.items[k] = t->samples.items[i - 1];
        t->samples.items[i - 1] = other;
    }
}

// The model ----------------------------------------------------------------------------------

static void put_u32(FILE* file, uint32_t value) {
    for (unsigned i = 0; i < 4; ++i) {
        (void)putc((int)(value >> (8 * i) & 0xFF), file);
    }
}

static int rounded(float value, int bound) {
    const long scaled = lroundf(value * PER_UNIT);
    return (int)(scaled > bound ? bound : scaled < -bound ? -bound : scaled);
}

static bool is_flat(const row* r) {
    for (unsigned k = 0; k < KG_I_TAGS; ++k) {
        if (abs(rounded(r->by[k], 127)) > 1) {
            return false;
        }
    }
    return true;
}

static int write_model(const trainer* t, const char* path) {
    FILE* const file = fopen(path, "wb");
    if (!file) {
        perror(path);
        return 1;
    }
    uint32_t count = 0;
    for (uint32_t r = 0; r < t->row_count; ++r) {
        count += !is_flat(&t->rows[r]);
    }
    (void)fwrite("KGTAG01", 1, 8, file);
    put_u32(file, count);
    for (unsigned i = 0; i < KG_I_TAGS * KG_I_TAGS; ++i) {
        const int step = rounded(t->steps[i / KG_I_TAGS][i % KG_I_TAGS], 30000);
        (void)putc(step & 0xFF, file);
        (void)putc((step >> 8) & 0xFF, file);
    }
    for (uint32_t slot = 0; slot < TABLE; ++slot) {
        if (!t->keys[slot] || t->places[slot] == UINT32_MAX || is_flat(&t->rows[t->places[slot]])) {
            continue;
        }
        put_u32(file, t->keys[slot]);
        for (unsigned k = 0; k < KG_I_TAGS; ++k) {
            (void)putc(rounded(t->rows[t->places[slot]].by[k], 127) & 0xFF, file);
        }
    }
    fprintf(stderr, "%u of %u rows\n", count, t->row_count);
    return fclose(file) != 0;
}

int train_tagger(const train_set* set, int without, const char* path) {
    trainer t = {.now = 1e-4F};
    t.keys = calloc(TABLE, sizeof *t.keys);
    t.places = calloc(TABLE, sizeof *t.places);
    board* const b = calloc(1, sizeof *b);
    for (size_t i = 0; i < set->documents.count; ++i) {
        if (without < 0 || set->documents.items[i]->fold != without) {
            add_document(&t, set->documents.items[i]);
        }
    }
    count_features(&t);
    for (unsigned epoch = 0; epoch < EPOCHS; ++epoch) {
        size_t wrong = 0;
        shuffle(&t);
        for (size_t i = 0; i < t.samples.count; ++i) {
            wrong += learn(&t, &t.samples.items[i], b);
        }
        fprintf(stderr, "epoch %u: %zu of %zu sentences wrong\n", epoch, wrong, t.samples.count);
    }
    average(&t);
    const int status = write_model(&t, path);
    for (size_t i = 0; i < t.samples.count; ++i) {
        free(t.samples.items[i].chars);
        free(t.samples.items[i].tags);
    }
    kg_i_vec_dispose(&t.samples);
    free(t.keys);
    free(t.places);
    free(t.rows);
    free(b);
    return status;
}
