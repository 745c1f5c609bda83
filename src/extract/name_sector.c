// SPDX-License-Identifier: GPL-3.0-or-later
// Sectors: the lexicon's, what they grow into with the words beside them (LED照明,
// 新能源汽车零部件), and what stands in one list with them.
#include "extract/name.h"

enum { MAX_SECTOR = 14, MAX_ITEM = 9 };

/// Whether a word may stand inside a sector of several words, or end one.
static bool is_part(const kg_i_token* t) {
    if (t->kind == KG_I_TOKEN_LATIN) {
        return kg_i_token_length(t) <= 5;
    }
    if (t->kind != KG_I_TOKEN_WORD || (t->flags & KG_I_BOUNDARY) ||
        (kg_i_is_named(t) && !(t->flags & KG_I_IS_SECTOR))) {
        return false;
    }
    return (t->flags & (KG_I_IS_SECTOR | KG_I_PHRASE)) ||
           ((t->flags & KG_I_TAIL) &&
            !(t->flags & (KG_I_HEAD_FACILITY | KG_I_FIELD_STOP | KG_I_FIELD_END)));
}

static bool is_sector(const kg_i_token* t) {
    return (t->flags & KG_I_IS_SECTOR) && !(t->flags & KG_I_STAND_IN);
}

static bool is_loose(const kg_i_token* t) {
    return t->flags & (KG_I_IS_LOOSE | KG_I_IS_DOUBTFUL);
}

/// 产业, 行业, 领域 and the like, which a sector may have behind it.
static bool is_suffix(const kg_i_finder* f, const kg_i_token* t) {
    if (kg_i_token_length(t) != 2) {
        return false;
    }
    const uint32_t a = f->chars[t->begin];
    const uint32_t b = f->chars[t->begin + 1];
    return (a == 0x4EA7 && b == 0x4E1A) || (a == 0x884C && b == 0x4E1A) ||
           (a == 0x9886 && b == 0x57DF);
}

/// 、, 和, 及, 与, 以及 and brackets between the members of a list.
static bool is_joint(const kg_i_finder* f, const kg_i_token* t) {
    if (t->kind == KG_I_TOKEN_MARK) {
        return t->mark == 0x3001 || t->mark == 0x201C || t->mark == 0x201D || t->mark == '/';
    }
    if (kg_i_token_length(t) != 1) {
        return kg_i_token_length(t) == 2 && f->chars[t->begin] == 0x4EE5 &&
               f->chars[t->begin + 1] == 0x53CA;
    }
    const uint32_t c = f->chars[t->begin];
    return c == 0x548C || c == 0x53CA || c == 0x4E0E;
}

/// The end of the run of parts that begins at token `at`, cut so that it ends in a sector or tail.
static uint32_t run_end(const kg_i_finder* f, uint32_t at, uint32_t last) {
    uint32_t end = at;
    uint32_t best = at;
    while (end < last && is_part(&f->tokens[end]) &&
           f->tokens[end].end - f->tokens[at].begin <= MAX_SECTOR) {
        ++end;
        if (f->tokens[end - 1].flags & (KG_I_IS_SECTOR | KG_I_TAIL)) {
            best = end;
        }
        if (is_suffix(f, &f->tokens[end - 1])) {
            break;
        }
    }
    return best;
}

/// How much the words around tokens [from, to) say that a field of work is meant.
static unsigned evidence(const kg_i_finder* f, uint32_t from, uint32_t to, uint32_t first,
                         uint32_t last) {
    unsigned count = 0;
    if (from > first) {
        const kg_i_token* const before = &f->tokens[from - 1];
        if (before->flags & KG_I_FIELD_LEAD) {
            count += 2;
        } else if (is_joint(f, before) && from >= first + 2 && is_part(&f->tokens[from - 2])) {
            count += 2;
        } else if (from >= first + 2 && (f->tokens[from - 2].flags & KG_I_FIELD_LEAD)) {
            count += 1;
        }
    }
    if (to < last) {
        const kg_i_token* const next = &f->tokens[to];
        if (next->flags & KG_I_FIELD_END) {
            count += 2;
        } else if (is_joint(f, next) && to + 1 < last && is_part(&f->tokens[to + 1])) {
            count += 2;
        }
    }
    return count;
}

static void add(kg_i_finder* f, uint32_t from, uint32_t to, kg_i_source source, float score) {
    const uint32_t c = kg_i_add_candidate(f, f->tokens[from].begin, f->tokens[to - 1].end,
                                          KG_SECTOR, source, score);
    if (c != KG_I_NONE && to == from + 1) {
        f->found[c].key = f->tokens[from].key;
    }
}

