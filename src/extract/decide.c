// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/message.h"
#include "base/try.h"
#include "extract/relation.h"

#include <math.h>
#include <string.h>

/// The pairs of a document while they are weighed.
typedef struct {
    kg_i_reader* reader;
    uint32_t* order; ///< sights, by pair
    KG_I_VEC(kg_i_relation) found;
    KG_I_VEC(uint32_t) features; ///< of the pair at hand, sorted, each once
    double* trust;               ///< of each entity: that it is one, in (0,1]
    double min_confidence;
    bool inferred;
} decision;

static const kg_i_sight* sight_of(const decision* d, uint32_t index) {
    return &d->reader->sights.items[d->order[index]];
}

static int by_pair(const void* a, const void* b, void* reader) {
    const kg_i_sight* const sights = ((const kg_i_reader*)reader)->sights.items;
    const uint32_t i = *(const uint32_t*)a, k = *(const uint32_t*)b;
    if (sights[i].subject != sights[k].subject) {
        return sights[i].subject < sights[k].subject ? -1 : 1;
    }
    if (sights[i].object != sights[k].object) {
        return sights[i].object < sights[k].object ? -1 : 1;
    }
    return i < k ? -1 : i > k;
}

static int by_value(const void* a, const void* b) {
    const uint32_t x = *(const uint32_t*)a, y = *(const uint32_t*)b;
    return x < y ? -1 : x > y;
}

/// The features of sights [first, last) and of the pair as such, each once.
static bool gather(decision* d, uint32_t first, uint32_t last) {
    kg_i_reader* const r = d->reader;
    const kg_i_sight* const head = sight_of(d, first);
    d->features.count = 0;
    uint32_t counted = 0;
    for (uint32_t i = first; i < last; ++i) {
        const kg_i_sight* const sight = sight_of(d, i);
        // Patterns always count, other sights as many as say something new.
        if (sight->pattern == KG_I_NONE && ++counted > KG_I_PAIR_SIGHTS) {
            continue;
        }
        for (uint32_t f = 0; f < sight->feature_count; ++f) {
            if (!kg_i_vec_push(&d->features, r->features.items[sight->feature + f])) {
                return false;
            }
        }
    }
    const size_t mark = r->features.count;
    if (!kg_i_features_pair(r, head->subject, head->object)) {
        return false;
    }
    for (size_t i = mark; i < r->features.count; ++i) {
        if (!kg_i_vec_push(&d->features, r->features.items[i])) {
            return false;
        }
    }
    r->features.count = mark;
    if (d->features.count > 1) {
        qsort(d->features.items, d->features.count, sizeof *d->features.items, by_value);
    }
    size_t kept = 0;
    for (size_t i = 0; i < d->features.count; ++i) {
        if (kept == 0 || d->features.items[kept - 1] != d->features.items[i]) {
            d->features.items[kept++] = d->features.items[i];
        }
    }
    d->features.count = kept;
    return true;
}

static void add_weights(const kg_i_reader* r, const uint32_t* features, size_t count,
                        double* sums) {
    for (size_t i = 0; i < count; ++i) {
        const kg_i_weight_row* const row = kg_i_weights_find(r->weights, features[i]);
        for (unsigned p = 0; row && p < KG_PREDICATE_COUNT; ++p) {
            sums[p] += (double)row->by[p];
        }
    }
}

static double log_odds(double confidence) {
    const double bound = confidence > 0.999 ? 0.999 : confidence;
    return log(bound / (1 - bound));
}

/// A pattern's own word where the weights know nothing of it.
static bool speaks_alone(const kg_i_reader* r, const kg_i_sight* sight) {
    return sight->pattern != KG_I_NONE && !sight->denied &&
           (!r->weights->learned[r->patterns->items[sight->pattern].predicate] ||
            !kg_i_weights_find(
                r->weights, kg_i_feature_hash(KG_I_F_PATTERN, sight->pattern, sight->how, 0, 0)));
}

/// The sight that says `predicate` best.
static uint32_t best_sight(const decision* d, uint32_t first, uint32_t last,
                           kg_predicate predicate) {
    const kg_i_reader* const r = d->reader;
    uint32_t best = d->order[first];
    double most = -INFINITY;
    for (uint32_t i = first; i < last; ++i) {
        const kg_i_sight* const sight = sight_of(d, i);
        double sums[KG_PREDICATE_COUNT] = {0};
        if (sight->feature_count) {
            add_weights(r, r->features.items + sight->feature, sight->feature_count, sums);
        }
        double value = sums[predicate];
        if (sight->pattern != KG_I_NONE) {
            const kg_i_pattern* const p = &r->patterns->items[sight->pattern];
            value = p->predicate == predicate && !sight->denied
                        ? 20 + log_odds((double)p->confidence)
                        : -20;
        }
        value -= sight->how == KG_I_HOW_BEFORE ? 2 : sight->how == KG_I_HOW_TITLE ? 4 : 0;
        if (value > most) {
            most = value;
            best = d->order[i];
        }
    }
    return best;
}

