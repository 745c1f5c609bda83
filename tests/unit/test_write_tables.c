// SPDX-License-Identifier: GPL-3.0-or-later
// Plain CSV, Neo4j's tables, the Cypher script and JSON Lines.
#include "write_rows.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];

static int write_all(void** state) {
    (void)state;
    snprintf(folder, sizeof folder, "test_write_tables.XXXXXX");
    if (!mkdtemp(folder) || chdir(folder)) {
        return -1;
    }
    return rows_write(KG_WRITE_CSV, "csv", NULL) || rows_write(KG_WRITE_NEO4J, "neo4j", NULL) ||
           rows_write(KG_WRITE_CYPHER, "graph.cypher", NULL) ||
           rows_write(KG_WRITE_JSONL, "graph.jsonl", NULL);
}

static int remove_all(void** state) {
    (void)state;
    char command[128];
    if (chdir("..")) {
        return -1;
    }
    snprintf(command, sizeof command, "rm -rf -- %s", folder);
    return system(command); // NOLINT(cert-env33-c): a fixed command on our own folder
}

static char* read_file(const char* path) {
    FILE* const file = fopen(path, "r");
    assert_non_null(file);
    kg_i_buffer text = {0};
    char chunk[4096];
    size_t got = 0;
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) {
        kg_i_buffer_add(&text, chunk, got);
    }
    fclose(file);
    char* const out = kg_i_buffer_detach(&text);
    assert_non_null(out);
    return out;
}

static unsigned count(const char* text, const char* part) {
    unsigned out = 0;
    for (const char* at = strstr(text, part); at; at = strstr(at + 1, part)) {
        ++out;
    }
    return out;
}

static void assert_in(const char* path, const char* wanted) {
    char* const text = read_file(path);
    if (!strstr(text, wanted)) {
        fail_msg("%s: not there: %s", path, wanted);
    }
    free(text);
}

// A reader of RFC 4180 ----------------------------------------------------------------------------

enum { FIELDS = 40 };

typedef struct {
    const char* at;
    unsigned count;
    kg_i_buffer fields[FIELDS];
    bool quoted[FIELDS];
} record;

/// The next record; false at the end. Fails on whatever the RFC forbids.
static bool next_record(record* r, const char* line_end) {
    r->count = 0;
    if (!*r->at) {
        return false;
    }
    for (;;) {
        assert_true(r->count < FIELDS);
        kg_i_buffer* const field = &r->fields[r->count];
        kg_i_buffer_clear(field);
        r->quoted[r->count] = *r->at == '"';
        if (r->quoted[r->count++]) {
            for (++r->at; *r->at != '"' || *++r->at == '"'; ++r->at) {
                assert_true(*r->at != '\0');
                kg_i_buffer_add_char(field, *r->at);
            }
        } else {
            for (; *r->at && !strchr(",\r\n", *r->at); ++r->at) {
                assert_true(*r->at != '"');
                kg_i_buffer_add_char(field, *r->at);
            }
        }
        if (*r->at != ',') {
            assert_int_equal(strncmp(r->at, line_end, strlen(line_end)), 0);
            r->at += strlen(line_end);
            return true;
        }
        ++r->at;
    }
}

static void dispose(record* r) {
    for (int i = 0; i < FIELDS; ++i) {
        kg_i_buffer_dispose(&r->fields[i]);
    }
}

/// Find the record whose first field is `id`; returns its number of fields.
static unsigned find_record(const char* path, const char* line_end, const char* id, record* r) {
    char* const text = read_file(path);
    r->at = text;
    unsigned width = 0;
    bool found = false;
    while (!found && next_record(r, line_end)) {
        assert_true(width == 0 || r->count == width);
        width = r->count;
        found = strcmp(r->fields[0].ptr ? r->fields[0].ptr : "", id) == 0;
    }
    assert_true(found);
    free(text);
    return width;
}

static unsigned count_records(const char* path, const char* line_end) {
    char* const text = read_file(path);
    record r = {.at = text};
    unsigned out = 0;
    unsigned width = 0;
    while (next_record(&r, line_end)) {
        assert_true(width == 0 || r.count == width);
        width = r.count;
        ++out;
    }
    dispose(&r);
    free(text);
    return out;
}

static const char* field(const record* r, unsigned index) {
    return r->fields[index].ptr ? r->fields[index].ptr : "";
}

