// SPDX-License-Identifier: GPL-3.0-or-later
#include "kg/analyse.h"

#include "base/buffer.h"
#include "generate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

// A small world: a park with an operator, tenants of every status and a sector; a second sector;
// an upper zone; a tenant that moved on.
static const char first_document[] =
    "{\"doc\":\"a.txt\",\"date\":\"2020-05-01\",\"hash\":\"00000000000000000000000000000001\","
    "\"entities\":["
    "{\"id\":\"e1\",\"type\":\"Company\",\"name\":\"云顶峰测试有限公司\"},"
    "{\"id\":\"e2\",\"type\":\"Company\",\"name\":\"甲乙丙测试有限公司\"},"
    "{\"id\":\"e3\",\"type\":\"Company\",\"name\":\"丁戊己测试有限公司\"},"
    "{\"id\":\"e4\",\"type\":\"Park\",\"name\":\"星河测试产业园\"},"
    "{\"id\":\"e5\",\"type\":\"Sector\",\"name\":\"量子纺织\"},"
    "{\"id\":\"e6\",\"type\":\"Place\",\"name\":\"青石测试县\"},"
    "{\"id\":\"e7\",\"type\":\"Place\",\"name\":\"白水测试县\"},"
    "{\"id\":\"e8\",\"type\":\"Park\",\"name\":\"大河测试新区\"},"
    "{\"id\":\"e9\",\"type\":\"Person\",\"name\":\"王测试\"}],"
    "\"relations\":["
    "{\"s\":\"e1\",\"p\":\"operates\",\"o\":\"e4\",\"status\":\"actual\",\"evidence\":\"x\"},"
    "{\"s\":\"e2\",\"p\":\"locates_in\",\"o\":\"e4\",\"status\":\"agreed\",\"evidence\":\"x\","
    "\"from\":\"2021-06\"},"
    "{\"s\":\"e3\",\"p\":\"locates_in\",\"o\":\"e4\",\"status\":\"ended\",\"evidence\":\"x\","
    "\"from\":\"2018\",\"to\":\"2019\"},"
    "{\"s\":\"e1\",\"p\":\"active_in\",\"o\":\"e5\",\"status\":\"actual\",\"evidence\":\"x\"},"
    "{\"s\":\"e2\",\"p\":\"active_in\",\"o\":\"e5\",\"status\":\"actual\",\"evidence\":\"x\"},"
    "{\"s\":\"e4\",\"p\":\"focuses_on\",\"o\":\"e5\",\"status\":\"planned\",\"evidence\":\"x\"},"
    "{\"s\":\"e4\",\"p\":\"situated_in\",\"o\":\"e6\",\"status\":\"actual\",\"evidence\":\"x\"},"
    "{\"s\":\"e1\",\"p\":\"headquartered_in\",\"o\":\"e7\",\"status\":\"actual\","
    "\"evidence\":\"x\"},"
    "{\"s\":\"e4\",\"p\":\"part_of\",\"o\":\"e8\",\"status\":\"actual\",\"evidence\":\"x\"},"
    "{\"s\":\"e9\",\"p\":\"holds_position\",\"o\":\"e4\",\"status\":\"actual\",\"title\":\"主任\","
    "\"evidence\":\"x\"}]}";
static const char second_document[] =
    "{\"doc\":\"b.txt\",\"date\":\"2022-02-02\",\"hash\":\"00000000000000000000000000000002\","
    "\"entities\":["
    "{\"id\":\"e1\",\"type\":\"Company\",\"name\":\"甲乙丙测试有限公司\"},"
    "{\"id\":\"e2\",\"type\":\"Company\",\"name\":\"庚辛壬测试有限公司\"},"
    "{\"id\":\"e3\",\"type\":\"Park\",\"name\":\"星河测试产业园\"},"
    "{\"id\":\"e4\",\"type\":\"Sector\",\"name\":\"光电木工\"},"
    "{\"id\":\"e5\",\"type\":\"Sector\",\"name\":\"量子纺织\"}],"
    "\"relations\":["
    "{\"s\":\"e1\",\"p\":\"active_in\",\"o\":\"e4\",\"status\":\"actual\",\"evidence\":\"y\"},"
    "{\"s\":\"e2\",\"p\":\"active_in\",\"o\":\"e5\",\"status\":\"planned\",\"evidence\":\"y\"},"
    "{\"s\":\"e1\",\"p\":\"headquartered_in\",\"o\":\"e3\",\"status\":\"planned\","
    "\"evidence\":\"y\"},"
    "{\"s\":\"e3\",\"p\":\"cooperates_with\",\"o\":\"e2\",\"status\":\"actual\","
    "\"evidence\":\"y\"}]}";
