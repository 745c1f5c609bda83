// SPDX-License-Identifier: GPL-3.0-or-later
#include "write/clean.h"
#include "write/text.h"
#include "write/writer.h"

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_number(kg_i_number number, const char* wanted) {
    assert_string_equal(number.len ? number.text : "", wanted);
    assert_int_equal(number.len, strlen(wanted));
}

static void decimals_keep_their_point(void** state) {
    (void)state;
    assert_number(kg_i_decimal(0.9), "0.90");
    assert_number(kg_i_decimal(1), "1.00");
    assert_number(kg_i_decimal(0), "0.00");
    assert_number(kg_i_decimal(0.12345), "0.1235");
    assert_number(kg_i_decimal(0.5001), "0.5001");
    assert_number(kg_i_decimal(7), "1.00");
    assert_number(kg_i_decimal(-1), "0.00");
    assert_number(kg_i_decimal((double)NAN), "0.00");
}

static void doubles_are_short_and_read_back(void** state) {
    (void)state;
    assert_number(kg_i_double(0.25), "0.25");
    assert_number(kg_i_double(1e-5), "1e-05");
    assert_number(kg_i_double(3), "3");
    assert_number(kg_i_double((double)NAN), "");
    assert_number(kg_i_double((double)INFINITY), "");
    assert_number(kg_i_double_e(0.25), "2.5E-1");
    assert_number(kg_i_double_e(1), "1.0E0");
    assert_number(kg_i_double_e(0), "0.0E0");
    assert_number(kg_i_double_e(-1.5e300), "-1.5E300");
    assert_number(kg_i_double_e((double)NAN), "");
    const double values[] = {1.0 / 3, 2.2250738585072014e-308, 1.7976931348623157e308, 0.1};
    for (size_t i = 0; i < sizeof values / sizeof *values; ++i) {
        assert_true(strtod(kg_i_double(values[i]).text, NULL) == values[i]);
        assert_true(strtod(kg_i_double_e(values[i]).text, NULL) == values[i]);
    }
    assert_number(kg_i_integer(UINT64_MAX), "18446744073709551615");
    assert_number(kg_i_integer(0), "0");
}

static void numbers_do_not_follow_the_locale(void** state) {
    (void)state;
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8") && !setlocale(LC_NUMERIC, "fr_FR.UTF-8")) {
        print_message("no locale with a decimal comma here: skipped\n");
        skip();
    }
    const kg_i_number plain = kg_i_double(0.25);
    const kg_i_number exponent = kg_i_double_e(0.25);
    setlocale(LC_NUMERIC, "C");
    assert_number(plain, "0.25");
    assert_number(exponent, "2.5E-1");
}

static void dates_are_checked_and_stretched(void** state) {
    (void)state;
    const char* const bad[] = {"",           "202",        "20211",      "2021-13",
                               "2021-00",    "2021-02-30", "2021-2-3",   "2021/02/03",
                               "0000",       "去年",       "2021-06-31", "2021-06-00",
                               "2021-06-1x", "2021-06-1",  "2021-06-010"};
    char day[11];
    for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
        assert_int_equal(kg_i_date_precision(kg_slice_of(bad[i])), KG_I_NO_DATE);
        assert_false(kg_i_date_day(kg_slice_of(bad[i]), false, day));
    }
    assert_int_equal(kg_i_date_precision(KG_LIT("2021")), KG_I_YEAR);
    assert_int_equal(kg_i_date_precision(KG_LIT("2021-06")), KG_I_MONTH);
    assert_int_equal(kg_i_date_precision(KG_LIT("2024-02-29")), KG_I_DAY);
    assert_true(kg_i_date_day(KG_LIT("2021"), true, day));
    assert_string_equal(day, "2021-12-31");
    assert_true(kg_i_date_day(KG_LIT("2000-02"), true, day));
    assert_string_equal(day, "2000-02-29");
    assert_true(kg_i_date_day(KG_LIT("1900-02"), true, day));
    assert_string_equal(day, "1900-02-28");
    assert_true(kg_i_date_day(KG_LIT("2021-06"), false, day));
    assert_string_equal(day, "2021-06-01");
}

