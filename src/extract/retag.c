// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/map.h"
#include "base/try.h"
#include "base/vec.h"
#include "extract/tagger.h"
#include "lexicon/lexicon_i.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHORT_MIN = 3, ///< characters of a short form that is looked for in longer names
    PREFIX_MAX = 6 ///< characters of a place before a zone's name
};

/// How sure a mention is by who found it; up to STEPS steps more by how clear its ends are.
#define SCORE_BOTH   .76F
#define SCORE_TAGGER .51F
#define SCORE_RULES  .35F
#define SCORE_STEP   .05F
enum { STEPS = 4 };

/// A name that the tagger sees.
typedef struct {
    uint32_t begin, end;
    uint32_t entity; ///< KG_I_NONE: not joined yet
    kg_type type;
    bool known;    ///< the rules have the same stretch
    uint8_t clear; ///< 0 to STEPS
} span;

typedef struct {
    const kg_i_tagger* tagger;
    kg_i_scope* scope;
    kg_error* error;
    KG_I_VEC(span) spans;
    KG_I_VEC(kg_i_mention) mentions;
    KG_I_VEC(kg_i_entity) entities;
    kg_i_map by_name; ///< "C" + name → entity, C a letter for the type
    uint32_t* votes;  ///< entity × type
} retagger;

static bool is_tagged(kg_type type) {
    return type != KG_PLACE && type != KG_PERSON;
}

// Spans --------------------------------------------------------------------------------------

/// By the weaker of both ends, and of what stands outside them.
static uint8_t clearness(const int16_t* margins, uint32_t first, uint32_t last, uint32_t count) {
    static const int16_t edges[STEPS] = {-8, 4, 16, 32};
    int16_t least = margins[first] < margins[last] ? margins[first] : margins[last];
    if (first > 0 && margins[first - 1] < least) {
        least = margins[first - 1];
    }
    if (last + 1 < count && margins[last + 1] < least) {
        least = margins[last + 1];
    }
    uint8_t clear = 0;
    while (clear < STEPS && least > edges[clear]) {
        ++clear;
    }
    return clear;
}

static bool keep_spans(retagger* r, const kg_i_tag_char* chars, const uint8_t* tags,
                       const int16_t* margins, uint32_t count) {
    for (uint32_t i = 0; i < count; ++i) {
        if (!tags[i] || !kg_i_tag_may_start(tags[i])) {
            continue;
        }
        uint32_t last = i;
        while (!kg_i_tag_may_end(tags[last]) && last + 1 < count) {
            ++last;
        }
        const span found = {.begin = chars[i].at,
                            .end = chars[last].at + 1,
                            .entity = KG_I_NONE,
                            .clear = clearness(margins, i, last, count),
                            .type = kg_i_tag_type((tags[i] - 1u) / 4)};
        if (!kg_i_vec_push(&r->spans, found)) {
            return false;
        }
        i = last;
    }
    return true;
}

static bool tag_all(retagger* r) {
    kg_i_tag_char chars[KG_I_TAG_WINDOW];
    uint8_t tags[KG_I_TAG_WINDOW];
    int16_t margins[KG_I_TAG_WINDOW];
    uint32_t count = 0;
    const kg_sentence* const sentences = kg_text_sentences(r->scope->text, &count);
    for (uint32_t s = 0; s < count; ++s) {
        for (uint32_t at = sentences[s].begin; at < sentences[s].end;) {
            const uint32_t end =
                sentences[s].end - at > KG_I_TAG_WINDOW ? at + KG_I_TAG_WINDOW : sentences[s].end;
            const uint32_t n = kg_i_tag_lay(r->scope, s, at, end, chars);
            kg_i_tag_decode(r->tagger, chars, n, tags, margins);
            if (!keep_spans(r, chars, tags, margins, n)) {
                return false;
            }
            at = end;
        }
    }
    return true;
}

