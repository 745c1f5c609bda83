// SPDX-License-Identifier: GPL-3.0-or-later
/// Several pieces of evidence as one statement. Everything here goes by the documents' dates and
/// names, never by when they were read.
#include "store/derive.h"

/// How far on a thing is; an end is handled apart.
static unsigned progress(kg_fact_status status) {
    switch (status) {
    case KG_PLANNED:
        return 0;
    case KG_AGREED:
        return 1;
    default:
        return 2;
    }
}

/// Claims and what they are judged by.
typedef struct {
    const kg_i_claim* claims;
    const kg_i_words* words;
    size_t count;
    const kg_i_docs* docs;
    bool stated; ///< some claim is not inferred: then those alone count
} facts;

static kg_slice date_of(const facts* f, size_t i) {
    return f->docs->items[f->claims[i].doc].date;
}

static bool counts(const facts* f, size_t i) {
    return !f->stated || !f->claims[i].inferred;
}

/// Plans become contracts and contracts deeds, so the furthest holds even if a later text speaks of
/// the plan; but an end holds until a later text knows of something again.
static kg_fact_status join_status(const facts* f) {
    bool ended = false;
    kg_slice end = {0};
    for (size_t i = 0; i < f->count; ++i) {
        if (counts(f, i) && f->claims[i].status == KG_ENDED &&
            (!ended || kg_slice_compare(date_of(f, i), end) > 0)) {
            ended = true;
            end = date_of(f, i);
        }
    }
    bool any = false;
    kg_fact_status furthest = KG_ENDED;
    for (size_t i = 0; i < f->count; ++i) {
        const kg_fact_status status = (kg_fact_status)f->claims[i].status;
        if (!counts(f, i) || status == KG_ENDED ||
            (ended && kg_slice_compare(date_of(f, i), end) <= 0)) {
            continue;
        }
        if (!any || progress(status) > progress(furthest)) {
            furthest = status;
        }
        any = true;
    }
    return furthest;
}

/// Documents err independently as far as we know: 1 − Π(1 − c), with the surest claim of each.
/// Several never make a certainty.
static unsigned join_confidence(const facts* f) {
    enum { CERTAIN = 10000, HIGHEST = 9900 };
    double doubt = 1;
    unsigned surest = 0;
    for (size_t i = 0; i < f->count;) {
        const uint32_t doc = f->claims[i].doc;
        unsigned best = 0;
        for (; i < f->count && f->claims[i].doc == doc; ++i) {
            if (counts(f, i) && f->claims[i].confidence > best) {
                best = f->claims[i].confidence;
            }
        }
        doubt *= 1 - (double)best / CERTAIN;
        surest = best > surest ? best : surest;
    }
    unsigned joined = (unsigned)((1 - doubt) * CERTAIN + 0.5);
    joined = joined < HIGHEST ? joined : HIGHEST;
    return joined > surest ? joined : surest;
}

static kg_slice best_title(const facts* f) {
    size_t best = f->count;
    for (size_t i = 0; i < f->count; ++i) {
        if (!counts(f, i) || !f->words[i].title.len) {
            continue;
        }
        const bool surer = best == f->count ||
                           f->claims[i].confidence > f->claims[best].confidence ||
                           (f->claims[i].confidence == f->claims[best].confidence &&
                            kg_slice_compare(date_of(f, i), date_of(f, best)) > 0);
        best = surer ? i : best;
    }
    return best < f->count ? f->words[best].title : (kg_slice){0};
}

static bool is_earlier(kg_slice a, kg_slice b) {
    return a.len && (!b.len || kg_slice_compare(a, b) < 0);
}

static bool is_later(kg_slice a, kg_slice b) {
    return a.len && (!b.len || kg_slice_compare(a, b) > 0);
}

kg_i_joined kg_i_join_facts(const kg_i_claim* claims, const kg_i_words* words, size_t count,
                            const kg_i_docs* docs) {
    facts f = {.claims = claims, .words = words, .count = count, .docs = docs};
    for (size_t i = 0; i < count; ++i) {
        f.stated = f.stated || !claims[i].inferred;
    }
    kg_i_joined out = {.status = join_status(&f),
                       .inferred = !f.stated,
                       .confidence = join_confidence(&f),
                       .title = best_title(&f)};
    for (size_t i = 0; i < count; ++i) {
        const kg_slice date = date_of(&f, i);
        out.first_seen = is_earlier(date, out.first_seen) ? date : out.first_seen;
        out.last_seen = is_later(date, out.last_seen) ? date : out.last_seen;
        // When a plan was to begin says nothing of when the deed did.
        if (counts(&f, i) && claims[i].status == out.status) {
            const kg_i_words* const w = &words[i];
            out.valid_from =
                is_earlier(w->valid_from, out.valid_from) ? w->valid_from : out.valid_from;
            out.valid_to = is_later(w->valid_to, out.valid_to) ? w->valid_to : out.valid_to;
        }
    }
    if (out.valid_from.len && out.valid_to.len &&
        kg_slice_compare(out.valid_from, out.valid_to) > 0) {
        out.valid_to = (kg_slice){0};
    }
    return out;
}
