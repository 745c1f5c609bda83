// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/table.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

static void test_width(void** state) {
    (void)state;
    assert_int_equal(cli_width(KG_LIT("")), 0);
    assert_int_equal(cli_width(KG_LIT("abc")), 3);
    assert_int_equal(cli_width(KG_LIT("高新区")), 6);
    assert_int_equal(cli_width(KG_LIT("西部（重庆）科学城")), 18);
    assert_int_equal(cli_width(KG_LIT("e\xCC\x81")), 1); // a combining accent takes no column
    assert_int_equal(cli_width(KG_LIT("\xFF\xFE")), 2);  // broken bytes are still counted
}

static void test_cut(void** state) {
    (void)state;
    const kg_slice text = KG_LIT("a高新区");
    assert_int_equal(cli_width_cut(text, 0), 0);
    assert_int_equal(cli_width_cut(text, 1), 1);
    assert_int_equal(cli_width_cut(text, 2), 1); // half a character does not fit
    assert_int_equal(cli_width_cut(text, 3), 4);
    assert_int_equal(cli_width_cut(text, 99), text.len);
}

static char* print(const cli_table* table, size_t max_width) {
    char* text = NULL;
    size_t size = 0;
    FILE* const out = open_memstream(&text, &size);
    assert_non_null(out);
    cli_table_print(table, out, 1, max_width);
    fclose(out);
    return text;
}

static void test_columns_align(void** state) {
    (void)state;
    const char* const headings[] = {"name", ">n", "last", NULL};
    cli_table* const table = cli_table_new(headings);
    assert_non_null(table);
    assert_true(cli_table_empty(table));
    assert_true(cli_table_add(table, (kg_slice[]){KG_LIT("高新区"), KG_LIT("7"), KG_LIT("x\ny")}));
    assert_true(cli_table_add(table, (kg_slice[]){KG_LIT("ab"), KG_LIT("12"), {NULL, 0}}));
    assert_false(cli_table_empty(table));
    char* text = print(table, 0);
    assert_string_equal(text, " name     n  last\n"
                              " 高新区   7  x y\n"
                              " ab      12  \n");
    free(text);
    text = print(table, 4);
    assert_string_equal(text, " name   n  last\n"
                              " 高…    7  x y\n"
                              " ab    12  \n");
    free(text);
    cli_table_free(table);
    cli_table_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_columns_align),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
