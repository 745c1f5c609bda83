// SPDX-License-Identifier: GPL-3.0-or-later
#include "source_helper.h"

static void check(const char* text, const char* blocks) {
    reading r = {0};
    read_text(&r, text, "a.html");
    assert_int_equal(r.documents.count, 1);
    assert_string_equal(blocks_of(&r, 0), blocks);
    check_origins(r.documents.items[0], text, strlen(text));
    forget(&r);
}

static const char page[] =
    "<!DOCTYPE html><html><head><title>东湖新园开园_青山网</title>\n"
    "<meta property=\"article:published_time\" content=\"2021-05-06T07:08:09+08:00\">\n"
    "<link rel=\"canonical\" href=\"https://x.example/a.html\">\n"
    "<script>var a = '<p>不是正文</p>';</script><style>p { color: red }</style></head>\n"
    "<body><div class=\"topNav\"><ul><li><a href=\"/\">首页</a></li><li><a "
    "href=\"/n\">新闻</a></li></ul>"
    "</div>\n<div id=\"main\"><h1>东湖新园开园</h1><div "
    "class=\"info\">来源：青山日报　点击：12</div>\n"
    "<div class=\"content\"><p>东湖新园昨日开园，\n  "
    "三家企业&ldquo;签约&rdquo;入驻，总投资10&nbsp;亿元。</p>\n"
    "<!-- 注释 <p>不是正文</p> -->\n<p style=\"Display: none\">看不见的字。</p>\n"
    "<p>园区负责人表示，<br>将继续完善配套&hellip;&#x2026;<b>服务</b>企业。</p>\n"
    "<table><tr><td>企业</td><td>产业</td></tr><tr><td><p>东湖科技</p></td><td>医药</td></tr></"
    "table>\n"
    "<ul><li>甲项目，投资一亿元。</li><li>乙项目</li></ul></div>\n"
    "<div class=\"related\"><h3>相关新闻</h3><a href=\"/1\">旧闻一则</a><a "
    "href=\"/2\">旧闻两则</a></div>"
    "</div>\n<div class=\"footer\">版权所有 青山网 青ICP备1号</div></body></html>\n";

static void the_article_is_found_in_the_page(void** state) {
    (void)state;
    reading r = {0};
    read_text(&r, page, "a.html");
    const kg_document* const d = r.documents.items[0];
    assert_string_equal(
        blocks_of(&r, 0),
        "T:东湖新园开园|P:东湖新园昨日开园，三家企业“签约”入驻，总投资10 亿元。|"
        "P:园区负责人表示，将继续完善配套……服务企业。|R:企业\t产业|R:东湖科技\t医药|"
        "I:甲项目，投资一亿元。|I:乙项目");
    assert_slice(d->title, "东湖新园开园");
    assert_slice(d->date, "2021-05-06");
    assert_slice(d->url, "https://x.example/a.html");
    assert_slice(d->publisher, "青山日报");
    assert_int_equal(d->format, KG_FORMAT_HTML);
    check_origins(d, page, strlen(page));
    forget(&r);
}

static void templates_leave_their_text(void** state) {
    (void)state;
    check(
        "<%@ page contentType=\"text/html\" %>\n<%-- <p>注释</p> --%><html><body>"
        "<#if user?has_content><p>东湖${name}园区于{{year}}昨日开园。</p></#if><p>{$x}{% if a > b "
        "%}南湖园区也于昨日开园。"
        "<?php echo '1'; ?></p><c:out value=\"<%= y %>\"/></body></html>",
        "P:东湖 园区于 昨日开园。|P:南湖园区也于昨日开园。");
}

static void a_paragraph_cut_in_two_is_one(void** state) {
    (void)state;
    check("<body><p>东湖园区今年引进的企业</p><p>的总投资已过十亿元，</p><p>同比增长两成。</"
          "p><p>、</p>"
          "<p>南湖园区也不示弱。</p></body>",
          "P:东湖园区今年引进的企业的总投资已过十亿元，同比增长两成。|P:南湖园区也不示弱。");
}

static void broken_html_is_read_all_the_same(void** state) {
    (void)state;
    check("<div><p>第一段没有结束<p>第二段 a < b 且 c & d，&unknown; "
          "不是实体。</div></span></p>尾巴在外。<div",
          "H:第一段没有结束|P:第二段 a < b 且 c & d，&unknown; 不是实体。|P:尾巴在外。");
}

static void long_text_and_many_entities_keep_their_places(void** state) {
    (void)state;
    kg_i_buffer text = {0};
    kg_i_buffer_add_text(&text, "<html><body><p>");
    for (int i = 0; i < 3000; ++i) {
        kg_i_buffer_format(&text, i % 7 == 0 ? "&#%d;园<i class='a>b'>区</i>" : "第%d家企业，",
                           i + 0x4E00);
        if (i % 100 == 99) {
            kg_i_buffer_add_text(&text, "开园。</p>\r\n<!-- 园区 --><p>");
        }
    }
    kg_i_buffer_add_text(&text, "</p></body></html>");
    reading r = {0};
    read_bytes(&r, text.ptr, text.len, "a.html");
    assert_int_equal(r.documents.count, 1);
    assert_int_equal(r.documents.items[0]->block_count, 30);
    check_origins(r.documents.items[0], text.ptr, text.len);
    forget(&r);
    kg_i_buffer_dispose(&text);
}

static void nesting_beyond_the_limit_is_named(void** state) {
    (void)state;
    kg_i_buffer text = {0};
    kg_i_buffer_add_text(&text, "<html><body><p>开头的一段话在这里。</p>");
    for (int i = 0; i < 200000; ++i) {
        kg_i_buffer_add_text(&text, "<div>");
    }
    reading r = {0};
    read_bytes(&r, text.ptr, text.len, "deep.html");
    assert_int_equal(r.documents.count, 1);
    assert_int_equal(r.warnings.count, 1);
    assert_non_null(strstr(blocks_of(&r, 0), "开头的一段话"));
    forget(&r);
    kg_i_buffer_dispose(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_article_is_found_in_the_page),
        cmocka_unit_test(templates_leave_their_text),
        cmocka_unit_test(a_paragraph_cut_in_two_is_one),
        cmocka_unit_test(broken_html_is_read_all_the_same),
        cmocka_unit_test(long_text_and_many_entities_keep_their_places),
        cmocka_unit_test(nesting_beyond_the_limit_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
