// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/arena.h"
#include "base/buffer.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "kg/kg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void arena_zeroes_grows_and_keeps_its_limit(void** state) {
    (void)state;
    kg_i_arena arena = {.limit = 100 * 1024};
    unsigned char* const small = kg_i_arena_alloc(&arena, 10);
    assert_non_null(small);
    for (int i = 0; i < 10; ++i) {
        assert_int_equal(small[i], 0);
    }
    memset(small, 0xFF, 10);
    assert_non_null(kg_i_arena_alloc(&arena, 40000));
    assert_null(kg_i_arena_alloc(&arena, 100 * 1024));
    assert_null(kg_i_arena_array(&arena, SIZE_MAX / 2, 8));
    kg_i_arena_reset(&arena);
    const unsigned char* const again = kg_i_arena_alloc(&arena, 10);
    assert_non_null(again);
    assert_int_equal(again[0], 0);
    kg_i_arena_dispose(&arena);
    assert_int_equal(arena.total, 0);
}

static void utf8_takes_what_is_valid_and_nothing_else(void** state) {
    (void)state;
    const uint32_t codes[] = {0x41, 0x7FF, 0x4E2D, 0x20BB7, 0x10FFFF};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; ++i) {
        char bytes[4];
        uint32_t back = 0;
        const unsigned length = kg_i_utf8_encode(codes[i], bytes);
        assert_int_equal(kg_i_utf8_decode(bytes, length, &back), length);
        assert_int_equal(back, codes[i]);
        if (length > 1) {
            assert_int_equal(kg_i_utf8_decode(bytes, length - 1, &back), 0);
        }
    }
    const char* const bad[] = {"\x80", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
        uint32_t code = 0;
        assert_int_equal(kg_i_utf8_decode(bad[i], strlen(bad[i]), &code), 0);
    }
    size_t valid = 0;
    assert_false(kg_i_utf8_valid(KG_LIT("园区\xFF"), &valid));
    assert_int_equal(valid, 6);
    assert_int_equal(kg_i_utf8_cut(KG_LIT("园区"), 5), 3);
}

static void map_finds_what_was_put(void** state) {
    (void)state;
    kg_i_map map = {0};
    static char keys[1000][8];
    for (uint32_t i = 0; i < 1000; ++i) {
        snprintf(keys[i], sizeof keys[i], "k%u", i);
        bool is_new = false;
        assert_non_null(kg_i_map_put(&map, kg_slice_of(keys[i]), i, &is_new));
        assert_true(is_new);
    }
    bool is_new = true;
    assert_int_equal(*kg_i_map_put(&map, KG_LIT("k7"), 99, &is_new), 7);
    assert_false(is_new);
    assert_int_equal(*kg_i_map_get(&map, KG_LIT("k999")), 999);
    assert_null(kg_i_map_get(&map, KG_LIT("k1000")));
    kg_i_map_dispose(&map);
}

static void buffer_grows_and_hands_over(void** state) {
    (void)state;
    kg_i_buffer buffer = {0};
    kg_i_buffer_add_text(&buffer, "两江");
    kg_i_buffer_add_code(&buffer, 0x65B0);
    kg_i_buffer_format(&buffer, "%s%d", "区", 7);
    assert_true(kg_slice_equal(kg_i_buffer_slice(&buffer), KG_LIT("两江新区7")));
    char* const text = kg_i_buffer_detach(&buffer);
    assert_string_equal(text, "两江新区7");
    assert_null(buffer.ptr);
    free(text);
}

static void error_keeps_the_first_and_cuts_between_characters(void** state) {
    (void)state;
    kg_error error = {0};
    assert_int_equal(kg_fail_at(&error, KG_ERR_FORMAT, "a.tsv", 3, 5, "%s", "first"),
                     KG_ERR_FORMAT);
    assert_int_equal(kg_fail(&error, KG_ERR_IO, "b", "%s", "second"), KG_ERR_IO);
    assert_int_equal(error.status, KG_ERR_FORMAT);
    assert_string_equal(error.text, "first");
    assert_int_equal(error.line, 3);
    assert_int_equal(kg_fail(NULL, KG_ERR_IO, NULL, "%s", "nobody listens"), KG_ERR_IO);

    char longest[3 * 300 + 1];
    for (size_t i = 0; i < 300; ++i) {
        memcpy(longest + 3 * i, "区", 3);
    }
    longest[3 * 300] = '\0';
    kg_error cut = {0};
    kg_fail(&cut, KG_ERR_IO, longest, "%s", longest);
    assert_true(kg_i_utf8_valid(kg_slice_of(cut.source), NULL));
    assert_true(kg_i_utf8_valid(kg_slice_of(cut.text), NULL));
    assert_int_equal(strlen(cut.text), sizeof cut.text / 3 * 3);
}

static void model_names_round_trip_and_signatures_hold(void** state) {
    (void)state;
    for (unsigned i = 0; i < KG_PREDICATE_COUNT; ++i) {
        kg_predicate back = KG_PREDICATE_COUNT;
        assert_int_equal(kg_predicate_parse(kg_slice_of(kg_predicate_name((kg_predicate)i)), &back),
                         KG_OK);
        assert_int_equal(back, i);
    }
    kg_type type = KG_TYPE_COUNT;
    assert_int_equal(kg_type_parse(KG_LIT("Park"), &type), KG_OK);
    assert_int_equal(type, KG_PARK);
    assert_int_equal(kg_type_parse(KG_LIT("park"), &type), KG_NO);
    assert_true(kg_predicate_allows(KG_OPERATES, KG_COMPANY, KG_PARK));
    assert_false(kg_predicate_allows(KG_OPERATES, KG_PARK, KG_COMPANY));
    assert_true(kg_predicate_allows(KG_COOPERATES_WITH, KG_PLACE, KG_PLACE));
    assert_true(kg_predicate_allows(KG_COOPERATES_WITH, KG_COMPANY, KG_PLACE));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_zeroes_grows_and_keeps_its_limit),
        cmocka_unit_test(utf8_takes_what_is_valid_and_nothing_else),
        cmocka_unit_test(map_finds_what_was_put),
        cmocka_unit_test(buffer_grows_and_hands_over),
        cmocka_unit_test(error_keeps_the_first_and_cuts_between_characters),
        cmocka_unit_test(model_names_round_trip_and_signatures_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
