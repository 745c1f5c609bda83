// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the tables of `ontology/lexicon` and compiles them. Faults are collected: each is reported,
// the first one is kept, and loading fails at the end if there was any.
#include "kg/lexicon.h"

#include "base/buffer.h"
#include "base/map.h"
#include "base/message.h"
#include "base/try.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "lexicon/lexicon_i.h"
#include "lexicon/tsv.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILE = 64 << 20, MAX_ENTRIES = 1 << 21, MAX_CLASSES = 1024, MAX_ALIASES = 256 };

typedef struct {
    uint32_t key;
    kg_i_sense sense;
} keyed_sense;

/// A reference to another entry that can be checked only when all tables are read.
typedef struct {
    uint32_t entry;
    uint32_t file;
    uint64_t line;
} reference;

typedef struct {
    kg_lexicon* lexicon;
    kg_i_automaton_builder* builder;
    const kg_diagnostics* diagnostics;
    kg_error first;
    KG_I_VEC(kg_lexicon_entry) entries;
    KG_I_VEC(kg_i_entry_more) more;
    KG_I_VEC(keyed_sense) senses;
    KG_I_VEC(kg_slice) classes;
    KG_I_VEC(kg_slice) files; ///< names, in the lexicon's arena
    KG_I_VEC(reference) parents;
    kg_i_map ids;
    bool out_of_memory;
} loader;

static void fault(loader* l, uint64_t line, const char* reason, kg_slice about) {
    kg_error error = {0};
    char shown[128];
    const size_t size = kg_i_utf8_cut(about, sizeof shown - 1);
    if (size && about.ptr) {
        memcpy(shown, about.ptr, size);
    }
    shown[size] = '\0';
    const char* const file = l->files.count ? l->files.items[l->files.count - 1].ptr : NULL;
    (void)kg_fail_at(&error, KG_ERR_FORMAT, file, line, 0, "%s%s%s", reason, size ? ": " : "",
                     shown);
    kg_report(l->diagnostics, KG_ERROR, &error);
    if (l->first.status == KG_OK) {
        l->first = error;
    }
}

static kg_slice keep(loader* l, kg_slice text) {
    if (text.len == 0) {
        return (kg_slice){0};
    }
    const kg_slice kept = kg_i_arena_copy(&l->lexicon->arena, text);
    l->out_of_memory |= !kept.ptr;
    return kept;
}

static uint16_t class_number(loader* l, kg_slice name) {
    for (size_t i = 0; i < l->classes.count; ++i) {
        if (kg_slice_equal(l->classes.items[i], name)) {
            return (uint16_t)i;
        }
    }
    if (l->classes.count >= MAX_CLASSES) {
        return KG_I_NO_CLASS;
    }
    if (!kg_i_vec_push(&l->classes, keep(l, name))) {
        l->out_of_memory = true;
        return KG_I_NO_CLASS;
    }
    return (uint16_t)(l->classes.count - 1);
}

/// Put a string with a meaning into the automaton.
static void add_sense(loader* l, uint64_t line, kg_slice text, kg_i_sense sense) {
    uint32_t key = 0;
    switch (kg_i_automaton_add(l->builder, text, &key)) {
    case KG_OK:
        break;
    case KG_ERR_FORMAT:
        fault(l, line, KG_("empty or not UTF-8"), (kg_slice){0});
        return;
    case KG_ERR_LIMIT:
        fault(l, line, KG_("too long, or too many names"), text);
        return;
    default:
        l->out_of_memory = true;
        return;
    }
    if (!kg_i_vec_push(&l->senses, (keyed_sense){key, sense})) {
        l->out_of_memory = true;
    }
}

/// A trailing question mark: the name is ambiguous. Cut it.
static bool cut_doubt(kg_slice* text) {
    if (text->len > 1 && text->ptr[text->len - 1] == '?') {
        --text->len;
        return true;
    }
    return false;
}

// Tables of things ---------------------------------------------------------------------------

enum { ID, NAME, ALIASES, PARENT, LEVEL, PLACE, KIND, SECTORS, USE };
static const char* const thing_columns[] = {"id",    "name", "aliases", "parent", "level",
                                            "place", "kind", "sectors", "use",    NULL};
