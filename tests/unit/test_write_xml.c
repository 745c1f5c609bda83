// SPDX-License-Identifier: GPL-3.0-or-later
// GraphML and GEXF, read back by libxml2 and held against what Gephi, APOC, NetworkX and igraph
// want.
#include "write_rows.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct {
    xmlDoc* document;
    xmlXPathContext* context;
} xml;

static xml graphml;
static xml gexf;

static xml open_xml(const char* path, const char* ns) {
    xml out = {.document = xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_NOBLANKS)};
    if (out.document) {
        out.context = xmlXPathNewContext(out.document);
        xmlXPathRegisterNs(out.context, (const xmlChar*)"x", (const xmlChar*)ns);
        xmlXPathRegisterNs(out.context, (const xmlChar*)"viz",
                           (const xmlChar*)"http://gexf.net/1.3/viz");
    }
    return out;
}

static int write_and_parse(void** state) {
    (void)state;
    if (rows_write(KG_WRITE_GRAPHML, "rows.graphml", NULL) != KG_OK ||
        rows_write(KG_WRITE_GEXF, "rows.gexf", NULL) != KG_OK) {
        return -1;
    }
    graphml = open_xml("rows.graphml", "http://graphml.graphdrawing.org/xmlns");
    gexf = open_xml("rows.gexf", "http://gexf.net/1.3");
    return graphml.document && gexf.document ? 0 : -1;
}

static int release(void** state) {
    (void)state;
    xml* const all[] = {&graphml, &gexf};
    for (int i = 0; i < 2; ++i) {
        xmlXPathFreeContext(all[i]->context);
        xmlFreeDoc(all[i]->document);
    }
    unlink("rows.graphml");
    unlink("rows.gexf");
    return 0;
}

static void assert_number_of(const xml* in, const char* path, int wanted) {
    xmlXPathObject* const found = xmlXPathEval((const xmlChar*)path, in->context);
    assert_non_null(found);
    const int count = xmlXPathNodeSetGetLength(found->nodesetval);
    xmlXPathFreeObject(found);
    if (count != wanted) {
        fail_msg("%d instead of %d: %s", count, wanted, path);
    }
}

static void assert_text(const xml* in, const char* path, const char* wanted) {
    char expression[512];
    snprintf(expression, sizeof expression, "string(%s)", path);
    xmlXPathObject* const found = xmlXPathEval((const xmlChar*)expression, in->context);
    assert_non_null(found);
    if (strcmp((const char*)found->stringval, wanted) != 0) {
        fail_msg("%s is '%s', not '%s'", path, (const char*)found->stringval, wanted);
    }
    xmlXPathFreeObject(found);
}

static void graphml_keys_suit_all_readers(void** state) {
    (void)state;
    assert_null(graphml.document->intSubset); // APOC refuses a DOCTYPE
    assert_number_of(&graphml, "//x:default", 0);
    assert_number_of(&graphml, "//x:key[@for!='node' and @for!='edge']", 0);
    assert_number_of(&graphml, "//x:key[not(@attr.name) or not(@attr.type)]", 0);
    assert_number_of(&graphml, "//x:key[@id = preceding-sibling::x:key/@id]", 0);
    assert_number_of(&graphml, "//x:key[@id='b' or @id='r' or @id='g' or @id='color']", 0);
    assert_number_of(&graphml, "//x:key[@attr.type='boolean']", 0);
    assert_number_of(&graphml, "//x:key[@attr.list]", 1);
    assert_number_of(&graphml, "//x:key[@attr.list='string' and @attr.type='string']", 1);
    assert_number_of(&graphml, "//x:key[@id='labels' and @for='node']", 1);
    assert_number_of(&graphml, "//x:key[@id='label' and @for='edge']", 1);
    assert_number_of(&graphml, "//x:key[@attr.name='edge_id' and @for='edge']", 1);
    assert_number_of(&graphml, "//x:key[@attr.name='weight' and @for='edge']", 1);
    assert_number_of(&graphml, "//x:data[not(@key = //x:key/@id)]", 0);
    assert_number_of(&graphml, "//x:data[not(text())]", 0); // a missing value has no element
}

