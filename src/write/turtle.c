// SPDX-License-Identifier: GPL-3.0-or-later
// Turtle written as it comes, one subject after another. raptor's serializer keeps the whole graph
// until its end and, in 2.0.15, turns "5"^^xsd:decimal into an integer; here nothing is kept but
// the subject under way. docs/formats.md gives the figures.
#include "write/writer.h"

#include "base/try.h"
#include "write/rdf.h"
#include "write/text.h"

#include <stdlib.h>

typedef struct {
    kg_i_rdf rdf; ///< first: the mapping's functions take the state for it
    kg_i_out* out;
    kg_i_term_kind kind; ///< of the subject under way
    kg_i_ns ns;
    kg_i_buffer subject;
    kg_i_ns predicate_ns;
    kg_i_buffer predicate;
} turtle;

static void put_name(kg_i_out* out, const kg_i_term* term) {
    kg_i_out_text(out, kg_i_namespaces[term->ns].prefix);
    kg_i_out_char(out, ':');
    kg_i_out_slice(out, term->text);
}

static bool is_bare(kg_slice type) {
    return kg_slice_equal(type, KG_LIT("integer")) || kg_slice_equal(type, KG_LIT("decimal")) ||
           kg_slice_equal(type, KG_LIT("double")) || kg_slice_equal(type, KG_LIT("boolean"));
}

static void put_term(kg_i_out* out, const kg_i_term* term) {
    if (term->kind == KG_I_NAME) {
        put_name(out, term);
        return;
    }
    if (term->kind == KG_I_IRI) {
        kg_i_out_char(out, '<');
        kg_i_out_slice(out, term->text);
        kg_i_out_char(out, '>');
        return;
    }
    if (term->kind == KG_I_TYPED && is_bare(term->type)) {
        kg_i_out_slice(out, term->text); // 12, 0.90, 2.5E-1 and true carry their datatype
        return;
    }
    kg_i_out_char(out, '"');
    kg_i_out_escaped(out, term->text, &kg_i_turtle_escapes);
    kg_i_out_char(out, '"');
    if (term->kind == KG_I_LABEL) {
        kg_i_out_lit(out, "@zh-Hans");
    } else if (term->kind == KG_I_TYPED) {
        kg_i_out_lit(out, "^^xsd:");
        kg_i_out_slice(out, term->type);
    }
}

static bool same_subject(const turtle* state, const kg_i_term* subject) {
    return state->subject.len && state->kind == subject->kind && state->ns == subject->ns &&
           kg_slice_equal(kg_i_buffer_slice(&state->subject), subject->text);
}

static bool same_predicate(const turtle* state, const kg_i_term* predicate) {
    return state->predicate_ns == predicate->ns &&
           kg_slice_equal(kg_i_buffer_slice(&state->predicate), predicate->text);
}

static void put_predicate(turtle* state, const kg_i_term* predicate) {
    if (predicate->ns == KG_I_NS_RDF && kg_slice_equal(predicate->text, KG_LIT("type"))) {
        kg_i_out_lit(state->out, "a ");
    } else {
        put_name(state->out, predicate);
        kg_i_out_char(state->out, ' ');
    }
}

static kg_status on_triple(void* handle, const kg_i_term* subject, const kg_i_term* predicate,
                           const kg_i_term* object, const kg_i_term* graph) {
    (void)graph;
    turtle* const state = handle;
    kg_i_out* const out = state->out;
    if (!same_subject(state, subject)) {
        if (state->subject.len) {
            kg_i_out_lit(out, " .\n");
        }
        state->kind = subject->kind;
        state->ns = subject->ns;
        kg_i_buffer_clear(&state->subject);
        kg_i_buffer_add_slice(&state->subject, subject->text);
        put_term(out, subject);
        kg_i_out_char(out, ' ');
        put_predicate(state, predicate);
    } else if (same_predicate(state, predicate)) {
        kg_i_out_lit(out, " , ");
    } else {
        kg_i_out_lit(out, " ;\n  ");
        put_predicate(state, predicate);
    }
    state->predicate_ns = predicate->ns;
    kg_i_buffer_clear(&state->predicate);
    kg_i_buffer_add_slice(&state->predicate, predicate->text);
    put_term(out, object);
    return state->subject.failed || state->predicate.failed ? KG_OUT_OF_MEMORY(state->rdf.error)
                                                            : out->status;
}

static kg_status begin(const kg_i_write_context* context, void** handle) {
    turtle* const state = calloc(1, sizeof *state);
    *handle = state;
    if (!state) {
        return KG_OUT_OF_MEMORY(context->error);
    }
    state->rdf.sink = (kg_i_triple_sink){state, on_triple};
    state->rdf.base_iri = context->base_iri;
    state->rdf.error = context->error;
    KG_TRY(kg_i_target_open(context->target, NULL, false, &state->out));
    for (unsigned i = 0; i < KG_I_NS_COUNT; ++i) {
        kg_i_out_lit(state->out, "@prefix ");
        kg_i_out_text(state->out, kg_i_namespaces[i].prefix);
        kg_i_out_lit(state->out, ": <");
        if (kg_i_ns_is_below((kg_i_ns)i)) {
            kg_i_out_slice(state->out, context->base_iri);
        }
        kg_i_out_text(state->out, kg_i_namespaces[i].iri);
        kg_i_out_lit(state->out, "> .\n");
    }
    kg_i_out_char(state->out, '\n');
    return state->out->status;
}

static kg_status end(void* handle) {
    turtle* const state = handle;
    if (state->subject.len) {
        kg_i_out_lit(state->out, " .\n");
    }
    return state->out->status;
}

static void turtle_free(void* handle) {
    turtle* const state = handle;
    if (state) {
        kg_i_rdf_dispose(&state->rdf);
        kg_i_buffer_dispose(&state->subject);
        kg_i_buffer_dispose(&state->predicate);
        free(state);
    }
}

const kg_i_writer kg_i_turtle_writer = {
    .begin = begin,
    .on_document = kg_i_rdf_document,
    .on_entity = kg_i_rdf_entity,
    .on_statement = kg_i_rdf_statement,
    .end = end,
    .free = turtle_free,
};
