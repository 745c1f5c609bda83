// SPDX-License-Identifier: GPL-3.0-or-later
#include "lexicon/automaton.h"

#include "automaton_i.h"
#include "base/utf8.h"

#include <stdlib.h>

uint32_t kg_i_fold(uint32_t code) {
    if (code < 0x80) {
        return code >= 'A' && code <= 'Z' ? code + 32 : code;
    }
    if (code >= 0xFF10 && code <= 0xFF5A && !(code >= 0xFF1A && code <= 0xFF20)) {
        return kg_i_fold(code - 0xFEE0);
    }
    switch (code) {
    case 0xFF08: // （
    case 0x3014: // 〔
        return '(';
    case 0xFF09:
    case 0x3015:
        return ')';
    case 0x201D: // ”
    case 0x300C: // 「
    case 0x300D:
    case 0x300E: // 『
    case 0x300F:
        return 0x201C; // “
    case 0x2022:       // •
    case 0x2027:       // ‧
    case 0x22C5:       // ⋅
    case 0x30FB:       // ・
    case 0xFF65:       // ･
        return 0x00B7; // ·
    default:
        return code;
    }
}

uint16_t kg_i_symbol(const kg_i_symbols* symbols, uint32_t code) {
    return code < KG_I_CODES ? symbols->cells[symbols->page[code >> 8]][code & 0xFF] : 0;
}

static bool is_ascii_word(uint32_t code) {
    return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
           (code >= 'A' && code <= 'Z') || (code >= 0xFF10 && code <= 0xFF19) ||
           (code >= 0xFF21 && code <= 0xFF3A) || (code >= 0xFF41 && code <= 0xFF5A);
}

void kg_i_automaton_free(kg_i_automaton* automaton) {
    if (!automaton) {
        return;
    }
    free(automaton->cells);
    free(automaton->key);
    free(automaton->next);
    free(automaton->length);
    free(automaton->state);
    free(automaton->symbols.cells);
    free(automaton);
}

uint32_t kg_i_automaton_count(const kg_i_automaton* automaton) {
    return automaton->key_count;
}

uint32_t kg_i_automaton_length(const kg_i_automaton* automaton, uint32_t key) {
    return automaton->length[key];
}

uint32_t kg_i_automaton_suffix(const kg_i_automaton* automaton, uint32_t key) {
    const uint32_t state = automaton->next[automaton->state[key]];
    return state == KG_I_NO_STATE ? KG_I_NO_KEY : automaton->key[state];
}

kg_i_scan kg_i_scan_over(const kg_i_automaton* automaton, const uint32_t* chars, uint32_t begin,
                         uint32_t end) {
    return (kg_i_scan){.automaton = automaton,
                       .chars = chars,
                       .begin = begin,
                       .end = end,
                       .at = begin,
                       .output = KG_I_NO_STATE};
}

static uint32_t step(const kg_i_automaton* automaton, uint32_t state, uint16_t symbol) {
    for (;;) {
        const uint32_t next = kg_i_automaton_child(automaton, state, symbol);
        if (next != KG_I_NO_STATE) {
            return next;
        }
        if (state == 0) {
            return 0;
        }
        state = automaton->cells[state].fail;
    }
}

/// Where a word of `length` visible characters that ends at `end` began.
static uint32_t walk_back(const kg_i_scan* scan, uint32_t end, uint32_t length) {
    if (!scan->skipped) {
        return end - length;
    }
    uint32_t at = end;
    while (length > 0) {
        --at;
        length -= scan->chars[at] != KG_I_INVISIBLE;
    }
    return at;
}

/// Whether a run of ASCII letters or digits goes on across either edge.
static bool is_cut(const kg_i_scan* scan, uint32_t begin, uint32_t end) {
    const uint32_t* const chars = scan->chars;
    return (begin > scan->begin && is_ascii_word(chars[begin - 1]) &&
            is_ascii_word(chars[begin])) ||
           (end < scan->end && is_ascii_word(chars[end]) && is_ascii_word(chars[end - 1]));
}

bool kg_i_scan_next(kg_i_scan* scan, kg_i_match* match) {
    const kg_i_automaton* const automaton = scan->automaton;
    for (;;) {
        while (scan->output != KG_I_NO_STATE) {
            const uint32_t key = automaton->key[scan->output];
            scan->output = automaton->next[scan->output];
            const uint32_t begin = walk_back(scan, scan->at, automaton->length[key]);
            if (!is_cut(scan, begin, scan->at)) {
                *match = (kg_i_match){begin, scan->at, key};
                return true;
            }
        }
        if (scan->at >= scan->end) {
            return false;
        }
        const uint32_t code = scan->chars[scan->at++];
        if (code == KG_I_INVISIBLE) {
            scan->skipped = true;
            continue;
        }
        const uint16_t symbol = kg_i_symbol(&automaton->symbols, code);
        scan->state = symbol ? step(automaton, scan->state, symbol) : 0;
        scan->output =
            automaton->key[scan->state] != KG_I_NO_KEY ? scan->state : automaton->next[scan->state];
    }
}

uint32_t kg_i_automaton_exact(const kg_i_automaton* automaton, const uint32_t* chars,
                              uint32_t begin, uint32_t end) {
    uint32_t state = 0;
    for (uint32_t i = begin; i < end; ++i) {
        if (chars[i] == KG_I_INVISIBLE) {
            continue;
        }
        const uint16_t symbol = kg_i_symbol(&automaton->symbols, chars[i]);
        state = symbol ? kg_i_automaton_child(automaton, state, symbol) : KG_I_NO_STATE;
        if (state == KG_I_NO_STATE) {
            return KG_I_NO_KEY;
        }
    }
    return automaton->key[state];
}
