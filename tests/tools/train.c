// SPDX-License-Identifier: GPL-3.0-or-later
// kg_train tagger ONTOLOGY CORPUS GOLD FOLDS SET OUT [FOLD]
//     A tagger's model from the documents of SET, without those of FOLD if it is given.
// kg_train weights ONTOLOGY CORPUS GOLD FOLDS SET OUT MODELS PRECISION
//     Weights of relations; MODELS is what the file names of the five models begin with.
#include "train.h"

#include "base/buffer.h"
#include "kg/source.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

static int fail(const char* what, const kg_error* error) {
    fprintf(stderr, "%s: %s%s%s\n", what, error ? error->source : "", error ? ": " : "",
            error ? error->text : "");
    return 1;
}

static bool read_file(const char* path, kg_i_buffer* out) {
    FILE* const file = fopen(path, "rb");
    size_t got = 1;
    while (file && got && kg_i_buffer_reserve(out, 65536)) {
        got = fread(out->ptr + out->len, 1, 65536, file);
        out->len += got;
        out->ptr[out->len] = '\0';
    }
    if (file) {
        (void)fclose(file);
    }
    return file != NULL;
}

/// The fold of a document by the table of folds; -1 if it is not there.
static int fold_of(const char* table, const char* set, kg_slice doc) {
    kg_i_buffer key = {0};
    kg_i_buffer_format(&key, "\n%s\t%.*s\t", set, (int)doc.len, doc.ptr);
    const char* const at = strstr(table, key.ptr);
    const int fold = at ? at[key.len] - '0' : -1;
    kg_i_buffer_dispose(&key);
    return fold;
}

static int is_gold(const struct dirent* entry) {
    return strstr(entry->d_name, ".gold.json") != NULL;
}

static int read_gold(train_set* set, const char* folder, const char* table, const char* name) {
    struct dirent** entries = NULL;
    const int count = scandir(folder, &entries, is_gold, alphasort);
    int status = count < 0 ? fail(folder, NULL) : 0;
    for (int i = 0; i < count; ++i) {
        kg_i_buffer path = {0}, text = {0};
        kg_error error = {0};
        kg_record* record = NULL;
        kg_i_buffer_format(&path, "%s/%s", folder, entries[i]->d_name);
        if (!read_file(path.ptr, &text) ||
            kg_record_from_json(kg_i_buffer_slice(&text), &record, &error) != KG_OK) {
            status = fail(path.ptr, &error);
        } else if (!kg_i_vec_push(&set->gold, record) ||
                   !kg_i_vec_push(&set->folds, fold_of(table, name, record->doc))) {
            status = 1;
        }
        kg_i_buffer_dispose(&path);
        kg_i_buffer_dispose(&text);
        free(entries[i]);
    }
    free(entries);
    return status;
}

static size_t gold_of(const train_set* set, kg_slice name) {
    size_t i = 0;
    while (i < set->gold.count && !kg_slice_equal(set->gold.items[i]->doc, name)) {
        ++i;
    }
    return i;
}

static kg_status on_document(void* handle, kg_document* document) {
    train_set* const set = handle;
    kg_error error = {0};
    const size_t gold = gold_of(set, document->name);
    train_document* const d = gold < set->gold.count ? calloc(1, sizeof *d) : NULL;
    if (!d) {
        kg_document_free(document);
        return KG_OK;
    }
    d->document = document;
    d->gold = set->gold.items[gold];
    d->fold = set->folds.items[gold];
    kg_status status = kg_text_new(document, &d->text, &error);
    if (status == KG_OK) {
        d->scope = (kg_i_scope){.text = d->text, .lexicon = set->lexicon, .arena = &d->arena};
        status = kg_i_find_entities(&d->scope, &error);
    }
    if (status != KG_OK || !kg_i_vec_push(&set->documents, d)) {
        (void)fail("a document", &error);
        return KG_ERR_INTERNAL;
    }
    return KG_OK;
}

static void dispose(train_set* set) {
    for (size_t i = 0; i < set->documents.count; ++i) {
        kg_text_free(set->documents.items[i]->text);
        kg_document_free(set->documents.items[i]->document);
        kg_i_arena_dispose(&set->documents.items[i]->arena);
        free(set->documents.items[i]);
    }
    for (size_t i = 0; i < set->gold.count; ++i) {
        kg_record_free(set->gold.items[i]);
    }
    kg_i_vec_dispose(&set->documents);
    kg_i_vec_dispose(&set->gold);
    kg_i_vec_dispose(&set->folds);
    kg_lexicon_free(set->lexicon);
}

kg_i_automaton* train_names(const kg_record* gold, uint32_t** owners) {
    kg_i_automaton_builder* const builder = kg_i_automaton_builder_new();
    kg_i_automaton* automaton = NULL;
    size_t room = 1;
    for (uint32_t e = 0; e < gold->entity_count; ++e) {
        room += gold->entities[e].alias_count + 1u;
    }
    *owners = calloc(room, sizeof **owners);
    for (uint32_t e = 0; builder && *owners && e < gold->entity_count; ++e) {
        const kg_record_entity* const entity = &gold->entities[e];
        for (uint32_t i = 0; i <= entity->alias_count; ++i) {
            uint32_t key = 0;
            const kg_slice name = i ? entity->aliases[i - 1] : entity->name;
            if (kg_i_automaton_add(builder, name, &key) == KG_OK) {
                (*owners)[key] = e;
            }
        }
    }
    if (builder && kg_i_automaton_build(builder, &automaton) != KG_OK) {
        automaton = NULL;
    }
    kg_i_automaton_builder_free(builder);
    return automaton;
}

int train_by_begin(const void* a, const void* b) {
    const kg_i_match* const x = a;
    const kg_i_match* const y = b;
    if (x->begin != y->begin) {
        return x->begin < y->begin ? -1 : 1;
    }
    return x->end > y->end ? -1 : x->end < y->end;
}

int main(int argc, char** argv) {
    const bool weights = argc == 10 && strcmp(argv[1], "weights") == 0;
    if (!weights && !((argc == 8 || argc == 9) && strcmp(argv[1], "tagger") == 0)) {
        fprintf(stderr, "usage: kg_train tagger ONTOLOGY CORPUS GOLD FOLDS SET OUT [FOLD]\n"
                        "       kg_train weights ONTOLOGY CORPUS GOLD FOLDS SET OUT MODELS "
                        "PRECISION\n");
        return 2;
    }
    train_set set = {.ontology = argv[2]};
    kg_error error = {0};
    kg_i_buffer table = {0};
    if (kg_lexicon_load(argv[2], NULL, &set.lexicon, &error) != KG_OK) {
        return fail(argv[2], &error);
    }
    if (!read_file(argv[5], &table) || read_gold(&set, argv[4], table.ptr, argv[6])) {
        return fail(argv[4], NULL);
    }
    const char* const paths[] = {argv[3]};
    const kg_document_sink sink = {&set, on_document};
    if (kg_source_read(paths, 1, NULL, sink, NULL, &error) != KG_OK) {
        return fail(argv[3], &error);
    }
    fprintf(stderr, "%zu gold, %zu documents\n", set.gold.count, set.documents.count);
    const int status = weights ? train_weights(&set, argv[8], atof(argv[9]), argv[7])
                               : train_tagger(&set, argc == 9 ? atoi(argv[8]) : -1, argv[7]);
    kg_i_buffer_dispose(&table);
    dispose(&set);
    return status;
}