static const char third_document[] =
    "{\"doc\":\"c.txt\",\"hash\":\"00000000000000000000000000000003\",\"entities\":["
    "{\"id\":\"e1\",\"type\":\"Organization\",\"name\":\"独行测试大学\"}],\"relations\":[]}";
static const char* const documents[] = {first_document, second_document, third_document};
enum { document_count = sizeof documents / sizeof *documents };

// A store filled ---------------------------------------------------------------------------------

static kg_lexicon* lexicon;

static int load_lexicon(void** unused) {
    (void)unused;
    kg_error error = {0};
    const kg_status status = kg_lexicon_load(KG_SOURCE_DIR "/ontology", NULL, &lexicon, &error);
    if (status != KG_OK) {
        print_message("%s\n", error.text);
    }
    return status == KG_OK ? 0 : -1;
}

static int free_lexicon(void** unused) {
    (void)unused;
    kg_lexicon_free(lexicon);
    return 0;
}

typedef struct {
    char path[64];
    kg_store* store;
} filled;

static void must(kg_status status, const kg_error* error) {
    if (status != KG_OK) {
        fail_msg("%s: %s", kg_status_name(status), error->text);
    }
}

static void put_document(kg_store* store, const char* json) {
    kg_error error = {0};
    kg_record* record = NULL;
    must(kg_record_from_json(kg_slice_of(json), &record, &error), &error);
    must(kg_store_put(store, record, &error), &error);
    kg_record_free(record);
}

static filled fill(const unsigned* order, size_t count) {
    filled f = {.path = "analyse-test-XXXXXX"};
    const int file = mkstemp(f.path);
    assert_true(file >= 0);
    close(file);
    unlink(f.path);
    kg_error error = {0};
    must(kg_store_open(f.path, KG_STORE_WRITE, 0, &f.store, &error), &error);
    for (size_t i = 0; i < count; ++i) {
        put_document(f.store, documents[order[i]]);
    }
    must(kg_store_commit(f.store, &error), &error);
    must(kg_store_resolve(f.store, lexicon, NULL, NULL, &error), &error);
    return f;
}

static void drop(filled* f) {
    kg_store_close(f->store);
    static const char* const endings[] = {"", "-wal", "-shm", ".lock"};
    for (size_t i = 0; i < 4; ++i) {
        char path[80];
        snprintf(path, sizeof path, "%s%s", f->path, endings[i]);
        unlink(path);
    }
}

static filled fill_all(void) {
    return fill((const unsigned[]){0, 1, 2}, document_count);
}

typedef struct {
    const char* name;
    char id[128];
} search;

static kg_status take_id(void* handle, const kg_entity_row* row) {
    search* const s = handle;
    if (kg_slice_equal(row->name, kg_slice_of(s->name))) {
        snprintf(s->id, sizeof s->id, "%.*s", (int)row->id.len, row->id.ptr);
    }
    return KG_OK;
}

static search find(kg_store* store, const char* name) {
    search s = {.name = name};
    assert_int_equal(kg_store_each_entity(store, take_id, &s, NULL), KG_OK);
    assert_true(s.id[0] != '\0');
    return s;
}

// Everything as text -----------------------------------------------------------------------------

static kg_status print_entity(void* handle, const kg_entity_row* row) {
    kg_i_buffer_format(handle, "%.*s", (int)row->id.len, row->id.ptr);
    for (uint32_t i = 0; i < row->measure_count; ++i) {
        kg_i_buffer_format(handle, " %.*s=%.17g", (int)row->measures[i].name.len,
                           row->measures[i].name.ptr, row->measures[i].value);
    }
    kg_i_buffer_add_char(handle, '\n');
    return KG_OK;
}

