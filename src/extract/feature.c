// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/buffer.h"
#include "extract/relation.h"

enum { WORDS_BETWEEN = 10, REACH_LEFT = 7, REACH_RIGHT = 9, BIGRAM_REACH = 16 };

static void spell(const kg_i_reader* r, kg_i_feature_kind kind, const uint32_t args[4],
                  uint32_t hash) {
    kg_i_buffer text = {0};
    kg_i_buffer_add_text(&text, kg_i_feature_name(kind));
    const char* const form = kg_i_feature_form(kind);
    for (unsigned i = 0; form[i]; ++i) {
        kg_i_buffer_add_char(&text, '/');
        switch (form[i]) {
        case 't':
            kg_i_buffer_add_text(&text, kg_type_name((kg_type)args[i]));
            break;
        case 'w':
            kg_i_buffer_add_slice(&text, r->patterns->words[args[i]]);
            break;
        case 'p':
            kg_i_buffer_add_slice(&text, r->patterns->items[args[i]].id);
            break;
        case 'c':
            if (args[i] > 0x7F || (args[i] >= '0' && args[i] <= '9') ||
                (args[i] >= 'A' && args[i] <= 'z')) {
                kg_i_buffer_add_code(&text, args[i]);
            } else {
                kg_i_buffer_format(&text, "U+%02X", args[i]);
            }
            break;
        default:
            kg_i_buffer_format(&text, "%u", args[i]);
            break;
        }
    }
    if (!text.failed) {
        r->spy(r->spy_handle, hash, kg_i_buffer_slice(&text));
    }
    kg_i_buffer_dispose(&text);
}

static bool add(kg_i_reader* r, kg_i_feature_kind kind, uint32_t a, uint32_t b, uint32_t c,
                uint32_t d) {
    const uint32_t hash = kg_i_feature_hash(kind, a, b, c, d);
    if (r->spy) {
        spell(r, kind, (const uint32_t[4]){a, b, c, d}, hash);
    } else if (!kg_i_weights_find(r->weights, hash)) {
        return true; // nothing to weigh
    }
    return kg_i_vec_push(&r->features, hash);
}

static const kg_i_cell* tokens_of(const kg_i_reader* r) {
    return r->sheet->tokens.items + r->line->token;
}

static const kg_i_hit* hits_of(const kg_i_reader* r) {
    return r->sheet->hits.items + r->line->hit;
}

static uint32_t bucket(uint32_t n) {
    static const uint32_t edges[] = {0, 1, 2, 4, 7, 11, 16, 24, 40};
    uint32_t i = 0;
    while (i < sizeof edges / sizeof *edges && n > edges[i]) {
        ++i;
    }
    return i;
}

static uint32_t at_most(uint32_t n, uint32_t most) {
    return n < most ? n : most;
}

/// The character at a token, a sign for other things: mentions by their type, nothing as 0.
static uint32_t code_at(const kg_i_reader* r, uint32_t at) {
    if (at >= r->line->token_count) {
        return '$';
    }
    const kg_i_cell* const token = &tokens_of(r)[at];
    if (token->kind != KG_I_CELL_MENTION) {
        return token->code >= '0' && token->code <= '9' ? '0' : token->code;
    }
    return 'A' + (uint32_t)r->scope->mentions[token->mention].type;
}

/// The two characters at and behind `at`, in the order of the text.
static bool add_chars(kg_i_reader* r, kg_i_feature_kind kind, uint32_t dir, uint32_t at,
                      bool before) {
    const uint32_t near = before ? (at >= 1 ? code_at(r, at - 1) : '^') : code_at(r, at);
    const uint32_t far =
        before ? (at >= 2 ? code_at(r, at - 2) : '^') : (near == '$' ? '$' : code_at(r, at + 1));
    return add(r, kind, dir, before ? far : near, before ? near : far, 0) &&
           add(r, kind, dir, before ? '*' : near, before ? near : '*', 0);
}

/// The last two trigger words that end at or before `at`.
static bool add_left(kg_i_reader* r, kg_i_feature_kind kind, uint32_t dir, uint32_t at) {
    const uint32_t from = at > REACH_LEFT ? at - REACH_LEFT : 0;
    for (uint32_t h = from < r->line->token_count ? tokens_of(r)[from].first_hit : 0;
         h < r->line->hit_count && hits_of(r)[h].begin < at; ++h) {
        if (hits_of(r)[h].end <= at && !add(r, kind, dir, hits_of(r)[h].key, 0, 0)) {
            return false;
        }
    }
    return true;
}

