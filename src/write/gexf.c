// SPDX-License-Identifier: GPL-3.0-or-later
// GEXF 1.3 with an interval on each edge, as Gephi 0.10 reads it.
#include "write/writer.h"

#include "base/try.h"
#include "write/text.h"
#include "write/xml.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    kg_i_xml xml;
    kg_i_buffer list;
    bool edges; ///< the section of the edges is open; before it that of the nodes
} gexf;

static const char* const edge_texts[] = {
    "predicate",  "status",    "inferred", "title",    "valid_from", "valid_to",
    "first_seen", "last_seen", "quote",    "sentence", "document",   "url",
};

static void declare(kg_i_xml* xml, const char* id, const char* type) {
    kg_i_xml_open(xml, "attribute");
    kg_i_xml_attribute_text(xml, "id", id);
    kg_i_xml_attribute_text(xml, "title", id);
    kg_i_xml_attribute_text(xml, "type", type);
    kg_i_xml_close(xml);
}

static void open_attributes(kg_i_xml* xml, const char* domain) {
    kg_i_xml_open(xml, "attributes");
    kg_i_xml_attribute_text(xml, "class", domain);
    kg_i_xml_attribute_text(xml, "mode", "static");
}

static void declare_all(kg_i_xml* xml) {
    open_attributes(xml, "node");
    declare(xml, "type", "string");
    declare(xml, "aliases", "liststring");
    declare(xml, "lexicon_id", "string");
    declare(xml, "document_count", "integer");
    declare(xml, "first_seen", "string");
    declare(xml, "last_seen", "string");
    for (int i = 0; i < KG_I_MEASURE_COUNT; ++i) {
        const kg_i_measure_kind* const kind = &kg_i_measure_kinds[i];
        declare(xml, kind->name, kind->integer ? "integer" : "double");
    }
    kg_i_xml_close(xml);
    kg_i_xml_newline(xml);
    open_attributes(xml, "edge");
    for (size_t i = 0; i < sizeof edge_texts / sizeof *edge_texts; ++i) {
        declare(xml, edge_texts[i], "string");
    }
    declare(xml, "confidence", "double");
    declare(xml, "evidence_count", "integer");
    kg_i_xml_close(xml);
    kg_i_xml_newline(xml);
}

static kg_status begin(const kg_i_write_context* context, void** handle) {
    gexf* const state = calloc(1, sizeof *state);
    *handle = state;
    if (!state) {
        return KG_OUT_OF_MEMORY(context->error);
    }
    kg_i_out* out = NULL;
    KG_TRY(kg_i_target_open(context->target, NULL, false, &out));
    kg_i_xml* const xml = &state->xml;
    KG_TRY(kg_i_xml_begin(xml, out, context->error));
    kg_i_xml_open(xml, "gexf");
    kg_i_xml_attribute_text(xml, "xmlns", "http://gexf.net/1.3");
    kg_i_xml_attribute_text(xml, "xmlns:viz", "http://gexf.net/1.3/viz");
    kg_i_xml_attribute_text(xml, "version", "1.3");
    kg_i_xml_newline(xml);
    kg_i_xml_open(xml, "graph");
    kg_i_xml_attribute_text(xml, "defaultedgetype", "directed");
    kg_i_xml_attribute_text(xml, "idtype", "string");
    kg_i_xml_attribute_text(xml, "mode", "dynamic");
    // Without it Gephi drops every interval.
    kg_i_xml_attribute_text(xml, "timeformat", "date");
    kg_i_xml_attribute_text(xml, "timerepresentation", "interval");
    kg_i_xml_newline(xml);
    declare_all(xml);
    kg_i_xml_open(xml, "nodes");
    kg_i_xml_newline(xml);
    return kg_i_xml_status(xml);
}

static void put_value(kg_i_xml* xml, const char* id, kg_slice value) {
    if (value.len) {
        kg_i_xml_open(xml, "attvalue");
        kg_i_xml_attribute_text(xml, "for", id);
        kg_i_xml_attribute(xml, "value", value);
        kg_i_xml_close(xml);
    }
}

static void put_number(kg_i_xml* xml, const char* id, kg_i_number number) {
    put_value(xml, id, kg_i_number_slice(&number));
}

static void put_color(kg_i_xml* xml, kg_type type) {
    // Okabe and Ito's palette, told apart by the colour-blind too.
    static const char* const colors[KG_TYPE_COUNT][3] = {
        [KG_COMPANY] = {"0", "114", "178"},  [KG_PARK] = {"213", "94", "0"},
        [KG_FACILITY] = {"230", "159", "0"}, [KG_SECTOR] = {"0", "158", "115"},
        [KG_PLACE] = {"86", "180", "233"},   [KG_ORGANIZATION] = {"204", "121", "167"},
        [KG_PERSON] = {"120", "120", "120"},
    };
    kg_i_xml_open(xml, "viz:color");
    kg_i_xml_attribute_text(xml, "r", colors[type][0]);
    kg_i_xml_attribute_text(xml, "g", colors[type][1]);
    kg_i_xml_attribute_text(xml, "b", colors[type][2]);
    kg_i_xml_close(xml);
}

static kg_status on_document(void* handle, const kg_document_row* row) {
    (void)handle;
    (void)row; // a document is no node of this graph; each edge names the one it is best told in
    return KG_OK;
}

