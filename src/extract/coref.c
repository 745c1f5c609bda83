// SPDX-License-Identifier: GPL-3.0-or-later
// Mentions by common nouns: 该公司, 园区, 项目. Each stands for an entity of its type that is named
// before it in the same article: the one nearest by for 该…, the article's topic for a bare noun,
// one whose name ends in the noun where the noun is a kind of zone.
#include "extract/mention.h"

#include "base/try.h"

#include <string.h>

enum {
    REACH = 4,     ///< sentences back
    LOOKED = 64,   ///< mentions looked at in one sentence, whatever its length
    ENDINGS = 400, ///< mentions looked at for one whose name ends in the noun
    KINDS = 6
};

/// The word classes and the types that they stand for.
static const struct {
    const char* class;
    kg_type type;
} kinds[KINDS] = {{"anaphor_company", KG_COMPANY},   {"anaphor_park", KG_PARK},
                  {"anaphor_facility", KG_FACILITY}, {"anaphor_organization", KG_ORGANIZATION},
                  {"anaphor_place", KG_PLACE},       {"anaphor_person", KG_PERSON}};

typedef struct {
    kg_i_finder* finder;
    uint16_t class[KINDS];
    uint32_t topic[KG_TYPE_COUNT]; ///< entity that the article at hand is about
    uint32_t article;
    uint32_t begin;    ///< first mention of the article
    uint32_t cursor;   ///< mentions before it begin before the token at hand ends
    uint32_t furthest; ///< end of the furthest of them
    kg_i_mention* out;
    uint32_t count;
} resolver;

static uint32_t article_of(const kg_i_finder* f, uint32_t sentence) {
    return kg_text_document(f->scope->text)->blocks[f->sentences[sentence].block].article;
}

/// The first entity of a type that the article names, which headline or lead put there.
static void find_topics(resolver* r, uint32_t sentence) {
    const kg_i_scope* const scope = r->finder->scope;
    r->article = article_of(r->finder, sentence);
    r->begin = r->cursor = scope->first_mention[sentence];
    for (unsigned t = 0; t < KG_TYPE_COUNT; ++t) {
        r->topic[t] = KG_I_NONE;
    }
    for (uint32_t s = sentence;
         s < r->finder->sentence_count && article_of(r->finder, s) == r->article; ++s) {
        for (uint32_t m = scope->first_mention[s]; m < scope->first_mention[s + 1]; ++m) {
            const kg_i_mention* const mention = &scope->mentions[m];
            if (mention->outer == KG_I_NONE && r->topic[mention->type] == KG_I_NONE &&
                mention->score >= KG_I_SHOWN) {
                r->topic[mention->type] = mention->entity;
            }
        }
    }
}

/// The type that the token stands for, or KG_TYPE_COUNT.
static kg_type type_of(const resolver* r, const kg_i_token* t, bool* doubtful) {
    uint32_t count = 0;
    const kg_i_sense* const senses = kg_i_lexicon_senses(r->finder->scope->lexicon, t->key, &count);
    for (uint32_t i = 0; i < count; ++i) {
        for (unsigned k = 0; senses[i].kind == KG_I_SENSE_WORD && k < KINDS; ++k) {
            if (senses[i].class == r->class[k]) {
                *doubtful = senses[i].ambiguous;
                return kinds[k].type;
            }
        }
    }
    return KG_TYPE_COUNT;
}

/// 该, 本, 此, 这: the noun points at something said just before.
static bool points(uint32_t c) {
    return c == 0x8BE5 || c == 0x672C || c == 0x6B64 || c == 0x8FD9;
}

/// 我, 全: the place or zone where the text is written.
static bool is_own(uint32_t c) {
    return c == 0x6211 || c == 0x5168;
}

static bool ends_alike(const kg_i_finder* f, const kg_i_mention* m, uint32_t begin, uint32_t end) {
    const uint32_t length = end - begin;
    return m->end - m->begin > length &&
           memcmp(f->chars + m->end - length, f->chars + begin, length * sizeof *f->chars) == 0;
}

static bool fits(const kg_i_scope* scope, uint32_t mention, kg_type type, uint32_t at) {
    const kg_i_mention* const m = &scope->mentions[mention];
    return m->type == type && m->outer == KG_I_NONE && m->end <= at && m->score >= KG_I_SHOWN;
}

