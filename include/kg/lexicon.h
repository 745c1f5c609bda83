// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// `ontology/` loaded, checked and compiled once; read-only and shared by threads afterwards.
#ifndef KG_LEXICON_H
#define KG_LEXICON_H

#include "kg/model.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kg_lexicon kg_lexicon;

/// Load the folder `ontology` (lexicon, patterns). Faults in the user's files are reported to
/// `diagnostics` with file and line, each, and the call fails with the first one once all have been
/// named.
KG_API kg_status kg_lexicon_load(const char* KG_NONNULL folder,
                                 const kg_diagnostics* KG_NULLABLE diagnostics,
                                 kg_lexicon* KG_OWNED* KG_NONNULL out,
                                 kg_error* KG_NULLABLE error) KG_MUST_USE;
KG_API void kg_lexicon_free(kg_lexicon* KG_NULLABLE lexicon);

/// One entry as the lexicon has it. Slices live as long as the lexicon.
typedef struct {
    kg_type type;
    kg_slice id;        ///< stable: a registry or division code, or the file's own id
    kg_slice name;      ///< canonical name
    kg_slice parent_id; ///< group, upper zone, upper division, broader sector; may be empty
    const kg_slice* KG_NULLABLE aliases;
    uint32_t alias_count;
} kg_lexicon_entry;

/// The entry that has `name` as its name or as an alias that is its own alone; null if none or
/// if several claim it. `type` may be KG_TYPE_COUNT for any.
KG_API const kg_lexicon_entry* KG_NULLABLE kg_lexicon_find(const kg_lexicon* KG_NONNULL lexicon,
                                                           kg_type type, kg_slice name);
/// By id; null if none.
KG_API const kg_lexicon_entry* KG_NULLABLE kg_lexicon_by_id(const kg_lexicon* KG_NONNULL lexicon,
                                                            kg_slice id);
/// All entries of a type, in the order of the files: index from 0, null past the end.
KG_API const kg_lexicon_entry* KG_NULLABLE kg_lexicon_at(const kg_lexicon* KG_NONNULL lexicon,
                                                         uint32_t index);

#ifdef __cplusplus
}
#endif
#endif
