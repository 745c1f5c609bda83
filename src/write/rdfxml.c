// SPDX-License-Identifier: GPL-3.0-or-later
// RDF/XML by raptor's plain serializer, which writes each triple as it comes. (Its abbreviating
// one, rdfxml-abbrev, keeps the whole graph.)
#include "write/writer.h"

#include "base/message.h"
#include "base/try.h"
#include "write/rdf.h"

#include <raptor2.h>
#include <stdlib.h>

typedef struct {
    kg_i_rdf rdf; ///< first: the mapping's functions take the state for it
    kg_i_out* out;
    raptor_world* world;
    raptor_iostream* stream;
    raptor_serializer* serializer;
    kg_i_buffer iri;
} rdfxml;

// Faults of the output stick to it and are found after each triple, so that raptor is told that
// all went well: it would print to standard error.
static int write_byte(void* handle, const int byte) {
    kg_i_out_char(handle, (char)byte);
    return 0;
}

static int write_bytes(void* handle, const void* bytes, size_t size, size_t count) {
    kg_i_out_add(handle, bytes, size * count);
    return 0;
}

static const raptor_iostream_handler stream_handler = {
    .version = 2, .write_byte = write_byte, .write_bytes = write_bytes};

static void on_log(void* handle, raptor_log_message* message) {
    const rdfxml* const state = handle;
    if (message->level >= RAPTOR_LOG_LEVEL_ERROR) {
        (void)kg_fail(state->rdf.error, KG_ERR_INTERNAL, "raptor", "%s", message->text);
    }
}

static raptor_uri* new_uri(rdfxml* state, const kg_i_term* term) {
    kg_i_buffer_clear(&state->iri);
    kg_i_rdf_expand(&state->iri, state->rdf.base_iri, term);
    return state->iri.failed
               ? NULL
               : raptor_new_uri_from_counted_string(
                     state->world, (const unsigned char*)state->iri.ptr, state->iri.len);
}

static raptor_term* new_resource(rdfxml* state, const kg_i_term* term) {
    raptor_uri* const uri = new_uri(state, term);
    raptor_term* const out = uri ? raptor_new_term_from_uri(state->world, uri) : NULL;
    if (uri) {
        raptor_free_uri(uri);
    }
    return out;
}

static raptor_term* new_literal(rdfxml* state, const kg_i_term* term) {
    raptor_uri* type = NULL;
    if (term->kind == KG_I_TYPED) {
        const kg_i_term name = {.kind = KG_I_NAME, .ns = KG_I_NS_XSD, .text = term->type};
        type = new_uri(state, &name);
        if (!type) {
            return NULL;
        }
    }
    const bool label = term->kind == KG_I_LABEL;
    const char* const text = term->text.len ? term->text.ptr : "";
    raptor_term* const out = raptor_new_term_from_counted_literal(
        state->world, (const unsigned char*)text, term->text.len, type,
        label ? (const unsigned char*)"zh-Hans" : NULL, label ? 7 : 0);
    if (type) {
        raptor_free_uri(type);
    }
    return out;
}

static kg_status on_triple(void* handle, const kg_i_term* subject, const kg_i_term* predicate,
                           const kg_i_term* object, const kg_i_term* graph) {
    (void)graph;
    rdfxml* const state = handle;
    raptor_statement statement;
    raptor_statement_init(&statement, state->world);
    statement.subject = new_resource(state, subject);
    statement.predicate = new_resource(state, predicate);
    statement.object = object->kind == KG_I_NAME || object->kind == KG_I_IRI
                           ? new_resource(state, object)
                           : new_literal(state, object);
    kg_status status = state->out->status;
    if (!statement.subject || !statement.predicate || !statement.object) {
        status = KG_OUT_OF_MEMORY(state->rdf.error);
    } else if (raptor_serializer_serialize_statement(state->serializer, &statement)) {
        status = kg_fail(state->rdf.error, KG_ERR_INTERNAL, "raptor", "%s",
                         KG_("cannot write this triple as RDF/XML"));
    }
    raptor_statement_clear(&statement);
    return status == KG_OK ? state->out->status : status;
}

static bool set_namespaces(rdfxml* state) {
    // Only those that properties have: the others would be declared and never used.
    static const kg_i_ns used[] = {KG_I_NS_OWL, KG_I_NS_SKOS,   KG_I_NS_PROV,
                                   KG_I_NS_OA,  KG_I_NS_SCHEMA, KG_I_NS_KG};
    for (size_t i = 0; i < sizeof used / sizeof *used; ++i) {
        const kg_i_namespace* const ns = &kg_i_namespaces[used[i]];
        raptor_uri* const uri = raptor_new_uri(state->world, (const unsigned char*)ns->iri);
        if (!uri) {
            return false;
        }
        const int failed = raptor_serializer_set_namespace(state->serializer, uri,
                                                           (const unsigned char*)ns->prefix);
        raptor_free_uri(uri);
        if (failed) {
            return false;
        }
    }
    return true;
}

static bool open_raptor(rdfxml* state) {
    state->world = raptor_new_world();
    if (!state->world) {
        return false;
    }
    // libxml2's handlers are the program's, not ours to replace.
    raptor_world_set_flag(state->world, RAPTOR_WORLD_FLAG_LIBXML_GENERIC_ERROR_SAVE, 0);
    raptor_world_set_flag(state->world, RAPTOR_WORLD_FLAG_LIBXML_STRUCTURED_ERROR_SAVE, 0);
    if (raptor_world_open(state->world)) {
        return false;
    }
    raptor_world_set_log_handler(state->world, state, on_log);
    state->stream = raptor_new_iostream_from_handler(state->world, state->out, &stream_handler);
    state->serializer = state->stream ? raptor_new_serializer(state->world, "rdfxml") : NULL;
    // No base: raptor would make names relative to it.
    return state->serializer && set_namespaces(state) &&
           !raptor_serializer_start_to_iostream(state->serializer, NULL, state->stream);
}

static kg_status begin(const kg_i_write_context* context, void** handle) {
    rdfxml* const state = calloc(1, sizeof *state);
    *handle = state;
    if (!state) {
        return KG_OUT_OF_MEMORY(context->error);
    }
    state->rdf.sink = (kg_i_triple_sink){state, on_triple};
    state->rdf.base_iri = context->base_iri;
    state->rdf.error = context->error;
    KG_TRY(kg_i_target_open(context->target, NULL, false, &state->out));
    return open_raptor(state) ? state->out->status : KG_OUT_OF_MEMORY(context->error);
}

static kg_status end(void* handle) {
    rdfxml* const state = handle;
    if (raptor_serializer_serialize_end(state->serializer)) {
        return kg_fail(state->rdf.error, KG_ERR_INTERNAL, "raptor", "%s",
                       KG_("cannot end the RDF/XML"));
    }
    return state->out->status;
}

static void rdfxml_free(void* handle) {
    rdfxml* const state = handle;
    if (!state) {
        return;
    }
    if (state->serializer) {
        raptor_free_serializer(state->serializer);
    }
    if (state->stream) {
        raptor_free_iostream(state->stream);
    }
    if (state->world) {
        raptor_free_world(state->world);
    }
    kg_i_rdf_dispose(&state->rdf);
    kg_i_buffer_dispose(&state->iri);
    free(state);
}

const kg_i_writer kg_i_rdfxml_writer = {
    .begin = begin,
    .on_document = kg_i_rdf_document,
    .on_entity = kg_i_rdf_entity,
    .on_statement = kg_i_rdf_statement,
    .end = end,
    .free = rdfxml_free,
};