/// Where the tagger takes words around a field of work for part of its name, the rules, which go by
/// lists of fields, are right more often: their names stand for the tagger's.
static bool cut_sectors(retagger* r) {
    const kg_i_scope* const scope = r->scope;
    KG_I_VEC(span) kept = {0};
    uint32_t at = 0;
    bool fine = true;
    for (size_t i = 0; fine && i < r->spans.count; ++i) {
        const span s = r->spans.items[i];
        bool cut = false;
        while (at < scope->mention_count && scope->mentions[at].begin < s.begin) {
            ++at;
        }
        for (uint32_t m = at; fine && s.type == KG_SECTOR && m < scope->mention_count &&
                              scope->mentions[m].begin < s.end;
             ++m) {
            const kg_i_mention* const inner = &scope->mentions[m];
            if (inner->type != KG_SECTOR || inner->outer != KG_I_NONE ||
                inner->kind != KG_I_NAMED || inner->end > s.end) {
                continue;
            }
            const span part = {.begin = inner->begin,
                               .end = inner->end,
                               .entity = KG_I_NONE,
                               .type = KG_SECTOR,
                               .clear = s.clear};
            cut = true;
            fine = kg_i_vec_push(&kept, part);
        }
        fine = fine && (cut || kg_i_vec_push(&kept, s));
    }
    kg_i_vec_dispose(&r->spans);
    r->spans.items = kept.items;
    r->spans.count = kept.count;
    r->spans.capacity = kept.capacity;
    return fine;
}

// Entities -----------------------------------------------------------------------------------

static kg_slice copy_name(retagger* r, uint32_t begin, uint32_t end, kg_type type) {
    const size_t length = kg_text_copy(r->scope->text, begin, end, NULL, 0);
    char* const text = kg_i_arena_array(r->scope->arena, length + 2, 1);
    if (!text) {
        return (kg_slice){0};
    }
    text[0] = (char)('A' + type);
    (void)kg_text_copy(r->scope->text, begin, end, text + 1, length + 1);
    return (kg_slice){text, length + 1};
}

static kg_slice keyed(retagger* r, kg_slice name, kg_type type) {
    char* const text = kg_i_arena_array(r->scope->arena, name.len + 2, 1);
    if (!text) {
        return (kg_slice){0};
    }
    text[0] = (char)('A' + type);
    memcpy(text + 1, name.ptr, name.len);
    return (kg_slice){text, name.len + 1};
}

static bool index_entities(retagger* r) {
    for (uint32_t e = 0; e < r->scope->entity_count; ++e) {
        const kg_i_entity* const entity = &r->scope->entities[e];
        if (!kg_i_vec_push(&r->entities, *entity)) {
            return false;
        }
        for (uint32_t i = 0; i <= entity->alias_count; ++i) {
            const kg_slice name = i ? entity->aliases[i - 1] : entity->name;
            const kg_slice key = keyed(r, name, entity->type);
            if (!key.ptr || !kg_i_map_put(&r->by_name, key, e, NULL)) {
                return false;
            }
        }
    }
    return true;
}

static bool add_alias(retagger* r, kg_i_entity* entity, kg_slice name) {
    kg_slice* const aliases =
        kg_i_arena_array(r->scope->arena, entity->alias_count + 1u, sizeof *aliases);
    if (!aliases) {
        return false;
    }
    if (entity->alias_count) {
        memcpy(aliases, entity->aliases, entity->alias_count * sizeof *aliases);
    }
    aliases[entity->alias_count++] = name;
    entity->aliases = aliases;
    return true;
}

static bool holds(kg_slice outer, kg_slice inner) {
    return inner.len < outer.len && memmem(outer.ptr, outer.len, inner.ptr, inner.len) != NULL;
}

static bool ends_as_firm(kg_slice name) {
    static const char* const ends[] = {"公司", "集团"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; ++i) {
        const size_t size = strlen(ends[i]);
        if (name.len > size && memcmp(name.ptr + name.len - size, ends[i], size) == 0) {
            return true;
        }
    }
    return false;
}

/// The one firm whose full name holds the short form, or the other way round.
static uint32_t find_relative(const retagger* r, kg_slice name, kg_type type) {
    uint32_t found = KG_I_NONE;
    for (uint32_t e = 0; type == KG_COMPANY && e < r->entities.count; ++e) {
        const kg_i_entity* const entity = &r->entities.items[e];
        const bool longer = holds(entity->name, name) && ends_as_firm(entity->name) &&
                            name.len >= (size_t)SHORT_MIN * 3 && !ends_as_firm(name);
        const bool shorter = holds(name, entity->name) && ends_as_firm(name) &&
                             entity->name.len >= (size_t)SHORT_MIN * 3 &&
                             !ends_as_firm(entity->name);
        if (entity->type == type && (longer || shorter)) {
            if (found != KG_I_NONE) {
                return KG_I_NONE;
            }
            found = e;
        }
    }
    return found;
}