static bool add_right(kg_i_reader* r, kg_i_feature_kind kind, uint32_t dir, uint32_t at) {
    if (at >= r->line->token_count) {
        return true;
    }
    for (uint32_t h = tokens_of(r)[at].first_hit;
         h < r->line->hit_count && hits_of(r)[h].begin < at + REACH_RIGHT; ++h) {
        if (!add(r, kind, dir, hits_of(r)[h].key, 0, 0)) {
            return false;
        }
    }
    return true;
}

static bool add_between(kg_i_reader* r, uint32_t dir, uint32_t begin, uint32_t end, uint32_t pair) {
    unsigned words = 0;
    for (uint32_t h = begin < r->line->token_count ? tokens_of(r)[begin].first_hit
                                                   : r->line->hit_count;
         h < r->line->hit_count && hits_of(r)[h].begin < end && words < WORDS_BETWEEN; ++h) {
        if (hits_of(r)[h].end > end) {
            continue;
        }
        if (!add(r, KG_I_F_WORD, dir, hits_of(r)[h].key, 0, 0) ||
            (words == 0 && !add(r, KG_I_F_FIRST, dir, hits_of(r)[h].key, pair, 0))) {
            return false;
        }
        ++words;
    }
    if (end - begin > BIGRAM_REACH) {
        return true;
    }
    if (end - begin <= 3 && !add(r, KG_I_F_EXACT, dir, end - begin > 0 ? code_at(r, begin) : '-',
                                 end - begin > 1 ? code_at(r, begin + 1) : '-',
                                 end - begin > 2 ? code_at(r, begin + 2) : '-')) {
        return false;
    }
    for (uint32_t i = begin; i + 1 < end; ++i) {
        if (!add(r, KG_I_F_BIGRAM, dir, code_at(r, i), code_at(r, i + 1), 0)) {
            return false;
        }
    }
    return true;
}

static bool is_actor(kg_type type) {
    return type == KG_COMPANY || type == KG_ORGANIZATION || type == KG_PARK || type == KG_FACILITY;
}

static bool add_counts(kg_i_reader* r, uint32_t dir, uint32_t begin, uint32_t end, kg_type subject,
                       kg_type object) {
    uint32_t commas = 0, actors = 0, same = 0;
    for (uint32_t i = begin; i < end; ++i) {
        const kg_i_cell* const token = &tokens_of(r)[i];
        commas += kg_i_cell_breaks(token);
        if (token->kind == KG_I_CELL_MENTION) {
            const kg_type type = r->scope->mentions[token->mention].type;
            actors += is_actor(type);
            same += type == subject || type == object;
        }
    }
    return add(r, KG_I_F_DISTANCE, subject, object, dir, bucket(end - begin)) &&
           add(r, KG_I_F_COMMAS, dir, at_most(commas, 4), 0, 0) &&
           add(r, KG_I_F_BETWEEN, subject, object, dir, at_most(actors, 3) * 4 + at_most(same, 3));
}

static bool add_denial(kg_i_reader* r, uint32_t from, uint32_t to) {
    const kg_i_cell* const tokens = tokens_of(r);
    bool denied = false, hoped = false;
    while (from > 0 && !kg_i_cell_breaks(&tokens[from - 1])) {
        --from;
    }
    for (uint32_t h = from < r->line->token_count ? tokens[from].first_hit : r->line->hit_count;
         h < r->line->hit_count && hits_of(r)[h].begin < to; ++h) {
        const kg_i_class_set* const set = &r->patterns->word_classes[hits_of(r)[h].key];
        denied |= kg_i_class_has(set, KG_I_CLASS_NOT);
        hoped |= kg_i_class_has(set, KG_I_CLASS_HOPE);
    }
    if (!denied && !hoped) {
        return true;
    }
    // The sight at hand is the last one. It may speak against a pair, but not make it alone.
    r->sights.items[r->sights.count - 1].denied = true;
    return add(r, KG_I_F_DENIED, denied, hoped, 0, 0);
}

