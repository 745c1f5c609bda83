// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/progress.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

static void test_line(void** state) {
    (void)state;
    char line[256];
    const cli_progress half = {
        .label = "reading", .total = 200000000, .done = 100000000, .documents = 42};
    cli_progress_format(&half, 10000, 100, line, sizeof line);
    assert_string_equal(
        line, "reading [############............]  50% 42 documents, 10.0 MB/s, 0:10 left");
    cli_progress_format(&half, 10000, 60, line, sizeof line);
    assert_string_equal(line, "reading  50% 42 documents, 10.0 MB/s, 0:10 left");
}

static void test_unknown_total_and_no_time(void** state) {
    (void)state;
    char line[256];
    const cli_progress stream = {.label = "reading", .done = 1000000, .documents = 3};
    cli_progress_format(&stream, 1000, 100, line, sizeof line);
    assert_string_equal(line, "reading 3 documents, 1.0 MB/s");
    const cli_progress none = {.label = "reading", .total = 10};
    cli_progress_format(&none, 0, 100, line, sizeof line);
    assert_non_null(strstr(line, "  0% 0 documents"));
    const cli_progress over = {.label = "reading", .total = 10, .done = 30};
    cli_progress_format(&over, 1000, 100, line, sizeof line);
    assert_non_null(strstr(line, "100%"));
}

static void test_long_runs_have_hours(void** state) {
    (void)state;
    char line[256];
    const cli_progress slow = {.label = "reading", .total = 1000000000, .done = 1000000};
    cli_progress_format(&slow, 10000, 100, line, sizeof line);
    assert_non_null(strstr(line, "2:46:30 left"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line),
        cmocka_unit_test(test_unknown_total_and_no_time),
        cmocka_unit_test(test_long_runs_have_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
