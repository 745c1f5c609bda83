// SPDX-License-Identifier: GPL-3.0-or-later
// The four RDF formats, read back by raptor's parsers and compared triple by triple.
#include "write_rows.h"

#include "base/buffer.h"
#include "base/map.h"
#include "base/vec.h"

#include <raptor2.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define KG  "<https://w3id.org/parkgraph/ontology#"
#define XSD "^^<http://www.w3.org/2001/XMLSchema#"

// raptor's N-Triples parser loses datatypes; that our own use of raptor loses nothing is seen in
// test_write_out, which parses nothing.
KG_API const char* __lsan_default_suppressions(void);
const char* __lsan_default_suppressions(void) {
    return "leak:libraptor2\n";
}

typedef struct {
    KG_I_VEC(char*) lines; ///< each triple as N-Triples, sorted
    unsigned graphs;       ///< triples in a named graph
    unsigned faults;
} triples;

static void on_statement(void* handle, raptor_statement* statement) {
    triples* const out = handle;
    out->graphs += statement->graph != NULL;
    raptor_statement plain = *statement;
    plain.graph = NULL;
    unsigned char* text = NULL;
    raptor_world* const world = statement->world;
    raptor_iostream* const stream =
        raptor_new_iostream_to_string(world, (void**)&text, NULL, malloc);
    raptor_statement_ntriples_write(&plain, stream, 0);
    raptor_free_iostream(stream);
    // Some of raptor's parsers make language tags small.
    char* const tag = strstr((char*)text, "\"@zh-hans .");
    if (tag) {
        tag[5] = 'H';
    }
    assert_true(kg_i_vec_push(&out->lines, (char*)text));
}

static void on_log(void* handle, raptor_log_message* message) {
    triples* const out = handle;
    if (message->level >= RAPTOR_LOG_LEVEL_WARN) {
        print_message("raptor: %s\n", message->text);
        ++out->faults;
    }
}

static int compare(const void* a, const void* b) {
    return strcmp(*(char* const*)a, *(char* const*)b);
}

static triples parse(const char* path, const char* syntax) {
    triples out = {0};
    raptor_world* const world = raptor_new_world();
    raptor_world_set_log_handler(world, &out, on_log);
    raptor_parser* const parser = raptor_new_parser(world, syntax);
    raptor_parser_set_statement_handler(parser, &out, on_statement);
    FILE* const file = fopen(path, "r");
    assert_non_null(file);
    raptor_uri* const base = raptor_new_uri(world, (const unsigned char*)"http://base.example/");
    out.faults += raptor_parser_parse_file_stream(parser, file, path, base) != 0;
    fclose(file);
    raptor_free_uri(base);
    raptor_free_parser(parser);
    raptor_free_world(world);
    if (out.lines.count) {
        qsort(out.lines.items, out.lines.count, sizeof *out.lines.items, compare);
    }

    return out;
}

static void dispose(triples* out) {
    for (size_t i = 0; i < out->lines.count; ++i) {
        raptor_free_memory(out->lines.items[i]);
    }
    kg_i_vec_dispose(&out->lines);
}

static const struct {
    kg_write_format format;
    const char* syntax;
} syntaxes[] = {{KG_WRITE_TURTLE, "turtle"},
                {KG_WRITE_NTRIPLES, "ntriples"},
                {KG_WRITE_NQUADS, "nquads"},
                {KG_WRITE_RDFXML, "rdfxml"}};
enum { SYNTAXES = 4 };

static triples parsed[SYNTAXES];

static int write_and_parse(void** state) {
    (void)state;
    for (int i = 0; i < SYNTAXES; ++i) {
        const char* const path = kg_write_default_name(syntaxes[i].format);
        kg_error error = {0};
        if (rows_write(syntaxes[i].format, path, &error) != KG_OK) {
            print_message("%s: %s\n", path, error.text);
            return -1;
        }
        parsed[i] = parse(path, syntaxes[i].syntax);
    }
    return 0;
}

static int release(void** state) {
    (void)state;
    for (int i = 0; i < SYNTAXES; ++i) {
        dispose(&parsed[i]);
        unlink(kg_write_default_name(syntaxes[i].format));
    }
    return 0;
}

static void every_syntax_holds_the_same_triples(void** state) {
    (void)state;
    assert_true(parsed[0].lines.count > 200);
    for (int i = 0; i < SYNTAXES; ++i) {
        assert_int_equal(parsed[i].faults, 0);
        assert_int_equal(parsed[i].lines.count, parsed[0].lines.count);
        for (size_t k = 0; k < parsed[i].lines.count; ++k) {
            assert_string_equal(parsed[i].lines.items[k], parsed[0].lines.items[k]);
        }
    }
}