// Tests -------------------------------------------------------------------------------------------

static void plain_tables_follow_the_rfc(void** state) {
    (void)state;
    assert_int_equal(count_records("csv/entities.csv", "\r\n"), ROWS_ENTITIES + 1);
    assert_int_equal(count_records("csv/statements.csv", "\r\n"), ROWS_STATEMENTS + 1);
    assert_int_equal(count_records("csv/evidence.csv", "\r\n"), ROWS_STATEMENTS + 3 + 1);
    assert_int_equal(count_records("csv/documents.csv", "\r\n"), ROWS_DOCUMENTS + 1);
    record r = {0};
    find_record("csv/entities.csv", "\r\n", "e1", &r);
    assert_string_equal(field(&r, 2), "阿里\"巴巴\" & <淘宝>");
    assert_string_equal(
        field(&r, 3),
        "[\"金科;集团\", \"a\\\"b\", \"c, [d]\", \"C:\\\\temp\\\\new\", \"O'Reilly 中国\"]");
    assert_string_equal(field(&r, 8), "[\"e0\", \"old:1/x\"]");
    find_record("csv/entities.csv", "\r\n", "e5", &r);
    assert_string_equal(field(&r, 2), "换\n行\r回\t车");
    find_record("csv/entities.csv", "\r\n", "ea", &r);
    assert_string_equal(field(&r, 2), " = 1+1  ");
    find_record("csv/evidence.csv", "\r\n", "s01-d1-2", &r);
    assert_string_equal(field(&r, 1), "s01");
    assert_string_equal(
        field(&r, 6),
        "\"引号\"\n换行, 逗号; 分号\\反斜线 <标签> & 'x' 𠮷🤖\xEF\xBF\xBD");
    assert_int_equal(r.fields[7].len, ROWS_LONG * 3);
    assert_string_equal(field(&r, 10), "0.95");
    dispose(&r);
}

static void neo4j_tables_suit_the_importer(void** state) {
    (void)state;
    const char* const tables[] = {"neo4j/entities.csv", "neo4j/documents.csv",
                                  "neo4j/statements.csv", "neo4j/evidence.csv"};
    const unsigned rows[] = {ROWS_ENTITIES, ROWS_DOCUMENTS, ROWS_STATEMENTS, ROWS_STATEMENTS + 3};
    for (int i = 0; i < 4; ++i) {
        assert_int_equal(count_records(tables[i], "\n"), rows[i] + 1);
        char* const text = read_file(tables[i]);
        assert_null(strstr(text, "\xEF\xBB\xBF")); // no byte order mark
        assert_null(strstr(text, ":date"));        // dates are strings
        free(text);
    }
    record r = {0};
    find_record("neo4j/entities.csv", "\n", "e1", &r);
    assert_string_equal(field(&r, 1), "Entity\x1F"
                                      "Company");
    assert_string_equal(field(&r, 4), "金科;集团\x1F"
                                      "a\"b\x1F"
                                      "c, [d]\x1F"
                                      "C:\\temp\\new\x1F"
                                      "O'Reilly 中国");
    find_record("neo4j/entities.csv", "\n", "e9", &r);
    assert_false(r.quoted[4]); // no aliases: absent, not one empty alias
    assert_string_equal(field(&r, 4), "");
    find_record("neo4j/entities.csv", "\n", "ea", &r);
    assert_true(r.quoted[2]); // else the importer would trim it
    find_record("neo4j/entities.csv", "\n", "e6", &r);
    assert_null(strchr(field(&r, 2), '\x1F')); // no text holds the delimiter
    find_record("neo4j/statements.csv", "\n", "s01", &r);
    assert_string_equal(field(&r, 2), "locates_in");
    assert_string_equal(field(&r, 16), "news/一.html\x1F"
                                       "b.md\x1F"
                                       "c.txt");
    dispose(&r);
}