bool kg_i_features_line(kg_i_reader* r, uint32_t left, uint32_t right, kg_type subject,
                        kg_type object, bool subject_left) {
    const kg_i_cell* const tokens = tokens_of(r);
    const kg_i_list* const groups = r->sheet->groups.items;
    const kg_i_list* const a = &groups[tokens[left].group];
    const kg_i_list* const b = &groups[tokens[right].group];
    const bool same = a == b;
    const uint32_t dir = !subject_left;
    // Members of a list share what stands before and behind the list.
    const uint32_t a_begin = a->begin_token, b_end = b->end_token;
    const uint32_t begin = same ? left + 1 : a->end_token;
    const uint32_t end = same ? right : b->begin_token;
    const uint32_t lists = (a->count > 1) + 2u * (b->count > 1) + 4u * same;
    const bool starts = a_begin == 0 || kg_i_cell_breaks(&tokens[a_begin - 1]);
    return add(r, KG_I_F_BIAS, subject, object, 0, 0) &&
           add(r, KG_I_F_TYPES, subject, object, dir, same) &&
           add_counts(r, dir, begin, end, subject, object) &&
           (same || add_between(r, dir, begin, end,
                                (uint32_t)subject * KG_TYPE_COUNT + (uint32_t)object)) &&
           add_left(r, KG_I_F_LEFT, dir + 2u * same, a_begin) &&
           add_right(r, KG_I_F_RIGHT, dir + 2u * same, b_end) &&
           add_chars(r, KG_I_F_BEFORE_A, dir + 2u * same, a_begin, true) &&
           (same || (add_chars(r, KG_I_F_AFTER_A, dir, a->end_token, false) &&
                     add_chars(r, KG_I_F_BEFORE_B, dir, b->begin_token, true))) &&
           add_chars(r, KG_I_F_AFTER_B, dir + 2u * same, b_end, false) &&
           (!r->line->title || add(r, KG_I_F_HEADLINE, subject, object, dir, 0)) &&
           (!starts || add(r, KG_I_F_STARTS, subject, object, dir, 0)) &&
           add(r, KG_I_F_LISTS, dir, lists, 0, 0) && add_denial(r, a_begin, b_end);
}

/// Whether an entity is also called what is left of its name behind the inner one:
/// 河北雄安新区 is 雄安新区, 成都高新区 is not just any 高新区.
static bool rest_is_name(const kg_i_reader* r, const kg_i_mention* outer, uint32_t begin) {
    char text[256];
    const size_t length = kg_text_copy(r->scope->text, begin, outer->end, text, sizeof text);
    const kg_i_entity* const e = &r->scope->entities[outer->entity];
    const kg_slice rest = {text, length < sizeof text ? length : 0};
    bool is = kg_slice_equal(e->name, rest);
    for (uint32_t i = 0; i < e->alias_count && !is; ++i) {
        is = kg_slice_equal(e->aliases[i], rest);
    }
    return is;
}

bool kg_i_features_nested(kg_i_reader* r, const kg_i_mention* outer, const kg_i_mention* inner,
                          bool subject_outer) {
    const uint32_t* const chars = kg_text_chars(r->scope->text);
    const kg_type s = subject_outer ? outer->type : inner->type;
    const kg_type o = subject_outer ? inner->type : outer->type;
    const uint32_t dir = !subject_outer;
    const uint32_t place = (inner->begin > outer->begin) + 2u * (inner->end < outer->end);
    const uint32_t next = inner->end < outer->end ? chars[inner->end] : '$';
    const uint32_t after = inner->end + 1 < outer->end ? chars[inner->end + 1] : '$';
    const uint32_t last = chars[outer->end - 1];
    const uint32_t last2 = outer->end - outer->begin > 1 ? chars[outer->end - 2] : '^';
    const uint32_t pair = (uint32_t)s * KG_TYPE_COUNT + (uint32_t)o;
    return add(r, KG_I_F_BIAS, s, o, 0, 0) && add(r, KG_I_F_NESTED, s, o, dir, place) &&
           add(r, KG_I_F_TAIL, pair, dir, next, after) &&
           (place != 2 ||
            add(r, KG_I_F_REST, s, o, dir,
                rest_is_name(r, outer, inner->end) * 8u + at_most(outer->end - inner->end, 7))) &&
           add(r, KG_I_F_OUTER, pair, dir, last2, last);
}

bool kg_i_features_carried(kg_i_reader* r, kg_i_how how, uint32_t token, kg_type subject,
                           kg_type object, bool subject_carried, uint32_t sentences) {
    const uint32_t dir = (uint32_t)how * 2 + !subject_carried;
    const kg_i_list* const g = &r->sheet->groups.items[tokens_of(r)[token].group];
    uint32_t actors = 0;
    for (uint32_t i = 0; i < g->begin_token; ++i) {
        const kg_i_cell* const t = &tokens_of(r)[i];
        actors += t->kind == KG_I_CELL_MENTION && is_actor(r->scope->mentions[t->mention].type);
    }
    return add(r, KG_I_F_BIAS, subject, object, 0, 0) &&
           add(r, KG_I_F_CARRIED, subject, object, dir,
               at_most(sentences, 3) * 4 + at_most(actors, 3)) &&
           add_left(r, KG_I_F_NEAR_L, dir, g->begin_token) &&
           add_right(r, KG_I_F_NEAR_R, dir, g->end_token) &&
           add_chars(r, KG_I_F_CHARS_L, dir, g->begin_token, true) &&
           add_chars(r, KG_I_F_CHARS_R, dir, g->end_token, false) &&
           add_denial(r, g->begin_token, g->end_token);
}

bool kg_i_feature_pattern(kg_i_reader* r, uint32_t pattern, kg_i_how how) {
    return add(r, KG_I_F_PATTERN, pattern, how, 0, 0);
}

