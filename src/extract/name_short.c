// SPDX-License-Identifier: GPL-3.0-or-later
// Short forms: 以下简称 and its like, and the brands of full names wherever they stand alone. The
// strings are collected first and then looked for in one pass over the text, by a table of their
// first two characters.
#include "extract/name.h"

#include <string.h>

enum { BUCKETS = 512, MAX_NEEDLES = 4096, MAX_CUES = 2000, MAX_SHORT = 16, MAX_BRAND = 6 };

/// A string to be looked for: characters [begin, begin + length) of the text.
typedef struct {
    uint32_t begin;
    uint32_t length;
    uint32_t of; ///< candidate whose name it shortens
    uint32_t next;
    bool brand; ///< may take a trade or form word behind it
} needle;

typedef struct {
    kg_i_finder* finder;
    needle* needles;
    uint32_t count;
    uint32_t limit; ///< room for needles
    uint32_t buckets[BUCKETS];
    uint32_t* token_at; ///< by character: the token that begins there, or KG_I_NONE
    uint8_t* is_end;    ///< by character: a token ends before it
} search;

static uint32_t bucket_of(const uint32_t* chars) {
    return (kg_i_fold(chars[0]) * 31 + kg_i_fold(chars[1])) % BUCKETS;
}

static bool same(const uint32_t* a, const uint32_t* b, uint32_t length) {
    for (uint32_t i = 0; i < length; ++i) {
        if (a[i] != b[i] && kg_i_fold(a[i]) != kg_i_fold(b[i])) {
            return false;
        }
    }
    return true;
}

static void add_needle(search* s, uint32_t begin, uint32_t end, uint32_t of, bool brand) {
    const uint32_t* const chars = s->finder->chars;
    const uint32_t length = end - begin;
    if (length < 2 || length > MAX_SHORT || s->count == s->limit) {
        return;
    }
    uint32_t* const bucket = &s->buckets[bucket_of(chars + begin)];
    for (uint32_t i = *bucket; i != KG_I_NONE; i = s->needles[i].next) {
        if (s->needles[i].length == length &&
            same(chars + s->needles[i].begin, chars + begin, length)) {
            return;
        }
    }
    s->needles[s->count] = (needle){begin, length, of, *bucket, brand};
    *bucket = s->count++;
}

// 以下简称 -----------------------------------------------------------------------------------

/// The candidate that ends nearest before the bracket or comma at character `at`.
static uint32_t named_before(const kg_i_finder* f, uint32_t sentence, uint32_t at) {
    uint32_t best = KG_I_NONE;
    for (uint32_t i = f->first_found[sentence]; i < f->first_found[sentence + 1]; ++i) {
        const kg_i_candidate* const c = &f->found[i];
        if (c->end > at || at - c->end > 1 || c->type == KG_SECTOR || c->type == KG_PLACE) {
            continue;
        }
        if (best == KG_I_NONE || c->end > f->found[best].end ||
            (c->end == f->found[best].end && c->begin < f->found[best].begin)) {
            best = i;
        }
    }
    return best;
}

/// Read the short forms behind the cue at token `cue`: “甲”、“乙” or 甲.
static void read_short_forms(search* s, uint32_t cue, uint32_t last, uint32_t of) {
    kg_i_finder* const f = s->finder;
    uint32_t i = cue + 1;
    while (i < last && (kg_i_is_mark(&f->tokens[i], 0xFF1A) || kg_i_is_mark(&f->tokens[i], ':') ||
                        (f->tokens[i].flags & KG_I_CUE))) {
        ++i;
    }
    while (i < last) {
        const bool quoted = kg_i_is_mark(&f->tokens[i], 0x201C);
        const uint32_t begin = i + quoted;
        uint32_t end = begin;
        while (end < last && f->tokens[end].kind != KG_I_TOKEN_MARK) {
            ++end;
        }
        if (end == begin || end == last || f->tokens[end - 1].end - f->tokens[begin].begin < 2 ||
            f->tokens[end - 1].end - f->tokens[begin].begin > MAX_SHORT) {
            return;
        }
        const uint32_t found = kg_i_add_candidate(f, f->tokens[begin].begin, f->tokens[end - 1].end,
                                                  f->found[of].type, KG_I_FROM_CUE, .95F);
        if (found == KG_I_NONE) {
            return;
        }
        f->found[found].of = of;
        add_needle(s, f->tokens[begin].begin, f->tokens[end - 1].end, of, false);
        i = end + quoted;
        if (i >= last ||
            !(kg_i_is_mark(&f->tokens[i], 0x3001) || (f->tokens[i].flags & KG_I_BOUNDARY))) {
            return;
        }
        ++i;
    }
}

static void find_cues(search* s) {
    kg_i_finder* const f = s->finder;
    unsigned cues = 0;
    for (uint32_t k = 0; k < f->sentence_count; ++k) {
        for (uint32_t i = f->first_token[k]; i < f->first_token[k + 1]; ++i) {
            if (!(f->tokens[i].flags & KG_I_CUE) || i == f->first_token[k] || cues == MAX_CUES) {
                continue;
            }
            ++cues;
            uint32_t before = i - 1;
            while (before > f->first_token[k] && !kg_i_is_mark(&f->tokens[before], '(') &&
                   i - before < 4) {
                --before;
            }
            if (!kg_i_is_mark(&f->tokens[before], '(')) {
                before = i - 1;
            }
            const uint32_t of = named_before(f, k, f->tokens[before].begin);
            if (of != KG_I_NONE) {
                read_short_forms(s, i, f->first_token[k + 1], of);
            }
        }
    }
}

