// SPDX-License-Identifier: GPL-3.0-or-later
#include "source_helper.h"

static void check(const char* text, const char* blocks) {
    reading r = {0};
    read_text(&r, text, "a.txt");
    assert_int_equal(r.documents.count, 1);
    assert_string_equal(blocks_of(&r, 0), blocks);
    check_origins(r.documents.items[0], text, strlen(text));
    forget(&r);
}

static void first_line_is_the_headline(void** state) {
    (void)state;
    reading r = {0};
    read_text(&r, "东湖科技投建新工厂\n东湖科技8日公告，拟在青山区建设新工厂。\n", "a.txt");
    assert_string_equal(blocks_of(&r, 0),
                        "T:东湖科技投建新工厂|P:东湖科技8日公告，拟在青山区建设新工厂。");
    assert_slice(r.documents.items[0]->title, "东湖科技投建新工厂");
    assert_slice(r.documents.items[0]->name, "a.txt");
    assert_int_equal(r.documents.items[0]->format, KG_FORMAT_TEXT);
    forget(&r);
}

static void columns_are_joined_within_words(void** state) {
    (void)state;
    check("　　青山区今年着力引进\n智能制造企业，东湖科\n技等三家公司签约入驻\n北区产业园，CD-\nMO "
          "平台同时揭牌。\n",
          "P:青山区今年着力引进智能制造企业，东湖科技等三家公司签约入驻北区产业园，CDMO "
          "平台同时揭牌。");
}

static void ragged_columns_are_joined_where_most_are(void** state) {
    (void)state;
    check("　　青山区今年着力引进\n智能制造企业，东湖科\n技等三家公司签约入驻\n北区产业园，平台同时"
          "\n揭牌开始运营。\n\n"
          "园区负责人说，明年\n还有更多的企业入驻。\n\n打造高地 引来金凤凰\n 生物医药是支柱产业，\n"
          "已有三十多家企业，分\n别来自各个不同省份。\n\n张三丰 副总裁\n李四 东湖科技总经理\n",
          "P:"
          "青山区今年着力引进智能制造企业，东湖科技等三家公司签约入驻北区产业园，平台同时揭牌开始运"
          "营。|"
          "P:园区负责人说，明年还有更多的企业入驻。|H:打造高地 引来金凤凰|"
          "P:生物医药是支柱产业，已有三十多家企业，分别来自各个不同省份。|H:张三丰 副总裁|P:李四 "
          "东湖科技总经理");
}

static void numbers_cut_by_a_column_are_whole_again(void** state) {
    (void)state;
    check("开园当天共有来自各地的20\n26家企业到场，其中智能制\n造企业占到三成左右，生物\n医药企业也"
          "有不少。\n",
          "P:"
          "开园当天共有来自各地的2026家企业到场，其中智能制造企业占到三成左右，生物医药企业也有不少"
          "。");
}

static void a_list_of_short_lines_is_no_column(void** state) {
    (void)state;
    check("入园企业名单如下公布：\n1、东湖科技有限公司；\n2、南湖医药有限公司；\n3、北湖机械有限公"
          "司；\n",
          "P:入园企业名单如下公布：|I:1、东湖科技有限公司；|I:2、南湖医药有限公司；|I:"
          "3、北湖机械有限公司；");
}

static void paragraphs_cut_by_a_page_are_joined(void** state) {
    (void)state;
    check("东湖园区项目进展顺利\n\n"
          "青山区今年以来，围绕智能制造和生物医药两大产业持续发力，先后引进东湖科技等一批重点企业，"
          "其中投资总额超过十亿元的项\n\n"
          "目达到八个，占全区的一半。\n\n"
          "产业聚集见成效\n\n"
          "在北区孵化器，已有三十家企业入驻。\n",
          "T:东湖园区项目进展顺利|"
          "P:"
          "青山区今年以来，围绕智能制造和生物医药两大产业持续发力，先后引进东湖科技等一批重点企业，"
          "其中投资总额超过十亿元的项目达到八个，占全区的一半。|"
          "H:产业聚集见成效|P:在北区孵化器，已有三十家企业入驻。");
}

static void a_page_holds_several_articles(void** state) {
    (void)state;
    reading r = {0};
    read_text(&r,
              "青山园区引进三家企业\n\n► 张三丰\n\n青山园区昨日签约三家企业，该区今年目标过半。\n\n"
              "东湖园区新建孵化器\n\n► 李四 王五六\n\n东湖园区的孵化器日前开工，全市瞩目。\n\n"
              "南湖园区举行推介会\n\n本报讯 南湖园区昨日举行推介会。\n",
              "page.txt");
    assert_string_equal(
        blocks_of(&r, 0),
        "T:青山园区引进三家企业|C:► 张三丰|P:青山园区昨日签约三家企业，该区今年目标过半。|"
        "T1:东湖园区新建孵化器|C1:► 李四 王五六|P1:东湖园区的孵化器日前开工，全市瞩目。|"
        "T2:南湖园区举行推介会|P2:本报讯 南湖园区昨日举行推介会。");
    assert_slice(r.documents.items[0]->title, "青山园区引进三家企业");
    forget(&r);
}

static void labels_are_read_and_dropped(void** state) {
    (void)state;
    reading r = {0};
    read_text(
        &r,
        "青山园区开园\n发布时间：2021-03-04\n来源：青山日报\n青山园区昨日开园，二十家企业入驻。\n"
        "[查看原文](https://news.example/1.html)\n",
        "a.txt");
    assert_string_equal(blocks_of(&r, 0), "T:青山园区开园|P:青山园区昨日开园，二十家企业入驻。");
    assert_slice(r.documents.items[0]->date, "2021-03-04");
    assert_slice(r.documents.items[0]->publisher, "青山日报");
    assert_slice(r.documents.items[0]->url, "https://news.example/1.html");
    forget(&r);
}

static void all_line_breaks_are_known(void** state) {
    (void)state;
    check("第一段在这里。\r\n第二段在这里。\r第三段在这里。\n\n\n第四段。",
          "P:第一段在这里。|P:第二段在这里。|P:第三段在这里。|P:第四段。");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_line_is_the_headline),
        cmocka_unit_test(columns_are_joined_within_words),
        cmocka_unit_test(ragged_columns_are_joined_where_most_are),
        cmocka_unit_test(numbers_cut_by_a_column_are_whole_again),
        cmocka_unit_test(a_list_of_short_lines_is_no_column),
        cmocka_unit_test(paragraphs_cut_by_a_page_are_joined),
        cmocka_unit_test(a_page_holds_several_articles),
        cmocka_unit_test(labels_are_read_and_dropped),
        cmocka_unit_test(all_line_breaks_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
