// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/map.h"
#include "base/try.h"
#include "generate.h"
#include "record/record.h"

#include <stdio.h>
#include <string.h>

/// Each is hard on some format; the comment says on which.
static const struct {
    kg_type type;
    const char* name;
    const char* alias; ///< or null
} things[] = {
    {KG_COMPANY, "\"引号\"与“弯引号”'单引号'公司", "\""},       // CSV, Cypher, Turtle
    {KG_COMPANY, "方括号[1]花括号{2}尖括号<b>公司</b>", "]]>"}, // XML, CDATA, Cypher
    {KG_COMPANY, "分号;竖线|逗号,公司", ";"},                   // array separators of CSV
    {KG_COMPANY, "与号&amp;&公司&#0;", "&"},                    // XML entities, once and twice
    {KG_COMPANY, "制表\t换行\n回车\r公司", "尾随换行\n"},       // CSV, N-Triples
    {KG_COMPANY, "反斜杠\\n\\u0041\\公司", "\\"},               // escapes of every kind
    {KG_PARK, "控制符\x01\x08\x0b\x1f产业园", "\x7f"},          // not allowed in XML 1.0
    {KG_PARK, "非字符\xef\xbf\xbe\xef\xbf\xbf产业园", NULL},    // U+FFFE, U+FFFF: likewise
    {KG_PARK, "🏭👨‍👩‍👧‍👦产业园", "🏭"},   // beyond the BMP, joiners
    {KG_PARK, "𠮷野家产业园", "吉野家产业园"},                  // beyond the BMP, look-alike
    {KG_PARK, "草莓100%产业园 <>\"{}|\\^`", "%E8%8D%89"},       // not allowed in IRIs
    {KG_PARK, " 首尾空格产业园　", "\xc2\xa0"},                 // trimming readers
    {KG_FACILITY, "=1+1|'cmd'!A0", "@SUM(A1)"},                 // formulas in spreadsheets
    {KG_FACILITY, "-", "+"},                                    // short, and an operator
    {KG_FACILITY, "true", "null"},                              // words that are typed
    {KG_FACILITY, "007", "1e5"},                                // numbers that are names
    {KG_SECTOR, "从右\xe2\x80\xae到左\xe2\x80\xac制造", "\xef\xbb\xbf制造"}, // bidi, BOM within
    {KG_SECTOR, "e\xcc\x81lectronique", "\xc3\xa9lectronique"},              // two normal forms
    {KG_SECTOR, "' OR 1=1; DROP TABLE entity; --", "${jndi:x}"},             // SQL and templates
    {KG_PLACE, "零宽\xe2\x80\x8b市", "\xe2\x80\xa8市"}, // zero width, line separator
    {KG_ORGANIZATION, "孤立的大学", NULL},              // without relations
    {KG_PERSON, "O'Brien \"Bob\" <bob@x.example>", NULL},
};
enum { thing_count = sizeof things / sizeof *things };

typedef struct {
    uint32_t subject;
    uint32_t object;
    kg_predicate predicate;
    kg_fact_status status;
    const char* from;
    const char* to;
    const char* title;
} fact;

/// Of the first document.
static const fact first_facts[] = {
    {0, 1, KG_INVESTS_IN, KG_ACTUAL, "2019-01-01", "2021-06-30", ""},
    {0, 1, KG_INVESTS_IN, KG_AGREED, "2020", "2022-12", ""}, // parallel, one predicate, overlapping
    {0, 1, KG_SUPPLIES, KG_ACTUAL, "", "", ""},              // parallel, several predicates
    {0, 1, KG_COOPERATES_WITH, KG_PLANNED, "", "2030", ""},
    {1, 0, KG_COOPERATES_WITH, KG_ACTUAL, "", "", ""}, // the same the other way round
    {2, 2, KG_COOPERATES_WITH, KG_ACTUAL, "", "", ""}, // a loop
    {2, 6, KG_LOCATES_IN, KG_ACTUAL, "2018-12-28", "", ""},
    {3, 7, KG_LOCATES_IN, KG_ENDED, "2015", "2017", ""},
    {4, 8, KG_OPERATES, KG_ACTUAL, "", "", ""},
    {5, 9, KG_DEVELOPS, KG_PLANNED, "2026-09", "", ""},
    {10, 11, KG_PART_OF, KG_ACTUAL, "", "", ""},
    {12, 10, KG_LOCATES_IN, KG_AGREED, "", "", ""},
    {0, 13, KG_DEVELOPS, KG_ACTUAL, "", "", ""},
    {14, 17, KG_FOCUSES_ON, KG_ACTUAL, "", "", ""},
    {6, 16, KG_FOCUSES_ON, KG_ACTUAL, "", "", ""},
    {3, 18, KG_ACTIVE_IN, KG_ACTUAL, "", "", ""},
    {8, 19, KG_SITUATED_IN, KG_ACTUAL, "", "", ""},
    {15, 19, KG_SITUATED_IN, KG_ACTUAL, "", "", ""},
    {21, 4, KG_HOLDS_POSITION, KG_ACTUAL, "", "", "董事长\"兼\"总裁;\t&"},
};
/// Of the second, which has no date: the same facts from elsewhere, with other times.
static const fact second_facts[] = {
    {0, 1, KG_INVESTS_IN, KG_ACTUAL, "2019-06-01", "2023", ""},
    {2, 6, KG_LOCATES_IN, KG_ENDED, "2018-12", "2020-01-01", ""},
    {4, 8, KG_OPERATES, KG_ACTUAL, "", "", ""},
};

