// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// From the entities of single documents to the entities of the graph. Pure and in memory;
/// the result does not depend on the order of the documents.
#ifndef KG_RESOLVE_H
#define KG_RESOLVE_H

#include "kg/lexicon.h"
#include "kg/record.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kg_resolver kg_resolver;

/// The lexicon is borrowed and must outlive the resolver.
KG_API kg_status kg_resolver_new(const kg_lexicon* KG_NONNULL lexicon,
                                 kg_resolver* KG_OWNED* KG_NONNULL out,
                                 kg_error* KG_NULLABLE error) KG_MUST_USE;
KG_API void kg_resolver_free(kg_resolver* KG_NULLABLE resolver);

/// Add one entity of one document; strings are copied. `*handle` numbers it from 0.
KG_API kg_status kg_resolver_add(kg_resolver* KG_NONNULL resolver, kg_slice doc,
                                 const kg_record_entity* KG_NONNULL entity,
                                 uint32_t* KG_NONNULL handle,
                                 kg_error* KG_NULLABLE error) KG_MUST_USE;

/// Join what names one thing: by lexicon id, by equal names, by an alias that the whole corpus
/// gives to one thing alone. Never by likeness. Cost: linear in the number of names.
KG_API kg_status kg_resolver_run(kg_resolver* KG_NONNULL resolver,
                                 kg_error* KG_NULLABLE error) KG_MUST_USE;

/// Where an added entity ended up. Slices live as long as the resolver.
typedef struct {
    uint32_t group;      ///< graph entity number, from 0, in the order of ids
    kg_slice id;         ///< opaque ASCII id of the graph entity
    kg_slice name;       ///< its name
    kg_slice lexicon_id; ///< may be empty
    kg_slice reason; ///< why it was joined: "lexicon", "name", "alias"; empty if it stands alone
} kg_identity;

KG_API kg_identity kg_resolver_identity(const kg_resolver* KG_NONNULL resolver, uint32_t handle);
KG_API uint32_t kg_resolver_group_count(const kg_resolver* KG_NONNULL resolver);

#ifdef __cplusplus
}
#endif
#endif