static void assert_iri(const char* url, const char* wanted) {
    kg_i_buffer buffer = {0};
    const bool taken = kg_i_iri_add(&buffer, kg_slice_of(url));
    if (wanted) {
        assert_true(taken);
        assert_string_equal(buffer.ptr, wanted);
    } else {
        assert_false(taken);
        assert_int_equal(buffer.len, 0);
    }
    kg_i_buffer_dispose(&buffer);
}

static void urls_become_iris_that_strict_readers_take(void** state) {
    (void)state;
    assert_iri("http://a.example", "http://a.example");
    assert_iri("HTTPS://A.example:8080/x?y=1#z", "https://A.example:8080/x?y=1#z");
    assert_iri("http://a.example/草莓100%", "http://a.example/%E8%8D%89%E8%8E%93100%25");
    assert_iri("http://a.example/%E8%8d", "http://a.example/%E8%8d");
    assert_iri("http://a.example/<>\"{}|\\^` \t[]",
               "http://a.example/%3C%3E%22%7B%7D%7C%5C%5E%60%20%09%5B%5D");
    assert_iri("http://a.example/#x#y", "http://a.example/#x%23y");
    assert_iri("http://a.example?q", "http://a.example?q");
    assert_iri("http://公司.example/", "http://%E5%85%AC%E5%8F%B8.example/");
    const char* const bad[] = {"",         "http://",       "http:///x",     "javascript:alert(1)",
                               "见附件",   "www.a.example", "http://a:b/",   "http://u@a.example/",
                               "file:///", "http://[::1]/", "http://a:1:2/", "//a.example/"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
        assert_iri(bad[i], NULL);
    }
}

static void bases_are_absolute_and_clean(void** state) {
    (void)state;
    assert_true(kg_i_iri_is_base(KG_LIT("https://parkgraph.example/id/")));
    assert_true(kg_i_iri_is_base(KG_LIT("urn:x-kg:/")));
    assert_true(kg_i_iri_is_base(KG_LIT("https://kg.example/g#")));
    const char* const bad[] = {
        "",           "id/",          "https://a.example",   "https://a.example/ /",
        "1http://a/", "https://园/",  "https://a/#x#",       "https://a/|/",
        ":/",         "https://a/>/", "https://a/\"@en . /", "#"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
        assert_false(kg_i_iri_is_base(kg_slice_of(bad[i])));
    }
    kg_i_buffer buffer = {0};
    kg_i_iri_add_local(&buffer, KG_LIT("lex:1/园#?"));
    assert_string_equal(buffer.ptr, "lex:1%2F%E5%9B%AD%23%3F");
    kg_i_buffer_dispose(&buffer);
    assert_true(kg_i_iri_plain(KG_LIT("e0_9-a")));
    assert_false(kg_i_iri_plain(KG_LIT("-a")));
    assert_false(kg_i_iri_plain(KG_LIT("a.")));
    assert_false(kg_i_iri_plain(KG_LIT("")));
}

static void lists_are_json(void** state) {
    (void)state;
    const kg_slice texts[] = {KG_LIT("a, \"b\""), KG_LIT("c\\d\n"), KG_LIT("园")};
    kg_i_buffer buffer = {0};
    kg_i_json_array(&buffer, texts, 3);
    assert_string_equal(buffer.ptr, "[\"a, \\\"b\\\"\", \"c\\\\d\\n\", \"园\"]");
    kg_i_buffer_clear(&buffer);
    kg_i_json_array(&buffer, NULL, 0);
    assert_string_equal(buffer.ptr, "[]");
    kg_i_buffer_dispose(&buffer);
}

