// SPDX-License-Identifier: GPL-3.0-or-later
// One logistic regression for each predicate over the features of pairs of entities, by stochastic
// gradient descent with AdaGrad's steps (Duchi, Hazan and Singer 2011). Each document is read
// twice: with the names that the models find, and with those of the gold, which teach what
// relations look like where names are right.
#include "train.h"

#include "base/buffer.h"
#include "base/map.h"
#include "eval/align.h"
#include "extract/relation.h"
#include "extract/tagger.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    FOLDS = 5,
    EPOCHS = 12,
    FEWEST = 2,
    EXAMPLES = 30 /* predicates with fewer are left to their patterns */
};

#define RATE   .12F
#define SHRINK 4e-3F
#define LEAST  .12F /* smaller weights are not written */

typedef struct {
    uint32_t first, count; ///< features
    uint32_t allowed;      ///< one bit for each predicate
    uint32_t right;
    int8_t fold;
    bool gold_names;
} pair;

typedef struct {
    kg_i_map names; ///< 4 bytes of the hash → index
    KG_I_VEC(char*) texts;
    KG_I_VEC(uint32_t) seen; ///< in how many pairs
    KG_I_VEC(uint32_t) features;
    KG_I_VEC(pair) pairs;
    kg_i_arena arena;
    // The document at hand.
    const train_document* document;
    const uint32_t* ids; ///< of each entity the gold one
    bool gold_names;
    uint64_t gold_core;
} trainer;

static void on_feature(void* handle, uint32_t hash, kg_slice text) {
    trainer* const t = handle;
    const kg_slice key = {(const char*)&hash, sizeof hash};
    if (kg_i_map_get(&t->names, key)) {
        return;
    }
    const kg_slice kept = kg_i_arena_copy(&t->arena, key);
    const kg_slice copy = kg_i_arena_copy(&t->arena, text);
    if (!kept.ptr || !copy.ptr || !kg_i_vec_push(&t->texts, (char*)(uintptr_t)copy.ptr) ||
        !kg_i_vec_push(&t->seen, 0) ||
        !kg_i_map_put(&t->names, kept, (uint32_t)t->texts.count - 1, NULL)) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
}

/// Predicates that the subject's type alone tells apart learn together: what a sector is to a park
/// is said in the words that say what it is to a firm.
static unsigned column_of(unsigned predicate) {
    return predicate == KG_FOCUSES_ON ? KG_ACTIVE_IN
           : predicate == KG_PART_OF  ? KG_LOCATES_IN
                                      : predicate;
}

static bool says(const kg_record* gold, uint32_t s, kg_predicate p, uint32_t o) {
    for (uint32_t i = 0; i < gold->relation_count; ++i) {
        const kg_record_relation* const r = &gold->relations[i];
        if (r->predicate == p &&
            ((r->subject == s && r->object == o) ||
             (kg_predicate_symmetric(p) && r->subject == o && r->object == s))) {
            return true;
        }
    }
    return false;
}

static void add_features(trainer* t, pair* made, const uint32_t* features, size_t count) {
    made->first = (uint32_t)t->features.count;
    for (size_t i = 0; i < count; ++i) {
        const kg_slice key = {(const char*)&features[i], sizeof features[i]};
        const uint32_t* const index = kg_i_map_get(&t->names, key);
        if (index && kg_i_vec_push(&t->features, *index)) {
            ++t->seen.items[*index];
        }
    }
    made->count = (uint32_t)t->features.count - made->first;
}

static void on_pair(void* handle, uint32_t subject, uint32_t object, const uint32_t* features,
                    size_t count) {
    trainer* const t = handle;
    const train_document* const d = t->document;
    pair made = {.fold = (int8_t)d->fold, .gold_names = t->gold_names};
    const uint32_t s = t->ids[subject], o = t->ids[object];
    for (unsigned p = 0; p < KG_PREDICATE_COUNT; ++p) {
        if (kg_predicate_allows((kg_predicate)p, d->scope.entities[subject].type,
                                d->scope.entities[object].type)) {
            made.allowed |= 1u << column_of(p);
            if (s != KG_I_UNALIGNED && o != KG_I_UNALIGNED && s != o &&
                says(d->gold, s, (kg_predicate)p, o)) {
                made.right |= 1u << column_of(p);
            }
        }
    }
    add_features(t, &made, features, count);
    (void)!kg_i_vec_push(&t->pairs, made);
}

// Reading ------------------------------------------------------------------------------------

