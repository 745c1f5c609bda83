// SPDX-License-Identifier: GPL-3.0-or-later
// The matching rules of gold/score.py, so that both give the same figures on the same files.
#include "kg/eval.h"

#include "base/map.h"
#include "base/message.h"
#include "base/try.h"
#include "base/vec.h"
#include "eval/align.h"

#include <stdlib.h>
#include <string.h>

/// A statement by gold entities. Ends that stand for no gold entity have numbers beyond them.
typedef struct {
    uint32_t subject, predicate, object;
    uint32_t order; ///< in the record; of equal ones the first counts
    kg_fact_status status;
} triple;

typedef KG_I_VEC(triple) triples;

/// The predicted records of one gold record, joined.
typedef struct {
    KG_I_VEC(kg_record_entity) entities;
    triples relations; ///< by numbers of the joined entities
    bool predicted;
} joined;

typedef struct {
    const kg_record* const* gold;
    size_t gold_count;
    kg_i_map by_name; ///< the last of a name
    kg_i_map by_base; ///< file name alone → gold index, or gold_count if several have it
    kg_error* error;
} evaluation;

// Which gold record ---------------------------------------------------------------------------

static kg_slice base_name(kg_slice name) {
    size_t at = name.len;
    while (at > 0 && name.ptr[at - 1] != '/') {
        --at;
    }
    return (kg_slice){name.len ? name.ptr + at : "", name.len - at};
}

static kg_status index_names(evaluation* e) {
    for (size_t i = 0; i < e->gold_count; ++i) {
        const kg_slice name = e->gold[i]->doc;
        bool is_new = true;
        uint32_t* const known =
            kg_i_map_put(&e->by_name, name.len ? name : KG_LIT(""), (uint32_t)i, &is_new);
        if (!known) {
            return KG_OUT_OF_MEMORY(e->error);
        }
        *known = (uint32_t)i;
        if (!is_new) {
            continue;
        }
        uint32_t* const base = kg_i_map_put(&e->by_base, base_name(name), (uint32_t)i, &is_new);
        if (!base) {
            return KG_OUT_OF_MEMORY(e->error);
        }
        if (!is_new) {
            *base = (uint32_t)e->gold_count;
        }
    }
    return KG_OK;
}

/// Whether this record is the one that counts of its name.
static bool is_counted(const evaluation* e, size_t index) {
    const uint32_t* const known =
        kg_i_map_get(&e->by_name, e->gold[index]->doc.len ? e->gold[index]->doc : KG_LIT(""));
    return known && *known == index;
}

/// The gold record of a predicted one, or gold_count: by name, else by the end of the path, else
/// by the file name if that is the only one.
static size_t gold_of(const evaluation* e, kg_slice name) {
    const uint32_t* known = kg_i_map_get(&e->by_name, name.len ? name : KG_LIT(""));
    if (known) {
        return *known;
    }
    // As in the script the first that fits in the order of the files: the longest ending may not
    // be the first, so all endings are asked.
    size_t best = e->gold_count;
    for (size_t at = 0; at < name.len; ++at) {
        if (name.ptr[at] == '/') {
            known = kg_i_map_get(&e->by_name, (kg_slice){name.ptr + at + 1, name.len - at - 1});
            if (known && *known < best) {
                best = *known;
            }
        }
    }
    if (best < e->gold_count) {
        return best;
    }
    known = kg_i_map_get(&e->by_base, base_name(name));
    if (!known || *known >= e->gold_count) {
        return e->gold_count;
    }
    const uint32_t* const last = kg_i_map_get(&e->by_name, e->gold[*known]->doc);
    return last ? *last : *known;
}

// Triples --------------------------------------------------------------------------------------