/// The first plain mention of `type` in the sentence before character `at`: its subject as a rule.
static uint32_t first_in(const kg_i_finder* f, uint32_t sentence, kg_type type, uint32_t at) {
    const kg_i_scope* const scope = f->scope;
    const uint32_t first = scope->first_mention[sentence];
    for (uint32_t m = first; m < scope->first_mention[sentence + 1] && m < first + LOOKED; ++m) {
        if (scope->mentions[m].begin >= at) {
            break;
        }
        if (fits(scope, m, type, at)) {
            return m;
        }
    }
    return KG_I_NONE;
}

/// The last one before the token at hand.
static uint32_t last_in(const resolver* r, uint32_t sentence, kg_type type, uint32_t at) {
    const kg_i_scope* const scope = r->finder->scope;
    const uint32_t first = scope->first_mention[sentence];
    for (uint32_t m = r->cursor; m > first && r->cursor - m < LOOKED;) {
        if (fits(scope, --m, type, at)) {
            return m;
        }
    }
    return KG_I_NONE;
}

/// What is named nearest before, at most REACH sentences back within the article.
static uint32_t nearest(const resolver* r, uint32_t sentence, kg_type type, uint32_t at) {
    const kg_i_finder* const f = r->finder;
    uint32_t m = last_in(r, sentence, type, at);
    for (uint32_t back = 1; m == KG_I_NONE && back <= REACH && back <= sentence; ++back) {
        if (article_of(f, sentence - back) != r->article) {
            break;
        }
        m = first_in(f, sentence - back, type, UINT32_MAX);
    }
    return m == KG_I_NONE ? KG_I_NONE : f->scope->mentions[m].entity;
}

/// The one entity of the article so far whose name ends in the noun; KG_I_NONE if several do.
static uint32_t by_ending(const resolver* r, kg_type type, uint32_t begin, uint32_t end) {
    const kg_i_finder* const f = r->finder;
    const kg_i_scope* const scope = f->scope;
    uint32_t found = KG_I_NONE;
    for (uint32_t m = r->cursor; m > r->begin && r->cursor - m < ENDINGS;) {
        const kg_i_mention* const mention = &scope->mentions[--m];
        if (mention->type != type || mention->end > begin || !ends_alike(f, mention, begin, end)) {
            continue;
        }
        if (found != KG_I_NONE && found != mention->entity) {
            return KG_I_NONE;
        }
        found = mention->entity;
    }
    return found;
}

/// Whether the noun stands free: nothing before it that makes it another one.
static bool stands_free(const kg_i_finder* f, uint32_t i, uint32_t first, uint32_t last) {
    if (i + 1 < last) {
        const kg_i_token* const next = &f->tokens[i + 1];
        if (next->flags & (KG_I_FORM | KG_I_HEAD_COMPANY | KG_I_HEAD_PARK)) {
            return false;
        }
    }
    if (i == first) {
        return true;
    }
    const kg_i_token* const before = &f->tokens[i - 1];
    if (before->kind == KG_I_TOKEN_MARK) {
        return before->mark != 0x201C && before->mark != ')';
    }
    const bool of = kg_i_token_length(before) == 1 && f->chars[before->begin] == 0x7684; // 的
    return !of && before->kind == KG_I_TOKEN_WORD &&
           !(before->flags & (KG_I_COUNTER | KG_I_MEASURE | KG_I_IS_ANY | KG_I_LEAD)) &&
           !(before->flags & KG_I_NOUN) && (before->flags & (KG_I_BOUNDARY | KG_I_OTHER));
}

static uint32_t resolve(const resolver* r, uint32_t sentence, const kg_i_token* t, kg_type type,
                        bool doubtful) {
    const kg_i_finder* const f = r->finder;
    const uint32_t c = f->chars[t->begin];
    if (points(c)) {
        return nearest(r, sentence, type, t->begin);
    }
    switch (type) {
    case KG_COMPANY: {
        const uint32_t m = first_in(f, sentence, type, t->begin);
        if (doubtful || c == 0x6BCD || c == 0x540E || c == 0x524D) { // 母公司, 后者, 前者
            return KG_I_NONE;
        }
        return m != KG_I_NONE ? f->scope->mentions[m].entity : r->topic[type];
    }
    case KG_PARK: {
        const uint32_t named = by_ending(r, type, t->begin, t->end);
        if (named != KG_I_NONE || doubtful) {
            return named;
        }
        const bool any = is_own(c) || kg_i_token_length(t) == 2; // 全区, 园区, 新区
        return any ? nearest(r, sentence, type, t->begin) : KG_I_NONE;
    }
    case KG_FACILITY:
        return by_ending(r, type, t->begin, t->end);
    case KG_PLACE: {
        if (f->chars[t->end - 1] == 0x56FD) { // 全国
            return KG_I_NONE;
        }
        const uint32_t named = by_ending(r, type, t->end - 1, t->end);
        return is_own(c) ? named : KG_I_NONE;
    }
    default:
        return KG_I_NONE;
    }
}

