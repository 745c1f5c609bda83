// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// A park's or sector's profile, for people and for programs.
#ifndef KG_CLI_PROFILE_H
#define KG_CLI_PROFILE_H

#include "kg/analyse.h"

#include <stdio.h>

kg_status cli_profile_print(const kg_profile* KG_NONNULL profile, FILE* KG_NONNULL out,
                            kg_error* KG_NULLABLE error) KG_MUST_USE;
void cli_profile_json(const kg_profile* KG_NONNULL profile, FILE* KG_NONNULL out);

#endif
