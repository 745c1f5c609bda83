// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Exports: one writer per format, all from the same store.
#ifndef KG_WRITE_H
#define KG_WRITE_H

#include "kg/store.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    KG_WRITE_TURTLE,
    KG_WRITE_NTRIPLES,
    KG_WRITE_NQUADS,
    KG_WRITE_RDFXML,
    KG_WRITE_GRAPHML,
    KG_WRITE_GEXF,
    KG_WRITE_NEO4J, ///< a folder: CSV files, import command line, constraints
    KG_WRITE_CYPHER,
    KG_WRITE_CSV, ///< a folder: entities.csv, statements.csv, evidence.csv, documents.csv
    KG_WRITE_JSONL,
    KG_WRITE_FORMAT_COUNT
} kg_write_format;

/// "turtle", "ntriples" …; null if out of range.
KG_API const char* KG_NULLABLE kg_write_format_name(kg_write_format format);
KG_API kg_status kg_write_format_parse(kg_slice text, kg_write_format* KG_NONNULL out);
/// The file or folder name that `build` gives the format: "graph.ttl", "neo4j" ….
KG_API const char* KG_NULLABLE kg_write_default_name(kg_write_format format);

typedef struct {
    double min_confidence; ///< statements below are left out
    bool inferred;         ///< also inferred statements
} kg_write_options;

/// Write the store's graph to `path` (a file, or a folder for the CSV formats; "-" is standard
/// output where the format is one file). Written beside and renamed into place, so that a failed
/// export leaves the old one. Memory does not grow with the graph.
KG_API kg_status kg_write(kg_store* KG_NONNULL store, kg_write_format format,
                          const char* KG_NONNULL path, const kg_write_options* KG_NULLABLE options,
                          kg_error* KG_NULLABLE error) KG_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
