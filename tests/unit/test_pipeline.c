// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/pipeline.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <setjmp.h>

#include <cmocka.h>

enum { ITEMS = 2000 };

typedef struct {
    uint64_t delivered[ITEMS];
    size_t count;
    size_t stop_after; ///< deliveries until the receiver refuses; 0: never
    atomic_uint alive; ///< items and results that somebody still has to free
    atomic_uint most_alive;
    atomic_uint worked;
} journal;

static void* new_item(journal* book, uint64_t number) {
    uint64_t* const item = malloc(sizeof *item);
    assert_non_null(item);
    *item = number;
    const unsigned alive = atomic_fetch_add(&book->alive, 1) + 1;
    if (alive > atomic_load(&book->most_alive)) {
        atomic_store(&book->most_alive, alive);
    }
    return item;
}

static void* square(void* handle, void* item) {
    journal* const book = handle;
    uint64_t* const number = item;
    // Uneven work, so that later items overtake earlier ones.
    volatile uint64_t spin = (*number * 2654435761U) % 5000;
    while (spin) {
        spin--;
    }
    *number *= *number;
    atomic_fetch_add(&book->worked, 1);
    return number;
}

static void drop(void* handle, void* item) {
    journal* const book = handle;
    free(item);
    atomic_fetch_sub(&book->alive, 1);
}

static kg_status take(void* handle, void* result) {
    journal* const book = handle;
    book->delivered[book->count++] = *(uint64_t*)result;
    drop(handle, result);
    return book->stop_after && book->count >= book->stop_after ? KG_ERR_IO : KG_OK;
}

static cli_pipeline* open_pipeline(journal* book, unsigned jobs, unsigned slots,
                                   uint64_t max_weight) {
    const cli_pipeline_options options = {.jobs = jobs,
                                          .slots = slots,
                                          .max_weight = max_weight,
                                          .handle = book,
                                          .work = square,
                                          .deliver = take,
                                          .drop_item = drop,
                                          .drop_result = drop};
    cli_pipeline* pipeline = NULL;
    assert_int_equal(cli_pipeline_new(&options, &pipeline, NULL), KG_OK);
    return pipeline;
}

static void check_order(unsigned jobs, unsigned slots) {
    journal* const book = calloc(1, sizeof *book);
    assert_non_null(book);
    cli_pipeline* const pipeline = open_pipeline(book, jobs, slots, 0);
    for (uint64_t i = 0; i < ITEMS; i++) {
        assert_int_equal(cli_pipeline_submit(pipeline, new_item(book, i), 1), KG_OK);
    }
    assert_int_equal(cli_pipeline_drain(pipeline), KG_OK);
    cli_pipeline_free(pipeline);
    assert_int_equal(book->count, ITEMS);
    for (uint64_t i = 0; i < ITEMS; i++) {
        assert_int_equal(book->delivered[i], i * i);
    }
    assert_int_equal(atomic_load(&book->alive), 0);
    free(book);
}

static void test_order_is_that_of_submission(void** state) {
    (void)state;
    check_order(1, 0);
    check_order(2, 0);
    check_order(4, 0);
    check_order(8, 3);
    check_order(3, 1);
}

static void test_slots_bound_what_is_alive(void** state) {
    (void)state;
    journal* const book = calloc(1, sizeof *book);
    assert_non_null(book);
    cli_pipeline* const pipeline = open_pipeline(book, 4, 7, 0);
    for (uint64_t i = 0; i < ITEMS; i++) {
        assert_int_equal(cli_pipeline_submit(pipeline, new_item(book, i), 1), KG_OK);
    }
    assert_int_equal(cli_pipeline_drain(pipeline), KG_OK);
    cli_pipeline_free(pipeline);
    assert_true(atomic_load(&book->most_alive) <= 8); // seven and the one being handed in
    free(book);
}

static void test_weight_bounds_what_is_alive(void** state) {
    (void)state;
    journal* const book = calloc(1, sizeof *book);
    assert_non_null(book);
    cli_pipeline* const pipeline = open_pipeline(book, 4, 64, 10);
    for (uint64_t i = 0; i < ITEMS; i++) {
        // Every hundredth is heavier than all that is allowed, and passes alone.
        const uint64_t weight = i % 100 == 99 ? 50 : 4;
        assert_int_equal(cli_pipeline_submit(pipeline, new_item(book, i), weight), KG_OK);
    }
    assert_int_equal(cli_pipeline_drain(pipeline), KG_OK);
    assert_int_equal(book->count, ITEMS);
    assert_true(atomic_load(&book->most_alive) <= 3);
    cli_pipeline_free(pipeline);
    free(book);
}

static void check_refusal(unsigned jobs) {
    journal* const book = calloc(1, sizeof *book);
    assert_non_null(book);
    book->stop_after = 10;
    cli_pipeline* const pipeline = open_pipeline(book, jobs, 0, 0);
    kg_status status = KG_OK;
    for (uint64_t i = 0; i < ITEMS && status == KG_OK; i++) {
        status = cli_pipeline_submit(pipeline, new_item(book, i), 1);
    }
    assert_int_equal(status, KG_ERR_IO);
    assert_int_equal(cli_pipeline_submit(pipeline, new_item(book, 0), 1), KG_ERR_IO);
    assert_int_equal(cli_pipeline_drain(pipeline), KG_ERR_IO);
    cli_pipeline_free(pipeline);
    assert_int_equal(book->count, 10);
    assert_int_equal(atomic_load(&book->alive), 0);
    free(book);
}

static void test_refusal_ends_the_run_and_frees_the_rest(void** state) {
    (void)state;
    check_refusal(1);
    check_refusal(4);
}

static void test_free_without_drain_drops_all(void** state) {
    (void)state;
    cli_pipeline_free(NULL);
    journal* const book = calloc(1, sizeof *book);
    assert_non_null(book);
    cli_pipeline* const pipeline = open_pipeline(book, 2, 100, 0);
    for (uint64_t i = 0; i < 100; i++) {
        assert_int_equal(cli_pipeline_submit(pipeline, new_item(book, i), 1), KG_OK);
    }
    cli_pipeline_free(pipeline);
    assert_int_equal(atomic_load(&book->alive), 0);
    free(book);
}

static void test_nothing_submitted(void** state) {
    (void)state;
    journal* const book = calloc(1, sizeof *book);
    assert_non_null(book);
    cli_pipeline* const pipeline = open_pipeline(book, 2, 0, 0);
    assert_int_equal(cli_pipeline_drain(pipeline), KG_OK);
    cli_pipeline_free(pipeline);
    assert_int_equal(book->count, 0);
    free(book);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_is_that_of_submission),
        cmocka_unit_test(test_slots_bound_what_is_alive),
        cmocka_unit_test(test_weight_bounds_what_is_alive),
        cmocka_unit_test(test_refusal_ends_the_run_and_frees_the_rest),
        cmocka_unit_test(test_free_without_drain_drops_all),
        cmocka_unit_test(test_nothing_submitted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
