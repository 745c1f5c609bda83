// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static kg_status parse(const char* text, kg_i_patterns* out, kg_error* error) {
    *error = (kg_error){0};
    return kg_i_patterns_parse(kg_slice_of(text), "test.pat", out, error);
}

static void a_pattern_is_compiled(void** state) {
    (void)state;
    kg_error error;
    kg_i_patterns p;
    assert_int_equal(parse("# comment\n"
                           "settle locates_in 0.75 {S+:Company,Facility} ..14 @in ..6 {O:Park}"
                           " ; status=agreed inferred disabled # why\n"
                           "@in 入驻 落户\n"
                           "\n"
                           "of part_of 1 {O:Park} [的|内]? ::3 {S:Park}\n",
                           &p, &error),
                     KG_OK);
    assert_int_equal(p.count, 2);
    const kg_i_pattern* const first = &p.items[0];
    assert_string_equal(first->id.ptr, "settle");
    assert_int_equal(first->predicate, KG_LOCATES_IN);
    assert_int_equal(first->status, KG_AGREED);
    assert_true(first->inferred);
    assert_true(first->disabled);
    assert_int_equal(first->item_count, 5);
    assert_int_equal(first->items[0].kind, KG_I_SLOT);
    assert_true(first->items[0].list);
    assert_int_equal(first->items[0].types, 1 << KG_COMPANY | 1 << KG_FACILITY);
    assert_int_equal(first->items[1].kind, KG_I_GAP);
    assert_int_equal(first->items[1].length, 14);
    assert_int_equal(first->items[2].kind, KG_I_WORDS);
    assert_int_equal(first->need, first->items[2].words);
    assert_true(p.items[1].items[1].optional);
    assert_int_equal(p.items[1].need, KG_I_CLASS_MAX);
    assert_int_equal(p.items[1].items[2].mode, KG_I_GAP_LOOSE);
    assert_int_equal(p.word_count, 4);
    assert_true(kg_i_patterns_disable(&p, KG_LIT("of")));
    assert_true(p.items[1].disabled);
    assert_false(kg_i_patterns_disable(&p, KG_LIT("none")));
    kg_i_patterns_dispose(&p);
}