/// A scope whose mentions are all places where a gold name stands.
static bool use_gold_names(train_document* d) {
    uint32_t* owners = NULL;
    kg_i_automaton* const names = train_names(d->gold, &owners);
    uint32_t count = 0;
    const kg_sentence* const sentences = kg_text_sentences(d->text, &count);
    kg_i_scope* const scope = &d->scope;
    KG_I_VEC(kg_i_mention) mentions = {0};
    for (uint32_t s = 0; names && s < count; ++s) {
        const size_t first = mentions.count;
        scope->first_mention[s] = (uint32_t)first;
        kg_i_scan scan =
            kg_i_scan_over(names, kg_text_chars(d->text), sentences[s].begin, sentences[s].end);
        KG_I_VEC(kg_i_match) found = {0};
        for (kg_i_match match; kg_i_scan_next(&scan, &match);) {
            (void)!kg_i_vec_push(&found, match);
        }
        if (found.count > 1) {
            qsort(found.items, found.count, sizeof *found.items, train_by_begin);
        }
        uint32_t outer = KG_I_NONE;
        for (size_t i = 0; i < found.count; ++i) {
            const kg_i_match* const m = &found.items[i];
            const bool inside = outer != KG_I_NONE && m->begin < mentions.items[outer].end;
            if (inside && m->end > mentions.items[outer].end) {
                continue;
            }
            const kg_i_mention mention = {.begin = m->begin,
                                          .end = m->end,
                                          .entity = owners[m->key],
                                          .outer = inside ? outer : KG_I_NONE,
                                          .type = d->gold->entities[owners[m->key]].type,
                                          .score = 2};
            outer = inside ? outer : (uint32_t)mentions.count;
            (void)!kg_i_vec_push(&mentions, mention);
        }
        kg_i_vec_dispose(&found);
    }
    scope->first_mention[count] = (uint32_t)mentions.count;
    scope->mention_count = (uint32_t)mentions.count;
    scope->mentions = kg_i_arena_array(&d->arena, mentions.count + 1, sizeof *scope->mentions);
    if (mentions.count) {
        memcpy(scope->mentions, mentions.items, mentions.count * sizeof *scope->mentions);
    }
    scope->entity_count = d->gold->entity_count;
    scope->entities =
        kg_i_arena_array(&d->arena, d->gold->entity_count + 1u, sizeof *scope->entities);
    for (uint32_t e = 0; e < d->gold->entity_count; ++e) {
        scope->entities[e] = (kg_i_entity){
            .type = d->gold->entities[e].type, .name = d->gold->entities[e].name, .score = 2};
    }
    kg_i_vec_dispose(&mentions);
    kg_i_automaton_free(names);
    free(owners);
    return names != NULL;
}

static kg_status read_pairs(trainer* t, train_document* d, const kg_i_patterns* patterns,
                            kg_i_sheet* sheet, kg_error* error) {
    static const kg_i_weights none;
    kg_i_reader reader = {.scope = &d->scope,
                          .patterns = patterns,
                          .weights = &none,
                          .sheet = sheet,
                          .spy_handle = t,
                          .spy = on_feature,
                          .on_pair = on_pair};
    const kg_i_scope* const s = &d->scope;
    kg_record_entity* const entities =
        kg_i_arena_array(&d->arena, s->entity_count + 1u, sizeof *entities);
    uint32_t* const ids = kg_i_arena_array(&d->arena, s->entity_count + 1u, sizeof *ids);
    for (uint32_t e = 0; e < s->entity_count; ++e) {
        entities[e] = (kg_record_entity){.type = s->entities[e].type,
                                         .name = s->entities[e].name,
                                         .aliases = s->entities[e].aliases,
                                         .alias_count = s->entities[e].alias_count};
    }
    if (!kg_i_eval_align(&d->arena, d->gold->entities, d->gold->entity_count, entities,
                         s->entity_count, ids)) {
        return KG_ERR_MEMORY;
    }
    t->document = d;
    t->ids = ids;
    kg_i_relation* relations = NULL;
    uint32_t count = 0;
    kg_status status = kg_i_read_sights(&reader, error);
    if (status == KG_OK) {
        status = kg_i_decide(&reader, 0, false, &relations, &count, error);
    }
    kg_i_reader_dispose(&reader);
    return status;
}

static kg_status read_document(trainer* t, train_document* d, const kg_i_tagger* taggers,
                               const kg_i_patterns* patterns, kg_i_sheet* sheet, kg_error* error) {
    for (uint32_t i = 0; i < d->gold->relation_count; ++i) {
        t->gold_core += d->gold->relations[i].predicate != KG_HOLDS_POSITION;
    }
    const unsigned fold = d->fold >= 0 && d->fold < FOLDS ? (unsigned)d->fold : 0;
    kg_status status = kg_i_retag(&taggers[fold], &d->scope, error);
    t->gold_names = false;
    if (status == KG_OK) {
        status = read_pairs(t, d, patterns, sheet, error);
    }
    t->gold_names = true;
    if (status == KG_OK && use_gold_names(d)) {
        status = read_pairs(t, d, patterns, sheet, error);
    }
    return status;
}

