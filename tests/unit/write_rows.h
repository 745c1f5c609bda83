// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// A small graph made by hand with what breaks readers in it, for the tests of the writers.
#ifndef KG_TESTS_WRITE_ROWS_H
#define KG_TESTS_WRITE_ROWS_H

#include "write/writer.h"

#include <math.h>
#include <string.h>

#define ROWS_BASE "https://kg.example/id/"

enum { ROWS_DOCUMENTS = 4, ROWS_ENTITIES = 10, ROWS_STATEMENTS = 13, ROWS_LONG = 3000 };

/// 3,000 Han characters: about as much as an article's longest "sentence".
static inline kg_slice rows_long_text(void) {
    static char text[ROWS_LONG * 3];
    for (size_t i = 0; i < ROWS_LONG; ++i) {
        memcpy(text + i * 3, "园", 3);
    }
    return (kg_slice){text, sizeof text};
}

/// As KG_LIT, but constant enough for a static table.
#define ROWS_TEXT(text)                                                                            \
    { (text), sizeof(text) - 1 }

static const kg_document_row rows_documents[ROWS_DOCUMENTS] = {
    {.id = ROWS_TEXT("d1"),
     .name = ROWS_TEXT("news/一.html"),
     .path = ROWS_TEXT("in/news/一.html"),
     .title = ROWS_TEXT("“智造”\t园区 <首批> & 'more'; \"quoted\" \\ back"),
     .date = ROWS_TEXT("2021-06-30"),
     .url = ROWS_TEXT("https://news.example/a b?q=草莓100%&x=<>\"{}|\\^`#f#g"),
     .publisher = ROWS_TEXT("示例日报"),
     .hash = {0x1234, 0xFFFFFFFFFFFFFFFF}},
    {.id = ROWS_TEXT("d2"),
     .name = ROWS_TEXT("b.md"),
     .date = ROWS_TEXT("2021-06"),
     .url = ROWS_TEXT("见附件")},
    {.id = ROWS_TEXT("d3"),
     .name = ROWS_TEXT("c.txt"),
     .date = ROWS_TEXT("2021-13-45"),
     .title = ROWS_TEXT("c")},
    {.id = ROWS_TEXT("d4"), .name = ROWS_TEXT("d.txt"), .date = ROWS_TEXT("2021")},
};

static const kg_slice rows_aliases[] = {
    ROWS_TEXT("金科;集团"),     ROWS_TEXT("a\"b"),          ROWS_TEXT("c, [d]"),
    ROWS_TEXT("C:\\temp\\new"), ROWS_TEXT("O'Reilly 中国"),
};
static const kg_slice rows_same_as[] = {ROWS_TEXT("e0"), ROWS_TEXT("old:1/x")};
static const kg_measure rows_measures[] = {
    {ROWS_TEXT("pagerank"), 0.25},
    {ROWS_TEXT("degree"), 6},
    {ROWS_TEXT("betweenness"), 1e-5},
    {ROWS_TEXT("closeness"), (double)NAN},
    {ROWS_TEXT("articulation"), 1},
    {ROWS_TEXT("of_tomorrow"), 2},
    {ROWS_TEXT("hub"), 1},
};

static const kg_entity_row rows_entities[ROWS_ENTITIES] = {
    {.id = ROWS_TEXT("e1"),
     .type = KG_COMPANY,
     .name = ROWS_TEXT("阿里\"巴巴\" & <淘宝>"),
     .lexicon_id = ROWS_TEXT("91500000MA5U"),
     .aliases = rows_aliases,
     .alias_count = 5,
     .document_count = 3,
     .first_seen = ROWS_TEXT("2021-06"),
     .last_seen = ROWS_TEXT("2021-06-30"),
     .same_as = rows_same_as,
     .same_as_count = 2,
     .measures = rows_measures,
     .measure_count = 7},
    {.id = ROWS_TEXT("e2"), .type = KG_PARK, .name = ROWS_TEXT("示例;产业园，A区'b'")},
    {.id = ROWS_TEXT("e3"), .type = KG_SECTOR, .name = ROWS_TEXT("人工智能 🤖")},
    {.id = ROWS_TEXT("e4"), .type = KG_PERSON, .name = ROWS_TEXT("𠮷田 \\u0041 \\\\")},
    {.id = ROWS_TEXT("e5"), .type = KG_PLACE, .name = ROWS_TEXT("换\n行\r回\t车")},
    {.id = ROWS_TEXT("e6"),
     .type = KG_FACILITY,
     .name = ROWS_TEXT("控\x01制\x1F符\x00号\xEF\xBF\xBF完")},
    {.id = ROWS_TEXT("e7"), .type = KG_ORGANIZATION, .name = ROWS_TEXT("坏\xFF字\xE4\xB8节")},
    {.id = ROWS_TEXT("lex:156/500000"), .type = KG_PLACE, .name = ROWS_TEXT("重庆")},
    {.id = ROWS_TEXT("e9"), .type = KG_COMPANY, .name = ROWS_TEXT("孤立公司")},
    {.id = ROWS_TEXT("ea"), .type = KG_COMPANY, .name = ROWS_TEXT(" = 1+1  ")},
};