static uint32_t find_entry(const retagger* r, const kg_lexicon_entry* entry) {
    for (uint32_t e = 0; entry && e < r->entities.count; ++e) {
        if (r->entities.items[e].entry == entry) {
            return e;
        }
    }
    return KG_I_NONE;
}

/// The entity of a name that the rules do not have there, made if it is new.
static bool join_span(retagger* r, span* s) {
    const kg_slice key = copy_name(r, s->begin, s->end, s->type);
    if (!key.ptr) {
        return false;
    }
    const kg_slice name = {key.ptr + 1, key.len - 1};
    const uint32_t* const known = kg_i_map_get(&r->by_name, key);
    if (known) {
        s->entity = *known;
        return true;
    }
    const kg_lexicon_entry* const entry = kg_lexicon_find(r->scope->lexicon, s->type, name);
    uint32_t entity = find_entry(r, entry);
    if (entity == KG_I_NONE) {
        entity = find_relative(r, name, s->type);
    }
    if (entity == KG_I_NONE) {
        entity = (uint32_t)r->entities.count;
        const kg_i_entity made = {.type = s->type, .name = name, .entry = entry};
        if (!kg_i_vec_push(&r->entities, made)) {
            return false;
        }
    } else {
        kg_i_entity* const old = &r->entities.items[entity];
        const kg_slice alias = old->name.len < name.len ? old->name : name;
        old->name = old->name.len < name.len ? name : old->name;
        if (!add_alias(r, old, alias)) {
            return false;
        }
    }
    s->entity = entity;
    return kg_i_map_put(&r->by_name, key, entity, NULL) != NULL;
}

static int by_length(const void* a, const void* b) {
    const span* const x = *(span* const*)a;
    const span* const y = *(span* const*)b;
    const uint32_t i = x->end - x->begin, k = y->end - y->begin;
    if (i != k) {
        return i > k ? -1 : 1;
    }
    return x->begin < y->begin ? -1 : x->begin > y->begin;
}

/// Longer names first, so that short forms find them.
static bool join_spans(retagger* r) {
    span** const order = malloc((r->spans.count + 1) * sizeof *order);
    size_t count = 0;
    bool fine = order != NULL;
    for (size_t i = 0; fine && i < r->spans.count; ++i) {
        if (!r->spans.items[i].known) {
            order[count++] = &r->spans.items[i];
        }
    }
    if (count > 1) {
        qsort(order, count, sizeof *order, by_length);
    }
    for (size_t i = 0; fine && i < count; ++i) {
        fine = join_span(r, order[i]);
    }
    free(order);
    return fine;
}

// Mentions -----------------------------------------------------------------------------------

/// Whether a mention of the rules stays, and how sure it is beside the tagger's names. `*at` is the
/// first span that ends behind the mention's begin.
static bool stays(const retagger* r, kg_i_mention* m, size_t* at) {
    while (*at < r->spans.count && r->spans.items[*at].end <= m->begin) {
        ++*at;
    }
    if (*at == r->spans.count || r->spans.items[*at].begin >= m->end) {
        if (m->kind == KG_I_NAMED && is_tagged(m->type)) {
            m->score = m->score < KG_I_SHOWN ? m->score : SCORE_RULES;
        }
        return true;
    }
    span* const s = &r->spans.items[*at];
    if (s->begin == m->begin && s->end == m->end) {
        if (!is_tagged(m->type)) {
            return false;
        }
        s->known = true;
        s->entity = m->entity;
        return false; // the span stands for it
    }
    return s->begin <= m->begin && s->end >= m->end;
}

static bool take_rules(retagger* r) {
    const kg_i_scope* const scope = r->scope;
    size_t at = 0;
    for (uint32_t i = 0; i < scope->mention_count; ++i) {
        kg_i_mention mention = scope->mentions[i];
        size_t from = at;
        if (stays(r, &mention, &from) && !kg_i_vec_push(&r->mentions, mention)) {
            return false;
        }
        if (mention.outer == KG_I_NONE) {
            at = from;
        }
    }
    return true;
}

static bool take_spans(retagger* r) {
    for (size_t i = 0; i < r->spans.count; ++i) {
        const span* const s = &r->spans.items[i];
        const kg_i_mention mention = {.begin = s->begin,
                                      .end = s->end,
                                      .entity = s->entity,
                                      .type = s->type,
                                      .kind = KG_I_NAMED,
                                      .score = (s->known ? SCORE_BOTH : SCORE_TAGGER) +
                                               SCORE_STEP * (float)s->clear};
        if (!kg_i_vec_push(&r->mentions, mention)) {
            return false;
        }
    }
    return true;
}

