// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// The lexicon as `extract` and `resolve` see it: every string of the tables in one automaton, and
/// for each string what it can mean.
#ifndef KG_LEXICON_LEXICON_I_H
#define KG_LEXICON_LEXICON_I_H

#include "base/arena.h"
#include "kg/lexicon.h"
#include "lexicon/automaton.h"

#define KG_I_NO_CLASS UINT16_MAX
#define KG_I_NO_ENTRY UINT32_MAX

typedef enum {
    KG_I_SENSE_ENTRY, ///< a name or alias of an entry
    KG_I_SENSE_AFFIX, ///< a part of names: 有限公司, 产业园
    KG_I_SENSE_WORD   ///< a word of a class: post, surname, boundary
} kg_i_sense_kind;

/// One meaning of a string.
typedef struct {
    kg_i_sense_kind kind;
    kg_type type;   ///< of an entry or affix; KG_TYPE_COUNT if an affix fits any
    uint16_t class; ///< of a word; role of an affix
    bool alias;     ///< of an entry: not its name
    bool ambiguous; ///< counts only where the document supports it elsewhere
    uint32_t entry; ///< number of the entry, or KG_I_NO_ENTRY
} kg_i_sense;

/// What the tables say of an entry beyond the public part.
typedef struct {
    kg_slice place;   ///< of a park: where it is; may be empty
    kg_slice level;   ///< of a place or park; may be empty
    kg_slice kind;    ///< of an organization; may be empty
    kg_slice sectors; ///< of a company, as written; may be empty
    bool loose;       ///< a sector that needs a context to count
} kg_i_entry_more;

struct kg_lexicon {
    kg_i_arena arena;
    kg_lexicon_entry* KG_NULLABLE entries;
    kg_i_entry_more* KG_NULLABLE more;
    uint32_t entry_count;
    kg_i_automaton* KG_NULLABLE automaton;
    uint32_t* KG_NULLABLE first_sense; ///< by key, one more than there are keys
    kg_i_sense* KG_NULLABLE senses;
    kg_slice* KG_NULLABLE classes; ///< names of word classes and affix roles
    uint32_t class_count;
    uint32_t* KG_NULLABLE by_id; ///< entry numbers in the order of their ids
};

/// The automaton over all strings.
const kg_i_automaton* KG_NONNULL kg_i_lexicon_automaton(const kg_lexicon* KG_NONNULL lexicon);

/// The meanings of a key: `*count` of them.
const kg_i_sense* KG_NULLABLE kg_i_lexicon_senses(const kg_lexicon* KG_NONNULL lexicon,
                                                  uint32_t key, uint32_t* KG_NONNULL count);

/// The number of a word class ("surname") or affix role ("head"), or KG_I_NO_CLASS if no row of
/// the tables has it.
uint16_t kg_i_lexicon_class(const kg_lexicon* KG_NONNULL lexicon, const char* KG_NONNULL name);

/// Whether the key is a word of the class.
bool kg_i_lexicon_is(const kg_lexicon* KG_NONNULL lexicon, uint32_t key, uint16_t class);

const kg_i_entry_more* KG_NONNULL kg_i_lexicon_more(const kg_lexicon* KG_NONNULL lexicon,
                                                    const kg_lexicon_entry* KG_NONNULL entry);

#endif
