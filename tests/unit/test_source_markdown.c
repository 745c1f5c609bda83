// SPDX-License-Identifier: GPL-3.0-or-later
#include "source_helper.h"

static void front_matter_names_the_document(void** state) {
    (void)state;
    static const char text[] =
        "---\nlayout: post\ntitle: \"东湖：新园开园\"\ndate: Tue, 09 Nov 2021 22:38:42 "
        "GMT\nsource: 青山日报\nurl: https://x.example/1\n---\n\n东湖新园昨日开园。\n";
    reading r = {0};
    read_text(&r, text, "a.txt");
    const kg_document* const d = r.documents.items[0];
    assert_int_equal(d->format, KG_FORMAT_MARKDOWN);
    assert_slice(d->title, "东湖：新园开园");
    assert_slice(d->date, "2021-11-09");
    assert_slice(d->publisher, "青山日报");
    assert_slice(d->url, "https://x.example/1");
    assert_string_equal(blocks_of(&r, 0), "T:东湖：新园开园|P:东湖新园昨日开园。");
    check_origins(d, text, strlen(text));
    forget(&r);
}

static void marks_are_taken_off(void** state) {
    (void)state;
    static const char text[] =
        "# 东湖 "
        "**新园**\n\n第一段有*重点*、`代码`和[链接](https://x.example)，\n换行&nbsp;接着\\*写。\n\n"
        "![图](a.png)\n\n## 小标题 ##\n\n- 甲项\n- 乙项，\n  续行\n\n> "
        "引文一行。\n\n```\ncode\n```\n\n"
        "| 园区 | 产业 |\n|---|---|\n| 东湖 | 医药 |\n\n---\n\nsnake_case 与 _斜体_ 。\n";
    reading r = {0};
    read_text(&r, text, "a.md");
    assert_string_equal(
        blocks_of(&r, 0),
        "T:东湖 新园|P:第一段有重点、代码和链接，换行 接着*写。|H:小标题|I:甲项|I:乙项，续行|"
        "P:引文一行。|R:园区\t产业|R:东湖\t医药|P:snake_case 与 斜体 。");
    assert_slice(r.documents.items[0]->title, "东湖 新园");
    check_origins(r.documents.items[0], text, strlen(text));
    forget(&r);
}

static void html_inside_is_read(void** state) {
    (void)state;
    static const char text[] =
        "### 题目\n\n<p><strong>某社消息</strong>：东湖园区&ldquo;开园&rdquo;。</p><p "
        "style=\"display: "
        "none\">隐</p><p>第二段。<br></p>\n\n[查看原文](https://x.example/2)\n";
    reading r = {0};
    read_text(&r, text, "a.md");
    assert_string_equal(blocks_of(&r, 0), "T:题目|P:某社消息：东湖园区“开园”。|P:第二段。");
    assert_slice(r.documents.items[0]->url, "https://x.example/2");
    check_origins(r.documents.items[0], text, strlen(text));
    forget(&r);
}

static void a_short_line_before_text_is_a_heading(void** state) {
    (void)state;
    reading r = {0};
    read_text(&r,
              "---\ntitle: "
              "题\n---\n\n产业升级\n\n东湖园区的产业正在升级。\n\n标题下划线\n---\n\n正文在此。\n",
              "a.md");
    assert_string_equal(blocks_of(&r, 0),
                        "T:题|H:产业升级|P:东湖园区的产业正在升级。|H:标题下划线|P:正文在此。");
    forget(&r);
}

static void a_fence_without_end_is_no_front_matter(void** state) {
    (void)state;
    reading r = {0};
    read_text(&r, "---\ntitle: 题\n正文。\n", "a.md");
    assert_int_equal(r.documents.count, 1);
    assert_non_null(strstr(blocks_of(&r, 0), "正文"));
    forget(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(front_matter_names_the_document),
        cmocka_unit_test(marks_are_taken_off),
        cmocka_unit_test(html_inside_is_read),
        cmocka_unit_test(a_short_line_before_text_is_a_heading),
        cmocka_unit_test(a_fence_without_end_is_no_front_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
