// SPDX-License-Identifier: GPL-3.0-or-later
#include "lexicon/tsv.h"

#include <string.h>

static kg_slice trim(kg_slice text) {
    while (text.len > 0 && (text.ptr[0] == ' ' || text.ptr[0] == '\t')) {
        ++text.ptr;
        --text.len;
    }
    while (text.len > 0 && strchr(" \t\r", text.ptr[text.len - 1])) {
        --text.len;
    }
    return text;
}

/// Cut everything before `separator` from `rest`; false when `rest` has been used up.
static bool cut(kg_slice* rest, char separator, kg_slice* part) {
    if (!rest->ptr) {
        return false;
    }
    const char* const end = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
    if (!end) {
        *part = *rest;
        *rest = (kg_slice){0};
        return true;
    }
    *part = (kg_slice){rest->ptr, (size_t)(end - rest->ptr)};
    rest->len -= part->len + 1;
    rest->ptr = end + 1;
    return true;
}

/// The next line that is neither empty nor a comment, cut into cells.
static bool read_line(kg_i_tsv* table) {
    kg_slice line;
    while (cut(&table->rest, '\n', &line)) {
        ++table->line;
        if (trim(line).len == 0 || line.ptr[0] == '#') {
            continue;
        }
        table->cell_count = 0;
        kg_slice cell;
        while (table->cell_count < KG_I_TSV_COLUMNS && cut(&line, '\t', &cell)) {
            table->cells[table->cell_count++] = trim(cell);
        }
        return true;
    }
    return false;
}

int kg_i_tsv_begin(kg_i_tsv* table, kg_slice text, const char* const* columns, int required) {
    if (text.len >= 3 && memcmp(text.ptr, "\xEF\xBB\xBF", 3) == 0) {
        text.ptr += 3;
        text.len -= 3;
    }
    *table = (kg_i_tsv){.rest = text, .columns = columns};
    const bool has_header = text.len > 0 && read_line(table);
    int missing = -1;
    for (int i = 0; i < KG_I_TSV_COLUMNS && columns[i]; ++i) {
        table->place[i] = -1;
        for (uint32_t j = 0; has_header && j < table->cell_count; ++j) {
            if (kg_slice_equal(table->cells[j], kg_slice_of(columns[i]))) {
                table->place[i] = (int)j;
                break;
            }
        }
        if (i < required && table->place[i] < 0 && missing < 0) {
            missing = i;
        }
    }
    return missing;
}

bool kg_i_tsv_next(kg_i_tsv* table) {
    return table->rest.ptr && read_line(table);
}

kg_slice kg_i_tsv_cell(const kg_i_tsv* table, int column) {
    const int place = table->place[column];
    return place >= 0 && (uint32_t)place < table->cell_count ? table->cells[place] : (kg_slice){0};
}

bool kg_i_list_next(kg_slice* list, kg_slice* part) {
    while (list->len > 0 && cut(list, ';', part)) {
        *part = trim(*part);
        if (part->len > 0) {
            return true;
        }
    }
    return false;
}
