// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/entities.h"
#include "cli/graph.h"
#include "cli/json.h"
#include "cli/labels.h"
#include "cli/message.h"
#include "cli/profile.h"
#include "cli/program.h"
#include "cli/stores.h"
#include "cli/summary.h"
#include "cli/table.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_TOP = 10, DEFAULT_WAIT = 600, COMMUNITY_MEMBERS = 5, NUMBER_SIZE = 32 };

typedef struct {
    const char* store;
    const char* park;
    const char* sector;
    const char* measure;
    const char* type_name;
    kg_type type; ///< of `type_name`
    double min_confidence;
    unsigned top;
    unsigned seed;
    unsigned pivots;
    unsigned wait;
    bool json;
} analyse_options;

static const cli_option options[] = {
    {"park", 'p', CLI_TEXT, "NAME", N_("profile of a park: operator, tenants, sectors, years"),
     offsetof(analyse_options, park)},
    {"sector", 0, CLI_TEXT, "NAME", N_("profile of a sector: parks, companies, concentration"),
     offsetof(analyse_options, sector)},
    {"measure", 'm', CLI_TEXT, "M",
     N_("rank by degree, degree_in, degree_out, pagerank, betweenness, closeness, eigenvector, "
        "hub, authority or coreness alone"),
     offsetof(analyse_options, measure)},
    {"type", 't', CLI_TEXT, "TYPE",
     N_("rank Company, Park, Facility, Sector, Place, Organization or Person alone"),
     offsetof(analyse_options, type_name)},
    {"top", 'n', CLI_COUNT, "N", N_("length of the rankings (default: 10)"),
     offsetof(analyse_options, top)},
    {"json", 0, CLI_FLAG, NULL, N_("print JSON instead of tables"),
     offsetof(analyse_options, json)},
    {"store", 's', CLI_TEXT, "DIR", N_("folder that 'build' made (default: out)"),
     offsetof(analyse_options, store)},
    {"min-confidence", 0, CLI_SHARE, "X", N_("measure without relations below X, from 0 to 1"),
     offsetof(analyse_options, min_confidence)},
    {"seed", 0, CLI_COUNT, "N", N_("seed of random choices (default: 42)"),
     offsetof(analyse_options, seed)},
    {"pivots", 0, CLI_COUNT, "N",
     N_("sampled sources where exact would be too slow (default: 1000)"),
     offsetof(analyse_options, pivots)},
    {"wait", 0, CLI_COUNT, "S", N_("wait S seconds for another run on the store (default: 600)"),
     offsetof(analyse_options, wait)},
    {0},
};

static const char* const measures[] = {"pagerank",    "degree",    "degree_in",   "degree_out",
                                       "betweenness", "closeness", "eigenvector", "hub",
                                       "authority",   "coreness",  NULL};
/// Those that are shown if none is asked for.
static const char* const usual[] = {"pagerank", "betweenness", "degree", NULL};

static const char* measure_candidate(const void* handle, size_t number) {
    (void)handle;
    return measures[number];
}

static const char* type_candidate(const void* handle, size_t number) {
    (void)handle;
    return number < KG_TYPE_COUNT ? kg_type_name((kg_type)number) : NULL;
}

static bool check(analyse_options* given) {
    given->type = KG_TYPE_COUNT;
    if (given->type_name && kg_type_parse(kg_slice_of(given->type_name), &given->type) != KG_OK) {
        const char* const near = cli_nearest(given->type_name, type_candidate, NULL);
        cli_usage("analyse", _("unknown type '%s'; did you mean '%s'?"), given->type_name,
                  near ? near : "Company");
        return false;
    }
    bool known = !given->measure;
    for (size_t i = 0; measures[i] && !known; i++) {
        known = strcmp(measures[i], given->measure) == 0;
    }
    if (!known) {
        const char* const near = cli_nearest(given->measure, measure_candidate, NULL);
        cli_usage("analyse", _("unknown measure '%s'; did you mean '%s'?"), given->measure,
                  near ? near : "pagerank");
        return false;
    }
    if (given->park && given->sector) {
        cli_usage("analyse", "%s", _("--park and --sector do not go together"));
        return false;
    }
    return true;
}

// Profiles -----------------------------------------------------------------------------------

static kg_status show_profile(kg_store* store, const analyse_options* given, kg_error* error) {
    cli_entities found = {0};
    const kg_type type = given->park ? KG_PARK : KG_SECTOR;
    kg_status status =
        cli_entities_find(store, given->park ? given->park : given->sector, type, &found, error);
    for (size_t i = 0; i < found.count && status == KG_OK; i++) {
        kg_profile* profile = NULL;
        const kg_slice id = kg_slice_of(found.items[i].id);
        status = given->park ? kg_park_profile(store, id, &profile, error)
                             : kg_sector_profile(store, id, &profile, error);
        if (status == KG_OK && given->json) {
            cli_profile_json(profile, stdout);
        } else if (status == KG_OK) {
            fputs(i ? "\n" : "", stdout);
            status = cli_profile_print(profile, stdout, error);
        }
        kg_profile_free(profile);
    }
    cli_entities_dispose(&found);
    return status;
}

// Rankings -----------------------------------------------------------------------------------

typedef struct {
    bool any;
} json_list;

static void json_rank_row(const kg_rank_row* row) {
    printf("{\"rank\":%" PRIu32 ",", row->rank);
    cli_json_member(stdout, "id", row->id);
    fputc(',', stdout);
    cli_json_member(stdout, "name", row->name);
    fputc(',', stdout);
    cli_json_member(stdout, "type", kg_slice_of(kg_type_name(row->type)));
    fputs(",\"value\":", stdout);
    cli_json_number(stdout, row->value);
    fputc('}', stdout);
}

