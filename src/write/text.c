// SPDX-License-Identifier: GPL-3.0-or-later
#include "write/text.h"

#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Escapes ---------------------------------------------------------------------------------------

const kg_i_escapes kg_i_turtle_escapes = {
    .of = {['"'] = "\\\"", ['\\'] = "\\\\", ['\n'] = "\\n", ['\r'] = "\\r", ['\t'] = "\\t"},
};

// A backslash by its number: rdflib 6, which Debian 12 has, undoes one escape after the other, and
// would read the legal form of C:\temp as one with a tab in it.
const kg_i_escapes kg_i_ntriples_escapes = {
    .of = {['"'] = "\\\"", ['\\'] = "\\u005C", ['\n'] = "\\n", ['\r'] = "\\r", ['\t'] = "\\t"},
};

// Other control characters never come this far: write/clean.c replaced them.
const kg_i_escapes kg_i_json_escapes = {
    .of = {['"'] = "\\\"", ['\\'] = "\\\\", ['\n'] = "\\n", ['\r'] = "\\r", ['\t'] = "\\t"},
};

const kg_i_escapes kg_i_cypher_escapes = {
    .of = {['\''] = "\\'", ['\\'] = "\\\\", ['\n'] = "\\n", ['\r'] = "\\r", ['\t'] = "\\t"},
};

const kg_i_escapes kg_i_csv_escapes = {.of = {['"'] = "\"\""}};

const kg_i_escapes kg_i_shell_escapes = {.of = {['\''] = "'\\''"}};

void kg_i_out_escaped(kg_i_out* out, kg_slice text, const kg_i_escapes* escapes) {
    size_t begin = 0;
    for (size_t i = 0; i < text.len; ++i) {
        const unsigned char c = (unsigned char)text.ptr[i];
        const char* const stand_in = c < 0x80 ? escapes->of[c] : NULL;
        if (stand_in) {
            kg_i_out_add(out, text.ptr + begin, i - begin);
            kg_i_out_text(out, stand_in);
            begin = i + 1;
        }
    }
    if (begin < text.len) {
        kg_i_out_add(out, text.ptr + begin, text.len - begin);
    }
}

/// The place of the next U+0085, U+2028 or U+2029 from `begin` on; the length if none.
static size_t find_line_end(kg_slice text, size_t begin) {
    for (size_t i = begin; i + 1 < text.len; ++i) {
        const unsigned char* const p = (const unsigned char*)text.ptr + i;
        if ((p[0] == 0xC2 && p[1] == 0x85) ||
            (p[0] == 0xE2 && p[1] == 0x80 && i + 2 < text.len && (p[2] == 0xA8 || p[2] == 0xA9))) {
            return i;
        }
    }
    return text.len;
}

void kg_i_out_json(kg_i_out* out, kg_slice text) {
    kg_i_out_char(out, '"');
    size_t begin = 0;
    while (begin < text.len) {
        const size_t end = find_line_end(text, begin);
        kg_i_out_escaped(out, (kg_slice){text.ptr + begin, end - begin}, &kg_i_json_escapes);
        begin = end;
        if (begin < text.len) {
            const unsigned char* const p = (const unsigned char*)text.ptr + begin;
            kg_i_out_text(out, p[0] == 0xC2 ? "\\u0085" : p[2] == 0xA8 ? "\\u2028" : "\\u2029");
            begin += p[0] == 0xC2 ? 2 : 3;
        }
    }
    kg_i_out_char(out, '"');
}

void kg_i_out_csv(kg_i_out* out, kg_slice text) {
    kg_i_out_char(out, '"');
    kg_i_out_escaped(out, text, &kg_i_csv_escapes);
    kg_i_out_char(out, '"');
}

