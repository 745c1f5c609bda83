// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/buffer.h"
#include "kg/record.h"
#include "record/json_scan.h"
#include "record/record.h"

#include <glob.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char full[] =
    "{\"doc\":\"a/1.html\",\"title\":\"他说\\\"好\\\"\",\"date\":\"2021-03-04\","
    "\"url\":\"https://news.example/1\",\"source\":\"示例日报\",\"path\":\"in/a/1.html\","
    "\"hash\":\"0123456789abcdef00000000000000ff\",\"format\":\"html\",\"charset\":\"GB18030\","
    "\"entities\":[{\"id\":\"e1\",\"type\":\"Company\",\"name\":\"甲公司\",\"aliases\":[\"甲\"],"
    "\"lexicon_id\":\"600000\",\"mentions\":[[0,9],[30,33]]},"
    "{\"id\":\"e2\",\"type\":\"Park\",\"name\":\"乙园\",\"aliases\":[]}],"
    "\"relations\":[{\"s\":\"e1\",\"p\":\"operates\",\"o\":\"e2\",\"status\":\"planned\","
    "\"confidence\":0.87,\"rule\":\"op-1\",\"time\":\"明年\",\"from\":\"2022\",\"to\":\"2023\","
    "\"inferred\":true,\"evidence\":\"甲运营乙园\",\"sentence\":\"甲运营乙园。\",\"begin\":10,"
    "\"end\":28}]}";

static kg_record* read_text(const char* json) {
    kg_record* record = NULL;
    kg_error error = {0};
    const kg_status status = kg_record_from_json(kg_slice_of(json), &record, &error);
    if (status != KG_OK) {
        print_message("%s at %llu: %s\n", json, (unsigned long long)error.offset, error.text);
    }
    assert_int_equal(status, KG_OK);
    return record;
}

static void assert_prints(const kg_record* record, const char* wanted) {
    char* json = NULL;
    size_t length = 0;
    assert_int_equal(kg_record_to_json(record, &json, &length, NULL), KG_OK);
    assert_string_equal(json, wanted);
    assert_int_equal(length, strlen(wanted));
    free(json);
}

static void what_is_written_is_read_back(void** state) {
    (void)state;
    kg_record* const record = read_text(full);
    assert_int_equal(record->hash[0], 0x0123456789abcdef);
    assert_int_equal(record->hash[1], 0xff);
    assert_int_equal(record->entities[0].mentions[1].begin, 30);
    assert_true(record->relations[0].inferred);
    assert_prints(record, full);
    kg_record_free(record);
    kg_record_free(NULL);
}

static void gold_needs_little_and_aliases_may_be_objects(void** state) {
    (void)state;
    kg_record* const record = read_text(
        " {\"note\": {\"deep\": [1, null]}, \"doc\": \"g\", \"date\": null,\n \"entities\": ["
        "{\"id\": \"x\", \"type\": \"Person\", \"name\": \"丙\", \"aliases\": [{\"text\": "
        "\"丙总\"}, \"\"]},"
        "{\"id\": \"y\", \"type\": \"Company\", \"name\": \"丁\"}],"
        "\"relations\": [{\"s\": \"x\", \"p\": \"holds_position\", \"o\": \"y\", \"title\": "
        "\"董事长\"}]} \n");
    assert_int_equal(record->entities[0].alias_count, 1);
    assert_int_equal(record->relations[0].status, KG_ACTUAL);
    assert_true(record->relations[0].confidence == 1.0);
    assert_prints(record,
                  "{\"doc\":\"g\",\"entities\":[{\"id\":\"e1\",\"type\":\"Person\",\"name\":\"丙\","
                  "\"aliases\":[\"丙总\"]},{\"id\":\"e2\",\"type\":\"Company\",\"name\":\"丁\","
                  "\"aliases\":[]}],\"relations\":[{\"s\":\"e1\",\"p\":\"holds_position\","
                  "\"o\":\"e2\",\"status\":\"actual\",\"confidence\":1,\"title\":\"董事长\"}]}");
    kg_record_free(record);
}

static void numbers_do_not_follow_the_locale(void** state) {
    (void)state;
    const char* const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "C"};
    for (size_t i = 0; i < sizeof locales / sizeof *locales; ++i) {
        if (!setlocale(LC_NUMERIC, locales[i])) {
            continue;
        }
        kg_record* const record = read_text(full);
        assert_prints(record, full);
        kg_record_free(record);
    }
    setlocale(LC_NUMERIC, "C");
}

