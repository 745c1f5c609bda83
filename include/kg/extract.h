// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// From one document to its record: mentions, entities, relations.
#ifndef KG_EXTRACT_H
#define KG_EXTRACT_H

#include "kg/document.h"
#include "kg/lexicon.h"
#include "kg/record.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    double min_confidence; ///< relations below are left out; 0: all
    bool inferred;         ///< also what a name implies (金科山西智慧科技城 in 山西)
    const char* KG_NULLABLE const* KG_NULLABLE disabled; ///< pattern ids switched off, null-ended
} kg_extract_options;

/// Compiled patterns with the lexicon they use; read-only, shared by threads.
typedef struct kg_extractor kg_extractor;

KG_API kg_status kg_extractor_new(const kg_lexicon* KG_NONNULL lexicon,
                                  const kg_extract_options* KG_NULLABLE options,
                                  kg_extractor* KG_OWNED* KG_NONNULL out,
                                  kg_error* KG_NULLABLE error) KG_MUST_USE;
KG_API void kg_extractor_free(kg_extractor* KG_NULLABLE extractor);

/// Extract from one document. The record owns all it holds and may outlive the document.
/// Deterministic: the same document, ontology and options give the same record.
KG_API kg_status kg_extract(const kg_extractor* KG_NONNULL extractor,
                            const kg_document* KG_NONNULL document,
                            kg_record* KG_OWNED* KG_NONNULL out,
                            kg_error* KG_NULLABLE error) KG_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
