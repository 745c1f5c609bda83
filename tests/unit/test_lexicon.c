// SPDX-License-Identifier: GPL-3.0-or-later
#include "kg/lexicon.h"

#include "lexicon/lexicon_i.h"
#include "lexicon/tsv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];
static const char* const names[] = {"places.tsv",         "parks.tsv",   "companies.tsv",
                                    "companies-mine.tsv", "sectors.tsv", "affixes.tsv",
                                    "words.tsv",          "odd.tsv"};

static void put(const char* name, const char* text) {
    char path[128];
    snprintf(path, sizeof path, "%s/lexicon/%s", folder, name);
    FILE* const file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static int make_folder(void** state) {
    (void)state;
    char path[128];
    snprintf(folder, sizeof folder, "lexicon-test-XXXXXX");
    if (!mkdtemp(folder)) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/lexicon", folder);
    return mkdir(path, 0777);
}

static int remove_folder(void** state) {
    (void)state;
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
        snprintf(path, sizeof path, "%s/lexicon/%s", folder, names[i]);
        (void)unlink(path);
    }
    snprintf(path, sizeof path, "%s/lexicon", folder);
    return rmdir(path) || rmdir(folder) ? -1 : 0;
}

typedef struct {
    unsigned count;
    char lines[1024];
} notes;

static void note(void* handle, kg_severity severity, const kg_error* error) {
    notes* const n = handle;
    assert_int_equal(severity, KG_ERROR);
    const char* const file = strrchr(error->source, '/');
    snprintf(n->lines + strlen(n->lines), sizeof n->lines - strlen(n->lines), "%s:%u ",
             file ? file + 1 : error->source, (unsigned)error->line);
    ++n->count;
}

static void finds_names_aliases_and_ids(void** state) {
    (void)state;
    put("places.tsv", "# divisions\nid\tname\tlevel\tparent\taliases\n"
                      "500000\t重庆市\tprovince\t\t重庆;渝?\n"
                      "500106\t沙坪坝区\tcounty\t500000\t沙坪坝\n"
                      "110105\t朝阳区\tcounty\t\t\n210102\t朝阳区\tcounty\t\t\n");
    put("companies.tsv", "name\tid\tgroup\tunknown\taliases\n大山集团\tc1\t\tx\t大山?;DASHAN\n");
    put("companies-mine.tsv", "\xEF\xBB\xBFid\tname\tgroup\r\nc2\t大山物业有限公司\tc1\r\n");
    put("sectors.tsv", "id\tname\tuse\ns1\t人工智能\tstrict\ns2\t服务\tloose\n");
    put("affixes.tsv", "text\ttype\trole\tnote\n有限公司\tCompany\tform\t\n科技\t\ttrade\t\n");
    put("words.tsv", "text\tclass\n董事长\tpost\n王\tsurname\n王\tnoise\n");
    kg_lexicon* lexicon = NULL;
    kg_error error = {0};
    assert_int_equal(kg_lexicon_load(folder, NULL, &lexicon, &error), KG_OK);

    const kg_lexicon_entry* const city = kg_lexicon_find(lexicon, KG_PLACE, KG_LIT("重庆"));
    assert_non_null(city);
    assert_true(kg_slice_equal(city->id, KG_LIT("500000")));
    assert_int_equal(city->alias_count, 2);
    assert_true(kg_slice_equal(city->aliases[1], KG_LIT("渝")));
    assert_null(kg_lexicon_find(lexicon, KG_PARK, KG_LIT("重庆")));
    assert_null(kg_lexicon_find(lexicon, KG_PLACE, KG_LIT("朝阳区"))); // two claim it
    assert_null(kg_lexicon_find(lexicon, KG_PLACE, KG_LIT("")));
    assert_non_null(kg_lexicon_find(lexicon, KG_TYPE_COUNT, KG_LIT("dashan")));

    const kg_lexicon_entry* const firm = kg_lexicon_by_id(lexicon, KG_LIT("c2"));
    assert_non_null(firm);
    assert_true(kg_slice_equal(firm->parent_id, KG_LIT("c1")));
    assert_null(kg_lexicon_by_id(lexicon, KG_LIT("c3")));
    assert_non_null(kg_lexicon_at(lexicon, 0));
    assert_null(kg_lexicon_at(lexicon, lexicon->entry_count));

    const kg_lexicon_entry* const loose = kg_lexicon_find(lexicon, KG_SECTOR, KG_LIT("服务"));
    assert_true(kg_i_lexicon_more(lexicon, loose)->loose);
    const uint32_t king[] = {0x738B};
    const uint32_t key = kg_i_automaton_exact(lexicon->automaton, king, 0, 1);
    assert_true(kg_i_lexicon_is(lexicon, key, kg_i_lexicon_class(lexicon, "surname")));
    assert_true(kg_i_lexicon_is(lexicon, key, kg_i_lexicon_class(lexicon, "noise")));
    assert_false(kg_i_lexicon_is(lexicon, key, kg_i_lexicon_class(lexicon, "post")));
    assert_int_equal(kg_i_lexicon_class(lexicon, "nothing"), KG_I_NO_CLASS);
    uint32_t count = 0;
    assert_int_equal(kg_i_lexicon_senses(lexicon, key, &count)->kind, KG_I_SENSE_WORD);
    assert_int_equal(count, 2);
    kg_lexicon_free(lexicon);
}

