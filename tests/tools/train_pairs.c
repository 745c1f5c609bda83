// SPDX-License-Identifier: GPL-3.0-or-later
#include "train.h"

#include "base/buffer.h"
#include "base/map.h"
#include "extract/relation.h"
#include "extract/tagger.h"

#include <stdio.h>

/// Features in words, by their hashes.
typedef struct {
    kg_i_map names; ///< 4 bytes of the hash → index
    KG_I_VEC(char*) texts;
    kg_i_arena arena;
} speller;

static void on_feature(void* handle, uint32_t hash, kg_slice text) {
    speller* const s = handle;
    const kg_slice key = {(const char*)&hash, sizeof hash};
    if (kg_i_map_get(&s->names, key)) {
        return;
    }
    const kg_slice kept = kg_i_arena_copy(&s->arena, key);
    const kg_slice copy = kg_i_arena_copy(&s->arena, text);
    char* const words = (char*)(uintptr_t)copy.ptr;
    if (!kept.ptr || !words || !kg_i_vec_push(&s->texts, words) ||
        !kg_i_map_put(&s->names, kept, (uint32_t)s->texts.count - 1, NULL)) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
}

static void on_pair(void* handle, uint32_t subject, uint32_t object, const uint32_t* features,
                    size_t count) {
    const speller* const s = handle;
    printf("P\t%u\t%u\t", subject, object);
    for (size_t i = 0; i < count; ++i) {
        const kg_slice key = {(const char*)&features[i], sizeof features[i]};
        const uint32_t* const index = kg_i_map_get(&s->names, key);
        printf("%s%s", i ? "\x1f" : "", index ? s->texts.items[*index] : "?");
    }
    putchar('\n');
}

static void print_head(const train_document* d) {
    printf("D\t%.*s\n", (int)d->gold->doc.len, d->gold->doc.ptr);
    for (uint32_t e = 0; e < d->scope.entity_count; ++e) {
        const kg_i_entity* const entity = &d->scope.entities[e];
        printf("E\t%s\t%.*s", kg_type_name(entity->type), (int)entity->name.len, entity->name.ptr);
        for (uint32_t i = 0; i < entity->alias_count; ++i) {
            printf("\t%.*s", (int)entity->aliases[i].len, entity->aliases[i].ptr);
        }
        putchar('\n');
    }
}

int train_pairs(train_set* set, const char* model) {
    kg_error error = {0};
    kg_i_patterns patterns = {0};
    kg_i_weights weights = {0};
    kg_i_tagger tagger = {0};
    speller s = {0};
    kg_i_buffer folder = {0};
    kg_i_buffer_format(&folder, "%s/patterns", set->ontology);
    kg_status status = kg_i_patterns_load(folder.ptr, NULL, &patterns, &error);
    if (status == KG_OK) {
        status = kg_i_tagger_load(model, &tagger, &error);
    }
    kg_i_sheet* const sheet = calloc(1, sizeof *sheet);
    for (size_t i = 0; status == KG_OK && sheet && i < set->documents.count; ++i) {
        train_document* const d = set->documents.items[i];
        kg_i_reader reader = {.scope = &d->scope,
                              .patterns = &patterns,
                              .weights = &weights,
                              .sheet = sheet,
                              .spy_handle = &s,
                              .spy = on_feature,
                              .on_pair = on_pair};
        kg_i_relation* relations = NULL;
        uint32_t count = 0;
        status = kg_i_retag(&tagger, &d->scope, &error);
        if (status == KG_OK) {
            print_head(d);
            status = kg_i_read_sights(&reader, &error);
        }
        if (status == KG_OK) {
            status = kg_i_decide(&reader, 0, false, &relations, &count, &error);
        }
        kg_i_reader_dispose(&reader);
    }
    if (status != KG_OK) {
        fprintf(stderr, "%s: %s\n", error.source, error.text);
    }
    kg_i_sheet_dispose(sheet);
    free(sheet);
    kg_i_map_dispose(&s.names);
    kg_i_vec_dispose(&s.texts);
    kg_i_arena_dispose(&s.arena);
    kg_i_buffer_dispose(&folder);
    kg_i_tagger_dispose(&tagger);
    kg_i_patterns_dispose(&patterns);
    return status != KG_OK;
}
