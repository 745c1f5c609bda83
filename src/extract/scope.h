// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What is known of a document between finding its mentions and finding its relations.
#ifndef KG_EXTRACT_SCOPE_H
#define KG_EXTRACT_SCOPE_H

#include "base/arena.h"
#include "kg/lexicon.h"
#include "kg/text.h"

#define KG_I_NONE UINT32_MAX ///< no index

/// An entity scored below is worth a line of the record only where a relation needs it: a
/// ministry, an exchange or an outlet that the text merely quotes.
#define KG_I_SHOWN .25F

typedef enum {
    KG_I_NAMED,  ///< a name, an alias or an abbreviation
    KG_I_ANAPHOR ///< 该公司, 园区, 项目: stands for an entity named elsewhere
} kg_i_mention_kind;

/// A place in the text that speaks of an entity. Characters [begin, end) of the text.
typedef struct {
    uint32_t begin;
    uint32_t end;
    uint32_t entity; ///< index into the scope's entities
    uint32_t outer;  ///< the mention that encloses this one, or KG_I_NONE
    kg_type type;    ///< of the entity
    kg_i_mention_kind kind;
    float score; ///< how sure, in [0,1]
} kg_i_mention;

/// A thing that the document names. Strings are UTF-8 in the arena.
typedef struct {
    kg_type type;
    kg_slice name;
    const kg_slice* KG_NULLABLE aliases;
    uint32_t alias_count;
    const kg_lexicon_entry* KG_NULLABLE entry; ///< the lexicon's, if it knows the thing
    float score;
} kg_i_entity;

/// One document under extraction. Everything but text and lexicon lives in `arena`.
typedef struct {
    const kg_text* KG_NONNULL text;
    const kg_lexicon* KG_NONNULL lexicon;
    kg_i_arena* KG_NONNULL arena;

    kg_i_entity* KG_NULLABLE entities;
    uint32_t entity_count;

    /// By begin, then longest first; those with `outer` set lie within the one they name.
    kg_i_mention* KG_NULLABLE mentions;
    uint32_t mention_count;
    /// Mentions of sentence i: [first_mention[i], first_mention[i + 1]).
    uint32_t* KG_NULLABLE first_mention;
} kg_i_scope;

/// Find the mentions of a document and join them to entities (mention.c and its neighbours).
kg_status kg_i_find_entities(kg_i_scope* KG_NONNULL scope, kg_error* KG_NULLABLE error) KG_MUST_USE;

#endif