static void no_triple_comes_twice(void** state) {
    (void)state;
    for (size_t k = 1; k < parsed[0].lines.count; ++k) {
        assert_string_not_equal(parsed[0].lines.items[k], parsed[0].lines.items[k - 1]);
    }
}

static unsigned count(const char* part) {
    unsigned out = 0;
    for (size_t k = 0; k < parsed[0].lines.count; ++k) {
        out += strstr(parsed[0].lines.items[k], part) != NULL;
    }
    return out;
}

static void assert_triple(const char* wanted) {
    if (count(wanted) != 1) {
        fail_msg("%u times: %s", count(wanted), wanted);
    }
}

static void plain_triples_and_statement_nodes_stand_side_by_side(void** state) {
    (void)state;
    assert_triple("<" ROWS_BASE "e1> " KG "locatesIn> <" ROWS_BASE "e2> .");
    assert_triple("<" ROWS_BASE "e1> " KG "operates> <" ROWS_BASE "e2> .");
    assert_triple("<" ROWS_BASE "e1> " KG "investsIn> <" ROWS_BASE "e1> ."); // a loop
    // Two posts of one person: one plain triple, two nodes.
    assert_triple("<" ROWS_BASE "e4> " KG "holdsPosition> <" ROWS_BASE "e1> .");
    assert_int_equal(count("#type> " KG "Statement>"), ROWS_STATEMENTS);
    assert_triple("<" ROWS_BASE "statement/s01> "
                  "<http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> " KG "locatesIn> .");
    assert_triple("statement/s01> " KG "status> " KG "agreed> .");
    assert_triple("statement/s12> " KG "inferred> \"true\"" XSD "boolean> .");
    assert_int_equal(count("_:"), 0); // no blank nodes
}

static void evidence_has_its_document_and_selectors(void** state) {
    (void)state;
    const char* const v = "<" ROWS_BASE "evidence/s01-d1-2";
    char wanted[512];
    snprintf(wanted, sizeof wanted, "statement/s01> " KG "evidence> %s> .", v);
    assert_triple(wanted);
    snprintf(wanted, sizeof wanted,
             "%s> <http://www.w3.org/ns/prov#wasDerivedFrom> <" ROWS_BASE "document/d1> .", v);
    assert_triple(wanted);
    snprintf(wanted, sizeof wanted, "%s> <http://www.w3.org/ns/oa#hasSelector> %s-quote> .", v, v);
    assert_triple(wanted);
    snprintf(wanted, sizeof wanted,
             "%s-place> <http://www.w3.org/ns/oa#start> \"10\"" XSD "integer>", v);
    assert_triple(wanted);
    snprintf(wanted, sizeof wanted, "%s-quote> <http://www.w3.org/ns/oa#exact> \"", v);
    assert_triple(wanted);
    // Without a quote the sentence stands for it.
    assert_int_equal(count("evidence/s01-d2-quote> <http://www.w3.org/ns/oa#exact> \""), 1);
    assert_int_equal(count("#type> " KG "Evidence>"), ROWS_STATEMENTS + 3);
}

static void datatypes_stay_what_they_are(void** state) {
    (void)state;
    assert_triple("statement/s01> " KG "confidence> \"0.90\"" XSD "decimal> .");
    assert_triple("evidence/s01-d1-2> " KG "confidence> \"0.95\"" XSD "decimal> .");
    assert_triple("<" ROWS_BASE "e1> " KG "pagerank> \"2.5E-1\"" XSD "double> .");
    assert_triple("<" ROWS_BASE "e1> " KG "hub> \"1.0E0\"" XSD "double> .");
    assert_triple("<" ROWS_BASE "e1> " KG "degree> \"6\"" XSD "integer> .");
    assert_int_equal(count("closeness"), 0); // not a number: not said
    assert_int_equal(count("tomorrow"), 0);  // not in the ontology
    assert_triple("statement/s01> <https://schema.org/validFrom> \"2018-02\"" XSD "gYearMonth> .");
    assert_triple("statement/s01> <https://schema.org/validThrough> \"2020\"" XSD "gYear> .");
    assert_triple("document/d1> <https://schema.org/datePublished> \"2021-06-30\"" XSD "date> .");
    // What is no date keeps its words and gets no datatype.
    assert_triple("document/d3> <https://schema.org/datePublished> \"2021-13-45\" .");
}