static const char* const company_columns[] = {"id",    "name", "aliases", "group", "level",
                                              "place", "kind", "sectors", "use",   NULL};

static void add_aliases(loader* l, const kg_i_tsv* row, kg_lexicon_entry* entry, kg_i_sense sense) {
    kg_slice aliases[MAX_ALIASES];
    uint32_t count = 0;
    kg_slice list = kg_i_tsv_cell(row, ALIASES);
    for (kg_slice part; kg_i_list_next(&list, &part);) {
        if (count == MAX_ALIASES) {
            fault(l, row->line, KG_("too many aliases"), entry->name);
            break;
        }
        sense.alias = true;
        sense.ambiguous = cut_doubt(&part);
        aliases[count++] = keep(l, part);
        add_sense(l, row->line, part, sense);
    }
    kg_slice* const kept = kg_i_arena_array(&l->lexicon->arena, count, sizeof *kept);
    if (count && !kept) {
        l->out_of_memory = true;
        return;
    }
    if (count) {
        memcpy(kept, aliases, count * sizeof *kept);
    }
    entry->aliases = kept;
    entry->alias_count = count;
}

static void add_thing(loader* l, const kg_i_tsv* row, kg_type type) {
    const kg_slice id = kg_i_tsv_cell(row, ID);
    kg_slice name = kg_i_tsv_cell(row, NAME);
    const bool doubt = cut_doubt(&name);
    if (id.len == 0 || name.len == 0) {
        fault(l, row->line, KG_("a row needs an id and a name"), id.len ? id : name);
        return;
    }
    if (l->entries.count >= MAX_ENTRIES) {
        fault(l, row->line, KG_("too many entries"), id);
        return;
    }
    const uint32_t number = (uint32_t)l->entries.count;
    kg_lexicon_entry entry = {.type = type,
                              .id = keep(l, id),
                              .name = keep(l, name),
                              .parent_id = keep(l, kg_i_tsv_cell(row, PARENT))};
    bool is_new = false;
    if (!entry.id.ptr || !kg_i_map_put(&l->ids, entry.id, number, &is_new)) {
        l->out_of_memory = true;
        return;
    }
    if (!is_new) {
        fault(l, row->line, KG_("this id is used before"), id);
        return;
    }
    const kg_slice use = kg_i_tsv_cell(row, USE);
    if (use.len && !kg_slice_equal(use, KG_LIT("strict")) &&
        !kg_slice_equal(use, KG_LIT("loose"))) {
        fault(l, row->line, KG_("use is strict or loose"), use);
    }
    const kg_i_sense sense = {
        .kind = KG_I_SENSE_ENTRY, .type = type, .ambiguous = doubt, .entry = number};
    add_sense(l, row->line, name, sense);
    add_aliases(l, row, &entry, sense);
    const kg_i_entry_more more = {.place = keep(l, kg_i_tsv_cell(row, PLACE)),
                                  .level = keep(l, kg_i_tsv_cell(row, LEVEL)),
                                  .kind = keep(l, kg_i_tsv_cell(row, KIND)),
                                  .sectors = keep(l, kg_i_tsv_cell(row, SECTORS)),
                                  .loose = kg_slice_equal(use, KG_LIT("loose"))};
    const reference parent = {number, (uint32_t)l->files.count - 1, row->line};
    if (!kg_i_vec_push(&l->entries, entry) || !kg_i_vec_push(&l->more, more) ||
        (entry.parent_id.len && !kg_i_vec_push(&l->parents, parent))) {
        l->out_of_memory = true;
    }
}

// Tables of words ----------------------------------------------------------------------------

enum { TEXT, CLASS, ROLE = CLASS, TYPE, FREQUENCY = TYPE };
static const char* const word_columns[] = {"text", "class", "frequency", NULL};
static const char* const affix_columns[] = {"text", "role", "type", NULL};

/// -8 ln(n / 10^7), the cost of a word that came `text` times in ten million.
static uint8_t cost_of(loader* l, uint64_t line, kg_slice text) {
    uint64_t n = 0;
    for (size_t i = 0; i < text.len; ++i) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || n > 10000000) {
            fault(l, line, KG_("a frequency is a number up to ten million"), text);
            return 0;
        }
        n = n * 10 + (uint64_t)(text.ptr[i] - '0');
    }
    const double cost = n ? 8.0 * (16.118 - log((double)n)) : 0.0;
    return n ? (uint8_t)(cost < 1.0 ? 1.0 : cost) : 0;
}

