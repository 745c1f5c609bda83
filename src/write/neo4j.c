// SPDX-License-Identifier: GPL-3.0-or-later
// Tables for Neo4j's bulk importer, with the command line that they need beside them. The delimiter
// of lists is U+001F, which no text holds (write/clean.c), because the importer knows no escape for
// it. Dates are strings: "2021-03" as a date would silently become a day, and month 13 end the
// import.
#include "write/writer.h"

#include "base/try.h"
#include "write/neo4j.h"
#include "write/row.h"

#include <stdlib.h>

enum { ENTITIES, DOCUMENTS, STATEMENTS, EVIDENCE, TABLES };
static const char delimiter = '\x1F';

typedef struct {
    kg_i_row rows[TABLES];
    kg_i_buffer text;
    kg_error* error;
} neo4j;

static const char* const names[TABLES] = {"entities.csv", "documents.csv", "statements.csv",
                                          "evidence.csv"};
static const char* const headers[TABLES] = {
    ("id:ID(Entity),:LABEL,name,type,aliases:string[],lexicon_id,document_count:long,first_seen,"
     "last_seen,same_as:string[]"),
    "id:ID(Document),:LABEL,name,title,date,url,publisher",
    ("id,:START_ID(Entity),:TYPE,:END_ID(Entity),status,confidence:double,inferred:boolean,title,"
     "valid_from,valid_to,first_seen,last_seen,evidence_count:long,quote,sentence,url,"
     "documents:string[]"),
    ("id,:START_ID(Entity),:TYPE,:END_ID(Document),statement,predicate,quote,sentence,begin:long,"
     "end:long,rule,time,confidence:double"),
};

static const char import_script[] =
    "#!/bin/sh\n"
    "# Fills a Neo4j 5 database with this graph: sh import.sh [DATABASE] [OPTION...]\n"
    "# Run it where neo4j-admin is installed and the database is not running; to replace one, add\n"
    "# --overwrite-destination=true. Afterwards start it and run constraints.cypher.\n"
    "set -eu\n"
    "cd \"$(dirname \"$0\")\"\n"
    "database=${1:-neo4j}\n"
    "[ $# -eq 0 ] || shift\n"
    "exec \"${NEO4J_ADMIN:-neo4j-admin}\" database import full \"$database\" \\\n"
    "    --multiline-fields=true --array-delimiter=U+001F \\\n"
    "    --nodes=entities.csv --nodes=documents.csv \\\n"
    "    --relationships=statements.csv --relationships=evidence.csv \"$@\"\n";

const char kg_i_neo4j_schema[] =
    "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;\n"
    "CREATE CONSTRAINT document_id IF NOT EXISTS FOR (n:Document) REQUIRE n.id IS UNIQUE;\n"
    "CREATE FULLTEXT INDEX entity_name IF NOT EXISTS FOR (n:Entity) ON EACH [n.name, n.aliases]\n"
    "  OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}};\n";

static kg_status put_file(const kg_i_write_context* context, const char* name, bool executable,
                          const char* text) {
    kg_i_out* out = NULL;
    KG_TRY(kg_i_target_open(context->target, name, executable, &out));
    kg_i_out_text(out, text);
    return out->status;
}

static kg_status begin(const kg_i_write_context* context, void** handle) {
    neo4j* const state = calloc(1, sizeof *state);
    *handle = state;
    if (!state) {
        return KG_OUT_OF_MEMORY(context->error);
    }
    state->error = context->error;
    for (int i = 0; i < TABLES; ++i) {
        kg_i_out* out = NULL;
        KG_TRY(kg_i_target_open(context->target, names[i], false, &out));
        state->rows[i] = (kg_i_row){out, "\n", false};
        kg_i_row_word(&state->rows[i], headers[i]);
        for (int k = 0; i == ENTITIES && k < KG_I_MEASURE_COUNT; ++k) {
            kg_i_row_word(&state->rows[i], kg_i_measure_kinds[k].name);
            kg_i_out_text(out, kg_i_measure_kinds[k].integer ? ":long" : ":double");
        }
        kg_i_row_end(&state->rows[i]);
    }
    KG_TRY(put_file(context, "import.sh", true, import_script));
    return put_file(context, "constraints.cypher", false, kg_i_neo4j_schema);
}

static kg_status on_document(void* handle, const kg_document_row* row) {
    neo4j* const state = handle;
    kg_i_row* const fields = &state->rows[DOCUMENTS];
    kg_i_row_text(fields, row->id);
    kg_i_row_word(fields, "Document");
    kg_i_row_text(fields, row->name);
    kg_i_row_text(fields, row->title);
    kg_i_row_text(fields, row->date);
    kg_i_row_text(fields, row->url);
    kg_i_row_text(fields, row->publisher);
    kg_i_row_end(fields);
    return fields->out->status;
}