static uint32_t last_code(kg_slice name) {
    size_t at = name.len;
    while (at > 0 && ((unsigned char)name.ptr[at - 1] & 0xC0) == 0x80) {
        --at;
    }
    uint32_t code = '^';
    if (at > 0) {
        const unsigned char lead = (unsigned char)name.ptr[at - 1];
        code = lead & (lead >= 0xF0 ? 0x07 : lead >= 0xE0 ? 0x0F : lead >= 0xC0 ? 0x1F : 0x7F);
        for (; at < name.len; ++at) {
            code = code << 6 | ((unsigned char)name.ptr[at] & 0x3F);
        }
    }
    return code;
}

static bool holds(kg_slice outer, kg_slice inner) {
    for (size_t i = 0; inner.len && i + inner.len <= outer.len; ++i) {
        if (outer.ptr[i] == inner.ptr[0] &&
            kg_slice_equal((kg_slice){outer.ptr + i, inner.len}, inner)) {
            return true;
        }
    }
    return false;
}

static uint32_t sure(const kg_i_entity* e) {
    return e->score > 0 ? (uint32_t)(e->score * 20 + .01F) : 0;
}

/// The character at `at` of the text, or a sign for its edge.
static uint32_t text_code(const kg_i_reader* r, uint32_t at) {
    const uint32_t count = kg_text_document(r->scope->text)->count;
    return at < count ? kg_text_chars(r->scope->text)[at] : '$';
}

/// Two characters of a name or beside it, and the one that is nearer to its edge alone.
static bool add_name_chars(kg_i_reader* r, kg_i_feature_kind kind, uint32_t end, kg_type type,
                           uint32_t a, uint32_t b, bool last) {
    return add(r, kind, end, type, a, b) && add(r, kind, end, type, last ? '*' : a, last ? b : '*');
}

/// What an end's name, how it was found and what stands around its first mention say.
static bool add_name(kg_i_reader* r, uint32_t end, uint32_t entity) {
    const kg_i_entity* const e = &r->scope->entities[entity];
    if (!add(r, KG_I_F_NAME_SURE, end, e->type, sure(e), e->entry != NULL) ||
        !add(r, KG_I_F_NAME_OFTEN, end, e->type, at_most(r->mention_counts[entity], 6),
             r->in_title[entity])) {
        return false;
    }
    if (!r->first_mentions[entity] || e->type == KG_PLACE || e->type == KG_PERSON) {
        return true;
    }
    const kg_i_mention* const m = &r->scope->mentions[r->first_mentions[entity] - 1];
    const bool longer = m->end - m->begin > 1;
    return add(r, KG_I_F_NAME_LENGTH, end, e->type, at_most(m->end - m->begin, 16), 0) &&
           add_name_chars(r, KG_I_F_NAME_END, end, e->type, longer ? text_code(r, m->end - 2) : '^',
                          text_code(r, m->end - 1), true) &&
           add_name_chars(r, KG_I_F_NAME_START, end, e->type, text_code(r, m->begin),
                          longer ? text_code(r, m->begin + 1) : '^', false) &&
           add_name_chars(r, KG_I_F_NAME_LEFT, end, e->type,
                          m->begin > 1 ? text_code(r, m->begin - 2) : '^',
                          m->begin ? text_code(r, m->begin - 1) : '^', true) &&
           add_name_chars(r, KG_I_F_NAME_RIGHT, end, e->type, text_code(r, m->end),
                          text_code(r, m->end + 1), false);
}

bool kg_i_features_pair(kg_i_reader* r, uint32_t subject, uint32_t object) {
    const kg_i_entity* const s = &r->scope->entities[subject];
    const kg_i_entity* const o = &r->scope->entities[object];
    const uint32_t titles = r->in_title[subject] + 2u * r->in_title[object];
    const uint32_t tops = (r->rank_top[s->type] == subject) + 2u * (r->rank_top[o->type] == object);
    const uint32_t within = holds(s->name, o->name) + 2u * holds(o->name, s->name);
    return add(r, KG_I_F_ENDING_S, last_code(s->name), o->type, 0, 0) &&
           add(r, KG_I_F_ENDING_O, last_code(o->name), s->type, 0, 0) && add_name(r, 0, subject) &&
           add_name(r, 1, object) &&
           add(r, KG_I_F_OFTEN, s->type, o->type,
               at_most(r->mention_counts[subject], 4) * 5 + at_most(r->mention_counts[object], 4),
               0) &&
           add(r, KG_I_F_TITLES, s->type, o->type, titles, 0) &&
           add(r, KG_I_F_TOP, s->type, o->type, tops, 0) &&
           (!within || add(r, KG_I_F_WITHIN, s->type, o->type, within, 0));
}