void kg_i_json_array(kg_i_buffer* buffer, const kg_slice* texts, uint32_t count) {
    kg_i_buffer_add_char(buffer, '[');
    for (uint32_t i = 0; i < count; ++i) {
        kg_i_buffer_add_text(buffer, i ? ", \"" : "\"");
        for (size_t k = 0; k < texts[i].len; ++k) {
            const unsigned char c = (unsigned char)texts[i].ptr[k];
            const char* const stand_in = c < 0x80 ? kg_i_json_escapes.of[c] : NULL;
            if (stand_in) {
                kg_i_buffer_add_text(buffer, stand_in);
            } else {
                kg_i_buffer_add_char(buffer, (char)c);
            }
        }
        kg_i_buffer_add_char(buffer, '"');
    }
    kg_i_buffer_add_char(buffer, ']');
}

// Numbers ---------------------------------------------------------------------------------------

kg_i_number kg_i_integer(uint64_t value) {
    kg_i_number out;
    char digits[24];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    out.len = count;
    for (size_t i = 0; i < count; ++i) {
        out.text[i] = digits[count - 1 - i];
    }
    out.text[count] = '\0';
    return out;
}

kg_i_number kg_i_decimal(double value) {
    const double inside = value > 0 ? (value < 1 ? value : 1) : 0; // NaN gives 0
    const unsigned scaled = (unsigned)lround(inside * 10000);
    kg_i_number out = {.len = 6};
    out.text[0] = (char)('0' + scaled / 10000);
    out.text[1] = '.';
    unsigned rest = scaled % 10000;
    for (int i = 5; i >= 2; --i) {
        out.text[i] = (char)('0' + rest % 10);
        rest /= 10;
    }
    while (out.len > 4 && out.text[out.len - 1] == '0') {
        --out.len;
    }
    out.text[out.len] = '\0';
    return out;
}

/// Put a point where printf put the locale's, which may be several bytes.
static void put_point(kg_i_number* number) {
    size_t length = 0;
    for (size_t i = 0; i < number->len; ++i) {
        const char c = number->text[i];
        const bool kept = (c >= '0' && c <= '9') || c == '-' || c == '+' || c == 'e';
        if (kept) {
            number->text[length++] = c;
        } else if (length == 0 || number->text[length - 1] != '.') {
            number->text[length++] = '.';
        }
    }
    number->len = length;
    number->text[length] = '\0';
}

/// Take the zeros off a mantissa's end, and the point if nothing follows it: "1.500e-01".
static void trim_mantissa(kg_i_number* number) {
    char* const e = strchr(number->text, 'e');
    if (!e || !memchr(number->text, '.', (size_t)(e - number->text))) {
        return;
    }
    char* end = e;
    while (end[-1] == '0') {
        --end;
    }
    end -= end[-1] == '.';
    memmove(end, e, strlen(e) + 1);
    number->len -= (size_t)(e - end);
}

static kg_i_number shortest(double value, bool exponent) {
    kg_i_number out = {.len = 0};
    if (!isfinite(value)) {
        return out;
    }
    // Fifteen digits always hold a shorter text that reads back, with zeros behind it.
    for (int digits = 15; digits <= 17; ++digits) {
        const int length = exponent ? snprintf(out.text, sizeof out.text, "%.*e", digits - 1, value)
                                    : snprintf(out.text, sizeof out.text, "%.*g", digits, value);
        out.len = (size_t)length;
        if (strtod(out.text, NULL) == value) {
            break;
        }
    }
    put_point(&out);
    if (exponent) {
        trim_mantissa(&out);
    }
    return out;
}

kg_i_number kg_i_double(double value) {
    return shortest(value, false);
}

kg_i_number kg_i_double_e(double value) {
    const kg_i_number plain = shortest(value, true);
    kg_i_number out = {.len = 0};
    if (!plain.len) {
        return out;
    }
    const char* const e = strchr(plain.text, 'e');
    const int mantissa = e ? (int)(e - plain.text) : (int)plain.len;
    const bool point = memchr(plain.text, '.', (size_t)mantissa) != NULL;
    out.len = (size_t)snprintf(out.text, sizeof out.text, "%.*s%sE%d", mantissa, plain.text,
                               point ? "" : ".0", e ? atoi(e + 1) : 0);
    return out;
}

