// SPDX-License-Identifier: GPL-3.0-or-later
#include "automaton_i.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/try.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_KEYS = 1 << 22,
    MAX_CELLS = 1 << 26,
    MAX_SYMBOLS = UINT16_MAX,
    TRIES = 512 ///< free cells tried for a node of several children before going to the end
};

typedef struct {
    kg_slice folded; ///< UTF-8, in the arena
} key;

struct kg_i_automaton_builder {
    kg_i_arena arena;
    kg_i_map map; ///< folded word → key
    KG_I_VEC(key) keys;
};

kg_i_automaton_builder* kg_i_automaton_builder_new(void) {
    return calloc(1, sizeof(kg_i_automaton_builder));
}

void kg_i_automaton_builder_free(kg_i_automaton_builder* builder) {
    if (!builder) {
        return;
    }
    kg_i_vec_dispose(&builder->keys);
    kg_i_map_dispose(&builder->map);
    kg_i_arena_dispose(&builder->arena);
    free(builder);
}

/// Write `word` folded to `out` (room for 4 bytes a character).
static kg_status fold_word(kg_slice word, char out[4 * KG_I_KEY_CHARS], size_t* length) {
    size_t at = 0;
    unsigned count = 0;
    *length = 0;
    while (at < word.len) {
        uint32_t code = 0;
        const unsigned size = kg_i_utf8_decode(word.ptr + at, word.len - at, &code);
        if (size == 0) {
            return KG_ERR_FORMAT;
        }
        at += size;
        if (code == KG_I_INVISIBLE) {
            continue;
        }
        if (count++ == KG_I_KEY_CHARS) {
            return KG_ERR_LIMIT;
        }
        *length += kg_i_utf8_encode(kg_i_fold(code), out + *length);
    }
    return count ? KG_OK : KG_ERR_FORMAT;
}

kg_status kg_i_automaton_add(kg_i_automaton_builder* builder, kg_slice word, uint32_t* out) {
    char folded[4 * KG_I_KEY_CHARS];
    size_t length = 0;
    KG_TRY(fold_word(word, folded, &length));
    const uint32_t* const known = kg_i_map_get(&builder->map, (kg_slice){folded, length});
    if (known) {
        *out = *known;
        return KG_OK;
    }
    if (builder->keys.count >= MAX_KEYS) {
        return KG_ERR_LIMIT;
    }
    const kg_slice kept = kg_i_arena_copy(&builder->arena, (kg_slice){folded, length});
    const uint32_t number = (uint32_t)builder->keys.count;
    if (!kept.ptr || !kg_i_vec_push(&builder->keys, (key){kept})) {
        return KG_ERR_MEMORY;
    }
    if (!kg_i_map_put(&builder->map, kept, number, NULL)) {
        --builder->keys.count;
        return KG_ERR_MEMORY;
    }
    *out = number;
    return KG_OK;
}

uint32_t kg_i_automaton_builder_find(const kg_i_automaton_builder* builder, kg_slice word) {
    char folded[4 * KG_I_KEY_CHARS];
    size_t length = 0;
    if (fold_word(word, folded, &length) != KG_OK) {
        return KG_I_NO_KEY;
    }
    const uint32_t* const known = kg_i_map_get(&builder->map, (kg_slice){folded, length});
    return known ? *known : KG_I_NO_KEY;
}

// Symbols ------------------------------------------------------------------------------------

/// The symbol of `code`, made if new; 0 when out of memory or symbols.
static uint16_t put_symbol(kg_i_symbols* symbols, uint32_t code, uint32_t* pages, uint32_t* used) {
    uint16_t* const page = &symbols->page[code >> 8];
    if (*page == 0) {
        void* const grown = realloc(symbols->cells, (*pages + 1) * sizeof *symbols->cells);
        if (!grown) {
            return 0;
        }
        symbols->cells = grown;
        memset(symbols->cells[*pages], 0, sizeof *symbols->cells);
        *page = (uint16_t)(*pages)++;
    }
    uint16_t* const symbol = &symbols->cells[*page][code & 0xFF];
    if (*symbol == 0 && *used < MAX_SYMBOLS) {
        *symbol = (uint16_t)++ * used;
    }
    return *symbol;
}

/// Give every character that folds to a known one that one's symbol, so that a scan need not fold.
static bool spread_symbols(kg_i_symbols* symbols, uint32_t* pages) {
    for (uint32_t code = 0; code < 0x10000; ++code) {
        const uint32_t folded = kg_i_fold(code);
        const uint16_t symbol = folded == code ? 0 : kg_i_symbol(symbols, folded);
        if (symbol) {
            uint32_t used = MAX_SYMBOLS;
            put_symbol(symbols, code, pages, &used);
            if (symbols->page[code >> 8] == 0) {
                return false;
            }
            symbols->cells[symbols->page[code >> 8]][code & 0xFF] = symbol;
        }
    }
    return true;
}

typedef struct {
    uint16_t* text; ///< symbols, in the pool
    uint32_t length;
    uint32_t key;
} word;

