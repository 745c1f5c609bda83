// SPDX-License-Identifier: GPL-3.0-or-later
// N-Triples and N-Quads in UTF-8. raptor's serializers write each Chinese character as \uXXXX,
// which is legal, three times as long and nothing that one could search.
#include "write/writer.h"

#include "base/try.h"
#include "write/rdf.h"
#include "write/text.h"

#include <stdlib.h>

typedef struct {
    kg_i_rdf rdf; ///< first: the mapping's functions take the state for it
    kg_i_out* out;
    bool quads;
} lines;

static void put_iri(const lines* state, const kg_i_term* term) {
    kg_i_out* const out = state->out;
    kg_i_out_char(out, '<');
    if (term->kind == KG_I_NAME) {
        if (kg_i_ns_is_below(term->ns)) {
            kg_i_out_slice(out, state->rdf.base_iri);
        }
        kg_i_out_text(out, kg_i_namespaces[term->ns].iri);
    }
    kg_i_out_slice(out, term->text);
    kg_i_out_lit(out, "> ");
}

static void put_term(const lines* state, const kg_i_term* term) {
    kg_i_out* const out = state->out;
    if (term->kind == KG_I_NAME || term->kind == KG_I_IRI) {
        put_iri(state, term);
        return;
    }
    kg_i_out_char(out, '"');
    kg_i_out_escaped(out, term->text, &kg_i_ntriples_escapes);
    if (term->kind == KG_I_LABEL) {
        kg_i_out_lit(out, "\"@zh-Hans ");
    } else if (term->kind == KG_I_TYPED) {
        kg_i_out_lit(out, "\"^^<");
        kg_i_out_text(out, kg_i_namespaces[KG_I_NS_XSD].iri);
        kg_i_out_slice(out, term->type);
        kg_i_out_lit(out, "> ");
    } else {
        kg_i_out_lit(out, "\" ");
    }
}

static kg_status on_triple(void* handle, const kg_i_term* subject, const kg_i_term* predicate,
                           const kg_i_term* object, const kg_i_term* graph) {
    const lines* const state = handle;
    put_iri(state, subject);
    put_iri(state, predicate);
    put_term(state, object);
    if (state->quads && graph) {
        put_iri(state, graph);
    }
    kg_i_out_lit(state->out, ".\n");
    return state->out->status;
}

static kg_status begin(const kg_i_write_context* context, void** handle, bool quads) {
    lines* const state = calloc(1, sizeof *state);
    *handle = state;
    if (!state) {
        return KG_OUT_OF_MEMORY(context->error);
    }
    state->rdf.sink = (kg_i_triple_sink){state, on_triple};
    state->rdf.base_iri = context->base_iri;
    state->rdf.error = context->error;
    state->quads = quads;
    return kg_i_target_open(context->target, NULL, false, &state->out);
}

static kg_status begin_triples(const kg_i_write_context* context, void** handle) {
    return begin(context, handle, false);
}

static kg_status begin_quads(const kg_i_write_context* context, void** handle) {
    return begin(context, handle, true);
}

static kg_status end(void* handle) {
    const lines* const state = handle;
    return state->out->status;
}

static void lines_free(void* handle) {
    lines* const state = handle;
    if (state) {
        kg_i_rdf_dispose(&state->rdf);
        free(state);
    }
}

const kg_i_writer kg_i_ntriples_writer = {
    .begin = begin_triples,
    .on_document = kg_i_rdf_document,
    .on_entity = kg_i_rdf_entity,
    .on_statement = kg_i_rdf_statement,
    .end = end,
    .free = lines_free,
};

const kg_i_writer kg_i_nquads_writer = {
    .begin = begin_quads,
    .on_document = kg_i_rdf_document,
    .on_entity = kg_i_rdf_entity,
    .on_statement = kg_i_rdf_statement,
    .end = end,
    .free = lines_free,
};
