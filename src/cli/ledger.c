// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/ledger.h"

#include "cli/message.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

// The note is text: the recipe on the first line, then "size mtime name" for each file, by name.
// Line breaks in names are escaped, as is the backslash.

typedef struct {
    char* name;
    uint64_t size;
    int64_t mtime_ns;
    bool met;    ///< in this run
    bool passed; ///< and not read again
    bool faulty;
} file;

typedef struct {
    file* items;
    size_t count;
    size_t capacity;
} file_list;

struct cli_ledger {
    file_list known; ///< of earlier runs, by name
    file_list met;   ///< of this run, in the order of reading; by name once settled
    XXH128_hash_t* seen;
    size_t seen_count;
    size_t seen_capacity;
    char* recipe;
    bool same_recipe;
    bool out_of_memory;
};

static bool grow(void** items, size_t count, size_t* capacity, size_t size) {
    if (count < *capacity) {
        return true;
    }
    const size_t wanted = *capacity ? 2 * *capacity : 64;
    void* const grown = realloc(*items, wanted * size);
    if (!grown) {
        return false;
    }
    *items = grown;
    *capacity = wanted;
    return true;
}

static file* add_file(file_list* list, kg_slice name) {
    if (!grow((void**)&list->items, list->count, &list->capacity, sizeof *list->items)) {
        return NULL;
    }
    char* const copy = strndup(name.len ? name.ptr : "", name.len);
    if (!copy) {
        return NULL;
    }
    list->items[list->count] = (file){.name = copy};
    return &list->items[list->count++];
}

static void dispose_files(file_list* list) {
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].name);
    }
    free(list->items);
}

static int by_name(const void* a, const void* b) {
    return strcmp(((const file*)a)->name, ((const file*)b)->name);
}

static void sort_files(file_list* list) {
    if (list->count) {
        qsort(list->items, list->count, sizeof *list->items, by_name);
    }
}