static kg_status print_cells(void* handle, uint32_t count, const kg_slice* names,
                             const kg_slice* cells, const char* kinds) {
    (void)names, (void)kinds;
    for (uint32_t i = 0; i < count; ++i) {
        kg_i_buffer_add_slice(handle, cells[i]);
        kg_i_buffer_add_char(handle, '\t');
    }
    kg_i_buffer_add_char(handle, '\n');
    return KG_OK;
}

/// Analyse, and give all measures and notes as text.
static char* analysed(kg_store* store) {
    kg_error error = {0};
    must(kg_analyse(store, NULL, &error), &error);
    kg_i_buffer text = {0};
    must(kg_store_each_entity(store, print_entity, &text, &error), &error);
    must(kg_store_query(store, "SELECT name, note FROM measure_note ORDER BY name", print_cells,
                        &text, &error),
         &error);
    return kg_i_buffer_detach(&text);
}

static void same_documents_same_measures_in_any_order(void** unused) {
    (void)unused;
    filled forwards = fill_all();
    filled backwards = fill((const unsigned[]){2, 1, 0}, document_count);
    char* const first = analysed(forwards.store);
    char* const again = analysed(forwards.store);
    char* const second = analysed(backwards.store);
    assert_string_equal(first, again);
    assert_string_equal(first, second);
    assert_non_null(strstr(first, "pagerank=0."));
    assert_non_null(strstr(first, "modularity"));
    assert_non_null(strstr(first, "exact"));
    free(first);
    free(again);
    free(second);
    drop(&forwards);
    drop(&backwards);
}

static void an_empty_store_gets_notes_alone(void** unused) {
    (void)unused;
    filled f = fill(NULL, 0);
    char* const text = analysed(f.store);
    assert_non_null(strstr(text, "pagerank\tleft out: the graph is empty"));
    free(text);
    drop(&f);
}

static kg_status put_record(void* handle, const kg_record* record, kg_error* error) {
    return kg_store_put(handle, record, error);
}

static kg_status profile_any(void* handle, const kg_rank_row* row) {
    kg_i_buffer* const ids = handle;
    if (row->type == KG_PARK || row->type == KG_FACILITY || row->type == KG_SECTOR) {
        kg_i_buffer_format(ids, "%c%.*s\n", row->type == KG_SECTOR ? 's' : 'p', (int)row->id.len,
                           row->id.ptr);
    }
    return KG_OK;
}

// Whatever names and loops there are, each measure is had and each park and sector has a profile.
static void hostile_documents_are_measured(void** unused) {
    (void)unused;
    filled f = fill(NULL, 0);
    kg_error error = {0};
    const generate_options options = {
        .seed = 3, .documents = 20, .relations = 10, .entities = 100, .hostile = true};
    const generate_sink sink = {.handle = f.store, .on_record = put_record};
    must(generate(&options, sink, &error), &error);
    must(kg_store_commit(f.store, &error), &error);
    must(kg_store_resolve(f.store, lexicon, NULL, NULL, &error), &error);
    char* const text = analysed(f.store);
    if (strstr(text, "left out: ")) {
        fail_msg("%s", strstr(text, "left out: "));
    }
    assert_null(strstr(text, "nan"));
    kg_i_buffer ids = {0};
    must(kg_rank(f.store, KG_LIT("degree"), KG_TYPE_COUNT, 0, profile_any, &ids, &error), &error);
    unsigned profiles = 0;
    for (char* id = strtok(ids.ptr, "\n"); id; id = strtok(NULL, "\n")) {
        kg_profile* p = NULL;
        must(*id == 's' ? kg_sector_profile(f.store, kg_slice_of(id + 1), &p, &error)
                        : kg_park_profile(f.store, kg_slice_of(id + 1), &p, &error),
             &error);
        kg_profile_free(p);
        ++profiles;
    }
    assert_true(profiles > 10);
    kg_i_buffer_dispose(&ids);
    free(text);
    drop(&f);
}

