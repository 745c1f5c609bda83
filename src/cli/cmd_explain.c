// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/entities.h"
#include "cli/facts.h"
#include "cli/json.h"
#include "cli/labels.h"
#include "cli/message.h"
#include "cli/program.h"
#include "cli/stores.h"
#include "cli/table.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { DEFAULT_LIMIT = 20 };

typedef struct {
    const char* store;
    unsigned limit;
    bool json;
} explain_options;

static const cli_option options[] = {
    {"limit", 'n', CLI_COUNT, "N",
     N_("show N statements, and N pieces of evidence for each, at "
        "most (default: 20)"),
     offsetof(explain_options, limit)},
    {"json", 0, CLI_FLAG, NULL, N_("print JSON Lines instead of text"),
     offsetof(explain_options, json)},
    {"store", 's', CLI_TEXT, "DIR", N_("folder that 'build' made (default: out)"),
     offsetof(explain_options, store)},
    {0},
};

typedef struct {
    const explain_options* given;
    kg_store* store;
    cli_entities names;
    kg_error* error;
} explain;

static const char* bold(bool on) {
    return cli_has_color(STDOUT_FILENO) ? (on ? "\033[1m" : "\033[0m") : "";
}

static int length_of(kg_slice text) {
    return (int)(text.len > 4000 ? 4000 : text.len);
}

// Statements ---------------------------------------------------------------------------------

static void print_time(const kg_statement_row* row) {
    if (row->valid_from.len || row->valid_to.len) {
        printf(", %s – %s", row->valid_from.len ? row->valid_from.ptr : "…",
               row->valid_to.len ? row->valid_to.ptr : "…");
    }
}

static void print_evidence(const kg_evidence_row* it) {
    printf("    “%.*s”\n", length_of(it->sentence), it->sentence.ptr);
    printf(_("      %.*s, bytes %" PRIu64 "–%" PRIu64 ", rule %.*s, confidence %.2f"),
           length_of(it->doc), it->doc.ptr, it->span.begin, it->span.end, length_of(it->rule),
           it->rule.ptr, it->confidence);
    if (it->date.len) {
        printf(", %.*s", length_of(it->date), it->date.ptr);
    }
    if (it->time.len) {
        printf(_(", time in the text: %.*s"), length_of(it->time), it->time.ptr);
    }
    putchar('\n');
    if (it->title.len || it->url.len) {
        printf("      %.*s%s%.*s\n", length_of(it->title), it->title.ptr,
               it->title.len && it->url.len ? "  " : "", length_of(it->url), it->url.ptr);
    }
}

static void print_fact(explain* it, const kg_statement_row* row) {
    printf("\n  %s%s", bold(true), cli_entities_name(it->store, &it->names, row->subject.ptr));
    printf(" %s ", kg_predicate_name(row->predicate));
    printf("%s%s  (", cli_entities_name(it->store, &it->names, row->object.ptr), bold(false));
    if (row->title.len) {
        printf("%s, ", row->title.ptr);
    }
    printf("%s", cli_status_label(row->status));
    print_time(row);
    printf(_(", confidence %.2f%s)\n"), row->confidence, row->inferred ? _(", inferred") : "");
    for (uint32_t i = 0; i < row->evidence_count && i < it->given->limit; i++) {
        print_evidence(&row->evidence[i]);
    }
    if (row->evidence_count > it->given->limit) {
        printf(_("    and %" PRIu32 " more; --limit shows them\n"),
               row->evidence_count - it->given->limit);
    }
}

static void json_evidence(const kg_evidence_row* it) {
    const struct {
        const char* name;
        kg_slice text;
    } texts[] = {{"doc", it->doc},   {"url", it->url},           {"title", it->title},
                 {"date", it->date}, {"sentence", it->sentence}, {"quote", it->quote},
                 {"rule", it->rule}, {"time", it->time}};
    putchar('{');
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i].text.len || !i) {
            fputs(i ? "," : "", stdout);
            cli_json_member(stdout, texts[i].name, texts[i].text);
        }
    }
    printf(",\"begin\":%" PRIu64 ",\"end\":%" PRIu64 ",\"confidence\":", it->span.begin,
           it->span.end);
    cli_json_number(stdout, it->confidence);
    putchar('}');
}

static void json_end(explain* it, const char* name, const char* id) {
    printf("\"%s\":{", name);
    cli_json_member(stdout, "id", kg_slice_of(id));
    putchar(',');
    cli_json_member(stdout, "name", kg_slice_of(cli_entities_name(it->store, &it->names, id)));
    printf("},");
}

