// SPDX-License-Identifier: GPL-3.0-or-later
// What the words around a doubtful name say: whether a firm acts here, whether a term is used as
// somebody's field of work.
#include "extract/mention.h"

enum { NEAR = 6 };

static const kg_i_token* token_at(const kg_i_finder* f, uint32_t i, uint32_t first, uint32_t last) {
    return i >= first && i < last ? &f->tokens[i] : NULL;
}

/// The sentence that holds a character, by halving.
static uint32_t sentence_of(const kg_i_finder* f, uint32_t at) {
    uint32_t low = 0;
    uint32_t high = f->sentence_count;
    while (low + 1 < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (f->sentences[middle].begin <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool has(const kg_i_token* t, uint64_t flags) {
    return t && (t->flags & flags);
}

static bool is_mark(const kg_i_token* t, uint32_t mark) {
    return t && kg_i_is_mark(t, mark);
}

/// Whether a token ends or begins a name that is surely a company's.
static bool is_firm(const kg_i_token* t) {
    return t && (((t->flags & KG_I_IS_COMPANY) && !(t->flags & KG_I_IS_DOUBTFUL)) ||
                 ((t->flags & (KG_I_FORM | KG_I_HEAD_COMPANY)) && !(t->flags & KG_I_TRADE)));
}

/// 等企业, 等公司, 等品牌 close a list of firms.
static bool closes_firms(const kg_i_finder* f, uint32_t i, uint32_t last) {
    if (i >= last || f->tokens[i].kind != KG_I_TOKEN_WORD ||
        f->chars[f->tokens[i].begin] != 0x7B49) {
        return false;
    }
    if (kg_i_token_length(&f->tokens[i]) > 1) {
        return f->tokens[i].flags & KG_I_ACTOR;
    }
    for (uint32_t k = i + 1; k < last && k < i + 5; ++k) {
        if (f->tokens[k].kind == KG_I_TOKEN_MARK) {
            return false;
        }
        if (f->tokens[k].flags & KG_I_LEAD) {
            return f->tokens[k].flags & KG_I_NOUN;
        }
    }
    return false;
}

/// Whether a list that goes on behind or before the name has a sure company in it.
static bool in_list_of_firms(const kg_i_finder* f, uint32_t from, uint32_t to, uint32_t first,
                             uint32_t last) {
    if (is_mark(token_at(f, to, first, last), 0x3001)) {
        for (uint32_t i = to + 1; i < last && i < to + 1 + 3 * NEAR; ++i) {
            const kg_i_token* const t = &f->tokens[i];
            if (t->kind == KG_I_TOKEN_MARK && t->mark != 0x3001 && t->mark != '(' &&
                t->mark != ')') {
                break;
            }
            if (is_firm(t) || closes_firms(f, i, last)) {
                return true;
            }
        }
    }
    if (closes_firms(f, to, last) && from > first && is_mark(&f->tokens[from - 1], 0x3001)) {
        return true;
    }
    if (from > first && is_mark(&f->tokens[from - 1], 0x3001)) {
        for (uint32_t i = from - 1; i > first && from - i < 3 * NEAR;) {
            const kg_i_token* const t = &f->tokens[--i];
            if (t->kind == KG_I_TOKEN_MARK && t->mark != 0x3001 && t->mark != '(' &&
                t->mark != ')') {
                break;
            }
            if (is_firm(t)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_brand(const kg_i_candidate* c) {
    return c->key == KG_I_NO_KEY && c->score <= KG_I_BRAND_SCORE;
}

/// Whether a run of characters looks like a person's name.
static bool is_personal(const kg_i_finder* f, const kg_i_candidate* c, uint32_t from) {
    return is_brand(c) && c->end - c->begin <= 3 && (f->tokens[from].flags & KG_I_SURNAME);
}

bool kg_i_is_titled(const kg_i_finder* f, const kg_i_candidate* c) {
    const kg_document* const document = kg_text_document(f->scope->text);
    return document->blocks[f->sentences[sentence_of(f, c->begin)].block].kind == KG_BLOCK_TITLE;
}

int kg_i_firm_evidence(const kg_i_finder* f, const kg_i_candidate* c) {
    const uint32_t sentence = sentence_of(f, c->begin);
    const uint32_t first = f->first_token[sentence];
    const uint32_t last = f->first_token[sentence + 1];
    const uint32_t from = kg_i_token_from(f, c->begin);
    const uint32_t to = kg_i_token_from(f, c->end);
    const kg_i_token* const before = from > first ? &f->tokens[from - 1] : NULL;
    const kg_i_token* const next = token_at(f, to, first, last);
    const kg_block* const block =
        &kg_text_document(f->scope->text)->blocks[f->sentences[sentence].block];
    const bool personal = is_personal(f, c, from);
    int evidence = is_brand(c) ? -1 : 0;
    if (is_mark(next, '(')) {
        const kg_i_token* const inside = token_at(f, to + 1, first, last);
        evidence += inside && (inside->kind == KG_I_TOKEN_NUMBER ||
                               inside->kind == KG_I_TOKEN_LATIN || (inside->flags & KG_I_CUE))
                        ? 4
                        : 0;
    }
    if (!before || before->kind == KG_I_TOKEN_MARK) {
        evidence += before && before->mark == 0x3001 ? 0 : 1;
        evidence += !before && is_mark(next, 0xFF1A) ? 3 : 0;
        evidence += !personal && has(next, KG_I_ACTOR) ? 2 : 0;
    } else {
        evidence += !personal && has(next, KG_I_ACTOR) ? 1 : 0;
        evidence += has(before, KG_I_LEAD) ? 1 : 0;
        evidence += has(before, KG_I_NATION) ? 1 : 0;
    }
    if (block->kind == KG_BLOCK_TITLE) {
        evidence += 1;
    }
    if (!personal && has(next, KG_I_POST)) {
        evidence += 3;
    }
    if (in_list_of_firms(f, from, to, first, last)) {
        evidence += 3;
    }
    // A word that goes on as a common noun is no name: 苹果产量.
    if (next && (next->flags & KG_I_NOUN) && !(next->flags & (KG_I_ACTOR | KG_I_POST)) &&
        !is_firm(next)) {
        evidence -= 1;
    }
    return evidence;
}
