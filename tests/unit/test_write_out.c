// SPDX-License-Identifier: GPL-3.0-or-later
#include "write_rows.h"

#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];

static int make_folder(void** state) {
    (void)state;
    snprintf(folder, sizeof folder, "test_write_out.XXXXXX");
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void** state) {
    (void)state;
    char command[128];
    if (chdir("..")) {
        return -1;
    }
    snprintf(command, sizeof command, "rm -rf -- %s", folder);
    return system(command); // NOLINT(cert-env33-c): a fixed command on our own folder
}

static unsigned entries(const char* path) {
    DIR* const list = opendir(path);
    assert_non_null(list);
    unsigned count = 0;
    while (readdir(list)) {
        ++count;
    }
    closedir(list);
    return count - 2;
}

static void put(const char* path, const char* text) {
    FILE* const file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static char* content(const char* path) {
    FILE* const file = fopen(path, "r");
    assert_non_null(file);
    static char text[64];
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void every_format_is_written_and_leaves_no_litter(void** state) {
    (void)state;
    mkdir("all", 0777);
    for (unsigned i = 0; i < KG_WRITE_FORMAT_COUNT; ++i) {
        char path[64];
        snprintf(path, sizeof path, "all/%s", kg_write_default_name((kg_write_format)i));
        kg_error error = {0};
        assert_int_equal(rows_write((kg_write_format)i, path, &error), KG_OK);
        assert_int_equal(rows_write((kg_write_format)i, path, &error), KG_OK); // over the old one
        assert_int_equal(entries("all"), i + 1);
    }
    assert_int_equal(entries("all/csv"), 4);
    assert_int_equal(entries("all/neo4j"), 6);
    struct stat info;
    assert_int_equal(stat("all/neo4j/import.sh", &info), 0);
    assert_true(info.st_mode & S_IXUSR);
    assert_int_equal(stat("all/graph.ttl", &info), 0);
    assert_true(info.st_mode & S_IRUSR);
}

static void the_same_graph_gives_the_same_bytes(void** state) {
    (void)state;
    for (unsigned i = 0; i < KG_WRITE_FORMAT_COUNT; ++i) {
        kg_error error = {0};
        assert_int_equal(rows_write((kg_write_format)i, "once", &error), KG_OK);
        assert_int_equal(rows_write((kg_write_format)i, "twice", &error), KG_OK);
        assert_int_equal(system("diff -r once twice && rm -rf once twice"), 0);
    }
}

static void a_full_disk_is_named_and_the_old_file_stays(void** state) {
    (void)state;
    mkdir("full", 0777);
    for (unsigned i = 0; i < KG_WRITE_FORMAT_COUNT; ++i) {
        const bool is_folder = kg_i_writer_of((kg_write_format)i)->folder;
        const char* const path = is_folder ? "full/old" : "full/old.file";
        const char* const file = is_folder ? "full/old/evidence.csv" : path;
        mkdir("full/old", 0777);
        put(file, "the old one");
        const unsigned before = entries("full") + entries("full/old");
        const pid_t child = fork();
        if (child == 0) {
            signal(SIGXFSZ, SIG_IGN);
            setrlimit(RLIMIT_FSIZE, &(struct rlimit){1000, 1000});
            kg_error error = {0};
            const kg_status status = rows_write((kg_write_format)i, path, &error);
            _exit(status == KG_ERR_IO && error.status == KG_ERR_IO && error.text[0] &&
                          strncmp(error.source, path, strlen(path)) == 0
                      ? 0
                      : 1);
        }
        int outcome = 1;
        assert_int_equal(waitpid(child, &outcome, 0), child);
        assert_int_equal(outcome, 0);
        assert_string_equal(content(file), "the old one");
        assert_int_equal(entries("full") + entries("full/old"), before);
    }
}

static void a_failed_new_folder_is_taken_away(void** state) {
    (void)state;
    const pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){100, 100});
        _exit(rows_write(KG_WRITE_CSV, "fresh", NULL) == KG_ERR_IO ? 0 : 1);
    }
    int outcome = 1;
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_int_equal(outcome, 0);
    assert_int_equal(access("fresh", F_OK), -1);
}

static void devices_are_written_in_place(void** state) {
    (void)state;
    kg_error error = {0};
    assert_int_equal(rows_write(KG_WRITE_JSONL, "/dev/null", &error), KG_OK);
    if (access("/dev/full", W_OK)) {
        print_message("no /dev/full here: skipped\n");
        skip();
    }
    for (unsigned i = 0; i < KG_WRITE_FORMAT_COUNT; ++i) {
        if (!kg_i_writer_of((kg_write_format)i)->folder) {
            kg_error full = {0};
            assert_int_equal(rows_write((kg_write_format)i, "/dev/full", &full), KG_ERR_IO);
            assert_string_equal(full.source, "/dev/full");
            assert_non_null(strstr(full.text, strerror(ENOSPC)));
        }
    }
    struct stat info;
    assert_int_equal(stat("/dev/null", &info), 0);
    assert_true(S_ISCHR(info.st_mode));
}

