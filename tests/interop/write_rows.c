// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the hand-made graph of write_rows.h in every format: write_rows FOLDER
#include "write_rows.h"

#include <stdio.h>
#include <sys/stat.h>

int main(int count, char** arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: write_rows FOLDER\n");
        return 2;
    }
    mkdir(arguments[1], 0777);
    for (unsigned i = 0; i < KG_WRITE_FORMAT_COUNT; ++i) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", arguments[1],
                 kg_write_default_name((kg_write_format)i));
        kg_error error = {0};
        if (rows_write((kg_write_format)i, path, &error) != KG_OK) {
            fprintf(stderr, "%s: %s\n", error.source, error.text);
            return 1;
        }
    }
    return 0;
}
