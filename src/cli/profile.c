// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/profile.h"

#include "cli/json.h"
#include "cli/labels.h"
#include "cli/message.h"
#include "cli/table.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum { NAME_WIDTH = 40, SMALL = 48 };

static void print_title(FILE* out, const char* title) {
    const bool bold = out == stdout && cli_has_color(STDOUT_FILENO);
    fprintf(out, "\n%s%s%s\n", bold ? "\033[1m" : "", title, bold ? "\033[0m" : "");
}

static bool has_shares(kg_profile_section section) {
    return section == KG_SECTION_TENANT_SECTORS || section == KG_SECTION_COMPANY_PARKS ||
           section == KG_SECTION_COMPANY_PLACES;
}

static bool add_share(cli_table* table, const kg_profile_item* item) {
    char members[SMALL];
    char share[SMALL];
    snprintf(members, sizeof members, "%" PRIu32, item->members);
    snprintf(share, sizeof share, "%.1f%%", item->share * 100);
    return cli_table_add(table, (kg_slice[]){item->name, kg_slice_of(members), kg_slice_of(share)});
}

static bool add_fact(cli_table* table, const kg_profile_item* item) {
    char time[2 * SMALL];
    char confidence[SMALL];
    char documents[SMALL];
    snprintf(time, sizeof time, "%.*s%s%.*s", (int)item->since.len,
             item->since.len ? item->since.ptr : "", item->until.len ? " – " : "",
             (int)item->until.len, item->until.len ? item->until.ptr : "");
    snprintf(confidence, sizeof confidence, "%.2f", item->confidence);
    snprintf(documents, sizeof documents, "%" PRIu32, item->documents);
    const kg_slice what =
        item->title.len ? item->title : kg_slice_of(cli_predicate_label(item->predicate));
    return cli_table_add(table, (kg_slice[]){item->name, kg_slice_of(cli_type_label(item->type)),
                                             what, kg_slice_of(cli_status_label(item->status)),
                                             kg_slice_of(time), kg_slice_of(confidence),
                                             kg_slice_of(documents)});
}

static bool print_section(const kg_profile* profile, kg_profile_section section, FILE* out) {
    const bool shares = has_shares(section);
    cli_table* const table =
        shares ? cli_table_new((const char* const[]){_("name"), _(">members"), _(">share"), NULL})
               : cli_table_new((const char* const[]){_("name"), _("type"), _("relation"),
                                                     _("status"), _("since"), _(">confidence"),
                                                     _(">documents"), NULL});
    bool added = table != NULL;
    for (uint32_t i = 0; i < profile->item_count && added; i++) {
        const kg_profile_item* const item = &profile->items[i];
        if (item->section == section) {
            added = shares ? add_share(table, item) : add_fact(table, item);
        }
    }
    if (added && !cli_table_empty(table)) {
        print_title(out, cli_section_label(section));
        cli_table_print(table, out, 2, NAME_WIDTH);
    }
    cli_table_free(table);
    return added;
}

static bool print_years(const kg_profile* profile, FILE* out) {
    cli_table* const table = cli_table_new((const char* const[]){
        _("year"), _(">actual"), _(">agreed"), _(">planned"), _(">ended"), NULL});
    bool added = table != NULL;
    for (uint32_t i = 0; i < profile->year_count && added; i++) {
        char cells[1 + KG_STATUS_COUNT][SMALL];
        kg_slice slices[1 + KG_STATUS_COUNT];
        snprintf(cells[0], SMALL, "%" PRIu32, profile->years[i].year);
        for (int s = 0; s < KG_STATUS_COUNT; s++) {
            snprintf(cells[s + 1], SMALL, "%" PRIu32, profile->years[i].by_status[s]);
        }
        for (int s = 0; s <= KG_STATUS_COUNT; s++) {
            slices[s] = kg_slice_of(cells[s]);
        }
        added = cli_table_add(table, slices);
    }
    if (added && profile->year_count) {
        print_title(out, _("What began when"));
        cli_table_print(table, out, 2, 0);
    }
    cli_table_free(table);
    return added;
}

static void print_concentration(const char* title, const kg_concentration* it, FILE* out) {
    if (it->counted) {
        fprintf(out,
                _("%s: Herfindahl index %.3f over %" PRIu32 " groups (%" PRIu32 " counted, %" PRIu32
                  " unknown)\n"),
                title, it->herfindahl, it->groups, it->counted, it->unknown);
    }
}

