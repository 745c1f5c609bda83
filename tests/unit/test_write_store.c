// SPDX-License-Identifier: GPL-3.0-or-later
// The exports of a real store: what was put comes out, and comes out again the same.
#include "base/buffer.h"
#include "kg/store.h"
#include "kg/write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

// No lexicon is needed: one without entries takes the place of the real one.
struct kg_lexicon {
    int nothing;
};
const kg_lexicon_entry* kg_lexicon_at(const kg_lexicon* lexicon, uint32_t index) {
    (void)lexicon;
    (void)index;
    return NULL;
}
const kg_lexicon_entry* kg_lexicon_by_id(const kg_lexicon* lexicon, kg_slice id) {
    (void)lexicon;
    (void)id;
    return NULL;
}

#define RELATION(confidence, sentence)                                                             \
    "{\"s\":\"e1\",\"p\":\"operates\",\"o\":\"e2\",\"status\":\"actual\","                         \
    "\"confidence\":" confidence ",\"rule\":\"operates.verb\",\"evidence\":\"" sentence "\","      \
    "\"sentence\":\"" sentence "。\",\"begin\":3,\"end\":60}"
#define RECORD(doc, date, relations)                                                               \
    "{\"doc\":\"" doc "\",\"title\":\"题\",\"date\":\"" date "\",\"entities\":["                   \
    "{\"id\":\"e1\",\"type\":\"Company\",\"name\":\"甲乙集团\"},"                              \
    "{\"id\":\"e2\",\"type\":\"Park\",\"name\":\"丙丁产业园\"}],\"relations\":[" relations "]}"

static const char* const records[] = {
    RECORD("a.txt", "2021-01-01", RELATION("0.8", "甲乙集团运营丙丁产业园")),
    RECORD(
        "b.txt", "2021-02-01",
        RELATION("0.7", "丙丁产业园由甲乙集团运营") "," RELATION("0.6", "甲乙集团管理丙丁产业园")),
};

static char folder[64];
static kg_store* store;

static int fill_store(void** state) {
    (void)state;
    snprintf(folder, sizeof folder, "test_write_store.XXXXXX");
    if (!mkdtemp(folder) || chdir(folder) ||
        kg_store_open("kg.sqlite", KG_STORE_WRITE, 0, &store, NULL) != KG_OK) {
        return -1;
    }
    for (size_t i = 0; i < sizeof records / sizeof *records; ++i) {
        kg_record* record = NULL;
        kg_error error = {0};
        if (kg_record_from_json(kg_slice_of(records[i]), &record, &error) != KG_OK ||
            kg_store_put(store, record, &error) != KG_OK) {
            print_message("%s\n", error.text);
            return -1;
        }
        kg_record_free(record);
    }
    const kg_lexicon lexicon = {0};
    return kg_store_commit(store, NULL) || kg_store_resolve(store, &lexicon, NULL, NULL, NULL);
}

static int close_store(void** state) {
    (void)state;
    kg_store_close(store);
    char command[128];
    if (chdir("..")) {
        return -1;
    }
    snprintf(command, sizeof command, "rm -rf -- %s", folder);
    return system(command); // NOLINT(cert-env33-c): a fixed command on our own folder
}

static void every_format_comes_out_the_same_twice(void** state) {
    (void)state;
    for (unsigned i = 0; i < KG_WRITE_FORMAT_COUNT; ++i) {
        const char* const path = kg_write_default_name((kg_write_format)i);
        kg_error error = {0};
        if (kg_write(store, (kg_write_format)i, path, NULL, &error) != KG_OK) {
            fail_msg("%s: %s: %s", path, error.source, error.text);
        }
        assert_int_equal(kg_write(store, (kg_write_format)i, "again", NULL, &error), KG_OK);
        char command[128];
        snprintf(command, sizeof command, "diff -r again %s && rm -r again", path);
        assert_int_equal(system(command), 0);
    }
}

static void assert_lines(const char* pattern, const char* file, unsigned wanted) {
    char command[512];
    snprintf(command, sizeof command, "test $(grep -c -- '%s' %s) -eq %u", pattern, file, wanted);
    if (system(command) != 0) {
        fail_msg("not %u times: %s in %s", wanted, pattern, file);
    }
}

static void one_fact_of_two_documents_is_one_statement(void** state) {
    (void)state;
    assert_lines("#operates> <https://parkgraph.example/id/[^ ]*> .$", "graph.nt", 1);
    assert_lines("#type> <https://w3id.org/parkgraph/ontology#Statement>", "graph.nt", 1);
    assert_lines("ontology#evidence>", "graph.nt", 3);
    assert_lines("\"kind\":\"statement\"", "graph.jsonl", 1);
    assert_lines("\"kind\":\"entity\"", "graph.jsonl", 2);
    assert_lines("\"kind\":\"document\"", "graph.jsonl", 2);
    // Each triple is in one graph: as many lines as without graphs.
    assert_int_equal(system("test $(wc -l < graph.nt) -eq $(wc -l < graph.nq)"), 0);
    assert_lines("<edge ", "graph.graphml", 1);
    assert_lines("stated_in", "neo4j/evidence.csv", 3);
}

static void ids_are_plain_names(void** state) {
    (void)state;
    // Else each name would be spelled out and the file grow by half.
    assert_lines("^<", "graph.ttl", 0);
}

static void a_reader_can_export(void** state) {
    (void)state;
    kg_store* reader = NULL;
    assert_int_equal(kg_store_open("kg.sqlite", KG_STORE_READ, 0, &reader, NULL), KG_OK);
    assert_int_equal(kg_write(reader, KG_WRITE_TURTLE, "reader.ttl", NULL, NULL), KG_OK);
    kg_store_close(reader);
    assert_int_equal(system("cmp reader.ttl graph.ttl"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_comes_out_the_same_twice),
        cmocka_unit_test(one_fact_of_two_documents_is_one_statement),
        cmocka_unit_test(ids_are_plain_names),
        cmocka_unit_test(a_reader_can_export),
    };
    return cmocka_run_group_tests(tests, fill_store, close_store);
}