static bool stands(const kg_i_reader* r, kg_predicate p, double odds) {
    return odds >= (double)r->weights->threshold[p];
}

static kg_slice rule_of(const kg_i_reader* r, const kg_i_sight* sight) {
    static const char* const names[KG_I_HOW_COUNT] = {"line",   "nested",   "aside",  "far",
                                                      "before", "headline", "pattern"};
    return sight->pattern != KG_I_NONE ? r->patterns->items[sight->pattern].id
                                       : kg_slice_of(names[sight->how]);
}

/// Negated, hoped for or conditional wherever the two stand together.
static bool all_denied(const decision* d, uint32_t first, uint32_t last) {
    while (first < last && sight_of(d, first)->denied) {
        ++first;
    }
    return first == last;
}

static bool decide_pair(decision* d, uint32_t first, uint32_t last) {
    kg_i_reader* const r = d->reader;
    const kg_i_sight* const head = sight_of(d, first);
    if (!r->on_pair && all_denied(d, first, last)) {
        return true;
    }
    if (!gather(d, first, last)) {
        return false;
    }
    if (r->on_pair) {
        r->on_pair(r->spy_handle, head->subject, head->object, d->features.items,
                   d->features.count);
    }
    double sums[KG_PREDICATE_COUNT] = {0};
    add_weights(r, d->features.items, d->features.count, sums);
    double alone[KG_PREDICATE_COUNT];
    for (unsigned p = 0; p < KG_PREDICATE_COUNT; ++p) {
        alone[p] = -INFINITY;
        sums[p] = r->weights->learned[p] ? sums[p] : -INFINITY;
    }
    for (uint32_t i = first; i < last; ++i) {
        const kg_i_sight* const sight = sight_of(d, i);
        if (speaks_alone(r, sight)) {
            const kg_i_pattern* const p = &r->patterns->items[sight->pattern];
            alone[p->predicate] = fmax(alone[p->predicate], log_odds((double)p->confidence));
        }
    }
    const kg_type s = r->scope->entities[head->subject].type;
    const kg_type o = r->scope->entities[head->object].type;
    for (unsigned p = 0; p < KG_PREDICATE_COUNT; ++p) {
        const double odds = fmax(sums[p], alone[p]);
        const double confidence = 1 / (1 + exp(-odds));
        if (!kg_predicate_allows((kg_predicate)p, s, o) || !isfinite(odds) ||
            !stands(r, (kg_predicate)p, odds) || confidence < d->min_confidence) {
            continue;
        }
        const uint32_t sight = best_sight(d, first, last, (kg_predicate)p);
        const kg_i_sight* const best = &r->sights.items[sight];
        const kg_i_relation relation = {.subject = head->subject,
                                        .object = head->object,
                                        .predicate = (kg_predicate)p,
                                        .confidence = (float)confidence,
                                        .sight = sight,
                                        .pattern = best->pattern,
                                        .rule = rule_of(r, best)};
        if (d->found.count < KG_I_RELATION_MAX && !kg_i_vec_push(&d->found, relation)) {
            return false;
        }
    }
    return true;
}

// Between relations --------------------------------------------------------------------------

static int by_triple(const void* a, const void* b) {
    const kg_i_relation* const x = a;
    const kg_i_relation* const y = b;
    if (x->subject != y->subject) {
        return x->subject < y->subject ? -1 : 1;
    }
    if (x->predicate != y->predicate) {
        return x->predicate < y->predicate ? -1 : 1;
    }
    return x->object < y->object ? -1 : x->object > y->object;
}

static kg_i_relation* find(decision* d, uint32_t subject, kg_predicate predicate, uint32_t object) {
    const kg_i_relation key = {.subject = subject, .object = object, .predicate = predicate};
    return d->found.count ? bsearch(&key, d->found.items, d->found.count, sizeof key, by_triple)
                          : NULL;
}

/// Of two statements that are one the other way round, or cannot both be, the surer stays.
static void drop_mirrored(decision* d) {
    for (size_t i = 0; i < d->found.count; ++i) {
        kg_i_relation* const a = &d->found.items[i];
        if (a->predicate != KG_COOPERATES_WITH && a->predicate != KG_SUBSIDIARY_OF &&
            a->predicate != KG_PART_OF && a->predicate != KG_INVESTS_IN &&
            a->predicate != KG_SUPPLIES) {
            continue;
        }
        kg_i_relation* const b = find(d, a->object, a->predicate, a->subject);
        if (b && b > a) {
            if (b->confidence > a->confidence) {
                a->confidence = -1;
            } else {
                b->confidence = -1;
            }
        }
    }
}

