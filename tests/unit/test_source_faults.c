// SPDX-License-Identifier: GPL-3.0-or-later
#include "source_helper.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

static void check_refused(const void* bytes, size_t size, const char* name, kg_status status,
                          const char* reason) {
    reading r = {0};
    read_bytes(&r, bytes, size, name);
    assert_int_equal(r.documents.count, 0);
    assert_int_equal(r.faults.count, 1);
    assert_int_equal(r.faults.items[0].status, status);
    assert_string_equal(r.faults.items[0].source, name);
    if (!strstr(r.faults.items[0].text, reason)) {
        fail_msg("'%s' does not say '%s'", r.faults.items[0].text, reason);
    }
    forget(&r);
}

static void what_is_no_text_is_refused_by_name(void** state) {
    (void)state;
    check_refused("", 0, "empty.txt", KG_ERR_FORMAT, "empty");
    check_refused("%PDF-1.7\n%\xE2\xE3", 12, "a.pdf", KG_ERR_FORMAT, "PDF");
    check_refused("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16, "a.html", KG_ERR_FORMAT, "PNG");
    unsigned char noise[4096];
    uint32_t seed = 7;
    for (size_t i = 0; i < sizeof noise; ++i) {
        seed = seed * 1664525U + 1013904223U;
        noise[i] = (unsigned char)(seed >> 24);
    }
    noise[0] = 3; // no magic
    check_refused(noise, sizeof noise, "noise.txt", KG_ERR_FORMAT, "");
    check_refused("\x1F\x8B\x08\0\0\0\0\0garbage", 15, "a.gz", KG_ERR_FORMAT, "");
    check_refused("PK\x03\x04 cut off", 12, "a.zip", KG_ERR_FORMAT, "");
    check_refused("{\"a\":", 5, "a.json", KG_ERR_FORMAT, "JSON");
}

static void a_file_over_the_limit_is_refused(void** state) {
    (void)state;
    reading r = {.options = {.max_file_bytes = 100}};
    kg_i_buffer text = {0};
    for (int i = 0; i < 100; ++i) {
        kg_i_buffer_add_text(&text, "园区很大。");
    }
    read_bytes(&r, text.ptr, text.len, "large.txt");
    assert_int_equal(r.documents.count, 0);
    assert_int_equal(r.faults.count, 1);
    assert_int_equal(r.faults.items[0].status, KG_ERR_LIMIT);
    forget(&r);
    kg_i_buffer_dispose(&text);
}

/// A zip with one member of `size` bytes that compress a thousandfold.
static size_t make_bomb(char* out, size_t room, size_t size) {
    static char zeros[1 << 16];
    memset(zeros, ' ', sizeof zeros);
    size_t used = 0;
    struct archive* const archive = archive_write_new();
    archive_write_set_format_zip(archive);
    assert_int_equal(archive_write_open_memory(archive, out, room, &used), ARCHIVE_OK);
    struct archive_entry* const entry = archive_entry_new();
    archive_entry_set_pathname(entry, "big.txt");
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)size);
    assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
    for (size_t i = 0; i < size; i += sizeof zeros) {
        assert_true(archive_write_data(archive, zeros, sizeof zeros) > 0);
    }
    archive_entry_free(entry);
    archive_write_close(archive);
    archive_write_free(archive);
    return used;
}

static void an_archive_that_swells_is_stopped(void** state) {
    (void)state;
    enum { ROOM = 1 << 20, SIZE = 48 << 20 };
    char* const bytes = malloc(ROOM);
    const size_t size = make_bomb(bytes, ROOM, SIZE);
    reading by_ratio = {0};
    read_bytes(&by_ratio, bytes, size, "bomb.zip");
    assert_int_equal(by_ratio.documents.count, 0);
    assert_int_equal(by_ratio.faults.count, 1);
    assert_int_equal(by_ratio.faults.items[0].status, KG_ERR_LIMIT);
    assert_string_equal(by_ratio.faults.items[0].source, "bomb.zip!big.txt");
    forget(&by_ratio);
    reading by_size = {.options = {.max_archive_bytes = 1 << 20, .max_archive_ratio = 100000}};
    read_bytes(&by_size, bytes, size, "bomb.zip");
    assert_int_equal(by_size.faults.count, 1);
    assert_int_equal(by_size.faults.items[0].status, KG_ERR_LIMIT);
    forget(&by_size);
    free(bytes);
}

