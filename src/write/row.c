// SPDX-License-Identifier: GPL-3.0-or-later
#include "write/row.h"

static void separate(kg_i_row* row) {
    if (row->begun) {
        kg_i_out_char(row->out, ',');
    }
    row->begun = true;
}

void kg_i_row_text(kg_i_row* row, kg_slice text) {
    separate(row);
    if (text.len) {
        kg_i_out_csv(row->out, text);
    }
}

void kg_i_row_number(kg_i_row* row, kg_i_number number) {
    separate(row);
    kg_i_out_slice(row->out, kg_i_number_slice(&number));
}

void kg_i_row_bool(kg_i_row* row, bool value) {
    kg_i_row_word(row, value ? "true" : "false");
}

void kg_i_row_word(kg_i_row* row, const char* word) {
    separate(row);
    kg_i_out_text(row->out, word);
}

void kg_i_row_list(kg_i_row* row, const kg_slice* texts, uint32_t count, char delimiter) {
    separate(row);
    for (uint32_t i = 0; i < count; ++i) {
        kg_i_out_char(row->out, i ? delimiter : '"');
        kg_i_out_escaped(row->out, texts[i], &kg_i_csv_escapes);
    }
    if (count) {
        kg_i_out_char(row->out, '"');
    }
}

void kg_i_row_measures(kg_i_row* row, const kg_entity_row* entity) {
    double values[KG_I_MEASURE_COUNT];
    kg_i_measures_of(entity, values);
    for (int i = 0; i < KG_I_MEASURE_COUNT; ++i) {
        kg_i_row_number(row, kg_i_measure_text(&kg_i_measure_kinds[i], values[i]));
    }
}

void kg_i_row_end(kg_i_row* row) {
    kg_i_out_text(row->out, row->end);
    row->begun = false;
}