// Dates -----------------------------------------------------------------------------------------

static bool digits(const char* text, unsigned count, unsigned* value) {
    *value = 0;
    for (unsigned i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *value = *value * 10 + (unsigned)(text[i] - '0');
    }
    return true;
}

static unsigned month_length(unsigned year, unsigned month) {
    static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : lengths[month - 1];
}

static kg_i_precision parse_date(kg_slice text, unsigned* year, unsigned* month, unsigned* day) {
    if (text.len < 4 || !digits(text.ptr, 4, year) || *year == 0) {
        return KG_I_NO_DATE;
    }
    if (text.len == 4) {
        return KG_I_YEAR;
    }
    if (text.len < 7 || text.ptr[4] != '-' || !digits(text.ptr + 5, 2, month) || *month < 1 ||
        *month > 12) {
        return KG_I_NO_DATE;
    }
    if (text.len == 7) {
        return KG_I_MONTH;
    }
    if (text.len != 10 || text.ptr[7] != '-' || !digits(text.ptr + 8, 2, day) || *day < 1 ||
        *day > month_length(*year, *month)) {
        return KG_I_NO_DATE;
    }
    return KG_I_DAY;
}

kg_i_precision kg_i_date_precision(kg_slice text) {
    unsigned year = 0;
    unsigned month = 0;
    unsigned day = 0;
    return parse_date(text, &year, &month, &day);
}

bool kg_i_date_day(kg_slice text, bool last, char out[11]) {
    unsigned year = 0;
    unsigned month = 0;
    unsigned day = 0;
    const kg_i_precision precision = parse_date(text, &year, &month, &day);
    if (precision == KG_I_NO_DATE) {
        return false;
    }
    if (precision < KG_I_MONTH) {
        month = last ? 12 : 1;
    }
    if (precision < KG_I_DAY) {
        day = last ? month_length(year, month) : 1;
    }
    snprintf(out, 11, "%04u-%02u-%02u", year % 10000, month % 100, day % 100);
    return true;
}

// Measures --------------------------------------------------------------------------------------

const kg_i_measure_kind kg_i_measure_kinds[KG_I_MEASURE_COUNT] = {
    {"degree", "degree", true},
    {"degree_in", "degreeIn", true},
    {"degree_out", "degreeOut", true},
    {"pagerank", "pagerank", false},
    {"betweenness", "betweenness", false},
    {"closeness", "closeness", false},
    {"eigenvector", "eigenvector", false},
    {"hub", "hub", false},
    {"authority", "authority", false},
    {"coreness", "coreness", true},
    {"community", "community", true},
    {"component", "component", true},
    {"articulation", "articulation", true},
};

int kg_i_measure_find(kg_slice name) {
    for (int i = 0; i < KG_I_MEASURE_COUNT; ++i) {
        if (kg_slice_equal(name, kg_slice_of(kg_i_measure_kinds[i].name))) {
            return i;
        }
    }
    return -1;
}

kg_i_number kg_i_measure_text(const kg_i_measure_kind* kind, double value) {
    if (!kind->integer || !isfinite(value)) {
        return kg_i_double(value);
    }
    // Counts and labels of groups: never negative, and exact far beyond any graph's size.
    const double inside = value > 0 ? (value < 9e15 ? value : 9e15) : 0;
    return kg_i_integer((uint64_t)llround(inside));
}

void kg_i_measures_of(const kg_entity_row* row, double values[KG_I_MEASURE_COUNT]) {
    for (int i = 0; i < KG_I_MEASURE_COUNT; ++i) {
        values[i] = NAN;
    }
    for (uint32_t i = 0; row->measures && i < row->measure_count; ++i) {
        const int kind = kg_i_measure_find(row->measures[i].name);
        if (kind >= 0) {
            values[kind] = row->measures[i].value;
        }
    }
}