static file* find_file(const file_list* list, kg_slice name) {
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = kg_slice_compare(kg_slice_of(list->items[middle].name), name);
        if (order == 0) {
            return &list->items[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/// The file that a document came from: its own name, or what stands before a '#' or '!' in it.
static file* find_file_of(const file_list* list, kg_slice doc) {
    file* const whole = find_file(list, doc);
    for (size_t i = 0; i < doc.len && !whole; i++) {
        if (doc.ptr[i] == '#' || doc.ptr[i] == '!') {
            file* const part = find_file(list, (kg_slice){doc.ptr, i});
            if (part) {
                return part;
            }
        }
    }
    return whole;
}

// The note -----------------------------------------------------------------------------------

static size_t unescape(char* text, size_t length) {
    size_t to = 0;
    for (size_t from = 0; from < length; from++, to++) {
        if (text[from] == '\\' && from + 1 < length) {
            from++;
            text[to] = text[from] == 'n' ? '\n' : text[from];
        } else {
            text[to] = text[from];
        }
    }
    text[to] = '\0';
    return to;
}

static void print_escaped(FILE* out, const char* text) {
    for (; *text; text++) {
        if (*text == '\n') {
            fputs("\\n", out);
        } else if (*text == '\\') {
            fputs("\\\\", out);
        } else {
            fputc(*text, out);
        }
    }
}

/// One line of the note; a line that does not parse is passed over: its file is read again.
static bool load_line(cli_ledger* ledger, char* line, size_t length) {
    uint64_t size = 0;
    int64_t mtime = 0;
    int used = 0;
    line[length] = '\0';
    if (sscanf(line, "%" SCNu64 " %" SCNd64 " %n", &size, &mtime, &used) < 2 || !used) {
        return true;
    }
    const size_t name_length = unescape(line + used, length - (size_t)used);
    file* const entry = add_file(&ledger->known, (kg_slice){line + used, name_length});
    if (!entry) {
        return false;
    }
    entry->size = size;
    entry->mtime_ns = mtime;
    return true;
}

static bool load_note(cli_ledger* ledger, kg_slice note, const char* recipe) {
    char* const text = strndup(note.ptr, note.len);
    if (!text) {
        return false;
    }
    char* line = text;
    char* end = strchr(line, '\n');
    bool loaded = true;
    if (end) {
        *end = '\0';
        ledger->same_recipe = !recipe || strcmp(line, recipe) == 0;
        if (!recipe) {
            free(ledger->recipe);
            ledger->recipe = strdup(line);
            loaded = ledger->recipe != NULL;
        }
        line = end + 1;
    }
    while (loaded && (end = strchr(line, '\n'))) {
        loaded = load_line(ledger, line, (size_t)(end - line));
        line = end + 1;
    }
    free(text);
    sort_files(&ledger->known);
    return loaded;
}

kg_status cli_ledger_load(kg_store* store, const char* recipe, cli_ledger** out, kg_error* error) {
    cli_ledger* const ledger = calloc(1, sizeof *ledger);
    *out = NULL;
    if (!ledger || !(ledger->recipe = strdup(recipe ? recipe : ""))) {
        free(ledger);
        return kg_fail(error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
    }
    kg_slice note = {0};
    const kg_status status = kg_store_note_get(store, KG_LIT("files"), &note);
    if (status == KG_OK && !load_note(ledger, note, recipe)) {
        cli_ledger_free(ledger);
        return kg_fail(error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
    }
    if (status != KG_OK && status != KG_NO) {
        cli_ledger_free(ledger);
        return kg_fail(error, status, NULL, "%s", _("cannot read the notes of the store"));
    }
    *out = ledger;
    return KG_OK;
}

static void print_file(FILE* out, const file* entry) {
    fprintf(out, "%" PRIu64 " %" PRId64 " ", entry->size, entry->mtime_ns);
    print_escaped(out, entry->name);
    fputc('\n', out);
}

static bool is_kept(const file* entry, bool prune) {
    return entry->met ? entry->passed : !prune;
}

kg_status cli_ledger_save(const cli_ledger* ledger, kg_store* store, bool prune, kg_error* error) {
    char* text = NULL;
    size_t size = 0;
    FILE* const out = open_memstream(&text, &size);
    if (!out) {
        return kg_fail(error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
    }
    fprintf(out, "%s\n", ledger->recipe);
    for (size_t i = 0; i < ledger->known.count; i++) {
        // Of a file that another recipe read, nothing is known to be of use.
        if (ledger->same_recipe && is_kept(&ledger->known.items[i], prune)) {
            print_file(out, &ledger->known.items[i]);
        }
    }
    for (size_t i = 0; i < ledger->met.count; i++) {
        if (!ledger->met.items[i].faulty && !ledger->met.items[i].passed) {
            print_file(out, &ledger->met.items[i]);
        }
    }
    const bool written = fclose(out) == 0 && !ledger->out_of_memory;
    const kg_status status =
        written ? kg_store_note_put(store, KG_LIT("files"), (kg_slice){text, size}, error)
                : kg_fail(error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
    free(text);
    return status;
}

// Reading ------------------------------------------------------------------------------------

bool cli_ledger_same_recipe(const cli_ledger* ledger) {
    return ledger->same_recipe;
}

bool cli_ledger_visit(cli_ledger* ledger, kg_slice name, uint64_t size, int64_t mtime_ns) {
    file* const known = find_file(&ledger->known, name);
    const bool passed =
        known && ledger->same_recipe && known->size == size && known->mtime_ns == mtime_ns;
    file* const met = add_file(&ledger->met, name);
    if (!met) {
        ledger->out_of_memory = true;
        return false;
    }
    met->size = size;
    met->mtime_ns = mtime_ns;
    met->met = true;
    met->passed = passed;
    if (known) {
        known->met = true;
        known->passed = passed;
    }
    return passed;
}

uint64_t cli_ledger_current(const cli_ledger* ledger) {
    return ledger->met.count;
}

void cli_ledger_fault(cli_ledger* ledger, uint64_t number) {
    if (number && number <= ledger->met.count) {
        ledger->met.items[number - 1].faulty = true;
    }
}

static XXH128_hash_t hash_of(kg_slice text) {
    return XXH3_128bits(text.len ? text.ptr : "", text.len);
}

bool cli_ledger_see(cli_ledger* ledger, kg_slice doc) {
    if (!grow((void**)&ledger->seen, ledger->seen_count, &ledger->seen_capacity,
              sizeof *ledger->seen)) {
        ledger->out_of_memory = true;
        return false;
    }
    ledger->seen[ledger->seen_count++] = hash_of(doc);
    return true;
}

static int by_hash(const void* a, const void* b) {
    return XXH128_cmp(a, b);
}

void cli_ledger_settle(cli_ledger* ledger) {
    sort_files(&ledger->met);
    if (ledger->seen_count) {
        qsort(ledger->seen, ledger->seen_count, sizeof *ledger->seen, by_hash);
    }
}

bool cli_ledger_keeps(const cli_ledger* ledger, kg_slice doc, bool prune) {
    const XXH128_hash_t hash = hash_of(doc);
    if (ledger->seen_count &&
        bsearch(&hash, ledger->seen, ledger->seen_count, sizeof hash, by_hash)) {
        return true;
    }
    const file* const from = find_file_of(&ledger->met, doc);
    return from ? from->passed || from->faulty || ledger->out_of_memory : !prune;
}

void cli_ledger_forget(cli_ledger* ledger, kg_slice doc) {
    file* const from = find_file_of(&ledger->known, doc);
    if (from) {
        from->met = true; // as if met and to be read again
        from->passed = false;
    }
}

void cli_ledger_free(cli_ledger* ledger) {
    if (ledger) {
        dispose_files(&ledger->known);
        dispose_files(&ledger->met);
        free(ledger->seen);
        free(ledger->recipe);
        free(ledger);
    }
}
