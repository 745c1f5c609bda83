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

/// What a string can be, in one word of bits, so that a scan need not walk its meanings.
enum {
    KG_I_IS_COMPANY = 1 << 0, ///< names an entry of the type
    KG_I_IS_PARK = 1 << 1,
    KG_I_IS_FACILITY = 1 << 2,
    KG_I_IS_SECTOR = 1 << 3,
    KG_I_IS_PLACE = 1 << 4,
    KG_I_IS_ORGANIZATION = 1 << 5,
    KG_I_IS_PERSON = 1 << 6,
    KG_I_IS_DOUBTFUL = 1 << 7,  ///< all its entries are ambiguous by it
    KG_I_IS_LOOSE = 1 << 8,     ///< a sector that needs a context
    KG_I_HEAD_COMPANY = 1 << 9, ///< ends names of the type
    KG_I_HEAD_PARK = 1 << 10,
    KG_I_HEAD_FACILITY = 1 << 11,
    KG_I_HEAD_ORGANIZATION = 1 << 12,
    KG_I_WEAK_HEAD = 1 << 13, ///< only where a name of its own stands before it
    KG_I_FORM = 1 << 14,      ///< legal form of a company
    KG_I_PART = 1 << 15,      ///< part in brackets within a name
    KG_I_TRADE = 1 << 16,
    KG_I_PREFIX = 1 << 17, ///< rank before a name, not part of it
    KG_I_DROP = 1 << 18,   ///< follows a name, not part of it
    KG_I_TAIL = 1 << 19,   ///< makes a phrase a sector
    KG_I_SURNAME = 1 << 20,
    KG_I_POST = 1 << 21, ///< a post or a form of address
    KG_I_STAND_IN = 1 << 22,
    KG_I_BOUNDARY = 1 << 23, ///< cannot stand inside a name
    KG_I_NOISE = 1 << 24,    ///< looks like a name and names nothing
    KG_I_MEASURE = 1 << 25,  ///< numbers, their units, times
    KG_I_NATION = 1 << 26,
    KG_I_CUE = 1 << 27, ///< introduces a short form
    KG_I_NOUN = 1 << 28,
    KG_I_VERB = 1 << 29,
    KG_I_OTHER = 1 << 30 ///< any other common word
};

/// A boundary that may yet stand inside a name, as 达 in a brand.
#define KG_I_SOFT (1U << 31)

/// One meaning of a string.
typedef struct {
    kg_i_sense_kind kind;
    kg_type type;   ///< of an entry or affix; KG_TYPE_COUNT if an affix fits any
    uint16_t class; ///< of a word; role of an affix
    bool alias;     ///< of an entry: not its name
    bool ambiguous; ///< counts only where the document supports it elsewhere
    uint8_t cost;   ///< of a word with a frequency; 0: not said
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
    kg_slice folder; ///< it was loaded from; `extract` finds the patterns there
    kg_lexicon_entry* KG_NULLABLE entries;
    kg_i_entry_more* KG_NULLABLE more;
    uint32_t entry_count;
    kg_i_automaton* KG_NULLABLE automaton;
    uint32_t* KG_NULLABLE first_sense; ///< by key, one more than there are keys
    kg_i_sense* KG_NULLABLE senses;
    uint32_t* KG_NULLABLE flags;   ///< by key: KG_I_IS_COMPANY …
    uint8_t* KG_NULLABLE cost;     ///< by key: of reading it as a word, in eighths of -ln p
    kg_slice* KG_NULLABLE classes; ///< names of word classes and affix roles
    uint32_t class_count;
    uint32_t* KG_NULLABLE by_id; ///< entry numbers in the order of their ids
};

/// The automaton over all strings.
const kg_i_automaton* KG_NONNULL kg_i_lexicon_automaton(const kg_lexicon* KG_NONNULL lexicon);

/// The meanings of a key: `*count` of them.
const kg_i_sense* KG_NULLABLE kg_i_lexicon_senses(const kg_lexicon* KG_NONNULL lexicon,
                                                  uint32_t key, uint32_t* KG_NONNULL count);

/// What a key can be, as bits.
static inline uint32_t kg_i_lexicon_flags(const kg_lexicon* lexicon, uint32_t key) {
    return lexicon->flags[key];
}

/// Work out flags and costs of all keys once the senses are there; false when out of memory.
bool kg_i_lexicon_flag_keys(kg_lexicon* KG_NONNULL lexicon);

/// The number of a word class ("surname") or affix role ("head"), or KG_I_NO_CLASS if no row of
/// the tables has it.
uint16_t kg_i_lexicon_class(const kg_lexicon* KG_NONNULL lexicon, const char* KG_NONNULL name);

/// Whether the key is a word of the class.
bool kg_i_lexicon_is(const kg_lexicon* KG_NONNULL lexicon, uint32_t key, uint16_t class);

const kg_i_entry_more* KG_NONNULL kg_i_lexicon_more(const kg_lexicon* KG_NONNULL lexicon,
                                                    const kg_lexicon_entry* KG_NONNULL entry);

#endif
