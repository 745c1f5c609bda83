// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// The graph on disk: one SQLite file. Documents with what each says of its own entities are the
/// truth; graph-scope entities and statements are derived from them, the same whatever the order
/// in which documents came.
#ifndef KG_STORE_H
#define KG_STORE_H

#include "kg/lexicon.h"
#include "kg/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/// For one thread at a time; what is read may be asked for from within a callback, too.
typedef struct kg_store kg_store;

typedef enum {
    KG_STORE_READ, ///< must exist; never written to
    KG_STORE_WRITE ///< made if missing, migrated if older; one writer at a time
} kg_store_mode;

/// Open the store file at `path`. A second writer waits up to `wait_ms`, then gets `KG_ERR_BUSY`.
/// A store of a newer parkgraph gives `KG_ERR_VERSION`, a damaged one `KG_ERR_STORE`.
KG_API kg_status kg_store_open(const char* KG_NONNULL path, kg_store_mode mode, uint32_t wait_ms,
                               kg_store* KG_OWNED* KG_NONNULL out,
                               kg_error* KG_NULLABLE error) KG_MUST_USE;
KG_API void kg_store_close(kg_store* KG_NULLABLE store);

// Documents in and out -----------------------------------------------------------------------

/// `KG_OK` if the store holds the document with this hash, `KG_NO` if not or changed, or if the
/// hash is 0, as that of a record without one.
KG_API kg_status kg_store_has(kg_store* KG_NONNULL store, kg_slice doc,
                              const uint64_t hash[KG_NONNULL 2]);
/// Put a record in place of whatever the store had of its document. One transaction, or part of
/// the caller's batch: durable once `kg_store_commit` returned. A record that the store has
/// already, word for word, changes nothing.
KG_API kg_status kg_store_put(kg_store* KG_NONNULL store, const kg_record* KG_NONNULL record,
                              kg_error* KG_NULLABLE error) KG_MUST_USE;
/// Take a document's statements away. `KG_NO` if the store has no such document.
KG_API kg_status kg_store_retract(kg_store* KG_NONNULL store, kg_slice doc,
                                  kg_error* KG_NULLABLE error) KG_MUST_USE;
/// Whether a document is still wanted.
typedef bool (*kg_keep)(void* KG_NULLABLE handle, kg_slice doc);
/// Retract every document that `keep` says no to, as part of the batch. `keep` must not call the
/// store.
KG_API kg_status kg_store_prune(kg_store* KG_NONNULL store, kg_keep KG_NONNULL keep,
                                void* KG_NULLABLE handle, uint64_t* KG_NULLABLE removed,
                                kg_error* KG_NULLABLE error) KG_MUST_USE;
/// Make all puts and retracts so far durable. Closing without it drops them.
KG_API kg_status kg_store_commit(kg_store* KG_NONNULL store,
                                 kg_error* KG_NULLABLE error) KG_MUST_USE;
/// Derive graph-scope entities and statements from the documents, if anything changed since.
/// Statements between the same ends are joined; their evidence is kept apart. `base_iri` null:
/// keep the store's, or "https://parkgraph.example/id/" in a new one. `*changed` tells.
KG_API kg_status kg_store_resolve(kg_store* KG_NONNULL store, const kg_lexicon* KG_NONNULL lexicon,
                                  const char* KG_NULLABLE base_iri, bool* KG_NULLABLE changed,
                                  kg_error* KG_NULLABLE error) KG_MUST_USE;

// Notes --------------------------------------------------------------------------------------
// What a program that fills the store wants to find again on its next run (which files it has
// read, by what recipe). Not part of the graph: no view shows them, no export writes them.

/// Keep `value` under `key`, as part of the batch; an empty value takes the note away.
KG_API kg_status kg_store_note_put(kg_store* KG_NONNULL store, kg_slice key, kg_slice value,
                                   kg_error* KG_NULLABLE error) KG_MUST_USE;
/// The note under `key`, or `KG_NO`. `*value` lives until the next call on the store.
KG_API kg_status kg_store_note_get(kg_store* KG_NONNULL store, kg_slice key,
                                   kg_slice* KG_NONNULL value);

// The graph read -----------------------------------------------------------------------------
// Rows come in a stable order (entities by id, statements by subject, predicate, object).
// Pointers in a row live until the callback returns. A status other than KG_OK ends the walk
// and is returned.