static void add_word(loader* l, const kg_i_tsv* row, kg_type type) {
    (void)type;
    kg_slice text = kg_i_tsv_cell(row, TEXT);
    const bool doubt = cut_doubt(&text);
    const kg_slice class = kg_i_tsv_cell(row, CLASS);
    if (text.len == 0 || class.len == 0) {
        fault(l, row->line, KG_("a row needs a text and a class"), text);
        return;
    }
    add_sense(l, row->line, text,
              (kg_i_sense){.kind = KG_I_SENSE_WORD,
                           .type = KG_TYPE_COUNT,
                           .class = class_number(l, class),
                           .ambiguous = doubt,
                           .cost = cost_of(l, row->line, kg_i_tsv_cell(row, FREQUENCY)),
                           .entry = KG_I_NO_ENTRY});
}

static void add_affix(loader* l, const kg_i_tsv* row, kg_type any) {
    kg_slice text = kg_i_tsv_cell(row, TEXT);
    const kg_slice role = kg_i_tsv_cell(row, ROLE);
    const kg_slice type = kg_i_tsv_cell(row, TYPE);
    const bool doubt = cut_doubt(&text);
    kg_type known = any;
    if (text.len == 0 || role.len == 0) {
        fault(l, row->line, KG_("a row needs a text and a role"), text);
        return;
    }
    if (type.len && !kg_slice_equal(type, KG_LIT("-")) && !kg_slice_equal(type, KG_LIT("*")) &&
        !kg_slice_equal(type, KG_LIT("any")) && kg_type_parse(type, &known) != KG_OK) {
        fault(l, row->line, KG_("no such entity type"), type);
        return;
    }
    add_sense(l, row->line, text,
              (kg_i_sense){.kind = KG_I_SENSE_AFFIX,
                           .type = known,
                           .class = class_number(l, role),
                           .ambiguous = doubt,
                           .entry = KG_I_NO_ENTRY});
}

/// The tables by the first word of their file's name.
static const struct {
    const char* stem;
    const char* const* columns;
    int required;
    kg_type type;
    void (*add)(loader* l, const kg_i_tsv* row, kg_type type);
} tables[] = {
    {"places", thing_columns, 2, KG_PLACE, add_thing},
    {"parks", thing_columns, 2, KG_PARK, add_thing},
    {"companies", company_columns, 2, KG_COMPANY, add_thing},
    {"organizations", thing_columns, 2, KG_ORGANIZATION, add_thing},
    {"sectors", thing_columns, 2, KG_SECTOR, add_thing},
    {"affixes", affix_columns, 2, KG_TYPE_COUNT, add_affix},
    {"words", word_columns, 2, KG_TYPE_COUNT, add_word},
};
enum { TABLES = sizeof tables / sizeof *tables };

// Files --------------------------------------------------------------------------------------

static kg_status read_file(const char* path, kg_i_buffer* out, kg_error* error) {
    FILE* const file = fopen(path, "rb");
    if (!file) {
        return kg_fail(error, KG_ERR_IO, path, KG_("cannot open: %s"), strerror(errno));
    }
    kg_status status = KG_OK;
    char block[1 << 14];
    size_t size;
    while (status == KG_OK && (size = fread(block, 1, sizeof block, file)) > 0) {
        kg_i_buffer_add(out, block, size);
        if (out->len > MAX_FILE) {
            status = kg_fail(error, KG_ERR_LIMIT, path, KG_("larger than %d MB"), MAX_FILE >> 20);
        }
    }
    if (status == KG_OK && ferror(file)) {
        status = kg_fail(error, KG_ERR_IO, path, KG_("cannot read: %s"), strerror(errno));
    }
    (void)fclose(file);
    return status == KG_OK && out->failed ? KG_OUT_OF_MEMORY(error) : status;
}

