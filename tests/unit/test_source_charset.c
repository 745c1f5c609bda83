// SPDX-License-Identifier: GPL-3.0-or-later
#include "source_helper.h"

#include <iconv.h>
#include <stdlib.h>

static const char sample[] =
    "<html><head><meta charset=\"%s\"><title>青山区引进三家企业</title></head><body>"
    "<p>青山区今年引进三家智能制造企业，分别落户东湖产业园和北区孵化器。</p>"
    "<p>园区负责人表示，下一步将继续完善配套，服务企业发展。</p></body></html>";
static const char traditional[] =
    "<html><head><meta charset=\"%s\"><title>青山區引進三家企業</title></head><body>"
    "<p>青山區今年引進三家智慧製造企業，分別落戶東湖產業園和北區孵化器。</p>"
    "<p>園區負責人表示，下一步將繼續完善配套，服務企業發展。</p></body></html>";

/// `text` with its %s filled, in `charset`; `*size` bytes, to be freed.
static char* encoded(const char* text, const char* declared, const char* charset, size_t* size) {
    char plain[2048];
    snprintf(plain, sizeof plain, strstr(text, "%s") == text ? "%s%s" : "%s", text, declared);
    const char* const hole = strstr(text, "%s");
    if (hole) {
        snprintf(plain, sizeof plain, "%.*s%s%s", (int)(hole - text), text, declared, hole + 2);
    }
    const size_t room = sizeof plain * 4;
    char* const out = malloc(room);
    iconv_t converter = iconv_open(charset, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    char* from = plain;
    size_t from_left = strlen(plain);
    char* to = out;
    size_t to_left = room;
    assert_int_equal(iconv(converter, &from, &from_left, &to, &to_left), 0);
    iconv_close(converter);
    *size = room - to_left;
    return out;
}

/// Each character's bytes in the file, decoded from where its origin says, are the character.
static void check_encoded(const kg_document* d, const char* file, size_t size,
                          const char* charset) {
    for (uint32_t b = 0; b < d->block_count; ++b) {
        for (uint32_t i = d->blocks[b].begin; i < d->blocks[b].end; ++i) {
            iconv_t converter = iconv_open("UCS-4LE", charset);
            char* from = (char*)(uintptr_t)(file + d->origin[i]);
            size_t from_left = size - d->origin[i];
            uint32_t code = 0;
            char* to = (char*)&code;
            size_t to_left = sizeof code;
            iconv(converter, &from, &from_left, &to, &to_left);
            iconv_close(converter);
            assert_int_equal(code, d->chars[i]);
        }
    }
}

static void check(const char* text, const char* declared, const char* charset, const char* reported,
                  const char* headline) {
    size_t size = 0;
    char* const bytes = encoded(text, declared, charset, &size);
    reading r = {0};
    read_bytes(&r, bytes, size, "page.html");
    assert_int_equal(r.documents.count, 1);
    assert_slice(r.documents.items[0]->charset, reported);
    assert_slice(r.documents.items[0]->title, headline);
    assert_int_equal(r.warnings.count, 0);
    check_encoded(r.documents.items[0], bytes, size, charset);
    forget(&r);
    free(bytes);
}

static void declared_charsets_are_used(void** state) {
    (void)state;
    check(sample, "utf-8", "UTF-8", "UTF-8", "青山区引进三家企业");
    check(sample, "gb2312", "GB18030", "GB18030", "青山区引进三家企业");
    check(sample, "GBK", "GBK", "GB18030", "青山区引进三家企业");
    check(sample, "gb18030", "GB18030", "GB18030", "青山区引进三家企业");
    check(traditional, "big5", "BIG5", "BIG5-HKSCS", "青山區引進三家企業");
}

static void wrong_and_missing_declarations_do_no_harm(void** state) {
    (void)state;
    check(sample, "gb2312", "UTF-8", "UTF-8", "青山区引进三家企业");
    check(sample, "utf-8", "GB18030", "GB18030", "青山区引进三家企业");
    check(sample, "iso-8859-1", "GB18030", "GB18030", "青山区引进三家企业");
    check(sample, "no-such-charset", "GB18030", "GB18030", "青山区引进三家企业");
    check(sample, "", "GB18030", "GB18030", "青山区引进三家企业");
    check(traditional, "", "BIG5", "BIG5-HKSCS", "青山區引進三家企業");
}

static void utf16_is_seen_with_and_without_a_mark(void** state) {
    (void)state;
    check(sample, "utf-16", "UTF-16LE", "UTF-16LE", "青山区引进三家企业");
    check(sample, "", "UTF-16BE", "UTF-16BE", "青山区引进三家企业");
    static const unsigned char marked[] = {0xFF, 0xFE, 0x2D, 0x4E, 0xFD, 0x56,
                                           0x02, 0x30, 0x3D, 0xD8, 0x00, 0xDE};
    reading r = {0};
    read_bytes(&r, marked, sizeof marked, "a.txt");
    assert_int_equal(r.documents.count, 1);
    assert_slice(r.documents.items[0]->charset, "UTF-16LE");
    assert_int_equal(r.documents.items[0]->chars[0], 0x4E2D);
    assert_int_equal(r.documents.items[0]->origin[0], 2);
    assert_int_equal(r.documents.items[0]->chars[3], 0x1F600);
    assert_int_equal(r.documents.items[0]->origin[3], 8);
    assert_int_equal(r.documents.items[0]->origin[4], 12);
    forget(&r);
}

static void utf8_mark_is_passed_over(void** state) {
    (void)state;
    static const char text[] = "\xEF\xBB\xBF园区开园。";
    reading r = {0};
    read_text(&r, text, "a.txt");
    assert_string_equal(blocks_of(&r, 0), "P:园区开园。");
    assert_int_equal(r.documents.items[0]->origin[0], 3);
    check_origins(r.documents.items[0], text, strlen(text));
    forget(&r);
}

static void broken_bytes_become_marks_with_a_warning(void** state) {
    (void)state;
    kg_i_buffer text = {0};
    for (int i = 0; i < 40; ++i) {
        kg_i_buffer_add_text(&text, "园区里的企业越来越多。");
    }
    kg_i_buffer_add_text(&text, "坏\xE5\x9B处。");
    reading r = {0};
    read_bytes(&r, text.ptr, text.len, "a.txt");
    assert_int_equal(r.documents.count, 1);
    assert_int_equal(r.warnings.count, 1);
    assert_slice(r.documents.items[0]->charset, "UTF-8");
    assert_non_null(strstr(blocks_of(&r, 0), "坏\xEF\xBF\xBD处"));
    forget(&r);
    kg_i_buffer_dispose(&text);
}

static void the_user_may_force_a_charset(void** state) {
    (void)state;
    size_t size = 0;
    char* const bytes = encoded("青山区", "", "GB18030", &size);
    reading r = {.options = {.charset = "gbk"}};
    read_bytes(&r, bytes, size, "a.txt");
    assert_string_equal(blocks_of(&r, 0), "P:青山区");
    forget(&r);
    free(bytes);
    kg_error error = {0};
    const kg_source_options options = {.charset = "klingon"};
    assert_int_equal(kg_source_read_buffer(KG_LIT("a"), KG_LIT("a.txt"), &options,
                                           (kg_document_sink){&r, keep_document}, &error),
                     KG_ERR_USAGE);
    assert_non_null(strstr(error.text, "klingon"));
}

static void lines_share_a_charset(void** state) {
    (void)state;
    static const char lines[] =
        "{\"id\":1,\"text\":\"青山区引进三家企业，分别落户产业园和孵化器。\"}\n"
        "{\"id\":2,\"text\":\"联通。\"}\n";
    static const char* const charsets[] = {"GB18030", "UTF-16LE", "UTF-16BE"};
    for (size_t i = 0; i < 3; ++i) {
        size_t size = 0;
        char* const bytes = encoded(lines, "", charsets[i], &size);
        reading r = {0};
        read_bytes(&r, bytes, size, "f.jsonl");
        assert_int_equal(r.documents.count, 2);
        assert_slice(r.documents.items[1]->name, "f.jsonl#2");
        assert_slice(r.documents.items[1]->charset, charsets[i]);
        assert_string_equal(blocks_of(&r, 1), "P:联通。");
        for (size_t d = 0; d < 2; ++d) {
            const kg_document* const document = r.documents.items[d];
            check_encoded(document, bytes + document->base, size - document->base, charsets[i]);
        }
        forget(&r);
        free(bytes);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(declared_charsets_are_used),
        cmocka_unit_test(wrong_and_missing_declarations_do_no_harm),
        cmocka_unit_test(utf16_is_seen_with_and_without_a_mark),
        cmocka_unit_test(utf8_mark_is_passed_over),
        cmocka_unit_test(broken_bytes_become_marks_with_a_warning),
        cmocka_unit_test(lines_share_a_charset),
        cmocka_unit_test(the_user_may_force_a_charset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