static void confidence_has_four_decimals(void** state) {
    (void)state;
    const struct {
        double value;
        const char* text;
    } cases[] = {{0, "0"},
                 {1, "1"},
                 {0.5, "0.5"},
                 {0.00004, "0"},
                 {0.00005, "0.0001"},
                 {0.12345, "0.1235"},
                 {0.99999, "1"},
                 {-1, "0"},
                 {2, "1"},
                 {0.0001, "0.0001"},
                 {0.01, "0.01"}};
    kg_record_entity entities[] = {{.type = KG_COMPANY, .name = KG_LIT("甲")},
                                   {.type = KG_PARK, .name = KG_LIT("乙")}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        const kg_record_relation relation = {
            .object = 1, .predicate = KG_OPERATES, .confidence = cases[i].value};
        const kg_record record = {.doc = KG_LIT("d"),
                                  .entities = entities,
                                  .entity_count = 2,
                                  .relations = &relation,
                                  .relation_count = 1};
        char* json = NULL;
        size_t length = 0;
        assert_int_equal(kg_record_to_json(&record, &json, &length, NULL), KG_OK);
        const char* const found = strstr(json, "\"confidence\":");
        assert_non_null(found);
        assert_memory_equal(found + 13, cases[i].text, strlen(cases[i].text));
        assert_int_equal(found[13 + strlen(cases[i].text)], '}');
        free(json);
    }
}

static void bytes_that_json_cannot_hold_are_replaced(void** state) {
    (void)state;
    const kg_record record = {.doc = KG_LIT("a\xFF\x01\n\"\\\x7F")};
    assert_prints(&record,
                  "{\"doc\":\"a\uFFFD\\u0001\\n\\\"\\\\\x7F\",\"entities\":[],\"relations\":[]}");
}

#define TWO                                                                                        \
    "{\"doc\":\"d\",\"entities\":[{\"id\":\"a\",\"type\":\"Company\",\"name\":\"甲\"}, "          \
    "{\"id\":\"b\",\"type\":\"Park\",\"name\":\"乙\"}],\"relations\":["

