// SPDX-License-Identifier: GPL-3.0-or-later
#include "write/writer.h"

#include "write/text.h"

static const struct {
    const char* name;
    const char* file;
    const kg_i_writer* writer;
} formats[KG_WRITE_FORMAT_COUNT] = {
    [KG_WRITE_TURTLE] = {"turtle", "graph.ttl", &kg_i_turtle_writer},
    [KG_WRITE_NTRIPLES] = {"ntriples", "graph.nt", &kg_i_ntriples_writer},
    [KG_WRITE_NQUADS] = {"nquads", "graph.nq", &kg_i_nquads_writer},
    [KG_WRITE_RDFXML] = {"rdfxml", "graph.rdf", &kg_i_rdfxml_writer},
    [KG_WRITE_GRAPHML] = {"graphml", "graph.graphml", &kg_i_graphml_writer},
    [KG_WRITE_GEXF] = {"gexf", "graph.gexf", &kg_i_gexf_writer},
    [KG_WRITE_NEO4J] = {"neo4j", "neo4j", &kg_i_neo4j_writer},
    [KG_WRITE_CYPHER] = {"cypher", "graph.cypher", &kg_i_cypher_writer},
    [KG_WRITE_CSV] = {"csv", "csv", &kg_i_csv_writer},
    [KG_WRITE_JSONL] = {"jsonl", "graph.jsonl", &kg_i_jsonl_writer},
};

const char* kg_write_format_name(kg_write_format format) {
    return (unsigned)format < KG_WRITE_FORMAT_COUNT ? formats[format].name : NULL;
}

const char* kg_write_default_name(kg_write_format format) {
    return (unsigned)format < KG_WRITE_FORMAT_COUNT ? formats[format].file : NULL;
}

const kg_i_writer* kg_i_writer_of(kg_write_format format) {
    return (unsigned)format < KG_WRITE_FORMAT_COUNT ? formats[format].writer : NULL;
}

kg_status kg_write_format_parse(kg_slice text, kg_write_format* out) {
    for (unsigned i = 0; i < KG_WRITE_FORMAT_COUNT; ++i) {
        if (kg_slice_equal(text, kg_slice_of(formats[i].name))) {
            *out = (kg_write_format)i;
            return KG_OK;
        }
    }
    return KG_NO;
}

const kg_evidence_row* kg_i_best_evidence(const kg_statement_row* row) {
    const kg_evidence_row* best = &row->evidence[0];
    for (uint32_t i = 1; i < row->evidence_count; ++i) {
        if (row->evidence[i].confidence > best->confidence) {
            best = &row->evidence[i];
        }
    }
    return best;
}

void kg_i_evidence_id(kg_i_buffer* id, const kg_statement_row* row, uint32_t index) {
    const kg_slice doc = row->evidence[index].doc_id;
    uint32_t before = 0;
    for (uint32_t i = 0; i < index; ++i) {
        before += kg_slice_equal(doc, row->evidence[i].doc_id);
    }
    kg_i_buffer_clear(id);
    kg_i_buffer_add_slice(id, row->id);
    kg_i_buffer_add_char(id, '-');
    kg_i_buffer_add_slice(id, doc);
    if (before) {
        const kg_i_number number = kg_i_integer(before + 1);
        kg_i_buffer_add_char(id, '-');
        kg_i_buffer_add_slice(id, kg_i_number_slice(&number));
    }
}

static const char* known(const char* name) {
    return name ? name : "unknown";
}

const char* kg_i_type_text(kg_type type) {
    return known(kg_type_name(type));
}

const char* kg_i_predicate_text(kg_predicate predicate) {
    return known(kg_predicate_name(predicate));
}

const char* kg_i_status_text(kg_fact_status status) {
    return known(kg_fact_status_name(status));
}
