// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Names of types, predicates and so on for people, in their language.
#ifndef KG_CLI_LABELS_H
#define KG_CLI_LABELS_H

#include "kg/analyse.h"
#include "kg/model.h"

const char* KG_NONNULL cli_type_label(kg_type type);
const char* KG_NONNULL cli_predicate_label(kg_predicate predicate);
const char* KG_NONNULL cli_status_label(kg_fact_status status);
const char* KG_NONNULL cli_section_label(kg_profile_section section);

#endif
