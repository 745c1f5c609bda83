// SPDX-License-Identifier: GPL-3.0-or-later
#include "kg/model.h"

static const char* const type_names[KG_TYPE_COUNT] = {
    "Company", "Park", "Facility", "Sector", "Place", "Organization", "Person",
};

static const char* const predicate_names[KG_PREDICATE_COUNT] = {
    "operates",         "develops",   "locates_in",     "part_of",    "situated_in",
    "headquartered_in", "focuses_on", "active_in",      "invests_in", "subsidiary_of",
    "cooperates_with",  "supplies",   "holds_position",
};

static const char* const fact_status_names[KG_STATUS_COUNT] = {
    "actual",
    "agreed",
    "planned",
    "ended",
};

// One bit for each type, so that the guidelines' table reads as it is printed there.
enum {
    C = 1 << KG_COMPANY,
    K = 1 << KG_PARK,
    F = 1 << KG_FACILITY,
    S = 1 << KG_SECTOR,
    L = 1 << KG_PLACE,
    O = 1 << KG_ORGANIZATION,
    P = 1 << KG_PERSON
};

static const struct {
    unsigned char subjects;
    unsigned char objects;
} signatures[KG_PREDICATE_COUNT] = {
    [KG_OPERATES] = {C | O, K},
    [KG_DEVELOPS] = {C | O, K | F},
    [KG_LOCATES_IN] = {C | O | F, K},
    [KG_PART_OF] = {K, K},
    [KG_SITUATED_IN] = {K | F | C | O, L},
    [KG_HEADQUARTERED_IN] = {C | O, L | K},
    [KG_FOCUSES_ON] = {K | F, S},
    [KG_ACTIVE_IN] = {C | O, S},
    [KG_INVESTS_IN] = {C | O, C | O},
    [KG_SUBSIDIARY_OF] = {C | O, C | O},
    [KG_COOPERATES_WITH] = {C | O | K | L, C | O | K | L},
    [KG_SUPPLIES] = {C, C | O | K},
    [KG_HOLDS_POSITION] = {P, C | O | K},
};

const char* kg_type_name(kg_type type) {
    return (unsigned)type < KG_TYPE_COUNT ? type_names[type] : NULL;
}

const char* kg_predicate_name(kg_predicate predicate) {
    return (unsigned)predicate < KG_PREDICATE_COUNT ? predicate_names[predicate] : NULL;
}

const char* kg_fact_status_name(kg_fact_status status) {
    return (unsigned)status < KG_STATUS_COUNT ? fact_status_names[status] : NULL;
}

static kg_status find_name(const char* const* names, unsigned count, kg_slice text, unsigned* out) {
    for (unsigned i = 0; i < count; ++i) {
        if (kg_slice_equal(kg_slice_of(names[i]), text)) {
            *out = i;
            return KG_OK;
        }
    }
    return KG_NO;
}

kg_status kg_type_parse(kg_slice text, kg_type* out) {
    unsigned index = 0;
    const kg_status status = find_name(type_names, KG_TYPE_COUNT, text, &index);
    if (status == KG_OK) {
        *out = (kg_type)index;
    }
    return status;
}

kg_status kg_predicate_parse(kg_slice text, kg_predicate* out) {
    unsigned index = 0;
    const kg_status status = find_name(predicate_names, KG_PREDICATE_COUNT, text, &index);
    if (status == KG_OK) {
        *out = (kg_predicate)index;
    }
    return status;
}

kg_status kg_fact_status_parse(kg_slice text, kg_fact_status* out) {
    unsigned index = 0;
    const kg_status status = find_name(fact_status_names, KG_STATUS_COUNT, text, &index);
    if (status == KG_OK) {
        *out = (kg_fact_status)index;
    }
    return status;
}

bool kg_predicate_allows(kg_predicate predicate, kg_type subject, kg_type object) {
    if ((unsigned)predicate >= KG_PREDICATE_COUNT || (unsigned)subject >= KG_TYPE_COUNT ||
        (unsigned)object >= KG_TYPE_COUNT) {
        return false;
    }
    return (signatures[predicate].subjects >> subject & 1) &&
           (signatures[predicate].objects >> object & 1);
}

bool kg_predicate_symmetric(kg_predicate predicate) {
    return predicate == KG_COOPERATES_WITH;
}
