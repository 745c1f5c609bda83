// SPDX-License-Identifier: GPL-3.0-or-later
// The real articles, where they are at hand: every file is read, no character stands elsewhere
// than it says.
#include "source_helper.h"

#include <stdlib.h>
#include <unistd.h>

static kg_status check_document(void* handle, kg_document* document) {
    reading* const r = handle;
    FILE* const file = fopen(document->path.ptr, "rb");
    assert_non_null(file);
    kg_i_buffer bytes = {0};
    char piece[65536];
    for (size_t got = fread(piece, 1, sizeof piece, file); got;
         got = fread(piece, 1, sizeof piece, file)) {
        kg_i_buffer_add(&bytes, piece, got);
    }
    fclose(file);
    assert_true(document->block_count > 0);
    if (slice_is(document->charset, "UTF-8")) {
        check_origins(document, bytes.ptr, bytes.len);
    }
    kg_i_buffer_dispose(&bytes);
    kg_document_free(document);
    ++r->answer; // counts, the status is KG_OK all the same
    return KG_OK;
}

static void check_folder(const char* name, uint64_t least) {
    char path[512];
    snprintf(path, sizeof path, "%s/corpus/%s", KG_SHARED_DIR, name);
    if (access(path, R_OK) != 0) {
        print_message("passed over: no folder %s\n", name);
        skip();
    }
    reading r = {0};
    prepare(&r);
    kg_source_totals totals = {0};
    kg_error error = {0};
    const char* const paths[] = {path};
    assert_int_equal(kg_source_read(paths, 1, &r.options, (kg_document_sink){&r, check_document},
                                    &totals, &error),
                     KG_OK);
    assert_true(totals.documents >= least);
    assert_int_equal(r.faults.count, 0);
    assert_int_equal(totals.failed, 0);
    forget(&r);
}

static void seeds_are_read(void** state) {
    (void)state;
    check_folder("seeds", 5);
}

static void dev_is_read(void** state) {
    (void)state;
    check_folder("dev", 111);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seeds_are_read),
        cmocka_unit_test(dev_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
