// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Measures of the graph, by igraph: written into the store, and as profiles of parks and sectors.
#ifndef KG_ANALYSE_H
#define KG_ANALYSE_H

#include "kg/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Zero-initialised means the defaults.
typedef struct {
    uint64_t seed;         ///< of every random choice; 0: 42
    uint32_t exact_limit;  ///< betweenness and closeness are exact while vertices × edges does not
                           ///< exceed this many millions; 0: 400
    uint32_t pivots;       ///< sampled sources beyond; 0: 1000, fewer (100 at least) where links ×
                           ///< pivots would exceed a quarter of that limit
    double min_confidence; ///< statements below are left out
    /// Asked now and then; true ends the work with KG_ERR_STOPPED, and the store keeps the measures
    /// it had. Null: never. It must not call this library.
    bool (*KG_NULLABLE stop)(void* KG_NULLABLE handle);
    void* KG_NULLABLE stop_handle;
    /// Called before each measure: its name, how many are done, of how many. Null: silent.
    void (*KG_NULLABLE progress)(void* KG_NULLABLE handle, const char* KG_NONNULL name,
                                 uint32_t done, uint32_t total);
    void* KG_NULLABLE progress_handle;
} kg_analyse_options;

/// Compute all measures and put them into the store: degree_in, degree_out, degree, pagerank,
/// betweenness, closeness, eigenvector, hub, authority, coreness, community, component,
/// articulation (0 or 1), each with a note on method.
KG_API kg_status kg_analyse(kg_store* KG_NONNULL store,
                            const kg_analyse_options* KG_NULLABLE options,
                            kg_error* KG_NULLABLE error) KG_MUST_USE;

// Rankings -----------------------------------------------------------------------------------

typedef struct {
    uint32_t rank; ///< from 1; equal values share none, the smaller id comes first
    kg_slice id;
    kg_slice name;
    kg_type type;
    double value;
} kg_rank_row;

/// Receives rows in order; pointers live until it returns. A status other than KG_OK ends the
/// walk and is returned.
typedef kg_status (*kg_on_rank)(void* KG_NULLABLE handle, const kg_rank_row* KG_NONNULL row);

/// The `count` entities with the largest values of `measure` (0: all), of one type, or of any for
/// KG_TYPE_COUNT. `KG_NO` if no entity has that measure. Cost: two walks over the entities.
KG_API kg_status kg_rank(kg_store* KG_NONNULL store, kg_slice measure, kg_type type, uint32_t count,
                         kg_on_rank KG_NONNULL on_row, void* KG_NULLABLE handle,
                         kg_error* KG_NULLABLE error);

/// A community with those of its members that have the largest PageRank.
typedef struct {
    uint32_t number; ///< from 1, the largest first
    uint64_t size;
    uint64_t by_type[KG_TYPE_COUNT];
    const kg_rank_row* KG_NONNULL members;
    uint32_t member_count;
} kg_community_row;

typedef kg_status (*kg_on_community)(void* KG_NULLABLE handle,
                                     const kg_community_row* KG_NONNULL row);

/// The `count` largest communities (0: all) with up to `members` members each. `KG_NO` if the
/// store has no communities.
KG_API kg_status kg_communities(kg_store* KG_NONNULL store, uint32_t count, uint32_t members,
                                kg_on_community KG_NONNULL on_row, void* KG_NULLABLE handle,
                                kg_error* KG_NULLABLE error);

// Profiles -----------------------------------------------------------------------------------

/// What an item is to the park or sector that the profile is of.
typedef enum {
    KG_SECTION_OPERATORS,
    KG_SECTION_DEVELOPERS,
    KG_SECTION_PARENTS, ///< parks that the park is part of
    KG_SECTION_AREAS,   ///< parks that are part of it
    KG_SECTION_PLACES,  ///< where it stands
    KG_SECTION_SECTORS, ///< what it is for
    KG_SECTION_TENANTS, ///< who is located or has its head office in it
    KG_SECTION_PARTNERS,
    KG_SECTION_SUPPLIERS,
    KG_SECTION_PEOPLE,         ///< with a post at it
    KG_SECTION_TENANT_SECTORS, ///< what its tenants are active in, with shares
    KG_SECTION_PARKS,          ///< parks and facilities that focus on the sector
    KG_SECTION_COMPANIES,      ///< companies and organizations active in it
    KG_SECTION_COMPANY_PARKS,  ///< where those are located, with shares
    KG_SECTION_COMPANY_PLACES, ///< and the places they are in, with shares
    KG_SECTION_COUNT
} kg_profile_section;

/// "operators", "tenants" …; null if out of range.
KG_API const char* KG_NULLABLE kg_profile_section_name(kg_profile_section section);

typedef struct {
    kg_profile_section section;
    kg_slice id; ///< of the entity
    kg_slice name;
    kg_type type;
    // Of the statement that puts it here; empty and zero in the sections with shares.
    kg_predicate predicate;
    kg_fact_status status;
    kg_slice since; ///< when it began to hold, else the date of the first document that says so
    kg_slice until; ///< may be empty
    kg_slice title; ///< of people: the post
    double confidence;
    uint32_t documents; ///< that say so
    bool inferred;
    // Of sections with shares alone.
    uint32_t members; ///< tenants or companies counted here
    double share;     ///< of all counted; one that belongs to n groups adds 1/n to each
} kg_profile_item;

/// What began in a year: tenants of a park, or parks and companies of a sector, by what is now
/// known of their status.
typedef struct {
    uint32_t year;
    uint32_t by_status[KG_STATUS_COUNT];
} kg_profile_year;

/// The Herfindahl index: the sum of squared shares, from 1 / groups (even) to 1 (all in one).
typedef struct {
    double herfindahl; ///< 0 where nothing is counted
    uint32_t groups;
    uint32_t counted; ///< members with a known group
    uint32_t unknown; ///< members without
} kg_concentration;

typedef struct {
    kg_slice id;
    kg_slice name;
    kg_type type;
    const kg_profile_item* KG_NULLABLE items; ///< by section, status, beginning, id
    uint32_t item_count;
    const kg_profile_year* KG_NULLABLE years; ///< ascending
    uint32_t year_count;
    kg_concentration tenant_sectors; ///< of a park
    kg_concentration company_parks;  ///< of a sector
    kg_concentration company_places;
    const kg_measure* KG_NULLABLE measures;
    uint32_t measure_count;
} kg_profile;

/// The profile of a park or facility, by its id. `KG_NO` if there is no such entity,
/// `KG_ERR_USAGE` if it is of another type. Ended statements are listed and not counted.
KG_API kg_status kg_park_profile(kg_store* KG_NONNULL store, kg_slice id,
                                 kg_profile* KG_OWNED* KG_NONNULL out,
                                 kg_error* KG_NULLABLE error) KG_MUST_USE;
/// The profile of a sector, likewise.
KG_API kg_status kg_sector_profile(kg_store* KG_NONNULL store, kg_slice id,
                                   kg_profile* KG_OWNED* KG_NONNULL out,
                                   kg_error* KG_NULLABLE error) KG_MUST_USE;
KG_API void kg_profile_free(kg_profile* KG_NULLABLE profile);

#ifdef __cplusplus
}
#endif
#endif