static void json_fact(explain* it, const kg_statement_row* row) {
    putchar('{');
    cli_json_member(stdout, "id", row->id);
    putchar(',');
    json_end(it, "subject", row->subject.ptr);
    cli_json_member(stdout, "predicate", kg_slice_of(kg_predicate_name(row->predicate)));
    putchar(',');
    json_end(it, "object", row->object.ptr);
    cli_json_member(stdout, "status", kg_slice_of(kg_fact_status_name(row->status)));
    const struct {
        const char* name;
        kg_slice text;
    } texts[] = {
        {"title", row->title}, {"valid_from", row->valid_from}, {"valid_to", row->valid_to}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i].text.len) {
            putchar(',');
            cli_json_member(stdout, texts[i].name, texts[i].text);
        }
    }
    fputs(",\"confidence\":", stdout);
    cli_json_number(stdout, row->confidence);
    printf(",\"inferred\":%s,\"evidence\":[", row->inferred ? "true" : "false");
    for (uint32_t i = 0; i < row->evidence_count; i++) {
        fputs(i ? "," : "", stdout);
        json_evidence(&row->evidence[i]);
    }
    puts("]}");
}

static void show_facts(explain* it, const cli_facts* facts) {
    for (size_t i = 0; i < facts->count; i++) {
        if (it->given->json) {
            json_fact(it, &facts->items[i]);
        } else if (i < it->given->limit) {
            print_fact(it, &facts->items[i]);
        }
    }
    if (!it->given->json && facts->count > it->given->limit) {
        printf(_("\n  and %zu more statements; --limit shows them\n"),
               facts->count - it->given->limit);
    }
}

/// Statements that match; either id may be empty.
static kg_status find_facts(explain* it, const char* subject, kg_predicate predicate,
                            const char* object, cli_facts* facts) {
    const kg_status status =
        kg_store_find_statement(it->store, kg_slice_of(subject), predicate, kg_slice_of(object),
                                cli_facts_add, facts, it->error);
    return status == KG_NO ? KG_OK : status;
}

/// A symmetric statement is found from both of its ends: once is enough.
static void drop_repeated(cli_facts* facts, size_t first_of_second) {
    size_t kept = first_of_second;
    for (size_t i = first_of_second; i < facts->count; i++) {
        bool repeated = false;
        for (size_t k = 0; k < first_of_second && !repeated; k++) {
            repeated = kg_slice_equal(facts->items[i].id, facts->items[k].id);
        }
        if (!repeated) {
            facts->items[kept++] = facts->items[i];
        }
    }
    facts->count = kept;
}

// Entities -----------------------------------------------------------------------------------

static kg_status print_entity(void* handle, const kg_entity_row* row) {
    (void)handle;
    printf("%s%.*s%s  %s  %.*s\n", bold(true), length_of(row->name), row->name.ptr, bold(false),
           cli_type_label(row->type), length_of(row->id), row->id.ptr);
    if (row->alias_count) {
        printf("  %s", _("also: "));
        for (uint32_t i = 0; i < row->alias_count; i++) {
            printf("%s%.*s", i ? "、" : "", length_of(row->aliases[i]), row->aliases[i].ptr);
        }
        putchar('\n');
    }
    if (row->lexicon_id.len) {
        printf(_("  in the lexicon: %.*s\n"), length_of(row->lexicon_id), row->lexicon_id.ptr);
    }
    for (uint32_t i = 0; i < row->same_as_count; i++) {
        printf(_("  formerly: %.*s\n"), length_of(row->same_as[i]), row->same_as[i].ptr);
    }
    printf(_("  documents: %" PRIu32), row->document_count);
    if (row->first_seen.len) {
        printf(", %.*s – %.*s", length_of(row->first_seen), row->first_seen.ptr,
               length_of(row->last_seen), row->last_seen.ptr);
    }
    putchar('\n');
    for (uint32_t i = 0; i < row->measure_count; i++) {
        printf("%s%.*s %.6g", i ? ", " : "  ", length_of(row->measures[i].name),
               row->measures[i].name.ptr, row->measures[i].value);
    }
    fputs(row->measure_count ? "\n" : "", stdout);
    return KG_OK;
}

static const char* reason_label(kg_slice reason) {
    return kg_slice_equal(reason, KG_LIT("lexicon")) ? _("the same entry of the lexicon")
           : kg_slice_equal(reason, KG_LIT("name"))  ? _("the same name")
           : kg_slice_equal(reason, KG_LIT("alias")) ? _("an alias that is its alone")
                                                     : "";
}

static kg_status add_merge(void* handle, const kg_merge_row* row) {
    const char* const label = reason_label(row->reason);
    const kg_slice reason = *label ? kg_slice_of(label) : row->reason;
    return cli_table_add(handle, (kg_slice[]){row->doc, row->name, reason}) ? KG_OK : KG_ERR_MEMORY;
}

