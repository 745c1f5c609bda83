// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/try.h"
#include "extract/relation.h"

#include <string.h>

enum {
    NEIGHBOURS = 6,    ///< lists to the right of a list that it is paired with
    REACH = 70,        ///< tokens between two ends
    PRODUCT_MAX = 2000 ///< pairs of two lists' members
};

static bool is_actor(kg_type type) {
    return type == KG_COMPANY || type == KG_ORGANIZATION || type == KG_PARK || type == KG_FACILITY;
}

static bool joins(kg_type subject, kg_type object) {
    for (unsigned p = 0; p < KG_PREDICATE_COUNT; ++p) {
        if (kg_predicate_allows((kg_predicate)p, subject, object)) {
            return true;
        }
    }
    return false;
}

static const kg_i_mention* mention(const kg_i_reader* r, uint32_t index) {
    return &r->scope->mentions[index];
}

static const kg_i_cell* token_at(const kg_i_reader* r, uint32_t at) {
    return &r->sheet->tokens.items[r->line->token + at];
}

/// The token of a character of the line at hand, or KG_I_NONE.
static uint32_t token_of(const kg_i_reader* r, uint32_t character) {
    uint32_t low = 0, high = r->line->token_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (token_at(r, middle)->end <= character) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < r->line->token_count && token_at(r, low)->begin <= character ? low : KG_I_NONE;
}

static uint8_t signs_around(const kg_i_reader* r, uint32_t begin, uint32_t end) {
    const uint32_t from = token_of(r, begin), to = token_of(r, end - 1);
    return from == KG_I_NONE ? 0 : kg_i_signs_of(r, from, to == KG_I_NONE ? from + 1 : to + 1);
}

/// A sight between two mentions, its features to be added by the caller behind this call.
static kg_i_sight* add_sight(kg_i_reader* r, const kg_i_mention* subject,
                             const kg_i_mention* object, kg_i_how how) {
    if (r->sights.count >= KG_I_SIGHT_MAX) {
        r->full = true;
        return NULL;
    }
    uint32_t count = 0;
    const kg_sentence* const sentence =
        &kg_text_sentences(r->scope->text, &count)[r->line->sentence];
    // An end that is carried along from elsewhere is no part of the quote.
    const bool s_here = subject->begin >= sentence->begin && subject->end <= sentence->end;
    const bool o_here = object->begin >= sentence->begin && object->end <= sentence->end;
    const kg_i_mention* const a = s_here ? subject : object;
    const kg_i_mention* const b = o_here ? object : subject;
    kg_i_sight sight = {.subject = subject->entity,
                        .object = object->entity,
                        .sentence = r->line->sentence,
                        .begin = a->begin < b->begin ? a->begin : b->begin,
                        .end = a->end > b->end ? a->end : b->end,
                        .feature = (uint32_t)r->features.count,
                        .pattern = KG_I_NONE,
                        .how = (uint8_t)how};
    sight.signs = signs_around(r, sight.begin, sight.end);
    return kg_i_vec_push(&r->sights, sight) ? &r->sights.items[r->sights.count - 1] : NULL;
}

static void close_sight(kg_i_reader* r) {
    kg_i_sight* const sight = &r->sights.items[r->sights.count - 1];
    sight->feature_count = (uint32_t)r->features.count - sight->feature;
}

// Two in one line ----------------------------------------------------------------------------

static bool see_line(kg_i_reader* r, uint32_t left, uint32_t right, uint32_t left_mention,
                     uint32_t right_mention) {
    const kg_i_mention* const a = mention(r, left_mention);
    const kg_i_mention* const b = mention(r, right_mention);
    if (a->entity == b->entity) {
        return true;
    }
    for (unsigned turn = 0; turn < 2; ++turn) {
        const kg_i_mention* const s = turn ? b : a;
        const kg_i_mention* const o = turn ? a : b;
        if (!joins(s->type, o->type)) {
            continue;
        }
        if (!add_sight(r, s, o, KG_I_HOW_LINE)) {
            return r->full;
        }
        if (!kg_i_features_line(r, left, right, s->type, o->type, !turn)) {
            return false;
        }
        close_sight(r);
    }
    return true;
}

/// Members of two lists, each with each; or of one list among themselves.
static bool see_lists(kg_i_reader* r, const kg_i_list* a, const kg_i_list* b) {
    const uint32_t* const members = r->sheet->members.items;
    unsigned product = 0;
    for (uint32_t i = 0; i < a->count; ++i) {
        for (uint32_t k = a == b ? i + 1 : 0; k < b->count; ++k) {
            if (++product > PRODUCT_MAX) {
                return true;
            }
            if (!see_line(r, a->begin_token, a == b ? a->end_token - 1 : b->begin_token,
                          members[a->first + i], members[b->first + k])) {
                return false;
            }
        }
    }
    return true;
}