typedef struct {
    kg_i_automaton* automaton;
    word* words; ///< sorted by symbols
    uint16_t* pool;
    uint32_t* order; ///< states, breadth first
    uint32_t order_count;
    uint32_t* next_free; ///< ring of free cells through cell 0
    uint32_t* last_free;
    uint32_t capacity;
    uint32_t used; ///< all cells from here on are free
} compiler;

static kg_status make_symbols(compiler* c, const kg_i_automaton_builder* builder) {
    kg_i_symbols* const symbols = &c->automaton->symbols;
    uint32_t pages = 1;
    uint32_t used = 0;
    size_t total = 0;
    symbols->cells = calloc(1, sizeof *symbols->cells);
    for (size_t i = 0; i < builder->keys.count; ++i) {
        total += builder->keys.items[i].folded.len;
    }
    c->pool = malloc((total + 1) * sizeof *c->pool);
    c->words = malloc((builder->keys.count + 1) * sizeof *c->words);
    if (!symbols->cells || !c->pool || !c->words) {
        return KG_ERR_MEMORY;
    }
    uint16_t* at = c->pool;
    for (size_t i = 0; i < builder->keys.count; ++i) {
        const kg_slice text = builder->keys.items[i].folded;
        word* const w = &c->words[i];
        *w = (word){at, 0, (uint32_t)i};
        for (size_t byte = 0; byte < text.len;) {
            uint32_t code = 0;
            byte += kg_i_utf8_decode(text.ptr + byte, text.len - byte, &code);
            *at = put_symbol(symbols, code, &pages, &used);
            if (*at++ == 0) {
                return used == MAX_SYMBOLS ? KG_ERR_LIMIT : KG_ERR_MEMORY;
            }
            ++w->length;
        }
        c->automaton->length[i] = (uint8_t)w->length;
    }
    return spread_symbols(symbols, &pages) ? KG_OK : KG_ERR_MEMORY;
}

static int compare_words(const void* left, const void* right) {
    const word* const a = left;
    const word* const b = right;
    const uint32_t common = a->length < b->length ? a->length : b->length;
    for (uint32_t i = 0; i < common; ++i) {
        if (a->text[i] != b->text[i]) {
            return a->text[i] < b->text[i] ? -1 : 1;
        }
    }
    return a->length < b->length ? -1 : a->length > b->length;
}

// The double array ---------------------------------------------------------------------------

static bool resize(void* array, size_t count, size_t size) {
    void** const place = array;
    void* const grown = realloc(*place, count * size);
    if (grown) {
        *place = grown;
    }
    return grown != NULL;
}

/// At least `wanted` cells; new ones join the ring of free cells at its end.
static kg_status grow(compiler* c, uint32_t wanted) {
    kg_i_automaton* const a = c->automaton;
    if (wanted <= c->capacity) {
        return KG_OK;
    }
    if (wanted > MAX_CELLS) {
        return KG_ERR_LIMIT;
    }
    const uint32_t capacity = wanted + wanted / 2 + 256;
    if (!resize(&a->cells, capacity, sizeof *a->cells) ||
        !resize(&a->key, capacity, sizeof *a->key) ||
        !resize(&c->order, capacity, sizeof(uint32_t)) ||
        !resize(&c->next_free, capacity, sizeof(uint32_t)) ||
        !resize(&c->last_free, capacity, sizeof(uint32_t))) {
        return KG_ERR_MEMORY;
    }
    for (uint32_t i = c->capacity; i < capacity; ++i) {
        a->cells[i] = (kg_i_cell){.parent = KG_I_NO_STATE, .output = KG_I_NO_STATE};
        a->key[i] = KG_I_NO_KEY;
        if (i == 0) {
            c->next_free[0] = c->last_free[0] = 0;
            continue;
        }
        const uint32_t last = c->last_free[0];
        c->next_free[last] = i;
        c->last_free[i] = last;
        c->next_free[i] = 0;
        c->last_free[0] = i;
    }
    c->capacity = a->cell_count = capacity;
    return KG_OK;
}

static bool is_free(const compiler* c, uint32_t cell) {
    return cell != 0 && (cell >= c->capacity || c->automaton->cells[cell].parent == KG_I_NO_STATE);
}

/// A base at which the cells of all `symbols` (ascending) are free.
static uint32_t find_base(const compiler* c, const uint16_t* symbols, uint32_t count) {
    uint32_t cell = c->next_free[0];
    for (unsigned tries = 0; cell != 0 && tries < TRIES; ++tries, cell = c->next_free[cell]) {
        const uint32_t base = cell - symbols[0];
        uint32_t i = 1;
        while (i < count && is_free(c, base + symbols[i])) {
            ++i;
        }
        if (i == count) {
            return base;
        }
    }
    return c->used - symbols[0];
}