static void neo4j_comes_with_its_command_line(void** state) {
    (void)state;
    assert_in("neo4j/import.sh", "--multiline-fields=true");
    assert_in("neo4j/import.sh", "--array-delimiter=U+001F");
    assert_int_equal(system("sh -n neo4j/import.sh"), 0);
    // What it would run, seen by a program that prints its arguments.
    assert_int_equal(system("NEO4J_ADMIN=echo neo4j/import.sh kg --overwrite-destination=true "
                            "> said && grep -q '^database import full kg --multiline' said && "
                            "grep -q 'evidence.csv --overwrite-destination=true$' said"),
                     0);
    assert_int_equal(system("NEO4J_ADMIN=echo sh neo4j/import.sh | grep -q ' full neo4j '"), 0);
    assert_in("neo4j/constraints.cypher", "REQUIRE n.id IS UNIQUE;\n");
    assert_in("neo4j/constraints.cypher", "{`fulltext.analyzer`: 'cjk'}");
}

static void cypher_merges_by_id(void** state) {
    (void)state;
    char* const text = read_file("graph.cypher");
    assert_int_equal(count(text, "CREATE CONSTRAINT"), 2);
    assert_int_equal(count(text, "CREATE "), 3); // nothing else is made unconditionally
    assert_int_equal(count(text, "IF NOT EXISTS"), 3);
    assert_int_equal(count(text, "{a: 'e1', b: 'e2', p: {id: 's0"), 3);
    assert_int_equal(count(text, "MERGE (a)-[r:locates_in {id: row.p.id}]->(b)\n"), 1);
    assert_non_null(strstr(text, "name: '阿里\"巴巴\" & <淘宝>'"));
    assert_non_null(strstr(text, "'O\\'Reilly 中国'"));
    assert_non_null(strstr(text, "name: '换\\n行\\r回\\t车'"));
    assert_non_null(strstr(text, "人工智能 🤖")); // UTF-8: \U0001F916 would stay as written
    assert_non_null(strstr(text, "title: '总裁, \"CEO\"'"));
    assert_non_null(strstr(text, "hub: 1.0E0"));
    assert_non_null(strstr(text, "closeness: null"));
    // All nodes are there before the first relationship.
    assert_true(strstr(text, "SET n:Organization") < strstr(text, "MATCH (a:Entity"));
    free(text);
}

static void json_lines_are_one_object_each(void** state) {
    (void)state;
    char* const text = read_file("graph.jsonl");
    assert_int_equal(count(text, "\n"), ROWS_DOCUMENTS + ROWS_ENTITIES + ROWS_STATEMENTS);
    assert_int_equal(count(text, "{\"kind\":\""), ROWS_DOCUMENTS + ROWS_ENTITIES + ROWS_STATEMENTS);
    assert_non_null(strstr(text, "\"hash\":\"0000000000001234ffffffffffffffff\"}\n"));
    assert_non_null(strstr(text, "\"name\":\"换\\n行\\r回\\t车\""));
    assert_non_null(strstr(text,
                           "\"measures\":{\"pagerank\":0.25,\"degree\":6,\"betweenness\":1e-05,"
                           "\"articulation\":1,\"of_tomorrow\":2,\"hub\":1}"));
    assert_non_null(strstr(text, "\"id\":\"s01-d1-2\",\"document\":\"news/一.html\""));
    assert_null(strstr(text, ":,"));
    assert_null(strstr(text, "{,"));
    free(text);
}

static void line_ends_beyond_ascii_are_escaped_in_json(void** state) {
    (void)state;
    const kg_document_row row = {.id = KG_LIT("d"),
                                 .title = KG_LIT("a\u2028b\u2029c\xC2\x85"
                                                 "d\u2027")};
    kg_i_export* export = NULL;
    assert_int_equal(
        kg_i_export_begin(KG_WRITE_JSONL, "ends.jsonl", KG_LIT(ROWS_BASE), NULL, NULL, &export),
        KG_OK);
    assert_int_equal(kg_i_export_document(export, &row), KG_OK);
    assert_int_equal(kg_i_export_end(export, KG_OK), KG_OK);
    assert_in("ends.jsonl", "\"a\\u2028b\\u2029c\\u0085d\xE2\x80\xA7\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_tables_follow_the_rfc),
        cmocka_unit_test(neo4j_tables_suit_the_importer),
        cmocka_unit_test(neo4j_comes_with_its_command_line),
        cmocka_unit_test(cypher_merges_by_id),
        cmocka_unit_test(json_lines_are_one_object_each),
        cmocka_unit_test(line_ends_beyond_ascii_are_escaped_in_json),
    };
    return cmocka_run_group_tests(tests, write_all, remove_all);
}
