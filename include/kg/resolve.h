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

/// Say that a person of a document has a post at a body of the same document. Equal names make
/// one person only where they share a body; a person without a post is known to its document alone.
KG_API kg_status kg_resolver_link(kg_resolver* KG_NONNULL resolver, uint32_t person, uint32_t body,
                                  kg_error* KG_NULLABLE error) KG_MUST_USE;

/// Join what names one thing: by lexicon id, by equal names, by an alias that the whole corpus
/// gives to one thing alone, people by a shared post. Never by likeness, and never a name that
/// says only what a thing is (高新区, 研发中心). Cost: n log n in the number of names.
KG_API kg_status kg_resolver_run(kg_resolver* KG_NONNULL resolver,
                                 kg_error* KG_NULLABLE error) KG_MUST_USE;

/// Where an added entity ended up. Slices live as long as the resolver.
typedef struct {
    uint32_t group; ///< graph entity number, from 0, in the order of ids
    kg_type type;
    kg_slice id;         ///< opaque ASCII id of the graph entity
    kg_slice name;       ///< its name
    kg_slice lexicon_id; ///< may be empty
    kg_slice reason; ///< why it was joined: "lexicon", "name", "alias" or "position"; empty if it
                     ///< stands alone
} kg_identity;

KG_API kg_identity kg_resolver_identity(const kg_resolver* KG_NONNULL resolver, uint32_t handle);
KG_API uint32_t kg_resolver_group_count(const kg_resolver* KG_NONNULL resolver);
/// The ids that parts of a group have had, or would have, on their own: what an earlier run with
/// fewer documents may have called it. Sorted by bytes, without the group's own id.
KG_API const kg_slice* KG_NULLABLE kg_resolver_same_as(const kg_resolver* KG_NONNULL resolver,
                                                       uint32_t group, uint32_t* KG_NONNULL count);

#ifdef __cplusplus
}
#endif
#endif