typedef struct {
    kg_slice name; ///< "pagerank", "community" …
    double value;
} kg_measure;

typedef struct {
    kg_slice id; ///< opaque, ASCII: the local part of the IRI
    kg_type type;
    kg_slice name;
    kg_slice lexicon_id; ///< may be empty
    const kg_slice* KG_NULLABLE aliases;
    uint32_t alias_count;
    uint32_t document_count;             ///< documents that name it
    kg_slice first_seen, last_seen;      ///< dates of those documents; may be empty
    const kg_slice* KG_NULLABLE same_as; ///< ids it had before a merge (owl:sameAs)
    uint32_t same_as_count;
    const kg_measure* KG_NULLABLE measures;
    uint32_t measure_count;
} kg_entity_row;

typedef struct {
    kg_slice doc;              ///< document name
    kg_slice doc_id;           ///< its opaque ASCII id
    kg_slice url, title, date; ///< of the document; may be empty
    kg_slice sentence, quote;
    kg_span span;
    kg_slice rule;
    kg_slice time; ///< the text's words
    double confidence;
} kg_evidence_row;

typedef struct {
    kg_slice id;      ///< opaque, ASCII
    kg_slice subject; ///< entity id
    kg_slice object;
    kg_predicate predicate;
    kg_fact_status status;          ///< how far on it is by all evidence (docs/store.md)
    kg_slice title;                 ///< of holds_position
    kg_slice valid_from, valid_to;  ///< ISO 8601; may be empty
    kg_slice first_seen, last_seen; ///< dates of the evidence's documents; may be empty
    double confidence;              ///< joined over the evidence
    bool inferred;
    const kg_evidence_row* KG_NONNULL evidence;
    uint32_t evidence_count; ///< at least 1
} kg_statement_row;

typedef struct {
    kg_slice id;   ///< opaque, ASCII
    kg_slice name; ///< as `kg_document.name`
    kg_slice path, title, date, url, publisher;
    uint64_t hash[2];
} kg_document_row;

typedef kg_status (*kg_on_entity)(void* KG_NULLABLE handle, const kg_entity_row* KG_NONNULL row);
typedef kg_status (*kg_on_statement)(void* KG_NULLABLE handle,
                                     const kg_statement_row* KG_NONNULL row);
typedef kg_status (*kg_on_document_row)(void* KG_NULLABLE handle,
                                        const kg_document_row* KG_NONNULL row);

KG_API kg_status kg_store_each_entity(kg_store* KG_NONNULL store, kg_on_entity KG_NONNULL on_row,
                                      void* KG_NULLABLE handle, kg_error* KG_NULLABLE error);
KG_API kg_status kg_store_each_statement(kg_store* KG_NONNULL store,
                                         kg_on_statement KG_NONNULL on_row,
                                         void* KG_NULLABLE handle, kg_error* KG_NULLABLE error);
/// The statements with evidence in one document, that evidence alone in each row; by document.
KG_API kg_status kg_store_each_statement_of(kg_store* KG_NONNULL store, kg_slice doc,
                                            kg_on_statement KG_NONNULL on_row,
                                            void* KG_NULLABLE handle, kg_error* KG_NULLABLE error);
KG_API kg_status kg_store_each_document(kg_store* KG_NONNULL store,
                                        kg_on_document_row KG_NONNULL on_row,
                                        void* KG_NULLABLE handle, kg_error* KG_NULLABLE error);

/// How a name is looked for.
typedef enum {
    KG_MATCH_EXACT, ///< it is the id, the name or an alias
    KG_MATCH_PART   ///< the name or an alias holds it
} kg_match;

/// The entities that `text` finds, by id; at most `limit` of them if that is not 0. `KG_NO` if
/// there are none.
KG_API kg_status kg_store_find_entity(kg_store* KG_NONNULL store, kg_slice text, kg_match match,
                                      uint32_t limit, kg_on_entity KG_NONNULL on_row,
                                      void* KG_NULLABLE handle, kg_error* KG_NULLABLE error);
/// The statements of one predicate (KG_PREDICATE_COUNT: any) between two entities, given by id; an
/// empty id stands for any entity. Both ways round for a symmetric predicate. `KG_NO` if there are
/// none.
KG_API kg_status kg_store_find_statement(kg_store* KG_NONNULL store, kg_slice subject,
                                         kg_predicate predicate, kg_slice object,
                                         kg_on_statement KG_NONNULL on_row,
                                         void* KG_NULLABLE handle, kg_error* KG_NULLABLE error);