kg_status cli_profile_print(const kg_profile* profile, FILE* out, kg_error* error) {
    fprintf(out, "%.*s  %s  %.*s\n", (int)profile->name.len, profile->name.ptr,
            cli_type_label(profile->type), (int)profile->id.len, profile->id.ptr);
    bool printed = true;
    for (int i = 0; i < KG_SECTION_COUNT && printed; i++) {
        printed = print_section(profile, (kg_profile_section)i, out);
    }
    printed = printed && print_years(profile, out);
    if (profile->tenant_sectors.counted || profile->company_parks.counted ||
        profile->company_places.counted) {
        print_title(out, _("Concentration"));
    }
    print_concentration(_("  sectors of tenants"), &profile->tenant_sectors, out);
    print_concentration(_("  parks of companies"), &profile->company_parks, out);
    print_concentration(_("  places of companies"), &profile->company_places, out);
    return printed ? KG_OK : kg_fail(error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
}

// JSON ---------------------------------------------------------------------------------------

static void json_item(const kg_profile_item* item, FILE* out) {
    fputc('{', out);
    cli_json_member(out, "id", item->id);
    fputc(',', out);
    cli_json_member(out, "name", item->name);
    fputc(',', out);
    cli_json_member(out, "type", kg_slice_of(kg_type_name(item->type)));
    if (has_shares(item->section)) {
        fprintf(out, ",\"members\":%" PRIu32 ",\"share\":", item->members);
        cli_json_number(out, item->share);
    } else {
        fputc(',', out);
        cli_json_member(out, "predicate", kg_slice_of(kg_predicate_name(item->predicate)));
        fputc(',', out);
        cli_json_member(out, "status", kg_slice_of(kg_fact_status_name(item->status)));
        const struct {
            const char* name;
            kg_slice text;
        } texts[] = {{"since", item->since}, {"until", item->until}, {"title", item->title}};
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            if (texts[i].text.len) {
                fputc(',', out);
                cli_json_member(out, texts[i].name, texts[i].text);
            }
        }
        fputs(",\"confidence\":", out);
        cli_json_number(out, item->confidence);
        fprintf(out, ",\"documents\":%" PRIu32 ",\"inferred\":%s", item->documents,
                item->inferred ? "true" : "false");
    }
    fputc('}', out);
}

static void json_section(const kg_profile* profile, kg_profile_section section, FILE* out) {
    bool first = true;
    fprintf(out, "\"%s\":[", kg_profile_section_name(section));
    for (uint32_t i = 0; i < profile->item_count; i++) {
        if (profile->items[i].section == section) {
            fputs(first ? "" : ",", out);
            json_item(&profile->items[i], out);
            first = false;
        }
    }
    fputc(']', out);
}

static void json_concentration(const char* name, const kg_concentration* it, FILE* out) {
    fprintf(out, "\"%s\":{\"herfindahl\":", name);
    cli_json_number(out, it->herfindahl);
    fprintf(out, ",\"groups\":%" PRIu32 ",\"counted\":%" PRIu32 ",\"unknown\":%" PRIu32 "}",
            it->groups, it->counted, it->unknown);
}

static void json_years(const kg_profile* profile, FILE* out) {
    fputs("\"years\":[", out);
    for (uint32_t i = 0; i < profile->year_count; i++) {
        fprintf(out, "%s{\"year\":%" PRIu32, i ? "," : "", profile->years[i].year);
        for (int s = 0; s < KG_STATUS_COUNT; s++) {
            fprintf(out, ",\"%s\":%" PRIu32, kg_fact_status_name((kg_fact_status)s),
                    profile->years[i].by_status[s]);
        }
        fputc('}', out);
    }
    fputc(']', out);
}

void cli_profile_json(const kg_profile* profile, FILE* out) {
    fputc('{', out);
    cli_json_member(out, "id", profile->id);
    fputc(',', out);
    cli_json_member(out, "name", profile->name);
    fputc(',', out);
    cli_json_member(out, "type", kg_slice_of(kg_type_name(profile->type)));
    fputs(",\"measures\":{", out);
    for (uint32_t i = 0; i < profile->measure_count; i++) {
        fputs(i ? "," : "", out);
        cli_json_text(out, profile->measures[i].name);
        fputc(':', out);
        cli_json_number(out, profile->measures[i].value);
    }
    fputs("},", out);
    for (int i = 0; i < KG_SECTION_COUNT; i++) {
        json_section(profile, (kg_profile_section)i, out);
        fputc(',', out);
    }
    json_years(profile, out);
    fputs(",\"concentration\":{", out);
    json_concentration("tenant_sectors", &profile->tenant_sectors, out);
    fputc(',', out);
    json_concentration("company_parks", &profile->company_parks, out);
    fputc(',', out);
    json_concentration("company_places", &profile->company_places, out);
    fputs("}}\n", out);
}
