// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Entities that a person names on the command line.
#ifndef KG_CLI_ENTITIES_H
#define KG_CLI_ENTITIES_H

#include "kg/store.h"

typedef struct {
    char* KG_NULLABLE id;
    char* KG_NULLABLE name;
    kg_type type;
} cli_entity;

typedef struct {
    cli_entity* KG_NULLABLE items;
    size_t count;
    size_t capacity;
} cli_entities;

/// Those that `text` is the id, name or an alias of; if there are none, the one whose name holds
/// it. `type` KG_TYPE_COUNT: any. If none or several hold it, `KG_ERR_USAGE` with `error` filled
/// and the near ones named.
kg_status cli_entities_find(kg_store* KG_NONNULL store, const char* KG_NONNULL text, kg_type type,
                            cli_entities* KG_NONNULL out, kg_error* KG_NULLABLE error) KG_MUST_USE;
/// The name of the entity `id`, kept in `cache`; the id itself if there is none.
const char* KG_NONNULL cli_entities_name(kg_store* KG_NONNULL store, cli_entities* KG_NONNULL cache,
                                         const char* KG_NONNULL id);
void cli_entities_dispose(cli_entities* KG_NONNULL entities);

#endif
