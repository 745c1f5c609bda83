// SPDX-License-Identifier: GPL-3.0-or-later
// Patterns are tried from left to right. A pattern begins at a mention or at a trigger word; a gap
// takes the nearest thing that fits, so that work is bounded by the items and the gaps' lengths.
#include "extract/line.h"

enum { POST_MAX = 20 };

typedef struct {
    const kg_i_sheet* sheet;
    const kg_i_line* line;
    const kg_i_cell* tokens;
    const kg_i_hit* hits;
    const kg_i_scope* scope;
    const kg_i_patterns* patterns;
    const kg_i_pattern* pattern;
    kg_i_hold hold;
    unsigned steps; ///< left before giving up: patterns of users may be hostile
} matcher;

static bool fits(matcher* m, uint32_t item, uint32_t at);

static const kg_i_mention* mention_of(const matcher* m, uint32_t at) {
    return &m->scope->mentions[m->tokens[at].mention];
}

static bool slot_takes(const matcher* m, const kg_i_item* item, uint32_t at) {
    return m->tokens[at].kind == KG_I_CELL_MENTION && (item->types >> mention_of(m, at)->type & 1);
}

static bool fit_words(matcher* m, uint32_t item, uint32_t at) {
    const kg_i_item* const it = &m->pattern->items[item];
    if (at < m->line->token_count) {
        for (uint32_t h = m->tokens[at].first_hit; h < m->line->hit_count; ++h) {
            const kg_i_hit* const hit = &m->hits[h];
            if (hit->begin != at) {
                break;
            }
            if (kg_i_class_has(&m->patterns->word_classes[hit->key], it->words) &&
                fits(m, item + 1, hit->end)) {
                return true;
            }
        }
    }
    return it->optional && fits(m, item + 1, at);
}

static bool has_word(const matcher* m, uint32_t at, uint16_t class) {
    if (at >= m->line->token_count) {
        return false;
    }
    for (uint32_t h = m->tokens[at].first_hit; h < m->line->hit_count && m->hits[h].begin == at;
         ++h) {
        if (kg_i_class_has(&m->patterns->word_classes[m->hits[h].key], class)) {
            return true;
        }
    }
    return false;
}

static bool fit_slot(matcher* m, uint32_t item, uint32_t at) {
    const kg_i_item* const it = &m->pattern->items[item];
    if (it->carried) {
        m->hold.token[it->object] = KG_I_NONE;
        return fits(m, item + 1, at);
    }
    if (at >= m->line->token_count || !slot_takes(m, it, at)) {
        return false;
    }
    const kg_i_list* const group = &m->sheet->groups.items[m->tokens[at].group];
    m->hold.token[it->object] = at;
    m->hold.list[it->object] = it->list && group->count > 1;
    if (it->inner) {
        m->hold.token[!it->object] = at;
        m->hold.inner[!it->object] = true;
    }
    return fits(m, item + 1, it->list ? group->end_token : at + 1);
}

/// Types that a strict gap does not pass: those of the slots around it.
static uint8_t barrier(const matcher* m, uint32_t item) {
    uint8_t types = 0;
    for (uint32_t i = item; i-- > 0;) {
        if (m->pattern->items[i].kind == KG_I_SLOT) {
            types |= m->pattern->items[i].types;
            break;
        }
    }
    for (uint32_t i = item + 1; i < m->pattern->item_count; ++i) {
        if (m->pattern->items[i].kind == KG_I_SLOT) {
            types |= m->pattern->items[i].types;
            break;
        }
    }
    return types;
}

static bool fit_gap(matcher* m, uint32_t item, uint32_t at) {
    const kg_i_item* const it = &m->pattern->items[item];
    const uint8_t stop = it->mode == KG_I_GAP_LOOSE ? 0 : barrier(m, item);
    for (uint32_t i = 0; i <= it->length; ++i, ++at) {
        if (fits(m, item + 1, at)) {
            return true;
        }
        if (at >= m->line->token_count) {
            return false;
        }
        const kg_i_cell* const token = &m->tokens[at];
        if ((it->mode == KG_I_GAP_CLAUSE && kg_i_cell_breaks(token)) ||
            token->kind == KG_I_CELL_STOP ||
            (token->kind == KG_I_CELL_MENTION && (stop >> mention_of(m, at)->type & 1))) {
            return false;
        }
    }
    return false;
}