// Learning -----------------------------------------------------------------------------------

typedef struct {
    float* by; ///< predicate × feature
    float* squares;
    size_t feature_count;
} model;

static double odds_of(const trainer* t, const model* m, const pair* it, unsigned p) {
    double sum = 0;
    for (uint32_t i = 0; i < it->count; ++i) {
        sum += (double)m->by[p * m->feature_count + t->features.items[it->first + i]];
    }
    return sum;
}

static void learn_pair(const trainer* t, model* m, const pair* it, unsigned p) {
    const double odds = odds_of(t, m, it, p);
    const float miss = (float)(1 / (1 + exp(-odds)) - (double)(it->right >> p & 1));
    if (fabsf(miss) < .003F) {
        return;
    }
    for (uint32_t i = 0; i < it->count; ++i) {
        const uint32_t f = t->features.items[it->first + i];
        if (t->seen.items[f] < FEWEST) {
            continue;
        }
        float* const w = &m->by[p * m->feature_count + f];
        float* const s = &m->squares[p * m->feature_count + f];
        const float slope = miss + SHRINK * *w;
        *s += slope * slope;
        *w -= RATE * slope / sqrtf(*s);
    }
}

static model learn(const trainer* t, int without) {
    model m = {.feature_count = t->texts.count};
    m.by = calloc(m.feature_count * KG_PREDICATE_COUNT, sizeof *m.by);
    m.squares = calloc(m.feature_count * KG_PREDICATE_COUNT, sizeof *m.squares);
    uint32_t* const order = calloc(t->pairs.count + 1, sizeof *order);
    for (size_t i = 0; i < m.feature_count * KG_PREDICATE_COUNT; ++i) {
        m.squares[i] = .01F;
    }
    uint32_t taught = 0, examples[KG_PREDICATE_COUNT] = {0};
    for (size_t i = 0; i < t->pairs.count; ++i) {
        order[i] = (uint32_t)i;
        for (unsigned p = 0; p < KG_PREDICATE_COUNT; ++p) {
            examples[p] += t->pairs.items[i].right >> p & 1;
            taught |= examples[p] >= EXAMPLES ? 1u << p : 0;
        }
    }
    uint64_t state = 88172645463325252u; // xorshift (Marsaglia 2003)
    for (unsigned epoch = 0; epoch < EPOCHS; ++epoch) {
        for (size_t i = t->pairs.count; i > 1; --i) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            const size_t k = state % i;
            const uint32_t other = order[k];
            order[k] = order[i - 1];
            order[i - 1] = other;
        }
        for (size_t i = 0; i < t->pairs.count; ++i) {
            const pair* const it = &t->pairs.items[order[i]];
            for (unsigned p = 0; it->fold != without && p < KG_PREDICATE_COUNT; ++p) {
                if (it->allowed & taught & 1u << p) {
                    learn_pair(t, &m, it, p);
                }
            }
        }
    }
    free(order);
    return m;
}

static void forget(model* m) {
    free(m->by);
    free(m->squares);
}

// What it is worth -----------------------------------------------------------------------------

typedef struct {
    float odds;
    uint8_t predicate;
    bool right;
} guess;

typedef KG_I_VEC(guess) guesses;

static int surest_first(const void* a, const void* b) {
    const guess* const x = a;
    const guess* const y = b;
    return x->odds > y->odds ? -1 : x->odds < y->odds;
}

/// Judge each fold by what the others taught.
static void judge(const trainer* t, guesses* out) {
    for (int fold = 0; fold < FOLDS; ++fold) {
        model m = learn(t, fold);
        for (size_t i = 0; i < t->pairs.count; ++i) {
            const pair* const it = &t->pairs.items[i];
            for (unsigned p = 0; it->fold == fold && !it->gold_names && p < KG_HOLDS_POSITION;
                 ++p) {
                const guess made = {(float)odds_of(t, &m, it, p), (uint8_t)p, it->right >> p & 1};
                if ((it->allowed >> p & 1) && made.odds > -2 && (made.odds < 0 || made.odds > 0)) {
                    (void)!kg_i_vec_push(out, made);
                }
            }
        }
        forget(&m);
    }
    if (out->count > 1) {
        qsort(out->items, out->count, sizeof *out->items, surest_first);
    }
}

