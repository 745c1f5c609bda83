// SPDX-License-Identifier: GPL-3.0-or-later
// Which names are short forms of which, and which doubtful ones their neighbours vouch for.
#include "extract/entity.h"

enum { MAX_PAIRS = 400 };

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

/// Whether all of `shorter` comes in `longer` in its order, in at most two pieces, the first of
/// at least two characters and at the beginning of a word that may begin a name.
static bool is_within(const kg_i_finder* f, const kg_i_candidate* shorter,
                      const kg_i_candidate* longer) {
    const uint32_t* const a = f->chars + shorter->begin;
    const uint32_t* const b = f->chars + longer->begin;
    const uint32_t n = shorter->end - shorter->begin;
    const uint32_t m = longer->end - longer->begin;
    if (n < 2 || n >= m) {
        return false;
    }
    for (uint32_t from = 0; from + n <= m && from <= 6; ++from) {
        uint32_t first = 0;
        while (first < n && kg_i_fold(a[first]) == kg_i_fold(b[from + first])) {
            ++first;
        }
        if (first == n) {
            return true;
        }
        if (first < 2) {
            continue;
        }
        for (uint32_t at = from + first; at + (n - first) <= m; ++at) {
            uint32_t second = 0;
            while (first + second < n &&
                   kg_i_fold(a[first + second]) == kg_i_fold(b[at + second])) {
                ++second;
            }
            if (first + second == n) {
                return true;
            }
        }
    }
    return false;
}

/// Whether a company's name ends in 有限公司 or the like.
static bool is_registered(const kg_i_finder* f, const kg_i_candidate* c) {
    return c->end - c->begin > 6 && f->chars[c->end - 1] == 0x53F8 &&
           f->chars[c->end - 2] == 0x516C;
}

/// Whether `longer` is `shorter` with 公司, 集团, 股份 or the like behind it.
static bool is_formal(const kg_i_finder* f, const kg_i_candidate* shorter,
                      const kg_i_candidate* longer) {
    const uint32_t n = shorter->end - shorter->begin;
    if (n < 2 || n >= longer->end - longer->begin) {
        return false;
    }
    for (uint32_t i = 0; i < n; ++i) {
        if (kg_i_fold(f->chars[shorter->begin + i]) != kg_i_fold(f->chars[longer->begin + i])) {
            return false;
        }
    }
    const uint32_t key = kg_i_automaton_exact(kg_i_lexicon_automaton(f->scope->lexicon), f->chars,
                                              longer->begin + n, longer->end);
    if (key == KG_I_NO_KEY) {
        return false;
    }
    const uint64_t flags = kg_i_lexicon_flags(f->scope->lexicon, key);
    return (flags & KG_I_FORM) ||
           ((flags & KG_I_HEAD_COMPANY) && !(flags & (KG_I_TRADE | KG_I_WEAK_HEAD | KG_I_TAIL)));
}

/// Whether `longer` is `shorter` with a place before it.
static bool is_placed(const kg_i_finder* f, const kg_i_candidate* shorter,
                      const kg_i_candidate* longer) {
    const uint32_t n = shorter->end - shorter->begin;
    const uint32_t m = longer->end - longer->begin;
    if (n >= m || m - n > 6) {
        return false;
    }
    for (uint32_t i = 0; i < n; ++i) {
        if (f->chars[shorter->begin + i] != f->chars[longer->end - n + i]) {
            return false;
        }
    }
    const uint32_t key = kg_i_automaton_exact(kg_i_lexicon_automaton(f->scope->lexicon), f->chars,
                                              longer->begin, longer->end - n);
    return key != KG_I_NO_KEY && (kg_i_lexicon_flags(f->scope->lexicon, key) & KG_I_IS_PLACE);
}

void kg_i_join_short_forms(kg_i_join* j) {
    const kg_i_finder* const f = j->finder;
    if (j->count > MAX_PAIRS) {
        return;
    }
    for (uint32_t i = 0; i < j->count; ++i) {
        const kg_i_group* const g = &j->groups[i];
        const kg_i_candidate* const shorter = &f->found[g->first];
        uint32_t full = KG_I_NONE;
        bool several = false;
        if (g->joined != i || (g->type != KG_COMPANY && g->type != KG_PARK)) {
            continue;
        }
        const bool registered = g->type == KG_COMPANY && is_registered(f, shorter);
        for (uint32_t k = 0; k < j->count; ++k) {
            const kg_i_candidate* const longer = &f->found[j->groups[k].first];
            if (k == i || j->groups[k].type != g->type ||
                !(registered ? is_placed(f, shorter, longer)
                  : g->type == KG_COMPANY
                      ? is_formal(f, shorter, longer) ||
                            (is_registered(f, longer) && is_within(f, shorter, longer))
                      : is_within(f, shorter, longer))) {
                continue;
            }
            several |= full != KG_I_NONE && j->groups[k].joined != j->groups[full].joined;
            full = k;
        }
        if (full != KG_I_NONE && !several) {
            uint32_t root = full;
            while (j->groups[root].joined != root) {
                root = j->groups[root].joined;
            }
            if (root != i) {
                j->groups[i].joined = root;
            }
        }
    }
}

bool kg_i_is_supported(const kg_i_finder* f, uint32_t candidate) {
    const kg_i_candidate* const c = &f->found[candidate];
    if (c->type == KG_PLACE || c->type == KG_PERSON) {
        return true;
    }
    return c->type == KG_COMPANY && c->outer == KG_I_NONE && kg_i_firm_evidence(f, c) >= 3;
}