static void names_every_fault_with_its_line(void** state) {
    (void)state;
    put("places.tsv", "id\tname\tparent\n1\t甲市\t\n1\t乙市\t\n\t丙市\n2\t丁市\t9\n");
    put("sectors.tsv", "id\tname\tuse\ns1\t人工智能\tsometimes\n");
    put("affixes.tsv", "text\ttype\trole\n园\tPlanet\thead\n");
    put("words.tsv", "text\tkind\n王\tsurname\n");
    put("companies.tsv", "id\tname\nc1\t\xC3\x28\n");
    put("odd.tsv", "a\tb\n");
    kg_lexicon* lexicon = NULL;
    kg_error error = {0};
    notes n = {0};
    const kg_diagnostics sink = {&n, note};
    assert_int_equal(kg_lexicon_load(folder, &sink, &lexicon, &error), KG_ERR_FORMAT);
    assert_null(lexicon);
    assert_string_equal(n.lines, "affixes.tsv:2 companies.tsv:2 odd.tsv:0 places.tsv:3 "
                                 "places.tsv:4 sectors.tsv:2 words.tsv:1 places.tsv:5 ");
    assert_int_equal(n.count, 8);
    assert_int_equal(error.line, 2);
    assert_non_null(strstr(error.source, "affixes.tsv"));
    assert_non_null(strstr(error.text, "Planet"));
}

static void empty_and_missing_folders(void** state) {
    (void)state;
    kg_lexicon* lexicon = NULL;
    kg_error error = {0};
    assert_int_equal(kg_lexicon_load(folder, NULL, &lexicon, &error), KG_OK);
    assert_null(kg_lexicon_find(lexicon, KG_TYPE_COUNT, KG_LIT("园")));
    kg_lexicon_free(lexicon);
    assert_int_equal(kg_lexicon_load("no-such-folder", NULL, &lexicon, &error), KG_ERR_IO);
    put("words.tsv", "");
    error = (kg_error){0};
    assert_int_equal(kg_lexicon_load(folder, NULL, &lexicon, &error), KG_ERR_FORMAT);
    kg_lexicon_free(NULL);
}

static void the_project_s_own_tables_load(void** state) {
    (void)state;
    kg_lexicon* lexicon = NULL;
    kg_error error = {0};
    const kg_status status = kg_lexicon_load(KG_SOURCE_DIR "/ontology", NULL, &lexicon, &error);
    if (status != KG_OK) {
        print_message("%s:%u %s\n", error.source, (unsigned)error.line, error.text);
    }
    assert_int_equal(status, KG_OK);
    kg_lexicon_free(lexicon);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_names_aliases_and_ids, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(names_every_fault_with_its_line, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(empty_and_missing_folders, make_folder, remove_folder),
        cmocka_unit_test(the_project_s_own_tables_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