static bool see_whole_line(kg_i_reader* r) {
    for (uint32_t t = 0; t < r->line->token_count; ++t) {
        const kg_i_cell* const token = token_at(r, t);
        if (token->kind != KG_I_CELL_MENTION) {
            continue;
        }
        const kg_i_list* const group = &r->sheet->groups.items[token->group];
        if (group->begin_token != t) {
            continue;
        }
        if (group->count > 1 && !see_lists(r, group, group)) {
            return false;
        }
        unsigned seen = 0;
        for (uint32_t u = group->end_token;
             u < r->line->token_count && seen < NEIGHBOURS && u - group->end_token < REACH; ++u) {
            const kg_i_cell* const other = token_at(r, u);
            if (other->kind != KG_I_CELL_MENTION) {
                continue;
            }
            const kg_i_list* const next = &r->sheet->groups.items[other->group];
            if (next->begin_token == u) {
                ++seen;
                if (!see_lists(r, group, next)) {
                    return false;
                }
            }
        }
    }
    return true;
}

// Nested, aside, carried ---------------------------------------------------------------------

static bool see_nested(kg_i_reader* r, uint32_t inner_index) {
    const kg_i_mention* const inner = mention(r, inner_index);
    const kg_i_mention* const outer = mention(r, inner->outer);
    if (outer->entity == inner->entity) {
        return true;
    }
    for (unsigned turn = 0; turn < 2; ++turn) {
        const kg_i_mention* const s = turn ? inner : outer;
        const kg_i_mention* const o = turn ? outer : inner;
        if (!joins(s->type, o->type)) {
            continue;
        }
        if (!add_sight(r, s, o, KG_I_HOW_NESTED)) {
            return r->full;
        }
        if (!kg_i_features_nested(r, outer, inner, !turn)) {
            return false;
        }
        close_sight(r);
    }
    return true;
}

/// `other` is elsewhere, the mention of token `at` is here.
static bool see_carried(kg_i_reader* r, kg_i_how how, uint32_t at, const kg_i_mention* other,
                        uint32_t sentences) {
    const kg_i_mention* const here = mention(r, token_at(r, at)->mention);
    if (other->entity == here->entity) {
        return true;
    }
    for (unsigned turn = 0; turn < 2; ++turn) {
        const kg_i_mention* const s = turn ? here : other;
        const kg_i_mention* const o = turn ? other : here;
        if (!joins(s->type, o->type)) {
            continue;
        }
        if (!add_sight(r, s, o, how)) {
            return r->full;
        }
        if (!kg_i_features_carried(r, how, at, s->type, o->type, !turn, sentences)) {
            return false;
        }
        close_sight(r);
    }
    return true;
}

static bool see_asides(kg_i_reader* r) {
    const uint32_t outside = r->line->outside;
    if (outside == KG_I_NONE || r->sheet->tokens.items[outside].kind != KG_I_CELL_MENTION) {
        return true;
    }
    const kg_i_mention* const other = mention(r, r->sheet->tokens.items[outside].mention);
    for (uint32_t t = 0; t < r->line->token_count; ++t) {
        if (token_at(r, t)->kind == KG_I_CELL_MENTION &&
            !see_carried(r, KG_I_HOW_ASIDE, t, other, 0)) {
            return false;
        }
    }
    return true;
}

/// The first actor of the line, or KG_I_NONE.
static uint32_t first_actor(const kg_i_reader* r) {
    for (uint32_t t = 0; t < r->line->token_count; ++t) {
        const kg_i_cell* const token = token_at(r, t);
        if (token->kind == KG_I_CELL_MENTION && is_actor(mention(r, token->mention)->type)) {
            return t;
        }
    }
    return KG_I_NONE;
}

static bool see_topics(kg_i_reader* r, uint32_t t) {
    for (unsigned k = 0; k < 2; ++k) {
        const uint32_t topic = r->title_topic[k];
        if (topic != KG_I_NONE && !r->off[KG_I_HOW_TITLE] &&
            !see_carried(r, KG_I_HOW_TITLE, t, mention(r, topic), k)) {
            return false;
        }
    }
    return true;
}

