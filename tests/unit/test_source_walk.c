// SPDX-License-Identifier: GPL-3.0-or-later
#include "source_helper.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[] = "test_source_walk_XXXXXX";
static char path_text[512];

static const char* in_root(const char* name) {
    snprintf(path_text, sizeof path_text, "%s/%s", root, name);
    return path_text;
}

static void write_file(const char* name, const char* text) {
    FILE* const file = fopen(in_root(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static int make_tree(void** state) {
    (void)state;
    assert_non_null(mkdtemp(root));
    mkdir(in_root("a"), 0777);
    mkdir(in_root("a/b"), 0777);
    mkdir(in_root("c"), 0777);
    write_file("a/2.txt", "第二篇文章。");
    write_file("a/10.txt", "第十篇文章。");
    write_file("a/b/x.md", "# 题\n\n文章在此。\n");
    write_file("a/.hidden.txt", "看不见。");
    write_file("c/2.txt", "另一篇文章。");
    write_file("f.jsonl", "{\"id\":\"k\",\"text\":\"记录。\"}\n");
    return 0;
}

static int remove_tree(void** state) {
    (void)state;
    char command[600];
    snprintf(command, sizeof command, "rm -rf '%s'", root);
    return system(command);
}

static kg_source_totals walk(reading* r, const char* const* paths, size_t count) {
    kg_source_totals totals = {0};
    kg_error error = {0};
    prepare(r);
    assert_int_equal(kg_source_read(paths, count, &r->options, (kg_document_sink){r, keep_document},
                                    &totals, &error),
                     KG_OK);
    return totals;
}

static void folders_are_walked_in_byte_order(void** state) {
    (void)state;
    reading r = {0};
    const char* const paths[] = {root};
    const kg_source_totals totals = walk(&r, paths, 1);
    static const char* const names[] = {"a/10.txt", "a/2.txt", "a/b/x.md", "c/2.txt", "f.jsonl#k"};
    assert_int_equal(r.documents.count, 5);
    for (size_t i = 0; i < 5; ++i) {
        assert_slice(r.documents.items[i]->name, names[i]);
    }
    assert_int_equal(totals.files, 5);
    assert_int_equal(totals.documents, 5);
    assert_int_equal(totals.failed, 0);
    assert_int_equal(totals.bytes, kg_source_size(paths, 1));
    assert_slice(r.documents.items[1]->path, in_root("a/2.txt"));
    forget(&r);
}

static void single_files_have_their_own_name_and_no_two_the_same(void** state) {
    (void)state;
    reading r = {0};
    char first[sizeof path_text];
    char second[sizeof path_text];
    snprintf(first, sizeof first, "%s", in_root("a/2.txt"));
    snprintf(second, sizeof second, "%s", in_root("c/2.txt"));
    const char* const paths[] = {first, second};
    walk(&r, paths, 2);
    assert_slice(r.documents.items[0]->name, "2.txt");
    assert_slice(r.documents.items[1]->name, "c/2.txt");
    forget(&r);
}

static bool skip_txt(void* handle, kg_slice name, uint64_t size, int64_t mtime_ns) {
    ++*(int*)handle;
    assert_true(size > 0 && mtime_ns > 0);
    return name.len > 4 && !memcmp(name.ptr + name.len - 4, ".txt", 4);
}

static void note_progress(void* handle, uint64_t bytes_done) {
    uint64_t* const last = handle;
    assert_true(bytes_done >= *last);
    *last = bytes_done;
}

static void unchanged_files_are_passed_over(void** state) {
    (void)state;
    int asked = 0;
    uint64_t done = 0;
    reading r = {.options = {.unchanged = skip_txt,
                             .unchanged_handle = &asked,
                             .progress = note_progress,
                             .progress_handle = &done}};
    const char* const paths[] = {root};
    const kg_source_totals totals = walk(&r, paths, 1);
    assert_int_equal(asked, 5);
    assert_int_equal(totals.skipped, 3);
    assert_int_equal(totals.documents, 2);
    assert_int_equal(done, kg_source_size(paths, 1));
    forget(&r);
}

static void loops_pipes_and_absent_files_are_named(void** state) {
    (void)state;
    reading r = {0};
    char target[600];
    assert_non_null(realpath(root, target));
    assert_int_equal(symlink(target, in_root("c/loop")), 0);
    assert_int_equal(mkfifo(in_root("c/pipe"), 0600), 0);
    assert_int_equal(symlink("nowhere", in_root("c/dangling")), 0);
    char folder[sizeof path_text];
    snprintf(folder, sizeof folder, "%s", root);
    const char* const paths[] = {folder, "absent-file.txt"};
    const kg_source_totals totals = walk(&r, paths, 2);
    assert_int_equal(totals.documents, 5);
    assert_int_equal(totals.failed, 4);
    assert_int_equal(r.faults.count, 4);
    assert_non_null(strstr(r.faults.items[0].source, "c/dangling"));
    assert_non_null(strstr(r.faults.items[1].source, "c/loop"));
    assert_non_null(strstr(r.faults.items[2].source, "c/pipe"));
    assert_string_equal(r.faults.items[3].source, "absent-file.txt");
    assert_int_equal(r.faults.items[3].status, KG_ERR_IO);
    unlink(in_root("c/loop"));
    unlink(in_root("c/pipe"));
    unlink(in_root("c/dangling"));
    forget(&r);
}

static void add_member(struct archive* archive, const char* name, const char* text) {
    struct archive_entry* const entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)strlen(text));
    assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
    assert_int_equal(archive_write_data(archive, text, strlen(text)), (la_ssize_t)strlen(text));
    archive_entry_free(entry);
}

static void pack(const char* name, bool zip) {
    struct archive* const archive = archive_write_new();
    if (zip) {
        archive_write_set_format_zip(archive);
    } else {
        archive_write_set_format_pax_restricted(archive);
        archive_write_add_filter_gzip(archive);
    }
    assert_int_equal(archive_write_open_filename(archive, in_root(name)), ARCHIVE_OK);
    add_member(archive, "d/one.txt", "第一篇文章。");
    add_member(archive, "../evil.txt", "逃出去。");
    add_member(archive, "two.jsonl", "{\"id\":1,\"text\":\"记录。\"}\n");
    add_member(archive, "__MACOSX/._one.txt", "影子");
    archive_write_close(archive);
    archive_write_free(archive);
}

static void check_archive(const char* name, const char* first, const char* second) {
    reading r = {0};
    char path[sizeof path_text];
    snprintf(path, sizeof path, "%s", in_root(name));
    const char* const paths[] = {path};
    walk(&r, paths, 1);
    assert_int_equal(r.documents.count, 2);
    assert_slice(r.documents.items[0]->name, first);
    assert_slice(r.documents.items[1]->name, second);
    assert_int_equal(r.faults.count, 1);
    assert_non_null(strstr(r.faults.items[0].source, "../evil.txt"));
    unlink(path);
    forget(&r);
}

static void archives_are_read_and_names_that_lead_out_refused(void** state) {
    (void)state;
    pack("x.zip", true);
    check_archive("x.zip", "x.zip!d/one.txt", "x.zip!two.jsonl#1");
    pack("x.tar.gz", false);
    check_archive("x.tar.gz", "x.tar.gz!d/one.txt", "x.tar.gz!two.jsonl#1");
}

static void compressed_files_are_read(void** state) {
    (void)state;
    static const struct {
        const char* name;
        int (*filter)(struct archive*);
    } kinds[] = {{"p.html.gz", archive_write_add_filter_gzip},
                 {"p.html.bz2", archive_write_add_filter_bzip2},
                 {"p.html.xz", archive_write_add_filter_xz},
                 {"p.html.zst", archive_write_add_filter_zstd}};
    static const char text[] = "<html><body><p>压缩的一篇文章，在此。</p></body></html>";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
        struct archive* const archive = archive_write_new();
        archive_write_set_format_raw(archive);
        assert_true(kinds[i].filter(archive) >= ARCHIVE_WARN);
        assert_int_equal(archive_write_open_filename(archive, in_root(kinds[i].name)), ARCHIVE_OK);
        add_member(archive, "p", text);
        archive_write_close(archive);
        archive_write_free(archive);
        reading r = {0};
        char path[sizeof path_text];
        snprintf(path, sizeof path, "%s", in_root(kinds[i].name));
        const char* const paths[] = {path};
        walk(&r, paths, 1);
        assert_int_equal(r.documents.count, 1);
        assert_slice(r.documents.items[0]->name, kinds[i].name);
        assert_string_equal(blocks_of(&r, 0), "P:压缩的一篇文章，在此。");
        unlink(path);
        forget(&r);
    }
}

static void standard_input_is_a_file_of_its_own(void** state) {
    (void)state;
    reading r = {.options = {.stdin_name = "feed.jsonl"}};
    write_file("in", "{\"id\":\"s\",\"text\":\"记录。\"}\n");
    assert_non_null(freopen(in_root("in"), "rb", stdin));
    const char* const paths[] = {"-"};
    walk(&r, paths, 1);
    assert_int_equal(r.documents.count, 1);
    assert_slice(r.documents.items[0]->name, "feed.jsonl#s");
    assert_slice(r.documents.items[0]->path, "-");
    unlink(in_root("in"));
    forget(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folders_are_walked_in_byte_order),
        cmocka_unit_test(single_files_have_their_own_name_and_no_two_the_same),
        cmocka_unit_test(unchanged_files_are_passed_over),
        cmocka_unit_test(loops_pipes_and_absent_files_are_named),
        cmocka_unit_test(archives_are_read_and_names_that_lead_out_refused),
        cmocka_unit_test(compressed_files_are_read),
        cmocka_unit_test(standard_input_is_a_file_of_its_own),
    };
    return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
