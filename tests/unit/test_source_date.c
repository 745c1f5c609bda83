// SPDX-License-Identifier: GPL-3.0-or-later
#include "kg/base.h"
#include "source/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void dates_are_read_as_pages_write_them(void** state) {
    (void)state;
    static const char* const cases[][2] = {
        {"2022-04-13 10:41:03 +0800", "2022-04-13"},
        {"2022/4/3", "2022-04-03"},
        {"2022.12.31", "2022-12-31"},
        {"发布时间：2011年8月4日 09:12", "2011-08-04"},
        {"2019年3月", "2019-03"},
        {"2019年", "2019"},
        {"2019", "2019"},
        {"20260317", "2026-03-17"},
        {"20220413104103", "2022-04-13"},
        {"Tue, 09 Nov 2021 22:38:42 GMT", "2021-11-09"},
        {"Nov 9, 2021", "2021-11-09"},
        {"2026-05-26T21:30:40+08:00", "2026-05-26"},
        {"1773705600", "2026-03-17"},
        {"1773705600000", "2026-03-17"},
        {"昨天", ""},
        {"", ""},
        {"2022-13-41", ""},
        {"18990101", ""},
        {"123456789012345678901234567890", ""},
        {"价格 2022.5 元", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        char out[11];
        const bool found = kg_i_date(kg_slice_of(cases[i][0]), out);
        assert_string_equal(out, cases[i][1]);
        assert_int_equal(found, cases[i][1][0] != '\0');
    }
}

static void addresses_hold_dates(void** state) {
    (void)state;
    static const char* const cases[][2] = {
        {"https://tv.example/2023/02/15/VIDE8e3K230215.shtml", "2023-02-15"},
        {"https://x.example/news/2023-02-15/1.html", "2023-02-15"},
        {"https://x.example/a/20230215/9.html", "2023-02-15"},
        {"https://x.example/t20230215_123.html", "2023-02-15"},
        {"https://x.example/article/1773705600", ""},
        {"https://x.example/2023/02", ""},
        {"https://x.example/99999999/", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        char out[11];
        assert_int_equal(kg_i_url_date(kg_slice_of(cases[i][0]), out), cases[i][1][0] != '\0');
        assert_string_equal(out, cases[i][1]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(addresses_hold_dates),
                                       cmocka_unit_test(dates_are_read_as_pages_write_them)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
