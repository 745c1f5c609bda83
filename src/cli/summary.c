// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/summary.h"

#include "cli/labels.h"
#include "cli/message.h"
#include "cli/table.h"

#include <inttypes.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NUMBER_SIZE = 32, NAME_WIDTH = 48, TOP = 5 };

static kg_slice number_text(char buffer[NUMBER_SIZE], uint64_t number) {
    return (kg_slice){buffer, (size_t)snprintf(buffer, NUMBER_SIZE, "%" PRIu64, number)};
}

static void print_title(FILE* out, const char* title) {
    const bool bold = out == stdout && cli_has_color(STDOUT_FILENO);
    fprintf(out, "\n%s%s%s\n", bold ? "\033[1m" : "", title, bold ? "\033[0m" : "");
}

/// Names with counts, the largest first, none left out that is not 0.
static kg_status print_counts(const char* title, const char* const* labels, const uint64_t* counts,
                              size_t count, FILE* out, kg_error* error) {
    uint64_t total = 0;
    for (size_t i = 0; i < count; i++) {
        total += counts[i];
    }
    char heading[128];
    snprintf(heading, sizeof heading, "%s: %" PRIu64, title, total);
    print_title(out, heading);
    cli_table* const table = cli_table_new((const char* const[]){"", ">", NULL});
    bool added = table != NULL;
    bool shown[64] = {false};
    for (size_t round = 0; round < count && added; round++) {
        size_t best = count;
        for (size_t i = 0; i < count; i++) {
            if (!shown[i] && counts[i] && (best == count || counts[i] > counts[best])) {
                best = i;
            }
        }
        if (best == count) {
            break;
        }
        char buffer[NUMBER_SIZE];
        shown[best] = true;
        added = cli_table_add(
            table, (kg_slice[]){kg_slice_of(labels[best]), number_text(buffer, counts[best])});
    }
    if (added) {
        cli_table_print(table, out, 2, NAME_WIDTH);
    }
    cli_table_free(table);
    return added ? KG_OK : kg_fail(error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
}

static kg_status on_rank(void* handle, const kg_rank_row* row) {
    char rank[NUMBER_SIZE];
    char value[NUMBER_SIZE];
    const bool whole = row->value == (double)(int64_t)row->value;
    snprintf(value, sizeof value, whole ? "%.0f" : "%.5f", row->value);
    const kg_slice cells[] = {number_text(rank, row->rank), row->name,
                              kg_slice_of(cli_type_label(row->type)), kg_slice_of(value)};
    return cli_table_add(handle, cells) ? KG_OK : KG_ERR_MEMORY;
}

kg_status cli_print_ranking(kg_store* store, const char* measure, kg_type type, unsigned count,
                            const char* title, FILE* out, kg_error* error) {
    char heading[64];
    snprintf(heading, sizeof heading, ">%s", measure);
    cli_table* const table =
        cli_table_new((const char* const[]){">#", _("name"), _("type"), heading, NULL});
    kg_status status =
        table ? kg_rank(store, kg_slice_of(measure), type, count, on_rank, table, error)
              : kg_fail(error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
    if (status == KG_OK && !cli_table_empty(table)) {
        print_title(out, title);
        cli_table_print(table, out, 2, NAME_WIDTH);
    }
    cli_table_free(table);
    return status == KG_NO ? KG_OK : status;
}

kg_status cli_summary_graph(kg_store* store, FILE* out, kg_error* error) {
    kg_store_counts counts = {0};
    kg_status status = kg_store_count(store, &counts, error);
    if (status != KG_OK) {
        return status;
    }
    fprintf(out, _("The graph holds %" PRIu64 " documents and %" PRIu64 " pieces of evidence.\n"),
            counts.documents, counts.evidence);
    const char* types[KG_TYPE_COUNT];
    const char* predicates[KG_PREDICATE_COUNT];
    for (int i = 0; i < KG_TYPE_COUNT; i++) {
        types[i] = cli_type_label((kg_type)i);
    }
    for (int i = 0; i < KG_PREDICATE_COUNT; i++) {
        predicates[i] = cli_predicate_label((kg_predicate)i);
    }
    status = print_counts(_("Entities"), types, counts.entities, KG_TYPE_COUNT, out, error);
    status = status == KG_OK ? print_counts(_("Relations"), predicates, counts.statements,
                                            KG_PREDICATE_COUNT, out, error)
                             : status;
    status = status == KG_OK
                 ? cli_print_ranking(store, "pagerank", KG_PARK, TOP, _("First parks"), out, error)
                 : status;
    return status == KG_OK ? cli_print_ranking(store, "pagerank", KG_COMPANY, TOP,
                                               _("First companies"), out, error)
                           : status;
}

static const char* opens_with(kg_write_format format) {
    switch (format) {
    case KG_WRITE_TURTLE:
        return N_("RDF to read and to load: Jena, Oxigraph, RDFLib");
    case KG_WRITE_NTRIPLES:
        return N_("RDF, a triple a line");
    case KG_WRITE_NQUADS:
        return N_("RDF with a graph for each document");
    case KG_WRITE_RDFXML:
        return N_("RDF for older tools");
    case KG_WRITE_GRAPHML:
        return N_("Gephi, NetworkX, igraph, Neo4j (APOC)");
    case KG_WRITE_GEXF:
        return N_("Gephi, with time");
    case KG_WRITE_NEO4J:
        return N_("Neo4j bulk import: neo4j/import.sh");
    case KG_WRITE_CYPHER:
        return N_("Neo4j: cypher-shell -f");
    case KG_WRITE_CSV:
        return N_("spreadsheets, pandas, DuckDB");
    case KG_WRITE_JSONL:
        return N_("programs, an object a line");
    case KG_WRITE_FORMAT_COUNT:
        break;
    }
    return "";
}

static void format_size(uint64_t size, char* out, size_t out_size) {
    if (size >= 1000000) {
        snprintf(out, out_size, "%.1f MB", (double)size / 1e6);
    } else {
        snprintf(out, out_size, "%.1f kB", (double)size / 1e3);
    }
}

static bool add_file(cli_table* table, const char* folder, const char* name, const char* use) {
    char path[PATH_MAX];
    char size[NUMBER_SIZE] = "";
    struct stat status;
    const int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (stat(path, &status) != 0) {
        return true;
    }
    if (S_ISREG(status.st_mode)) {
        format_size((uint64_t)status.st_size, size, sizeof size);
    }
    return cli_table_add(
        table, (kg_slice[]){{path, (size_t)length}, kg_slice_of(size), kg_slice_of(_(use))});
}

void cli_summary_files(const char* folder, const cli_formats* formats, FILE* out) {
    cli_table* const table = cli_table_new((const char* const[]){"", ">", "", NULL});
    bool added =
        table && add_file(table, folder, "graph.sqlite", N_("the store: parkgraph query, sqlite3"));
    for (unsigned i = 0; i < KG_WRITE_FORMAT_COUNT && added; i++) {
        const kg_write_format format = (kg_write_format)i;
        if (formats->chosen[i]) {
            added = add_file(table, folder, kg_write_default_name(format), opens_with(format));
        }
    }
    if (added) {
        print_title(out, _("Files"));
        cli_table_print(table, out, 2, 0);
    }
    cli_table_free(table);
    print_title(out, _("What next"));
    fprintf(out,
            _("  parkgraph explain NAME --store %s          where a fact comes from\n"
              "  parkgraph analyse --store %s               rankings and communities\n"
              "  parkgraph analyse --park NAME --store %s   a park's tenants and sectors\n"
              "  parkgraph query \"SELECT * FROM statement LIMIT 5\" --store %s\n"),
            folder, folder, folder, folder);
}
