// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Many words looked for at once in normalised code points: Aho and Corasick's automaton (1975)
/// over a double array (Aoe 1989). One step a character, whatever the number of words.
///
/// Characters are compared after `kg_i_fold`: width, letter case, brackets, quotes and middle dots
/// do not matter. U+200B, which `text` puts where it drops a space, is passed over. A word that
/// begins or ends with a letter or digit of ASCII is not found inside a longer such run.
#ifndef KG_LEXICON_AUTOMATON_H
#define KG_LEXICON_AUTOMATON_H

#include "kg/base.h"

#define KG_I_NO_KEY UINT32_MAX

enum {
    KG_I_KEY_CHARS = 128, ///< longest word, in characters
    KG_I_INVISIBLE = 0x200B
};

/// Collects the words. Made by `kg_i_automaton_builder_new`, used up by `kg_i_automaton_build`.
typedef struct kg_i_automaton_builder kg_i_automaton_builder;

/// Compiled; read-only and shared by threads.
typedef struct kg_i_automaton kg_i_automaton;

/// Null when out of memory.
kg_i_automaton_builder* KG_OWNED kg_i_automaton_builder_new(void);
void kg_i_automaton_builder_free(kg_i_automaton_builder* KG_NULLABLE builder);

/// Add a word (UTF-8). Words that fold to the same characters share one key; keys count from 0 in
/// the order in which they first came. `KG_ERR_FORMAT` for an empty word or bad UTF-8,
/// `KG_ERR_LIMIT` for one that is too long or if there are too many, `KG_ERR_MEMORY`.
kg_status kg_i_automaton_add(kg_i_automaton_builder* KG_NONNULL builder, kg_slice word,
                             uint32_t* KG_NONNULL key) KG_MUST_USE;

/// The key of a word, or KG_I_NO_KEY.
uint32_t kg_i_automaton_builder_find(const kg_i_automaton_builder* KG_NONNULL builder,
                                     kg_slice word);

/// Compile. The builder stays with the caller and may be freed afterwards. About linear in the
/// words' characters.
kg_status kg_i_automaton_build(const kg_i_automaton_builder* KG_NONNULL builder,
                               kg_i_automaton* KG_OWNED* KG_NONNULL out) KG_MUST_USE;
void kg_i_automaton_free(kg_i_automaton* KG_NULLABLE automaton);

/// How many keys there are.
uint32_t kg_i_automaton_count(const kg_i_automaton* KG_NONNULL automaton);

/// A key's length in characters.
uint32_t kg_i_automaton_length(const kg_i_automaton* KG_NONNULL automaton, uint32_t key);

/// The longest other word that ends the key's word, or KG_I_NO_KEY.
uint32_t kg_i_automaton_suffix(const kg_i_automaton* KG_NONNULL automaton, uint32_t key);

/// A word found: characters [begin, end).
typedef struct {
    uint32_t begin;
    uint32_t end;
    uint32_t key;
} kg_i_match;

/// A pass over characters. Copyable; owns nothing.
typedef struct {
    const kg_i_automaton* KG_NONNULL automaton;
    const uint32_t* KG_NONNULL chars;
    uint32_t begin, end; ///< the range; words do not cross it
    uint32_t at;
    uint32_t state;
    uint32_t output;
    bool skipped; ///< an invisible character was met
} kg_i_scan;

/// Begin a pass over chars[begin, end).
kg_i_scan kg_i_scan_over(const kg_i_automaton* KG_NONNULL automaton,
                         const uint32_t* KG_NONNULL chars, uint32_t begin, uint32_t end);
/// The next match, by end and then longest first; false at the end.
bool kg_i_scan_next(kg_i_scan* KG_NONNULL scan, kg_i_match* KG_NONNULL match);

/// The key of exactly chars[begin, end), or KG_I_NO_KEY.
uint32_t kg_i_automaton_exact(const kg_i_automaton* KG_NONNULL automaton,
                              const uint32_t* KG_NONNULL chars, uint32_t begin, uint32_t end);

/// The character by which words are compared.
uint32_t kg_i_fold(uint32_t code);

#endif
