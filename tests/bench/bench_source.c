// SPDX-License-Identifier: GPL-3.0-or-later
// bench_source PATH...
// Speed of reading, and of reading and cutting into sentences, in megabytes of clean text (as
// UTF-8) a second, on one thread; the best of three turns each. Files come from the page cache on
// all turns but the first. Peak memory at the end.
#include "kg/source.h"
#include "kg/text.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

typedef struct {
    bool sentences;
    uint64_t bytes;
    uint64_t documents;
    uint64_t cut;
} tally;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint64_t utf8_size(const kg_document* document) {
    uint64_t size = 0;
    for (uint32_t i = 0; i < document->count; ++i) {
        const uint32_t c = document->chars[i];
        size += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }
    return size;
}

static kg_status on_document(void* handle, kg_document* document) {
    tally* const t = handle;
    kg_error error = {0};
    ++t->documents;
    t->bytes += utf8_size(document);
    if (t->sentences) {
        kg_text* text = NULL;
        uint32_t count = 0;
        if (kg_text_new(document, &text, &error) != KG_OK) {
            fprintf(stderr, "%s\n", error.text);
            kg_document_free(document);
            return error.status;
        }
        kg_text_sentences(text, &count);
        t->cut += count;
        kg_text_free(text);
    }
    kg_document_free(document);
    return KG_OK;
}

static kg_status turn(const char* const* paths, size_t count, bool sentences) {
    enum { TURNS = 3 };
    double best = 0;
    tally t = {0};
    for (int i = 0; i < TURNS; ++i) {
        kg_error error = {0};
        t = (tally){.sentences = sentences};
        const double begin = now();
        const kg_status status =
            kg_source_read(paths, count, NULL, (kg_document_sink){&t, on_document}, NULL, &error);
        const double seconds = now() - begin;
        if (status != KG_OK) {
            fprintf(stderr, "%s\n", error.text);
            return status;
        }
        best = best == 0 || seconds < best ? seconds : best;
    }
    printf("%-22s %8llu documents %9.1f MB %7.2f s %7.1f MB/s\n",
           sentences ? "read and normalise" : "read", (unsigned long long)t.documents,
           (double)t.bytes / 1e6, best, best > 0 ? (double)t.bytes / 1e6 / best : 0);
    return KG_OK;
}

int main(int count, char** arguments) {
    if (count < 2) {
        fprintf(stderr, "usage: %s PATH...\n", arguments[0]);
        return 2;
    }
    const char* const* const paths = (const char* const*)arguments + 1;
    const size_t paths_count = (size_t)count - 1;
    if (turn(paths, paths_count, false) != KG_OK || turn(paths, paths_count, true) != KG_OK) {
        return 1;
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("peak memory %ld MB\n", usage.ru_maxrss / 1024);
    return 0;
}