static bool at_once(void* handle) {
    (void)handle;
    return true;
}

static void stopping_keeps_the_measures_of_before(void** unused) {
    (void)unused;
    filled f = fill_all();
    char* const before = analysed(f.store);
    const kg_analyse_options options = {.seed = 7, .stop = at_once};
    kg_error error = {0};
    assert_int_equal(kg_analyse(f.store, &options, &error), KG_ERR_STOPPED);
    kg_i_buffer text = {0};
    assert_int_equal(kg_store_each_entity(f.store, print_entity, &text, NULL), KG_OK);
    assert_memory_equal(before, text.ptr, text.len);
    kg_i_buffer_dispose(&text);
    free(before);
    drop(&f);
}

// Rankings ---------------------------------------------------------------------------------------

typedef struct {
    unsigned count;
    double last;
    char names[512];
} ranking;

static kg_status take_rank(void* handle, const kg_rank_row* row) {
    ranking* const r = handle;
    assert_int_equal(row->rank, ++r->count);
    assert_true(r->count == 1 || row->value <= r->last);
    r->last = row->value;
    const size_t used = strlen(r->names);
    snprintf(r->names + used, sizeof r->names - used, "%.*s ", (int)row->name.len, row->name.ptr);
    return KG_OK;
}

static kg_status stop_at_two(void* handle, const kg_rank_row* row) {
    (void)row;
    return ++*(unsigned*)handle == 2 ? KG_ERR_STOPPED : KG_OK;
}

static void ranking_gives_the_largest_first(void** unused) {
    (void)unused;
    filled f = fill_all();
    ranking none = {0};
    assert_int_equal(kg_rank(f.store, KG_LIT("degree"), KG_TYPE_COUNT, 3, take_rank, &none, NULL),
                     KG_NO);
    kg_error error = {0};
    must(kg_analyse(f.store, NULL, &error), &error);
    ranking top = {0};
    must(kg_rank(f.store, KG_LIT("degree"), KG_TYPE_COUNT, 1, take_rank, &top, &error), &error);
    assert_string_equal(top.names, "星河测试产业园 ");
    ranking companies = {0};
    must(kg_rank(f.store, KG_LIT("degree"), KG_COMPANY, 2, take_rank, &companies, &error), &error);
    assert_non_null(strstr(companies.names, "甲乙丙测试有限公司 "));
    assert_int_equal(companies.count, 2);
    ranking all = {0};
    must(kg_rank(f.store, KG_LIT("pagerank"), KG_COMPANY, 0, take_rank, &all, &error), &error);
    assert_int_equal(all.count, 4);
    assert_int_equal(
        kg_rank(f.store, KG_LIT("no such"), KG_TYPE_COUNT, 1, take_rank, &none, &error), KG_NO);
    unsigned calls = 0;
    assert_int_equal(
        kg_rank(f.store, KG_LIT("degree"), KG_TYPE_COUNT, 0, stop_at_two, &calls, &error),
        KG_ERR_STOPPED);
    assert_int_equal(calls, 2);
    drop(&f);
}

typedef struct {
    uint64_t rows, members, named, by_type, last_size;
} grouping;

static kg_status take_community(void* handle, const kg_community_row* row) {
    grouping* const g = handle;
    assert_int_equal(row->number, ++g->rows);
    assert_true(g->rows == 1 || row->size <= g->last_size);
    g->last_size = row->size;
    g->members += row->size;
    g->named += row->member_count;
    for (unsigned t = 0; t < KG_TYPE_COUNT; ++t) {
        g->by_type += row->by_type[t];
    }
    for (uint32_t i = 0; i < row->member_count; ++i) {
        assert_true(row->members[i].name.len > 0);
        assert_int_equal(row->members[i].rank, i + 1);
        assert_true(i == 0 || row->members[i].value <= row->members[i - 1].value);
    }
    return KG_OK;
}

