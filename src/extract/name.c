// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/name.h"

enum { MAX_NAME = 32, MAX_GROUP = 8 };

#define ENTRY_FLAGS (KG_I_IS_COMPANY | KG_I_IS_PARK | KG_I_IS_FACILITY | KG_I_IS_ORGANIZATION)
#define HEAD_FLAGS                                                                                 \
    (KG_I_HEAD_COMPANY | KG_I_HEAD_PARK | KG_I_HEAD_FACILITY | KG_I_HEAD_ORGANIZATION)
#define COMPANY_PART (KG_I_TRADE | KG_I_FORM | KG_I_HEAD_COMPANY)

static bool is_sure_entry(uint64_t flags) {
    return (flags & ENTRY_FLAGS) && !(flags & KG_I_IS_DOUBTFUL);
}

/// Whether a boundary word may still stand before `next` inside a name of `type`.
static bool is_soft(const kg_i_token* t, const kg_i_token* next, kg_type type) {
    if (!(t->flags & KG_I_SOFT)) {
        return false;
    }
    if (kg_i_token_length(t) == 1) {
        return !(t->flags & (KG_I_OTHER | KG_I_VERB));
    }
    return type == KG_COMPANY && (t->flags & COMPANY_PART) && (next->flags & COMPANY_PART);
}

/// 年产, as in 年产10万吨某某项目
static bool is_yearly(const kg_i_finder* f, const kg_i_token* t) {
    return kg_i_token_length(t) == 2 && f->chars[t->begin] == 0x5E74 &&
           f->chars[t->begin + 1] == 0x4EA7;
}

/// Whether a word may stand inside a name of `type`, `next` being the word behind it.
static bool may_be_inside(const kg_i_finder* f, const kg_i_token* t, const kg_i_token* next,
                          kg_type type) {
    switch (t->kind) {
    case KG_I_TOKEN_CHAR:
    case KG_I_TOKEN_LATIN:
        return true;
    case KG_I_TOKEN_NUMBER:
        return type == KG_FACILITY;
    case KG_I_TOKEN_MARK:
        return false;
    case KG_I_TOKEN_WORD:
        break;
    }
    if (is_sure_entry(t->flags)) {
        return true;
    }
    if (type == KG_FACILITY && kg_i_token_length(t) == 1 && f->chars[t->begin] == 0x53CA) {
        return next->kind != KG_I_TOKEN_MARK; // 甲及乙项目
    }
    if (is_yearly(f, t)) {
        return type == KG_FACILITY && next->kind == KG_I_TOKEN_NUMBER;
    }
    if (t->flags & KG_I_BOUNDARY) {
        return is_soft(t, next, type);
    }
    if ((t->flags & (KG_I_POST | KG_I_CUE | KG_I_NOISE | KG_I_DROP)) &&
        !(type == KG_COMPANY && (t->flags & KG_I_TRADE) && (next->flags & COMPANY_PART))) {
        return false;
    }
    if (t->flags & (KG_I_IS_PLACE | KG_I_IS_SECTOR | KG_I_PART | KG_I_TRADE | HEAD_FLAGS |
                    KG_I_PREFIX | KG_I_NATION)) {
        return !(t->flags & KG_I_STAND_IN) || (t->flags & HEAD_FLAGS);
    }
    if (t->flags & KG_I_STAND_IN) {
        return false;
    }
    if (t->flags & KG_I_MEASURE) {
        return type == KG_FACILITY;
    }
    if (t->flags & KG_I_NOUN) {
        return true;
    }
    return !(t->flags & (KG_I_VERB | KG_I_OTHER));
}

/// The token that opens the bracket or quote that ends at `close`, or `close` if none is near.
static uint32_t group_start(const kg_i_finder* f, uint32_t first, uint32_t close, uint32_t open) {
    for (uint32_t i = close; i > first && close - i < MAX_GROUP;) {
        const kg_i_token* const t = &f->tokens[--i];
        if (kg_i_is_mark(t, open)) {
            return i;
        }
        if (t->kind == KG_I_TOKEN_MARK && t->mark != 0xB7) {
            break;
        }
    }
    return close;
}

static void count_token(kg_i_body* body, const kg_i_token* t) {
    if (t->kind == KG_I_TOKEN_LATIN) {
        ++body->latin;
    } else if (t->kind == KG_I_TOKEN_NUMBER || (t->flags & KG_I_MEASURE)) {
        ++body->numbers;
    } else if (is_sure_entry(t->flags)) {
        ++body->entries;
    } else if ((t->flags & KG_I_IS_COMPANY) && !(t->flags & KG_I_IS_SECTOR)) {
        body->chars += kg_i_token_length(t); // a firm's name by one of its meanings
    } else if (t->flags & KG_I_IS_PLACE) {
        ++body->places;
    } else if (t->flags & (KG_I_IS_SECTOR | KG_I_TRADE)) {
        ++body->sectors;
    } else if (t->kind == KG_I_TOKEN_CHAR || kg_i_token_length(t) == 1) {
        ++body->chars;
    } else {
        ++body->nouns;
    }
}