static bool see_from_elsewhere(kg_i_reader* r) {
    const uint32_t actor = first_actor(r);
    for (uint32_t t = 0; t < r->line->token_count; ++t) {
        const kg_i_cell* const token = token_at(r, t);
        if (token->kind != KG_I_CELL_MENTION) {
            continue;
        }
        if (r->before_mention != KG_I_NONE && !r->off[KG_I_HOW_BEFORE] &&
            !see_carried(r, KG_I_HOW_BEFORE, t, mention(r, r->before_mention),
                         r->line->sentence - r->before_sentence)) {
            return false;
        }
        if (!r->line->title && !see_topics(r, t)) {
            return false;
        }
        if (actor != KG_I_NONE && t > actor && t - actor > REACH && !r->off[KG_I_HOW_FAR] &&
            !see_carried(r, KG_I_HOW_FAR, t, mention(r, token_at(r, actor)->mention), 0)) {
            return false;
        }
    }
    return true;
}

// Patterns -----------------------------------------------------------------------------------

typedef struct {
    kg_i_reader* reader;
    bool failed;
} holder;

/// The mentions of one end of a match: one, a list, or those carried along.
static uint32_t ends_of(const kg_i_reader* r, const kg_i_hold* hold, unsigned end, uint32_t* out,
                        uint32_t limit, kg_i_how* how) {
    const uint32_t at = hold->token[end];
    if (at == KG_I_NONE) {
        return 0;
    }
    *how = KG_I_HOW_LINE;
    if (!hold->list[end]) {
        out[0] = token_at(r, at)->mention;
        return 1;
    }
    const kg_i_list* const group = &r->sheet->groups.items[token_at(r, at)->group];
    uint32_t count = 0;
    for (uint32_t i = 0; i < group->count && count < limit; ++i) {
        out[count++] = r->sheet->members.items[group->first + i];
    }
    return count;
}

static uint8_t types_of(const kg_i_pattern* p, unsigned end) {
    uint8_t types = 0;
    for (unsigned i = 0; i < p->item_count; ++i) {
        if (p->items[i].kind == KG_I_SLOT) {
            types |= p->items[i].object == end ? p->items[i].types : p->items[i].inner;
        }
    }
    return types;
}

/// Whom a carried slot may mean, most likely first: the nearest fitting actor before the match in
/// its sentence, the first of the sentence, the one of the sentence before, the headline's.
static uint32_t carried_ends(const kg_i_reader* r, const kg_i_hold* hold, uint8_t types,
                             uint32_t* out, kg_i_how* hows) {
    uint32_t count = 0;
    for (uint32_t t = hold->begin; t-- > 0;) {
        const kg_i_cell* const token = token_at(r, t);
        if (token->kind == KG_I_CELL_MENTION && (types >> mention(r, token->mention)->type & 1)) {
            hows[count] = KG_I_HOW_LINE;
            out[count++] = token->mention;
            break;
        }
    }
    const uint32_t first = count ? first_actor(r) : KG_I_NONE;
    if (first != KG_I_NONE && token_at(r, first)->mention != out[0] &&
        (types >> mention(r, token_at(r, first)->mention)->type & 1)) {
        hows[count] = KG_I_HOW_FAR;
        out[count++] = token_at(r, first)->mention;
    }
    if (count == 0 && r->before_mention != KG_I_NONE &&
        (types >> mention(r, r->before_mention)->type & 1)) {
        hows[count] = KG_I_HOW_BEFORE;
        out[count++] = r->before_mention;
    }
    if (count == 0 && !r->line->title && r->title_topic[0] != KG_I_NONE &&
        (types >> mention(r, r->title_topic[0])->type & 1)) {
        hows[count] = KG_I_HOW_TITLE;
        out[count++] = r->title_topic[0];
    }
    return count;
}

static bool is_denied(const kg_i_reader* r, const kg_i_hold* hold) {
    uint32_t from = hold->begin;
    while (from > 0 && !kg_i_cell_breaks(token_at(r, from - 1))) {
        --from;
    }
    for (uint32_t h = 0; h < r->line->hit_count; ++h) {
        const kg_i_hit* const hit = &r->sheet->hits.items[r->line->hit + h];
        const kg_i_class_set* const set = &r->patterns->word_classes[hit->key];
        if (hit->begin >= from && hit->begin < hold->end &&
            (kg_i_class_has(set, KG_I_CLASS_NOT) || kg_i_class_has(set, KG_I_CLASS_HOPE))) {
            return true;
        }
    }
    return false;
}