/// The entity of a place that the lexicon knows, made if the document has not named it so far.
static uint32_t place_entity(retagger* r, const kg_lexicon_entry* entry, uint32_t begin,
                             uint32_t end) {
    uint32_t entity = find_entry(r, entry);
    const kg_slice key = copy_name(r, begin, end, KG_PLACE);
    if (!key.ptr) {
        return KG_I_NONE;
    }
    const uint32_t* const known = kg_i_map_get(&r->by_name, key);
    if (entity == KG_I_NONE && known) {
        entity = *known;
    }
    if (entity == KG_I_NONE) {
        const kg_i_entity made = {
            .type = KG_PLACE, .name = {key.ptr + 1, key.len - 1}, .entry = entry};
        entity = (uint32_t)r->entities.count;
        if (!kg_i_vec_push(&r->entities, made) || !kg_i_map_put(&r->by_name, key, entity, NULL)) {
            return KG_I_NONE;
        }
    }
    return entity;
}

/// Whether the lexicon knows a place by this name, and which if it is one alone.
static bool is_place(const retagger* r, uint32_t begin, uint32_t end,
                     const kg_lexicon_entry** entry) {
    const uint32_t key = kg_i_automaton_exact(kg_i_lexicon_automaton(r->scope->lexicon),
                                              kg_text_chars(r->scope->text), begin, end);
    char text[64];
    const size_t size = kg_text_copy(r->scope->text, begin, end, text, sizeof text);
    if (key == KG_I_NO_KEY || !(kg_i_lexicon_flags(r->scope->lexicon, key) & KG_I_IS_PLACE) ||
        size >= sizeof text) {
        return false;
    }
    *entry = kg_lexicon_find(r->scope->lexicon, KG_PLACE, (kg_slice){text, size});
    return true;
}

/// A place before a zone's own name (河北雄安新区) is a mention of it, also where the lexicon has
/// both as one name.
static bool add_prefix_places(retagger* r) {
    const size_t count = r->mentions.count;
    for (size_t i = 0; i < count; ++i) {
        const kg_i_mention m = r->mentions.items[i];
        if (r->entities.items[m.entity].type != KG_PARK || m.kind != KG_I_NAMED) {
            continue;
        }
        for (uint32_t length = PREFIX_MAX; length >= 2; --length) {
            if (m.end - m.begin < length + SHORT_MIN) {
                continue;
            }
            const kg_lexicon_entry* entry = NULL;
            if (!is_place(r, m.begin, m.begin + length, &entry)) {
                continue;
            }
            const uint32_t entity = place_entity(r, entry, m.begin, m.begin + length);
            const kg_i_mention place = {.begin = m.begin,
                                        .end = m.begin + length,
                                        .entity = entity,
                                        .type = KG_PLACE,
                                        .kind = KG_I_NAMED,
                                        .score = m.score};
            if (entity == KG_I_NONE || !kg_i_vec_push(&r->mentions, place)) {
                return false;
            }
            break;
        }
    }
    return true;
}

static int by_place(const void* a, const void* b) {
    const kg_i_mention* const x = a;
    const kg_i_mention* const y = b;
    if (x->begin != y->begin) {
        return x->begin < y->begin ? -1 : 1;
    }
    if (x->end != y->end) {
        return x->end > y->end ? -1 : 1;
    }
    return x->entity < y->entity ? -1 : x->entity > y->entity;
}

/// What most of the tagger's names of an entity say is its type.
static bool vote(retagger* r) {
    r->votes = kg_i_arena_array(r->scope->arena, (r->entities.count + 1) * KG_TYPE_COUNT,
                                sizeof *r->votes);
    if (!r->votes) {
        return false;
    }
    for (size_t i = 0; i < r->spans.count; ++i) {
        const span* const s = &r->spans.items[i];
        ++r->votes[s->entity * KG_TYPE_COUNT + s->type];
    }
    for (uint32_t e = 0; e < r->entities.count; ++e) {
        kg_i_entity* const entity = &r->entities.items[e];
        const uint32_t* const votes = r->votes + (size_t)e * KG_TYPE_COUNT;
        for (unsigned t = 0; t < KG_TYPE_COUNT; ++t) {
            if (votes[t] > votes[entity->type]) {
                entity->type = (kg_type)t;
            }
        }
    }
    return true;
}