/// `companies.tsv`, `companies-mine.tsv` and `companies_2.tsv` are tables of companies.
static int table_of(const char* name) {
    const size_t stem = strcspn(name, "-_.");
    for (int i = 0; i < TABLES; ++i) {
        if (strlen(tables[i].stem) == stem && strncmp(tables[i].stem, name, stem) == 0) {
            return i;
        }
    }
    return -1;
}

static void load_text(loader* l, int table, kg_slice text) {
    size_t valid = 0;
    if (!kg_i_utf8_valid(text, &valid)) {
        uint64_t line = 1;
        for (size_t i = 0; i < valid; ++i) {
            line += text.ptr[i] == '\n';
        }
        fault(l, line, KG_("not UTF-8"), (kg_slice){0});
        return;
    }
    kg_i_tsv row;
    const int missing = kg_i_tsv_begin(&row, text, tables[table].columns, tables[table].required);
    if (missing >= 0) {
        fault(l, row.line ? row.line : 1, KG_("the header lacks the column"),
              kg_slice_of(tables[table].columns[missing]));
        return;
    }
    while (!l->out_of_memory && kg_i_tsv_next(&row)) {
        tables[table].add(l, &row, tables[table].type);
    }
}

static kg_status load_file(loader* l, const char* folder, const char* name, kg_error* error) {
    kg_i_buffer path = {0};
    kg_i_buffer_format(&path, "%s/%s", folder, name);
    if (path.failed) {
        kg_i_buffer_dispose(&path);
        return KG_OUT_OF_MEMORY(error);
    }
    if (!kg_i_vec_push(&l->files, keep(l, kg_i_buffer_slice(&path)))) {
        l->out_of_memory = true;
    }
    const int table = table_of(name);
    kg_i_buffer text = {0};
    kg_status status = KG_OK;
    if (table < 0) {
        fault(l, 0,
              KG_("a table's name begins with places, parks, companies, organizations, sectors, "
                  "affixes or words"),
              kg_slice_of(name));
    } else {
        status = read_file(path.ptr, &text, error);
        if (status == KG_OK) {
            load_text(l, table, kg_i_buffer_slice(&text));
        }
    }
    kg_i_buffer_dispose(&text);
    kg_i_buffer_dispose(&path);
    return status == KG_OK && l->out_of_memory ? KG_OUT_OF_MEMORY(error) : status;
}

static int is_table(const struct dirent* entry) {
    const size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > 4 && strcmp(entry->d_name + length - 4, ".tsv") == 0;
}

