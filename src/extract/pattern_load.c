// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pattern.h"

#include "base/buffer.h"
#include "base/map.h"
#include "base/message.h"
#include "base/try.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 4 * 1024 * 1024, FILES_LIMIT = 256 };

static const char* const known_classes[KG_I_CLASS_KNOWN] = {
    "ignore", "not", "hope", "plan", "agree", "done", "ended", "post", "join", "tail",
};

/// A file read in two passes: classes first, so that they may stand behind their use.
typedef struct {
    kg_i_patterns* patterns;
    kg_i_automaton_builder* builder;
    KG_I_VEC(kg_slice) words;
    KG_I_VEC(kg_i_class_set) sets;
    kg_i_map class_map;
    kg_i_map id_map;
    KG_I_VEC(kg_i_pattern) items;
    const kg_diagnostics* diagnostics;
    kg_error* error;
    kg_status status;
    const char* name; ///< of the file
    const char* line_start;
    uint64_t line;
} loader;

/// The rest of one line.
typedef struct {
    const char* at;
    const char* end;
} cursor;

static kg_status complain(loader* l, const char* at, kg_status status, const char* text,
                          kg_slice detail) {
    uint64_t column = 1;
    for (const char* p = l->line_start; p < at; ++p) {
        column += ((unsigned char)*p & 0xC0) != 0x80;
    }
    kg_error error = {0};
    (void)kg_fail_at(&error, status, l->name, l->line, column, "%s%.*s", text, (int)detail.len,
                     detail.len ? detail.ptr : "");
    kg_report(l->diagnostics, KG_ERROR, &error);
    if (l->error && l->error->status == KG_OK) {
        *l->error = error;
    }
    if (l->status == KG_OK) {
        l->status = status;
    }
    return status;
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

static void skip_space(cursor* c) {
    while (c->at < c->end && is_space(*c->at)) {
        ++c->at;
    }
}

static kg_slice take_word(cursor* c) {
    skip_space(c);
    const char* const begin = c->at;
    while (c->at < c->end && !is_space(*c->at)) {
        ++c->at;
    }
    return (kg_slice){begin, (size_t)(c->at - begin)};
}

// Classes ------------------------------------------------------------------------------------

static kg_status class_index(loader* l, kg_slice name, const char* at, bool make, uint16_t* out) {
    const uint32_t* const known = kg_i_map_get(&l->class_map, name);
    if (known) {
        *out = (uint16_t)*known;
        return KG_OK;
    }
    if (!make) {
        return complain(l, at, KG_ERR_FORMAT, KG_("no such word class: @"), name);
    }
    if (l->patterns->class_count >= KG_I_CLASS_MAX) {
        return complain(l, at, KG_ERR_LIMIT, KG_("too many word classes"), (kg_slice){0});
    }
    const kg_slice copy = kg_i_arena_copy(&l->patterns->arena, name);
    const uint32_t index = l->patterns->class_count++;
    l->patterns->class_names[index] = copy;
    if (!copy.ptr || (copy.len && !kg_i_map_put(&l->class_map, copy, index, NULL))) {
        return KG_OUT_OF_MEMORY(l->error);
    }
    *out = (uint16_t)index;
    return KG_OK;
}

static kg_status add_word(loader* l, kg_slice word, const char* at, uint16_t index) {
    uint32_t key = 0;
    const kg_status status = kg_i_automaton_add(l->builder, word, &key);
    if (status != KG_OK) {
        return complain(l, at, status, KG_("not a usable word: "), word);
    }
    if (key >= l->words.count) {
        const kg_slice copy = kg_i_arena_copy(&l->patterns->arena, word);
        if (!copy.ptr || !kg_i_vec_push(&l->words, copy) ||
            !kg_i_vec_push(&l->sets, (kg_i_class_set){{0}})) {
            return KG_OUT_OF_MEMORY(l->error);
        }
    }
    kg_i_class_add(&l->sets.items[key], index);
    return KG_OK;
}

static void read_class(loader* l, cursor c) {
    const char* const at = c.at;
    kg_slice name = take_word(&c);
    ++name.ptr;
    --name.len;
    uint16_t index = 0;
    if (name.len == 0) {
        (void)complain(l, at, KG_ERR_FORMAT, KG_("a word class needs a name"), (kg_slice){0});
        return;
    }
    if (class_index(l, name, at, true, &index) != KG_OK) {
        return;
    }
    for (;;) {
        skip_space(&c);
        if (c.at >= c.end || *c.at == '#') {
            return;
        }
        const char* const where = c.at;
        if (add_word(l, take_word(&c), where, index) != KG_OK) {
            return;
        }
    }
}

// Items --------------------------------------------------------------------------------------

static kg_status read_types(loader* l, const char* begin, const char* end, uint8_t* out) {
    const char* at = begin;
    while (at < end) {
        const char* const comma = memchr(at, ',', (size_t)(end - at));
        const char* const stop = comma ? comma : end;
        kg_type type = KG_TYPE_COUNT;
        const kg_slice name = {at, (size_t)(stop - at)};
        if (kg_type_parse(name, &type) != KG_OK) {
            return complain(l, at, KG_ERR_FORMAT, KG_("no such entity type: "), name);
        }
        *out |= (uint8_t)(1u << type);
        at = comma ? comma + 1 : end;
    }
    return *out ? KG_OK
                : complain(l, begin, KG_ERR_FORMAT, KG_("a slot needs types"), (kg_slice){0});
}

/// {S:Company,Organization} {O+:Park} {S~:Company} {O:Facility<S:Company} {T}
static kg_status read_slot(loader* l, cursor* c, kg_i_item* item) {
    const char* const begin = c->at;
    const char* const close = memchr(c->at, '}', (size_t)(c->end - c->at));
    if (!close) {
        return complain(l, begin, KG_ERR_FORMAT, KG_("a slot is not closed by }"), (kg_slice){0});
    }
    c->at = close + 1;
    const char* at = begin + 1;
    if (close - at == 1 && *at == 'T') {
        item->kind = KG_I_TITLE;
        return KG_OK;
    }
    item->kind = KG_I_SLOT;
    if (at >= close || (*at != 'S' && *at != 'O')) {
        return complain(l, at, KG_ERR_FORMAT, KG_("a slot begins with S, O or T"), (kg_slice){0});
    }
    item->object = *at++ == 'O';
    for (; at < close && *at != ':'; ++at) {
        if (*at == '+') {
            item->list = true;
        } else if (*at == '~') {
            item->carried = true;
        } else {
            return complain(l, at, KG_ERR_FORMAT, KG_("a slot's marks are + and ~"), (kg_slice){0});
        }
    }
    if (at < close) {
        ++at;
    }
    const char* const inner = memchr(at, '<', (size_t)(close - at));
    KG_TRY(read_types(l, at, inner ? inner : close, &item->types));
    if (inner) {
        const char* const wanted = item->object ? "<S:" : "<O:";
        if (close - inner < 3 || memcmp(inner, wanted, 3) != 0) {
            return complain(l, inner, KG_ERR_FORMAT, KG_("the inner slot is the other end"),
                            (kg_slice){0});
        }
        KG_TRY(read_types(l, inner + 3, close, &item->inner));
    }
    return KG_OK;
}

/// [a|b|c]
static kg_status read_choice(loader* l, cursor* c, uint16_t* out) {
    const char* const begin = c->at;
    const char* const close = memchr(c->at, ']', (size_t)(c->end - c->at));
    if (!close) {
        return complain(l, begin, KG_ERR_FORMAT, KG_("a choice is not closed by ]"), (kg_slice){0});
    }
    const kg_slice text = {begin, (size_t)(close + 1 - begin)};
    c->at = close + 1;
    KG_TRY(class_index(l, text, begin, true, out));
    const char* at = begin + 1;
    while (at <= close) {
        const char* stop = at;
        while (stop < close && *stop != '|') {
            ++stop;
        }
        KG_TRY(add_word(l, (kg_slice){at, (size_t)(stop - at)}, at, *out));
        at = stop + 1;
    }
    return KG_OK;
}

static kg_status read_words(loader* l, cursor* c, kg_i_item* item) {
    if (*c->at == '[') {
        KG_TRY(read_choice(l, c, &item->words));
    } else {
        const char* const begin = c->at++;
        while (c->at < c->end && !is_space(*c->at) && *c->at != '?') {
            ++c->at;
        }
        KG_TRY(class_index(l, (kg_slice){begin + 1, (size_t)(c->at - begin - 1)}, begin, false,
                           &item->words));
    }
    if (c->at < c->end && *c->at == '?') {
        item->optional = true;
        ++c->at;
    }
    return KG_OK;
}

static kg_status read_gap(loader* l, cursor* c, kg_i_item* item) {
    const char* const begin = c->at;
    item->kind = KG_I_GAP;
    item->mode = *begin == '.'   ? KG_I_GAP_CLAUSE
                 : *begin == ',' ? KG_I_GAP_SENTENCE
                                 : KG_I_GAP_LOOSE;
    c->at += 2;
    unsigned length = 0;
    while (c->at < c->end && *c->at >= '0' && *c->at <= '9') {
        length = length * 10 + (unsigned)(*c->at++ - '0');
        if (length > KG_I_GAP_MAX) {
            return complain(l, begin, KG_ERR_LIMIT, KG_("a gap is too long"), (kg_slice){0});
        }
    }
    item->length = (uint16_t)(length ? length : 12);
    return KG_OK;
}

static kg_status read_item(loader* l, cursor* c, kg_i_item* item) {
    const char* const begin = c->at;
    *item = (kg_i_item){0};
    switch (*begin) {
    case '{':
        return read_slot(l, c, item);
    case '@':
    case '[':
        item->kind = KG_I_WORDS;
        return read_words(l, c, item);
    case '!':
        item->kind = KG_I_UNLESS;
        if (++c->at < c->end && (*c->at == '@' || *c->at == '[')) {
            return read_words(l, c, item);
        }
        break;
    case '^':
    case '$':
        item->kind = *begin == '^' ? KG_I_START : KG_I_END;
        ++c->at;
        return KG_OK;
    case '.':
    case ',':
    case ':':
        if (c->end - begin >= 2 && begin[1] == *begin) {
            return read_gap(l, c, item);
        }
        break;
    default:
        break;
    }
    return complain(l, begin, KG_ERR_FORMAT, KG_("not an item of a pattern: "),
                    take_word(&(cursor){begin, c->end}));
}

// Patterns -----------------------------------------------------------------------------------

static kg_status read_option(loader* l, kg_slice word, const char* at, kg_i_pattern* out) {
    static const char prefix[] = "status=";
    if (kg_slice_equal(word, KG_LIT("disabled"))) {
        out->disabled = true;
    } else if (kg_slice_equal(word, KG_LIT("inferred"))) {
        out->inferred = true;
    } else if (word.len > sizeof prefix - 1 && memcmp(word.ptr, prefix, sizeof prefix - 1) == 0) {
        const kg_slice value = {word.ptr + sizeof prefix - 1, word.len - (sizeof prefix - 1)};
        kg_fact_status status = KG_ACTUAL;
        if (kg_fact_status_parse(value, &status) != KG_OK) {
            return complain(l, at, KG_ERR_FORMAT, KG_("no such status: "), value);
        }
        out->status = (int8_t)status;
    } else {
        return complain(l, at, KG_ERR_FORMAT, KG_("no such option: "), word);
    }
    return KG_OK;
}

static kg_status read_head(loader* l, cursor* c, kg_i_pattern* out) {
    const char* at = c->at;
    const kg_slice id = take_word(c);
    out->id = kg_i_arena_copy(&l->patterns->arena, id);
    bool is_new = false;
    if (!out->id.ptr || !kg_i_map_put(&l->id_map, out->id, (uint32_t)l->items.count, &is_new)) {
        return KG_OUT_OF_MEMORY(l->error);
    }
    if (!is_new) {
        return complain(l, at, KG_ERR_FORMAT, KG_("this id is taken: "), id);
    }
    skip_space(c);
    at = c->at;
    const kg_slice predicate = take_word(c);
    if (kg_predicate_parse(predicate, &out->predicate) != KG_OK) {
        return complain(l, at, KG_ERR_FORMAT, KG_("no such predicate: "), predicate);
    }
    skip_space(c);
    at = c->at;
    const kg_slice number = take_word(c);
    char text[16] = {0};
    char* stop = text;
    if (number.len < sizeof text) {
        memcpy(text, number.ptr, number.len);
        out->confidence = strtof(text, &stop);
    }
    if (stop == text || *stop || !(out->confidence > 0 && out->confidence <= 1)) {
        return complain(l, at, KG_ERR_FORMAT, KG_("not a confidence in (0,1]: "), number);
    }
    return KG_OK;
}

/// Both ends must be there once, carried or not, and the types must fit the predicate.
static kg_status check(loader* l, const char* at, const kg_i_pattern* p) {
    uint8_t types[2] = {0, 0};
    unsigned slots = 0;
    for (unsigned i = 0; i < p->item_count; ++i) {
        const kg_i_item* const item = &p->items[i];
        if (item->kind == KG_I_SLOT) {
            types[item->object] |= item->types;
            types[!item->object] |= item->inner;
            slots += item->inner ? 2 : 1;
            if (item->carried && i != 0) {
                return complain(l, at, KG_ERR_FORMAT, KG_("a carried slot comes first"),
                                (kg_slice){0});
            }
        }
    }
    bool fits = slots == 2;
    for (unsigned s = 0; fits && s < KG_TYPE_COUNT; ++s) {
        bool any = false;
        for (unsigned o = 0; o < KG_TYPE_COUNT; ++o) {
            any |= (types[1] >> o & 1) && kg_predicate_allows(p->predicate, (kg_type)s, (kg_type)o);
        }
        fits = any || !(types[0] >> s & 1);
    }
    if (!fits || !types[0] || !types[1]) {
        return complain(l, at, KG_ERR_FORMAT,
                        KG_("a pattern has one S and one O whose types the predicate allows"),
                        (kg_slice){0});
    }
    return KG_OK;
}

static kg_status read_items(loader* l, cursor* c, kg_i_pattern* out) {
    kg_i_item items[KG_I_ITEM_MAX];
    unsigned count = 0;
    out->need = KG_I_CLASS_MAX;
    for (;;) {
        skip_space(c);
        if (c->at >= c->end || *c->at == '#' || *c->at == ';') {
            break;
        }
        if (count == KG_I_ITEM_MAX) {
            return complain(l, c->at, KG_ERR_LIMIT, KG_("too many items"), (kg_slice){0});
        }
        kg_i_item* const item = &items[count++];
        KG_TRY(read_item(l, c, item));
        if (item->kind == KG_I_WORDS && !item->optional && out->need == KG_I_CLASS_MAX) {
            out->need = item->words;
        }
    }
    out->item_count = (uint8_t)count;
    out->items = kg_i_arena_array(&l->patterns->arena, count + 1, sizeof *items);
    if (!out->items) {
        return KG_OUT_OF_MEMORY(l->error);
    }
    memcpy(out->items, items, count * sizeof *items);
    return KG_OK;
}

static void read_pattern(loader* l, cursor c) {
    const char* const at = c.at;
    kg_i_pattern pattern = {.status = -1};
    if (read_head(l, &c, &pattern) != KG_OK || read_items(l, &c, &pattern) != KG_OK ||
        check(l, at, &pattern) != KG_OK) {
        return;
    }
    if (c.at < c.end && *c.at == ';') {
        ++c.at;
        for (skip_space(&c); c.at < c.end && *c.at != '#'; skip_space(&c)) {
            const char* const where = c.at;
            if (read_option(l, take_word(&c), where, &pattern) != KG_OK) {
                return;
            }
        }
    }
    if (l->items.count >= KG_I_PATTERN_MAX) {
        (void)complain(l, at, KG_ERR_LIMIT, KG_("too many patterns"), (kg_slice){0});
    } else if (!kg_i_vec_push(&l->items, pattern)) {
        l->status = KG_OUT_OF_MEMORY(l->error);
    }
}

// Files --------------------------------------------------------------------------------------

static void read_text(loader* l, kg_slice text, bool classes) {
    size_t valid = 0;
    l->line = 1;
    l->line_start = text.ptr;
    if (!kg_i_utf8_valid(text, &valid)) {
        if (classes) {
            (void)complain(l, text.ptr, KG_ERR_FORMAT, KG_("not UTF-8"), (kg_slice){0});
        }
        text.len = valid;
    }
    const char* at = text.ptr;
    const char* const end = text.ptr + text.len;
    if (text.len >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) {
        at += 3;
    }
    for (; at < end && l->status != KG_ERR_MEMORY; ++l->line) {
        const char* const stop = memchr(at, '\n', (size_t)(end - at));
        cursor c = {at, stop ? stop : end};
        l->line_start = at;
        skip_space(&c);
        const bool is_class = c.at < c.end && *c.at == '@';
        if (c.at < c.end && *c.at != '#' && is_class == classes) {
            if (is_class) {
                read_class(l, c);
            } else {
                read_pattern(l, c);
            }
        }
        at = stop ? stop + 1 : end;
    }
}

static kg_status begin(loader* l) {
    kg_i_patterns* const p = l->patterns;
    *p = (kg_i_patterns){0};
    p->class_names = kg_i_arena_array(&p->arena, KG_I_CLASS_MAX, sizeof *p->class_names);
    l->builder = kg_i_automaton_builder_new();
    if (!p->class_names || !l->builder) {
        return KG_OUT_OF_MEMORY(l->error);
    }
    for (unsigned i = 0; i < KG_I_CLASS_KNOWN; ++i) {
        uint16_t index = 0;
        KG_TRY(class_index(l, kg_slice_of(known_classes[i]), "", true, &index));
    }
    return KG_OK;
}

static kg_status keep(kg_i_arena* arena, void** out, const void* items, size_t count, size_t size) {
    *out = kg_i_arena_array(arena, count + 1, size);
    if (!*out) {
        return KG_ERR_MEMORY;
    }
    if (count) {
        memcpy(*out, items, count * size);
    }
    return KG_OK;
}

static kg_status finish(loader* l) {
    kg_i_patterns* const p = l->patterns;
    KG_TRY(l->status);
    if (kg_i_automaton_build(l->builder, &p->automaton) != KG_OK ||
        keep(&p->arena, (void**)&p->items, l->items.items, l->items.count, sizeof *p->items) !=
            KG_OK ||
        keep(&p->arena, (void**)&p->words, l->words.items, l->words.count, sizeof *p->words) !=
            KG_OK ||
        keep(&p->arena, (void**)&p->word_classes, l->sets.items, l->sets.count,
             sizeof *p->word_classes) != KG_OK) {
        return KG_OUT_OF_MEMORY(l->error);
    }
    p->count = (uint32_t)l->items.count;
    p->word_count = (uint32_t)l->words.count;
    return KG_OK;
}

static void end_loading(loader* l, kg_status status) {
    kg_i_vec_dispose(&l->words);
    kg_i_vec_dispose(&l->sets);
    kg_i_vec_dispose(&l->items);
    kg_i_map_dispose(&l->class_map);
    kg_i_map_dispose(&l->id_map);
    kg_i_automaton_builder_free(l->builder);
    if (status != KG_OK) {
        kg_i_patterns_dispose(l->patterns);
    }
}

kg_status kg_i_patterns_parse(kg_slice text, const char* name, kg_i_patterns* out,
                              kg_error* error) {
    loader l = {.patterns = out, .error = error, .name = name};
    kg_status status = begin(&l);
    if (status == KG_OK) {
        read_text(&l, text, true);
        read_text(&l, text, false);
        status = finish(&l);
    }
    end_loading(&l, status);
    return status;
}

static int is_pattern_file(const struct dirent* entry) {
    const size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > 4 && strcmp(entry->d_name + length - 4, ".pat") == 0;
}

static int by_bytes(const struct dirent** a, const struct dirent** b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static kg_status read_file(loader* l, const char* path, kg_i_buffer* out) {
    FILE* const file = fopen(path, "rb");
    if (!file) {
        return kg_fail(l->error, KG_ERR_IO, path, KG_("cannot open: %s"), strerror(errno));
    }
    kg_status status = KG_OK;
    while (status == KG_OK && !feof(file)) {
        if (ferror(file)) {
            status = kg_fail(l->error, KG_ERR_IO, path, KG_("cannot read: %s"), strerror(errno));
        } else if (!kg_i_buffer_reserve(out, 65536)) {
            status = KG_OUT_OF_MEMORY(l->error);
        } else {
            const size_t got = fread(out->ptr + out->len, 1, 65536, file);
            out->len += got;
            out->ptr[out->len] = '\0';
            if (out->len > FILE_LIMIT) {
                status = kg_fail(l->error, KG_ERR_LIMIT, path, KG_("the file is too large"));
            }
        }
    }
    (void)fclose(file);
    return status;
}

static kg_status read_folder(loader* l, const char* folder, struct dirent** entries, int count) {
    kg_i_buffer* const texts = calloc((size_t)count + 1, sizeof *texts);
    kg_i_buffer path = {0};
    kg_status status = texts ? KG_OK : KG_OUT_OF_MEMORY(l->error);
    for (int i = 0; status == KG_OK && i < count; ++i) {
        kg_i_buffer_clear(&path);
        kg_i_buffer_format(&path, "%s/%s", folder, entries[i]->d_name);
        status = path.failed ? KG_OUT_OF_MEMORY(l->error) : read_file(l, path.ptr, &texts[i]);
    }
    for (int i = 0; status == KG_OK && i < 2 * count; ++i) {
        l->name = entries[i % count]->d_name;
        read_text(l, kg_i_buffer_slice(&texts[i % count]), i < count);
    }
    for (int i = 0; texts && i < count; ++i) {
        kg_i_buffer_dispose(&texts[i]);
    }
    free(texts);
    kg_i_buffer_dispose(&path);
    return status;
}

kg_status kg_i_patterns_load(const char* folder, const kg_diagnostics* diagnostics,
                             kg_i_patterns* out, kg_error* error) {
    loader l = {.patterns = out, .error = error, .diagnostics = diagnostics};
    kg_status status = begin(&l);
    struct dirent** entries = NULL;
    int count = 0;
    if (status == KG_OK) {
        count = scandir(folder, &entries, is_pattern_file, by_bytes);
        if (count > FILES_LIMIT) {
            status = kg_fail(error, KG_ERR_LIMIT, folder, KG_("too many pattern files"));
        } else if (count > 0) {
            status = read_folder(&l, folder, entries, count);
        } else if (count < 0 && errno != ENOENT) {
            status = kg_fail(error, KG_ERR_IO, folder, KG_("cannot open: %s"), strerror(errno));
        }
    }
    for (int i = 0; i < count; ++i) {
        free(entries[i]);
    }
    free(entries);
    if (status == KG_OK) {
        status = finish(&l);
    }
    end_loading(&l, status);
    return status;
}

void kg_i_patterns_dispose(kg_i_patterns* patterns) {
    kg_i_automaton_free(patterns->automaton);
    kg_i_arena_dispose(&patterns->arena);
    *patterns = (kg_i_patterns){0};
}

bool kg_i_patterns_disable(kg_i_patterns* patterns, kg_slice id) {
    for (uint32_t i = 0; i < patterns->count; ++i) {
        if (kg_slice_equal(patterns->items[i].id, id)) {
            patterns->items[i].disabled = true;
            return true;
        }
    }
    return false;
}
