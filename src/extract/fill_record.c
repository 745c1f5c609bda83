// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/try.h"
#include "extract/relation.h"
#include "extract/time.h"
#include "record/record.h"

#include <string.h>

enum {
    QUOTE_MORE = 16,     ///< characters that a quote may take in up to the clause's end
    SENTENCE_MAX = 1000, ///< characters of a sentence that are kept
    SPAN_MAX = 4000      ///< mentions of one entity whose places are kept
};

typedef struct {
    const kg_i_reader* reader;
    const kg_i_scope* scope;
    const kg_document* document;
    kg_record* record;
    kg_i_arena* arena;
    kg_error* error;
    uint32_t* number; ///< of each entity in the record, or KG_I_NONE
} filler;

static kg_slice copy_text(filler* f, uint32_t begin, uint32_t end) {
    const size_t length = kg_text_copy(f->scope->text, begin, end, NULL, 0);
    char* const text = kg_i_arena_array(f->arena, length + 1, 1);
    if (!text) {
        return (kg_slice){0};
    }
    (void)kg_text_copy(f->scope->text, begin, end, text, length + 1);
    return (kg_slice){text, length};
}

static kg_span span_of(const filler* f, uint32_t begin, uint32_t end) {
    const kg_document* const d = f->document;
    return (kg_span){d->base + d->origin[begin], d->base + d->origin[end]};
}

static kg_status copy_head(filler* f) {
    static const char* const formats[] = {"text", "html", "markdown", "jsonl", "feed"};
    const kg_document* const d = f->document;
    kg_record* const r = f->record;
    const struct {
        kg_slice from;
        kg_slice* to;
    } fields[] = {
        {d->name, &r->doc},
        {d->path, &r->path},
        {d->title, &r->title},
        {d->date, &r->date},
        {d->url, &r->url},
        {d->publisher, &r->publisher},
        {d->charset, &r->charset},
        {kg_slice_of((unsigned)d->format < 5 ? formats[d->format] : ""), &r->format},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; ++i) {
        *fields[i].to = kg_i_arena_copy(f->arena, fields[i].from);
        if (!fields[i].to->ptr) {
            return KG_OUT_OF_MEMORY(f->error);
        }
    }
    memcpy(r->hash, d->hash, sizeof r->hash);
    return KG_OK;
}

/// Places, people and bodies that are merely quoted count only where they take part in a relation.
static bool is_kept(const filler* f, uint32_t entity, const bool* related) {
    const kg_i_entity* const e = &f->scope->entities[entity];
    return related[entity] ||
           (e->type != KG_PLACE && e->type != KG_PERSON && e->score >= KG_I_SHOWN);
}

static kg_status copy_entity(filler* f, const kg_i_entity* from, kg_record_entity* to) {
    kg_slice* const aliases = kg_i_arena_array(f->arena, from->alias_count + 1, sizeof *aliases);
    to->type = from->type;
    to->name = kg_i_arena_copy(f->arena, from->name);
    if (from->entry) {
        to->lexicon_id = kg_i_arena_copy(f->arena, from->entry->id);
    }
    if (!aliases || !to->name.ptr) {
        return KG_OUT_OF_MEMORY(f->error);
    }
    for (uint32_t i = 0; i < from->alias_count; ++i) {
        aliases[i] = kg_i_arena_copy(f->arena, from->aliases[i]);
        if (!aliases[i].ptr) {
            return KG_OUT_OF_MEMORY(f->error);
        }
    }
    to->aliases = aliases;
    to->alias_count = from->alias_count;
    return KG_OK;
}

static kg_status place_mentions(filler* f, kg_record_entity* entities, uint32_t count) {
    const kg_i_scope* const s = f->scope;
    for (uint32_t m = 0; m < s->mention_count; ++m) {
        const uint32_t e = f->number[s->mentions[m].entity];
        if (e != KG_I_NONE && entities[e].mention_count < SPAN_MAX) {
            ++entities[e].mention_count;
        }
    }
    kg_span** const spans = kg_i_arena_array(s->arena, (size_t)count + 1, sizeof *spans);
    if (!spans) {
        return KG_OUT_OF_MEMORY(f->error);
    }
    for (uint32_t e = 0; e < count; ++e) {
        spans[e] = kg_i_arena_array(f->arena, entities[e].mention_count + 1u, sizeof **spans);
        if (!spans[e]) {
            return KG_OUT_OF_MEMORY(f->error);
        }
        entities[e].mentions = spans[e];
        entities[e].mention_count = 0;
    }
    for (uint32_t m = 0; m < s->mention_count; ++m) {
        const uint32_t e = f->number[s->mentions[m].entity];
        if (e != KG_I_NONE && entities[e].mention_count < SPAN_MAX) {
            spans[e][entities[e].mention_count++] =
                span_of(f, s->mentions[m].begin, s->mentions[m].end);
        }
    }
    return KG_OK;
}

