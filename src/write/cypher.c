// SPDX-License-Identifier: GPL-3.0-or-later
// A script that merges the graph into a running Neo4j 5: run again it changes nothing, and run
// after a newer export it brings what is there up to date. Rows of one label or type are collected
// and sent together; a script of single statements would be parsed and planned a million times.
#include "write/writer.h"

#include "base/try.h"
#include "write/neo4j.h"
#include "write/text.h"

#include <math.h>
#include <stdlib.h>

/// A batch is sent when it holds this many bytes or rows.
enum { BATCH_BYTES = 256 * 1024, BATCH_ROWS = 500 };

/// One batch for each label, each predicate, the documents and the evidence.
enum {
    DOCUMENTS,
    NODES,
    RELATIONSHIPS = NODES + KG_TYPE_COUNT,
    EVIDENCE = RELATIONSHIPS + KG_PREDICATE_COUNT,
    BATCHES
};

typedef struct {
    kg_i_buffer rows;
    unsigned count;
} batch;

typedef struct {
    kg_i_out* out;
    kg_error* error;
    kg_i_buffer id;
    batch batches[BATCHES];
    bool nodes_sent;
} cypher;

static kg_status begin(const kg_i_write_context* context, void** handle) {
    cypher* const state = calloc(1, sizeof *state);
    *handle = state;
    if (!state) {
        return KG_OUT_OF_MEMORY(context->error);
    }
    state->error = context->error;
    KG_TRY(kg_i_target_open(context->target, NULL, false, &state->out));
    kg_i_out_text(state->out, kg_i_neo4j_schema);
    return state->out->status;
}

// Batches ---------------------------------------------------------------------------------------

static void put_action(kg_i_out* out, unsigned index) {
    if (index == DOCUMENTS) {
        kg_i_out_lit(out, "MERGE (n:Document {id: row.id})\nSET n += row;\n");
    } else if (index < RELATIONSHIPS) {
        kg_i_out_lit(out, "MERGE (n:Entity {id: row.id})\nSET n:");
        kg_i_out_text(out, kg_i_type_text((kg_type)(index - NODES)));
        kg_i_out_lit(out, ", n += row;\n");
    } else if (index == EVIDENCE) {
        kg_i_out_lit(out, "MATCH (a:Entity {id: row.a})\nMATCH (b:Document {id: row.b})\n"
                          "MERGE (a)-[r:stated_in {id: row.p.id}]->(b)\nSET r += row.p;\n");
    } else {
        kg_i_out_lit(out, "MATCH (a:Entity {id: row.a})\nMATCH (b:Entity {id: row.b})\n"
                          "MERGE (a)-[r:");
        kg_i_out_text(out, kg_i_predicate_text((kg_predicate)(index - RELATIONSHIPS)));
        kg_i_out_lit(out, " {id: row.p.id}]->(b)\nSET r += row.p;\n");
    }
}

static kg_status send(cypher* state, unsigned index) {
    batch* const b = &state->batches[index];
    if (b->rows.failed) {
        return KG_OUT_OF_MEMORY(state->error);
    }
    if (b->count) {
        kg_i_out_lit(state->out, "UNWIND [\n");
        kg_i_out_slice(state->out, kg_i_buffer_slice(&b->rows));
        kg_i_out_lit(state->out, "\n] AS row\n");
        put_action(state->out, index);
        kg_i_buffer_clear(&b->rows);
        b->count = 0;
    }
    return state->out->status;
}

static kg_status send_range(cypher* state, unsigned first, unsigned last) {
    for (unsigned i = first; i < last; ++i) {
        KG_TRY(send(state, i));
    }
    return KG_OK;
}

static kg_i_buffer* open_row(cypher* state, unsigned index) {
    batch* const b = &state->batches[index];
    if (b->count++) {
        kg_i_buffer_add_text(&b->rows, ",\n");
    }
    return &b->rows;
}