static void put_node_values(gexf* state, const kg_entity_row* row) {
    kg_i_xml* const xml = &state->xml;
    put_value(xml, "type", kg_slice_of(kg_i_type_text(row->type)));
    if (row->alias_count) {
        kg_i_buffer_clear(&state->list);
        kg_i_json_array(&state->list, row->aliases, row->alias_count);
        xml->failed |= state->list.failed;
        put_value(xml, "aliases", kg_i_buffer_slice(&state->list));
    }
    put_value(xml, "lexicon_id", row->lexicon_id);
    put_number(xml, "document_count", kg_i_integer(row->document_count));
    put_value(xml, "first_seen", row->first_seen);
    put_value(xml, "last_seen", row->last_seen);
    double values[KG_I_MEASURE_COUNT];
    kg_i_measures_of(row, values);
    for (int i = 0; i < KG_I_MEASURE_COUNT; ++i) {
        const kg_i_measure_kind* const kind = &kg_i_measure_kinds[i];
        put_number(xml, kind->name, kg_i_measure_text(kind, values[i]));
    }
}

static kg_status on_entity(void* handle, const kg_entity_row* row) {
    gexf* const state = handle;
    kg_i_xml* const xml = &state->xml;
    // No interval: a node would hide the edges that reach out of it.
    kg_i_xml_open(xml, "node");
    kg_i_xml_attribute(xml, "id", row->id);
    kg_i_xml_attribute(xml, "label", row->name);
    kg_i_xml_open(xml, "attvalues");
    put_node_values(state, row);
    kg_i_xml_close(xml);
    put_color(xml, row->type);
    kg_i_xml_close(xml);
    kg_i_xml_newline(xml);
    return kg_i_xml_status(xml);
}

/// From what the text says to what it says, else from when it was first told; Gephi drops an
/// interval that ends before it begins, so of two ends that do not agree neither is written.
static void put_interval(kg_i_xml* xml, const kg_statement_row* row) {
    char start[11];
    char end[11];
    const bool told = kg_i_date_day(row->valid_from, false, start);
    bool has_start = told || kg_i_date_day(row->first_seen, false, start);
    bool has_end = kg_i_date_day(row->valid_to, true, end);
    if (has_start && has_end && strcmp(end, start) < 0) {
        has_start = false;
        has_end = !told;
    }
    if (has_start) {
        kg_i_xml_attribute_text(xml, "start", start);
    }
    if (has_end) {
        kg_i_xml_attribute_text(xml, "end", end);
    }
}

static void put_edge_values(kg_i_xml* xml, const kg_statement_row* row) {
    const kg_evidence_row* const evidence = kg_i_best_evidence(row);
    const kg_slice texts[] = {
        kg_slice_of(kg_i_predicate_text(row->predicate)),
        kg_slice_of(kg_i_status_text(row->status)),
        row->inferred ? KG_LIT("true") : KG_LIT("false"),
        row->title,
        row->valid_from,
        row->valid_to,
        row->first_seen,
        row->last_seen,
        evidence->quote,
        evidence->sentence,
        evidence->doc,
        evidence->url,
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
        put_value(xml, edge_texts[i], texts[i]);
    }
    put_number(xml, "confidence", kg_i_decimal(row->confidence));
    put_number(xml, "evidence_count", kg_i_integer(row->evidence_count));
}

static void open_edges(gexf* state) {
    kg_i_xml* const xml = &state->xml;
    kg_i_xml_close(xml);
    kg_i_xml_newline(xml);
    kg_i_xml_open(xml, "edges");
    kg_i_xml_newline(xml);
    state->edges = true;
}

static kg_status on_statement(void* handle, const kg_statement_row* row) {
    gexf* const state = handle;
    kg_i_xml* const xml = &state->xml;
    if (!state->edges) {
        open_edges(state);
    }
    const kg_i_number weight = kg_i_decimal(row->confidence);
    kg_i_xml_open(xml, "edge");
    kg_i_xml_attribute(xml, "id", row->id);
    kg_i_xml_attribute(xml, "source", row->subject);
    kg_i_xml_attribute(xml, "target", row->object);
    // Gephi keeps parallel edges apart by kind; NetworkX reads the label and not the kind.
    kg_i_xml_attribute_text(xml, "kind", kg_i_predicate_text(row->predicate));
    kg_i_xml_attribute_text(xml, "label", kg_i_predicate_text(row->predicate));
    kg_i_xml_attribute(xml, "weight", kg_i_number_slice(&weight));
    put_interval(xml, row);
    kg_i_xml_open(xml, "attvalues");
    put_edge_values(xml, row);
    kg_i_xml_close(xml);
    kg_i_xml_close(xml);
    kg_i_xml_newline(xml);
    return kg_i_xml_status(xml);
}

static kg_status end(void* handle) {
    gexf* const state = handle;
    if (!state->edges) {
        open_edges(state);
    }
    return kg_i_xml_end(&state->xml);
}

static void gexf_free(void* handle) {
    gexf* const state = handle;
    if (state) {
        kg_i_xml_dispose(&state->xml);
        kg_i_buffer_dispose(&state->list);
        free(state);
    }
}

const kg_i_writer kg_i_gexf_writer = {
    .begin = begin,
    .on_document = on_document,
    .on_entity = on_entity,
    .on_statement = on_statement,
    .end = end,
    .free = gexf_free,
};