/// The log-odds from which statements of a predicate (of any, if KG_PREDICATE_COUNT) are right as
/// often as `precision` asks.
static double threshold_of(const guesses* all, unsigned predicate, double precision, double floor,
                           double otherwise) {
    double threshold = otherwise;
    unsigned right = 0, seen = 0, kept = 0, kept_right = 0;
    for (size_t i = 0; i < all->count && (double)all->items[i].odds > floor; ++i) {
        if (predicate < KG_PREDICATE_COUNT && all->items[i].predicate != predicate) {
            continue;
        }
        right += all->items[i].right;
        ++seen;
        if (seen >= 10 && (double)right / (double)seen >= precision) {
            threshold = (double)all->items[i].odds;
            kept = seen;
            kept_right = right;
        }
    }
    fprintf(stderr, "  %-18s odds %5.2f: %4u of %4u\n",
            predicate < KG_PREDICATE_COUNT ? kg_predicate_name((kg_predicate)predicate) : "all",
            threshold, kept_right, kept);
    return threshold;
}

static bool is_taught(const guesses* all, unsigned predicate) {
    for (size_t i = 0; i < all->count; ++i) {
        if (all->items[i].predicate == predicate) {
            return true;
        }
    }
    return false;
}

static int write_weights(const trainer* t, const model* m, const double* thresholds,
                         const char* path) {
    FILE* const file = fopen(path, "w");
    if (!file) {
        perror(path);
        return 1;
    }
    fprintf(file, "# Made by kg_train from gold files; docs/patterns.md says how.\nthreshold");
    for (unsigned p = 0; p < KG_PREDICATE_COUNT; ++p) {
        fprintf(file, "\t%s=%.2f", kg_predicate_name((kg_predicate)p),
                p == KG_HOLDS_POSITION ? 0 : thresholds[column_of(p)]);
    }
    fputc('\n', file);
    for (size_t f = 0; f < m->feature_count; ++f) {
        bool any = false;
        for (unsigned p = 0; p < KG_PREDICATE_COUNT; ++p) {
            const float w = m->by[column_of(p) * m->feature_count + f];
            if (fabsf(w) >= LEAST) {
                fprintf(file, "%s\t%s=%.2f", any ? "" : t->texts.items[f],
                        kg_predicate_name((kg_predicate)p), (double)w);
                any = true;
            }
        }
        if (any) {
            fputc('\n', file);
        }
    }
    return fclose(file) != 0;
}

int train_weights(train_set* set, const char* prefix, double precision, const char* path) {
    trainer t = {0};
    kg_error error = {0};
    kg_i_patterns patterns = {0};
    kg_i_tagger taggers[FOLDS] = {{.row_count = 0}};
    kg_i_buffer name = {0};
    kg_i_buffer_format(&name, "%s/patterns", set->ontology);
    kg_status status = kg_i_patterns_load(name.ptr, NULL, &patterns, &error);
    for (unsigned k = 0; status == KG_OK && k < FOLDS; ++k) {
        kg_i_buffer_clear(&name);
        kg_i_buffer_format(&name, "%s%u.kgm", prefix, k);
        status = kg_i_tagger_load(name.ptr, &taggers[k], &error);
    }
    kg_i_sheet* const sheet = calloc(1, sizeof *sheet);
    for (size_t i = 0; status == KG_OK && i < set->documents.count; ++i) {
        status = read_document(&t, set->documents.items[i], taggers, &patterns, sheet, &error);
    }
    int result = 1;
    if (status == KG_OK) {
        fprintf(stderr, "%zu pairs, %zu features\n", t.pairs.count, t.texts.count);
        guesses all_guesses = {0};
        double thresholds[KG_PREDICATE_COUNT] = {0};
        judge(&t, &all_guesses);
        const double floor = threshold_of(&all_guesses, KG_PREDICATE_COUNT, precision - .15, -2, 0);
        const double common = threshold_of(&all_guesses, KG_PREDICATE_COUNT, precision, -2, 0);
        for (unsigned p = 0; p < KG_HOLDS_POSITION; ++p) {
            if (column_of(p) == p) {
                thresholds[p] = threshold_of(&all_guesses, p, precision, floor,
                                             is_taught(&all_guesses, p) ? common : 0);
            }
        }
        kg_i_vec_dispose(&all_guesses);
        model all = learn(&t, -1);
        result = write_weights(&t, &all, thresholds, path);
        forget(&all);
    } else {
        fprintf(stderr, "%s: %s\n", error.source, error.text);
    }
    kg_i_sheet_dispose(sheet);
    free(sheet);
    kg_i_map_dispose(&t.names);
    kg_i_vec_dispose(&t.texts);
    kg_i_vec_dispose(&t.seen);
    kg_i_vec_dispose(&t.features);
    kg_i_vec_dispose(&t.pairs);
    kg_i_arena_dispose(&t.arena);
    for (unsigned k = 0; k < FOLDS; ++k) {
        kg_i_tagger_dispose(&taggers[k]);
    }
    kg_i_patterns_dispose(&patterns);
    kg_i_buffer_dispose(&name);
    return result;
}
