// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/time.h"

#include <stdio.h>
#include <string.h>

enum {
    YEAR = 0x5E74,  // 年
    MONTH = 0x6708, // 月
    DAY = 0x65E5,   // 日
    DAY2 = 0x53F7   // 号
};

/// Characters of the text, invisible ones passed over.
typedef struct {
    const uint32_t* chars;
    uint32_t at, end;
} cursor;

static bool is_blank(uint32_t code) {
    return code == 0x200B || code == ' ' || code == '\n';
}

static uint32_t peek(cursor* c) {
    while (c->at < c->end && is_blank(c->chars[c->at])) {
        ++c->at;
    }
    return c->at < c->end ? c->chars[c->at] : 0;
}

static bool take(cursor* c, uint32_t code) {
    if (peek(c) != code) {
        return false;
    }
    ++c->at;
    return true;
}

/// A number of at most `digits` digits; -1 if there is none.
static int number(cursor* c, unsigned digits) {
    int value = -1;
    for (unsigned i = 0; i < digits; ++i) {
        const uint32_t code = peek(c);
        if (code < '0' || code > '9') {
            break;
        }
        value = (value < 0 ? 0 : value) * 10 + (int)(code - '0');
        ++c->at;
    }
    return value;
}

static int year_of(kg_slice date) {
    int year = 0;
    for (size_t i = 0; i < 4; ++i) {
        if (i >= date.len || date.ptr[i] < '0' || date.ptr[i] > '9') {
            return 0;
        }
        year = year * 10 + (date.ptr[i] - '0');
    }
    return year;
}

static int month_of(kg_slice date) {
    return date.len >= 7 && date.ptr[4] == '-' ? (date.ptr[5] - '0') * 10 + (date.ptr[6] - '0') : 0;
}

/// 今年, 去年, 明年, 前年: the year meant; 0 if the words are others.
static int relative_year(cursor* c, int year) {
    static const struct {
        uint32_t code;
        int shift;
    } words[] = {{0x4ECA, 0}, {0x53BB, -1}, {0x660E, 1}, {0x524D, -2}};
    const uint32_t at = c->at;
    const uint32_t code = peek(c);
    for (size_t i = 0; year && i < sizeof words / sizeof *words; ++i) {
        if (code == words[i].code) {
            ++c->at;
            if (take(c, YEAR)) {
                return year + words[i].shift;
            }
        }
    }
    c->at = at;
    return 0;
}

/// 2018年: four digits and the sign.
static int plain_year(cursor* c) {
    const uint32_t at = c->at;
    const int value = number(c, 4);
    if (value >= 1900 && value <= 2100 && take(c, YEAR)) {
        return value;
    }
    c->at = at;
    return 0;
}

/// Months and days behind a year, or without one by the document's.
static bool read_time(cursor* c, kg_slice date, kg_i_time* out) {
    const int own_year = year_of(date);
    int year = plain_year(c);
    if (!year) {
        year = relative_year(c, own_year);
    }
    const bool dated = year != 0;
    uint32_t at = c->at;
    int month = number(c, 2);
    int day = 0;
    if (month >= 1 && month <= 12 && take(c, MONTH)) {
        at = c->at;
        day = number(c, 2);
        if (!(day >= 1 && day <= 31 && (take(c, DAY) || take(c, DAY2)))) {
            c->at = at;
            day = 0;
        }
    } else {
        c->at = at;
        month = 0;
    }
    if (!dated) {
        // A month alone is the last such month before the document's date.
        const int own_month = month_of(date);
        year = own_year && own_month && month > own_month + 1 ? own_year - 1 : own_year;
        if (!month || !year) {
            return false;
        }
    }
    if (day) {
        (void)snprintf(out->iso, sizeof out->iso, "%04d-%02d-%02d", year % 10000, month % 100,
                       day % 100);
    } else if (month) {
        (void)snprintf(out->iso, sizeof out->iso, "%04d-%02d", year % 10000, month % 100);
    } else {
        (void)snprintf(out->iso, sizeof out->iso, "%04d", year % 10000);
    }
    return true;
}

/// 到, 至 or 截至 before the time.
static bool has_until(const uint32_t* chars, uint32_t from, uint32_t at) {
    return at > from &&
           (chars[at - 1] == 0x5230 || chars[at - 1] == 0x81F3 || chars[at - 1] == 0x6B62);
}

bool kg_i_find_time(const kg_text* text, uint32_t from, uint32_t to, uint32_t begin, uint32_t end,
                    kg_slice date, kg_i_time* out) {
    const uint32_t* const chars = kg_text_chars(text);
    uint32_t best = UINT32_MAX;
    for (uint32_t i = from; i < to;) {
        const bool starts = (chars[i] >= '0' && chars[i] <= '9') || chars[i] == 0x4ECA ||
                            chars[i] == 0x53BB || chars[i] == 0x660E || chars[i] == 0x524D;
        const bool inside = i > from && chars[i - 1] >= '0' && chars[i - 1] <= '9';
        kg_i_time time = {.begin = i};
        cursor c = {chars, i, to};
        if (!starts || inside || !read_time(&c, date, &time)) {
            ++i;
            continue;
        }
        time.end = c.at;
        time.until = has_until(chars, from, i);
        const uint32_t distance = time.end <= begin   ? begin - time.end
                                  : time.begin >= end ? (time.begin - end) * 2 + 20
                                                      : 0;
        if (distance < best) {
            best = distance;
            *out = time;
        }
        i = c.at > i ? c.at : i + 1;
    }
    return best != UINT32_MAX;
}