static void graphml_nodes_come_first_and_whole(void** state) {
    (void)state;
    assert_number_of(&graphml, "//x:node", ROWS_ENTITIES);
    assert_number_of(&graphml, "//x:edge/following-sibling::x:node", 0);
    assert_number_of(&graphml, "//x:node[@labels = x:data[@key='labels']]", ROWS_ENTITIES);
    assert_text(&graphml, "//x:node[@id='e1']/@labels", ":Entity:Company");
    assert_text(&graphml, "//x:node[@id='e1']/x:data[@key='n_label']", "阿里\"巴巴\" & <淘宝>");
    assert_text(
        &graphml, "//x:node[@id='e1']/x:data[@key='n_aliases']",
        "[\"金科;集团\", \"a\\\"b\", \"c, [d]\", \"C:\\\\temp\\\\new\", \"O'Reilly 中国\"]");
    assert_text(&graphml, "//x:node[@id='e1']/x:data[@key='n_degree']", "6");
    assert_text(&graphml, "//x:node[@id='e1']/x:data[@key='n_betweenness']", "1e-05");
    assert_number_of(&graphml, "//x:node[@id='e1']/x:data[@key='n_closeness']", 0); // not a number
    assert_number_of(&graphml, "//x:node[@id='e9']/x:data[@key='n_degree']", 0);
    assert_text(&graphml, "//x:node[@id='e3']/x:data[@key='n_name']", "人工智能 🤖");
    assert_text(&graphml, "//x:node[@id='e4']/x:data[@key='n_name']", "𠮷田 \\u0041 \\\\");
    assert_text(&graphml, "//x:node[@id='e5']/x:data[@key='n_name']", "换\n行\r回\t车");
    assert_text(&graphml, "//x:node[@id='e6']/x:data[@key='n_name']",
                "控\xEF\xBF\xBD制\xEF\xBF\xBD符\xEF\xBF\xBD号\xEF\xBF\xBD完");
    assert_number_of(&graphml, "//x:node[@id='e9']", 1); // isolated, and kept
}

static void graphml_edges_keep_apart(void** state) {
    (void)state;
    assert_number_of(&graphml, "//x:edge", ROWS_STATEMENTS);
    assert_number_of(&graphml, "//x:edge[@id = preceding-sibling::x:edge/@id]", 0);
    assert_number_of(&graphml, "//x:edge[@id = x:data[@key='e_edge_id']]", ROWS_STATEMENTS);
    assert_number_of(&graphml, "//x:edge[@label = x:data[@key='label']]", ROWS_STATEMENTS);
    assert_number_of(&graphml, "//x:edge[@source='e1' and @target='e2']", 3);
    assert_number_of(&graphml, "//x:edge[@source='e1' and @target='e1']", 1);
    assert_text(&graphml, "//x:edge[@id='s03']/@label", "operates");
    assert_text(
        &graphml, "//x:edge[@id='s01']/x:data[@key='e_quote']",
        "\"引号\"\n换行, 逗号; 分号\\反斜线 <标签> & 'x' 𠮷🤖\xEF\xBF\xBD");
    assert_text(&graphml, "//x:edge[@id='s01']/x:data[@key='e_valid_from']", "2018-02");
    assert_text(&graphml, "//x:edge[@id='s01']/x:data[@key='e_confidence']", "0.90");
    assert_number_of(&graphml, "//x:edge[@id='s02']/x:data[@key='e_valid_to']", 0);
    assert_number_of(&graphml, "//x:edge[not(@source = //x:node/@id)]", 0);
    assert_number_of(&graphml, "//x:edge[not(@target = //x:node/@id)]", 0);
}

