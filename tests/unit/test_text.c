// SPDX-License-Identifier: GPL-3.0-or-later
#include "source_helper.h"

#include "kg/text.h"

#include <pthread.h>

typedef struct {
    reading reading;
    kg_text* text;
    kg_i_buffer out;
} sample;

static void open_sample(sample* s, const char* text) {
    kg_error error = {0};
    read_text(&s->reading, text, "a.txt");
    assert_int_equal(s->reading.documents.count, 1);
    assert_int_equal(kg_text_new(s->reading.documents.items[0], &s->text, &error), KG_OK);
    assert_ptr_equal(kg_text_document(s->text), s->reading.documents.items[0]);
}

static void close_sample(sample* s) {
    kg_text_free(s->text);
    forget(&s->reading);
    kg_i_buffer_dispose(&s->out);
}

/// Normalised text of all blocks, hidden characters as ~.
static void check_normal(const char* text, const char* expected) {
    sample s = {0};
    open_sample(&s, text);
    const kg_document* const d = kg_text_document(s.text);
    const uint32_t* const chars = kg_text_chars(s.text);
    for (uint32_t b = 0; b < d->block_count; ++b) {
        kg_i_buffer_add_text(&s.out, b ? "|" : "");
        for (uint32_t i = d->blocks[b].begin; i < d->blocks[b].end; ++i) {
            kg_i_buffer_add_code(&s.out, chars[i] == 0x200B ? '~' : chars[i]);
        }
    }
    assert_int_equal(chars[d->count], 0);
    assert_string_equal(s.out.ptr, expected);
    close_sample(&s);
}

static void check_sentences(const char* text, const char* expected) {
    sample s = {0};
    open_sample(&s, text);
    uint32_t count = 0;
    const kg_sentence* const sentences = kg_text_sentences(s.text, &count);
    for (uint32_t i = 0; i < count; ++i) {
        char copy[2000];
        kg_text_copy(s.text, sentences[i].begin, sentences[i].end, copy, sizeof copy);
        kg_i_buffer_add_text(&s.out, i ? "|" : "");
        kg_i_buffer_add_text(&s.out, copy);
        const kg_block block = kg_text_document(s.text)->blocks[sentences[i].block];
        assert_true(sentences[i].begin >= block.begin && sentences[i].end <= block.end);
    }
    assert_string_equal(s.out.ptr, expected);
    close_sample(&s);
}

static void width_and_marks_have_one_form(void** state) {
    (void)state;
    check_normal("ＩＢＭ（中国）投资１２３万元，占５０％。", "IBM(中国)投资123万元，占50%。");
    check_normal("「智造」与『健康』・科技、\"云谷\"•一号。", "“智造”与“健康”·科技、“云谷”·一号。");
    check_normal("西部(重庆)科学城,重庆:高新区;共1,000家,时间9:30。",
                 "西部(重庆)科学城，重庆：高新区；共1,000家，时间9:30。");
    check_normal("①智能制造。", "①智能制造。");
    check_normal("see http://a.example/b?c, ok: yes。", "see http://a.example/b?c, ok: yes。");
}

static void spaces_that_say_nothing_are_hidden(void** state) {
    (void)state;
    check_normal("招商 攻 坚 成 绩 单 ，为园区 500 强、IBM 公司。",
                 "招商~攻~坚~成~绩~单~，为园区~500~强、IBM~公司。");
    check_normal("文章由 张三丰 李四五 撰写在此处。", "文章由 张三丰 李四五 撰写在此处。");
    check_normal("New York office。", "New York office。");
}

static void traditional_is_read_as_simplified(void** state) {
    (void)state;
    check_normal("小米集團落戶西部（重慶）科學城，發展乾燥設備，乾隆年間。",
                 "小米集团落户西部(重庆)科学城，发展干燥设备，乾隆年间。");
    check_normal("昇腾芯片落户东湖园区，带动当地智能制造产业发展，企业纷纷入驻。",
                 "昇腾芯片落户东湖园区，带动当地智能制造产业发展，企业纷纷入驻。");
    check_normal("其中西部（重慶）的科学城，在今年引进了很多的企业，这些企业来自各个不同的地方。",
                 "其中西部(重庆)的科学城，在今年引进了很多的企业，这些企业来自各个不同的地方。");
}

