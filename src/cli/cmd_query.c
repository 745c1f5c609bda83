// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/message.h"
#include "cli/program.h"
#include "cli/stores.h"
#include "cli/table.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELL_WIDTH = 60, MAX_COLUMNS = 2000 };

typedef struct {
    const char* store;
    const char* format;
} query_options;

static const cli_option options[] = {
    {"format", 'f', CLI_TEXT, "F", N_("table, csv or jsonl (default: table)"),
     offsetof(query_options, format)},
    {"store", 's', CLI_TEXT, "DIR", N_("folder that 'build' made (default: out)"),
     offsetof(query_options, store)},
    {0},
};

typedef enum { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSONL } query_format;

typedef struct {
    query_format format;
    cli_table* table;
    uint64_t rows;
    kg_error* error;
} output;

static const char* const format_names[] = {"table", "csv", "jsonl", NULL};

static const char* format_candidate(const void* handle, size_t number) {
    (void)handle;
    return format_names[number];
}

static kg_status out_of_memory(kg_error* error) {
    return kg_fail(error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
}

// Tables -------------------------------------------------------------------------------------

/// Columns of numbers in the first row are set flush right.
static cli_table* new_table(uint32_t count, const kg_slice* names, const char* kinds) {
    char** const headings = calloc(count + 1, sizeof *headings);
    bool made = headings != NULL;
    for (uint32_t i = 0; i < count && made; i++) {
        const bool right = kinds[i] == 'i' || kinds[i] == 'f';
        made = asprintf(&headings[i], "%s%.*s", right ? ">" : "", (int)names[i].len,
                        names[i].ptr) >= 0;
    }
    cli_table* const table = made ? cli_table_new((const char* const*)headings) : NULL;
    for (uint32_t i = 0; headings && i < count; i++) {
        free(headings[i]);
    }
    free(headings);
    return table;
}

static kg_status add_to_table(output* to, uint32_t count, const kg_slice* names,
                              const kg_slice* cells, const char* kinds) {
    if (!to->table) {
        to->table = new_table(count, names, kinds);
    }
    return to->table && cli_table_add(to->table, cells) ? KG_OK : out_of_memory(to->error);
}

// Streams ------------------------------------------------------------------------------------

static void print_csv(output* to, uint32_t count, const kg_slice* names, const kg_slice* cells) {
    for (uint32_t i = 0; i < count && !to->rows; i++) {
        fputs(i ? "," : "", stdout);
        cli_csv_cell(stdout, names[i]);
    }
    fputs(to->rows ? "" : "\r\n", stdout);
    for (uint32_t i = 0; i < count; i++) {
        fputs(i ? "," : "", stdout);
        cli_csv_cell(stdout, cells[i]);
    }
    fputs("\r\n", stdout);
}

static void print_json(uint32_t count, const kg_slice* names, const kg_slice* cells,
                       const char* kinds) {
    putchar('{');
    for (uint32_t i = 0; i < count; i++) {
        fputs(i ? "," : "", stdout);
        cli_json_text(stdout, names[i]);
        putchar(':');
        switch (kinds[i]) {
        case 'i':
            fwrite(cells[i].ptr, 1, cells[i].len, stdout);
            break;
        case 'f':
            cli_json_number(stdout, strtod(cells[i].ptr, NULL));
            break;
        case 'n':
            fputs("null", stdout);
            break;
        default:
            cli_json_text(stdout, cells[i]);
        }
    }
    puts("}");
}

static kg_status on_row(void* handle, uint32_t count, const kg_slice* names, const kg_slice* cells,
                        const char* kinds) {
    output* const to = handle;
    kg_status status = KG_OK;
    if (count > MAX_COLUMNS) {
        return kg_fail(to->error, KG_ERR_LIMIT, NULL, "%s", _("too many columns"));
    }
    switch (to->format) {
    case FORMAT_TABLE:
        status = add_to_table(to, count, names, cells, kinds);
        break;
    case FORMAT_CSV:
        print_csv(to, count, names, cells);
        break;
    case FORMAT_JSONL:
        print_json(count, names, cells, kinds);
        break;
    }
    to->rows++;
    if (status == KG_OK && (cli_stop_asked() || ferror(stdout))) {
        status = KG_ERR_STOPPED;
    }
    return status;
}

static int run_query(const query_options* given, const char* sql) {
    kg_error error = {0};
    output to = {.error = &error};
    kg_store* store = NULL;
    if (given->format) {
        while (format_names[to.format] && strcmp(format_names[to.format], given->format) != 0) {
            to.format++;
        }
        if (!format_names[to.format]) {
            const char* const near = cli_nearest(given->format, format_candidate, NULL);
            return cli_usage("query", _("unknown format '%s'; did you mean '%s'?"), given->format,
                             near ? near : "csv");
        }
    }
    kg_status status = cli_store_open_read(given->store, &store, &error);
    status = status == KG_OK ? kg_store_query(store, sql, on_row, &to, &error) : status;
    if (to.table && (status == KG_OK || status == KG_ERR_STOPPED)) {
        cli_table_print(to.table, stdout, 0, CELL_WIDTH);
    }
    cli_table_free(to.table);
    kg_store_close(store);
    if (status == KG_OK) {
        cli_detail(_("%" PRIu64 " rows"), to.rows);
    }
    return cli_exit_status(status, &error);
}

static int run_command(int argc, char** argv) {
    query_options given = {0};
    int first = 0;
    int exit_status = CLI_DONE;
    return cli_parse(&cli_cmd_query, &given, argc, argv, &first, &exit_status)
               ? run_query(&given, argv[first])
               : exit_status;
}

const cli_command cli_cmd_query = {
    .name = "query",
    .synopsis = "SQL",
    .summary = N_("Ask the store by SQL. Nothing is ever written."),
    .notes = N_("Views: entity, alias, statement, evidence, document, measure, run, merge.\n"
                "docs/queries.md describes their columns.\n"),
    .options = options,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = run_command,
};