static void gexf_says_what_gephi_asks_for(void** state) {
    (void)state;
    assert_text(&gexf, "/x:gexf/@version", "1.3");
    assert_text(&gexf, "//x:graph/@timeformat", "date");
    assert_text(&gexf, "//x:graph/@mode", "dynamic");
    assert_text(&gexf, "//x:graph/@timerepresentation", "interval");
    assert_text(&gexf, "//x:graph/@idtype", "string");
    assert_number_of(&gexf, "//*[@pid]", 0);
    assert_number_of(&gexf, "//x:spell", 0);
    assert_number_of(&gexf, "//x:node", ROWS_ENTITIES);
    assert_number_of(&gexf, "//x:edge", ROWS_STATEMENTS);
    assert_number_of(&gexf, "//x:edge[@kind and @kind = @label]", ROWS_STATEMENTS);
    assert_number_of(&gexf, "//x:edge[@id = preceding-sibling::x:edge/@id]", 0);
    assert_number_of(&gexf, "//x:edge[not(@source = //x:node/@id)]", 0);
    assert_number_of(&gexf, "//x:node/viz:color", ROWS_ENTITIES);
    assert_number_of(&gexf, "//x:node//x:attvalue[not(@for = //x:attributes[@class='node']/*/@id)]",
                     0);
    assert_number_of(&gexf, "//x:edge//x:attvalue[not(@for = //x:attributes[@class='edge']/*/@id)]",
                     0);
    assert_text(&gexf, "//x:node[@id='e5']/@label", "换\n行\r回\t车");
    assert_text(
        &gexf, "//x:node[@id='e1']//x:attvalue[@for='aliases']/@value",
        "[\"金科;集团\", \"a\\\"b\", \"c, [d]\", \"C:\\\\temp\\\\new\", \"O'Reilly 中国\"]");
    assert_text(&gexf, "//x:edge[@id='s01']//x:attvalue[@for='predicate']/@value", "locates_in");
}

static void assert_interval(const char* edge, const char* start, const char* end) {
    char path[64];
    snprintf(path, sizeof path, "//x:edge[@id='%s']/@start", edge);
    assert_text(&gexf, path, start);
    snprintf(path, sizeof path, "//x:edge[@id='%s']/@end", edge);
    assert_text(&gexf, path, end);
}

static void gexf_intervals_are_whole_days_in_order(void** state) {
    (void)state;
    assert_interval("s01", "2018-02-01", "2020-12-31");
    assert_interval("s02", "2019-05-05", "");
    assert_interval("s03", "", "");           // ends before it begins
    assert_interval("s04", "", "2020-02-29"); // told after it had ended
    assert_interval("s05", "", "");           // "last year" is no date
    assert_text(&gexf, "//x:edge[@id='s05']//x:attvalue[@for='valid_from']/@value", "去年");
}

static void empty_graphs_are_well_formed(void** state) {
    (void)state;
    const kg_write_format formats[] = {KG_WRITE_GRAPHML, KG_WRITE_GEXF};
    for (int i = 0; i < 2; ++i) {
        kg_i_export* export = NULL;
        assert_int_equal(
            kg_i_export_begin(formats[i], "empty.xml", KG_LIT(ROWS_BASE), NULL, NULL, &export),
            KG_OK);
        assert_int_equal(kg_i_export_end(export, KG_OK), KG_OK);
        xml empty = open_xml("empty.xml",
                             i ? "http://gexf.net/1.3" : "http://graphml.graphdrawing.org/xmlns");
        assert_non_null(empty.document);
        assert_number_of(&empty, "//x:graph", 1);
        assert_number_of(&empty, "//x:edges", i);
        xmlXPathFreeContext(empty.context);
        xmlFreeDoc(empty.document);
        unlink("empty.xml");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graphml_keys_suit_all_readers),
        cmocka_unit_test(graphml_nodes_come_first_and_whole),
        cmocka_unit_test(graphml_edges_keep_apart),
        cmocka_unit_test(gexf_says_what_gephi_asks_for),
        cmocka_unit_test(gexf_intervals_are_whole_days_in_order),
        cmocka_unit_test(empty_graphs_are_well_formed),
    };
    const int failed = cmocka_run_group_tests(tests, write_and_parse, release);
    xmlCleanupParser();
    return failed;
}
