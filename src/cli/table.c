// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { LINE_WIDTH = 80 };

struct cli_table {
    char** cells; ///< row after row; the first row is the headings
    size_t count;
    size_t capacity;
    size_t columns;
    size_t* widths;
    bool* right;
};

/// One code point of `text` at `at`; an invalid byte counts as one narrow character.
static size_t step(kg_slice text, size_t at, size_t* width) {
    utf8proc_int32_t code = 0;
    const utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t*)text.ptr + at,
                                                     (utf8proc_ssize_t)(text.len - at), &code);
    if (length < 1) {
        *width = 1;
        return 1;
    }
    const int columns = utf8proc_charwidth(code);
    *width = columns > 0 ? (size_t)columns : 0;
    return (size_t)length;
}

size_t cli_width(kg_slice text) {
    size_t total = 0;
    size_t width = 0;
    for (size_t at = 0; at < text.len; at += step(text, at, &width), total += width) {
    }
    return total;
}

size_t cli_width_cut(kg_slice text, size_t columns) {
    size_t total = 0;
    size_t at = 0;
    while (at < text.len) {
        size_t width = 0;
        const size_t length = step(text, at, &width);
        if (total + width > columns) {
            break;
        }
        total += width;
        at += length;
    }
    return at;
}

// Paragraphs ---------------------------------------------------------------------------------

/// The length of the piece at `at` that may not be broken: a word with the spaces behind it, or
/// one wide character with the punctuation behind it.
static size_t piece_length(kg_slice text, size_t at) {
    size_t width = 0;
    size_t end = at + step(text, at, &width);
    if (width != 2) {
        while (end < text.len && text.ptr[end] != ' ' && (unsigned char)text.ptr[end] < 0x80) {
            end++;
        }
    }
    while (end < text.len) {
        size_t next_width = 0;
        const size_t next = step(text, end, &next_width);
        const kg_slice character = {text.ptr + end, next};
        const bool closing =
            kg_slice_equal(character, KG_LIT("，")) || kg_slice_equal(character, KG_LIT("。")) ||
            kg_slice_equal(character, KG_LIT("；")) || kg_slice_equal(character, KG_LIT("、")) ||
            kg_slice_equal(character, KG_LIT("）")) || kg_slice_equal(character, KG_LIT("：")) ||
            text.ptr[end] == ' ';
        if (!closing) {
            break;
        }
        end += next;
    }
    return end - at;
}

void cli_print_hanging(const char* left, size_t indent, const char* text) {
    fputs(left, stdout);
    size_t column = cli_width(kg_slice_of(left));
    if (column + 2 > indent && indent) {
        putchar('\n');
        column = 0;
    }
    printf("%*s", (int)(indent - (column < indent ? column : indent)), "");
    column = indent;
    const kg_slice all = kg_slice_of(text);
    size_t gap = 0; // spaces owed before the next piece, unless it begins a line
    for (size_t at = 0; at < all.len;) {
        const size_t length = piece_length(all, at);
        size_t shown = length;
        while (shown && all.ptr[at + shown - 1] == ' ') {
            shown--;
        }
        const size_t width = cli_width((kg_slice){all.ptr + at, shown});
        if (column > indent && column + gap + width > LINE_WIDTH) {
            printf("\n%*s", (int)indent, "");
            column = indent;
            gap = 0;
        }
        printf("%*s", (int)gap, "");
        fwrite(all.ptr + at, 1, shown, stdout);
        column += gap + width;
        gap = length - shown;
        at += length;
    }
    putchar('\n');
}

// Tables -------------------------------------------------------------------------------------

static bool add_cell(cli_table* table, kg_slice text) {
    if (table->count == table->capacity) {
        const size_t wanted = table->capacity ? 2 * table->capacity : 64;
        char** const grown = realloc(table->cells, wanted * sizeof *grown);
        if (!grown) {
            return false;
        }
        table->cells = grown;
        table->capacity = wanted;
    }
    char* const copy = malloc(text.len + 1);
    if (!copy) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) { // a cell is one line and moves no cursor
        const unsigned char byte = (unsigned char)text.ptr[i];
        copy[i] = byte < 0x20 || byte == 0x7F ? ' ' : text.ptr[i];
    }
    copy[text.len] = '\0';
    const size_t column = table->count % table->columns;
    const size_t width = cli_width((kg_slice){copy, text.len});
    if (width > table->widths[column]) {
        table->widths[column] = width;
    }
    table->cells[table->count++] = copy;
    return true;
}

cli_table* cli_table_new(const char* const* headings) {
    cli_table* const table = calloc(1, sizeof *table);
    if (!table) {
        return NULL;
    }
    while (headings[table->columns]) {
        table->columns++;
    }
    assert(table->columns);
    table->widths = calloc(table->columns, sizeof *table->widths);
    table->right = calloc(table->columns, sizeof *table->right);
    bool made = table->widths && table->right;
    for (size_t i = 0; i < table->columns && made; i++) {
        table->right[i] = headings[i][0] == '>';
        made = add_cell(table, kg_slice_of(headings[i] + table->right[i]));
    }
    if (!made) {
        cli_table_free(table);
        return NULL;
    }
    return table;
}

bool cli_table_add(cli_table* table, const kg_slice* cells) {
    for (size_t i = 0; i < table->columns; i++) {
        if (!add_cell(table, cells[i])) {
            return false;
        }
    }
    return true;
}

bool cli_table_empty(const cli_table* table) {
    return table->count <= table->columns;
}

static void print_cell(FILE* out, kg_slice text, size_t width, bool right, bool last) {
    size_t shown = text.len;
    size_t taken = cli_width(text);
    const bool cut = taken > width;
    if (cut) {
        shown = cli_width_cut(text, width - 1);
        taken = cli_width((kg_slice){text.ptr, shown}) + 1;
    }
    const int gap = (int)(width - taken);
    if (right) {
        fprintf(out, "%*s", gap, "");
    }
    fwrite(text.ptr, 1, shown, out);
    fputs(cut ? "…" : "", out);
    if (!right && !last) {
        fprintf(out, "%*s", gap, "");
    }
    fputs(last ? "\n" : "  ", out);
}

void cli_table_print(const cli_table* table, FILE* out, unsigned indent, size_t max_width) {
    assert(table->columns);
    size_t begin = table->columns; // empty headings are not shown
    for (size_t i = 0; i < table->columns; i++) {
        begin = *table->cells[i] ? 0 : begin;
    }
    for (size_t i = begin; i < table->count; i++) {
        const size_t column = i % table->columns;
        size_t width = table->widths[column];
        if (max_width && width > max_width) {
            width = max_width;
        }
        if (!column) {
            fprintf(out, "%*s", (int)indent, "");
        }
        print_cell(out, kg_slice_of(table->cells[i]), width, table->right[column],
                   column + 1 == table->columns);
    }
}

void cli_table_free(cli_table* table) {
    if (!table) {
        return;
    }
    for (size_t i = 0; i < table->count; i++) {
        free(table->cells[i]);
    }
    free(table->cells);
    free(table->widths);
    free(table->right);
    free(table);
}