static kg_status on_entity(void* handle, const kg_entity_row* row) {
    neo4j* const state = handle;
    kg_i_row* const fields = &state->rows[ENTITIES];
    const kg_slice labels[] = {KG_LIT("Entity"), kg_slice_of(kg_i_type_text(row->type))};
    kg_i_row_text(fields, row->id);
    kg_i_row_list(fields, labels, 2, delimiter);
    kg_i_row_text(fields, row->name);
    kg_i_row_word(fields, kg_i_type_text(row->type));
    kg_i_row_list(fields, row->aliases, row->alias_count, delimiter);
    kg_i_row_text(fields, row->lexicon_id);
    kg_i_row_number(fields, kg_i_integer(row->document_count));
    kg_i_row_text(fields, row->first_seen);
    kg_i_row_text(fields, row->last_seen);
    kg_i_row_list(fields, row->same_as, row->same_as_count, delimiter);
    kg_i_row_measures(fields, row);
    kg_i_row_end(fields);
    return fields->out->status;
}

static bool named_before(const kg_statement_row* row, uint32_t index) {
    for (uint32_t i = 0; i < index; ++i) {
        if (kg_slice_equal(row->evidence[i].doc, row->evidence[index].doc)) {
            return true;
        }
    }
    return false;
}

/// The names of the documents, each once.
static void put_documents(neo4j* state, kg_i_row* fields, const kg_statement_row* row) {
    kg_i_buffer* const joined = &state->text;
    kg_i_buffer_clear(joined);
    for (uint32_t i = 0; i < row->evidence_count; ++i) {
        if (!named_before(row, i)) {
            if (joined->len) {
                kg_i_buffer_add_char(joined, delimiter);
            }
            kg_i_buffer_add_slice(joined, row->evidence[i].doc);
        }
    }
    kg_i_row_text(fields, kg_i_buffer_slice(joined));
}

static void put_evidence(neo4j* state, const kg_statement_row* statement, uint32_t index) {
    kg_i_row* const fields = &state->rows[EVIDENCE];
    const kg_evidence_row* const row = &statement->evidence[index];
    kg_i_evidence_id(&state->text, statement, index);
    kg_i_row_text(fields, kg_i_buffer_slice(&state->text));
    kg_i_row_text(fields, statement->subject);
    kg_i_row_word(fields, "stated_in");
    kg_i_row_text(fields, row->doc_id);
    kg_i_row_text(fields, statement->id);
    kg_i_row_word(fields, kg_i_predicate_text(statement->predicate));
    kg_i_row_text(fields, row->quote);
    kg_i_row_text(fields, row->sentence);
    kg_i_row_number(fields, kg_i_integer(row->span.begin));
    kg_i_row_number(fields, kg_i_integer(row->span.end));
    kg_i_row_text(fields, row->rule);
    kg_i_row_text(fields, row->time);
    kg_i_row_number(fields, kg_i_decimal(row->confidence));
    kg_i_row_end(fields);
}

static kg_status on_statement(void* handle, const kg_statement_row* row) {
    neo4j* const state = handle;
    kg_i_row* const fields = &state->rows[STATEMENTS];
    const kg_evidence_row* const best = kg_i_best_evidence(row);
    kg_i_row_text(fields, row->id);
    kg_i_row_text(fields, row->subject);
    kg_i_row_word(fields, kg_i_predicate_text(row->predicate));
    kg_i_row_text(fields, row->object);
    kg_i_row_word(fields, kg_i_status_text(row->status));
    kg_i_row_number(fields, kg_i_decimal(row->confidence));
    kg_i_row_bool(fields, row->inferred);
    kg_i_row_text(fields, row->title);
    kg_i_row_text(fields, row->valid_from);
    kg_i_row_text(fields, row->valid_to);
    kg_i_row_text(fields, row->first_seen);
    kg_i_row_text(fields, row->last_seen);
    kg_i_row_number(fields, kg_i_integer(row->evidence_count));
    kg_i_row_text(fields, best->quote);
    kg_i_row_text(fields, best->sentence);
    kg_i_row_text(fields, best->url);
    put_documents(state, fields, row);
    kg_i_row_end(fields);
    for (uint32_t i = 0; i < row->evidence_count; ++i) {
        put_evidence(state, row, i);
    }
    KG_TRY(state->rows[EVIDENCE].out->status);
    return state->text.failed ? KG_OUT_OF_MEMORY(state->error) : fields->out->status;
}

static kg_status end(void* handle) {
    (void)handle;
    return KG_OK;
}

static void neo4j_free(void* handle) {
    neo4j* const state = handle;
    if (state) {
        kg_i_buffer_dispose(&state->text);
        free(state);
    }
}

const kg_i_writer kg_i_neo4j_writer = {
    .begin = begin,
    .on_document = on_document,
    .on_entity = on_entity,
    .on_statement = on_statement,
    .end = end,
    .free = neo4j_free,
    .folder = true,
};