static bool see_pattern(kg_i_reader* r, const kg_i_hold* hold, const kg_i_mention* s,
                        const kg_i_mention* o, kg_i_how how, bool denied) {
    if (s->entity == o->entity ||
        !kg_predicate_allows(hold->pattern->predicate, s->type, o->type)) {
        return true;
    }
    kg_i_sight* const sight = add_sight(r, s, o, how);
    if (!sight) {
        return r->full;
    }
    const uint32_t index = (uint32_t)(hold->pattern - r->patterns->items);
    sight->pattern = index;
    sight->title_begin = hold->title_begin;
    sight->title_end = hold->title_end;
    sight->denied = denied;
    if (!denied && !kg_i_feature_pattern(r, index, how)) {
        return false;
    }
    close_sight(r);
    return true;
}

static bool on_hold(void* handle, const kg_i_hold* hold) {
    kg_i_reader* const r = ((holder*)handle)->reader;
    uint32_t ends[2][KG_I_GROUP_MAX];
    uint32_t counts[2];
    kg_i_how hows[2] = {KG_I_HOW_LINE, KG_I_HOW_LINE};
    kg_i_how carried_hows[2] = {KG_I_HOW_LINE, KG_I_HOW_LINE};
    unsigned carried = 2;
    for (unsigned i = 0; i < 2; ++i) {
        counts[i] = ends_of(r, hold, i, ends[i], KG_I_GROUP_MAX, &hows[i]);
        if (counts[i] == 0) {
            carried = i;
            counts[i] = carried_ends(r, hold, types_of(hold->pattern, i), ends[i], carried_hows);
        }
    }
    const bool denied = is_denied(r, hold);
    unsigned product = 0;
    for (uint32_t s = 0; s < counts[0]; ++s) {
        for (uint32_t o = 0; o < counts[1]; ++o) {
            const kg_i_how how = carried < 2 ? carried_hows[carried ? o : s] : KG_I_HOW_LINE;
            if (++product <= PRODUCT_MAX && !see_pattern(r, hold, mention(r, ends[0][s]),
                                                         mention(r, ends[1][o]), how, denied)) {
                ((holder*)handle)->failed = true;
                return false;
            }
        }
    }
    return true;
}

/// A slot with an inner end: the outer mention with those nested in it.
static bool see_inner_patterns(kg_i_reader* r, uint32_t inner_index) {
    const kg_i_mention* const inner = mention(r, inner_index);
    const kg_i_mention* const outer = mention(r, inner->outer);
    for (uint32_t i = 0; i < r->patterns->count; ++i) {
        const kg_i_pattern* const p = &r->patterns->items[i];
        if (p->disabled || p->item_count != 1 || !p->items[0].inner ||
            !(p->items[0].types >> outer->type & 1) || !(p->items[0].inner >> inner->type & 1)) {
            continue;
        }
        const kg_i_hold hold = {.pattern = p};
        const bool object_outer = p->items[0].object;
        if (!see_pattern(r, &hold, object_outer ? inner : outer, object_outer ? outer : inner,
                         KG_I_HOW_NESTED, false)) {
            return false;
        }
    }
    return true;
}

// The whole document -------------------------------------------------------------------------

static bool read_lines(kg_i_reader* r) {
    for (size_t i = 0; i < r->sheet->lines.count; ++i) {
        r->line = &r->sheet->lines.items[i];
        if (r->line->token_count == 0) {
            continue;
        }
        holder h = {r, false};
        if (!kg_i_match_line(r->sheet, r->line, r->scope, r->patterns, on_hold, &h) ||
            (!r->off[KG_I_HOW_LINE] && !see_whole_line(r)) ||
            (!r->off[KG_I_HOW_ASIDE] && !see_asides(r)) || (i == 0 && !see_from_elsewhere(r))) {
            return false;
        }
    }
    return true;
}

/// Remember the actor of the window for what follows.
static void carry_on(kg_i_reader* r) {
    r->line = &r->sheet->lines.items[0];
    const uint32_t actor = first_actor(r);
    if (r->line->title) {
        unsigned found = 0;
        for (uint32_t t = 0; t < r->line->token_count && found < 2; ++t) {
            const kg_i_cell* const token = token_at(r, t);
            if (token->kind == KG_I_CELL_MENTION && is_actor(mention(r, token->mention)->type)) {
                if (r->title_topic[found] == KG_I_NONE) {
                    r->title_topic[found] = token->mention;
                }
                ++found;
            }
        }
    }
    if (actor != KG_I_NONE) {
        r->before_mention = token_at(r, actor)->mention;
        r->before_sentence = r->line->sentence;
    }
}