static int by_triple(const void* a, const void* b) {
    const triple* const x = a;
    const triple* const y = b;
    if (x->subject != y->subject) {
        return x->subject < y->subject ? -1 : 1;
    }
    if (x->predicate != y->predicate) {
        return x->predicate < y->predicate ? -1 : 1;
    }
    if (x->object != y->object) {
        return x->object < y->object ? -1 : 1;
    }
    return x->order < y->order ? -1 : x->order > y->order;
}

static bool same_triple(const triple* x, const triple* y) {
    return x->subject == y->subject && x->predicate == y->predicate && x->object == y->object;
}

static void sort_once_each(triples* list) {
    if (list->count > 1) {
        qsort(list->items, list->count, sizeof *list->items, by_triple);
    }
    size_t kept = 0;
    for (size_t i = 0; i < list->count; ++i) {
        if (kept == 0 || !same_triple(&list->items[kept - 1], &list->items[i])) {
            list->items[kept++] = list->items[i];
        }
    }
    list->count = kept;
}

static bool push_triple(triples* list, const kg_record_relation* r, uint32_t subject,
                        uint32_t object) {
    if (r->inferred) {
        return true;
    }
    const bool turn = kg_predicate_symmetric(r->predicate) && object < subject;
    // Copied first: the push changes the count that the triple holds.
    const triple added = {turn ? object : subject, (uint32_t)r->predicate, turn ? subject : object,
                          (uint32_t)list->count, r->status};
    return kg_i_vec_push(list, added);
}

/// Predicates that a reader could take for one another get one number.
static uint32_t relaxed(uint32_t predicate) {
    switch (predicate) {
    case KG_DEVELOPS:
        return KG_OPERATES;
    case KG_SUBSIDIARY_OF:
        return KG_INVESTS_IN;
    case KG_HEADQUARTERED_IN:
    case KG_LOCATES_IN:
    case KG_PART_OF:
        return KG_SITUATED_IN;
    case KG_ACTIVE_IN:
        return KG_FOCUSES_ON;
    default:
        return predicate;
    }
}

static bool relax(const triples* from, triples* to) {
    for (size_t i = 0; i < from->count; ++i) {
        triple t = from->items[i];
        t.predicate = relaxed(t.predicate);
        if (t.predicate != KG_HOLDS_POSITION && !kg_i_vec_push(to, t)) {
            return false;
        }
    }
    sort_once_each(to);
    return true;
}

// Counting -------------------------------------------------------------------------------------

