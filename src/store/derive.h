// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What is in memory while entities and statements of the graph are derived: some bytes for each
/// entity and claim of the documents, and no sentence.
#ifndef KG_STORE_DERIVE_H
#define KG_STORE_DERIVE_H

#include "base/arena.h"
#include "base/vec.h"
#include "kg/resolve.h"
#include "store/store.h"

typedef struct {
    int64_t doc; ///< number in the store
    kg_slice date;
    uint32_t first_handle; ///< of its entities in the resolver
    uint32_t entity_count;
} kg_i_doc;

/// A claim without its words.
typedef struct {
    uint32_t subject; ///< the resolver's handle at first, then the number of the graph's entity
    uint32_t object;
    uint32_t doc; ///< index of its document in the order of names
    uint32_t nr;  ///< within the document
    uint16_t confidence;
    uint8_t predicate;
    uint8_t status : 3;
    uint8_t inferred : 1;
    uint8_t has_words : 1; ///< a title or a valid time
} kg_i_claim;

typedef KG_I_VEC(kg_i_doc) kg_i_docs;
typedef KG_I_VEC(kg_i_claim) kg_i_claims;

/// Write statements and evidence from claims between entities of the graph; `ids` are the
/// entities'. Sorts `claims`.
kg_status kg_i_join_claims(kg_store* KG_NONNULL store, const kg_i_docs* KG_NONNULL docs,
                           kg_i_claims* KG_NONNULL claims, const kg_resolver* KG_NONNULL resolver,
                           const kg_slice* KG_NONNULL ids, kg_error* KG_NULLABLE error);

/// What several claims say together; see docs/store.md.
typedef struct {
    kg_fact_status status;
    bool inferred;
    unsigned confidence; ///< in ten thousandths
    kg_slice title, valid_from, valid_to;
    kg_slice first_seen, last_seen;
} kg_i_joined;

/// The words of a claim, where it has any.
typedef struct {
    kg_slice title, valid_from, valid_to;
} kg_i_words;

/// Join `count` claims, at least one, sorted by document; `words` beside them.
kg_i_joined kg_i_join_facts(const kg_i_claim* KG_NONNULL claims, const kg_i_words* KG_NONNULL words,
                            size_t count, const kg_i_docs* KG_NONNULL docs);

#endif