static void sentences_end_where_they_should(void** state) {
    (void)state;
    check_sentences("甲公司入驻东湖园区。乙公司呢？也入驻了！丙公司没有；丁公司将来……",
                    "甲公司入驻东湖园区。|乙公司呢？|也入驻了！|丙公司没有；|丁公司将来……");
    check_sentences("园区（一期。二期）已经建成。", "园区（一期。二期）已经建成。");
    check_sentences("“我们将继续扩大投资，服务企业。”负责人说。",
                    "“我们将继续扩大投资，服务企业。”|负责人说。");
    check_sentences("他说：“园区一期已经建成。二期明年就会开工。”记者看到现场。",
                    "他说：“园区一期已经建成。|二期明年就会开工。”|记者看到现场。");
    check_sentences("以“智造！未来”为主题的大会举行。", "以“智造！未来”为主题的大会举行。");
    check_sentences("“加油！”的口号响彻全场。", "“加油！”的口号响彻全场。");
    check_sentences("他说：“园区建成。 ”记者又问了别的问题。",
                    "他说：“园区建成。”|记者又问了别的问题。");
    check_sentences("所谓“概念股，股价涨了。公司这样解释。",
                    "所谓“概念股，股价涨了。|公司这样解释。");
    check_sentences("占比44.2%,同比增长3.5倍。", "占比44.2%,同比增长3.5倍。");
    check_sentences("产业升级\n园区的产业升级了。", "产业升级|园区的产业升级了。");
}

static void a_copy_is_the_original_wording(void** state) {
    (void)state;
    sample s = {0};
    open_sample(&s, "招 商 攻 坚，（重慶）。");
    const kg_document* const d = kg_text_document(s.text);
    char buffer[100];
    const size_t need = kg_text_copy(s.text, 0, d->count, buffer, sizeof buffer);
    assert_string_equal(buffer, "招商攻坚，（重慶）。");
    assert_int_equal(need, strlen(buffer));
    char little[8];
    assert_int_equal(kg_text_copy(s.text, 0, d->count, little, sizeof little), need);
    assert_string_equal(little, "招商");
    assert_int_equal(kg_text_copy(s.text, 0, d->count + 100, NULL, 0), need);
    close_sample(&s);
}

static void* normalise_many(void* handle) {
    const kg_document* const document = handle;
    for (int i = 0; i < 20; ++i) {
        kg_text* text = NULL;
        if (kg_text_new(document, &text, NULL) != KG_OK) {
            return NULL;
        }
        kg_text_free(text);
    }
    return handle;
}

static void threads_share_the_tables(void** state) {
    (void)state;
    reading r = {0};
    read_text(&r, "小米集團落戶西部（重慶）科學城，發展乾燥設備。", "a.txt");
    pthread_t threads[4];
    for (int i = 0; i < 4; ++i) {
        assert_int_equal(pthread_create(&threads[i], NULL, normalise_many, r.documents.items[0]),
                         0);
    }
    for (int i = 0; i < 4; ++i) {
        void* result = NULL;
        pthread_join(threads[i], &result);
        assert_non_null(result);
    }
    forget(&r);
}

static void an_empty_document_has_no_sentences(void** state) {
    (void)state;
    const kg_document empty = {0};
    kg_text* text = NULL;
    uint32_t count = 7;
    assert_int_equal(kg_text_new(&empty, &text, NULL), KG_OK);
    kg_text_sentences(text, &count);
    assert_int_equal(count, 0);
    kg_text_free(text);
    kg_text_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_share_the_tables),
        cmocka_unit_test(width_and_marks_have_one_form),
        cmocka_unit_test(spaces_that_say_nothing_are_hidden),
        cmocka_unit_test(traditional_is_read_as_simplified),
        cmocka_unit_test(sentences_end_where_they_should),
        cmocka_unit_test(a_copy_is_the_original_wording),
        cmocka_unit_test(an_empty_document_has_no_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