static bool read_window(kg_i_reader* r, uint32_t sentence, uint32_t begin, uint32_t end,
                        uint32_t first, uint32_t last) {
    if (!kg_i_sheet_lay(r->sheet, r->scope, r->patterns, sentence, begin, end, first)) {
        return false;
    }
    if (!read_lines(r)) {
        return false;
    }
    r->line = &r->sheet->lines.items[0];
    for (uint32_t m = first; m < last && !r->off[KG_I_HOW_NESTED]; ++m) {
        const kg_i_mention* const inner = mention(r, m);
        if (inner->outer != KG_I_NONE && inner->begin >= begin && inner->begin < end &&
            (!see_nested(r, m) || !see_inner_patterns(r, m))) {
            return false;
        }
    }
    carry_on(r);
    return true;
}

static bool read_sentence(kg_i_reader* r, const kg_sentence* sentence, uint32_t index) {
    const kg_block* const block = &kg_text_document(r->scope->text)->blocks[sentence->block];
    const uint32_t first = r->scope->first_mention[index];
    const uint32_t last = r->scope->first_mention[index + 1];
    if (block->article != r->article) {
        r->article = block->article;
        r->before_mention = KG_I_NONE;
        r->title_topic[0] = r->title_topic[1] = KG_I_NONE;
    }
    if (first == last) {
        return true; // nothing named, nothing to relate
    }
    uint32_t mention_cursor = first;
    for (uint32_t at = sentence->begin; at < sentence->end;) {
        uint32_t end = sentence->end - at > KG_I_WINDOW ? at + KG_I_WINDOW : sentence->end;
        while (mention_cursor < last && r->scope->mentions[mention_cursor].begin < at) {
            ++mention_cursor;
        }
        if (!read_window(r, index, at, end, mention_cursor, last)) {
            return false;
        }
        at = end;
    }
    return true;
}

static kg_status count_mentions(kg_i_reader* r, kg_error* error) {
    const kg_i_scope* const s = r->scope;
    const kg_document* const d = kg_text_document(s->text);
    uint32_t sentence_count = 0;
    const kg_sentence* const sentences = kg_text_sentences(s->text, &sentence_count);
    r->mention_counts = kg_i_arena_array(s->arena, s->entity_count + 1, sizeof(uint32_t));
    r->first_mentions = kg_i_arena_array(s->arena, s->entity_count + 1, sizeof(uint32_t));
    r->in_title = kg_i_arena_array(s->arena, s->entity_count + 1, sizeof(bool));
    if (!r->mention_counts || !r->first_mentions || !r->in_title) {
        return KG_OUT_OF_MEMORY(error);
    }
    for (uint32_t i = 0; i < sentence_count; ++i) {
        const bool title = d->blocks[sentences[i].block].kind == KG_BLOCK_TITLE;
        for (uint32_t m = s->first_mention[i]; m < s->first_mention[i + 1]; ++m) {
            const uint32_t entity = s->mentions[m].entity;
            if (!r->first_mentions[entity] && s->mentions[m].kind == KG_I_NAMED) {
                r->first_mentions[entity] = m + 1;
            }
            ++r->mention_counts[entity];
            r->in_title[s->mentions[m].entity] |= title;
        }
    }
    for (uint32_t t = 0; t < KG_TYPE_COUNT; ++t) {
        r->rank_top[t] = KG_I_NONE;
    }
    for (uint32_t e = 0; e < s->entity_count; ++e) {
        uint32_t* const top = &r->rank_top[s->entities[e].type];
        if (*top == KG_I_NONE || r->mention_counts[e] > r->mention_counts[*top]) {
            *top = e;
        }
    }
    return KG_OK;
}

kg_status kg_i_read_sights(kg_i_reader* r, kg_error* error) {
    KG_TRY(count_mentions(r, error));
    uint32_t count = 0;
    const kg_sentence* const sentences = kg_text_sentences(r->scope->text, &count);
    r->article = KG_I_NONE;
    r->before_mention = r->title_topic[0] = r->title_topic[1] = KG_I_NONE;
    for (uint32_t i = 0; i < count && !r->full; ++i) {
        if (!read_sentence(r, &sentences[i], i)) {
            return KG_OUT_OF_MEMORY(error);
        }
    }
    return KG_OK;
}

void kg_i_reader_dispose(kg_i_reader* r) {
    kg_i_vec_dispose(&r->sights);
    kg_i_vec_dispose(&r->features);
}