static kg_status print_merges(explain* it, const char* id) {
    cli_table* const table =
        cli_table_new((const char* const[]){_("document"), _("called"), _("joined by"), NULL});
    if (!table) {
        return kg_fail(it->error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
    }
    const kg_status status =
        kg_store_each_merge(it->store, kg_slice_of(id), add_merge, table, it->error);
    if (status == KG_OK && !cli_table_empty(table)) {
        printf("\n%s\n", _("Where it was met"));
        cli_table_print(table, stdout, 2, 48);
    }
    cli_table_free(table);
    return status == KG_NO ? KG_OK : status;
}

static kg_status explain_entity(explain* it, const char* id) {
    cli_facts facts = {0};
    kg_status status = KG_OK;
    if (!it->given->json) {
        status = kg_store_find_entity(it->store, kg_slice_of(id), KG_MATCH_EXACT, 1, print_entity,
                                      NULL, it->error);
    }
    status = status == KG_OK ? find_facts(it, id, KG_PREDICATE_COUNT, "", &facts) : status;
    const size_t first_of_second = facts.count;
    status = status == KG_OK ? find_facts(it, "", KG_PREDICATE_COUNT, id, &facts) : status;
    if (status == KG_OK) {
        drop_repeated(&facts, first_of_second);
        show_facts(it, &facts);
        status = it->given->json ? KG_OK : print_merges(it, id);
    }
    cli_facts_dispose(&facts);
    return status;
}

static kg_status explain_name(explain* it, const char* name) {
    cli_entities found = {0};
    kg_status status = cli_entities_find(it->store, name, KG_TYPE_COUNT, &found, it->error);
    for (size_t i = 0; i < found.count && status == KG_OK; i++) {
        fputs(i && !it->given->json ? "\n" : "", stdout);
        status = explain_entity(it, found.items[i].id);
    }
    cli_entities_dispose(&found);
    return status;
}

static kg_status find_end(explain* it, const char* text, cli_entities* out) {
    if (strcmp(text, "-") == 0) { // any
        static char none[] = "";
        static cli_entity any = {.id = none, .name = none};
        *out = (cli_entities){.items = &any, .count = 1};
        return KG_OK;
    }
    return cli_entities_find(it->store, text, KG_TYPE_COUNT, out, it->error);
}

static void dispose_end(cli_entities* end) {
    if (end->capacity) { // else it is the static one, or empty
        cli_entities_dispose(end);
    }
}

static kg_status explain_statement(explain* it, char* const* words, kg_predicate predicate) {
    cli_entities subjects = {0};
    cli_entities objects = {0};
    cli_facts facts = {0};
    kg_status status = find_end(it, words[0], &subjects);
    status = status == KG_OK ? find_end(it, words[2], &objects) : status;
    for (size_t i = 0; i < subjects.count && status == KG_OK; i++) {
        for (size_t k = 0; k < objects.count && status == KG_OK; k++) {
            status = find_facts(it, subjects.items[i].id, predicate, objects.items[k].id, &facts);
        }
    }
    if (status == KG_OK && !facts.count) {
        status = kg_fail(it->error, KG_NO, NULL, _("the graph does not say that %s %s %s"),
                         words[0], words[1], words[2]);
    }
    if (status == KG_OK) {
        show_facts(it, &facts);
    }
    cli_facts_dispose(&facts);
    dispose_end(&subjects);
    dispose_end(&objects);
    return status;
}

static const char* predicate_candidate(const void* handle, size_t number) {
    (void)handle;
    return number < KG_PREDICATE_COUNT ? kg_predicate_name((kg_predicate)number) : NULL;
}

static int run_explain(const explain_options* given, char* const* words, int count) {
    kg_predicate predicate = KG_PREDICATE_COUNT;
    if (count == 2) {
        return cli_usage("explain", "%s",
                         _("a statement has three parts: SUBJECT PREDICATE OBJECT"));
    }
    if (count == 3 && strcmp(words[1], "-") != 0 &&
        kg_predicate_parse(kg_slice_of(words[1]), &predicate) != KG_OK) {
        const char* const near = cli_nearest(words[1], predicate_candidate, NULL);
        return near ? cli_usage("explain", _("unknown predicate '%s'; did you mean '%s'?"),
                                words[1], near)
                    : cli_usage("explain", _("unknown predicate '%s'"), words[1]);
    }
    kg_error error = {0};
    explain it = {.given = given, .error = &error};
    kg_status status = cli_store_open_read(given->store, &it.store, &error);
    if (status == KG_OK) {
        status =
            count == 1 ? explain_name(&it, words[0]) : explain_statement(&it, words, predicate);
    }
    cli_entities_dispose(&it.names);
    kg_store_close(it.store);
    return cli_exit_status(status, &error);
}

static int run_command(int argc, char** argv) {
    explain_options given = {.limit = DEFAULT_LIMIT};
    int first = 0;
    int exit_status = CLI_DONE;
    return cli_parse(&cli_cmd_explain, &given, argc, argv, &first, &exit_status)
               ? run_explain(&given, argv + first, argc - first)
               : exit_status;
}

const cli_command cli_cmd_explain = {
    .name = "explain",
    .synopsis = "ENTITY | SUBJECT PREDICATE OBJECT",
    .summary = N_("Show where an entity or a statement comes from: sentence, document, place in "
                  "the file, rule."),
    .notes = N_("An entity is given by name, alias or id. - stands for any subject, predicate or "
                "object.\n"),
    .options = options,
    .min_arguments = 1,
    .max_arguments = 3,
    .run = run_command,
};
