// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/labels.h"

#include "cli/message.h"

const char* cli_type_label(kg_type type) {
    static const char* const labels[KG_TYPE_COUNT] = {
        [KG_COMPANY] = N_("Company"),   [KG_PARK] = N_("Park"),
        [KG_FACILITY] = N_("Facility"), [KG_SECTOR] = N_("Sector"),
        [KG_PLACE] = N_("Place"),       [KG_ORGANIZATION] = N_("Organization"),
        [KG_PERSON] = N_("Person"),
    };
    return (unsigned)type < KG_TYPE_COUNT ? _(labels[type]) : "?";
}

const char* cli_predicate_label(kg_predicate predicate) {
    static const char* const labels[KG_PREDICATE_COUNT] = {
        [KG_OPERATES] = N_("operates"),
        [KG_DEVELOPS] = N_("develops"),
        [KG_LOCATES_IN] = N_("locates_in"),
        [KG_PART_OF] = N_("part_of"),
        [KG_SITUATED_IN] = N_("situated_in"),
        [KG_HEADQUARTERED_IN] = N_("headquartered_in"),
        [KG_FOCUSES_ON] = N_("focuses_on"),
        [KG_ACTIVE_IN] = N_("active_in"),
        [KG_INVESTS_IN] = N_("invests_in"),
        [KG_SUBSIDIARY_OF] = N_("subsidiary_of"),
        [KG_COOPERATES_WITH] = N_("cooperates_with"),
        [KG_SUPPLIES] = N_("supplies"),
        [KG_HOLDS_POSITION] = N_("holds_position"),
    };
    return (unsigned)predicate < KG_PREDICATE_COUNT ? _(labels[predicate]) : "?";
}

const char* cli_status_label(kg_fact_status status) {
    static const char* const labels[KG_STATUS_COUNT] = {
        [KG_ACTUAL] = N_("actual"),
        [KG_AGREED] = N_("agreed"),
        [KG_PLANNED] = N_("planned"),
        [KG_ENDED] = N_("ended"),
    };
    return (unsigned)status < KG_STATUS_COUNT ? _(labels[status]) : "?";
}

const char* cli_section_label(kg_profile_section section) {
    static const char* const labels[KG_SECTION_COUNT] = {
        [KG_SECTION_OPERATORS] = N_("Operated by"),
        [KG_SECTION_DEVELOPERS] = N_("Developed by"),
        [KG_SECTION_PARENTS] = N_("Part of"),
        [KG_SECTION_AREAS] = N_("Its areas"),
        [KG_SECTION_PLACES] = N_("Where it stands"),
        [KG_SECTION_SECTORS] = N_("Leading sectors"),
        [KG_SECTION_TENANTS] = N_("Tenants"),
        [KG_SECTION_PARTNERS] = N_("Partners"),
        [KG_SECTION_SUPPLIERS] = N_("Suppliers"),
        [KG_SECTION_PEOPLE] = N_("People"),
        [KG_SECTION_TENANT_SECTORS] = N_("What its tenants do"),
        [KG_SECTION_PARKS] = N_("Parks and sites"),
        [KG_SECTION_COMPANIES] = N_("Companies"),
        [KG_SECTION_COMPANY_PARKS] = N_("Parks of those companies"),
        [KG_SECTION_COMPANY_PLACES] = N_("Places of those companies"),
    };
    return (unsigned)section < KG_SECTION_COUNT ? _(labels[section]) : "?";
}