/// Pack `inner` as the one member of a zip in `out`.
static size_t wrap(const char* name, const char* inner, size_t size, char* out, size_t room) {
    size_t used = 0;
    struct archive* const archive = archive_write_new();
    archive_write_set_format_zip(archive);
    assert_int_equal(archive_write_open_memory(archive, out, room, &used), ARCHIVE_OK);
    struct archive_entry* const entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)size);
    assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
    assert_int_equal(archive_write_data(archive, inner, size), (la_ssize_t)size);
    archive_entry_free(entry);
    archive_write_close(archive);
    archive_write_free(archive);
    return used;
}

static void archives_in_archives_end_somewhere(void** state) {
    (void)state;
    enum { ROOM = 64 * 1024 };
    char* bytes = malloc(ROOM);
    char* other = malloc(ROOM);
    size_t size = wrap("a.txt", "文章在此。", strlen("文章在此。"), bytes, ROOM);
    reading shallow = {0};
    size = wrap("b.zip", bytes, size, other, ROOM);
    read_bytes(&shallow, other, size, "c.zip");
    assert_int_equal(shallow.documents.count, 1);
    assert_slice(shallow.documents.items[0]->name, "c.zip!b.zip!a.txt");
    forget(&shallow);
    for (int i = 0; i < 3; ++i) {
        size = wrap("b.zip", other, size, bytes, ROOM);
        char* const swap = bytes;
        bytes = other;
        other = swap;
    }
    reading deep = {0};
    read_bytes(&deep, other, size, "c.zip");
    assert_int_equal(deep.documents.count, 0);
    assert_int_equal(deep.faults.count, 1);
    assert_int_equal(deep.faults.items[0].status, KG_ERR_LIMIT);
    forget(&deep);
    free(bytes);
    free(other);
}

static void an_office_document_is_refused(void** state) {
    (void)state;
    char bytes[4096];
    const size_t size = wrap("[Content_Types].xml", "<Types/>", 8, bytes, sizeof bytes);
    check_refused(bytes, size, "a.docx", KG_ERR_FORMAT, "office");
}

static void every_cut_of_a_file_is_survived(void** state) {
    (void)state;
    static const struct {
        const char* name;
        const char* text;
    } files[] = {
        {"a.html", "<html><head><title>题_站</title><script>x<y</script></"
                   "head><body><p>甲&amp;乙&#20013;。<br>"
                   "<%= x %>${y}</p><!-- z --><table><tr><td>一<td>二</table></body></html>"},
        {"a.md",
         "---\ntitle: '题'\n---\n\n# 甲\n\n<p>乙&lt;</p>\n\n- [丙](d) **丁**\n\n| 一 | 二 |\n"},
        {"a.jsonl",
         "{\"id\":\"1\",\"title\":\"题\",\"content\":\"甲\\u4e2d\\ud83d\\ude00\\n<p>乙</p>\"}\n"},
        {"a.json", "[{\"id\":{\"x\":[1,2,\"]\"]},\"text\":[\"甲\",\"乙\\\\\"]}]"},
        {"a.xml",
         "<rss><channel><item><title>题</title><description><![CDATA[<p>甲</p>]]></description>"
         "</item></channel></rss>"},
        {"a.txt", "题目\n► 张三\n　　甲乙丙丁。\n\n来源：某报\n戊\n"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; ++i) {
        for (size_t cut = 0; cut <= strlen(files[i].text); ++cut) {
            reading r = {0};
            read_bytes(&r, files[i].text, cut, files[i].name);
            for (size_t d = 0; d < r.documents.count; ++d) {
                const kg_document* const document = r.documents.items[d];
                for (uint32_t b = 0; b < document->block_count; ++b) {
                    assert_true(document->blocks[b].end <= document->count);
                }
            }
            forget(&r);
        }
    }
}

static void a_page_without_text_says_so(void** state) {
    (void)state;
    reading r = {0};
    read_text(&r, "<html><body><script>1</script></body></html>", "a.html");
    assert_int_equal(r.documents.count, 1);
    assert_int_equal(r.documents.items[0]->block_count, 0);
    assert_int_equal(r.documents.items[0]->count, 0);
    assert_int_equal(r.warnings.count, 1);
    forget(&r);
    kg_document_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_text_is_refused_by_name),
        cmocka_unit_test(a_file_over_the_limit_is_refused),
        cmocka_unit_test(an_archive_that_swells_is_stopped),
        cmocka_unit_test(archives_in_archives_end_somewhere),
        cmocka_unit_test(an_office_document_is_refused),
        cmocka_unit_test(every_cut_of_a_file_is_survived),
        cmocka_unit_test(a_page_without_text_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
