// SPDX-License-Identifier: GPL-3.0-or-later
// Which names are short forms of which. Never by likeness alone: what is left out must be a place
// before the name, a legal form behind it, or words of a registered name.
#include "extract/entity.h"

enum { MAX_PAIRS = 400, MAX_PREFIX = 6, LONG_ENOUGH = 6 };

uint32_t kg_i_core_end(const kg_i_finder* f, const kg_i_candidate* c) {
    static const uint32_t tails[][2] = {{0x4EA7, 0x4E1A}, {0x884C, 0x4E1A}, {0x9886, 0x57DF}};
    if (c->type != KG_SECTOR || c->end - c->begin < 4) {
        return c->end;
    }
    for (size_t i = 0; i < sizeof tails / sizeof *tails; ++i) {
        if (f->chars[c->end - 2] == tails[i][0] && f->chars[c->end - 1] == tails[i][1]) {
            return c->end - 2;
        }
    }
    return c->end;
}

/// What the lexicon says of chars[begin, end) as a whole; 0 if nothing.
static uint64_t flags_of(const kg_i_finder* f, uint32_t begin, uint32_t end) {
    const uint32_t key =
        kg_i_automaton_exact(kg_i_lexicon_automaton(f->scope->lexicon), f->chars, begin, end);
    return key == KG_I_NO_KEY ? 0 : kg_i_lexicon_flags(f->scope->lexicon, key);
}

static bool same(const kg_i_finder* f, uint32_t a, uint32_t b, uint32_t length) {
    for (uint32_t i = 0; i < length; ++i) {
        if (kg_i_fold(f->chars[a + i]) != kg_i_fold(f->chars[b + i])) {
            return false;
        }
    }
    return true;
}

static uint32_t length_of(const kg_i_candidate* c) {
    return c->end - c->begin;
}

/// Whether a company's name ends in 有限公司, 有限责任公司 or the like.
static bool is_registered(const kg_i_finder* f, const kg_i_candidate* c) {
    return length_of(c) > 6 && f->chars[c->end - 1] == 0x53F8 && f->chars[c->end - 2] == 0x516C &&
           (f->chars[c->end - 3] == 0x9650 || f->chars[c->end - 3] == 0x4EFB);
}

/// Whether a place stands inside the name, behind its beginning: 某某（中国）有限公司 is a member
/// of 某某 and not 某某 itself.
static bool has_place_within(const kg_i_finder* f, const kg_i_candidate* c, uint32_t from) {
    const uint32_t last = kg_i_token_from(f, c->end);
    for (uint32_t i = kg_i_token_from(f, from); i < last; ++i) {
        if (f->tokens[i].flags & (KG_I_IS_PLACE | KG_I_PART)) {
            return true;
        }
    }
    return false;
}

/// Whether all of `shorter` comes in `longer` in its order, in at most two pieces, the first of
/// two characters or more at the beginning or behind a place.
static bool is_within(const kg_i_finder* f, const kg_i_candidate* shorter,
                      const kg_i_candidate* longer) {
    const uint32_t n = length_of(shorter);
    const uint32_t m = length_of(longer);
    if (n < 2 || n >= m) {
        return false;
    }
    for (uint32_t from = 0; from + n <= m && from <= MAX_PREFIX; ++from) {
        uint32_t first = 0;
        while (first < n && same(f, shorter->begin + first, longer->begin + from + first, 1)) {
            ++first;
        }
        if (first < 2 ||
            (from && !(flags_of(f, longer->begin, longer->begin + from) & KG_I_IS_PLACE))) {
            continue;
        }
        if (longer->type == KG_COMPANY &&
            has_place_within(f, longer, longer->begin + from + first)) {
            return false;
        }
        const uint32_t rest = n - first;
        for (uint32_t at = from + first; rest == 0 || at + rest <= m; ++at) {
            if (rest == 0 || same(f, shorter->begin + first, longer->begin + at, rest)) {
                return true;
            }
        }
    }
    return false;
}

/// Whether `longer` is `shorter` with 公司, 集团, 股份 or the like behind it, of a facility with
/// 项目.
static bool is_formal(const kg_i_finder* f, const kg_i_candidate* shorter,
                      const kg_i_candidate* longer) {
    const uint32_t n = length_of(shorter);
    if (n < 2 || n >= length_of(longer) || !same(f, shorter->begin, longer->begin, n)) {
        return false;
    }
    const uint64_t flags = flags_of(f, longer->begin + n, longer->end);
    if (longer->type == KG_FACILITY) {
        return (flags & KG_I_HEAD_FACILITY) && f->chars[longer->end - 1] == 0x76EE &&
               f->chars[longer->end - 2] == 0x9879;
    }
    return longer->type == KG_COMPANY &&
           ((flags & KG_I_FORM) ||
            ((flags & KG_I_HEAD_COMPANY) && !(flags & (KG_I_TRADE | KG_I_WEAK_HEAD | KG_I_TAIL))));
}