static void paths_that_do_not_fit_are_refused(void** state) {
    (void)state;
    mkdir("is-folder", 0777);
    put("is-file", "x");
    const struct {
        kg_write_format format;
        const char* path;
        kg_status wanted;
    } cases[] = {
        {KG_WRITE_TURTLE, "is-folder", KG_ERR_IO}, {KG_WRITE_CSV, "is-file", KG_ERR_IO},
        {KG_WRITE_TURTLE, "no/such/x", KG_ERR_IO}, {KG_WRITE_NEO4J, "no/such/x", KG_ERR_IO},
        {KG_WRITE_TURTLE, "", KG_ERR_USAGE},       {KG_WRITE_FORMAT_COUNT, "x", KG_ERR_USAGE},
        {KG_WRITE_TURTLE, "is-file/x", KG_ERR_IO},
    };
    const unsigned before = entries(".");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        kg_error error = {0};
        assert_int_equal(rows_write(cases[i].format, cases[i].path, &error), cases[i].wanted);
        assert_int_equal(error.status, cases[i].wanted);
        assert_true(error.text[0] != '\0');
    }
    assert_int_equal(entries("."), before);
    assert_string_equal(content("is-file"), "x");
}

static void a_link_keeps_pointing_where_it_did(void** state) {
    (void)state;
    mkdir("elsewhere", 0777);
    put("elsewhere/graph.ttl", "old");
    assert_int_equal(symlink("elsewhere/graph.ttl", "link.ttl"), 0);
    assert_int_equal(rows_write(KG_WRITE_TURTLE, "link.ttl", NULL), KG_OK);
    struct stat info;
    assert_int_equal(lstat("link.ttl", &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(strncmp(content("elsewhere/graph.ttl"), "@prefix", 7), 0);
    assert_int_equal(entries("elsewhere"), 1);
}

static void other_files_in_a_folder_stay(void** state) {
    (void)state;
    mkdir("mine", 0777);
    put("mine/notes.txt", "mine");
    assert_int_equal(rows_write(KG_WRITE_CSV, "mine/", NULL), KG_OK);
    assert_string_equal(content("mine/notes.txt"), "mine");
    assert_int_equal(entries("mine"), 5);
}

static void a_bad_base_is_a_fault_of_use(void** state) {
    (void)state;
    kg_i_export* export = NULL;
    kg_error error = {0};
    assert_int_equal(kg_i_export_begin(KG_WRITE_TURTLE, "base.ttl", KG_LIT("https://a/> . "), NULL,
                                       &error, &export),
                     KG_ERR_USAGE);
    assert_null(export);
    assert_int_equal(access("base.ttl", F_OK), -1);
}

static void options_leave_statements_out(void** state) {
    (void)state;
    const kg_write_options options = {.min_confidence = 0.5};
    kg_i_export* export = NULL;
    assert_int_equal(
        kg_i_export_begin(KG_WRITE_JSONL, "some.jsonl", KG_LIT(ROWS_BASE), &options, NULL, &export),
        KG_OK);
    assert_int_equal(rows_put_statements(export), KG_OK);
    assert_int_equal(kg_i_export_end(export, KG_OK), KG_OK);
    // One is unsure, one inferred.
    assert_int_equal(system("test $(wc -l < some.jsonl) -eq 11"), 0);
    assert_int_equal(system("grep -q s12 some.jsonl"), 256);
    assert_int_equal(system("grep -q s13 some.jsonl"), 256);
}

static void rows_without_sense_are_refused(void** state) {
    (void)state;
    const kg_evidence_row evidence = rows_plain_evidence("d1", "a");
    kg_statement_row rows[3];
    for (int i = 0; i < 3; ++i) {
        rows[i] = rows_statement("s1", "e1", KG_OPERATES, "e2", &evidence, 1);
    }
    rows[0].predicate = KG_PREDICATE_COUNT;
    rows[1].status = KG_STATUS_COUNT;
    rows[2].evidence_count = 0;
    kg_i_export* export = NULL;
    assert_int_equal(
        kg_i_export_begin(KG_WRITE_TURTLE, "odd.ttl", KG_LIT(ROWS_BASE), NULL, NULL, &export),
        KG_OK);
    for (int i = 0; i < 3; ++i) {
        assert_int_equal(kg_i_export_statement(export, &rows[i]), KG_ERR_STORE);
    }
    const kg_entity_row entity = {.id = KG_LIT("e1"), .type = KG_TYPE_COUNT};
    assert_int_equal(kg_i_export_entity(export, &entity), KG_ERR_STORE);
    assert_int_equal(kg_i_export_end(export, KG_ERR_STORE), KG_ERR_STORE);
    assert_int_equal(access("odd.ttl", F_OK), -1);
}

static void an_export_given_up_leaves_nothing(void** state) {
    (void)state;
    put("kept.nt", "old");
    const unsigned before = entries(".");
    kg_i_export* export = NULL;
    assert_int_equal(
        kg_i_export_begin(KG_WRITE_NTRIPLES, "kept.nt", KG_LIT(ROWS_BASE), NULL, NULL, &export),
        KG_OK);
    assert_int_equal(rows_put_statements(export), KG_OK);
    assert_int_equal(kg_i_export_end(export, KG_ERR_STOPPED), KG_ERR_STOPPED);
    assert_string_equal(content("kept.nt"), "old");
    assert_int_equal(entries("."), before);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_is_written_and_leaves_no_litter),
        cmocka_unit_test(the_same_graph_gives_the_same_bytes),
        cmocka_unit_test(a_full_disk_is_named_and_the_old_file_stays),
        cmocka_unit_test(a_failed_new_folder_is_taken_away),
        cmocka_unit_test(devices_are_written_in_place),
        cmocka_unit_test(paths_that_do_not_fit_are_refused),
        cmocka_unit_test(a_link_keeps_pointing_where_it_did),
        cmocka_unit_test(other_files_in_a_folder_stay),
        cmocka_unit_test(a_bad_base_is_a_fault_of_use),
        cmocka_unit_test(options_leave_statements_out),
        cmocka_unit_test(rows_without_sense_are_refused),
        cmocka_unit_test(an_export_given_up_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
