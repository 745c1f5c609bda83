// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// The one shape that every format's writer has, so that the store, a test with rows made by
/// hand and a benchmark drive them alike. Order of calls: begin, all documents, all entities,
/// all statements, end. A writer keeps no row: memory does not grow with the graph.
#ifndef KG_WRITE_WRITER_H
#define KG_WRITE_WRITER_H

#include "base/buffer.h"
#include "kg/write.h"
#include "write/out.h"

/// What a writer may use; outlives it.
typedef struct {
    kg_slice base_iri; ///< legal in RDF, ending in "/" or "#"
    kg_i_target* KG_NONNULL target;
    kg_error* KG_NULLABLE error;
} kg_i_write_context;

/// A format's functions. `state` is made by `begin` and released by `free`, which takes what a
/// failed `begin` left too. Texts in the rows are clean (see write/clean.h).
typedef struct {
    kg_status (*KG_NONNULL begin)(const kg_i_write_context* KG_NONNULL context,
                                  void* KG_NULLABLE* KG_NONNULL state);
    kg_on_document_row KG_NONNULL on_document;
    kg_on_entity KG_NONNULL on_entity;
    kg_on_statement KG_NONNULL on_statement;
    kg_status (*KG_NONNULL end)(void* KG_NONNULL state); ///< trailers; the target is not committed
    void (*KG_NONNULL free)(void* KG_NULLABLE state);
    bool folder; ///< the target is a folder
} kg_i_writer;

extern const kg_i_writer kg_i_turtle_writer, kg_i_ntriples_writer, kg_i_nquads_writer,
    kg_i_rdfxml_writer, kg_i_graphml_writer, kg_i_gexf_writer, kg_i_neo4j_writer,
    kg_i_cypher_writer, kg_i_csv_writer, kg_i_jsonl_writer;

/// The writer of a format; null if out of range.
const kg_i_writer* KG_NULLABLE kg_i_writer_of(kg_write_format format);

// The names of kg/model.h for values that `kg_i_export_*` has let through.
const char* KG_NONNULL kg_i_type_text(kg_type type);
const char* KG_NONNULL kg_i_predicate_text(kg_predicate predicate);
const char* KG_NONNULL kg_i_status_text(kg_fact_status status);

/// The piece of evidence that stands for all where a format has room for one: the surest, the first
/// of equals.
const kg_evidence_row* KG_NONNULL kg_i_best_evidence(const kg_statement_row* KG_NONNULL row);
/// Set `id` to the id of a piece of evidence: statement and document, and a number from the second
/// of one document on. It does not change when another document comes or goes.
void kg_i_evidence_id(kg_i_buffer* KG_NONNULL id, const kg_statement_row* KG_NONNULL row,
                      uint32_t index);

/// An export under way: a writer behind the filter that cleans texts and leaves statements out.
typedef struct kg_i_export kg_i_export;

/// Open the target and begin. `options` null: the defaults.
kg_status kg_i_export_begin(kg_write_format format, const char* KG_NONNULL path, kg_slice base_iri,
                            const kg_write_options* KG_NULLABLE options,
                            kg_error* KG_NULLABLE error, kg_i_export* KG_OWNED* KG_NONNULL out);
// The three have the shape of the store's callbacks; `handle` is the export.
kg_status kg_i_export_document(void* KG_NULLABLE handle, const kg_document_row* KG_NONNULL row);
kg_status kg_i_export_entity(void* KG_NULLABLE handle, const kg_entity_row* KG_NONNULL row);
kg_status kg_i_export_statement(void* KG_NULLABLE handle, const kg_statement_row* KG_NONNULL row);
/// Finish and release: with `status` KG_OK the files are put into place, else all is undone and
/// `status` returned.
kg_status kg_i_export_end(kg_i_export* KG_NONNULL export, kg_status status);

#endif
