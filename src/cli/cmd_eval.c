// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/message.h"
#include "cli/program.h"
#include "kg/eval.h"

#include <errno.h>
#include <fts.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
    bool json;
    bool per_doc;
} eval_options;

static const cli_option options[] = {
    {"json", 0, CLI_FLAG, NULL, N_("print one JSON object instead of tables"),
     offsetof(eval_options, json)},
    {"per-doc", 0, CLI_FLAG, NULL, N_("also the core scores of each document"),
     offsetof(eval_options, per_doc)},
    {0},
};

// Reading ------------------------------------------------------------------------------------

typedef struct {
    kg_record** items;
    size_t count;
    size_t capacity;
} records;

static void dispose(records* list) {
    for (size_t i = 0; i < list->count; i++) {
        kg_record_free(list->items[i]);
    }
    free(list->items);
}

static kg_status add_record(records* list, kg_slice json, const char* name, uint64_t line,
                            kg_error* error) {
    if (list->count == list->capacity) {
        const size_t wanted = list->capacity ? 2 * list->capacity : 64;
        kg_record** const grown = realloc(list->items, wanted * sizeof *grown);
        if (!grown) {
            return kg_fail(error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
        }
        list->items = grown;
        list->capacity = wanted;
    }
    kg_error reason = {0};
    kg_record* record = NULL;
    const kg_status status = kg_record_from_json(json, &record, &reason);
    if (status != KG_OK) {
        return kg_fail_at(error, status, name, line ? line : reason.line, 0, "%s", reason.text);
    }
    list->items[list->count++] = record;
    return KG_OK;
}

static kg_status cannot_read(const char* path, kg_error* error) {
    return kg_fail(error, KG_ERR_IO, path, _("cannot read: %s"), strerror(errno));
}

static kg_status read_lines(records* list, FILE* stream, const char* name, kg_error* error) {
    char* line = NULL;
    size_t capacity = 0;
    ssize_t length = 0;
    kg_status status = KG_OK;
    errno = 0;
    for (uint64_t number = 1; status == KG_OK && (length = getline(&line, &capacity, stream)) >= 0;
         number++) {
        const size_t blank = strspn(line, " \t\r\n");
        if (blank < (size_t)length) {
            status = add_record(list, (kg_slice){line, (size_t)length}, name, number, error);
        }
    }
    if (status == KG_OK && ferror(stream)) {
        status = cannot_read(name, error);
    }
    free(line);
    return status;
}

/// A file that is one JSON object, on however many lines.
static kg_status read_object(records* list, const char* path, kg_error* error) {
    FILE* const stream = fopen(path, "rb");
    if (!stream) {
        return cannot_read(path, error);
    }
    char* text = NULL;
    size_t capacity = 0;
    errno = 0;
    const ssize_t length = getdelim(&text, &capacity, '\0', stream);
    const kg_status status =
        length < 0 ? (ferror(stream) ? cannot_read(path, error)
                                     : kg_fail(error, KG_ERR_FORMAT, path, "%s", _("empty file")))
                   : add_record(list, (kg_slice){text, (size_t)length}, path, 0, error);
    free(text);
    fclose(stream);
    return status;
}

static bool ends_with(const char* text, const char* end) {
    const size_t length = strlen(text);
    const size_t end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static int by_name(const FTSENT** a, const FTSENT** b) {
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static kg_status read_folder(records* list, const char* path, const char* ending, int max_level,
                             kg_error* error) {
    char* const copy = strdup(path);
    char* roots[] = {copy, NULL};
    FTS* const walk = copy ? fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name) : NULL;
    kg_status status = walk ? KG_OK : cannot_read(path, error);
    for (FTSENT* entry = walk ? fts_read(walk) : NULL; entry && status == KG_OK;
         entry = fts_read(walk)) {
        if (entry->fts_info == FTS_F && entry->fts_level <= max_level &&
            ends_with(entry->fts_name, ending)) {
            status = read_object(list, entry->fts_path, error);
        }
    }
    if (walk) {
        fts_close(walk);
    }
    free(copy);
    return status;
}

static bool is_folder(const char* path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static kg_status read_gold(records* list, const char* path, kg_error* error) {
    kg_status status = is_folder(path) ? read_folder(list, path, ".gold.json", 1000, error)
                                       : read_object(list, path, error);
    if (status == KG_OK && !list->count) {
        status = kg_fail(error, KG_ERR_USAGE, path, "%s", _("no *.gold.json below this folder"));
    }
    return status;
}

static kg_status read_predicted(records* list, const char* path, kg_error* error) {
    if (is_folder(path)) {
        return read_folder(list, path, ".json", 1, error);
    }
    FILE* const stream = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!stream) {
        return cannot_read(path, error);
    }
    const kg_status status = read_lines(list, stream, path, error);
    if (stream != stdin) {
        fclose(stream);
    }
    return status;
}

// Figures ------------------------------------------------------------------------------------

typedef struct {
    double p, r, f1;
} figures;

static figures figures_of(const kg_counts* counts) {
    figures out = {0};
    if (counts->predicted) {
        out.p = (double)counts->right / (double)counts->predicted;
    }
    if (counts->gold) {
        out.r = (double)counts->right / (double)counts->gold;
    }
    if (out.p + out.r > 0) {
        out.f1 = 2 * out.p * out.r / (out.p + out.r);
    }
    return out;
}

typedef struct {
    kg_slice doc;
    figures core;
    size_t number;
} document_score;

typedef struct {
    document_score* items;
    size_t count;
} document_scores;

static kg_status on_document(void* handle, kg_slice doc, const kg_counts* core) {
    document_scores* const list = handle;
    list->items[list->count] = (document_score){doc, figures_of(core), list->count};
    list->count++;
    return KG_OK;
}

static int by_f1(const void* a, const void* b) {
    const document_score* const x = a;
    const document_score* const y = b;
    const int order = (x->core.f1 > y->core.f1) - (x->core.f1 < y->core.f1);
    return order ? order : (x->number > y->number) - (x->number < y->number);
}

// Tables: the same as those of the gold files' scorer, so that the two can be compared -------

static void print_heading(const char* title) {
    printf("\n%-18s%8s%8s%8s%8s%8s%8s\n", title, "P", "R", "F1", "right", "pred", "gold");
}

static void print_row(const char* name, const kg_counts* counts) {
    const figures it = figures_of(counts);
    printf("%-18s%8.3f%8.3f%8.3f%8" PRIu64 "%8" PRIu64 "%8" PRIu64 "\n", name, it.p, it.r, it.f1,
           counts->right, counts->predicted, counts->gold);
}

static void print_tables(const kg_scores* scores) {
    printf("%" PRIu64 " gold documents, %" PRIu64 " of them predicted\n", scores->documents,
           scores->scored);
    print_heading("relations");
    print_row("core", &scores->core);
    print_row("park-sector", &scores->park_sector);
    print_row("core, relaxed", &scores->relaxed);
    print_row("all", &scores->all);
    print_heading("by predicate");
    for (int i = 0; i < KG_PREDICATE_COUNT; i++) {
        print_row(kg_predicate_name((kg_predicate)i), &scores->predicate[i]);
    }
    print_heading("entities");
    print_row("all", &scores->entities);
    for (int i = 0; i < KG_TYPE_COUNT; i++) {
        print_row(kg_type_name((kg_type)i), &scores->type[i]);
    }
    printf("\nstatus right on %" PRIu64 " of %" PRIu64 " matched relations\n", scores->status_right,
           scores->status_matched);
}

static void print_documents(const document_scores* list) {
    puts("\ncore by document");
    for (size_t i = 0; i < list->count; i++) {
        const document_score* const it = &list->items[i];
        printf("%8.3f%8.3f%8.3f  %.*s\n", it->core.p, it->core.r, it->core.f1, (int)it->doc.len,
               it->doc.ptr);
    }
}

static void json_figures(const char* name, const kg_counts* counts, bool with_gold) {
    const figures it = figures_of(counts);
    printf("\"%s\":{\"p\":", name);
    cli_json_number(stdout, it.p);
    fputs(",\"r\":", stdout);
    cli_json_number(stdout, it.r);
    fputs(",\"f1\":", stdout);
    cli_json_number(stdout, it.f1);
    if (with_gold) {
        printf(",\"gold\":%" PRIu64, counts->gold);
    }
    putchar('}');
}

static void print_json(const kg_scores* scores, const document_scores* list) {
    printf("{\"documents\":%" PRIu64 ",\"scored\":%" PRIu64 ",\"totals\":{", scores->documents,
           scores->scored);
    json_figures("core", &scores->core, false);
    putchar(',');
    json_figures("park-sector", &scores->park_sector, false);
    putchar(',');
    json_figures("core, relaxed", &scores->relaxed, false);
    putchar(',');
    json_figures("all", &scores->all, false);
    fputs("},\"relations\":{", stdout);
    for (int i = 0; i < KG_PREDICATE_COUNT; i++) {
        fputs(i ? "," : "", stdout);
        json_figures(kg_predicate_name((kg_predicate)i), &scores->predicate[i], true);
    }
    fputs("},\"entities\":{", stdout);
    for (int i = 0; i < KG_TYPE_COUNT; i++) {
        fputs(i ? "," : "", stdout);
        json_figures(kg_type_name((kg_type)i), &scores->type[i], true);
    }
    fputs("},", stdout);
    json_figures("entities_all", &scores->entities, false);
    fputs(",\"status_accuracy\":", stdout);
    cli_json_number(stdout, scores->status_matched
                                ? (double)scores->status_right / (double)scores->status_matched
                                : 0.0);
    for (size_t i = 0; i < list->count; i++) {
        const document_score* const it = &list->items[i];
        fputs(i ? "," : ",\"core_by_document\":{", stdout);
        cli_json_text(stdout, it->doc);
        fputs(":{\"p\":", stdout);
        cli_json_number(stdout, it->core.p);
        fputs(",\"r\":", stdout);
        cli_json_number(stdout, it->core.r);
        fputs(",\"f1\":", stdout);
        cli_json_number(stdout, it->core.f1);
        fputs(i + 1 == list->count ? "}}" : "}", stdout);
    }
    puts("}");
}

static kg_status evaluate(const eval_options* given, const char* gold_path,
                          const char* predicted_path, kg_error* error) {
    records gold = {0};
    records predicted = {0};
    kg_scores scores = {0};
    document_scores documents = {0};
    kg_status status = read_gold(&gold, gold_path, error);
    status = status == KG_OK ? read_predicted(&predicted, predicted_path, error) : status;
    const kg_record* const* const right = (const kg_record* const*)gold.items;
    const kg_record* const* const said = (const kg_record* const*)predicted.items;
    if (status == KG_OK) {
        status = kg_eval(right, gold.count, said, predicted.count, &scores, error);
    }
    if (status == KG_OK && given->per_doc) {
        documents.items = calloc(gold.count, sizeof *documents.items);
        status = documents.items ? kg_eval_documents(right, gold.count, said, predicted.count,
                                                     on_document, &documents, error)
                                 : kg_fail(error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
    }
    if (status == KG_OK) {
        if (documents.count) {
            qsort(documents.items, documents.count, sizeof *documents.items, by_f1);
        }
        if (given->json) {
            print_json(&scores, &documents);
        } else {
            print_tables(&scores);
            if (given->per_doc) {
                print_documents(&documents);
            }
        }
    }
    free(documents.items);
    dispose(&gold);
    dispose(&predicted);
    return status;
}

static int run_command(int argc, char** argv) {
    eval_options given = {0};
    int first = 0;
    int exit_status = CLI_DONE;
    if (!cli_parse(&cli_cmd_eval, &given, argc, argv, &first, &exit_status)) {
        return exit_status;
    }
    kg_error error = {0};
    return cli_exit_status(evaluate(&given, argv[first], argv[first + 1], &error), &error);
}

const cli_command cli_cmd_eval = {
    .name = "eval",
    .synopsis = "GOLD PRED",
    .summary = N_("Score what 'extract' printed against gold files: precision, recall, F1."),
    .notes = N_("GOLD is a folder of *.gold.json files or one such file; PRED is JSON Lines, a\n"
                "folder of JSON files, or - for standard input.\n"),
    .options = options,
    .min_arguments = 2,
    .max_arguments = 2,
    .run = run_command,
};