static void faults_are_named_with_their_place(void** state) {
    (void)state;
    const struct {
        const char* json;
        const char* at; ///< the text from the fault on; null: not checked
        const char* reason;
    } cases[] = {
        {"", NULL, "JSON"},
        {"{", NULL, "JSON"},
        {"[]", NULL, "object"},
        {"{\"doc\":\"d\"} x", "x", "JSON"},
        {"{}", NULL, "doc"},
        {"{\"doc\":7}", NULL, "doc"},
        {"{\"doc\":\"a\\u0000b\"}", "\\u0000b\"}", "U+0000"},
        {"{\"doc\":\"\xFF\"}", "\xFF\"}", "UTF-8"},
        {"{\"doc\":\"d\",\"hash\":\"zz\"}", NULL, "hash"},
        {"{\"doc\":\"d\",\"entities\":{}}", NULL, "entities"},
        {"{\"doc\":\"d\",\"entities\":[7]}", "7]}", "objects"},
        {"{\"doc\":\"d\",\"entities\":[{\"id\":\"a\",\"type\":\"Ship\",\"name\":\"n\"}]}",
         "{\"id\":\"a\",\"type\":\"Ship\",\"name\":\"n\"}]}", "Ship"},
        {"{\"doc\":\"d\",\"entities\":[{\"id\":\"a\",\"type\":\"Park\",\"name\":\"n\"},"
         "{\"id\":\"a\",\"type\":\"Park\",\"name\":\"m\"}]}",
         "{\"id\":\"a\",\"type\":\"Park\",\"name\":\"m\"}]}", "two entities"},
        {"{\"doc\":\"d\",\"entities\":[{\"id\":\"a\",\"type\":\"Park\",\"name\":\"n\","
         "\"mentions\":[[3,1]]}]}",
         NULL, "mentions"},
        {TWO "{\"s\":\"a\",\"p\":\"operates\",\"o\":\"z\"}]}",
         "{\"s\":\"a\",\"p\":\"operates\",\"o\":\"z\"}]}", "z"},
        {TWO
         "{\"s\":\"a\",\"p\":\"operates\",\"o\":\"b\"}, {\"s\":\"a\",\"p\":\"eats\",\"o\":\"b\"}]}",
         "{\"s\":\"a\",\"p\":\"eats\",\"o\":\"b\"}]}", "eats"},
        {TWO "{\"s\":\"b\",\"p\":\"operates\",\"o\":\"a\"}]}", NULL, "types"},
        {TWO "{\"s\":\"a\",\"p\":\"operates\",\"o\":\"b\",\"status\":\"maybe\"}]}", NULL, "maybe"},
        {TWO "{\"s\":\"a\",\"p\":\"operates\",\"o\":\"b\",\"confidence\":2}]}", NULL, "confidence"},
        {TWO "{\"s\":\"a\",\"p\":\"operates\",\"o\":\"b\",\"begin\":1.5,\"end\":2}]}", NULL,
         "begin"},
        {TWO "{\"s\":\"a\",\"p\":\"operates\",\"o\":\"b\",\"inferred\":1}]}", NULL, "inferred"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        kg_record* record = NULL;
        kg_error error = {0};
        assert_int_equal(kg_record_from_json(kg_slice_of(cases[i].json), &record, &error),
                         KG_ERR_FORMAT);
        assert_null(record);
        if (!strstr(error.text, cases[i].reason)) {
            fail_msg("%s: %s", cases[i].json, error.text);
        }
        if (cases[i].at) {
            assert_string_equal(cases[i].json + error.offset, cases[i].at);
        }
    }
}

static void growth_is_limited(void** state) {
    (void)state;
    kg_record* record = NULL;
    kg_error error = {0};
    char deep[300];
    memset(deep, '[', sizeof deep);
    assert_int_equal(kg_record_from_json((kg_slice){deep, sizeof deep}, &record, &error),
                     KG_ERR_LIMIT);
    assert_int_equal(error.offset, KG_I_JSON_MAX_DEPTH);
    const size_t many = KG_I_JSON_MAX_VALUES + 10;
    char* const commas = malloc(many);
    assert_non_null(commas);
    memset(commas, ',', many);
    error = (kg_error){0};
    assert_int_equal(kg_record_from_json((kg_slice){commas, many}, &record, &error), KG_ERR_LIMIT);
    free(commas);
    assert_int_equal(kg_record_from_json((kg_slice){full, SIZE_MAX}, &record, NULL), KG_ERR_LIMIT);
}

/// Every beginning of a record is refused, and none is read beyond its end.
static void cut_short_is_refused(void** state) {
    (void)state;
    for (size_t length = 0; length < sizeof full - 1; ++length) {
        char* const piece = malloc(length ? length : 1);
        assert_non_null(piece);
        memcpy(piece, full, length);
        kg_record* record = NULL;
        assert_int_equal(kg_record_from_json((kg_slice){piece, length}, &record, NULL),
                         KG_ERR_FORMAT);
        assert_null(record);
        free(piece);
    }
}

static bool slurp(const char* path, kg_i_buffer* out) {
    FILE* const file = fopen(path, "rb");
    if (!file) {
        return false;
    }
    char part[4096];
    kg_i_buffer_clear(out);
    for (size_t n = 0; (n = fread(part, 1, sizeof part, file)) > 0;) {
        kg_i_buffer_add(out, part, n);
    }
    fclose(file);
    return true;
}

static void gold_files_are_read(void** state) {
    (void)state;
    glob_t found = {0};
    if (glob(KG_SHARED_DIR "/gold/*/*.gold.json", 0, NULL, &found) != 0) {
        print_message("no gold files below %s: skipped\n", KG_SHARED_DIR);
        skip();
    }
    kg_i_buffer text = {0};
    for (size_t i = 0; i < found.gl_pathc; ++i) {
        assert_true(slurp(found.gl_pathv[i], &text));
        kg_record* record = NULL;
        kg_error error = {0};
        if (kg_record_from_json(kg_i_buffer_slice(&text), &record, &error) != KG_OK) {
            fail_msg("%s: %s", found.gl_pathv[i], error.text);
        }
        char* json = NULL;
        size_t length = 0;
        assert_int_equal(kg_record_to_json(record, &json, &length, NULL), KG_OK);
        kg_record* const again = read_text(json);
        assert_prints(again, json);
        kg_record_free(again);
        kg_record_free(record);
        free(json);
    }
    kg_i_buffer_dispose(&text);
    globfree(&found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(gold_needs_little_and_aliases_may_be_objects),
        cmocka_unit_test(numbers_do_not_follow_the_locale),
        cmocka_unit_test(confidence_has_four_decimals),
        cmocka_unit_test(bytes_that_json_cannot_hold_are_replaced),
        cmocka_unit_test(faults_are_named_with_their_place),
        cmocka_unit_test(growth_is_limited),
        cmocka_unit_test(cut_short_is_refused),
        cmocka_unit_test(gold_files_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