/// Which mention lies in which; those that cross another are dropped.
static void nest(retagger* r) {
    size_t kept = 0;
    uint32_t outer = KG_I_NONE;
    kg_i_mention* const m = r->mentions.items;
    for (size_t i = 0; i < r->mentions.count; ++i) {
        kg_i_mention mention = m[i];
        mention.type = r->entities.items[mention.entity].type;
        mention.outer = KG_I_NONE;
        if (outer != KG_I_NONE && mention.begin < m[outer].end) {
            if (mention.end > m[outer].end ||
                (mention.begin == m[outer].begin && mention.end == m[outer].end)) {
                continue;
            }
            if (kept > 0 && m[kept - 1].begin == mention.begin && m[kept - 1].end == mention.end) {
                continue;
            }
            mention.outer = outer;
        } else {
            outer = (uint32_t)kept;
        }
        m[kept++] = mention;
    }
    r->mentions.count = kept;
}

// The scope anew -------------------------------------------------------------------------------

/// Entities that are still spoken of, with how sure the surest mention is.
static bool write_entities(retagger* r, uint32_t* number) {
    kg_i_scope* const scope = r->scope;
    for (uint32_t e = 0; e < r->entities.count; ++e) {
        number[e] = KG_I_NONE;
        r->entities.items[e].score = 0;
    }
    for (size_t i = 0; i < r->mentions.count; ++i) {
        kg_i_entity* const entity = &r->entities.items[r->mentions.items[i].entity];
        number[r->mentions.items[i].entity] = 0;
        if (r->mentions.items[i].kind == KG_I_NAMED && r->mentions.items[i].score > entity->score) {
            entity->score = r->mentions.items[i].score;
        }
    }
    scope->entities =
        kg_i_arena_array(scope->arena, r->entities.count + 1, sizeof *scope->entities);
    scope->entity_count = 0;
    for (uint32_t e = 0; scope->entities && e < r->entities.count; ++e) {
        if (number[e] != KG_I_NONE) {
            number[e] = scope->entity_count;
            scope->entities[scope->entity_count++] = r->entities.items[e];
        }
    }
    return scope->entities != NULL;
}

static bool write_mentions(retagger* r, const uint32_t* number) {
    kg_i_scope* const scope = r->scope;
    uint32_t count = 0;
    const kg_sentence* const sentences = kg_text_sentences(scope->text, &count);
    scope->mentions =
        kg_i_arena_array(scope->arena, r->mentions.count + 1, sizeof *scope->mentions);
    if (!scope->mentions) {
        return false;
    }
    uint32_t at = 0;
    for (uint32_t s = 0; s < count; ++s) {
        scope->first_mention[s] = at;
        for (; at < r->mentions.count && r->mentions.items[at].begin < sentences[s].end; ++at) {
            scope->mentions[at] = r->mentions.items[at];
            scope->mentions[at].entity = number[r->mentions.items[at].entity];
        }
    }
    scope->first_mention[count] = at;
    scope->mention_count = at;
    return true;
}

static bool retag(retagger* r) {
    if (!tag_all(r) || !cut_sectors(r) || !index_entities(r) || !take_rules(r) || !join_spans(r) ||
        !take_spans(r) || !vote(r) || !add_prefix_places(r)) {
        return false;
    }
    if (r->mentions.count > 1) {
        qsort(r->mentions.items, r->mentions.count, sizeof *r->mentions.items, by_place);
    }
    nest(r);
    uint32_t* const number =
        kg_i_arena_array(r->scope->arena, r->entities.count + 1, sizeof *number);
    return number && write_entities(r, number) && write_mentions(r, number);
}

kg_status kg_i_retag(const kg_i_tagger* tagger, kg_i_scope* scope, kg_error* error) {
    if (tagger->row_count == 0) {
        return KG_OK;
    }
    retagger r = {.tagger = tagger, .scope = scope, .error = error};
    const bool fine = retag(&r);
    kg_i_vec_dispose(&r.spans);
    kg_i_vec_dispose(&r.mentions);
    kg_i_vec_dispose(&r.entities);
    kg_i_map_dispose(&r.by_name);
    return fine ? KG_OK : KG_OUT_OF_MEMORY(error);
}