static const triple* find(const triples* list, const triple* wanted) {
    size_t low = 0, high = list->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (same_triple(&list->items[middle], wanted)) {
            return &list->items[middle];
        }
        triple key = *wanted;
        key.order = 0;
        if (by_triple(&list->items[middle], &key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

static void count_triples(kg_scores* out, const triples* gold, const triples* predicted) {
    for (size_t i = 0; i < gold->count; ++i) {
        ++out->predicate[gold->items[i].predicate].gold;
    }
    for (size_t i = 0; i < predicted->count; ++i) {
        const triple* const t = &predicted->items[i];
        const triple* const hit = find(gold, t);
        ++out->predicate[t->predicate].predicted;
        if (hit) {
            ++out->predicate[t->predicate].right;
            ++out->status_matched;
            out->status_right += hit->status == t->status;
        }
    }
}

static bool count_relaxed(kg_scores* out, const triples* gold, const triples* predicted) {
    triples g = {0}, p = {0};
    const bool fine = relax(gold, &g) && relax(predicted, &p);
    for (size_t i = 0; fine && i < p.count; ++i) {
        out->relaxed.right += find(&g, &p.items[i]) != NULL;
    }
    out->relaxed.gold += g.count;
    out->relaxed.predicted += p.count;
    kg_i_vec_dispose(&g);
    kg_i_vec_dispose(&p);
    return fine;
}

static bool count_entities(kg_i_arena* arena, kg_scores* out, const kg_record* gold,
                           const joined* j, const uint32_t* ids) {
    bool* const found = kg_i_arena_array(arena, gold->entity_count + 1u, sizeof *found);
    if (!found) {
        return false;
    }
    for (uint32_t i = 0; i < gold->entity_count; ++i) {
        ++out->type[gold->entities[i].type].gold;
    }
    for (size_t i = 0; i < j->entities.count; ++i) {
        const kg_type type = j->entities.items[i].type;
        const bool right = ids[i] != KG_I_UNALIGNED && gold->entities[ids[i]].type == type;
        if (right && found[ids[i]]) {
            continue;
        }
        ++out->type[type].predicted;
        if (right) {
            found[ids[i]] = true;
            ++out->type[type].right;
        }
    }
    return true;
}

static bool score_pair(kg_i_arena* arena, kg_scores* out, const kg_record* gold, const joined* j) {
    uint32_t* const ids = kg_i_arena_array(arena, j->entities.count + 1, sizeof *ids);
    triples g = {0}, p = {0};
    bool fine = ids && kg_i_eval_align(arena, gold->entities, gold->entity_count, j->entities.items,
                                       (uint32_t)j->entities.count, ids);
    for (uint32_t i = 0; fine && i < gold->relation_count; ++i) {
        const kg_record_relation* const r = &gold->relations[i];
        fine = push_triple(&g, r, r->subject, r->object);
    }
    for (size_t i = 0; fine && i < j->relations.count; ++i) {
        triple t = j->relations.items[i];
        t.subject =
            ids[t.subject] != KG_I_UNALIGNED ? ids[t.subject] : gold->entity_count + t.subject;
        t.object = ids[t.object] != KG_I_UNALIGNED ? ids[t.object] : gold->entity_count + t.object;
        if (kg_predicate_symmetric((kg_predicate)t.predicate) && t.object < t.subject) {
            const uint32_t other = t.subject;
            t.subject = t.object;
            t.object = other;
        }
        fine = kg_i_vec_push(&p, t);
    }
    sort_once_each(&g);
    sort_once_each(&p);
    if (fine) {
        count_triples(out, &g, &p);
        fine = count_relaxed(out, &g, &p) && count_entities(arena, out, gold, j, ids);
    }
    kg_i_vec_dispose(&g);
    kg_i_vec_dispose(&p);
    return fine;
}

static bool join(joined* j, const kg_record* record) {
    const uint32_t shift = (uint32_t)j->entities.count;
    j->predicted = true;
    for (uint32_t i = 0; i < record->entity_count; ++i) {
        if (!kg_i_vec_push(&j->entities, record->entities[i])) {
            return false;
        }
    }
    for (uint32_t i = 0; i < record->relation_count; ++i) {
        const kg_record_relation* const r = &record->relations[i];
        if (!r->inferred &&
            !kg_i_vec_push(&j->relations,
                           (triple){r->subject + shift, (uint32_t)r->predicate, r->object + shift,
                                    (uint32_t)j->relations.count, r->status})) {
            return false;
        }
    }
    return true;
}

static void add(kg_counts* to, const kg_counts* from) {
    to->right += from->right;
    to->predicted += from->predicted;
    to->gold += from->gold;
}

static void sum_up(kg_scores* out) {
    for (unsigned p = 0; p < KG_PREDICATE_COUNT; ++p) {
        const kg_counts* const counts = &out->predicate[p];
        add(&out->all, counts);
        if (p != KG_HOLDS_POSITION) {
            add(&out->core, counts);
        }
        if (p == KG_OPERATES || p == KG_DEVELOPS || p == KG_LOCATES_IN || p == KG_PART_OF ||
            p == KG_SITUATED_IN || p == KG_FOCUSES_ON || p == KG_ACTIVE_IN) {
            add(&out->park_sector, counts);
        }
    }
    for (unsigned t = 0; t < KG_TYPE_COUNT; ++t) {
        add(&out->entities, &out->type[t]);
    }
}

/// Receives the scores of one gold record, not yet summed up.
typedef kg_status (*on_scores)(void* handle, const kg_record* gold, bool predicted,
                               const kg_scores* scores);

static kg_status score_all(evaluation* e, joined* pairs, on_scores on_row, void* handle) {
    for (size_t i = 0; i < e->gold_count; ++i) {
        if (!is_counted(e, i)) {
            continue;
        }
        kg_i_arena arena = {0};
        kg_scores scores = {0};
        const bool fine = score_pair(&arena, &scores, e->gold[i], &pairs[i]);
        kg_i_arena_dispose(&arena);
        if (!fine) {
            return KG_OUT_OF_MEMORY(e->error);
        }
        KG_TRY(on_row(handle, e->gold[i], pairs[i].predicted, &scores));
    }
    return KG_OK;
}

/// Pair, join and score; `on_row` is called for each gold record in its order.
static kg_status walk(evaluation* e, const kg_record* const* predicted, size_t predicted_count,
                      on_scores on_row, void* handle) {
    if (e->gold_count >= UINT32_MAX) {
        return kg_fail(e->error, KG_ERR_LIMIT, NULL, KG_("too many records"));
    }
    joined* const pairs = calloc(e->gold_count + 1, sizeof *pairs);
    kg_status status = pairs ? index_names(e) : KG_OUT_OF_MEMORY(e->error);
    for (size_t i = 0; status == KG_OK && i < predicted_count; ++i) {
        const size_t index = gold_of(e, predicted[i]->doc);
        if (index < e->gold_count && !join(&pairs[index], predicted[i])) {
            status = KG_OUT_OF_MEMORY(e->error);
        }
    }
    if (status == KG_OK) {
        status = score_all(e, pairs, on_row, handle);
    }
    for (size_t i = 0; pairs && i < e->gold_count; ++i) {
        kg_i_vec_dispose(&pairs[i].entities);
        kg_i_vec_dispose(&pairs[i].relations);
    }
    free(pairs);
    kg_i_map_dispose(&e->by_name);
    kg_i_map_dispose(&e->by_base);
    return status;
}

static kg_status add_scores(void* handle, const kg_record* gold, bool predicted,
                            const kg_scores* scores) {
    kg_scores* const out = handle;
    (void)gold;
    ++out->documents;
    out->scored += predicted;
    for (unsigned p = 0; p < KG_PREDICATE_COUNT; ++p) {
        add(&out->predicate[p], &scores->predicate[p]);
    }
    for (unsigned t = 0; t < KG_TYPE_COUNT; ++t) {
        add(&out->type[t], &scores->type[t]);
    }
    add(&out->relaxed, &scores->relaxed);
    out->status_right += scores->status_right;
    out->status_matched += scores->status_matched;
    return KG_OK;
}

kg_status kg_eval(const kg_record* const* gold, size_t gold_count,
                  const kg_record* const* predicted, size_t predicted_count, kg_scores* out,
                  kg_error* error) {
    evaluation e = {.gold = gold, .gold_count = gold_count, .error = error};
    memset(out, 0, sizeof *out);
    KG_TRY(walk(&e, predicted, predicted_count, add_scores, out));
    sum_up(out);
    return KG_OK;
}

typedef struct {
    kg_on_document_score on_row;
    void* handle;
} receiver;

static kg_status hand_on(void* handle, const kg_record* gold, bool predicted,
                         const kg_scores* scores) {
    const receiver* const to = handle;
    kg_scores sum = *scores;
    (void)predicted;
    sum_up(&sum);
    return to->on_row(to->handle, gold->doc, &sum.core);
}

kg_status kg_eval_documents(const kg_record* const* gold, size_t gold_count,
                            const kg_record* const* predicted, size_t predicted_count,
                            kg_on_document_score on_row, void* handle, kg_error* error) {
    evaluation e = {.gold = gold, .gold_count = gold_count, .error = error};
    receiver to = {on_row, handle};
    return walk(&e, predicted, predicted_count, hand_on, &to);
}
