// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/message.h"
#include "cli/options.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

typedef struct {
    bool flag;
    const char* text;
    unsigned jobs;
    double share;
    cli_list list;
} target;

static const cli_option options[] = {
    {"flag", 'f', CLI_FLAG, NULL, "a flag", offsetof(target, flag)},
    {"format", 0, CLI_TEXT, "F", "a text", offsetof(target, text)},
    {"jobs", 'j', CLI_COUNT, "N", "a count", offsetof(target, jobs)},
    {"share", 's', CLI_SHARE, "X", "a share", offsetof(target, share)},
    {"disable", 'd', CLI_LIST, "ID", "a list", offsetof(target, list)},
    {0},
};

static const cli_command command = {
    .name = "try",
    .synopsis = "PATH...",
    .summary = "Try.",
    .options = options,
    .min_arguments = 1,
    .max_arguments = 2,
};

enum { MAX_WORDS = 12, GO_ON = -1 };

/// Parse the words of `line`; the exit status, or GO_ON.
static int parse(const char* line, target* out) {
    static char copy[256];
    static char* words[MAX_WORDS + 1];
    snprintf(copy, sizeof copy, "try %s", line);
    int count = 0;
    for (char* word = strtok(copy, " "); word && count < MAX_WORDS; word = strtok(NULL, " ")) {
        words[count++] = word;
    }
    words[count] = NULL;
    int first = 0;
    int exit_status = GO_ON;
    *out = (target){0};
    const bool on = cli_parse(&command, out, count, words, &first, &exit_status);
    assert_int_equal(on, exit_status == GO_ON);
    return exit_status;
}

static void test_good_lines(void** state) {
    (void)state;
    target got;
    assert_int_equal(parse("a -f --format=turtle -j3 --share 0.25 b", &got), GO_ON);
    assert_true(got.flag);
    assert_string_equal(got.text, "turtle");
    assert_int_equal(got.jobs, 3);
    assert_true(got.share > 0.24 && got.share < 0.26);

    assert_int_equal(parse("-d one --disable=two -- -x", &got), GO_ON);
    assert_int_equal(got.list.count, 2);
    assert_string_equal(got.list.items[1], "two");
    assert_null(got.list.items[2]);
    cli_list_dispose(&got.list);

    assert_int_equal(parse("-", &got), GO_ON);
}

static void test_bad_lines(void** state) {
    (void)state;
    static const char* const lines[] = {
        "",
        "a b c",
        "a --fromat x",
        "a -Z",
        "a --jobs",
        "a --jobs=0",
        "a --jobs=-1",
        "a --jobs=x",
        "a --jobs=2x",
        "a --share=1.5",
        "a --share=nan",
        "a --share=0,5",
        "a --flag=yes",
        "a -j 99999999999999999999",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        target got;
        const int status = parse(lines[i], &got);
        if (status != CLI_USAGE) {
            print_error("not refused: '%s'\n", lines[i]);
        }
        assert_int_equal(status, CLI_USAGE);
    }
}

static const char* candidate(const void* handle, size_t number) {
    return ((const char* const*)handle)[number];
}

static void test_nearest(void** state) {
    (void)state;
    static const char* const names[] = {"build", "extract", "export", "explain", "query", NULL};
    assert_string_equal(cli_nearest("biuld", candidate, names), "build");
    assert_string_equal(cli_nearest("exprot", candidate, names), "export");
    assert_string_equal(cli_nearest("extrat", candidate, names), "extract");
    assert_string_equal(cli_nearest("que", candidate, names), "query");
    assert_null(cli_nearest("zzzz", candidate, names));
    assert_null(cli_nearest("", candidate, names));
}

static void test_distance(void** state) {
    (void)state;
    assert_int_equal(cli_distance("", ""), 0);
    assert_int_equal(cli_distance("abc", "abc"), 0);
    assert_int_equal(cli_distance("abc", "acb"), 1);
    assert_int_equal(cli_distance("abc", "abcd"), 1);
    assert_int_equal(cli_distance("abc", "bc"), 1);
    assert_int_equal(cli_distance("kitten", "sitting"), 3);
    char longer[200];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(cli_distance(longer, "x"), 199);
}

int main(void) {
    cli_set_verbosity(CLI_QUIET);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_lines),
        cmocka_unit_test(test_bad_lines),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_distance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