/// Why a document's entity became part of an entity of the graph.
typedef struct {
    kg_slice entity; ///< id in the graph
    kg_slice doc;    ///< document name
    kg_slice name;   ///< as the document has it
    kg_slice reason; ///< as `kg_identity.reason`; empty if it is the only one
} kg_merge_row;
typedef kg_status (*kg_on_merge)(void* KG_NULLABLE handle, const kg_merge_row* KG_NONNULL row);
/// What was joined to make an entity, by document name; `KG_NO` if there is no such entity.
KG_API kg_status kg_store_each_merge(kg_store* KG_NONNULL store, kg_slice entity,
                                     kg_on_merge KG_NONNULL on_row, void* KG_NULLABLE handle,
                                     kg_error* KG_NULLABLE error);

typedef struct {
    uint64_t documents;
    uint64_t entities[KG_TYPE_COUNT];
    uint64_t statements[KG_PREDICATE_COUNT];
    uint64_t evidence;
} kg_store_counts;

KG_API kg_status kg_store_count(kg_store* KG_NONNULL store, kg_store_counts* KG_NONNULL out,
                                kg_error* KG_NULLABLE error) KG_MUST_USE;
/// The base IRI of the store, ending in "/" or "#"; lives until the store is closed.
KG_API kg_slice kg_store_base_iri(kg_store* KG_NONNULL store);

// Measures -----------------------------------------------------------------------------------

/// Replace all measures by what is put until `kg_store_measures_end`; one transaction.
KG_API kg_status kg_store_measures_begin(kg_store* KG_NONNULL store,
                                         kg_error* KG_NULLABLE error) KG_MUST_USE;
/// A value that is not a number is not kept. Resolving a changed store takes all measures away.
KG_API kg_status kg_store_measure_put(kg_store* KG_NONNULL store, kg_slice entity, kg_slice name,
                                      double value, kg_error* KG_NULLABLE error) KG_MUST_USE;
/// A note on how a measure was had ("betweenness": "sampled, 1000 pivots, seed 42").
KG_API kg_status kg_store_measure_note(kg_store* KG_NONNULL store, kg_slice name, kg_slice note,
                                       kg_error* KG_NULLABLE error) KG_MUST_USE;
KG_API kg_status kg_store_measures_end(kg_store* KG_NONNULL store,
                                       kg_error* KG_NULLABLE error) KG_MUST_USE;

// Runs ---------------------------------------------------------------------------------------
// A log for people, shown by the view `run`. No export holds it.

/// What a run did, for the log.
typedef struct {
    uint64_t documents; ///< read
    uint64_t skipped;   ///< unchanged
    uint64_t failed;
    uint64_t retracted;
} kg_run_counts;

/// Note that a run began, at once and durably. `command` is what was asked for ("build"), `started`
/// an ISO 8601 time. Any open batch is committed. A run that never ends was interrupted.
KG_API kg_status kg_store_run_begin(kg_store* KG_NONNULL store, kg_slice command, kg_slice started,
                                    int64_t* KG_NONNULL run,
                                    kg_error* KG_NULLABLE error) KG_MUST_USE;
/// Note that it ended, as part of the batch, and commit.
KG_API kg_status kg_store_run_end(kg_store* KG_NONNULL store, int64_t run, kg_slice finished,
                                  const kg_run_counts* KG_NONNULL counts,
                                  kg_error* KG_NULLABLE error) KG_MUST_USE;

// Questions ----------------------------------------------------------------------------------

/// Cells of one row of a query; null cells have a null pointer. `kinds` are 'i', 'f', 's' or 'n'.
typedef kg_status (*kg_on_cells)(void* KG_NULLABLE handle, uint32_t count,
                                 const kg_slice* KG_NONNULL names, const kg_slice* KG_NONNULL cells,
                                 const char* KG_NONNULL kinds);
/// Run one read-only SQL statement over the views `entity`, `alias`, `statement`, `evidence`,
/// `document`, `measure`, `measure_note`, `run`, `merge`. Anything that would write, attach or read
/// another file is refused with `KG_ERR_USAGE`.
KG_API kg_status kg_store_query(kg_store* KG_NONNULL store, const char* KG_NONNULL sql,
                                kg_on_cells KG_NONNULL on_row, void* KG_NULLABLE handle,
                                kg_error* KG_NULLABLE error) KG_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