static void communities_hold_every_entity_once(void** unused) {
    (void)unused;
    filled f = fill_all();
    kg_error error = {0};
    must(kg_analyse(f.store, NULL, &error), &error);
    grouping all = {0};
    must(kg_communities(f.store, 0, 2, take_community, &all, &error), &error);
    assert_int_equal(all.members, 12);
    assert_int_equal(all.by_type, 12);
    assert_int_equal(all.last_size, 1); // the university that nothing joins
    grouping one = {0};
    must(kg_communities(f.store, 1, 100, take_community, &one, &error), &error);
    assert_int_equal(one.rows, 1);
    assert_int_equal(one.named, one.members);
    drop(&f);
}

// Profiles ---------------------------------------------------------------------------------------

static const kg_profile_item* item_of(const kg_profile* profile, kg_profile_section section,
                                      const char* name) {
    const kg_profile_item* found = NULL;
    for (uint32_t i = 0; i < profile->item_count; ++i) {
        const kg_profile_item* const item = &profile->items[i];
        assert_true(i == 0 || profile->items[i - 1].section <= item->section);
        if (item->section == section && kg_slice_equal(item->name, kg_slice_of(name))) {
            assert_null(found); // each once
            found = item;
        }
    }
    if (!found) {
        fail_msg("no %s among %s", name, kg_profile_section_name(section));
    }
    return found;
}

static unsigned count_of(const kg_profile* profile, kg_profile_section section) {
    unsigned count = 0;
    for (uint32_t i = 0; i < profile->item_count; ++i) {
        count += profile->items[i].section == section;
    }
    return count;
}

static bool near(double a, double b) {
    return fabs(a - b) < 1e-9;
}

static void assert_text(kg_slice actual, const char* expected) {
    if (!kg_slice_equal(actual, kg_slice_of(expected))) {
        fail_msg("%.*s, not %s", (int)actual.len, actual.ptr, expected);
    }
}

static void park_profile_names_who_is_what(void** unused) {
    (void)unused;
    filled f = fill_all();
    kg_error error = {0};
    must(kg_analyse(f.store, NULL, &error), &error);
    const search park = find(f.store, "星河测试产业园");
    kg_profile* p = NULL;
    must(kg_park_profile(f.store, kg_slice_of(park.id), &p, &error), &error);
    assert_text(p->name, "星河测试产业园");
    assert_int_equal(p->type, KG_PARK);
    assert_int_equal(p->measure_count, 13);
    item_of(p, KG_SECTION_OPERATORS, "云顶峰测试有限公司");
    item_of(p, KG_SECTION_PARENTS, "大河测试新区");
    item_of(p, KG_SECTION_PLACES, "青石测试县");
    item_of(p, KG_SECTION_PARTNERS, "庚辛壬测试有限公司");
    assert_int_equal(item_of(p, KG_SECTION_SECTORS, "量子纺织")->status, KG_PLANNED);
    assert_text(item_of(p, KG_SECTION_PEOPLE, "王测试")->title, "主任");

    // Two tenants: one agreed (and to have its head office there: still one), one gone.
    assert_int_equal(count_of(p, KG_SECTION_TENANTS), 2);
    const kg_profile_item* const tenant = item_of(p, KG_SECTION_TENANTS, "甲乙丙测试有限公司");
    assert_int_equal(tenant->status, KG_AGREED);
    assert_int_equal(tenant->predicate, KG_LOCATES_IN);
    assert_text(tenant->since, "2021-06");
    assert_int_equal(tenant->documents, 1);
    const kg_profile_item* const gone = item_of(p, KG_SECTION_TENANTS, "丁戊己测试有限公司");
    assert_int_equal(gone->status, KG_ENDED);
    assert_text(gone->until, "2019");
    assert_int_equal(p->year_count, 2);
    assert_int_equal(p->years[0].year, 2018);
    assert_int_equal(p->years[0].by_status[KG_ENDED], 1);
    assert_int_equal(p->years[1].year, 2021);
    assert_int_equal(p->years[1].by_status[KG_AGREED], 1);

    // The one tenant that counts is in two sectors, half in each: ½² + ½².
    assert_int_equal(p->tenant_sectors.counted, 1);
    assert_int_equal(p->tenant_sectors.unknown, 0);
    assert_int_equal(p->tenant_sectors.groups, 2);
    assert_true(near(p->tenant_sectors.herfindahl, 0.5));
    assert_true(near(item_of(p, KG_SECTION_TENANT_SECTORS, "光电木工")->share, 0.5));
    kg_profile_free(p);
    drop(&f);
}

