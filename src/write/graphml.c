// SPDX-License-Identifier: GPL-3.0-or-later
// GraphML in the one dialect that Gephi, Neo4j's APOC, NetworkX and igraph all read whole; what
// each of them wants is said in docs/formats.md and tested in tests/unit/test_write_xml.c.
#include "write/writer.h"

#include "base/try.h"
#include "write/text.h"
#include "write/xml.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
    kg_i_xml xml;
    kg_i_buffer list;
} graphml;

/// A key's id is unique over nodes and edges, has a prefix so that none is called b, r, g or color
/// (Gephi takes those for colours), except the two whose names Gephi and APOC look for.
typedef struct {
    const char* id;
    const char* name;
    const char* type;
} key;

static const key node_keys[] = {
    {"labels", "labels", "string"},
    {"n_label", "label", "string"},
    {"n_type", "type", "string"},
    {"n_name", "name", "string"},
    {"n_lexicon_id", "lexicon_id", "string"},
    {"n_document_count", "document_count", "int"},
    {"n_first_seen", "first_seen", "string"},
    {"n_last_seen", "last_seen", "string"},
};

static const key edge_keys[] = {
    {"label", "label", "string"},
    {"e_edge_id", "edge_id", "string"},
    {"e_weight", "weight", "double"},
    {"e_status", "status", "string"},
    {"e_confidence", "confidence", "double"},
    {"e_inferred", "inferred", "string"}, // igraph reads a missing boolean as false
    {"e_title", "title", "string"},
    {"e_valid_from", "valid_from", "string"},
    {"e_valid_to", "valid_to", "string"},
    {"e_first_seen", "first_seen", "string"},
    {"e_last_seen", "last_seen", "string"},
    {"e_evidence_count", "evidence_count", "int"},
    {"e_quote", "quote", "string"},
    {"e_sentence", "sentence", "string"},
    {"e_document", "document", "string"},
    {"e_url", "url", "string"},
};

static void declare(kg_i_xml* xml, const key* k, const char* domain, bool list) {
    kg_i_xml_open(xml, "key");
    kg_i_xml_attribute_text(xml, "id", k->id);
    kg_i_xml_attribute_text(xml, "for", domain);
    kg_i_xml_attribute_text(xml, "attr.name", k->name);
    kg_i_xml_attribute_text(xml, "attr.type", k->type);
    if (list) {
        kg_i_xml_attribute_text(xml, "attr.list", "string");
    }
    kg_i_xml_close(xml);
    kg_i_xml_newline(xml);
}

static void declare_all(kg_i_xml* xml) {
    for (size_t i = 0; i < sizeof node_keys / sizeof *node_keys; ++i) {
        declare(xml, &node_keys[i], "node", false);
    }
    declare(xml, &(key){"n_aliases", "aliases", "string"}, "node", true);
    for (int i = 0; i < KG_I_MEASURE_COUNT; ++i) {
        const kg_i_measure_kind* const kind = &kg_i_measure_kinds[i];
        char id[32];
        snprintf(id, sizeof id, "n_%s", kind->name);
        declare(xml, &(key){id, kind->name, kind->integer ? "int" : "double"}, "node", false);
    }
    for (size_t i = 0; i < sizeof edge_keys / sizeof *edge_keys; ++i) {
        declare(xml, &edge_keys[i], "edge", false);
    }
}

static kg_status begin(const kg_i_write_context* context, void** handle) {
    graphml* const state = calloc(1, sizeof *state);
    *handle = state;
    if (!state) {
        return KG_OUT_OF_MEMORY(context->error);
    }
    kg_i_out* out = NULL;
    KG_TRY(kg_i_target_open(context->target, NULL, false, &out));
    kg_i_xml* const xml = &state->xml;
    KG_TRY(kg_i_xml_begin(xml, out, context->error));
    kg_i_xml_open(xml, "graphml");
    kg_i_xml_attribute_text(xml, "xmlns", "http://graphml.graphdrawing.org/xmlns");
    kg_i_xml_newline(xml);
    declare_all(xml);
    kg_i_xml_open(xml, "graph");
    kg_i_xml_attribute_text(xml, "id", "G");
    kg_i_xml_attribute_text(xml, "edgedefault", "directed");
    kg_i_xml_newline(xml);
    return kg_i_xml_status(xml);
}

/// A missing value has no element: an empty number breaks NetworkX, APOC and Gephi.
static void put_data(kg_i_xml* xml, const char* id, kg_slice value) {
    if (value.len) {
        kg_i_xml_open(xml, "data");
        kg_i_xml_attribute_text(xml, "key", id);
        kg_i_xml_text(xml, value);
        kg_i_xml_close(xml);
    }
}