static kg_status close_row(cypher* state, unsigned index) {
    const batch* const b = &state->batches[index];
    return b->count >= BATCH_ROWS || b->rows.len >= BATCH_BYTES || b->rows.failed
               ? send(state, index)
               : state->out->status;
}

// Values ----------------------------------------------------------------------------------------

static void add_text(kg_i_buffer* buffer, kg_slice text) {
    kg_i_buffer_add_char(buffer, '\'');
    for (size_t i = 0; i < text.len; ++i) {
        const unsigned char c = (unsigned char)text.ptr[i];
        const char* const stand_in = c < 0x80 ? kg_i_cypher_escapes.of[c] : NULL;
        if (stand_in) {
            kg_i_buffer_add_text(buffer, stand_in);
        } else {
            kg_i_buffer_add_char(buffer, (char)c);
        }
    }
    kg_i_buffer_add_char(buffer, '\'');
}

static void put_key(kg_i_buffer* buffer, const char* key) {
    const char last = buffer->len ? buffer->ptr[buffer->len - 1] : '\0';
    kg_i_buffer_add_text(buffer, last == '{' ? "" : ", ");
    kg_i_buffer_add_text(buffer, key);
    kg_i_buffer_add_text(buffer, ": ");
}

/// What is not known is null, so that `+=` takes away what an older export said.
static void put_text(kg_i_buffer* buffer, const char* key, kg_slice value) {
    put_key(buffer, key);
    if (value.len) {
        add_text(buffer, value);
    } else {
        kg_i_buffer_add_text(buffer, "null");
    }
}

static void put_number(kg_i_buffer* buffer, const char* key, kg_i_number value) {
    put_key(buffer, key);
    kg_i_buffer_add_slice(buffer, value.len ? kg_i_number_slice(&value) : KG_LIT("null"));
}

static void put_texts(kg_i_buffer* buffer, const char* key, const kg_slice* texts, uint32_t count) {
    put_key(buffer, key);
    for (uint32_t i = 0; i < count; ++i) {
        kg_i_buffer_add_text(buffer, i ? ", " : "[");
        add_text(buffer, texts[i]);
    }
    kg_i_buffer_add_text(buffer, count ? "]" : "null");
}

// Rows ------------------------------------------------------------------------------------------

static kg_status on_document(void* handle, const kg_document_row* row) {
    cypher* const state = handle;
    kg_i_buffer* const map = open_row(state, DOCUMENTS);
    kg_i_buffer_add_char(map, '{');
    put_text(map, "id", row->id);
    put_text(map, "name", row->name);
    put_text(map, "title", row->title);
    put_text(map, "date", row->date);
    put_text(map, "url", row->url);
    put_text(map, "publisher", row->publisher);
    kg_i_buffer_add_char(map, '}');
    return close_row(state, DOCUMENTS);
}

static kg_status on_entity(void* handle, const kg_entity_row* row) {
    cypher* const state = handle;
    const unsigned index = NODES + (unsigned)row->type;
    kg_i_buffer* const map = open_row(state, index);
    kg_i_buffer_add_char(map, '{');
    put_text(map, "id", row->id);
    put_text(map, "name", row->name);
    put_text(map, "type", kg_slice_of(kg_i_type_text(row->type)));
    put_texts(map, "aliases", row->aliases, row->alias_count);
    put_text(map, "lexicon_id", row->lexicon_id);
    put_number(map, "document_count", kg_i_integer(row->document_count));
    put_text(map, "first_seen", row->first_seen);
    put_text(map, "last_seen", row->last_seen);
    put_texts(map, "same_as", row->same_as, row->same_as_count);
    double values[KG_I_MEASURE_COUNT];
    kg_i_measures_of(row, values);
    for (int i = 0; i < KG_I_MEASURE_COUNT; ++i) {
        const kg_i_measure_kind* const kind = &kg_i_measure_kinds[i];
        // A whole number without exponent would be an integer property.
        put_number(map, kind->name,
                   kind->integer ? kg_i_measure_text(kind, values[i]) : kg_i_double_e(values[i]));
    }
    kg_i_buffer_add_char(map, '}');
    return close_row(state, index);
}