// Brands -------------------------------------------------------------------------------------

/// The brand in a company's name: what no word claims, behind the place.
static void add_brand(search* s, uint32_t candidate) {
    kg_i_finder* const f = s->finder;
    const kg_i_candidate c = f->found[candidate];
    uint32_t i = kg_i_token_from(f, c.begin);
    while (i < f->token_count && f->tokens[i].end <= c.end &&
           ((f->tokens[i].flags & KG_I_IS_PLACE) || f->tokens[i].kind == KG_I_TOKEN_MARK)) {
        ++i;
    }
    const uint32_t begin = i;
    while (i < f->token_count && f->tokens[i].end <= c.end &&
           (f->tokens[i].kind == KG_I_TOKEN_CHAR || f->tokens[i].kind == KG_I_TOKEN_LATIN ||
            (f->tokens[i].kind == KG_I_TOKEN_WORD && kg_i_token_length(&f->tokens[i]) == 1 &&
             !(f->tokens[i].flags & (KG_I_OTHER | KG_I_VERB))))) {
        ++i;
    }
    if (i == begin || f->tokens[i - 1].end >= c.end) {
        return;
    }
    const uint32_t length = f->tokens[i - 1].end - f->tokens[begin].begin;
    for (uint32_t k = i; k < f->token_count && f->tokens[k].end <= c.end; ++k) {
        if (f->tokens[k].flags & (KG_I_IS_PLACE | KG_I_PART)) {
            return; // 某某（中国）有限公司 is not all of 某某
        }
    }
    if (length >= 2 && (length <= MAX_BRAND || f->tokens[begin].kind == KG_I_TOKEN_LATIN)) {
        add_needle(s, f->tokens[begin].begin, f->tokens[i - 1].end, candidate, true);
    }
}

// The pass over the text ---------------------------------------------------------------------

/// Take the trade or form word behind a brand with it, where the full name has it too or it is
/// one that any company may have.
static uint32_t extend(const search* s, const needle* n, uint32_t end) {
    const kg_i_finder* const f = s->finder;
    const uint32_t i = end < f->count ? s->token_at[end] : KG_I_NONE;
    if (!n->brand || i == KG_I_NONE) {
        return end;
    }
    const kg_i_token* const t = &f->tokens[i];
    if (!(t->flags & (KG_I_HEAD_COMPANY | KG_I_TRADE | KG_I_FORM)) || (t->flags & KG_I_DROP)) {
        return end;
    }
    if (!(t->flags & KG_I_TRADE)) {
        return t->end;
    }
    const kg_i_candidate* const full = &f->found[n->of];
    const uint32_t length = kg_i_token_length(t);
    for (uint32_t at = full->begin; at + length <= full->end; ++at) {
        if (same(f->chars + at, f->chars + t->begin, length)) {
            return t->end;
        }
    }
    return end;
}

static void look(search* s, uint32_t at) {
    kg_i_finder* const f = s->finder;
    const needle* best = NULL;
    for (uint32_t i = s->buckets[bucket_of(f->chars + at)]; i != KG_I_NONE;
         i = s->needles[i].next) {
        const needle* const n = &s->needles[i];
        if (at + n->length <= f->count && s->is_end[at + n->length] &&
            same(f->chars + n->begin, f->chars + at, n->length) &&
            (!best || n->length > best->length)) {
            best = n;
        }
    }
    if (best) {
        const kg_type type = f->found[best->of].type;
        const uint32_t c = kg_i_add_candidate(f, at, extend(s, best, at + best->length), type,
                                              KG_I_FROM_BRAND, best->brand ? .7F : .9F);
        if (c != KG_I_NONE) {
            f->found[c].of = best->of;
        }
    }
}

void kg_i_find_short_names(kg_i_finder* f) {
    search s = {.finder = f};
    kg_i_arena* const arena = f->scope->arena;
    s.limit = f->found_count < MAX_NEEDLES / 2 ? 2 * f->found_count + 1 : MAX_NEEDLES;
    s.needles = kg_i_arena_array(arena, s.limit, sizeof *s.needles);
    s.token_at = kg_i_arena_array(arena, (size_t)f->count + 1, sizeof *s.token_at);
    s.is_end = kg_i_arena_array(arena, (size_t)f->count + 1, 1);
    if (!s.needles || !s.token_at || !s.is_end) {
        f->out_of_memory = true;
        return;
    }
    memset(s.buckets, 0xFF, sizeof s.buckets);
    memset(s.token_at, 0xFF, ((size_t)f->count + 1) * sizeof *s.token_at);
    for (uint32_t i = 0; i < f->token_count; ++i) {
        s.token_at[f->tokens[i].begin] = i;
        s.is_end[f->tokens[i].end] = 1;
    }
    find_cues(&s);
    const uint32_t count = f->found_count;
    for (uint32_t i = 0; i < count; ++i) {
        if (f->found[i].type == KG_COMPANY && f->found[i].score > .6F &&
            f->found[i].source != KG_I_FROM_LEXICON && f->found[i].of == KG_I_NONE) {
            add_brand(&s, i);
        }
    }
    if (s.count) {
        for (uint32_t i = 0; i < f->token_count; ++i) {
            if (f->tokens[i].kind != KG_I_TOKEN_MARK && f->tokens[i].begin + 1 < f->count) {
                look(&s, f->tokens[i].begin);
            }
        }
    }
}