static inline kg_evidence_row rows_plain_evidence(const char* doc_id, const char* doc) {
    return (kg_evidence_row){.doc = kg_slice_of(doc),
                             .doc_id = kg_slice_of(doc_id),
                             .sentence = KG_LIT("示例公司入驻示例产业园。"),
                             .quote = KG_LIT("示例公司入驻示例产业园"),
                             .span = {10, 46},
                             .rule = KG_LIT("locates.enter"),
                             .confidence = 0.9};
}

/// A statement with one plain piece of evidence, to be changed by the caller.
static inline kg_statement_row rows_statement(const char* id, const char* subject,
                                              kg_predicate predicate, const char* object,
                                              const kg_evidence_row* evidence, uint32_t count) {
    return (kg_statement_row){.id = kg_slice_of(id),
                              .subject = kg_slice_of(subject),
                              .object = kg_slice_of(object),
                              .predicate = predicate,
                              .confidence = 0.9,
                              .evidence = evidence,
                              .evidence_count = count};
}

static inline kg_status rows_put_statements(void* export) {
    kg_evidence_row several[4] = {
        rows_plain_evidence("d1", "news/一.html"), rows_plain_evidence("d1", "news/一.html"),
        rows_plain_evidence("d2", "b.md"), rows_plain_evidence("d3", "c.txt")};
    several[1].confidence = 0.95;
    several[1].quote =
        KG_LIT("\"引号\"\n换行, 逗号; 分号\\反斜线 <标签> & 'x' 𠮷🤖\x02");
    several[1].sentence = rows_long_text();
    several[1].time = KG_LIT("截至6月底");
    several[1].url = KG_LIT("https://news.example/a b");
    several[2].quote = (kg_slice){NULL, 0};
    const kg_evidence_row* const one = &several[3];
    kg_statement_row rows[ROWS_STATEMENTS] = {
        rows_statement("s01", "e1", KG_LOCATES_IN, "e2", several, 4),
        rows_statement("s02", "e1", KG_LOCATES_IN, "e2", one, 1), // parallel, same type
        rows_statement("s03", "e1", KG_OPERATES, "e2", one, 1),   // parallel, other type
        rows_statement("s04", "e1", KG_INVESTS_IN, "e1", one, 1), // loop
        rows_statement("s05", "e2", KG_FOCUSES_ON, "e3", one, 1),
        rows_statement("s06", "e4", KG_HOLDS_POSITION, "e1", one, 1),
        rows_statement("s07", "e4", KG_HOLDS_POSITION, "e1", one, 1),
        rows_statement("s08", "e6", KG_SITUATED_IN, "e5", one, 1),
        rows_statement("s09", "e7", KG_COOPERATES_WITH, "ea", one, 1),
        rows_statement("s10", "e2", KG_SITUATED_IN, "lex:156/500000", one, 1),
        rows_statement("s11", "lex:156/500000", KG_COOPERATES_WITH, "e2", one, 1),
        rows_statement("s12", "e7", KG_ACTIVE_IN, "e3", one, 1), // inferred
        rows_statement("s13", "ea", KG_SUPPLIES, "e2", one, 1),  // unsure
    };
    rows[0].status = KG_AGREED;
    rows[0].valid_from = KG_LIT("2018-02");
    rows[0].valid_to = KG_LIT("2020");
    rows[0].first_seen = KG_LIT("2021-06-30");
    rows[0].last_seen = KG_LIT("2021-06-30");
    rows[1].valid_from = KG_LIT("2019-05-05"); // overlaps the first
    rows[2].valid_from = KG_LIT("2020-01-01"); // ends before it begins
    rows[2].valid_to = KG_LIT("2019");
    rows[3].first_seen = KG_LIT("2021-06-30"); // told after it had ended
    rows[3].valid_to = KG_LIT("2020-02");
    rows[4].valid_from = KG_LIT("去年");
    rows[5].title = KG_LIT("董事长");
    rows[6].title = KG_LIT("总裁, \"CEO\"");
    rows[11].inferred = true;
    rows[12].confidence = 0.2;
    for (int i = 0; i < ROWS_STATEMENTS; ++i) {
        const kg_status status = kg_i_export_statement(export, &rows[i]);
        if (status != KG_OK) {
            return status;
        }
    }
    return KG_OK;
}

/// Export the graph with all its statements.
static inline kg_status rows_write(kg_write_format format, const char* path, kg_error* error) {
    const kg_write_options options = {.inferred = true};
    kg_i_export* export = NULL;
    kg_status status = kg_i_export_begin(format, path, KG_LIT(ROWS_BASE), &options, error, &export);
    if (status != KG_OK) {
        return status;
    }
    for (int i = 0; i < ROWS_DOCUMENTS && status == KG_OK; ++i) {
        status = kg_i_export_document(export, &rows_documents[i]);
    }
    for (int i = 0; i < ROWS_ENTITIES && status == KG_OK; ++i) {
        status = kg_i_export_entity(export, &rows_entities[i]);
    }
    if (status == KG_OK) {
        status = rows_put_statements(export);
    }
    return kg_i_export_end(export, status);
}

#endif
