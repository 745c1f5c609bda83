// SPDX-License-Identifier: GPL-3.0-or-later
// Plain tables by RFC 4180: UTF-8, CRLF, no byte order mark. Lists are JSON arrays in one field.
#include "write/writer.h"

#include "base/try.h"
#include "write/row.h"

#include <stdio.h>
#include <stdlib.h>

enum { ENTITIES, STATEMENTS, EVIDENCE, DOCUMENTS, TABLES };

typedef struct {
    kg_i_row rows[TABLES];
    kg_i_buffer text;
    kg_error* error;
} csv;

static const char* const names[TABLES] = {"entities.csv", "statements.csv", "evidence.csv",
                                          "documents.csv"};
static const char* const headers[TABLES] = {
    "id,type,name,aliases,lexicon_id,document_count,first_seen,last_seen,same_as",
    ("id,subject,predicate,object,status,confidence,inferred,title,valid_from,valid_to,first_seen,"
     "last_seen,evidence_count"),
    "id,statement,document,document_id,begin,end,quote,sentence,rule,time,confidence",
    "id,name,path,title,date,url,publisher,hash",
};

static kg_status begin(const kg_i_write_context* context, void** handle) {
    csv* const state = calloc(1, sizeof *state);
    *handle = state;
    if (!state) {
        return KG_OUT_OF_MEMORY(context->error);
    }
    state->error = context->error;
    for (int i = 0; i < TABLES; ++i) {
        kg_i_out* out = NULL;
        KG_TRY(kg_i_target_open(context->target, names[i], false, &out));
        state->rows[i] = (kg_i_row){out, "\r\n", false};
        kg_i_row_word(&state->rows[i], headers[i]);
        for (int k = 0; i == ENTITIES && k < KG_I_MEASURE_COUNT; ++k) {
            kg_i_row_word(&state->rows[i], kg_i_measure_kinds[k].name);
        }
        kg_i_row_end(&state->rows[i]);
    }
    return KG_OK;
}

static kg_status row_status(const csv* state, int table) {
    return state->text.failed ? KG_OUT_OF_MEMORY(state->error) : state->rows[table].out->status;
}

static kg_status on_document(void* handle, const kg_document_row* row) {
    csv* const state = handle;
    kg_i_row* const fields = &state->rows[DOCUMENTS];
    char hash[33];
    snprintf(hash, sizeof hash, "%016llx%016llx", (unsigned long long)row->hash[0],
             (unsigned long long)row->hash[1]);
    kg_i_row_text(fields, row->id);
    kg_i_row_text(fields, row->name);
    kg_i_row_text(fields, row->path);
    kg_i_row_text(fields, row->title);
    kg_i_row_text(fields, row->date);
    kg_i_row_text(fields, row->url);
    kg_i_row_text(fields, row->publisher);
    kg_i_row_text(fields, kg_slice_of(hash));
    kg_i_row_end(fields);
    return row_status(state, DOCUMENTS);
}

static void put_list(csv* state, kg_i_row* fields, const kg_slice* texts, uint32_t count) {
    kg_i_buffer_clear(&state->text);
    if (count) {
        kg_i_json_array(&state->text, texts, count);
    }
    kg_i_row_text(fields, kg_i_buffer_slice(&state->text));
}

static kg_status on_entity(void* handle, const kg_entity_row* row) {
    csv* const state = handle;
    kg_i_row* const fields = &state->rows[ENTITIES];
    kg_i_row_text(fields, row->id);
    kg_i_row_word(fields, kg_i_type_text(row->type));
    kg_i_row_text(fields, row->name);
    put_list(state, fields, row->aliases, row->alias_count);
    kg_i_row_text(fields, row->lexicon_id);
    kg_i_row_number(fields, kg_i_integer(row->document_count));
    kg_i_row_text(fields, row->first_seen);
    kg_i_row_text(fields, row->last_seen);
    put_list(state, fields, row->same_as, row->same_as_count);
    kg_i_row_measures(fields, row);
    kg_i_row_end(fields);
    return row_status(state, ENTITIES);
}

static void put_evidence(csv* state, const kg_statement_row* statement, uint32_t index) {
    kg_i_row* const fields = &state->rows[EVIDENCE];
    const kg_evidence_row* const row = &statement->evidence[index];
    kg_i_evidence_id(&state->text, statement, index);
    kg_i_row_text(fields, kg_i_buffer_slice(&state->text));
    kg_i_row_text(fields, statement->id);
    kg_i_row_text(fields, row->doc);
    kg_i_row_text(fields, row->doc_id);
    kg_i_row_number(fields, kg_i_integer(row->span.begin));
    kg_i_row_number(fields, kg_i_integer(row->span.end));
    kg_i_row_text(fields, row->quote);
    kg_i_row_text(fields, row->sentence);
    kg_i_row_text(fields, row->rule);
    kg_i_row_text(fields, row->time);
    kg_i_row_number(fields, kg_i_decimal(row->confidence));
    kg_i_row_end(fields);
}

static kg_status on_statement(void* handle, const kg_statement_row* row) {
    csv* const state = handle;
    kg_i_row* const fields = &state->rows[STATEMENTS];
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
    kg_i_row_end(fields);
    for (uint32_t i = 0; i < row->evidence_count; ++i) {
        put_evidence(state, row, i);
    }
    KG_TRY(row_status(state, EVIDENCE));
    return row_status(state, STATEMENTS);
}

static kg_status end(void* handle) {
    (void)handle;
    return KG_OK;
}

static void csv_free(void* handle) {
    csv* const state = handle;
    if (state) {
        kg_i_buffer_dispose(&state->text);
        free(state);
    }
}

const kg_i_writer kg_i_csv_writer = {
    .begin = begin,
    .on_document = on_document,
    .on_entity = on_entity,
    .on_statement = on_statement,
    .end = end,
    .free = csv_free,
    .folder = true,
};
