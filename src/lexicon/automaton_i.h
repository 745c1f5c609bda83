// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// The automaton's tables, shared by the code that compiles them and the code that reads them.
#ifndef KG_LEXICON_AUTOMATON_I_H
#define KG_LEXICON_AUTOMATON_I_H

#include "lexicon/automaton.h"

#define KG_I_NO_STATE UINT32_MAX

enum { KG_I_CODES = 0x110000 };

/// From code points to the symbols that occur in words, 0 for all others. Pages of 256; page 0
/// of `cells` is all zero and stands for those without a word.
typedef struct {
    uint16_t page[KG_I_CODES >> 8];
    uint16_t (*KG_NULLABLE cells)[256];
} kg_i_symbols;

uint16_t kg_i_symbol(const kg_i_symbols* KG_NONNULL symbols, uint32_t code);

/// The child of state s by symbol c is `base + c` modulo 2^32, if that cell's parent is s.
typedef struct {
    uint32_t base;
    uint32_t parent;
    uint32_t fail;   ///< state of the longest proper suffix
    uint32_t output; ///< the state itself or its nearest suffix that is a word, or KG_I_NO_STATE
} kg_i_cell;         ///< 16 bytes, so that a step of the scan touches one line of the cache

struct kg_i_automaton {
    kg_i_symbols symbols;
    kg_i_cell* KG_NULLABLE cells;
    uint32_t* KG_NULLABLE key;   ///< of the word that ends here, or KG_I_NO_KEY
    uint32_t* KG_NULLABLE next;  ///< nearest suffix that is a word, or KG_I_NO_STATE
    uint8_t* KG_NULLABLE length; ///< of each key, in characters
    uint32_t* KG_NULLABLE state; ///< of each key, where its word ends
    uint32_t cell_count;
    uint32_t key_count;
};

static inline uint32_t kg_i_automaton_child(const kg_i_automaton* automaton, uint32_t state,
                                            uint16_t symbol) {
    const uint32_t next = automaton->cells[state].base + symbol;
    return next < automaton->cell_count && automaton->cells[next].parent == state ? next
                                                                                  : KG_I_NO_STATE;
}

#endif
