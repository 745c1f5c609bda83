// SPDX-License-Identifier: GPL-3.0-or-later
// Words: of all ways to cut a sentence into strings of the lexicon, single characters, and runs of
// letters or digits, the one that costs least, by one pass of dynamic programming beside the
// automaton's pass over the characters.
#include "extract/mention.h"

#include "base/try.h"

enum {
    COST_CHAR = 88,   ///< a Chinese character that no word claims
    COST_LATIN = 200, ///< more than any name of letters costs
    COST_NUMBER = 40,
    COST_MARK = 24
};

/// The best way to reach a position.
typedef struct {
    uint32_t cost;
    uint32_t begin; ///< of the last word
    uint32_t key;
} step;

static bool is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x250);
}

static bool is_chinese(uint32_t c) {
    return (c >= 0x3400 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) ||
           (c >= 0x20000 && c < 0x32000) || c == 0x3007;
}

/// The end of the run of letters or digits at `at`, or `at`.
static uint32_t run_end(const uint32_t* chars, uint32_t at, uint32_t end, bool* letters) {
    uint32_t i = at;
    *letters = false;
    while (i < end) {
        const uint32_t c = chars[i];
        const uint32_t next = i + 1 < end ? chars[i + 1] : 0;
        if (is_letter(c)) {
            *letters = true;
        } else if (!is_digit(c)) {
            const bool joins =
                i > at && (is_letter(next) || is_digit(next)) &&
                (c == '.' || c == '-' || c == '+' || c == '&' || c == '\'' || c == '/' ||
                 (c == ',' && is_digit(next) && is_digit(chars[i - 1])) ||
                 (c == ' ' && is_letter(next) && is_letter(chars[i - 1])));
            if (!joins && !(i > at && (c == '%' || c == '+') && !is_letter(next))) {
                break;
            }
        }
        ++i;
    }
    return i;
}

static void relax(step* s, uint32_t cost, uint32_t begin, uint32_t key) {
    if (cost < s->cost) {
        *s = (step){cost, begin, key};
    }
}

/// Fill steps[0..end-begin]; step i is the way to chars[begin + i].
static void find_steps(const kg_i_finder* f, uint32_t begin, uint32_t end, step* steps) {
    const kg_lexicon* const lexicon = f->scope->lexicon;
    kg_i_scan scan = kg_i_scan_over(kg_i_lexicon_automaton(lexicon), f->chars, begin, end);
    kg_i_match match = {0};
    bool more = kg_i_scan_next(&scan, &match);
    uint32_t run_begin = begin;
    uint32_t run = begin; // end of the run of letters that is open
    bool letters = false;
    for (uint32_t i = begin; i <= end; ++i) {
        steps[i - begin].cost = UINT32_MAX;
    }
    steps[0] = (step){0, begin, KG_I_NO_KEY};
    for (uint32_t i = begin; i < end; ++i) {
        const uint32_t c = f->chars[i];
        const uint32_t before = steps[i - begin].cost;
        step* const here = &steps[i + 1 - begin];
        if (i >= run) {
            run_begin = i;
            run = is_letter(c) || is_digit(c) ? run_end(f->chars, i, end, &letters) : i;
        }
        if (i < run) {
            // Only the whole run counts, but a word of the lexicon may end inside it.
            relax(here, before + (i + 1 == run ? COST_LATIN : 4 * COST_CHAR), i, KG_I_NO_KEY);
            if (i + 1 == run) {
                relax(here, steps[run_begin - begin].cost + (letters ? COST_LATIN : COST_NUMBER),
                      run_begin, KG_I_NO_KEY);
            }
        } else if (c == KG_I_INVISIBLE) {
            relax(here, before, i, KG_I_NO_KEY);
        } else {
            relax(here, before + (is_chinese(c) ? COST_CHAR : COST_MARK), i, KG_I_NO_KEY);
        }
        for (; more && match.end == i + 1; more = kg_i_scan_next(&scan, &match)) {
            relax(here, steps[match.begin - begin].cost + lexicon->cost[match.key], match.begin,
                  match.key);
        }
    }
}

static kg_i_token make_token(const kg_i_finder* f, uint32_t begin, uint32_t end, uint32_t key) {
    kg_i_token token = {.begin = begin, .end = end, .key = key, .kind = KG_I_TOKEN_WORD};
    if (key != KG_I_NO_KEY) {
        token.flags = kg_i_lexicon_flags(f->scope->lexicon, key);
        return token;
    }
    const uint32_t c = f->chars[begin];
    if (is_chinese(c)) {
        token.kind = KG_I_TOKEN_CHAR;
        return token;
    }
    if (is_letter(c) || is_digit(c)) {
        bool letters = false;
        run_end(f->chars, begin, end, &letters);
        token.kind = letters ? KG_I_TOKEN_LATIN : KG_I_TOKEN_NUMBER;
        return token;
    }
    token.kind = KG_I_TOKEN_MARK;
    token.mark = c == 0x201C || c == 0x201D ? c : kg_i_fold(c); // which quote it is matters
    return token;
}

/// Write the words of the best way behind the tokens there are.
static void take_tokens(kg_i_finder* f, uint32_t begin, uint32_t end, const step* steps) {
    const uint32_t first = f->token_count;
    for (uint32_t at = end; at > begin;) {
        const step* const s = &steps[at - begin];
        if (f->chars[s->begin] != KG_I_INVISIBLE || s->key != KG_I_NO_KEY) {
            f->tokens[f->token_count++] = make_token(f, s->begin, at, s->key);
        }
        at = s->begin;
    }
    for (uint32_t low = first, high = f->token_count; low + 1 < high; ++low) {
        --high;
        const kg_i_token swapped = f->tokens[low];
        f->tokens[low] = f->tokens[high];
        f->tokens[high] = swapped;
    }
}

kg_status kg_i_find_tokens(kg_i_finder* f, kg_error* error) {
    uint32_t longest = 0;
    uint32_t total = 0;
    for (uint32_t i = 0; i < f->sentence_count; ++i) {
        const uint32_t length = f->sentences[i].end - f->sentences[i].begin;
        longest = length > longest ? length : longest;
        total += length;
    }
    kg_i_arena* const arena = f->scope->arena;
    f->tokens = kg_i_arena_array(arena, (size_t)total + 1, sizeof *f->tokens);
    f->first_token = kg_i_arena_array(arena, (size_t)f->sentence_count + 1, sizeof(uint32_t));
    step* const steps = kg_i_arena_array(arena, (size_t)longest + 1, sizeof *steps);
    if (!f->tokens || !f->first_token || !steps) {
        return KG_OUT_OF_MEMORY(error);
    }
    for (uint32_t i = 0; i < f->sentence_count; ++i) {
        const kg_sentence s = f->sentences[i];
        f->first_token[i] = f->token_count;
        if (s.begin < s.end) {
            find_steps(f, s.begin, s.end, steps);
            take_tokens(f, s.begin, s.end, steps);
        }
    }
    f->first_token[f->sentence_count] = f->token_count;
    return KG_OK;
}
