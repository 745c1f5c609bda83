// SPDX-License-Identifier: GPL-3.0-or-later
// Runs text cases through reading and extraction. A case file holds cases like
//
//     === title
//     sentences
//     ---
//     金科 operates 两江健康科技城
//     小米 locates_in 科学城 agreed
//     ! 小米 develops 科学城
//
// A line behind `---` names a statement that must be found, with its status if one is given, or,
// behind `!`, one that must not. Ends are any of an entity's names, without spaces; `*` is any.
#include "base/buffer.h"
#include "kg/extract.h"
#include "kg/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const kg_extractor* extractor;
    kg_record* record;
} reading;

typedef struct {
    const char* file;
    kg_slice title;
    const kg_extractor* extractor;
    kg_i_buffer text;
    kg_record* record;
    unsigned cases;
    unsigned checks;
    unsigned failures;
} run;

static kg_status on_document(void* handle, kg_document* document) {
    reading* const r = handle;
    kg_record_free(r->record);
    r->record = NULL;
    kg_error error = {0};
    const kg_status status = kg_extract(r->extractor, document, &r->record, &error);
    kg_document_free(document);
    return status;
}

/// Extract from the case's text; false if that fails.
static bool read_case(run* r) {
    reading read = {r->extractor, NULL};
    kg_error error = {0};
    const kg_status status =
        kg_source_read_buffer(kg_i_buffer_slice(&r->text), KG_LIT("case.txt"), NULL,
                              (kg_document_sink){&read, on_document}, &error);
    r->record = read.record;
    if (status != KG_OK || !r->record) {
        fprintf(stderr, "%s: %.*s: %s\n", r->file, (int)r->title.len, r->title.ptr, error.text);
        ++r->failures;
        return false;
    }
    return true;
}

static bool is_called(const kg_record_entity* entity, kg_slice name) {
    bool found = kg_slice_equal(name, KG_LIT("*")) || kg_slice_equal(entity->name, name);
    for (uint32_t i = 0; !found && i < entity->alias_count; ++i) {
        found = kg_slice_equal(entity->aliases[i], name);
    }
    return found;
}

/// The next word of `*line`, which is cut behind it; empty at the end.
static kg_slice next_word(kg_slice* line) {
    while (line->len && *line->ptr == ' ') {
        ++line->ptr;
        --line->len;
    }
    kg_slice word = {line->ptr, 0};
    while (word.len < line->len && word.ptr[word.len] != ' ') {
        ++word.len;
    }
    line->ptr += word.len;
    line->len -= word.len;
    return word;
}

static bool holds(const kg_record* record, kg_slice subject, kg_predicate predicate,
                  kg_slice object, kg_slice status) {
    for (uint32_t i = 0; i < record->relation_count; ++i) {
        const kg_record_relation* const x = &record->relations[i];
        if (x->predicate != predicate ||
            (status.len && !kg_slice_equal(kg_slice_of(kg_fact_status_name(x->status)), status))) {
            continue;
        }
        const kg_record_entity* const s = &record->entities[x->subject];
        const kg_record_entity* const o = &record->entities[x->object];
        if ((is_called(s, subject) && is_called(o, object)) ||
            (kg_predicate_symmetric(predicate) && is_called(s, object) && is_called(o, subject))) {
            return true;
        }
    }
    return false;
}

static void check_line(run* r, kg_slice line) {
    const kg_slice whole = line;
    kg_slice subject = next_word(&line);
    const bool wanted = !kg_slice_equal(subject, KG_LIT("!"));
    if (!wanted) {
        subject = next_word(&line);
    }
    const kg_slice middle = next_word(&line);
    const kg_slice object = next_word(&line);
    const kg_slice status = next_word(&line);
    kg_predicate predicate = KG_PREDICATE_COUNT;
    ++r->checks;
    if (kg_predicate_parse(middle, &predicate) != KG_OK || !object.len) {
        fprintf(stderr, "%s: %.*s: not a statement: %.*s\n", r->file, (int)r->title.len,
                r->title.ptr, (int)whole.len, whole.ptr);
        ++r->failures;
    } else if (holds(r->record, subject, predicate, object, status) != wanted) {
        fprintf(stderr, "%s: %.*s: %s: %.*s\n", r->file, (int)r->title.len, r->title.ptr,
                wanted ? "not found" : "must not be", (int)whole.len, whole.ptr);
        ++r->failures;
    }
}

static void end_case(run* r) {
    kg_record_free(r->record);
    r->record = NULL;
    kg_i_buffer_clear(&r->text);
}

static void run_lines(run* r, kg_slice all) {
    enum { OUTSIDE, TEXT, STATEMENTS, FAILED } state = OUTSIDE;
    for (size_t at = 0; at < all.len;) {
        const char* const end = memchr(all.ptr + at, '\n', all.len - at);
        const size_t length = end ? (size_t)(end - all.ptr) - at : all.len - at;
        const kg_slice line = {all.ptr + at, length};
        at += length + 1;
        if (length > 4 && memcmp(line.ptr, "=== ", 4) == 0) {
            end_case(r);
            r->title = (kg_slice){line.ptr + 4, length - 4};
            ++r->cases;
            state = TEXT;
        } else if (state == TEXT && kg_slice_equal(line, KG_LIT("---"))) {
            state = read_case(r) ? STATEMENTS : FAILED;
        } else if (state == TEXT) {
            kg_i_buffer_add_slice(&r->text, line);
            kg_i_buffer_add_char(&r->text, '\n');
        } else if (state == STATEMENTS && length) {
            check_line(r, line);
        }
    }
    end_case(r);
}

static bool read_file(const char* path, kg_i_buffer* out) {
    FILE* const file = fopen(path, "rb");
    if (!file) {
        return false;
    }
    char block[4096];
    for (size_t size; (size = fread(block, 1, sizeof block, file)) > 0;) {
        kg_i_buffer_add(out, block, size);
    }
    const bool whole = !ferror(file) && !out->failed;
    fclose(file);
    return whole;
}

static int run_files(run* r, int count, char** paths) {
    for (int i = 0; i < count; ++i) {
        kg_i_buffer content = {0};
        r->file = paths[i];
        if (read_file(paths[i], &content)) {
            run_lines(r, kg_i_buffer_slice(&content));
        } else {
            fprintf(stderr, "%s: cannot read\n", paths[i]);
            ++r->failures;
        }
        kg_i_buffer_dispose(&content);
    }
    printf("%u cases, %u statements, %u failed\n", r->cases, r->checks, r->failures);
    return r->failures || !r->checks;
}

int main(int argc, char** argv) {
    kg_error error = {0};
    kg_lexicon* lexicon = NULL;
    kg_extractor* extractor = NULL;
    int result = 1;
    if (argc < 3) {
        fprintf(stderr, "usage: %s ONTOLOGY FILE...\n", argv[0]);
    } else if (kg_lexicon_load(argv[1], NULL, &lexicon, &error) != KG_OK ||
               kg_extractor_new(lexicon, NULL, &extractor, &error) != KG_OK) {
        fprintf(stderr, "%s: %s\n", error.source, error.text);
    } else {
        run r = {.extractor = extractor};
        result = run_files(&r, argc - 2, argv + 2);
        kg_i_buffer_dispose(&r.text);
    }
    kg_extractor_free(extractor);
    kg_lexicon_free(lexicon);
    return result;
}