static void faults_are_named_by_line_and_column(void** state) {
    (void)state;
    static const struct {
        const char* text;
        unsigned line, column;
    } cases[] = {
        {"a locates_in 0.5 {S:Company} {O:Garden}\n", 1, 33},
        {"\na locates 0.5 {S:Company} {O:Park}\n", 2, 3},
        {"a locates_in 1.5 {S:Company} {O:Park}\n", 1, 14},
        {"a locates_in x {S:Company} {O:Park}\n", 1, 14},
        {"a locates_in 0.5 {S:Company} @none {O:Park}\n", 1, 30},
        {"a locates_in 0.5 {S:Company {O:Park\n", 1, 18},
        {"a locates_in 0.5 {S:Company} [在|于 {O:Park}\n", 1, 30},
        {"a locates_in 0.5 {S:Company} 入驻 {O:Park}\n", 1, 30},
        {"a locates_in 0.5 {S:Company} ..99 {O:Park}\n", 1, 30},
        {"a locates_in 0.5 {S:Company}\n", 1, 1},
        {"a locates_in 0.5 {O:Park} {S~:Company}\n", 1, 1},
        {"a locates_in 0.5 {S:Sector} {O:Park}\n", 1, 1},
        {"a locates_in 0.5 {S:Company} {O:Park} ; status=maybe\n", 1, 41},
        {"a locates_in 0.5 {S:Company} {O:Park} ; loud\n", 1, 41},
        {"a locates_in 0.5 {S:Company} {O:Park}\na part_of 1 {S:Park} {O:Park}\n", 2, 1},
        {"@ 入驻\n", 1, 1},
        {"a locates_in 0.5 {S:Company} [] {O:Park}\n", 1, 31},
        {"a develops 0.5 {O:Facility<O:Company}\n", 1, 27},
        {"\xFF\n", 1, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        kg_error error;
        kg_i_patterns p;
        assert_int_not_equal(parse(cases[i].text, &p, &error), KG_OK);
        assert_string_equal(error.source, "test.pat");
        if (error.line != cases[i].line || error.column != cases[i].column) {
            fail_msg("case %zu: %u:%u %s", i, (unsigned)error.line, (unsigned)error.column,
                     error.text);
        }
        kg_i_patterns_dispose(&p);
    }
}

static void count_fault(void* handle, kg_severity severity, const kg_error* error) {
    assert_int_equal(severity, KG_ERROR);
    assert_true(error->line > 0);
    ++*(unsigned*)handle;
}

static void a_folder_names_all_its_faults(void** state) {
    (void)state;
    char folder[] = "patterns-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char path[64];
    (void)snprintf(path, sizeof path, "%s/b.pat", folder);
    FILE* file = fopen(path, "w");
    assert_non_null(file);
    fputs("x nothing 1 {S:Park} {O:Park}\ny part_of 2 {S:Park} {O:Park}\n@in 在\n", file);
    (void)fclose(file);
    char other[64];
    (void)snprintf(other, sizeof other, "%s/a.pat", folder);
    file = fopen(other, "w");
    assert_non_null(file);
    fputs("z part_of 1 {S:Park} @in {O:Park}\n", file);
    (void)fclose(file);
    unsigned faults = 0;
    const kg_diagnostics sink = {&faults, count_fault};
    kg_error error = {0};
    kg_i_patterns p;
    assert_int_equal(kg_i_patterns_load(folder, &sink, &p, &error), KG_ERR_FORMAT);
    assert_int_equal(faults, 2);
    assert_int_equal(error.line, 1);
    (void)unlink(path);
    (void)unlink(other);
    (void)rmdir(folder);
    error = (kg_error){0};
    assert_int_equal(kg_i_patterns_load("no/such/folder", NULL, &p, &error), KG_OK);
    assert_int_equal(p.count, 0);
    kg_i_patterns_dispose(&p);
}

static void those_that_are_shipped_compile(void** state) {
    (void)state;
    kg_error error = {0};
    kg_i_patterns p;
    const kg_status status =
        kg_i_patterns_load(KG_SOURCE_DIR "/ontology/patterns", NULL, &p, &error);
    if (status != KG_OK) {
        fail_msg("%s:%u:%u %s", error.source, (unsigned)error.line, (unsigned)error.column,
                 error.text);
    }
    bool used[KG_PREDICATE_COUNT] = {false};
    for (uint32_t i = 0; i < p.count; ++i) {
        used[p.items[i].predicate] = true;
    }
    for (unsigned i = 0; i < KG_PREDICATE_COUNT; ++i) {
        assert_true(used[i]);
    }
    kg_i_patterns_dispose(&p);
}

static void noise_is_refused_not_crashed_on(void** state) {
    (void)state;
    static const char alphabet[] =
        "{}[]@!^$.,:;|?+~<SOT: \n\tCompanyPark0.5locates_in\xE5\x9C\xA8#=";
    uint32_t seed = 12345;
    for (unsigned round = 0; round < 3000; ++round) {
        char text[96];
        for (size_t i = 0; i < sizeof text; ++i) {
            seed = seed * 1664525u + 1013904223u;
            text[i] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        kg_i_patterns p;
        kg_error error = {0};
        if (kg_i_patterns_parse((kg_slice){text, sizeof text}, "noise", &p, &error) == KG_OK) {
            kg_i_patterns_dispose(&p);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_is_compiled),
        cmocka_unit_test(faults_are_named_by_line_and_column),
        cmocka_unit_test(a_folder_names_all_its_faults),
        cmocka_unit_test(those_that_are_shipped_compile),
        cmocka_unit_test(noise_is_refused_not_crashed_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
