// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/date.h"

#include <string.h>
#include <strings.h>
#include <time.h>

typedef struct {
    const char* at;
    const char* end;
} cursor;

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

/// A number of `least` to `most` digits; false leaves the cursor alone.
static bool number(cursor* c, unsigned least, unsigned most, unsigned* out) {
    const char* p = c->at;
    unsigned value = 0;
    unsigned n = 0;
    while (p < c->end && digit(*p) && n < most) {
        value = value * 10 + (unsigned)(*p++ - '0');
        ++n;
    }
    if (n < least || (p < c->end && digit(*p))) {
        return false;
    }
    c->at = p;
    *out = value;
    return true;
}

static bool skip(cursor* c, const char* text) {
    const size_t length = strlen(text);
    if ((size_t)(c->end - c->at) < length || memcmp(c->at, text, length) != 0) {
        return false;
    }
    c->at += length;
    return true;
}

static void spaces(cursor* c) {
    while (c->at < c->end && (*c->at == ' ' || *c->at == ',')) {
        ++c->at;
    }
}

static bool give(unsigned year, unsigned month, unsigned day, char out[11]) {
    if (year < 1900 || year > 2099 || month > 12 || day > 31 || (!month && day)) {
        return false;
    }
    const char digits[] = {(char)('0' + year / 1000),
                           (char)('0' + year / 100 % 10),
                           (char)('0' + year / 10 % 10),
                           (char)('0' + year % 10),
                           '-',
                           (char)('0' + month / 10),
                           (char)('0' + month % 10),
                           '-',
                           (char)('0' + day / 10),
                           (char)('0' + day % 10)};
    const size_t length = day ? 10 : month ? 7 : 4;
    memcpy(out, digits, length);
    out[length] = '\0';
    return true;
}

/// 2022-04-13 with any of the usual separators, or its beginning.
static bool year_first(cursor c, char out[11]) {
    static const char* const first[] = {"-", "/", ".", "年"};
    static const char* const second[] = {"-", "/", ".", "月"};
    unsigned year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (!number(&c, 4, 4, &year)) {
        return false;
    }
    for (size_t i = 0; i < sizeof first / sizeof *first; ++i) {
        cursor rest = c;
        if (!skip(&rest, first[i])) {
            continue;
        }
        spaces(&rest);
        if (!number(&rest, 1, 2, &month) || !month || month > 12) {
            return i == 3 && give(year, 0, 0, out);
        }
        spaces(&rest);
        if (skip(&rest, second[i])) {
            spaces(&rest);
            if (number(&rest, 1, 2, &day) && day && day <= 31) {
                return give(year, month, day, out);
            }
        }
        return i != 2 && give(year, month, 0, out); // 2022.4 alone is a number
    }
    return false;
}

static bool compact(cursor c, char out[11]) {
    unsigned long long value = 0;
    unsigned n = 0;
    while (c.at < c.end && digit(*c.at) && n < 14) {
        value = value * 10 + (unsigned)(*c.at++ - '0');
        ++n;
    }
    if (c.at < c.end && digit(*c.at)) {
        return false;
    }
    if (n == 14) { // 20220413104103
        value /= 1000000;
        n = 8;
    }
    if (n == 8) {
        const unsigned day = (unsigned)(value % 100);
        const unsigned month = (unsigned)(value / 100 % 100);
        return month && day && give((unsigned)(value / 10000), month, day, out);
    }
    if (n == 10 || n == 13) {
        const time_t china = 28800; // seconds ahead of UTC
        const time_t seconds = (time_t)(n == 13 ? value / 1000 : value) + china;
        struct tm parts;
        return gmtime_r(&seconds, &parts) &&
               give((unsigned)parts.tm_year + 1900, (unsigned)parts.tm_mon + 1,
                    (unsigned)parts.tm_mday, out);
    }
    return false;
}

static bool month_name(cursor* c, unsigned* out) {
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    if (c->end - c->at < 3) {
        return false;
    }
    for (unsigned i = 0; i < 12; ++i) {
        if (!strncasecmp(c->at, names + 3 * (size_t)i, 3)) {
            *out = i + 1;
            while (c->at < c->end && ((*c->at | 0x20) >= 'a' && (*c->at | 0x20) <= 'z')) {
                ++c->at;
            }
            return true;
        }
    }
    return false;
}

/// "09 Nov 2021" and "Nov 9, 2021".
static bool english(cursor c, char out[11]) {
    unsigned day = 0;
    unsigned month = 0;
    unsigned year = 0;
    const bool day_first = number(&c, 1, 2, &day);
    spaces(&c);
    if (!month_name(&c, &month)) {
        return false;
    }
    spaces(&c);
    if (!day_first && !number(&c, 1, 2, &day)) {
        return false;
    }
    spaces(&c);
    return number(&c, 4, 4, &year) && give(year, month, day, out);
}

bool kg_i_date(kg_slice text, char out[11]) {
    out[0] = '\0';
    const char* const end = text.ptr + text.len;
    cursor c = {text.ptr, end};
    for (; c.at < end; ++c.at) {
        const bool start = c.at == text.ptr || !digit(c.at[-1]);
        const bool letter = (*c.at | 0x20) >= 'a' && (*c.at | 0x20) <= 'z';
        if (start && digit(*c.at) && (year_first(c, out) || compact(c, out) || english(c, out))) {
            return true;
        }
        if (letter && english(c, out)) {
            return true;
        }
    }
    // A year alone only if nothing else stands there.
    c = (cursor){text.ptr, end};
    unsigned year = 0;
    return text.len == 4 && number(&c, 4, 4, &year) && give(year, 0, 0, out);
}

bool kg_i_url_date(kg_slice url, char out[11]) {
    enum { WHOLE = 10 };
    out[0] = '\0';
    for (size_t i = 1; i + 8 <= url.len; ++i) {
        const char before = url.ptr[i - 1];
        const bool start = before == '/' || before == '-' || before == '_' || before == 't';
        if (!start || (url.ptr[i] != '1' && url.ptr[i] != '2')) {
            continue;
        }
        const cursor c = {url.ptr + i, url.ptr + url.len};
        size_t digits = 0;
        while (i + digits < url.len && digit(url.ptr[i + digits])) {
            ++digits;
        }
        if (digits == 4 && year_first(c, out) && strlen(out) == WHOLE) {
            return true;
        }
        if (digits == 8 && compact(c, out)) {
            return true;
        }
    }
    out[0] = '\0';
    return false;
}
