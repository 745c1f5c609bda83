// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// The closed vocabulary of the graph: seven entity types, thirteen predicates, four statuses,
/// and which types each predicate joins. `ontology/parkgraph.ttl` says the same in OWL.
#ifndef KG_MODEL_H
#define KG_MODEL_H

#include "kg/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    KG_COMPANY,
    KG_PARK,
    KG_FACILITY,
    KG_SECTOR,
    KG_PLACE,
    KG_ORGANIZATION,
    KG_PERSON,
    KG_TYPE_COUNT
} kg_type;

typedef enum {
    KG_OPERATES,
    KG_DEVELOPS,
    KG_LOCATES_IN,
    KG_PART_OF,
    KG_SITUATED_IN,
    KG_HEADQUARTERED_IN,
    KG_FOCUSES_ON,
    KG_ACTIVE_IN,
    KG_INVESTS_IN,
    KG_SUBSIDIARY_OF,
    KG_COOPERATES_WITH,
    KG_SUPPLIES,
    KG_HOLDS_POSITION,
    KG_PREDICATE_COUNT
} kg_predicate;

typedef enum { KG_ACTUAL, KG_AGREED, KG_PLANNED, KG_ENDED, KG_STATUS_COUNT } kg_fact_status;

/// "Company", "Park" …; null if out of range.
KG_API const char* KG_NULLABLE kg_type_name(kg_type type);
/// "operates", "locates_in" …; null if out of range.
KG_API const char* KG_NULLABLE kg_predicate_name(kg_predicate predicate);
/// "actual", "agreed", "planned", "ended"; null if out of range.
KG_API const char* KG_NULLABLE kg_fact_status_name(kg_fact_status status);

/// The inverse of the three above: `KG_OK` with `*out` set, or `KG_NO`.
KG_API kg_status kg_type_parse(kg_slice text, kg_type* KG_NONNULL out);
KG_API kg_status kg_predicate_parse(kg_slice text, kg_predicate* KG_NONNULL out);
KG_API kg_status kg_fact_status_parse(kg_slice text, kg_fact_status* KG_NONNULL out);

/// Whether the predicate may lead from `subject` to `object` by the guidelines' table.
KG_API bool kg_predicate_allows(kg_predicate predicate, kg_type subject, kg_type object);

/// Whether the predicate reads the same both ways round (`cooperates_with` alone).
KG_API bool kg_predicate_symmetric(kg_predicate predicate);

#ifdef __cplusplus
}
#endif
#endif
