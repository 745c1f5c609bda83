// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/entities.h"

#include "cli/labels.h"
#include "cli/message.h"

#include <stdlib.h>
#include <string.h>

enum { NEAR_SHOWN = 10, EXACT_LIMIT = 100 };

typedef struct {
    cli_entities* list;
    kg_type type;
} collector;

static kg_status add(void* handle, const kg_entity_row* row) {
    collector* const into = handle;
    cli_entities* const list = into->list;
    if (into->type != KG_TYPE_COUNT && row->type != into->type &&
        !(into->type == KG_PARK && row->type == KG_FACILITY)) {
        return KG_OK;
    }
    if (list->count == list->capacity) {
        const size_t wanted = list->capacity ? 2 * list->capacity : 16;
        cli_entity* const grown = realloc(list->items, wanted * sizeof *grown);
        if (!grown) {
            return KG_ERR_MEMORY;
        }
        list->items = grown;
        list->capacity = wanted;
    }
    const cli_entity copy = {.id = strndup(row->id.ptr, row->id.len),
                             .name = strndup(row->name.ptr, row->name.len),
                             .type = row->type};
    list->items[list->count++] = copy;
    return copy.id && copy.name ? KG_OK : KG_ERR_MEMORY;
}

static kg_status find(kg_store* store, const char* text, kg_match match, uint32_t limit,
                      kg_type type, cli_entities* out, kg_error* error) {
    collector into = {out, type};
    const kg_status status =
        kg_store_find_entity(store, kg_slice_of(text), match, limit, add, &into, error);
    return status == KG_NO ? KG_OK : status;
}

static kg_status name_near(const char* text, const cli_entities* near, kg_error* error) {
    for (size_t i = 0; i < near->count && i < NEAR_SHOWN; i++) {
        cli_complain("  %s  %s  %s", near->items[i].id, cli_type_label(near->items[i].type),
                     near->items[i].name);
    }
    return near->count
               ? kg_fail(error, KG_ERR_USAGE, NULL,
                         _("nothing is called '%s', but these hold it; give a full name "
                           "or an id"),
                         text)
               : kg_fail(error, KG_ERR_USAGE, NULL, _("nothing in the graph is called '%s'"), text);
}

kg_status cli_entities_find(kg_store* store, const char* text, kg_type type, cli_entities* out,
                            kg_error* error) {
    *out = (cli_entities){0};
    kg_status status = find(store, text, KG_MATCH_EXACT, EXACT_LIMIT, type, out, error);
    if (status == KG_OK && out->count) {
        return KG_OK;
    }
    if (status == KG_OK && *text) {
        status = find(store, text, KG_MATCH_PART, type == KG_TYPE_COUNT ? NEAR_SHOWN : 0, type, out,
                      error);
    }
    if (status == KG_OK && out->count != 1) {
        status = name_near(text, out, error);
    }
    if (status != KG_OK) {
        cli_entities_dispose(out);
    }
    return status;
}

const char* cli_entities_name(kg_store* store, cli_entities* cache, const char* id) {
    for (size_t i = 0; i < cache->count; i++) {
        if (strcmp(cache->items[i].id, id) == 0) {
            return cache->items[i].name;
        }
    }
    const size_t before = cache->count;
    if (find(store, id, KG_MATCH_EXACT, 1, KG_TYPE_COUNT, cache, NULL) != KG_OK ||
        cache->count == before) {
        return id;
    }
    return cache->items[cache->count - 1].name;
}

void cli_entities_dispose(cli_entities* entities) {
    for (size_t i = 0; i < entities->count; i++) {
        free(entities->items[i].id);
        free(entities->items[i].name);
    }
    free(entities->items);
    *entities = (cli_entities){0};
}