static bool is_open(const kg_i_finder* f, uint32_t first, uint32_t at) {
    return at == first || f->tokens[at - 1].kind == KG_I_TOKEN_MARK;
}

/// Whether common words alone stand between here and the head.
static bool is_common_to(const kg_i_finder* f, uint32_t at, uint32_t head) {
    for (uint32_t i = at; i < head; ++i) {
        const kg_i_token* const t = &f->tokens[i];
        if (t->kind != KG_I_TOKEN_WORD || kg_i_token_length(t) == 1 ||
            (t->flags & (KG_I_IS_PLACE | KG_I_IS_COMPANY))) {
            return false;
        }
    }
    return true;
}

/// Whether a character that is a word elsewhere is one of a brand here.
static bool is_brand_char(const kg_i_finder* f, uint32_t first, uint32_t at) {
    const kg_i_token* const t = &f->tokens[at];
    const uint32_t c = f->chars[t->begin];
    if (c == 0x7684 || c == 0x4E0E || c == 0x548C || c == 0x53CA) { // 的 与 和 及
        return false;
    }
    if (is_open(f, first, at)) {
        return t->flags & KG_I_MEASURE; // 万某某有限公司
    }
    const kg_i_token* const before = &f->tokens[at - 1];
    return (before->flags & KG_I_IS_PLACE) ||
           ((t->flags & KG_I_MEASURE) && before->kind != KG_I_TOKEN_NUMBER) ||
           (!(t->flags & KG_I_OTHER) && kg_i_is_single(before));
}

/// Whether a word that can be no part of names by itself is one here: 上海于某某有限公司 between a
/// place and the rest, 汇成股份 at the beginning of a clause.
static bool may_be_brand(const kg_i_finder* f, uint32_t first, uint32_t at, uint32_t head,
                         kg_type type) {
    const kg_i_token* const t = &f->tokens[at];
    if (type != KG_COMPANY || t->kind != KG_I_TOKEN_WORD || (t->flags & (KG_I_POST | KG_I_CUE))) {
        return false;
    }
    const uint32_t length = kg_i_token_length(t);
    const uint64_t form = f->tokens[head].flags;
    if (length == 1 && (form & KG_I_FORM) && kg_i_token_length(&f->tokens[head]) > 2) {
        return at + 1 < head && is_brand_char(f, first, at);
    }
    if (length > 1 && (form & KG_I_FORM) && kg_i_token_length(&f->tokens[head]) > 2) {
        // 登记结算有限公司, 销售有限公司: common words right before a legal form.
        return is_common_to(f, at, head) &&
               !(t->flags &
                 (KG_I_STAND_IN | KG_I_NOISE | KG_I_PREFIX | KG_I_LEAD | KG_I_SITE_LEAD)) &&
               !((t->flags & KG_I_BOUNDARY) && !(t->flags & KG_I_SOFT));
    }
    return length == 2 && at + 1 == head && (form & KG_I_HEAD_COMPANY) && !(form & KG_I_TRADE) &&
           !(t->flags & (KG_I_STAND_IN | KG_I_NOISE | KG_I_MEASURE | KG_I_PREFIX)) &&
           !((t->flags & KG_I_BOUNDARY) && !(t->flags & KG_I_SOFT)) && is_open(f, first, at);
}

/// How far left a name may go at most.
static uint32_t reach(const kg_i_finder* f, uint32_t first, uint32_t head, kg_type type,
                      bool* quoted) {
    uint32_t at = head;
    while (at > first && f->tokens[head].begin - f->tokens[at - 1].begin <= MAX_NAME) {
        const kg_i_token* const t = &f->tokens[at - 1];
        if (kg_i_is_mark(t, ')')) {
            const uint32_t open = group_start(f, first, at - 1, '(');
            if (open == at - 1 || open == first) {
                break;
            }
            at = open;
            continue;
        }
        if (kg_i_is_mark(t, 0x201D)) {
            const uint32_t open = group_start(f, first, at - 1, 0x201C);
            if (open != at - 1) {
                *quoted = true;
                at = open;
            }
            break;
        }
        if (kg_i_is_mark(t, 0xB7) && at < head && at - 1 > first) {
            --at;
            continue;
        }
        if (!may_be_inside(f, t, &f->tokens[at], type) &&
            !may_be_brand(f, first, at - 1, head, type)) {
            break;
        }
        // 某某集团某某公司 are two names, 某某高新区某某园 too.
        if (at < head && type == KG_COMPANY && kg_i_token_length(t) > 1 &&
            (t->flags & (KG_I_HEAD_COMPANY | KG_I_FORM)) && !(t->flags & KG_I_TRADE) &&
            !(f->tokens[at].flags & COMPANY_PART) && !kg_i_is_mark(&f->tokens[at], '(')) {
            break;
        }
        if (at < head && type != KG_COMPANY && type != KG_FACILITY &&
            (t->flags & (KG_I_IS_PARK | KG_I_HEAD_PARK)) && !(f->tokens[at].flags & HEAD_FLAGS)) {
            break;
        }
        --at;
    }
    return at;
}