/// The other members of a list that has a sector in it: short, of common words, nothing else.
static void add_siblings(kg_i_finder* f, uint32_t from, uint32_t last) {
    uint32_t i = from;
    while (i < last && kg_i_is_mark(&f->tokens[i], 0x3001)) {
        const uint32_t begin = ++i;
        bool plain = true;
        while (i < last && f->tokens[i].kind != KG_I_TOKEN_MARK && !is_joint(f, &f->tokens[i]) &&
               !(f->tokens[i].flags & (KG_I_BOUNDARY | KG_I_FIELD_END))) {
            const kg_i_token* const t = &f->tokens[i];
            plain &= t->kind == KG_I_TOKEN_LATIN ||
                     (t->flags & (KG_I_NOUN | KG_I_IS_SECTOR | KG_I_TAIL | KG_I_PHRASE)) ||
                     kg_i_token_length(t) == 1;
            plain &= !kg_i_is_named(t) && !(t->flags & (KG_I_POST | KG_I_MEASURE));
            ++i;
        }
        if (i == begin) {
            return;
        }
        const uint32_t length = f->tokens[i - 1].end - f->tokens[begin].begin;
        if (!plain || length < 2 || length > MAX_ITEM) {
            return;
        }
        if (length < 4 && !(f->tokens[i - 1].flags & (KG_I_IS_SECTOR | KG_I_TAIL | KG_I_TRADE))) {
            continue;
        }
        add(f, begin, i, KG_I_FROM_HEAD, .45F);
    }
}

/// Whether a word may stand in the object of 从事 and its like.
static bool is_object(const kg_i_token* t) {
    return t->kind == KG_I_TOKEN_LATIN || t->kind == KG_I_TOKEN_CHAR ||
           (t->kind == KG_I_TOKEN_WORD && !kg_i_is_named(t) &&
            !(t->flags & (KG_I_POST | KG_I_MEASURE | KG_I_STAND_IN | KG_I_IS_PLACE)) &&
            !(t->flags & KG_I_BOUNDARY) &&
            ((t->flags & (KG_I_NOUN | KG_I_IS_SECTOR | KG_I_TAIL | KG_I_PHRASE | KG_I_TRADE)) ||
             kg_i_is_single(t)));
}

/// What a firm is said to do, also where no word of it is a known field: 主营某某某的研发、生产.
static void add_object(kg_i_finder* f, uint32_t verb, uint32_t last) {
    uint32_t from = verb + 1;
    while (from < last &&
           (f->tokens[from].flags & (KG_I_BOUNDARY | KG_I_FIELD_VERB | KG_I_GENERIC)) &&
           from - verb < 3) {
        ++from; // 为, 包括, 国内
    }
    uint32_t to = from;
    while (to < last && is_object(&f->tokens[to])) {
        ++to;
    }
    while (to > from && (f->tokens[to - 1].flags & (KG_I_FIELD_END | KG_I_FIELD_STOP))) {
        --to; // 研发, 业务
    }
    if (to == from || to == last) {
        return;
    }
    const uint32_t length = f->tokens[to - 1].end - f->tokens[from].begin;
    const bool known = f->tokens[from].flags & KG_I_IS_SECTOR;
    if (length < 2 || length > MAX_SECTOR || (to == from + 1 && !known) ||
        !(f->tokens[to - 1].flags & (KG_I_NOUN | KG_I_IS_SECTOR | KG_I_TAIL | KG_I_TRADE))) {
        return;
    }
    add(f, from, to, KG_I_FROM_HEAD, .45F);
}

void kg_i_find_sectors(kg_i_finder* f, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last;) {
        if (f->tokens[i].flags & KG_I_FIELD_VERB) {
            add_object(f, i, last);
        }
        if (!is_part(&f->tokens[i])) {
            ++i;
            continue;
        }
        const uint32_t end = run_end(f, i, last);
        bool any = false;
        bool strict = false;
        for (uint32_t k = i; k < end; ++k) {
            any |= is_sector(&f->tokens[k]);
            strict |= is_sector(&f->tokens[k]) && !is_loose(&f->tokens[k]);
        }
        if (!any) {
            i = end > i ? end : i + 1;
            continue;
        }
        const unsigned says = evidence(f, i, end, first, last);
        const bool several = end > i + 1 && !(end == i + 2 && is_suffix(f, &f->tokens[end - 1]));
        const bool suffixed = is_suffix(f, &f->tokens[end - 1]);
        const bool stopped = end < last && (f->tokens[end].flags & KG_I_FIELD_STOP);
        const unsigned needed = (strict ? 1U : 3U) + several + stopped - suffixed;
        if (says >= needed) {
            add(f, i, end, KG_I_FROM_LEXICON, strict ? .6F : .5F);
            if (says >= 2 && !stopped) {
                add_siblings(f, end, last);
            }
        } else if (strict && !several) {
            add(f, i, end, KG_I_FROM_DOUBT, .35F);
        } else {
            add(f, i, end, KG_I_FROM_DOUBT, .3F);
        }
        i = end;
    }
}