static void put_number(kg_i_xml* xml, const char* id, kg_i_number number) {
    put_data(xml, id, kg_i_number_slice(&number));
}

static kg_status on_document(void* handle, const kg_document_row* row) {
    (void)handle;
    (void)row; // a document is no node of this graph; each edge names the one it is best told in
    return KG_OK;
}

static void put_measures(kg_i_xml* xml, const kg_entity_row* row) {
    double values[KG_I_MEASURE_COUNT];
    kg_i_measures_of(row, values);
    for (int i = 0; i < KG_I_MEASURE_COUNT; ++i) {
        char id[32];
        snprintf(id, sizeof id, "n_%s", kg_i_measure_kinds[i].name);
        put_number(xml, id, kg_i_measure_text(&kg_i_measure_kinds[i], values[i]));
    }
}

static kg_status on_entity(void* handle, const kg_entity_row* row) {
    graphml* const state = handle;
    kg_i_xml* const xml = &state->xml;
    char labels[32];
    snprintf(labels, sizeof labels, ":Entity:%s", kg_i_type_text(row->type));
    kg_i_xml_open(xml, "node");
    kg_i_xml_attribute(xml, "id", row->id);
    kg_i_xml_attribute_text(xml, "labels", labels);
    put_data(xml, "labels", kg_slice_of(labels));
    put_data(xml, "n_label", row->name);
    put_data(xml, "n_type", kg_slice_of(kg_i_type_text(row->type)));
    put_data(xml, "n_name", row->name);
    put_data(xml, "n_lexicon_id", row->lexicon_id);
    put_number(xml, "n_document_count", kg_i_integer(row->document_count));
    put_data(xml, "n_first_seen", row->first_seen);
    put_data(xml, "n_last_seen", row->last_seen);
    if (row->alias_count) {
        kg_i_buffer_clear(&state->list);
        kg_i_json_array(&state->list, row->aliases, row->alias_count);
        xml->failed |= state->list.failed;
        put_data(xml, "n_aliases", kg_i_buffer_slice(&state->list));
    }
    put_measures(xml, row);
    kg_i_xml_close(xml);
    kg_i_xml_newline(xml);
    return kg_i_xml_status(xml);
}

static void put_edge_data(kg_i_xml* xml, const kg_statement_row* row) {
    const kg_evidence_row* const evidence = kg_i_best_evidence(row);
    put_data(xml, "label", kg_slice_of(kg_i_predicate_text(row->predicate)));
    put_data(xml, "e_edge_id", row->id);
    put_number(xml, "e_weight", kg_i_decimal(row->confidence));
    put_data(xml, "e_status", kg_slice_of(kg_i_status_text(row->status)));
    put_number(xml, "e_confidence", kg_i_decimal(row->confidence));
    put_data(xml, "e_inferred", row->inferred ? KG_LIT("true") : KG_LIT("false"));
    put_data(xml, "e_title", row->title);
    put_data(xml, "e_valid_from", row->valid_from);
    put_data(xml, "e_valid_to", row->valid_to);
    put_data(xml, "e_first_seen", row->first_seen);
    put_data(xml, "e_last_seen", row->last_seen);
    put_number(xml, "e_evidence_count", kg_i_integer(row->evidence_count));
    put_data(xml, "e_quote", evidence->quote);
    put_data(xml, "e_sentence", evidence->sentence);
    put_data(xml, "e_document", evidence->doc);
    put_data(xml, "e_url", evidence->url);
}

static kg_status on_statement(void* handle, const kg_statement_row* row) {
    graphml* const state = handle;
    kg_i_xml* const xml = &state->xml;
    kg_i_xml_open(xml, "edge");
    kg_i_xml_attribute(xml, "id", row->id);
    kg_i_xml_attribute(xml, "source", row->subject);
    kg_i_xml_attribute(xml, "target", row->object);
    kg_i_xml_attribute_text(xml, "label", kg_i_predicate_text(row->predicate));
    put_edge_data(xml, row);
    kg_i_xml_close(xml);
    kg_i_xml_newline(xml);
    return kg_i_xml_status(xml);
}

static kg_status end(void* handle) {
    graphml* const state = handle;
    return kg_i_xml_end(&state->xml);
}

static void graphml_free(void* handle) {
    graphml* const state = handle;
    if (state) {
        kg_i_xml_dispose(&state->xml);
        kg_i_buffer_dispose(&state->list);
        free(state);
    }
}

const kg_i_writer kg_i_graphml_writer = {
    .begin = begin,
    .on_document = on_document,
    .on_entity = on_entity,
    .on_statement = on_statement,
    .end = end,
    .free = graphml_free,
};