/// Whether a mention has part of the token. Tokens come in the order of the text.
static bool is_covered(resolver* r, uint32_t sentence, const kg_i_token* t) {
    const kg_i_scope* const scope = r->finder->scope;
    while (r->cursor < scope->first_mention[sentence + 1] &&
           scope->mentions[r->cursor].begin < t->end) {
        const uint32_t end = scope->mentions[r->cursor++].end;
        r->furthest = end > r->furthest ? end : r->furthest;
    }
    return r->furthest > t->begin;
}

static void visit(resolver* r, uint32_t sentence, uint32_t i, uint32_t first, uint32_t last) {
    kg_i_finder* const f = r->finder;
    const kg_i_token* const t = &f->tokens[i];
    bool doubtful = false;
    const bool covered = is_covered(r, sentence, t);
    const kg_type type = type_of(r, t, &doubtful);
    if (type == KG_TYPE_COUNT || type == KG_PERSON || covered) {
        return;
    }
    const bool pointing = points(f->chars[t->begin]);
    if (!pointing && !stands_free(f, i, first, last)) {
        return;
    }
    const uint32_t entity = resolve(r, sentence, t, type, doubtful);
    if (entity != KG_I_NONE) {
        r->out[r->count++] = (kg_i_mention){.begin = t->begin,
                                            .end = t->end,
                                            .entity = entity,
                                            .outer = KG_I_NONE,
                                            .type = type,
                                            .kind = KG_I_ANAPHOR,
                                            .score = pointing ? .7F : .5F};
    }
}

/// Merge what was found into the scope's mentions, both being in the order of the text.
static kg_status merge(resolver* r) {
    kg_i_scope* const scope = r->finder->scope;
    const uint32_t total = scope->mention_count + r->count;
    kg_i_mention* const all = kg_i_arena_array(scope->arena, (size_t)total + 1, sizeof *all);
    uint32_t* const place =
        kg_i_arena_array(scope->arena, (size_t)scope->mention_count + 1, sizeof *place);
    if (!all || !place) {
        return KG_ERR_MEMORY;
    }
    uint32_t a = 0;
    uint32_t b = 0;
    uint32_t at = 0;
    for (uint32_t s = 0; s < r->finder->sentence_count; ++s) {
        const uint32_t end = scope->first_mention[s + 1];
        scope->first_mention[s] = at;
        while (a < end || (b < r->count && r->out[b].begin < r->finder->sentences[s].end)) {
            const bool named =
                a < end && (b == r->count || r->out[b].begin >= r->finder->sentences[s].end ||
                            scope->mentions[a].begin < r->out[b].begin);
            if (named) {
                place[a] = at;
            }
            all[at++] = named ? scope->mentions[a++] : r->out[b++];
        }
    }
    scope->first_mention[r->finder->sentence_count] = at;
    for (uint32_t i = 0; i < at; ++i) {
        if (all[i].outer != KG_I_NONE) {
            all[i].outer = place[all[i].outer];
        }
    }
    scope->mentions = all;
    scope->mention_count = at;
    return KG_OK;
}

kg_status kg_i_find_anaphors(kg_i_finder* f, kg_error* error) {
    resolver r = {.finder = f, .article = KG_I_NONE};
    uint32_t nouns = 0;
    for (unsigned k = 0; k < KINDS; ++k) {
        r.class[k] = kg_i_lexicon_class(f->scope->lexicon, kinds[k].class);
    }
    for (uint32_t i = 0; i < f->token_count; ++i) {
        nouns += (f->tokens[i].flags & KG_I_STAND_IN) != 0;
    }
    r.out = kg_i_arena_array(f->scope->arena, (size_t)nouns + 1, sizeof *r.out);
    if (!r.out) {
        return KG_OUT_OF_MEMORY(error);
    }
    for (uint32_t s = 0; s < f->sentence_count; ++s) {
        const uint32_t first = f->first_token[s];
        const uint32_t last = f->first_token[s + 1];
        if (r.article == KG_I_NONE || article_of(f, s) != r.article) {
            find_topics(&r, s);
        }
        r.cursor = f->scope->first_mention[s];
        r.furthest = 0;
        for (uint32_t i = first; i < last; ++i) {
            if (f->tokens[i].flags & KG_I_STAND_IN) {
                visit(&r, s, i, first, last);
            }
        }
    }
    return merge(&r) == KG_OK ? KG_OK : KG_OUT_OF_MEMORY(error);
}
