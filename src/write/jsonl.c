// SPDX-License-Identifier: GPL-3.0-or-later
// JSON Lines: one object a line, told apart by "kind"; what is not known has no key.
#include "write/writer.h"

#include "base/try.h"
#include "write/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    kg_i_out* out;
    kg_i_buffer id;
    kg_error* error;
} jsonl;

static kg_status begin(const kg_i_write_context* context, void** handle) {
    jsonl* const state = calloc(1, sizeof *state);
    *handle = state;
    if (!state) {
        return KG_OUT_OF_MEMORY(context->error);
    }
    state->error = context->error;
    return kg_i_target_open(context->target, NULL, false, &state->out);
}

/// A key with its comma; keys are ours and need no escape.
static void put_key(kg_i_out* out, const char* key) {
    kg_i_out_lit(out, ",\"");
    kg_i_out_text(out, key);
    kg_i_out_lit(out, "\":");
}

static void put_text(kg_i_out* out, const char* key, kg_slice value) {
    if (value.len) {
        put_key(out, key);
        kg_i_out_json(out, value);
    }
}

static void put_number(kg_i_out* out, const char* key, kg_i_number value) {
    put_key(out, key);
    kg_i_out_slice(out, kg_i_number_slice(&value));
}

static void put_texts(kg_i_out* out, const char* key, const kg_slice* values, uint32_t count) {
    if (!count) {
        return;
    }
    put_key(out, key);
    for (uint32_t i = 0; i < count; ++i) {
        kg_i_out_char(out, i ? ',' : '[');
        kg_i_out_json(out, values[i]);
    }
    kg_i_out_char(out, ']');
}

static kg_status on_document(void* handle, const kg_document_row* row) {
    const jsonl* const state = handle;
    kg_i_out* const out = state->out;
    char hash[33];
    snprintf(hash, sizeof hash, "%016llx%016llx", (unsigned long long)row->hash[0],
             (unsigned long long)row->hash[1]);
    kg_i_out_lit(out, "{\"kind\":\"document\"");
    put_text(out, "id", row->id);
    put_text(out, "name", row->name);
    put_text(out, "path", row->path);
    put_text(out, "title", row->title);
    put_text(out, "date", row->date);
    put_text(out, "url", row->url);
    put_text(out, "publisher", row->publisher);
    put_text(out, "hash", kg_slice_of(hash));
    kg_i_out_lit(out, "}\n");
    return out->status;
}

/// All measures, those too that the typed formats do not know.
static void put_measures(kg_i_out* out, const kg_entity_row* row) {
    bool first = true;
    for (uint32_t i = 0; row->measures && i < row->measure_count; ++i) {
        const kg_measure* const measure = &row->measures[i];
        const int kind = kg_i_measure_find(measure->name);
        const kg_i_number number =
            kind >= 0 ? kg_i_measure_text(&kg_i_measure_kinds[kind], measure->value)
                      : kg_i_double(measure->value);
        if (!number.len) {
            continue;
        }
        if (first) {
            put_key(out, "measures");
        }
        kg_i_out_char(out, first ? '{' : ',');
        kg_i_out_json(out, measure->name);
        kg_i_out_char(out, ':');
        kg_i_out_slice(out, kg_i_number_slice(&number));
        first = false;
    }
    if (!first) {
        kg_i_out_char(out, '}');
    }
}

static kg_status on_entity(void* handle, const kg_entity_row* row) {
    const jsonl* const state = handle;
    kg_i_out* const out = state->out;
    kg_i_out_lit(out, "{\"kind\":\"entity\"");
    put_text(out, "id", row->id);
    put_text(out, "type", kg_slice_of(kg_i_type_text(row->type)));
    put_text(out, "name", row->name);
    put_text(out, "lexicon_id", row->lexicon_id);
    put_texts(out, "aliases", row->aliases, row->alias_count);
    put_number(out, "document_count", kg_i_integer(row->document_count));
    put_text(out, "first_seen", row->first_seen);
    put_text(out, "last_seen", row->last_seen);
    put_texts(out, "same_as", row->same_as, row->same_as_count);
    put_measures(out, row);
    kg_i_out_lit(out, "}\n");
    return out->status;
}

static void put_evidence(kg_i_out* out, kg_slice id, const kg_evidence_row* row) {
    kg_i_out_lit(out, "{\"id\":");
    kg_i_out_json(out, id);
    put_text(out, "document", row->doc);
    put_text(out, "document_id", row->doc_id);
    put_text(out, "date", row->date);
    put_text(out, "url", row->url);
    put_text(out, "quote", row->quote);
    put_text(out, "sentence", row->sentence);
    put_number(out, "begin", kg_i_integer(row->span.begin));
    put_number(out, "end", kg_i_integer(row->span.end));
    put_text(out, "rule", row->rule);
    put_text(out, "time", row->time);
    put_number(out, "confidence", kg_i_decimal(row->confidence));
    kg_i_out_char(out, '}');
}

static kg_status on_statement(void* handle, const kg_statement_row* row) {
    jsonl* const state = handle;
    kg_i_out* const out = state->out;
    kg_i_out_lit(out, "{\"kind\":\"statement\"");
    put_text(out, "id", row->id);
    put_text(out, "subject", row->subject);
    put_text(out, "predicate", kg_slice_of(kg_i_predicate_text(row->predicate)));
    put_text(out, "object", row->object);
    put_text(out, "status", kg_slice_of(kg_i_status_text(row->status)));
    put_number(out, "confidence", kg_i_decimal(row->confidence));
    put_key(out, "inferred");
    kg_i_out_text(out, row->inferred ? "true" : "false");
    put_text(out, "title", row->title);
    put_text(out, "valid_from", row->valid_from);
    put_text(out, "valid_to", row->valid_to);
    put_text(out, "first_seen", row->first_seen);
    put_text(out, "last_seen", row->last_seen);
    put_key(out, "evidence");
    for (uint32_t i = 0; i < row->evidence_count; ++i) {
        kg_i_out_char(out, i ? ',' : '[');
        kg_i_evidence_id(&state->id, row, i);
        put_evidence(out, kg_i_buffer_slice(&state->id), &row->evidence[i]);
    }
    kg_i_out_lit(out, "]}\n");
    return state->id.failed ? KG_OUT_OF_MEMORY(state->error) : out->status;
}

static kg_status end(void* handle) {
    const jsonl* const state = handle;
    return state->out->status;
}

static void jsonl_free(void* handle) {
    jsonl* const state = handle;
    if (state) {
        kg_i_buffer_dispose(&state->id);
        free(state);
    }
}

const kg_i_writer kg_i_jsonl_writer = {
    .begin = begin,
    .on_document = on_document,
    .on_entity = on_entity,
    .on_statement = on_statement,
    .end = end,
    .free = jsonl_free,
};