static kg_status copy_entities(filler* f, const kg_i_relation* relations, uint32_t count) {
    const kg_i_scope* const s = f->scope;
    bool* const related = kg_i_arena_array(s->arena, s->entity_count + 1, sizeof *related);
    kg_record_entity* const entities =
        kg_i_arena_array(f->arena, s->entity_count + 1, sizeof *entities);
    f->number = kg_i_arena_array(s->arena, s->entity_count + 1, sizeof *f->number);
    if (!related || !entities || !f->number) {
        return KG_OUT_OF_MEMORY(f->error);
    }
    for (uint32_t i = 0; i < count; ++i) {
        related[relations[i].subject] = true;
        related[relations[i].object] = true;
    }
    uint32_t kept = 0;
    for (uint32_t e = 0; e < s->entity_count; ++e) {
        f->number[e] = KG_I_NONE;
        if (is_kept(f, e, related)) {
            f->number[e] = kept;
            KG_TRY(copy_entity(f, &s->entities[e], &entities[kept++]));
        }
    }
    f->record->entities = entities;
    f->record->entity_count = kept;
    return place_mentions(f, entities, kept);
}

static bool ends_clause(uint32_t code) {
    return code == 0xFF0C || code == ',' || code == 0x3002 || code == 0xFF1B || code == ';' ||
           code == 0xFF1A || code == ':' || code == 0xFF01 || code == 0xFF1F;
}

/// From one end to the other, and on to where the clauses begin and end if that is near.
static void widen(const filler* f, const kg_sentence* sentence, uint32_t* begin, uint32_t* end) {
    const uint32_t* const chars = kg_text_chars(f->scope->text);
    // A carried subject may stand in an earlier sentence; the quote is of this one.
    if (*begin < sentence->begin || *begin >= sentence->end) {
        *begin = sentence->begin;
    }
    if (*end > sentence->end || *end <= *begin) {
        *end = sentence->end;
    }
    uint32_t at = *begin;
    while (at > sentence->begin && *begin - at < QUOTE_MORE && !ends_clause(chars[at - 1])) {
        --at;
    }
    if (at == sentence->begin || ends_clause(chars[at - 1])) {
        *begin = at;
    }
    at = *end;
    while (at < sentence->end && at - *end < QUOTE_MORE && !ends_clause(chars[at])) {
        ++at;
    }
    if (at == sentence->end || ends_clause(chars[at])) {
        *end = at;
    }
}

static kg_status set_time(filler* f, const kg_sentence* sentence, const kg_i_sight* sight,
                          kg_record_relation* to) {
    kg_i_time time;
    if (sight->how == KG_I_HOW_NESTED ||
        !kg_i_find_time(f->scope->text, sentence->begin, sentence->end, sight->begin, sight->end,
                        f->document->date, &time)) {
        return KG_OK;
    }
    const kg_slice iso = kg_i_arena_copy(f->arena, kg_slice_of(time.iso));
    to->time = copy_text(f, time.begin, time.end);
    if (to->status == KG_ENDED) {
        to->valid_to = iso;
    } else {
        to->valid_from = iso;
    }
    return iso.ptr && to->time.ptr ? KG_OK : KG_OUT_OF_MEMORY(f->error);
}

static bool speaks_of_time(kg_predicate predicate) {
    return predicate != KG_ACTIVE_IN && predicate != KG_SITUATED_IN && predicate != KG_PART_OF &&
           predicate != KG_FOCUSES_ON && predicate != KG_SUBSIDIARY_OF;
}

static kg_status copy_relation(filler* f, const kg_i_relation* from, kg_record_relation* to) {
    uint32_t sentence_count = 0;
    const kg_sentence* const sentences = kg_text_sentences(f->scope->text, &sentence_count);
    const kg_i_sight* const sight = &f->reader->sights.items[from->sight];
    const kg_sentence* const sentence = &sentences[sight->sentence];
    uint32_t begin = sight->begin, end = sight->end;
    widen(f, sentence, &begin, &end);
    uint32_t sentence_begin = sentence->begin, sentence_end = sentence->end;
    if (sentence_end - sentence_begin > SENTENCE_MAX) {
        sentence_begin = begin;
        sentence_end = end;
    }
    *to = (kg_record_relation){
        .subject = f->number[from->subject],
        .object = f->number[from->object],
        .predicate = from->predicate,
        .status = kg_i_status_of(f->reader, from),
        .inferred = from->inferred,
        .confidence = (double)from->confidence,
        .rule = kg_i_arena_copy(f->arena, from->rule),
        .evidence = copy_text(f, begin, end),
        .sentence = copy_text(f, sentence_begin, sentence_end),
        .span = span_of(f, sentence_begin, sentence_end),
    };
    if (from->predicate == KG_HOLDS_POSITION && sight->title_end > sight->title_begin) {
        to->title = copy_text(f, sight->title_begin, sight->title_end);
    }
    if (!to->rule.ptr || !to->evidence.ptr || !to->sentence.ptr) {
        return KG_OUT_OF_MEMORY(f->error);
    }
    return speaks_of_time(from->predicate) ? set_time(f, sentence, sight, to) : KG_OK;
}

kg_status kg_i_fill_record(const kg_i_reader* reader, const kg_i_relation* relations,
                           uint32_t count, kg_record* record, kg_error* error) {
    filler f = {.reader = reader,
                .scope = reader->scope,
                .document = kg_text_document(reader->scope->text),
                .record = record,
                .arena = kg_i_record_arena(record),
                .error = error};
    KG_TRY(copy_head(&f));
    KG_TRY(copy_entities(&f, relations, count));
    kg_record_relation* const to = kg_i_arena_array(f.arena, (size_t)count + 1, sizeof *to);
    if (!to) {
        return KG_OUT_OF_MEMORY(error);
    }
    for (uint32_t i = 0; i < count; ++i) {
        KG_TRY(copy_relation(&f, &relations[i], &to[i]));
    }
    record->relations = to;
    record->relation_count = count;
    return KG_OK;
}