static kg_status on_json_rank(void* handle, const kg_rank_row* row) {
    json_list* const list = handle;
    fputs(list->any ? "," : "", stdout);
    list->any = true;
    json_rank_row(row);
    return KG_OK;
}

static kg_status on_json_community(void* handle, const kg_community_row* row) {
    json_list* const list = handle;
    printf("%s{\"community\":%" PRIu32 ",\"size\":%" PRIu64 ",\"types\":{", list->any ? "," : "",
           row->number, row->size);
    list->any = true;
    for (int i = 0; i < KG_TYPE_COUNT; i++) {
        printf("%s\"%s\":%" PRIu64, i ? "," : "", kg_type_name((kg_type)i), row->by_type[i]);
    }
    fputs("},\"members\":[", stdout);
    for (uint32_t i = 0; i < row->member_count; i++) {
        fputs(i ? "," : "", stdout);
        json_rank_row(&row->members[i]);
    }
    fputs("]}", stdout);
    return KG_OK;
}

static kg_status on_community(void* handle, const kg_community_row* row) {
    char* text = NULL;
    size_t size = 0;
    FILE* const names = open_memstream(&text, &size);
    if (!names) {
        return KG_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < row->member_count; i++) {
        fprintf(names, "%s%.*s", i ? "、" : "", (int)row->members[i].name.len,
                row->members[i].name.ptr);
    }
    fclose(names);
    char number[NUMBER_SIZE];
    char members[NUMBER_SIZE];
    snprintf(number, sizeof number, "%" PRIu32, row->number);
    snprintf(members, sizeof members, "%" PRIu64, row->size);
    const bool added =
        text && cli_table_add(
                    handle, (kg_slice[]){kg_slice_of(number), kg_slice_of(members), {text, size}});
    free(text);
    return added ? KG_OK : KG_ERR_MEMORY;
}

static kg_status print_communities(kg_store* store, unsigned top, kg_error* error) {
    cli_table* const table =
        cli_table_new((const char* const[]){">#", _(">members"), _("first members"), NULL});
    if (!table) {
        return kg_fail(error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
    }
    const kg_status status =
        kg_communities(store, top, COMMUNITY_MEMBERS, on_community, table, error);
    if (status == KG_OK && !cli_table_empty(table)) {
        printf("\n%s\n", _("Communities (Leiden)"));
        cli_table_print(table, stdout, 2, 100);
    }
    cli_table_free(table);
    return status == KG_NO ? KG_OK : status;
}

static kg_status show_tables(kg_store* store, const analyse_options* given, kg_error* error) {
    const char* const chosen[] = {given->measure, NULL};
    kg_status status = KG_OK;
    for (const char* const* name = given->measure ? chosen : usual; *name && status == KG_OK;
         name++) {
        char title[96];
        snprintf(title, sizeof title, _("By %s"), *name);
        status = cli_print_ranking(store, *name, given->type, given->top, title, stdout, error);
    }
    return status == KG_OK && !given->measure ? print_communities(store, given->top, error)
                                              : status;
}

static kg_status show_json(kg_store* store, const analyse_options* given, kg_error* error) {
    const char* const chosen[] = {given->measure, NULL};
    const char* const* const names = given->measure ? chosen : measures;
    kg_status status = KG_OK;
    fputs("{\"rankings\":{", stdout);
    for (size_t i = 0; names[i] && status == KG_OK; i++) {
        json_list list = {0};
        printf("%s\"%s\":[", i ? "," : "", names[i]);
        status = kg_rank(store, kg_slice_of(names[i]), given->type, given->top, on_json_rank, &list,
                         error);
        status = status == KG_NO ? KG_OK : status;
        fputc(']', stdout);
    }
    fputs("},\"communities\":[", stdout);
    if (status == KG_OK) {
        json_list list = {0};
        status =
            kg_communities(store, given->top, COMMUNITY_MEMBERS, on_json_community, &list, error);
    }
    fputs("]}\n", stdout);
    return status == KG_NO ? KG_OK : status;
}

static kg_status analyse(const analyse_options* given, kg_error* error) {
    kg_store* store = NULL;
    kg_status status = KG_OK;
    if (given->park || given->sector) {
        status = cli_store_open_read(given->store, &store, error);
        status = status == KG_OK ? show_profile(store, given, error) : status;
        kg_store_close(store);
        return status;
    }
    const kg_analyse_options measure = {
        .seed = given->seed, .pivots = given->pivots, .min_confidence = given->min_confidence};
    status = cli_store_open_write(given->store, false, given->wait, &store, error);
    status = status == KG_OK ? cli_graph_measure(store, &measure, NULL, error) : status;
    if (status == KG_OK) {
        status = given->json ? show_json(store, given, error) : show_tables(store, given, error);
    }
    kg_store_close(store);
    return status;
}

static int run_command(int argc, char** argv) {
    analyse_options given = {.top = DEFAULT_TOP, .wait = DEFAULT_WAIT};
    int first = 0;
    int exit_status = CLI_DONE;
    if (!cli_parse(&cli_cmd_analyse, &given, argc, argv, &first, &exit_status)) {
        return exit_status;
    }
    if (!check(&given)) {
        return CLI_USAGE;
    }
    kg_error error = {0};
    return cli_exit_status(analyse(&given, &error), &error);
}

const cli_command cli_cmd_analyse = {
    .name = "analyse",
    .synopsis = "",
    .summary = N_("Measure the graph and print rankings and communities, or the profile of a park "
                  "or sector."),
    .options = options,
    .max_arguments = 0,
    .run = run_command,
};