static bool is_above(const kg_i_reader* r, uint32_t upper, uint32_t lower) {
    const kg_lexicon_entry* const top = r->scope->entities[upper].entry;
    const kg_lexicon_entry* at = r->scope->entities[lower].entry;
    for (unsigned depth = 0; top && at && depth < 5; ++depth) {
        if (kg_slice_equal(at->parent_id, top->id)) {
            return true;
        }
        at = at->parent_id.len ? kg_lexicon_by_id(r->scope->lexicon, at->parent_id) : NULL;
    }
    return false;
}

/// A thing stands in the smallest area stated, not in those around it as well.
static void drop_wider_areas(decision* d) {
    for (size_t i = 0; i < d->found.count; ++i) {
        kg_i_relation* const a = &d->found.items[i];
        for (size_t k = i + 1; a->predicate == KG_SITUATED_IN && k < d->found.count; ++k) {
            kg_i_relation* const b = &d->found.items[k];
            if (b->subject != a->subject || b->predicate != a->predicate) {
                break;
            }
            if (is_above(d->reader, a->object, b->object)) {
                a->confidence = -1;
            } else if (is_above(d->reader, b->object, a->object)) {
                b->confidence = -1;
            }
        }
    }
}

/// A company whose own site settles in a park has settled there (guidelines, rules 3 and 14).
static bool add_owners(decision* d) {
    const size_t count = d->found.count;
    for (size_t i = 0; i < count; ++i) {
        const kg_i_relation owns = d->found.items[i];
        if (owns.predicate != KG_DEVELOPS || owns.confidence < 0 ||
            d->reader->scope->entities[owns.object].type != KG_FACILITY) {
            continue;
        }
        for (size_t k = 0; k < count; ++k) {
            const kg_i_relation stands_in = d->found.items[k];
            if (stands_in.subject != owns.object || stands_in.predicate != KG_LOCATES_IN ||
                stands_in.confidence < 0) {
                continue;
            }
            const kg_i_relation* const known =
                find(d, owns.subject, KG_LOCATES_IN, stands_in.object);
            if (known) {
                continue;
            }
            kg_i_relation settles = stands_in;
            settles.subject = owns.subject;
            settles.confidence = stands_in.confidence * owns.confidence;
            settles.rule = KG_LIT("owner-settles");
            if (d->found.count < KG_I_RELATION_MAX && !kg_i_vec_push(&d->found, settles)) {
                return false;
            }
        }
    }
    return true;
}

static void sort_and_pack(decision* d) {
    size_t kept = 0;
    for (size_t i = 0; i < d->found.count; ++i) {
        if (d->found.items[i].confidence >= 0) {
            d->found.items[kept++] = d->found.items[i];
        }
    }
    d->found.count = kept;
    if (kept > 1) {
        qsort(d->found.items, kept, sizeof *d->found.items, by_triple);
    }
    kept = 0;
    for (size_t i = 0; i < d->found.count; ++i) {
        if (kept == 0 || by_triple(&d->found.items[kept - 1], &d->found.items[i]) != 0) {
            d->found.items[kept++] = d->found.items[i];
        }
    }
    d->found.count = kept;
}

static bool decide_all(decision* d) {
    const uint32_t count = (uint32_t)d->reader->sights.count;
    for (uint32_t first = 0; first < count;) {
        uint32_t last = first + 1;
        while (last < count && sight_of(d, last)->subject == sight_of(d, first)->subject &&
               sight_of(d, last)->object == sight_of(d, first)->object) {
            ++last;
        }
        if (!decide_pair(d, first, last)) {
            return false;
        }
        first = last;
    }
    sort_and_pack(d);
    drop_mirrored(d);
    drop_wider_areas(d);
    sort_and_pack(d);
    if (!add_owners(d)) {
        return false;
    }
    sort_and_pack(d);
    return true;
}

kg_status kg_i_decide(kg_i_reader* r, double min_confidence, bool inferred, kg_i_relation** out,
                      uint32_t* count, kg_error* error) {
    decision d = {.reader = r, .min_confidence = min_confidence, .inferred = inferred};
    const uint32_t sights = (uint32_t)r->sights.count;
    d.order = malloc((sights + 1) * sizeof *d.order);
    bool fine = d.order != NULL;
    for (uint32_t i = 0; fine && i < sights; ++i) {
        d.order[i] = i;
    }
    if (fine && sights > 1) {
        qsort_r(d.order, sights, sizeof *d.order, by_pair, r);
    }
    fine = fine && decide_all(&d);
    *count = fine ? (uint32_t)d.found.count : 0;
    *out = fine ? kg_i_arena_array(r->scope->arena, d.found.count + 1, sizeof **out) : NULL;
    if (*out && d.found.count) {
        memcpy(*out, d.found.items, d.found.count * sizeof **out);
    }
    free(d.order);
    kg_i_vec_dispose(&d.found);
    kg_i_vec_dispose(&d.features);
    return *out ? KG_OK : KG_OUT_OF_MEMORY(error);
}