static void assert_clean(kg_slice dirty, const char* wanted) {
    kg_i_arena arena = {0};
    const kg_document_row row = {.title = dirty};
    const kg_document_row* const clean = kg_i_clean_document(&arena, &row);
    assert_non_null(clean);
    assert_int_equal(clean->title.len, strlen(wanted));
    assert_memory_equal(clean->title.ptr, wanted, strlen(wanted));
    assert_true(kg_i_is_clean(clean->title));
    kg_i_arena_dispose(&arena);
}

static void what_xml_cannot_hold_is_replaced(void** state) {
    (void)state;
    assert_true(kg_i_is_clean(KG_LIT("园区\t\r\n𠮷🤖\x7F\xC2\x85")));
    assert_clean(KG_LIT("a\x01z"), "a\xEF\xBF\xBDz");
    assert_clean(KG_LIT("a\x00z"), "a\xEF\xBF\xBDz");
    assert_clean(KG_LIT("\x1B[31m"), "\xEF\xBF\xBD[31m");
    assert_clean(KG_LIT("\xEF\xBF\xBE|\xEF\xBF\xBF"), "\xEF\xBF\xBD|\xEF\xBF\xBD");
    assert_clean(KG_LIT("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_clean(KG_LIT("园\xE5\x9B"), "园\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_clean(KG_LIT("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_clean(KG_LIT("\xFF园"), "\xEF\xBF\xBD园");
}

static void format_names_round_trip(void** state) {
    (void)state;
    for (unsigned i = 0; i < KG_WRITE_FORMAT_COUNT; ++i) {
        kg_write_format back = KG_WRITE_FORMAT_COUNT;
        const char* const name = kg_write_format_name((kg_write_format)i);
        assert_non_null(name);
        assert_int_equal(kg_write_format_parse(kg_slice_of(name), &back), KG_OK);
        assert_int_equal(back, i);
        assert_non_null(kg_write_default_name((kg_write_format)i));
        assert_non_null(kg_i_writer_of((kg_write_format)i));
    }
    kg_write_format back = KG_WRITE_TURTLE;
    assert_int_equal(kg_write_format_parse(KG_LIT("ttl"), &back), KG_NO);
    assert_null(kg_write_format_name(KG_WRITE_FORMAT_COUNT));
    assert_null(kg_write_default_name(KG_WRITE_FORMAT_COUNT));
    assert_null(kg_i_writer_of(KG_WRITE_FORMAT_COUNT));
}

static void evidence_ids_count_within_a_document(void** state) {
    (void)state;
    const kg_evidence_row evidence[] = {
        {.doc_id = {"d1", 2}}, {.doc_id = {"d2", 2}}, {.doc_id = {"d1", 2}, .confidence = 0.5}};
    const kg_statement_row row = {.id = {"s", 1}, .evidence = evidence, .evidence_count = 3};
    const char* const wanted[] = {"s-d1", "s-d2", "s-d1-2"};
    kg_i_buffer id = {0};
    for (uint32_t i = 0; i < 3; ++i) {
        kg_i_evidence_id(&id, &row, i);
        assert_string_equal(id.ptr, wanted[i]);
    }
    kg_i_buffer_dispose(&id);
    assert_ptr_equal(kg_i_best_evidence(&row), &evidence[2]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_keep_their_point),
        cmocka_unit_test(doubles_are_short_and_read_back),
        cmocka_unit_test(numbers_do_not_follow_the_locale),
        cmocka_unit_test(dates_are_checked_and_stretched),
        cmocka_unit_test(urls_become_iris_that_strict_readers_take),
        cmocka_unit_test(bases_are_absolute_and_clean),
        cmocka_unit_test(lists_are_json),
        cmocka_unit_test(what_xml_cannot_hold_is_replaced),
        cmocka_unit_test(format_names_round_trip),
        cmocka_unit_test(evidence_ids_count_within_a_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
