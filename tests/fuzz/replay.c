// SPDX-License-Identifier: GPL-3.0-or-later
// Run a harness over the files of the folders given, without libFuzzer.
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int replay_file(const char* path) {
    FILE* const file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return 1;
    }
    enum { LARGEST = 16 * 1024 * 1024 };
    // One allocation of the exact size, so that a read past the end is seen.
    char* const all = malloc(LARGEST);
    const size_t size = all ? fread(all, 1, LARGEST, file) : 0;
    unsigned char* const exact = malloc(size ? size : 1);
    fclose(file);
    if (!all || !exact) {
        free(all);
        free(exact);
        return 1;
    }
    memcpy(exact, all, size);
    free(all);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 0;
}

static int replay_folder(const char* path) {
    DIR* const folder = opendir(path);
    int failed = 0;
    unsigned count = 0;
    if (!folder) {
        perror(path);
        return 1;
    }
    for (const struct dirent* entry = readdir(folder); entry; entry = readdir(folder)) {
        char name[4096];
        if (entry->d_name[0] != '.') {
            snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
            failed |= replay_file(name);
            ++count;
        }
    }
    closedir(folder);
    printf("%u files of %s\n", count, path);
    return failed || !count;
}

int main(int count, char** arguments) {
    int failed = count < 2;
    for (int i = 1; i < count; ++i) {
        failed |= replay_folder(arguments[i]);
    }
    return failed;
}
