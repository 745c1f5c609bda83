// SPDX-License-Identifier: GPL-3.0-or-later
#include "write/writer.h"

#include "base/message.h"
#include "base/try.h"
#include "write/clean.h"
#include "write/text.h"

#include <stdlib.h>

struct kg_i_export {
    const kg_i_writer* writer;
    void* state;
    kg_write_options options;
    kg_i_target target;
    kg_i_write_context context;
    kg_i_arena arena; ///< clean copies of the row under way
};

static kg_status export_open(kg_i_export* export) {
    if (!kg_i_iri_is_base(export->context.base_iri)) {
        const kg_slice base = export->context.base_iri;
        return kg_fail(export->context.error, KG_ERR_USAGE, NULL,
                       KG_("not a base IRI (absolute, ASCII, ending in / or #): %.*s"),
                       (int)(base.len < 200 ? base.len : 200), base.len ? base.ptr : "");
    }
    return export->writer->begin(&export->context, &export->state);
}

kg_status kg_i_export_begin(kg_write_format format, const char* path, kg_slice base_iri,
                            const kg_write_options* options, kg_error* error, kg_i_export** out) {
    const kg_i_writer* const writer = kg_i_writer_of(format);
    if (!writer || !path[0]) {
        return kg_fail(error, KG_ERR_USAGE, NULL, "%s", KG_("no such format, or no path"));
    }
    kg_i_export* const export = calloc(1, sizeof *export);
    if (!export) {
        return KG_OUT_OF_MEMORY(error);
    }
    export->writer = writer;
    export->options = options ? *options : (kg_write_options){0};
    export->target.path = path;
    export->target.folder = writer->folder;
    export->target.error = error;
    export->context = (kg_i_write_context){base_iri, &export->target, error};
    const kg_status status = export_open(export);
    if (status != KG_OK) {
        return kg_i_export_end(export, status);
    }
    *out = export;
    return KG_OK;
}

/// A row with a type, predicate or status of no meaning, or a statement that nothing supports.
static kg_status fail_row(const kg_i_export* export, kg_slice id) {
    return kg_fail(export->context.error, KG_ERR_STORE, NULL,
                   KG_("the store holds a row that makes no sense: %.*s"), (int)id.len,
                   id.len ? id.ptr : "");
}

kg_status kg_i_export_document(void* handle, const kg_document_row* row) {
    kg_i_export* const export = handle;
    kg_i_arena_reset(&export->arena);
    const kg_document_row* const clean = kg_i_clean_document(&export->arena, row);
    return clean ? export->writer->on_document(export->state, clean)
                 : KG_OUT_OF_MEMORY(export->context.error);
}

kg_status kg_i_export_entity(void* handle, const kg_entity_row* row) {
    kg_i_export* const export = handle;
    if (!kg_type_name(row->type)) {
        return fail_row(export, row->id);
    }
    kg_i_arena_reset(&export->arena);
    const kg_entity_row* const clean = kg_i_clean_entity(&export->arena, row);
    return clean ? export->writer->on_entity(export->state, clean)
                 : KG_OUT_OF_MEMORY(export->context.error);
}

kg_status kg_i_export_statement(void* handle, const kg_statement_row* row) {
    kg_i_export* const export = handle;
    const bool wanted = row->confidence >= export->options.min_confidence &&
                        (!row->inferred || export->options.inferred);
    if (!wanted) {
        return KG_OK;
    }
    if (!kg_predicate_name(row->predicate) || !kg_fact_status_name(row->status) ||
        !row->evidence_count) {
        return fail_row(export, row->id);
    }
    kg_i_arena_reset(&export->arena);
    const kg_statement_row* const clean = kg_i_clean_statement(&export->arena, row);
    return clean ? export->writer->on_statement(export->state, clean)
                 : KG_OUT_OF_MEMORY(export->context.error);
}

kg_status kg_i_export_end(kg_i_export* export, kg_status status) {
    if (status == KG_OK) {
        status = export->writer->end(export->state);
    }
    // First the state: an XML writer may still hand its buffer on while it is released.
    export->writer->free(export->state);
    if (status == KG_OK) {
        status = kg_i_target_commit(&export->target);
    }
    kg_i_target_abort(&export->target);
    kg_i_arena_dispose(&export->arena);
    free(export);
    return status;
}
