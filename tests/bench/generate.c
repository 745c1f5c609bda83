// SPDX-License-Identifier: GPL-3.0-or-later
#include "generate.h"

#include "base/map.h"
#include "base/try.h"
#include "record/record.h"

#include <stdio.h>
#include <string.h>

enum { most_relations = 1000 };

/// Types by the last digits of an entity's number, so that a number of a type is had without a
/// table: half are companies.
static const kg_type slots[20] = {KG_COMPANY,  KG_PARK,    KG_COMPANY, KG_SECTOR,       KG_COMPANY,
                                  KG_FACILITY, KG_COMPANY, KG_PLACE,   KG_COMPANY,      KG_PARK,
                                  KG_COMPANY,  KG_SECTOR,  KG_COMPANY, KG_ORGANIZATION, KG_COMPANY,
                                  KG_FACILITY, KG_COMPANY, KG_PLACE,   KG_COMPANY,      KG_PERSON};

typedef struct {
    kg_predicate predicate;
    kg_type subject;
    kg_type object;
} shape;

static const shape shapes[] = {
    {KG_LOCATES_IN, KG_COMPANY, KG_PARK},         {KG_ACTIVE_IN, KG_COMPANY, KG_SECTOR},
    {KG_INVESTS_IN, KG_COMPANY, KG_COMPANY},      {KG_SITUATED_IN, KG_COMPANY, KG_PLACE},
    {KG_INVESTS_IN, KG_COMPANY, KG_ORGANIZATION}, {KG_COOPERATES_WITH, KG_COMPANY, KG_ORGANIZATION},
    {KG_FOCUSES_ON, KG_PARK, KG_SECTOR},          {KG_SUPPLIES, KG_COMPANY, KG_COMPANY},
    {KG_DEVELOPS, KG_COMPANY, KG_FACILITY},       {KG_SITUATED_IN, KG_PARK, KG_PLACE},
    {KG_SUBSIDIARY_OF, KG_COMPANY, KG_COMPANY},   {KG_LOCATES_IN, KG_FACILITY, KG_PARK},
    {KG_OPERATES, KG_COMPANY, KG_PARK},           {KG_PART_OF, KG_PARK, KG_PARK},
    {KG_HEADQUARTERED_IN, KG_COMPANY, KG_PLACE},  {KG_HOLDS_POSITION, KG_PERSON, KG_COMPANY},
};
enum { shape_count = sizeof shapes / sizeof *shapes };

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every machine.
static uint64_t draw(uint64_t* state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

typedef struct {
    const generate_options* options;
    uint64_t random;
    uint64_t groups; ///< of twenty entities
    uint64_t made;   ///< relations so far
    kg_record* record;
    kg_i_arena* arena;
    kg_record_entity* entities;
    uint64_t* numbers; ///< of the entities
    kg_record_relation* relations;
} making;

static kg_slice copy(const making* m, const char* text) {
    return kg_i_arena_copy(m->arena, kg_slice_of(text));
}

// Entities ---------------------------------------------------------------------------------------

/// A number in a script of sixty-four characters, least digit first: the brand in a name.
static void add_brand(char* out, size_t size, uint64_t number) {
    static const char digits[] = "云海天星金鼎华瑞安泰康宁博远宏达新科智创光明东方长江龙腾飞跃中联"
                                 "国恒信诚德盛世佳美嘉和永兴万通百川凌峰启航卓越同心沃森格力欧雅晶";
    size_t used = strlen(out);
    do {
        const char* const digit = digits + 3 * (number % 64);
        used += (size_t)snprintf(out + used, size - used, "%.3s", digit);
        number /= 64;
    } while (number > 0 && used + 4 < size);
}

static kg_slice make_name(const making* m, uint64_t number) {
    static const char* const forms[KG_TYPE_COUNT][2] = {[KG_COMPANY] = {"", "科技有限公司"},
                                                        [KG_PARK] = {"", "产业园"},
                                                        [KG_FACILITY] = {"", "研发中心"},
                                                        [KG_SECTOR] = {"", "制造"},
                                                        [KG_PLACE] = {"", "市"},
                                                        [KG_ORGANIZATION] = {"", "大学"},
                                                        [KG_PERSON] = {"王", ""}};
    const kg_type type = slots[number % 20];
    char text[128];
    snprintf(text, sizeof text, "%s", forms[type][0]);
    add_brand(text, sizeof text, number);
    const size_t used = strlen(text);
    snprintf(text + used, sizeof text - used, "%s", forms[type][1]);
    return copy(m, text);
}

/// The record's entity of this number, made if it is not there yet.
static bool entity_of(making* m, uint64_t number, uint32_t* out) {
    uint32_t i = 0;
    while (i < m->record->entity_count && m->numbers[i] != number) {
        ++i;
    }
    *out = i;
    if (i < m->record->entity_count) {
        return true;
    }
    kg_record_entity* const entity = &m->entities[i];
    kg_span* const mention = kg_i_arena_alloc(m->arena, sizeof *mention);
    entity->type = slots[number % 20];
    entity->name = make_name(m, number);
    if (!mention || !entity->name.ptr) {
        return false;
    }
    *mention = (kg_span){.begin = 100 * i, .end = 100 * i + entity->name.len};
    entity->mentions = mention;
    entity->mention_count = 1;
    m->numbers[i] = number;
    ++m->record->entity_count;
    return true;
}

/// An entity of a type among all, the first ones far more often: cubes of an even draw.
static uint64_t draw_entity(making* m, kg_type type) {
    unsigned slot = (unsigned)(draw(&m->random) % 20);
    while (slots[slot] != type) {
        slot = (slot + 1) % 20;
    }
    const double even = (double)(draw(&m->random) >> 11) / 9007199254740992.0;
    return 20 * (uint64_t)(even * even * even * (double)m->groups) + slot;
}

/// The n-th slot of a type, and how many there are.
static unsigned slot_of(kg_type type, uint64_t n, unsigned* count) {
    unsigned found[20] = {0};
    *count = 0;
    for (unsigned slot = 0; slot < 20; ++slot) {
        if (slots[slot] == type) {
            found[(*count)++] = slot;
        }
    }
    return found[n % *count];
}

/// The n-th pair of a shape, each pair once until all are used: subjects in turn, and the
/// object moves on by one with each round.
static void nth_pair(const making* m, const shape* s, uint64_t n, uint64_t* subject,
                     uint64_t* object) {
    unsigned per_group = 0;
    slot_of(s->subject, 0, &per_group);
    const uint64_t subjects = m->groups * per_group;
    const uint64_t which = n % subjects;
    *subject = 20 * (which / per_group) + slot_of(s->subject, which, &per_group);
    slot_of(s->object, 0, &per_group);
    const uint64_t objects = m->groups * per_group;
    const uint64_t other = (which * 7 + 1 + n / subjects) % objects;
    *object = 20 * (other / per_group) + slot_of(s->object, other, &per_group);
}

// Relations --------------------------------------------------------------------------------------

static bool fill_words(making* m, kg_record_relation* relation, uint64_t subject, uint64_t object) {
    const kg_slice a = m->entities[relation->subject].name;
    const kg_slice b = m->entities[relation->object].name;
    char text[600];
    snprintf(text, sizeof text, "据悉，%.*s与%.*s的项目编号%llu已签约，总投资%llu亿元。",
             (int)a.len, a.ptr, (int)b.len, b.ptr, (unsigned long long)(subject ^ object),
             (unsigned long long)(subject % 97 + 1));
    relation->sentence = copy(m, text);
    relation->evidence = relation->sentence;
    relation->rule = copy(m, kg_predicate_name(relation->predicate));
    relation->span.begin = 400 * (uint64_t)m->record->relation_count;
    relation->span.end = relation->span.begin + relation->sentence.len;
    if (relation->predicate == KG_HOLDS_POSITION) {
        relation->title = copy(m, "董事长");
    }
    return relation->sentence.ptr && relation->rule.ptr;
}

static bool fill_dates(making* m, kg_record_relation* relation) {
    const uint64_t r = draw(&m->random);
    if (r % 2 == 0) {
        return true;
    }
    char text[32];
    const unsigned year = 2010 + (unsigned)(r >> 8) % 15;
    const unsigned month = 1 + (unsigned)(r >> 16) % 12;
    snprintf(text, sizeof text, "%u-%02u", year, month);
    relation->valid_from = copy(m, text);
    snprintf(text, sizeof text, "%u年%u月", year, month);
    relation->time = copy(m, text);
    if (relation->status == KG_ENDED) {
        snprintf(text, sizeof text, "%u-12-31", year + 1);
        relation->valid_to = copy(m, text);
    }
    return relation->valid_from.ptr && relation->time.ptr;
}

static bool add_relation(making* m) {
    const uint64_t n = m->made++;
    const bool even = m->options->distinct;
    const shape* const s = &shapes[even ? n % shape_count : draw(&m->random) % shape_count];
    uint64_t subject = 0, object = 0;
    if (even) {
        nth_pair(m, s, n / shape_count, &subject, &object);
    } else {
        subject = draw_entity(m, s->subject);
        object = draw_entity(m, s->object);
    }
    static const kg_fact_status statuses[8] = {KG_ACTUAL, KG_ACTUAL, KG_ACTUAL,  KG_ACTUAL,
                                               KG_AGREED, KG_AGREED, KG_PLANNED, KG_ENDED};
    const uint64_t r = draw(&m->random);
    kg_record_relation* const relation = &m->relations[m->record->relation_count];
    relation->predicate = s->predicate;
    relation->status = statuses[r % 8];
    relation->confidence = 0.5 + (double)((r >> 8) % 50) / 100;
    relation->inferred = (r >> 20) % 50 == 0;
    if (!entity_of(m, subject, &relation->subject) || !entity_of(m, object, &relation->object) ||
        !fill_words(m, relation, subject, object) || !fill_dates(m, relation)) {
        return false;
    }
    ++m->record->relation_count;
    return true;
}

// Documents --------------------------------------------------------------------------------------

static bool fill_head(making* m, uint32_t number) {
    kg_record* const record = m->record;
    char text[96];
    snprintf(text, sizeof text, "made/%07u.txt", (unsigned)number);
    record->doc = copy(m, text);
    record->path = record->doc;
    snprintf(text, sizeof text, "第%u号消息：产业园签约", (unsigned)number);
    record->title = copy(m, text);
    snprintf(text, sizeof text, "https://news.example/%07u.html", (unsigned)number);
    record->url = copy(m, text);
    record->format = copy(m, "text");
    record->charset = copy(m, "UTF-8");
    const uint64_t r = draw(&m->random);
    if (r % 10 != 0) {
        snprintf(text, sizeof text, "%u-%02u-%02u", 2015 + (unsigned)(r >> 8) % 10,
                 1 + (unsigned)(r >> 16) % 12, 1 + (unsigned)(r >> 24) % 28);
        record->date = copy(m, text);
    }
    snprintf(text, sizeof text, "%u %llu", (unsigned)number, (unsigned long long)m->options->seed);
    kg_i_hash128(kg_slice_of(text), record->hash);
    return record->doc.ptr && record->title.ptr && record->url.ptr;
}

static kg_status make_document(making* m, uint32_t number, generate_sink sink, kg_error* error) {
    const uint32_t relations = m->options->relations;
    m->record = kg_i_record_new();
    if (!m->record) {
        return KG_OUT_OF_MEMORY(error);
    }
    m->arena = kg_i_record_arena(m->record);
    m->entities = kg_i_arena_array(m->arena, 2 * (size_t)relations + 1, sizeof *m->entities);
    m->numbers = kg_i_arena_array(m->arena, 2 * (size_t)relations + 1, sizeof *m->numbers);
    m->relations = kg_i_arena_array(m->arena, (size_t)relations + 1, sizeof *m->relations);
    bool good = m->entities && m->numbers && m->relations && fill_head(m, number);
    if (good) {
        m->record->entities = m->entities;
        m->record->relations = m->relations;
    }
    for (uint32_t i = 0; good && i < relations; ++i) {
        good = add_relation(m);
    }
    const kg_status status =
        good ? sink.on_record(sink.handle, m->record, error) : KG_OUT_OF_MEMORY(error);
    kg_record_free(m->record);
    return status;
}

kg_status generate(const generate_options* options, generate_sink sink, kg_error* error) {
    if (options->relations > most_relations) {
        return kg_fail(error, KG_ERR_USAGE, NULL, "at most %d relations in a document",
                       (int)most_relations);
    }
    if (options->hostile) {
        KG_TRY(generate_hostile(sink, error));
    }
    const uint32_t groups = options->entities / 20;
    making m = {.options = options, .random = options->seed, .groups = groups ? groups : 1};
    for (uint32_t i = 0; i < options->documents; ++i) {
        KG_TRY(make_document(&m, i, sink, error));
    }
    return KG_OK;
}
