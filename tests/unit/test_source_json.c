// SPDX-License-Identifier: GPL-3.0-or-later
#include "source_helper.h"

static void records_are_documents(void** state) {
    (void)state;
    static const char lines[] = "{\"id\": \"a1\", \"title\": \"东湖科技投产\", \"content\": "
                                "\"【东湖科技投产】某社6月1日电，东湖科技新厂"
                                "\\u6295\\u4ea7。\\n第二段\\\"引号\\\"。\", \"brief\": "
                                "\"东湖科技新厂投产。\", \"datetime\": "
                                "\"2026-06-01T09:00:00+08:00\", \"shareurl\": "
                                "\"https://x.example/a\\/1\", \"source_name\": "
                                "\"某社\"}\n\n{\"headline\": \"南湖\", \"text\": "
                                "\"正文\\ud83d\\ude00。\", \"time\": 1773705600}\n";
    reading r = {0};
    read_text(&r, lines, "f.jsonl");
    assert_int_equal(r.documents.count, 2);
    const kg_document* const first = r.documents.items[0];
    assert_slice(first->name, "f.jsonl#a1");
    assert_slice(first->title, "东湖科技投产");
    assert_slice(first->date, "2026-06-01");
    assert_slice(first->url, "https://x.example/a/1");
    assert_slice(first->publisher, "某社");
    assert_int_equal(first->format, KG_FORMAT_JSONL);
    assert_string_equal(blocks_of(&r, 0),
                        "T:东湖科技投产|P:某社6月1日电，东湖科技新厂投产。|P:第二段\"引号\"。");
    check_origins(first, lines, strlen(lines));
    const kg_document* const second = r.documents.items[1];
    assert_slice(second->name, "f.jsonl#3");
    assert_slice(second->date, "2026-03-17");
    assert_string_equal(blocks_of(&r, 1), "T:南湖|P:正文😀。");
    check_origins(second, lines, strlen(lines));
    assert_int_equal(second->base, (size_t)(strstr(lines, "{\"headline") - lines));
    assert_true(first->hash[0] != second->hash[0]);
    assert_int_equal(r.faults.count, 0);
    forget(&r);
}

static void an_escape_knows_its_byte(void** state) {
    (void)state;
    static const char line[] = "{\"text\":\"a\\u4e2d\\ud83d\\ude00b\"}";
    reading r = {0};
    read_text(&r, line, "f.jsonl");
    const kg_document* const d = r.documents.items[0];
    const uint32_t expected[] = {9, 10, 16, 28, 29};
    for (size_t i = 0; i < 5; ++i) {
        assert_int_equal(d->origin[i], expected[i]);
    }
    forget(&r);
}

static void a_title_cut_from_the_text_is_no_block(void** state) {
    (void)state;
    reading r = {0};
    read_text(
        &r,
        "{\"title\":\"东湖科技今日公\",\"content\":\"东湖科技今日公告，投产。\"}\n"
        "{\"title\":\"东湖科技投产\",\"content\":\"东湖科技投产\\n东湖科技今日公告，投产。\"}\n",
        "f.jsonl");
    assert_string_equal(blocks_of(&r, 0), "P:东湖科技今日公告，投产。");
    assert_slice(r.documents.items[0]->title, "东湖科技今日公");
    assert_string_equal(blocks_of(&r, 1), "T:东湖科技投产|P:东湖科技今日公告，投产。");
    forget(&r);
}

static void the_user_may_map_fields(void** state) {
    (void)state;
    reading r = {.options = {.fields = "title=t,text=c,id=k,date=d"}};
    read_text(&r,
              "{\"title\":\"不是\",\"t\":\"题目\",\"c\":\"正文。\",\"k\":7,\"d\":\"20200102\"}\n",
              "f.jsonl");
    assert_slice(r.documents.items[0]->name, "f.jsonl#7");
    assert_slice(r.documents.items[0]->date, "2020-01-02");
    assert_string_equal(blocks_of(&r, 0), "T:题目|P:正文。");
    forget(&r);
    kg_error error = {0};
    static const char* const bad[] = {"title", "colour=x", "title=", "title=a,,"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
        const kg_source_options options = {.fields = bad[i]};
        assert_int_equal(kg_source_read_buffer(KG_LIT("{}"), KG_LIT("f.jsonl"), &options,
                                               (kg_document_sink){&r, keep_document}, &error),
                         KG_ERR_USAGE);
    }
}

