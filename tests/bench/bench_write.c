// SPDX-License-Identifier: GPL-3.0-or-later
// How long each format takes and how much memory: bench_write FOLDER [STATEMENTS] [FORMAT...]
// Rows are made on the fly, so that the figures are the writers' own. Each format runs in a process
// of its own, whose peak resident memory is told; the time holds making the file durable.
#include "write/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PER_ENTITY = 4, PER_DOCUMENT = 12, ALIASES = 2 };

static uint64_t mix(uint64_t x) { // splitmix64: Steele, Lea, Flood 2014
    x += 0x9E3779B97F4A7C15;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
    return x ^ (x >> 31);
}

static kg_slice id_of(char* buffer, char kind, uint64_t number) {
    const int length = snprintf(buffer, 32, "%c%016llx", kind, (unsigned long long)mix(number));
    return (kg_slice){buffer, (size_t)length};
}

static kg_slice text_of(char* buffer, size_t size, const char* before, uint64_t number,
                        const char* after) {
    const int length =
        snprintf(buffer, size, "%s%llu%s", before, (unsigned long long)number, after);
    return (kg_slice){buffer, (size_t)length};
}

static kg_status put_documents(kg_i_export* export, uint64_t count) {
    for (uint64_t i = 0; i < count; ++i) {
        char id[32];
        char name[64];
        char title[128];
        char url[128];
        const kg_document_row row = {
            .id = id_of(id, 'd', i),
            .name = text_of(name, sizeof name, "news/", i, ".html"),
            .title = text_of(title, sizeof title, "第", i, "号园区今年再迎一批智能制造企业落户"),
            .date = KG_LIT("2021-06-30"),
            .url = text_of(url, sizeof url, "https://news.example/2021/06/", i, ".html"),
            .publisher = KG_LIT("示例日报"),
        };
        const kg_status status = kg_i_export_document(export, &row);
        if (status != KG_OK) {
            return status;
        }
    }
    return KG_OK;
}

static kg_status put_entities(kg_i_export* export, uint64_t count) {
    const kg_slice aliases[ALIASES] = {KG_LIT("示例科技"), KG_LIT("示例")};
    for (uint64_t i = 0; i < count; ++i) {
        char id[32];
        char name[128];
        const kg_measure measures[] = {{KG_LIT("pagerank"), 1.0 / (double)(i + 3)},
                                       {KG_LIT("degree"), 8},
                                       {KG_LIT("community"), 3}};
        const kg_entity_row row = {
            .id = id_of(id, 'e', i),
            .type = (kg_type)(i % KG_TYPE_COUNT),
            .name = text_of(name, sizeof name, "重庆示例", i, "科技股份有限公司"),
            .aliases = aliases,
            .alias_count = ALIASES,
            .document_count = 5,
            .first_seen = KG_LIT("2020-01-01"),
            .last_seen = KG_LIT("2021-06-30"),
            .measures = measures,
            .measure_count = 3,
        };
        const kg_status status = kg_i_export_entity(export, &row);
        if (status != KG_OK) {
            return status;
        }
    }
    return KG_OK;
}

static kg_status put_statements(kg_i_export* export, uint64_t count, uint64_t entities,
                                uint64_t documents) {
    for (uint64_t i = 0; i < count; ++i) {
        char ids[4][32];
        char sentence[256];
        const kg_evidence_row evidence = {
            .doc = KG_LIT("news/000123.html"),
            .doc_id = id_of(ids[0], 'd', mix(i) % documents),
            .date = KG_LIT("2021-06-30"),
            .url = KG_LIT("https://news.example/2021/06/123.html"),
            .sentence = text_of(
                sentence, sizeof sentence, "近日，重庆示例", i,
                "科技股份有限公司与示例产业园签署协议，将在园区内投资建设智能制造研发中心。"),
            .quote = KG_LIT("科技股份有限公司与示例产业园签署协议"),
            .span = {i % 9000, i % 9000 + 130},
            .rule = KG_LIT("locates.sign"),
            .time = KG_LIT("近日"),
            .confidence = 0.85,
        };
        const kg_statement_row row = {
            .id = id_of(ids[1], 's', i),
            .subject = id_of(ids[2], 'e', i / PER_ENTITY),
            .object = id_of(ids[3], 'e', mix(i) % entities),
            .predicate = (kg_predicate)(i % KG_PREDICATE_COUNT),
            .status = KG_AGREED,
            .valid_from = KG_LIT("2021-06"),
            .first_seen = KG_LIT("2021-06-30"),
            .last_seen = KG_LIT("2021-06-30"),
            .confidence = 0.85,
            .evidence = &evidence,
            .evidence_count = 1,
        };
        const kg_status status = kg_i_export_statement(export, &row);
        if (status != KG_OK) {
            return status;
        }
    }
    return KG_OK;
}

static kg_status write_graph(kg_write_format format, const char* path, uint64_t count,
                             kg_error* error) {
    const uint64_t entities = count / PER_ENTITY + 1;
    const uint64_t documents = count / PER_DOCUMENT + 1;
    kg_i_export* export = NULL;
    kg_status status = kg_i_export_begin(format, path, KG_LIT("https://parkgraph.example/id/"),
                                         NULL, error, &export);
    if (status != KG_OK) {
        return status;
    }
    status = put_documents(export, documents);
    if (status == KG_OK) {
        status = put_entities(export, entities);
    }
    if (status == KG_OK) {
        status = put_statements(export, count, entities, documents);
    }
    return kg_i_export_end(export, status);
}

static int run(kg_write_format format, const char* folder, uint64_t count) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, kg_write_default_name(format));
    struct timespec begin;
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    const pid_t child = fork();
    if (child == 0) {
        kg_error error = {0};
        const kg_status status = write_graph(format, path, count, &error);
        if (status != KG_OK) {
            fprintf(stderr, "%s: %s: %s\n", kg_status_name(status), error.source, error.text);
        }
        _exit(status != KG_OK);
    }
    struct rusage usage;
    int outcome = 1;
    if (child < 0 || wait4(child, &outcome, 0, &usage) < 0 || outcome) {
        return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    struct stat info = {0};
    stat(path, &info);
    printf("%-9s %10llu statements %7.2f s (%6.2f s of processor) %6.1f MB peak %8.1f MB file\n",
           kg_write_format_name(format), (unsigned long long)count,
           (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) * 1e-9,
           (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
               (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6,
           (double)usage.ru_maxrss / 1024,
           S_ISREG(info.st_mode) ? (double)info.st_size / 1e6 : 0.0);
    return 0;
}

int main(int count, char** arguments) {
    if (count < 2) {
        fprintf(stderr, "usage: bench_write FOLDER [STATEMENTS] [FORMAT...]\n");
        return 2;
    }
    const uint64_t statements = count > 2 ? strtoull(arguments[2], NULL, 10) : 1000000;
    int failed = 0;
    for (unsigned format = 0; count <= 3 && format < KG_WRITE_FORMAT_COUNT; ++format) {
        failed |= run((kg_write_format)format, arguments[1], statements);
    }
    for (int i = 3; i < count; ++i) {
        kg_write_format format = KG_WRITE_TURTLE;
        if (kg_write_format_parse(kg_slice_of(arguments[i]), &format) != KG_OK) {
            fprintf(stderr, "no such format: %s\n", arguments[i]);
            return 2;
        }
        failed |= run(format, arguments[1], statements);
    }
    return failed;
}
