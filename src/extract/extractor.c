// SPDX-License-Identifier: GPL-3.0-or-later
#include "kg/extract.h"

#include "base/buffer.h"
#include "base/message.h"
#include "base/try.h"
#include "extract/relation.h"
#include "extract/tagger.h"
#include "lexicon/lexicon_i.h"
#include "record/record.h"

#include <stdlib.h>

struct kg_extractor {
    const kg_lexicon* lexicon;
    kg_i_patterns patterns;
    kg_i_weights weights;
    kg_i_tagger tagger;
    double min_confidence;
    bool inferred;
    bool off[KG_I_HOW_COUNT];
};

/// Sights without a pattern have ids too, so that they can be switched off alike.
static bool switch_off(kg_extractor* x, const char* id) {
    static const char* const names[KG_I_HOW_COUNT] = {"line", "nested", "aside",
                                                      "far",  "before", "headline"};
    for (unsigned i = 0; i < KG_I_HOW_COUNT; ++i) {
        if (names[i] && kg_slice_equal(kg_slice_of(id), kg_slice_of(names[i]))) {
            x->off[i] = true;
            return true;
        }
    }
    return kg_i_patterns_disable(&x->patterns, kg_slice_of(id));
}

static kg_status load(kg_extractor* x, const kg_extract_options* options, kg_error* error) {
    kg_i_buffer path = {0};
    kg_i_buffer_format(&path, "%.*s/patterns", (int)x->lexicon->folder.len,
                       x->lexicon->folder.len ? x->lexicon->folder.ptr : "");
    kg_status status = path.failed ? KG_OUT_OF_MEMORY(error)
                                   : kg_i_patterns_load(path.ptr, NULL, &x->patterns, error);
    kg_i_buffer_add_text(&path, "/weights.tsv");
    if (status == KG_OK) {
        status = path.failed ? KG_OUT_OF_MEMORY(error)
                             : kg_i_weights_load(path.ptr, &x->patterns, &x->weights, error);
    }
    kg_i_buffer_clear(&path);
    kg_i_buffer_format(&path, "%.*s/model/tagger.kgm", (int)x->lexicon->folder.len,
                       x->lexicon->folder.len ? x->lexicon->folder.ptr : "");
    if (status == KG_OK) {
        status =
            path.failed ? KG_OUT_OF_MEMORY(error) : kg_i_tagger_load(path.ptr, &x->tagger, error);
    }
    kg_i_buffer_dispose(&path);
    for (size_t i = 0; status == KG_OK && options && options->disabled && options->disabled[i];
         ++i) {
        if (!switch_off(x, options->disabled[i])) {
            status = kg_fail(error, KG_ERR_USAGE, NULL, KG_("no such pattern: %s"),
                             options->disabled[i]);
        }
    }
    return status;
}

kg_status kg_extractor_new(const kg_lexicon* lexicon, const kg_extract_options* options,
                           kg_extractor** out, kg_error* error) {
    *out = NULL;
    kg_extractor* const x = calloc(1, sizeof *x);
    if (!x) {
        return KG_OUT_OF_MEMORY(error);
    }
    x->lexicon = lexicon;
    if (options) {
        x->min_confidence = options->min_confidence;
        x->inferred = options->inferred;
    }
    const kg_status status = load(x, options, error);
    if (status != KG_OK) {
        kg_extractor_free(x);
        return status;
    }
    *out = x;
    return KG_OK;
}

void kg_extractor_free(kg_extractor* x) {
    if (x) {
        kg_i_patterns_dispose(&x->patterns);
        kg_i_weights_dispose(&x->weights);
        kg_i_tagger_dispose(&x->tagger);
        free(x);
    }
}

static kg_status read_relations(const kg_extractor* x, kg_i_scope* scope, kg_i_sheet* sheet,
                                kg_record* record, kg_error* error) {
    kg_i_reader reader = {
        .scope = scope, .patterns = &x->patterns, .weights = &x->weights, .sheet = sheet};
    for (unsigned i = 0; i < KG_I_HOW_COUNT; ++i) {
        reader.off[i] = x->off[i];
    }
    kg_i_relation* relations = NULL;
    uint32_t count = 0;
    kg_status status = kg_i_read_sights(&reader, error);
    if (status == KG_OK) {
        status = kg_i_decide(&reader, x->min_confidence, x->inferred, &relations, &count, error);
    }
    if (status == KG_OK) {
        status = kg_i_fill_record(&reader, relations, count, record, error);
    }
    kg_i_reader_dispose(&reader);
    return status;
}

kg_status kg_extract(const kg_extractor* x, const kg_document* document, kg_record** out,
                     kg_error* error) {
    *out = NULL;
    kg_text* text = NULL;
    KG_TRY(kg_text_new(document, &text, error));
    kg_i_arena arena = {0};
    kg_i_scope scope = {.text = text, .lexicon = x->lexicon, .arena = &arena};
    kg_record* const record = kg_i_record_new();
    kg_i_sheet* const sheet = calloc(1, sizeof *sheet);
    kg_status status =
        record && sheet ? kg_i_find_entities(&scope, error) : KG_OUT_OF_MEMORY(error);
    if (status == KG_OK) {
        status = kg_i_retag(&x->tagger, &scope, error);
    }
    if (status == KG_OK) {
        status = read_relations(x, &scope, sheet, record, error);
    }
    if (sheet) {
        kg_i_sheet_dispose(sheet);
        free(sheet);
    }
    kg_i_arena_dispose(&arena);
    kg_text_free(text);
    if (status != KG_OK) {
        kg_record_free(record);
        return status;
    }
    *out = record;
    return KG_OK;
}
