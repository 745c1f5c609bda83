// SPDX-License-Identifier: GPL-3.0-or-later
// Each allocation of our own fails once, in each format: the export says so, leaves the old file
// and loses nothing (which the leak checker sees). Linked with --wrap, so that calls in the
// libraries that we use are not touched.
#include "write_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static unsigned long until_failure; ///< allocations that still succeed; 0: never fail

void* __real_malloc(size_t size);
void* __real_calloc(size_t count, size_t size);
void* __real_realloc(void* old, size_t size);
void* __wrap_malloc(size_t size);
void* __wrap_calloc(size_t count, size_t size);
void* __wrap_realloc(void* old, size_t size);

static bool fails(void) {
    return until_failure && --until_failure == 0;
}

void* __wrap_malloc(size_t size) {
    return fails() ? NULL : __real_malloc(size);
}

void* __wrap_calloc(size_t count, size_t size) {
    return fails() ? NULL : __real_calloc(count, size);
}

void* __wrap_realloc(void* old, size_t size) {
    return fails() ? NULL : __real_realloc(old, size);
}

static void try_all(kg_write_format format) {
    const char* const path = "memory.out";
    unsigned long tried = 0;
    kg_status status = KG_OK;
    do {
        kg_error error = {0};
        until_failure = ++tried;
        status = rows_write(format, path, &error);
        const bool failed = until_failure == 0;
        until_failure = 0;
        if (failed) {
            assert_int_equal(status, KG_ERR_MEMORY);
            assert_int_equal(error.status, KG_ERR_MEMORY);
            assert_int_equal(access(path, F_OK), -1);
        }
    } while (status != KG_OK && tried < 10000);
    assert_int_equal(status, KG_OK);
    assert_true(tried > 3);
    assert_int_equal(system("rm -r memory.out"), 0);
}

static void every_allocation_may_fail(void** state) {
    (void)state;
    for (unsigned i = 0; i < KG_WRITE_FORMAT_COUNT; ++i) {
        try_all((kg_write_format)i);
    }
    assert_int_equal(system("ls -a | grep -q '^[.]parkgraph.*part$'"), 256);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
