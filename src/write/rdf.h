// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Rows of the store as RDF triples, told one by one to a sink; the serialisations are sinks.
/// No blank nodes: the same graph gives the same number of triples in every format.
#ifndef KG_WRITE_RDF_H
#define KG_WRITE_RDF_H

#include "base/buffer.h"
#include "kg/store.h"

typedef enum {
    KG_I_NS_RDF,
    KG_I_NS_XSD,
    KG_I_NS_OWL,
    KG_I_NS_SKOS,
    KG_I_NS_PROV,
    KG_I_NS_OA,
    KG_I_NS_SCHEMA,
    KG_I_NS_KG,
    KG_I_NS_ENTITY, ///< from here on below the base IRI
    KG_I_NS_STATEMENT,
    KG_I_NS_EVIDENCE,
    KG_I_NS_DOCUMENT,
    KG_I_NS_COUNT
} kg_i_ns;

/// Prefix and IRI; for those below the base the IRI is what follows it.
typedef struct {
    const char* KG_NONNULL prefix;
    const char* KG_NONNULL iri;
} kg_i_namespace;
extern const kg_i_namespace kg_i_namespaces[KG_I_NS_COUNT];

typedef enum {
    KG_I_NAME,  ///< namespace and a local part that is a plain name in every syntax
    KG_I_IRI,   ///< a whole IRI
    KG_I_TEXT,  ///< a literal without language
    KG_I_LABEL, ///< a literal @zh-Hans
    KG_I_TYPED  ///< a literal whose datatype is `type` in the namespace xsd
} kg_i_term_kind;

/// A term. Its texts live for the call only.
typedef struct {
    kg_i_term_kind kind;
    kg_i_ns ns;
    kg_slice text;
    kg_slice type; ///< "decimal", "date" …
} kg_i_term;

/// Receives triples; those of one subject come one after another. `graph` is null for what holds
/// over all documents, else the document that the triple describes or quotes.
typedef struct {
    void* KG_NULLABLE handle;
    kg_status (*KG_NONNULL on_triple)(void* KG_NULLABLE handle, const kg_i_term* KG_NONNULL subject,
                                      const kg_i_term* KG_NONNULL predicate,
                                      const kg_i_term* KG_NONNULL object,
                                      const kg_i_term* KG_NULLABLE graph);
} kg_i_triple_sink;

/// The mapping's own memory: a few names.
typedef struct {
    kg_i_triple_sink sink;
    kg_slice base_iri;
    kg_error* KG_NULLABLE error;
    kg_i_buffer subject, object, graph, evidence, selector; ///< names under way
    kg_i_buffer last; ///< the plain triple before, so that parallel statements share it
    kg_i_buffer node;
} kg_i_rdf;

// In the shape of a writer's functions: `handle` is a kg_i_rdf, or a structure that begins with
// one.
kg_status kg_i_rdf_document(void* KG_NULLABLE handle, const kg_document_row* KG_NONNULL row);
kg_status kg_i_rdf_entity(void* KG_NULLABLE handle, const kg_entity_row* KG_NONNULL row);
kg_status kg_i_rdf_statement(void* KG_NULLABLE handle, const kg_statement_row* KG_NONNULL row);
void kg_i_rdf_dispose(kg_i_rdf* KG_NONNULL rdf);

/// Append the whole IRI of a name.
void kg_i_rdf_expand(kg_i_buffer* KG_NONNULL buffer, kg_slice base_iri,
                     const kg_i_term* KG_NONNULL term);
/// Whether the ids of the namespace hang below the base.
static inline bool kg_i_ns_is_below(kg_i_ns ns) {
    return ns >= KG_I_NS_ENTITY;
}

#endif
