// SPDX-License-Identifier: GPL-3.0-or-later
// What is read as a record can be written, and is read back as the same.
#include "fuzz.h"
#include "kg/record.h"

#include <stdlib.h>
#include <string.h>

static void check(bool holds) {
    if (!holds) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    kg_record* record = NULL;
    kg_error error = {0};
    const kg_slice json = {(const char*)bytes, size};
    const kg_status status = kg_record_from_json(json, &record, &error);
    if (status != KG_OK) {
        check(!record && error.text[0] && error.offset <= size);
        return 0;
    }
    char* first = NULL;
    char* second = NULL;
    size_t first_length = 0;
    size_t second_length = 0;
    check(kg_record_to_json(record, &first, &first_length, NULL) == KG_OK);
    kg_record_free(record);
    check(kg_record_from_json((kg_slice){first, first_length}, &record, NULL) == KG_OK);
    check(kg_record_to_json(record, &second, &second_length, NULL) == KG_OK);
    check(first_length == second_length && memcmp(first, second, first_length) == 0);
    kg_record_free(record);
    free(first);
    free(second);
    return 0;
}
