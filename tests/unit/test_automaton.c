// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "lexicon/automaton.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static uint32_t decode(const char* text, uint32_t* chars) {
    uint32_t count = 0;
    for (size_t at = 0, size = strlen(text); at < size; ++count) {
        at += kg_i_utf8_decode(text + at, size - at, &chars[count]);
    }
    return count;
}

static kg_i_automaton* compile(const char* const* words, size_t count) {
    kg_i_automaton_builder* const builder = kg_i_automaton_builder_new();
    assert_non_null(builder);
    for (size_t i = 0; i < count; ++i) {
        uint32_t key = 0;
        assert_int_equal(kg_i_automaton_add(builder, kg_slice_of(words[i]), &key), KG_OK);
        assert_int_equal(kg_i_automaton_builder_find(builder, kg_slice_of(words[i])), key);
    }
    kg_i_automaton* automaton = NULL;
    assert_int_equal(kg_i_automaton_build(builder, &automaton), KG_OK);
    kg_i_automaton_builder_free(builder);
    return automaton;
}

/// All matches as "begin-end:key " in one string.
static const char* found(const kg_i_automaton* automaton, const char* text) {
    static char out[512];
    uint32_t chars[128];
    kg_i_scan scan = kg_i_scan_over(automaton, chars, 0, decode(text, chars));
    kg_i_match match;
    out[0] = '\0';
    while (kg_i_scan_next(&scan, &match)) {
        snprintf(out + strlen(out), sizeof out - strlen(out), "%u-%u:%u ", match.begin, match.end,
                 match.key);
    }
    return out;
}

static void finds_every_word_also_within_words(void** state) {
    (void)state;
    const char* const words[] = {"高新区", "重庆高新区", "新区", "高新", "区重", "庆"};
    kg_i_automaton* const automaton = compile(words, 6);
    assert_int_equal(kg_i_automaton_count(automaton), 6);
    assert_string_equal(found(automaton, "在重庆高新区重庆"),
                        "2-3:5 3-5:3 1-6:1 3-6:0 4-6:2 5-7:4 7-8:5 ");
    assert_string_equal(found(automaton, ""), "");
    assert_string_equal(found(automaton, "没有"), "");
    kg_i_automaton_free(automaton);
}

static void compares_folded_and_keeps_latin_words_whole(void** state) {
    (void)state;
    const char* const words[] = {"IBM", "西部（重庆）科学城", "中·金", "5G"};
    kg_i_automaton* const automaton = compile(words, 4);
    assert_string_equal(found(automaton, "ibm与ＩＢＭ，不是IBMX、xIBM"), "0-3:0 4-7:0 ");
    assert_string_equal(found(automaton, "西部(重庆)科学城"), "0-9:1 ");
    assert_string_equal(found(automaton, "中•金中・金"), "0-3:2 3-6:2 ");
    assert_string_equal(found(automaton, "15G和5G网"), "4-6:3 ");
    kg_i_automaton_free(automaton);
}

static void passes_over_invisible_characters(void** state) {
    (void)state;
    const char* const words[] = {"产业园", "园区"};
    kg_i_automaton* const automaton = compile(words, 2);
    assert_string_equal(found(automaton, "大产\u200B业\u200B\u200B园\u200B区"), "1-7:0 6-9:1 ");
    uint32_t chars[16];
    const uint32_t count = decode("产\u200B业园", chars);
    assert_int_equal(kg_i_automaton_exact(automaton, chars, 0, count), 0);
    assert_int_equal(kg_i_automaton_exact(automaton, chars, 0, count - 1), KG_I_NO_KEY);
    kg_i_automaton_free(automaton);
}

static void refuses_what_is_no_word(void** state) {
    (void)state;
    kg_i_automaton_builder* const builder = kg_i_automaton_builder_new();
    uint32_t key = 0;
    char longest[3 * KG_I_KEY_CHARS + 4] = "";
    for (int i = 0; i < KG_I_KEY_CHARS; ++i) {
        strcat(longest, "区");
    }
    assert_int_equal(kg_i_automaton_add(builder, KG_LIT(""), &key), KG_ERR_FORMAT);
    assert_int_equal(kg_i_automaton_add(builder, KG_LIT("\xFF"), &key), KG_ERR_FORMAT);
    assert_int_equal(kg_i_automaton_add(builder, kg_slice_of(longest), &key), KG_OK);
    strcat(longest, "区");
    assert_int_equal(kg_i_automaton_add(builder, kg_slice_of(longest), &key), KG_ERR_LIMIT);
    assert_int_equal(kg_i_automaton_builder_find(builder, KG_LIT("园")), KG_I_NO_KEY);
    kg_i_automaton_builder_free(builder);
    kg_i_automaton_builder_free(NULL);
    kg_i_automaton_free(NULL);
    kg_i_automaton* const none = compile(NULL, 0);
    assert_string_equal(found(none, "任何文字"), "");
    kg_i_automaton_free(none);
}

/// Against a plain search, over pseudo-random words of a small alphabet.
static void agrees_with_plain_search(void** state) {
    (void)state;
    const char* const alphabet[] = {"园", "区", "a", "城", "1"};
    uint32_t seed = 12345;
    char text[200] = "";
    char words[64][20];
    const char* list[64];
    for (int i = 0; i < 64; ++i) {
        words[i][0] = '\0';
        const int length = 1 + i % 5;
        for (int j = 0; j < length; ++j) {
            seed = seed * 1664525U + 1013904223U;
            strcat(words[i], alphabet[(seed >> 16) % 5 == 2 ? 0 : (seed >> 16) % 5 & 1 ? 1 : 3]);
        }
        list[i] = words[i];
    }
    for (int i = 0; i < 60; ++i) {
        seed = seed * 1664525U + 1013904223U;
        strcat(text, alphabet[(seed >> 20) % 2 ? 1 : (seed >> 24) % 2 ? 0 : 3]);
    }
    kg_i_automaton* const automaton = compile(list, 64);
    uint32_t chars[64];
    const uint32_t count = decode(text, chars);
    kg_i_scan scan = kg_i_scan_over(automaton, chars, 0, count);
    kg_i_match match;
    unsigned matches = 0;
    while (kg_i_scan_next(&scan, &match)) {
        assert_int_equal(kg_i_automaton_exact(automaton, chars, match.begin, match.end), match.key);
        ++matches;
    }
    unsigned expected = 0;
    for (uint32_t begin = 0; begin < count; ++begin) {
        for (uint32_t end = begin + 1; end <= count; ++end) {
            expected += kg_i_automaton_exact(automaton, chars, begin, end) != KG_I_NO_KEY;
        }
    }
    assert_true(expected > 50);
    assert_int_equal(matches, expected);
    kg_i_automaton_free(automaton);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_every_word_also_within_words),
        cmocka_unit_test(compares_folded_and_keeps_latin_words_whole),
        cmocka_unit_test(passes_over_invisible_characters),
        cmocka_unit_test(refuses_what_is_no_word),
        cmocka_unit_test(agrees_with_plain_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