static void put_ends(kg_i_buffer* map, kg_slice from, kg_slice to) {
    kg_i_buffer_add_char(map, '{');
    put_text(map, "a", from);
    put_text(map, "b", to);
    put_key(map, "p");
    kg_i_buffer_add_char(map, '{');
}

static kg_status put_evidence(cypher* state, const kg_statement_row* statement, uint32_t index) {
    const kg_evidence_row* const row = &statement->evidence[index];
    kg_i_evidence_id(&state->id, statement, index);
    kg_i_buffer* const map = open_row(state, EVIDENCE);
    put_ends(map, statement->subject, row->doc_id);
    put_text(map, "id", kg_i_buffer_slice(&state->id));
    put_text(map, "statement", statement->id);
    put_text(map, "predicate", kg_slice_of(kg_i_predicate_text(statement->predicate)));
    put_text(map, "quote", row->quote);
    put_text(map, "sentence", row->sentence);
    put_number(map, "begin", kg_i_integer(row->span.begin));
    put_number(map, "end", kg_i_integer(row->span.end));
    put_text(map, "rule", row->rule);
    put_text(map, "time", row->time);
    put_number(map, "confidence", kg_i_decimal(row->confidence));
    kg_i_buffer_add_text(map, "}}");
    return close_row(state, EVIDENCE);
}

static void put_statement(kg_i_buffer* map, const kg_statement_row* row) {
    const kg_evidence_row* const best = kg_i_best_evidence(row);
    put_ends(map, row->subject, row->object);
    put_text(map, "id", row->id);
    put_text(map, "status", kg_slice_of(kg_i_status_text(row->status)));
    put_number(map, "confidence", kg_i_decimal(row->confidence));
    put_key(map, "inferred");
    kg_i_buffer_add_text(map, row->inferred ? "true" : "false");
    put_text(map, "title", row->title);
    put_text(map, "valid_from", row->valid_from);
    put_text(map, "valid_to", row->valid_to);
    put_text(map, "first_seen", row->first_seen);
    put_text(map, "last_seen", row->last_seen);
    put_number(map, "evidence_count", kg_i_integer(row->evidence_count));
    put_text(map, "quote", best->quote);
    put_text(map, "sentence", best->sentence);
    put_text(map, "url", best->url);
    kg_i_buffer_add_text(map, "}}");
}

static kg_status on_statement(void* handle, const kg_statement_row* row) {
    cypher* const state = handle;
    if (!state->nodes_sent) {
        KG_TRY(send_range(state, 0, RELATIONSHIPS));
        state->nodes_sent = true;
    }
    const unsigned index = RELATIONSHIPS + (unsigned)row->predicate;
    put_statement(open_row(state, index), row);
    KG_TRY(close_row(state, index));
    for (uint32_t i = 0; i < row->evidence_count; ++i) {
        KG_TRY(put_evidence(state, row, i));
    }
    return state->id.failed ? KG_OUT_OF_MEMORY(state->error) : KG_OK;
}

static kg_status end(void* handle) {
    return send_range(handle, 0, BATCHES);
}

static void cypher_free(void* handle) {
    cypher* const state = handle;
    if (state) {
        for (unsigned i = 0; i < BATCHES; ++i) {
            kg_i_buffer_dispose(&state->batches[i].rows);
        }
        kg_i_buffer_dispose(&state->id);
        free(state);
    }
}

const kg_i_writer kg_i_cypher_writer = {
    .begin = begin,
    .on_document = on_document,
    .on_entity = on_entity,
    .on_statement = on_statement,
    .end = end,
    .free = cypher_free,
};