/// A post: up to POST_MAX tokens that end with a word of @post, the longest that lets the rest fit.
static bool fit_post(matcher* m, uint32_t item, uint32_t at) {
    uint32_t end = at;
    while (end < m->line->token_count && end - at < POST_MAX &&
           !kg_i_cell_breaks(&m->tokens[end]) &&
           !(m->tokens[end].kind == KG_I_CELL_MENTION && mention_of(m, end)->type == KG_PERSON)) {
        ++end;
    }
    for (uint32_t last = end; last > at; --last) {
        for (uint32_t first = last; first-- > at;) {
            for (uint32_t h = m->tokens[first].first_hit;
                 h < m->line->hit_count && m->hits[h].begin == first; ++h) {
                if (m->hits[h].end == last &&
                    kg_i_class_has(&m->patterns->word_classes[m->hits[h].key], KG_I_CLASS_POST) &&
                    fits(m, item + 1, last)) {
                    m->hold.title_begin = m->tokens[at].begin;
                    m->hold.title_end = m->tokens[last - 1].end;
                    return true;
                }
            }
        }
    }
    return false;
}

static bool fits(matcher* m, uint32_t item, uint32_t at) {
    if (m->steps == 0) {
        return false;
    }
    --m->steps;
    if (item == m->pattern->item_count) {
        m->hold.end = at;
        return true;
    }
    const kg_i_item* const it = &m->pattern->items[item];
    switch (it->kind) {
    case KG_I_SLOT:
        return fit_slot(m, item, at);
    case KG_I_WORDS:
        return fit_words(m, item, at);
    case KG_I_UNLESS:
        return !has_word(m, at, it->words) && fits(m, item + 1, at);
    case KG_I_GAP:
        return fit_gap(m, item, at);
    case KG_I_START:
        return (at == 0 || kg_i_cell_breaks(&m->tokens[at - 1])) && fits(m, item + 1, at);
    case KG_I_END:
        return (at >= m->line->token_count || kg_i_cell_breaks(&m->tokens[at])) &&
               fits(m, item + 1, at);
    case KG_I_TITLE:
        return fit_post(m, item, at);
    default:
        return false;
    }
}

static bool try_at(matcher* m, uint32_t at, kg_i_on_hold on_hold, void* handle) {
    m->hold = (kg_i_hold){.pattern = m->pattern, .token = {KG_I_NONE, KG_I_NONE}, .begin = at};
    m->steps = 4000;
    return !fits(m, 0, at) || on_hold(handle, &m->hold);
}

/// The item that a match begins with: not a carried slot, which stands for nothing.
static const kg_i_item* first_item(const kg_i_pattern* pattern) {
    const unsigned first =
        pattern->item_count && pattern->items[0].kind == KG_I_SLOT && pattern->items[0].carried;
    return first < pattern->item_count ? &pattern->items[first] : NULL;
}

static bool match_pattern(matcher* m, kg_i_on_hold on_hold, void* handle) {
    const kg_i_item* const first = first_item(m->pattern);
    if (!first) {
        return true;
    }
    if (first->kind == KG_I_WORDS && !first->optional) {
        uint32_t last = KG_I_NONE;
        for (uint32_t h = 0; h < m->line->hit_count; ++h) {
            if (m->hits[h].begin != last &&
                kg_i_class_has(&m->patterns->word_classes[m->hits[h].key], first->words)) {
                last = m->hits[h].begin;
                if (!try_at(m, last, on_hold, handle)) {
                    return false;
                }
            }
        }
        return true;
    }
    for (uint32_t t = 0; t < m->line->token_count; ++t) {
        if (first->kind == KG_I_SLOT) {
            if (!slot_takes(m, first, t)) {
                continue;
            }
            // A list is taken once, from its first member.
            if (first->list && m->sheet->groups.items[m->tokens[t].group].begin_token != t) {
                continue;
            }
        } else if (first->kind == KG_I_START && t > 0 && !kg_i_cell_breaks(&m->tokens[t - 1])) {
            continue;
        }
        if (!try_at(m, t, on_hold, handle)) {
            return false;
        }
    }
    return true;
}

bool kg_i_match_line(const kg_i_sheet* sheet, const kg_i_line* line, const kg_i_scope* scope,
                     const kg_i_patterns* patterns, kg_i_on_hold on_hold, void* handle) {
    matcher m = {.sheet = sheet,
                 .line = line,
                 .tokens = sheet->tokens.items + line->token,
                 .hits = sheet->hits.items + line->hit,
                 .scope = scope,
                 .patterns = patterns};
    if (line->token_count == 0) {
        return true;
    }
    for (uint32_t i = 0; i < patterns->count; ++i) {
        m.pattern = &patterns->items[i];
        if (m.pattern->disabled || (m.pattern->need != KG_I_CLASS_MAX &&
                                    !kg_i_class_has(&line->classes, m.pattern->need))) {
            continue;
        }
        if (!match_pattern(&m, on_hold, handle)) {
            return false;
        }
    }
    return true;
}