static void html_in_a_record_is_read_as_html(void** state) {
    (void)state;
    static const char line[] = "{\"id\":1,\"title\":\"题\",\"content\":\"<p>东湖&amp;南湖<\\/p><p "
                               "style=\\\"display:none\\\">藏"
                               "<\\/p><p>\\u5317\\u6e56。<\\/p>\"}";
    reading r = {0};
    read_text(&r, line, "f.jsonl");
    assert_string_equal(blocks_of(&r, 0), "T:题|P:东湖&南湖|P:北湖。");
    check_origins(r.documents.items[0], line, strlen(line));
    forget(&r);
}

static void broken_lines_are_named_and_passed_over(void** state) {
    (void)state;
    reading r = {0};
    read_text(&r,
              "{\"id\":1,\"text\":\"好。\"}\n{\"id\":2,\"text\":\"切断\n[1,2]\n{\"id\":4}\n{\"id\":"
              "5,\"text\":\"也好。\"}\n",
              "f.jsonl");
    assert_int_equal(r.documents.count, 2);
    assert_slice(r.documents.items[1]->name, "f.jsonl#5");
    assert_int_equal(r.faults.count, 3);
    assert_int_equal(r.faults.items[0].line, 2);
    assert_int_equal(r.faults.items[0].status, KG_ERR_FORMAT);
    assert_string_equal(r.faults.items[0].source, "f.jsonl");
    assert_int_equal(r.faults.items[1].line, 3);
    assert_int_equal(r.faults.items[2].line, 4);
    forget(&r);
}

static void a_line_over_the_limit_is_passed_over(void** state) {
    (void)state;
    kg_i_buffer text = {0};
    kg_i_buffer_add_text(&text, "{\"text\":\"短。\"}\n{\"text\":\"");
    for (int i = 0; i < 300000; ++i) {
        kg_i_buffer_add_text(&text, "长");
    }
    kg_i_buffer_add_text(&text, "\"}\n{\"text\":\"再短。\"}\n");
    reading r = {.options = {.max_record_bytes = 1000}};
    read_bytes(&r, text.ptr, text.len, "f.jsonl");
    assert_int_equal(r.documents.count, 2);
    assert_int_equal(r.faults.count, 1);
    assert_int_equal(r.faults.items[0].status, KG_ERR_LIMIT);
    assert_int_equal(r.faults.items[0].line, 2);
    assert_slice(r.documents.items[1]->name, "f.jsonl#3");
    forget(&r);
    kg_i_buffer_dispose(&text);
}

static void a_json_file_holds_one_record_or_many(void** state) {
    (void)state;
    static const char many[] =
        "[\n  {\"id\": \"x\", \"text\": \"甲。\"},\n  {\"text\": [\"乙。\", \"丙。\"]}\n]\n";
    reading r = {0};
    read_text(&r, many, "f.json");
    assert_int_equal(r.documents.count, 2);
    assert_slice(r.documents.items[0]->name, "f.json#x");
    assert_slice(r.documents.items[1]->name, "f.json#2");
    assert_string_equal(blocks_of(&r, 1), "P:乙。|P:丙。");
    check_origins(r.documents.items[0], many, strlen(many));
    check_origins(r.documents.items[1], many, strlen(many));
    forget(&r);
}

static void the_sink_ends_the_reading(void** state) {
    (void)state;
    reading r = {.answer = KG_ERR_STOPPED};
    prepare(&r);
    kg_error error = {0};
    assert_int_equal(kg_source_read_buffer(KG_LIT("{\"text\":\"甲。\"}\n{\"text\":\"乙。\"}\n"),
                                           KG_LIT("f.jsonl"), &r.options,
                                           (kg_document_sink){&r, keep_document}, &error),
                     KG_ERR_STOPPED);
    assert_int_equal(r.documents.count, 1);
    forget(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_documents),
        cmocka_unit_test(an_escape_knows_its_byte),
        cmocka_unit_test(a_title_cut_from_the_text_is_no_block),
        cmocka_unit_test(the_user_may_map_fields),
        cmocka_unit_test(html_in_a_record_is_read_as_html),
        cmocka_unit_test(broken_lines_are_named_and_passed_over),
        cmocka_unit_test(a_line_over_the_limit_is_passed_over),
        cmocka_unit_test(a_json_file_holds_one_record_or_many),
        cmocka_unit_test(the_sink_ends_the_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
