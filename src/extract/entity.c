// SPDX-License-Identifier: GPL-3.0-or-later
// From candidates to entities: overlaps are settled, equal names are one entity, short forms join
// the full name that they shorten.
#include "extract/entity.h"

#include "base/map.h"
#include "base/try.h"

#include <stdlib.h>
#include <string.h>

static int by_place(const void* left, const void* right) {
    const kg_i_candidate* const a = left;
    const kg_i_candidate* const b = right;
    if (a->begin != b->begin) {
        return a->begin < b->begin ? -1 : 1;
    }
    if (a->end != b->end) {
        return a->end > b->end ? -1 : 1;
    }
    if (a->score < b->score || a->score > b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return a->type != b->type ? (int)a->type - (int)b->type : (int)a->source - (int)b->source;
}

/// Sort, with the references among candidates carried along.
static bool sort_candidates(kg_i_finder* f) {
    uint32_t* const place = kg_i_arena_array(f->scope->arena, f->found_count, sizeof *place);
    if (f->found_count && !place) {
        return false;
    }
    for (uint32_t i = 0; i < f->found_count; ++i) {
        f->found[i].entity = i; // for a moment, its old place
    }
    if (f->found_count) {
        qsort(f->found, f->found_count, sizeof *f->found, by_place);
    }
    for (uint32_t i = 0; i < f->found_count; ++i) {
        place[f->found[i].entity] = i;
        f->found[i].entity = KG_I_NONE;
    }
    for (uint32_t i = 0; i < f->found_count; ++i) {
        if (f->found[i].of != KG_I_NONE) {
            f->found[i].of = place[f->found[i].of];
        }
    }
    return true;
}

static bool is_dead(const kg_i_candidate* c) {
    return c->score <= 0;
}

/// Whether `a` wins over `b` where they cross.
static bool beats(const kg_i_candidate* a, const kg_i_candidate* b) {
    if (a->score < b->score || a->score > b->score) {
        return a->score > b->score;
    }
    return a->end - a->begin > b->end - b->begin;
}

/// Whether a name of type `inner` may lie within one of type `outer` and still be a mention.
static bool may_nest(kg_type inner, kg_type outer) {
    switch (inner) {
    case KG_PLACE:
        return true;
    case KG_COMPANY:
    case KG_PARK:
        return inner != outer || inner == KG_COMPANY;
    case KG_ORGANIZATION:
    case KG_FACILITY:
        return inner != outer;
    default:
        return false;
    }
}

/// One sweep from left to right; whether any candidate lost to a later one, so that what it had
/// enclosed must be looked at again.
static bool settle(kg_i_finder* f) {
    uint32_t open[32];
    uint32_t depth = 0;
    bool again = false;
    for (uint32_t i = 0; i < f->found_count; ++i) {
        kg_i_candidate* const c = &f->found[i];
        if (is_dead(c)) {
            continue;
        }
        c->outer = KG_I_NONE;
        while (depth > 0 &&
               (f->found[open[depth - 1]].end <= c->begin || is_dead(&f->found[open[depth - 1]]))) {
            --depth;
        }
        while (depth > 0 && f->found[open[depth - 1]].end < c->end) {
            kg_i_candidate* const crossed = &f->found[open[depth - 1]];
            if (!beats(c, crossed)) {
                c->score = 0;
                break;
            }
            crossed->score = 0;
            again = true;
            --depth;
        }
        if (is_dead(c)) {
            continue;
        }
        if (depth > 0) {
            const kg_i_candidate* const outer = &f->found[open[depth - 1]];
            if ((outer->begin == c->begin && outer->end == c->end) ||
                !may_nest(c->type, outer->type)) {
                c->score = 0;
                continue;
            }
            c->outer = open[depth - 1];
        }
        if (depth < sizeof open / sizeof *open) {
            open[depth++] = i;
        }
    }
    return again;
}

static void drop_dead(kg_i_finder* f) {
    uint32_t* const place = kg_i_arena_array(f->scope->arena, f->found_count, sizeof *place);
    uint32_t kept = 0;
    if (f->found_count && !place) {
        f->out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < f->found_count; ++i) {
        place[i] = is_dead(&f->found[i]) ? KG_I_NONE : kept++;
    }
    for (uint32_t i = 0, to = 0; i < f->found_count; ++i) {
        if (place[i] == KG_I_NONE) {
            continue;
        }
        kg_i_candidate c = f->found[i];
        c.outer = c.outer == KG_I_NONE ? KG_I_NONE : place[c.outer];
        c.of = c.of == KG_I_NONE ? KG_I_NONE : place[c.of];
        f->found[to++] = c;
    }
    f->found_count = kept;
}

// Entities -----------------------------------------------------------------------------------

/// The name by which mentions are equal: folded, without quotes, brackets, dots and what is
/// invisible, of a sector without 产业, 行业, 领域 at its end.
static kg_slice key_of(kg_i_join* j, kg_type type, uint32_t begin, uint32_t end) {
    kg_i_buffer* const b = &j->scratch;
    kg_i_buffer_clear(b);
    kg_i_buffer_add_char(b, (char)('0' + type));
    for (uint32_t i = begin; i < end; ++i) {
        const uint32_t code = kg_i_fold(j->finder->chars[i]);
        if (code != KG_I_INVISIBLE && code != ' ' && code != 0x201C && code != 0xB7 &&
            code != '(' && code != ')' && code != 0x300A && code != 0x300B) {
            kg_i_buffer_add_code(b, code);
        }
    }
    return kg_i_buffer_slice(b);
}

static uint32_t entity_for(kg_i_join* j, uint32_t candidate) {
    kg_i_candidate* const c = &j->finder->found[candidate];
    const kg_slice key = key_of(j, c->type, c->begin, kg_i_core_end(j->finder, c));
    const uint32_t* const known = kg_i_map_get(&j->by_name, key);
    if (known) {
        return *known;
    }
    const kg_slice kept = kg_i_arena_copy(j->finder->scope->arena, key);
    if (!kept.ptr || !kg_i_map_put(&j->by_name, kept, j->count, NULL)) {
        j->finder->out_of_memory = true;
        return KG_I_NONE;
    }
    j->groups[j->count] = (kg_i_group){.type = c->type, .first = candidate, .joined = j->count};
    return j->count++;
}

/// The group that a group was joined to in the end.
static uint32_t root_of(const kg_i_join* j, uint32_t group) {
    while (j->groups[group].joined != group) {
        group = j->groups[group].joined;
    }
    return group;
}

static void unite(kg_i_join* j, uint32_t a, uint32_t b) {
    a = root_of(j, a);
    b = root_of(j, b);
    if (a != b && j->groups[a].type == j->groups[b].type) {
        j->groups[a > b ? a : b].joined = a > b ? b : a;
    }
}

static const kg_lexicon_entry* entry_of(const kg_i_finder* f, const kg_i_candidate* c) {
    if (c->key == KG_I_NO_KEY) {
        return NULL;
    }
    uint32_t count = 0;
    const kg_i_sense* const senses = kg_i_lexicon_senses(f->scope->lexicon, c->key, &count);
    const kg_lexicon_entry* entry = NULL;
    for (uint32_t i = 0; i < count; ++i) {
        if (senses[i].kind == KG_I_SENSE_ENTRY && senses[i].type == c->type) {
            if (entry && entry != &f->scope->lexicon->entries[senses[i].entry]) {
                return NULL; // several claim the name
            }
            entry = &f->scope->lexicon->entries[senses[i].entry];
        }
    }
    return entry;
}

/// Mentions of one entry of the lexicon are one entity.
static void join_by_entry(kg_i_join* j) {
    kg_i_finder* const f = j->finder;
    for (uint32_t i = 0; i < f->found_count; ++i) {
        kg_i_candidate* const c = &f->found[i];
        const kg_lexicon_entry* const entry = entry_of(f, c);
        if (!entry) {
            continue;
        }
        j->groups[c->entity].entry = entry;
        bool is_new = false;
        uint32_t* const first = kg_i_map_put(&j->by_entry, entry->id, c->entity, &is_new);
        if (!first) {
            f->out_of_memory = true;
            return;
        }
        unite(j, *first, c->entity);
        j->groups[root_of(j, c->entity)].entry = entry;
    }
}

/// 重庆某某园 and 某某园 are one where both come.
static void join_by_part(kg_i_join* j) {
    const kg_i_finder* const f = j->finder;
    for (uint32_t i = 0; i < f->found_count; ++i) {
        const kg_i_candidate* const c = &f->found[i];
        if (c->inner_begin < c->inner_end) {
            const uint32_t* const same =
                kg_i_map_get(&j->by_name, key_of(j, c->type, c->inner_begin, c->inner_end));
            if (same) {
                unite(j, c->entity, *same);
            }
        }
    }
}

static kg_status make_groups(kg_i_join* j) {
    kg_i_finder* const f = j->finder;
    j->groups = kg_i_arena_array(f->scope->arena, (size_t)f->found_count + 1, sizeof *j->groups);
    if (!j->groups) {
        return KG_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < f->found_count; ++i) {
        f->found[i].entity = entity_for(j, i);
        if (f->found[i].entity == KG_I_NONE) {
            return KG_ERR_MEMORY;
        }
    }
    join_by_entry(j);
    for (uint32_t i = 0; i < f->found_count; ++i) {
        if (f->found[i].of != KG_I_NONE) {
            unite(j, f->found[i].entity, f->found[f->found[i].of].entity);
        }
    }
    join_by_part(j);
    kg_i_join_short_forms(j);
    return f->out_of_memory ? KG_ERR_MEMORY : KG_OK;
}

/// Whether the mention would be dropped were it not for a better one of the same entity.
static bool is_weak(const kg_i_candidate* c) {
    return c->source >= KG_I_FROM_CONTEXT ||
           (c->outer != KG_I_NONE && c->type != KG_PLACE && c->type != KG_PARK);
}

/// Drop the mentions of entities that have weak ones only; whether any went.
static bool drop_unsupported(kg_i_join* j) {
    kg_i_finder* const f = j->finder;
    bool any = false;
    for (uint32_t i = 0; i < f->found_count; ++i) {
        const kg_i_candidate* const c = &f->found[i];
        kg_i_group* const g = &j->groups[root_of(j, c->entity)];
        g->sure |= !is_weak(c) || kg_i_is_supported(f, i);
        g->titled |= kg_i_is_titled(f, c);
        ++g->mentions;
        // A field that the text comes back to is one that it is about.
        g->sure |=
            c->type == KG_SECTOR && c->outer == KG_I_NONE &&
            (c->score > .34F ? g->titled || g->mentions >= 3 : g->titled && g->mentions >= 3);
    }
    for (uint32_t i = 0; i < f->found_count; ++i) {
        kg_i_candidate* const c = &f->found[i];
        if (!j->groups[root_of(j, c->entity)].sure) {
            c->score = kg_i_is_possible(f, i) ? KG_I_DOUBTFUL_SCORE : 0;
            any |= is_dead(c);
        }
    }
    return any;
}

// Into the scope -----------------------------------------------------------------------------

static bool is_listed(const kg_slice* names, uint32_t count, kg_slice name) {
    for (uint32_t i = 0; i < count; ++i) {
        if (kg_slice_equal(names[i], name)) {
            return true;
        }
    }
    return false;
}

static uint32_t letters(kg_slice text) {
    uint32_t count = 0;
    for (size_t i = 0; i < text.len; ++i) {
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    }
    return count;
}

/// Put a string of an entity beside those it has, `*best` being the fullest; how many there are.
static uint32_t add_name(kg_i_finder* f, kg_slice* names, uint32_t used, uint32_t begin,
                         uint32_t end, uint32_t* best, kg_type type) {
    if (begin >= end) {
        return used;
    }
    const kg_slice text = kg_i_copy_text(f, begin, end);
    if (!text.ptr || is_listed(names, used, text)) {
        return used;
    }
    names[used] = text;
    if (type != KG_SECTOR && letters(text) > letters(names[*best])) {
        *best = used;
    }
    return used + 1;
}

/// All strings of an entity, the fullest first. `members` are its candidates.
static bool fill_entity(kg_i_join* j, kg_i_entity* e, const uint32_t* members, uint32_t count) {
    kg_i_finder* const f = j->finder;
    kg_slice* const names = kg_i_arena_array(f->scope->arena, 3 * (size_t)count + 1, sizeof *names);
    uint32_t used = 0;
    uint32_t best = 0;
    if (!names) {
        return false;
    }
    for (uint32_t i = 0; i < count; ++i) {
        const kg_i_candidate* const c = &f->found[members[i]];
        e->score = c->score > e->score ? c->score : e->score;
        used = add_name(f, names, used, c->begin, kg_i_core_end(f, c), &best, e->type);
        used = add_name(f, names, used, c->begin, c->end, &best, KG_SECTOR);
        used = add_name(f, names, used, c->inner_begin, c->inner_end, &best, KG_SECTOR);
    }
    e->name = names[best];
    names[best] = names[0];
    e->aliases = names + 1;
    e->alias_count = used - 1;
    return !f->out_of_memory;
}

static kg_status fill_entities(kg_i_join* j) {
    kg_i_finder* const f = j->finder;
    kg_i_scope* const scope = f->scope;
    kg_i_arena* const arena = scope->arena;
    uint32_t* const number = kg_i_arena_array(arena, (size_t)j->count + 1, sizeof *number);
    uint32_t* const size = kg_i_arena_array(arena, (size_t)j->count + 1, sizeof *size);
    uint32_t* const members = kg_i_arena_array(arena, (size_t)f->found_count + 1, sizeof *members);
    scope->entities = kg_i_arena_array(arena, (size_t)j->count + 1, sizeof *scope->entities);
    if (!number || !size || !members || !scope->entities) {
        return KG_ERR_MEMORY;
    }
    memset(number, 0xFF, ((size_t)j->count + 1) * sizeof *number);
    for (uint32_t i = 0; i < f->found_count; ++i) {
        const uint32_t root = root_of(j, f->found[i].entity);
        if (number[root] == KG_I_NONE) {
            number[root] = scope->entity_count++;
            scope->entities[number[root]].type = j->groups[root].type;
        }
        const kg_lexicon_entry* const entry = j->groups[f->found[i].entity].entry;
        f->found[i].entity = number[root];
        scope->entities[number[root]].entry = entry ? entry : scope->entities[number[root]].entry;
        ++size[number[root]];
    }
    uint32_t at = 0;
    for (uint32_t e = 0; e < scope->entity_count; ++e) { // where each one's members begin
        const uint32_t count = size[e];
        size[e] = at;
        at += count;
    }
    for (uint32_t i = 0; i < f->found_count; ++i) {
        members[size[f->found[i].entity]++] = i;
    }
    for (uint32_t e = 0, from = 0; e < scope->entity_count; from = size[e++]) {
        if (!fill_entity(j, &scope->entities[e], members + from, size[e] - from)) {
            return KG_ERR_MEMORY;
        }
    }
    return KG_OK;
}

static kg_status fill_mentions(kg_i_finder* f) {
    kg_i_scope* const scope = f->scope;
    scope->mentions =
        kg_i_arena_array(scope->arena, (size_t)f->found_count + 1, sizeof *scope->mentions);
    scope->first_mention =
        kg_i_arena_array(scope->arena, (size_t)f->sentence_count + 1, sizeof(uint32_t));
    if (!scope->mentions || !scope->first_mention) {
        return KG_ERR_MEMORY;
    }
    uint32_t at = 0;
    for (uint32_t s = 0; s < f->sentence_count; ++s) {
        scope->first_mention[s] = at;
        for (; at < f->found_count && f->found[at].begin < f->sentences[s].end; ++at) {
            const kg_i_candidate* const c = &f->found[at];
            scope->mentions[at] = (kg_i_mention){.begin = c->begin,
                                                 .end = c->end,
                                                 .entity = c->entity,
                                                 .outer = c->outer,
                                                 .type = c->type,
                                                 .kind = KG_I_NAMED,
                                                 .score = c->score};
        }
    }
    scope->first_mention[f->sentence_count] = at;
    scope->mention_count = at;
    return KG_OK;
}

static kg_status join(kg_i_join* j) {
    kg_i_finder* const f = j->finder;
    if (!sort_candidates(f)) {
        return KG_ERR_MEMORY;
    }
    for (unsigned i = 0; i < 4 && settle(f); ++i) {
    }
    drop_dead(f);
    KG_TRY(make_groups(j));
    if (drop_unsupported(j)) {
        drop_dead(f);
    }
    if (f->out_of_memory) {
        return KG_ERR_MEMORY;
    }
    KG_TRY(fill_entities(j));
    return fill_mentions(f);
}

kg_status kg_i_join_entities(kg_i_finder* f, kg_error* error) {
    kg_i_join j = {.finder = f};
    const kg_status status = join(&j);
    kg_i_map_dispose(&j.by_name);
    kg_i_map_dispose(&j.by_entry);
    kg_i_buffer_dispose(&j.scratch);
    return status == KG_ERR_MEMORY ? KG_OUT_OF_MEMORY(error) : status;
}
