// SPDX-License-Identifier: GPL-3.0-or-later
#include "record/record.h"

#include <stdlib.h>

/// The public record comes first, so that a pointer to it is a pointer to its owner.
typedef struct {
    kg_record record;
    kg_i_arena arena;
} owner;

kg_record* kg_i_record_new(void) {
    owner* const made = calloc(1, sizeof *made);
    return made ? &made->record : NULL;
}

kg_i_arena* kg_i_record_arena(kg_record* record) {
    return &((owner*)record)->arena;
}

void kg_record_free(kg_record* record) {
    if (record) {
        kg_i_arena_dispose(kg_i_record_arena(record));
        free(record);
    }
}