/// Whether `longer` is `shorter` with a place before it, or, of a facility, with anything.
static bool is_placed(const kg_i_finder* f, const kg_i_candidate* shorter,
                      const kg_i_candidate* longer) {
    const uint32_t n = length_of(shorter);
    const uint32_t m = length_of(longer);
    if (n < 3 || n >= m || !same(f, shorter->begin, longer->end - n, n)) {
        return false;
    }
    return (longer->type == KG_FACILITY && n >= LONG_ENOUGH) ||
           (flags_of(f, longer->begin, longer->end - n) & KG_I_IS_PLACE);
}

static uint32_t root_of(const kg_i_join* j, uint32_t group) {
    while (j->groups[group].joined != group) {
        group = j->groups[group].joined;
    }
    return group;
}

/// Make two groups one, unless the lexicon knows them as two.
static void unite(kg_i_join* j, uint32_t a, uint32_t b) {
    a = root_of(j, a);
    b = root_of(j, b);
    kg_i_group* const x = &j->groups[a < b ? a : b];
    kg_i_group* const y = &j->groups[a < b ? b : a];
    if (a == b || (x->entry && y->entry && x->entry != y->entry)) {
        return;
    }
    x->entry = x->entry ? x->entry : y->entry;
    y->joined = a < b ? a : b;
}

/// 股份 and 控股 make a firm of their own where the group is named too.
static bool is_branch(const kg_i_finder* f, const kg_i_candidate* longer) {
    const uint32_t c = f->chars[longer->end - 1];
    return c == 0x4EFD || c == 0x80A1;
}

/// Join the groups that differ by a legal form or a place only.
static void join_forms(kg_i_join* j, uint32_t i) {
    const kg_i_finder* const f = j->finder;
    const kg_i_candidate* const shorter = &f->found[j->groups[i].first];
    bool formal = false;
    for (unsigned pass = 0; pass < 2; ++pass) { // forms of the firm itself first
        for (uint32_t k = 0; k < j->count; ++k) {
            const kg_i_candidate* const longer = &f->found[j->groups[k].first];
            if (k == i || longer->type != shorter->type || is_branch(f, longer) != pass) {
                continue;
            }
            if (is_placed(f, shorter, longer)) {
                unite(j, i, k);
            } else if (is_formal(f, shorter, longer) && (pass == 0 || !formal)) {
                formal = true;
                unite(j, i, k);
            }
        }
    }
}

/// Join a group to the one registered name, or the one zone, that it shortens.
static void join_within(kg_i_join* j, uint32_t i) {
    const kg_i_finder* const f = j->finder;
    const kg_i_group* const g = &j->groups[i];
    const kg_i_candidate* const shorter = &f->found[g->first];
    uint32_t full = KG_I_NONE;
    // A firm of the lexicon has its registered name there: what else begins so is a member of it.
    if (g->joined != i || (g->type == KG_COMPANY && (g->entry || is_registered(f, shorter)))) {
        return;
    }
    for (uint32_t k = 0; k < j->count; ++k) {
        const kg_i_candidate* const longer = &f->found[j->groups[k].first];
        if (k == i || longer->type != g->type ||
            (g->type == KG_COMPANY && !is_registered(f, longer)) ||
            !is_within(f, shorter, longer)) {
            continue;
        }
        const uint32_t root = root_of(j, k);
        if (full != KG_I_NONE && root != full) {
            return; // it could be either
        }
        full = root;
    }
    if (full != KG_I_NONE && full != i) {
        j->groups[i].joined = full;
    }
}

void kg_i_join_short_forms(kg_i_join* j) {
    if (j->count > MAX_PAIRS) {
        return;
    }
    for (uint32_t i = 0; i < j->count; ++i) {
        const kg_type type = j->groups[i].type;
        if (type == KG_COMPANY || type == KG_PARK || type == KG_FACILITY ||
            type == KG_ORGANIZATION) {
            join_forms(j, i);
        }
    }
    for (uint32_t i = 0; i < j->count; ++i) {
        if (j->groups[i].type == KG_COMPANY || j->groups[i].type == KG_PARK) {
            join_within(j, i);
        }
    }
}

bool kg_i_is_supported(const kg_i_finder* f, uint32_t candidate) {
    const kg_i_candidate* const c = &f->found[candidate];
    if (c->type == KG_PLACE || c->type == KG_PERSON) {
        return true;
    }
    const int needed = c->key != KG_I_NO_KEY ? 1 : c->score <= KG_I_BRAND_SCORE ? 4 : 3;
    return c->type == KG_COMPANY && c->outer == KG_I_NONE && kg_i_firm_evidence(f, c) >= needed;
}

bool kg_i_is_possible(const kg_i_finder* f, uint32_t candidate) {
    const kg_i_candidate* const c = &f->found[candidate];
    if (c->outer != KG_I_NONE) {
        return false;
    }
    if (c->type == KG_COMPANY) {
        return kg_i_firm_evidence(f, c) >= (c->key == KG_I_NO_KEY ? 1 : 0);
    }
    return c->type == KG_SECTOR;
}