static int by_bytes(const struct dirent** a, const struct dirent** b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static kg_status load_folder(loader* l, const char* folder, kg_error* error) {
    struct dirent** names = NULL;
    const int count = scandir(folder, &names, is_table, by_bytes);
    if (count < 0) {
        return kg_fail(error, KG_ERR_IO, folder, KG_("cannot open: %s"), strerror(errno));
    }
    kg_status status = KG_OK;
    for (int i = 0; i < count; ++i) {
        if (status == KG_OK) {
            status = load_file(l, folder, names[i]->d_name, error);
        }
        free(names[i]);
    }
    free(names);
    return status;
}

// Compiling ----------------------------------------------------------------------------------

static void check_parents(loader* l) {
    for (size_t i = 0; i < l->parents.count; ++i) {
        const reference* const r = &l->parents.items[i];
        const kg_slice parent = l->entries.items[r->entry].parent_id;
        if (!kg_i_map_get(&l->ids, parent)) {
            const size_t files = l->files.count;
            l->files.count = r->file + 1; // the file that `fault` names
            fault(l, r->line, KG_("no row has the id that this row names as its parent"), parent);
            l->files.count = files;
        }
    }
}

static int by_entry_id(const void* left, const void* right, void* handle) {
    const kg_lexicon_entry* const entries = handle;
    return kg_slice_compare(entries[*(const uint32_t*)left].id,
                            entries[*(const uint32_t*)right].id);
}

static void* keep_array(loader* l, const void* items, size_t count, size_t size) {
    void* const kept = kg_i_arena_array(&l->lexicon->arena, count + 1, size);
    if (!kept) {
        l->out_of_memory = true;
    } else if (count) {
        memcpy(kept, items, count * size);
    }
    return kept;
}

/// Senses in the order of their keys, within a key as the tables had them.
static void sort_senses(loader* l, uint32_t key_count) {
    kg_lexicon* const x = l->lexicon;
    x->first_sense = kg_i_arena_array(&x->arena, (size_t)key_count + 2, sizeof *x->first_sense);
    x->senses = kg_i_arena_array(&x->arena, l->senses.count + 1, sizeof *x->senses);
    if (!x->first_sense || !x->senses) {
        l->out_of_memory = true;
        return;
    }
    uint32_t* const end = x->first_sense + 1; // end[key] runs from first to last of the key
    for (size_t i = 0; i < l->senses.count; ++i) {
        ++end[l->senses.items[i].key + 1];
    }
    for (uint32_t i = 0; i < key_count; ++i) {
        end[i + 1] += end[i];
    }
    for (size_t i = 0; i < l->senses.count; ++i) {
        x->senses[end[l->senses.items[i].key]++] = l->senses.items[i].sense;
    }
}

static kg_status compile(loader* l, kg_error* error) {
    kg_lexicon* const x = l->lexicon;
    x->entry_count = (uint32_t)l->entries.count;
    x->class_count = (uint32_t)l->classes.count;
    x->entries = keep_array(l, l->entries.items, l->entries.count, sizeof *x->entries);
    x->more = keep_array(l, l->more.items, l->more.count, sizeof *x->more);
    x->classes = keep_array(l, l->classes.items, l->classes.count, sizeof *x->classes);
    x->by_id = kg_i_arena_array(&x->arena, l->entries.count + 1, sizeof *x->by_id);
    const kg_status status = kg_i_automaton_build(l->builder, &x->automaton);
    if (status == KG_ERR_MEMORY || l->out_of_memory || !x->by_id) {
        return KG_OUT_OF_MEMORY(error);
    }
    if (status != KG_OK) {
        return kg_fail(error, status, NULL, "%s", KG_("too many names"));
    }
    for (uint32_t i = 0; i < x->entry_count; ++i) {
        x->by_id[i] = i;
    }
    qsort_r(x->by_id, x->entry_count, sizeof *x->by_id, by_entry_id, x->entries);
    sort_senses(l, kg_i_automaton_count(x->automaton));
    if (!l->out_of_memory && !kg_i_lexicon_flag_keys(x)) {
        l->out_of_memory = true;
    }
    return l->out_of_memory ? KG_OUT_OF_MEMORY(error) : KG_OK;
}

static kg_status load(loader* l, const char* folder, kg_error* error) {
    kg_i_buffer path = {0};
    kg_i_buffer_format(&path, "%s/lexicon", folder);
    kg_status status = path.failed ? KG_OUT_OF_MEMORY(error) : load_folder(l, path.ptr, error);
    kg_i_buffer_dispose(&path);
    if (status == KG_OK) {
        l->lexicon->folder = keep(l, kg_slice_of(folder));
        check_parents(l);
        if (l->first.status != KG_OK) {
            status = kg_fail_at(error, l->first.status, l->first.source, l->first.line, 0, "%s",
                                l->first.text);
        }
    }
    return status == KG_OK ? compile(l, error) : status;
}

kg_status kg_lexicon_load(const char* folder, const kg_diagnostics* diagnostics, kg_lexicon** out,
                          kg_error* error) {
    *out = NULL;
    loader l = {.lexicon = calloc(1, sizeof *l.lexicon),
                .builder = kg_i_automaton_builder_new(),
                .diagnostics = diagnostics};
    const kg_status status =
        l.lexicon && l.builder ? load(&l, folder, error) : KG_OUT_OF_MEMORY(error);
    kg_i_automaton_builder_free(l.builder);
    kg_i_map_dispose(&l.ids);
    kg_i_vec_dispose(&l.entries);
    kg_i_vec_dispose(&l.more);
    kg_i_vec_dispose(&l.senses);
    kg_i_vec_dispose(&l.classes);
    kg_i_vec_dispose(&l.files);
    kg_i_vec_dispose(&l.parents);
    if (status != KG_OK) {
        kg_lexicon_free(l.lexicon);
        return status;
    }
    *out = l.lexicon;
    return KG_OK;
}