static kg_status place(compiler* c, uint32_t parent, const uint16_t* symbols, uint32_t count) {
    const uint32_t base = find_base(c, symbols, count);
    KG_TRY(grow(c, base + symbols[count - 1] + 1));
    c->automaton->cells[parent].base = base;
    for (uint32_t i = 0; i < count; ++i) {
        const uint32_t cell = base + symbols[i];
        c->automaton->cells[cell].parent = parent;
        c->used = cell >= c->used ? cell + 1 : c->used;
        c->next_free[c->last_free[cell]] = c->next_free[cell];
        c->last_free[c->next_free[cell]] = c->last_free[cell];
    }
    return KG_OK;
}

/// A state to be given children: the words [from, to) go through it at `depth`.
typedef struct {
    uint32_t state, from, to, depth;
} job;

typedef struct {
    KG_I_VEC(job) jobs;
    uint16_t* symbols; ///< of one state's children
} queue;

static kg_status expand(compiler* c, queue* q, job j) {
    kg_i_automaton* const a = c->automaton;
    uint32_t from = j.from;
    if (from < j.to && c->words[from].length == j.depth) {
        a->state[c->words[from].key] = j.state;
        a->key[j.state] = c->words[from++].key;
    }
    uint32_t count = 0;
    for (uint32_t i = from; i < j.to; ++i) {
        const uint16_t symbol = c->words[i].text[j.depth];
        if (count == 0 || q->symbols[count - 1] != symbol) {
            q->symbols[count++] = symbol;
        }
    }
    if (count == 0) {
        return KG_OK;
    }
    KG_TRY(place(c, j.state, q->symbols, count));
    while (from < j.to) {
        const uint16_t symbol = c->words[from].text[j.depth];
        uint32_t to = from + 1;
        while (to < j.to && c->words[to].text[j.depth] == symbol) {
            ++to;
        }
        const job child = {a->cells[j.state].base + symbol, from, to, j.depth + 1};
        if (!kg_i_vec_push(&q->jobs, child)) {
            return KG_ERR_MEMORY;
        }
        from = to;
    }
    return KG_OK;
}

static kg_status make_trie(compiler* c, uint32_t word_count) {
    queue q = {.symbols = malloc((MAX_SYMBOLS + 1) * sizeof(uint16_t))};
    kg_status status = q.symbols ? grow(c, 1) : KG_ERR_MEMORY;
    c->used = 1;
    if (status == KG_OK && !kg_i_vec_push(&q.jobs, (job){0, 0, word_count, 0})) {
        status = KG_ERR_MEMORY;
    }
    for (size_t i = 0; status == KG_OK && i < q.jobs.count; ++i) {
        const job j = q.jobs.items[i];
        status = expand(c, &q, j);
        if (status == KG_OK) {
            c->order[c->order_count++] = j.state;
        }
    }
    kg_i_vec_dispose(&q.jobs);
    free(q.symbols);
    return status;
}

/// Failure and output links, breadth first. The symbol of a cell is its index less its parent's
/// base, so that it need not be stored.
static kg_status make_links(compiler* c) {
    kg_i_automaton* const a = c->automaton;
    a->next = malloc(a->cell_count * sizeof *a->next);
    if (!a->next) {
        return KG_ERR_MEMORY;
    }
    a->next[0] = KG_I_NO_STATE;
    for (uint32_t i = 1; i < c->order_count; ++i) {
        const uint32_t state = c->order[i];
        const uint32_t parent = a->cells[state].parent;
        const uint16_t symbol = (uint16_t)(state - a->cells[parent].base);
        uint32_t fail = 0;
        for (uint32_t at = parent; at != 0;) {
            at = a->cells[at].fail;
            const uint32_t child = kg_i_automaton_child(a, at, symbol);
            if (child != KG_I_NO_STATE) {
                fail = child;
                break;
            }
        }
        a->cells[state].fail = fail;
        a->next[state] = a->cells[fail].output;
        a->cells[state].output = a->key[state] != KG_I_NO_KEY ? state : a->next[state];
    }
    return KG_OK;
}

kg_status kg_i_automaton_build(const kg_i_automaton_builder* builder, kg_i_automaton** out) {
    *out = NULL;
    const uint32_t count = (uint32_t)builder->keys.count;
    kg_i_automaton* const automaton = calloc(1, sizeof *automaton);
    if (!automaton) {
        return KG_ERR_MEMORY;
    }
    automaton->key_count = count;
    automaton->length = malloc((size_t)count + 1);
    automaton->state = calloc((size_t)count + 1, sizeof *automaton->state);
    compiler c = {.automaton = automaton};
    kg_status status =
        automaton->length && automaton->state ? make_symbols(&c, builder) : KG_ERR_MEMORY;
    if (status == KG_OK) {
        qsort(c.words, count, sizeof *c.words, compare_words);
        status = make_trie(&c, count);
    }
    if (status == KG_OK) {
        status = make_links(&c);
    }
    free(c.words);
    free(c.pool);
    free(c.order);
    free(c.next_free);
    free(c.last_free);
    if (status != KG_OK) {
        kg_i_automaton_free(automaton);
        return status;
    }
    *out = automaton;
    return KG_OK;
}