static void iris_are_legal_and_ids_opaque(void** state) {
    (void)state;
    assert_triple("document/d1> <https://schema.org/url> <https://news.example/a%20b?"
                  "q=%E8%8D%89%E8%8E%93100%25&x=%3C%3E%22%7B%7D%7C%5C%5E%60#f%23g> .");
    assert_triple("document/d2> <https://schema.org/url> \""); // no URL: a text
    assert_triple("<" ROWS_BASE "e1> <http://www.w3.org/2002/07/owl#sameAs> <" ROWS_BASE "e0> .");
    assert_triple("<" ROWS_BASE "e1> <http://www.w3.org/2002/07/owl#sameAs> <" ROWS_BASE
                  "old:1%2Fx> .");
    assert_triple("<" ROWS_BASE "e2> " KG "situatedIn> <" ROWS_BASE "lex:156%2F500000> .");
    for (size_t k = 0; k < parsed[1].lines.count; ++k) {
        const char* const line = parsed[1].lines.items[k];
        // raptor writes characters beyond ASCII as \u, also in IRIs: none may be there.
        const char* const literal = strchr(line, '"');
        const size_t length = literal ? (size_t)(literal - line) : strlen(line);
        assert_null(memchr(line, '\\', length));
        assert_null(memchr(line, '|', length));
        assert_null(memchr(line, '{', length));
    }
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

static void assert_in_file(const char* path, const char* wanted) {
    char* const text = read_file(path);
    if (!strstr(text, wanted)) {
        fail_msg("%s: not there: %s", path, wanted);
    }
    free(text);
}

static void the_files_can_be_read_by_eye(void** state) {
    (void)state;
    // raptor's parsers make the tag small, so that this can be seen in the files alone.
    assert_in_file("graph.ttl", "skos:prefLabel \"人工智能 🤖\"@zh-Hans");
    assert_in_file("graph.nt", "#prefLabel> \"人工智能 🤖\"@zh-Hans .");
    assert_in_file("graph.nq", "#prefLabel> \"人工智能 🤖\"@zh-Hans .");
    assert_in_file("graph.rdf", "xml:lang=\"zh-Hans\">人工智能 🤖<");
    assert_in_file("graph.ttl", "\ns:s01 a kg:Statement ;\n  rdf:subject e:e1 ;\n");
    assert_in_file("graph.ttl", "kg:confidence 0.90 ;\n");
    assert_in_file("graph.ttl", "\"控\xEF\xBF\xBD制\xEF\xBF\xBD符\xEF\xBF\xBD号\xEF\xBF\xBD完\"");
    assert_in_file("graph.ttl", "\"换\\n行\\r回\\t车\"");
    char* const text = read_file("graph.ttl");
    assert_true((unsigned char)text[0] == '@'); // no byte order mark
    free(text);
}

static void quads_are_split_by_document(void** state) {
    (void)state;
    // What is said over all documents is in the default graph.
    assert_in_file("graph.nq", KG "locatesIn> <" ROWS_BASE "e2> .\n");
    assert_in_file("graph.nq",
                   KG "evidence> <" ROWS_BASE "evidence/s01-d2> <" ROWS_BASE "document/d2> .\n");
    assert_in_file("graph.nq", "<" ROWS_BASE "evidence/s01-d1-2-place> "
                               "<http://www.w3.org/ns/oa#end> \"46\"" XSD "integer> <" ROWS_BASE
                               "document/d1> .\n");
    assert_in_file("graph.nq", "<https://schema.org/name> \"b.md\" <" ROWS_BASE "document/d2> .\n");
    assert_true(parsed[2].graphs > 100);
    assert_true(parsed[2].graphs < parsed[2].lines.count);
}

static void an_empty_graph_is_a_file_too(void** state) {
    (void)state;
    for (int i = 0; i < SYNTAXES; ++i) {
        kg_i_export* export = NULL;
        assert_int_equal(
            kg_i_export_begin(syntaxes[i].format, "empty", KG_LIT(ROWS_BASE), NULL, NULL, &export),
            KG_OK);
        assert_int_equal(kg_i_export_end(export, KG_OK), KG_OK);
        triples none = parse("empty", syntaxes[i].syntax);
        assert_int_equal(none.faults, 0);
        assert_int_equal(none.lines.count, 0);
        dispose(&none);
        unlink("empty");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_syntax_holds_the_same_triples),
        cmocka_unit_test(no_triple_comes_twice),
        cmocka_unit_test(plain_triples_and_statement_nodes_stand_side_by_side),
        cmocka_unit_test(evidence_has_its_document_and_selectors),
        cmocka_unit_test(datatypes_stay_what_they_are),
        cmocka_unit_test(iris_are_legal_and_ids_opaque),
        cmocka_unit_test(the_files_can_be_read_by_eye),
        cmocka_unit_test(quads_are_split_by_document),
        cmocka_unit_test(an_empty_graph_is_a_file_too),
    };
    return cmocka_run_group_tests(tests, write_and_parse, release);
}