// Three companies are active in the sector. One is agreed to be in the park, which stands in
// 青石; one has its head office in 白水; of the third no place is known.
static void sector_profile_says_where_its_companies_are(void** unused) {
    (void)unused;
    filled f = fill_all();
    kg_error error = {0};
    const search sector = find(f.store, "量子纺织");
    kg_profile* p = NULL;
    must(kg_sector_profile(f.store, kg_slice_of(sector.id), &p, &error), &error);
    assert_int_equal(count_of(p, KG_SECTION_PARKS), 1);
    assert_int_equal(count_of(p, KG_SECTION_COMPANIES), 3);
    assert_int_equal(item_of(p, KG_SECTION_COMPANIES, "庚辛壬测试有限公司")->status, KG_PLANNED);
    assert_int_equal(p->company_parks.counted, 1);
    assert_int_equal(p->company_parks.unknown, 2);
    assert_true(near(p->company_parks.herfindahl, 1));
    const kg_profile_item* const home = item_of(p, KG_SECTION_COMPANY_PARKS, "星河测试产业园");
    assert_int_equal(home->members, 1);
    assert_int_equal(p->company_places.counted, 2);
    assert_int_equal(p->company_places.unknown, 1);
    assert_true(near(p->company_places.herfindahl, 0.5));
    assert_true(near(item_of(p, KG_SECTION_COMPANY_PLACES, "白水测试县")->share, 0.5));
    assert_true(near(item_of(p, KG_SECTION_COMPANY_PLACES, "青石测试县")->share, 0.5));
    assert_int_equal(p->measure_count, 0); // nothing has been analysed
    kg_profile_free(p);
    drop(&f);
}

static void profiles_refuse_what_does_not_fit(void** unused) {
    (void)unused;
    filled f = fill_all();
    kg_error error = {0};
    kg_profile* p = NULL;
    const search company = find(f.store, "云顶峰测试有限公司");
    assert_int_equal(kg_park_profile(f.store, kg_slice_of(company.id), &p, &error), KG_ERR_USAGE);
    assert_non_null(strstr(error.text, "云顶峰"));
    assert_null(p);
    assert_int_equal(kg_sector_profile(f.store, KG_LIT("nobody"), &p, NULL), KG_NO);
    assert_int_equal(kg_park_profile(f.store, (kg_slice){0}, &p, NULL), KG_NO);
    kg_profile_free(NULL);

    // A park that little is said of.
    const search zone = find(f.store, "大河测试新区");
    must(kg_park_profile(f.store, kg_slice_of(zone.id), &p, &(kg_error){0}), &error);
    assert_int_equal(p->item_count, 1);
    item_of(p, KG_SECTION_AREAS, "星河测试产业园");
    assert_int_equal(p->year_count, 0);
    assert_true(p->tenant_sectors.herfindahl == 0);
    kg_profile_free(p);
    drop(&f);
}

static void sections_have_names(void** unused) {
    (void)unused;
    for (unsigned i = 0; i < KG_SECTION_COUNT; ++i) {
        assert_non_null(kg_profile_section_name((kg_profile_section)i));
    }
    assert_null(kg_profile_section_name(KG_SECTION_COUNT));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_documents_same_measures_in_any_order),
        cmocka_unit_test(an_empty_store_gets_notes_alone),
        cmocka_unit_test(hostile_documents_are_measured),
        cmocka_unit_test(stopping_keeps_the_measures_of_before),
        cmocka_unit_test(ranking_gives_the_largest_first),
        cmocka_unit_test(communities_hold_every_entity_once),
        cmocka_unit_test(park_profile_names_who_is_what),
        cmocka_unit_test(sector_profile_says_where_its_companies_are),
        cmocka_unit_test(profiles_refuse_what_does_not_fit),
        cmocka_unit_test(sections_have_names),
    };
    return cmocka_run_group_tests(tests, load_lexicon, free_lexicon);
}
