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
#define KG_I_IS_COMPANY        (UINT64_C(1) << 0) ///< names an entry of the type
#define KG_I_IS_PARK           (UINT64_C(1) << 1)
#define KG_I_IS_FACILITY       (UINT64_C(1) << 2)
#define KG_I_IS_SECTOR         (UINT64_C(1) << 3)
#define KG_I_IS_PLACE          (UINT64_C(1) << 4)
#define KG_I_IS_ORGANIZATION   (UINT64_C(1) << 5)
#define KG_I_IS_PERSON         (UINT64_C(1) << 6)
#define KG_I_IS_DOUBTFUL       (UINT64_C(1) << 7) ///< all its entries are ambiguous by it
#define KG_I_IS_LOOSE          (UINT64_C(1) << 8) ///< a sector that needs a context
#define KG_I_HEAD_COMPANY      (UINT64_C(1) << 9) ///< ends names of the type
#define KG_I_HEAD_PARK         (UINT64_C(1) << 10)
#define KG_I_HEAD_FACILITY     (UINT64_C(1) << 11)
#define KG_I_HEAD_ORGANIZATION (UINT64_C(1) << 12)
#define KG_I_WEAK_HEAD         (UINT64_C(1) << 13) ///< only where a name of its own stands before it
#define KG_I_FORM              (UINT64_C(1) << 14) ///< legal form of a company
#define KG_I_PART              (UINT64_C(1) << 15) ///< part in brackets within a name
#define KG_I_TRADE             (UINT64_C(1) << 16)
#define KG_I_PREFIX            (UINT64_C(1) << 17) ///< rank before a name, not part of it
#define KG_I_DROP              (UINT64_C(1) << 18) ///< follows a name, not part of it
#define KG_I_TAIL              (UINT64_C(1) << 19) ///< makes a phrase a sector
#define KG_I_SURNAME           (UINT64_C(1) << 20)
#define KG_I_POST              (UINT64_C(1) << 21) ///< a post or a form of address
#define KG_I_STAND_IN          (UINT64_C(1) << 22)
#define KG_I_BOUNDARY          (UINT64_C(1) << 23) ///< cannot stand inside a name
#define KG_I_NOISE             (UINT64_C(1) << 24) ///< looks like a name and names nothing
#define KG_I_MEASURE           (UINT64_C(1) << 25) ///< numbers, their units, times
#define KG_I_NATION            (UINT64_C(1) << 26)
#define KG_I_CUE               (UINT64_C(1) << 27) ///< introduces a short form
#define KG_I_NOUN              (UINT64_C(1) << 28)
#define KG_I_VERB              (UINT64_C(1) << 29)
#define KG_I_OTHER             (UINT64_C(1) << 30) ///< any other common word
#define KG_I_ACTOR             (UINT64_C(1) << 32) ///< follows a firm that does something: 宣布, 公告
#define KG_I_LEAD              (UINT64_C(1) << 33) ///< comes before a firm: 收购, 旗下, 巨头
#define KG_I_FIELD_LEAD        (UINT64_C(1) << 34) ///< comes before a field of work: 聚焦, 从事
#define KG_I_FIELD_END         (UINT64_C(1) << 35) ///< comes behind a field of work: 企业, 龙头
#define KG_I_GENERIC           (UINT64_C(1) << 36) ///< describes a name and is no part of it: 巨头, 股东, 某
#define KG_I_PHRASE                                                                                \
    (UINT64_C(1) << 37) ///< may stand inside a sector made of several words: 高端, 绿色

#define KG_I_FIELD_STOP (UINT64_C(1) << 38) ///< makes a product or technique of a field: 技术
#define KG_I_SITE_LEAD  (UINT64_C(1) << 39) ///< before what is being built: 建设
#define KG_I_COUNTER    (UINT64_C(1) << 40) ///< counts things: 个, 多家, 首批
#define KG_I_FIELD_VERB (UINT64_C(1) << 41) ///< takes a field of work as its object: 从事
/// Any entry.
#define KG_I_IS_ANY (KG_I_IS_DOUBTFUL - 1)
/// A boundary that may yet stand inside a name, as 达 in a brand.
#define KG_I_SOFT (UINT64_C(1) << 31)

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
    uint64_t* KG_NULLABLE flags;   ///< by key: KG_I_IS_COMPANY …
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
static inline uint64_t kg_i_lexicon_flags(const kg_lexicon* lexicon, uint32_t key) {
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
