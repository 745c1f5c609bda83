// SPDX-License-Identifier: GPL-3.0-or-later
#include "kg/write.h"

#include "write/writer.h"

kg_status kg_write(kg_store* store, kg_write_format format, const char* path,
                   const kg_write_options* options, kg_error* error) {
    kg_i_export* export = NULL;
    kg_status status =
        kg_i_export_begin(format, path, kg_store_base_iri(store), options, error, &export);
    if (status != KG_OK) {
        return status;
    }
    status = kg_store_each_document(store, kg_i_export_document, export, error);
    if (status == KG_OK) {
        status = kg_store_each_entity(store, kg_i_export_entity, export, error);
    }
    if (status == KG_OK) {
        status = kg_store_each_statement(store, kg_i_export_statement, export, error);
    }
    return kg_i_export_end(export, status);
}