typedef struct {
    kg_record* record;
    kg_i_arena* arena;
    kg_slice long_text; ///< 3,000 characters
} hostile;

static kg_slice copy(const hostile* h, const char* text) {
    return kg_i_arena_copy(h->arena, kg_slice_of(text));
}

static bool add_things(hostile* h) {
    kg_record_entity* const entities = kg_i_arena_array(h->arena, thing_count, sizeof *entities);
    kg_slice* const aliases = kg_i_arena_array(h->arena, thing_count, sizeof *aliases);
    kg_span* const mentions = kg_i_arena_array(h->arena, thing_count, sizeof *mentions);
    if (!entities || !aliases || !mentions) {
        return false;
    }
    for (uint32_t i = 0; i < thing_count; ++i) {
        entities[i].type = things[i].type;
        entities[i].name = copy(h, things[i].name);
        if (things[i].alias) {
            aliases[i] = copy(h, things[i].alias);
            entities[i].aliases = &aliases[i];
            entities[i].alias_count = 1;
        }
        mentions[i] = (kg_span){.begin = 64 * i, .end = 64 * i + entities[i].name.len};
        entities[i].mentions = &mentions[i];
        entities[i].mention_count = 1;
    }
    h->record->entities = entities;
    h->record->entity_count = thing_count;
    return true;
}

static bool add_facts(hostile* h, const fact* facts, uint32_t count) {
    kg_record_relation* const relations = kg_i_arena_array(h->arena, count, sizeof *relations);
    if (!relations) {
        return false;
    }
    for (uint32_t i = 0; i < count; ++i) {
        const fact* const f = &facts[i];
        relations[i] = (kg_record_relation){
            .subject = f->subject,
            .object = f->object,
            .predicate = f->predicate,
            .status = f->status,
            .inferred = i % 7 == 6,
            .confidence = i == 0 ? 1.0 : (double)i / count,
            .rule = copy(h, "hostile"),
            .title = copy(h, f->title),
            .time = copy(h, f->from),
            .valid_from = copy(h, f->from),
            .valid_to = copy(h, f->to),
            .sentence = i == 0 ? h->long_text : copy(h, things[f->subject].name),
            .span = {.begin = (uint64_t)1 << 33, .end = ((uint64_t)1 << 33) + 9000},
        };
        relations[i].evidence = relations[i].sentence;
    }
    h->record->relations = relations;
    h->record->relation_count = count;
    return true;
}

static bool make_long_text(hostile* h) {
    enum { characters = 3000 };
    char* const text = kg_i_arena_alloc(h->arena, 3 * characters + 1);
    for (size_t i = 0; text && i < characters; ++i) {
        memcpy(text + 3 * i, i % 10 == 9 ? "。" : "园", 3);
    }
    h->long_text = (kg_slice){text, text ? 3 * characters : 0};
    return text != NULL;
}

typedef struct {
    const char* doc;
    const char* title;
    const char* date;
    const char* url;
    const fact* facts;
    uint32_t count;
} page;

static kg_status make_page(const page* p, generate_sink sink, kg_error* error) {
    hostile h = {.record = kg_i_record_new()};
    if (!h.record) {
        return KG_OUT_OF_MEMORY(error);
    }
    h.arena = kg_i_record_arena(h.record);
    h.record->doc = copy(&h, p->doc);
    h.record->path = h.record->doc;
    h.record->title = copy(&h, p->title);
    h.record->date = copy(&h, p->date);
    h.record->url = copy(&h, p->url);
    h.record->publisher = copy(&h, "《\"日报\"》&Co");
    kg_i_hash128(h.record->doc, h.record->hash);
    const bool good = make_long_text(&h) && add_things(&h) && add_facts(&h, p->facts, p->count);
    const kg_status status =
        good ? sink.on_record(sink.handle, h.record, error) : KG_OUT_OF_MEMORY(error);
    kg_record_free(h.record);
    return status;
}

kg_status generate_hostile(generate_sink sink, kg_error* error) {
    static const page pages[] = {
        {"hostile/a b\"c?#[1]&%.html", "<title>\"&\t\n𠮷🏭\x02", "2024-02-29",
         "http://例え.example/草莓100% <>\"{}|\\^`?a=1&b=2#c#d", first_facts,
         sizeof first_facts / sizeof *first_facts},
        {"hostile/无日期.jsonl#1", "", "", "", second_facts,
         sizeof second_facts / sizeof *second_facts},
        {"hostile/empty.txt", "", "2024", "javascript:alert(1)", NULL, 0},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; ++i) {
        KG_TRY(make_page(&pages[i], sink, error));
    }
    return KG_OK;
}