/// Whether a name of its own stands between here and the head: a place, an entry, a brand.
static bool begins_name(const kg_i_finder* f, uint32_t at, uint32_t head) {
    unsigned chars = 0;
    for (uint32_t i = at; i < head; ++i) {
        const kg_i_token* const t = &f->tokens[i];
        if ((t->flags & KG_I_IS_PLACE) || is_sure_entry(t->flags) || t->kind == KG_I_TOKEN_LATIN) {
            return true;
        }
        const bool single = t->kind == KG_I_TOKEN_CHAR || kg_i_token_length(t) == 1;
        chars = single ? chars + 1 : 0;
        if (chars == 2) {
            return true;
        }
    }
    return false;
}

/// Whether a name does not begin with this word though it could go on to the left.
static bool is_trimmed(const kg_i_finder* f, uint32_t at, uint32_t head, kg_type type) {
    const kg_i_token* const t = &f->tokens[at];
    if (type == KG_FACILITY && (t->flags & KG_I_BOUNDARY) && kg_i_token_length(t) == 1) {
        return true;
    }
    if (t->kind == KG_I_TOKEN_MARK) {
        return !kg_i_is_mark(t, 0x201C) && !(kg_i_is_mark(t, '('));
    }
    if (is_sure_entry(t->flags) || t->kind != KG_I_TOKEN_WORD) {
        return false;
    }
    if ((t->flags & KG_I_SITE_LEAD) && type != KG_COMPANY && kg_i_token_length(t) > 1) {
        return true;
    }
    if (t->flags & (KG_I_PREFIX | KG_I_DROP | KG_I_GENERIC)) {
        return true;
    }
    if ((t->flags & KG_I_NATION) && type == KG_COMPANY) {
        return at + 1 < head;
    }
    if (t->flags & KG_I_IS_PLACE) {
        // Of 安徽省合肥市某某园 the last place is enough.
        return type != KG_COMPANY && at + 1 < head && (f->tokens[at + 1].flags & KG_I_IS_PLACE);
    }
    if ((t->flags & (HEAD_FLAGS | KG_I_STAND_IN)) && kg_i_token_length(t) > 1 && at + 1 < head) {
        return true;
    }
    if (type == KG_FACILITY && (t->flags & KG_I_NOUN) && kg_i_token_length(t) > 1 &&
        at + 1 < head && !(t->flags & KG_I_IS_SECTOR)) {
        const uint64_t next = f->tokens[at + 1].flags;
        return (next & KG_I_IS_PLACE) || is_sure_entry(next);
    }
    return type != KG_FACILITY && (t->flags & KG_I_NOUN) && kg_i_token_length(t) > 1 &&
           !(t->flags & (KG_I_TRADE | KG_I_IS_SECTOR)) && begins_name(f, at + 1, head);
}

/// Behind a sum of money or a date at the beginning: 35亿元, 2026年.
static uint32_t skip_amount(const kg_i_finder* f, uint32_t start, uint32_t head) {
    uint32_t end = start;
    bool amount = false;
    while (end < head &&
           (f->tokens[end].kind == KG_I_TOKEN_NUMBER ||
            ((f->tokens[end].flags & KG_I_MEASURE) && !is_yearly(f, &f->tokens[end])))) {
        for (uint32_t i = f->tokens[end].begin; i < f->tokens[end].end; ++i) {
            const uint32_t c = f->chars[i];
            amount |= c == 0x5143 || c == 0x5E74 || c == 0x6708 || c == 0x65E5; // 元 年 月 日
        }
        ++end;
    }
    return amount ? end : start;
}

kg_i_body kg_i_walk_left(const kg_i_finder* f, uint32_t first, uint32_t head, kg_type type) {
    kg_i_body body = {0};
    uint32_t start = skip_amount(f, reach(f, first, head, type, &body.quoted), head);
    while (start < head && is_trimmed(f, start, head, type)) {
        ++start;
    }
    for (uint32_t i = start; i + 1 < head; ++i) { // 全国首个某某园
        if ((f->tokens[i].flags & KG_I_COUNTER) && f->chars[f->tokens[i].begin] == 0x9996) {
            start = i + 1;
        }
    }
    body.start = start;
    for (uint32_t i = start; i < head; ++i) {
        if (f->tokens[i].kind != KG_I_TOKEN_MARK) {
            count_token(&body, &f->tokens[i]);
            body.counted |= (f->tokens[i].flags & KG_I_COUNTER) != 0;
        }
    }
    return body;
}
