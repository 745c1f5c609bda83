// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyse/profile.h"

#include "analyse/load.h"
#include "base/buffer.h"
#include "base/message.h"
#include "base/try.h"

static const char* const section_names[KG_SECTION_COUNT] = {
    "operators",      "developers", "parents",   "areas",         "places",
    "sectors",        "tenants",    "partners",  "suppliers",     "people",
    "tenant_sectors", "parks",      "companies", "company_parks", "company_places"};

const char* kg_profile_section_name(kg_profile_section section) {
    return (unsigned)section < KG_SECTION_COUNT ? section_names[section] : NULL;
}

// Collecting -------------------------------------------------------------------------------------

typedef struct {
    kg_i_profiling* p;
    kg_profile_section section;
    kg_slice entity;
    kg_i_end end;
} adding;

/// Copies `*text` into the profile.
static bool own(kg_i_profiling* p, kg_slice* text) {
    *text = kg_i_arena_copy(&p->profile->arena, *text);
    return text->ptr != NULL;
}

static kg_status add_row(void* handle, const kg_statement_row* row) {
    const adding* const a = handle;
    kg_i_profiling* const p = a->p;
    if (p->items.count >= KG_I_MAX_PROFILE_ITEMS) {
        return kg_fail(p->error, KG_ERR_LIMIT, NULL, KG_("a profile of more than %d items"),
                       (int)KG_I_MAX_PROFILE_ITEMS);
    }
    kg_slice other = a->end == KG_I_SUBJECT ? row->subject : row->object;
    if (kg_predicate_symmetric(row->predicate)) {
        other = kg_slice_equal(row->subject, a->entity) ? row->object : row->subject;
    }
    kg_profile_item item = {.section = a->section,
                            .id = other,
                            .predicate = row->predicate,
                            .status = row->status,
                            .since = row->valid_from.len > 0 ? row->valid_from : row->first_seen,
                            .until = row->valid_to,
                            .title = row->title,
                            .confidence = row->confidence,
                            .documents = kg_i_document_count(row),
                            .inferred = row->inferred};
    if (!own(p, &item.id) || !own(p, &item.since) || !own(p, &item.until) || !own(p, &item.title) ||
        !kg_i_vec_push(&p->items, item)) {
        return KG_OUT_OF_MEMORY(p->error);
    }
    return KG_OK;
}

kg_status kg_i_profile_add(kg_i_profiling* p, kg_profile_section section, kg_slice entity,
                           kg_predicate predicate, kg_i_end end) {
    adding a = {.p = p, .section = section, .entity = entity, .end = end};
    const kg_slice any = {0};
    const kg_slice subject = end == KG_I_SUBJECT ? any : entity;
    const kg_slice object = end == KG_I_SUBJECT ? entity : any;
    const kg_status status =
        kg_store_find_statement(p->store, subject, predicate, object, add_row, &a, p->error);
    return status == KG_NO ? KG_OK : status;
}

// Entities ---------------------------------------------------------------------------------------

typedef struct {
    kg_i_profiling* p;
    kg_slice id;
    kg_i_profile_entity found;
    bool any;
    bool with_measures;
} looking;

static kg_status take_measures(kg_i_profiling* p, const kg_entity_row* row) {
    kg_profile* const open = &p->profile->open;
    kg_measure* const copy =
        kg_i_arena_array(&p->profile->arena, row->measure_count + 1, sizeof *copy);
    if (!copy) {
        return KG_OUT_OF_MEMORY(p->error);
    }
    for (uint32_t i = 0; i < row->measure_count; ++i) {
        copy[i] = row->measures[i];
        if (!own(p, &copy[i].name)) {
            return KG_OUT_OF_MEMORY(p->error);
        }
    }
    open->measures = copy;
    open->measure_count = row->measure_count;
    return KG_OK;
}

static kg_status look(void* handle, const kg_entity_row* row) {
    looking* const l = handle;
    if (!kg_slice_equal(row->id, l->id)) {
        return KG_OK; // another entity that bears this id as its name
    }
    l->found = (kg_i_profile_entity){.name = row->name, .type = row->type};
    l->any = true;
    if (!own(l->p, &l->found.name)) {
        return KG_OUT_OF_MEMORY(l->p->error);
    }
    return l->with_measures ? take_measures(l->p, row) : KG_OK;
}

static kg_status find_entity(kg_i_profiling* p, looking* l) {
    KG_TRY(kg_store_find_entity(p->store, l->id, KG_MATCH_EXACT, 0, look, l, p->error));
    return l->any ? KG_OK : KG_NO;
}

kg_status kg_i_profile_entity_of(kg_i_profiling* p, kg_slice id, kg_i_profile_entity* out) {
    bool is_new = false;
    const uint32_t* const known = kg_i_map_put(&p->index, id, (uint32_t)p->entities.count, &is_new);
    if (!known) {
        return KG_OUT_OF_MEMORY(p->error);
    }
    if (!is_new) {
        *out = p->entities.items[*known];
        return KG_OK;
    }
    looking l = {.p = p, .id = id};
    const kg_status status = find_entity(p, &l);
    if (status == KG_NO) { // a statement named it a moment ago
        return kg_fail(p->error, KG_ERR_BUSY, NULL, "%s",
                       KG_("the store changed while it was read; try again"));
    }
    KG_TRY(status);
    *out = l.found;
    return kg_i_vec_push(&p->entities, l.found) ? KG_OK : KG_OUT_OF_MEMORY(p->error);
}

kg_status kg_i_profile_know(kg_i_profiling* p, kg_slice id, kg_slice name, kg_slice type) {
    if (kg_i_map_get(&p->index, id)) {
        return KG_OK;
    }
    kg_i_profile_entity entity = {.name = name};
    if (kg_type_parse(type, &entity.type) != KG_OK) {
        return kg_fail(p->error, KG_ERR_STORE, NULL, KG_("unknown type of entity: %.*s"),
                       (int)type.len, type.ptr);
    }
    if (!own(p, &id) || !own(p, &entity.name) ||
        !kg_i_map_put(&p->index, id, (uint32_t)p->entities.count, NULL) ||
        !kg_i_vec_push(&p->entities, entity)) {
        return KG_OUT_OF_MEMORY(p->error);
    }
    return KG_OK;
}

kg_status kg_i_profile_query(kg_i_profiling* p, const char* sql, kg_slice id, const char* rest,
                             kg_on_cells on_row, void* handle) {
    kg_i_buffer text = {0};
    kg_i_buffer_add_text(&text, sql);
    kg_i_buffer_add_char(&text, '\'');
    for (size_t i = 0; i < id.len; ++i) {
        kg_i_buffer_add(&text, id.ptr + i, 1);
        if (id.ptr[i] == '\'') {
            kg_i_buffer_add_char(&text, '\'');
        }
    }
    kg_i_buffer_add_char(&text, '\'');
    kg_i_buffer_add_text(&text, rest);
    const kg_status status = text.failed
                                 ? KG_OUT_OF_MEMORY(p->error)
                                 : kg_store_query(p->store, text.ptr, on_row, handle, p->error);
    kg_i_buffer_dispose(&text);
    return status;
}

static kg_status know_row(void* handle, uint32_t count, const kg_slice* names,
                          const kg_slice* cells, const char* kinds) {
    (void)count, (void)names, (void)kinds;
    return kg_i_profile_know(handle, cells[0], cells[1], cells[2]);
}

/// All that a statement joins to the entity, in two queries rather than one for each.
static kg_status know_neighbours(kg_i_profiling* p, kg_slice id) {
    KG_TRY(kg_i_profile_query(p,
                              "SELECT e.id, e.name, e.type FROM statement s"
                              " JOIN entity e ON e.id = s.subject WHERE s.object = ",
                              id, "", know_row, p));
    return kg_i_profile_query(p,
                              "SELECT e.id, e.name, e.type FROM statement s"
                              " JOIN entity e ON e.id = s.object WHERE s.subject = ",
                              id, "", know_row, p);
}

// Order ------------------------------------------------------------------------------------------

static int by_place(const void* a, const void* b) {
    const kg_profile_item* const left = a;
    const kg_profile_item* const right = b;
    if (left->section != right->section) {
        return left->section < right->section ? -1 : 1;
    }
    if (left->share != right->share) {
        return left->share > right->share ? -1 : 1;
    }
    if (left->status != right->status) {
        return left->status < right->status ? -1 : 1;
    }
    if ((left->since.len == 0) != (right->since.len == 0)) {
        return left->since.len == 0 ? 1 : -1; // those without a date come last
    }
    const int since = kg_slice_compare(left->since, right->since);
    if (since != 0) {
        return since;
    }
    const int id = kg_slice_compare(left->id, right->id);
    if (id != 0) {
        return id;
    }
    return left->predicate != right->predicate ? (left->predicate < right->predicate ? -1 : 1)
                                               : kg_slice_compare(left->title, right->title);
}

/// Keep the first item of each entity in each section: a tenant that also has its head office in
/// the park is one tenant. People keep all their posts.
static kg_status keep_first(kg_i_profiling* p) {
    kg_i_map seen = {0};
    size_t kept = 0;
    kg_status status = KG_OK;
    for (size_t i = 0; i < p->items.count && status == KG_OK; ++i) {
        const kg_profile_item item = p->items.items[i];
        if (i > 0 && item.section != p->items.items[kept - 1].section) {
            kg_i_map_dispose(&seen);
        }
        bool is_new = true;
        if (item.section != KG_SECTION_PEOPLE && !kg_i_map_put(&seen, item.id, 0, &is_new)) {
            status = KG_OUT_OF_MEMORY(p->error);
        }
        if (is_new) {
            p->items.items[kept++] = item;
        }
    }
    p->items.count = kept;
    kg_i_map_dispose(&seen);
    return status;
}

static kg_status tidy(kg_i_profiling* p) {
    if (p->items.count == 0) {
        return KG_OK;
    }
    qsort(p->items.items, p->items.count, sizeof(kg_profile_item), by_place);
    KG_TRY(keep_first(p));
    for (size_t i = 0; i < p->items.count; ++i) {
        kg_profile_item* const item = &p->items.items[i];
        kg_i_profile_entity entity = {0};
        KG_TRY(kg_i_profile_entity_of(p, item->id, &entity));
        item->name = entity.name;
        item->type = entity.type;
    }
    return KG_OK;
}

// Years ------------------------------------------------------------------------------------------

static uint32_t year_of(kg_slice date) {
    uint32_t year = 0;
    for (size_t i = 0; i < 4; ++i) {
        if (i >= date.len || date.ptr[i] < '0' || date.ptr[i] > '9') {
            return 0;
        }
        year = 10 * year + (uint32_t)(date.ptr[i] - '0');
    }
    return year;
}

static kg_status count_years(kg_i_profiling* p, const bool counted[KG_SECTION_COUNT]) {
    enum { years = 10000 };
    kg_profile_year* const all = calloc(years, sizeof *all);
    if (!all) {
        return KG_OUT_OF_MEMORY(p->error);
    }
    uint32_t used = 0;
    for (size_t i = 0; i < p->items.count; ++i) {
        const kg_profile_item* const item = &p->items.items[i];
        const uint32_t year = counted[item->section] ? year_of(item->since) : 0;
        if (year > 0) {
            used += all[year].year == 0;
            all[year].year = year;
            ++all[year].by_status[item->status];
        }
    }
    kg_profile_year* const kept = kg_i_arena_array(&p->profile->arena, used + 1, sizeof *kept);
    for (uint32_t year = 0, next = 0; kept && year < years; ++year) {
        if (all[year].year > 0) {
            kept[next++] = all[year];
        }
    }
    free(all);
    p->profile->open.years = kept;
    p->profile->open.year_count = used;
    return kept ? KG_OK : KG_OUT_OF_MEMORY(p->error);
}

// The two profiles
// ---------------------------------------------------------------------------------

typedef struct {
    kg_profile_section section;
    kg_predicate predicate;
    kg_i_end end;
} source;

static kg_status gather(kg_i_profiling* p, kg_slice id, const source* sources, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        KG_TRY(kg_i_profile_add(p, sources[i].section, id, sources[i].predicate, sources[i].end));
    }
    KG_TRY(know_neighbours(p, id));
    return tidy(p);
}

static kg_status fill_park(kg_i_profiling* p, kg_slice id) {
    static const source sources[] = {
        {KG_SECTION_OPERATORS, KG_OPERATES, KG_I_SUBJECT},
        {KG_SECTION_DEVELOPERS, KG_DEVELOPS, KG_I_SUBJECT},
        {KG_SECTION_PARENTS, KG_PART_OF, KG_I_OBJECT},
        {KG_SECTION_PARENTS, KG_LOCATES_IN, KG_I_OBJECT}, // of a facility
        {KG_SECTION_AREAS, KG_PART_OF, KG_I_SUBJECT},
        {KG_SECTION_PLACES, KG_SITUATED_IN, KG_I_OBJECT},
        {KG_SECTION_SECTORS, KG_FOCUSES_ON, KG_I_OBJECT},
        {KG_SECTION_TENANTS, KG_LOCATES_IN, KG_I_SUBJECT},
        {KG_SECTION_TENANTS, KG_HEADQUARTERED_IN, KG_I_SUBJECT},
        {KG_SECTION_PARTNERS, KG_COOPERATES_WITH, KG_I_OBJECT},
        {KG_SECTION_SUPPLIERS, KG_SUPPLIES, KG_I_SUBJECT},
        {KG_SECTION_PEOPLE, KG_HOLDS_POSITION, KG_I_SUBJECT},
    };
    static const bool counted[KG_SECTION_COUNT] = {[KG_SECTION_TENANTS] = true};
    KG_TRY(gather(p, id, sources, sizeof sources / sizeof *sources));
    KG_TRY(count_years(p, counted));
    static const char* const sectors[] = {
        "SELECT t.subject, e.id, e.name, e.type FROM statement t"
        " JOIN statement s ON s.subject = t.subject JOIN entity e ON e.id = s.object"
        " WHERE t.predicate IN ('locates_in', 'headquartered_in') AND t.status <> 'ended'"
        " AND s.predicate IN ('active_in', 'focuses_on') AND s.status <> 'ended'"
        " AND e.type = 'Sector' AND t.object = "};
    return kg_i_profile_shares(p, KG_SECTION_TENANTS, KG_SECTION_TENANT_SECTORS, sectors, 1,
                               &p->profile->open.tenant_sectors);
}

#define OF_COMPANIES                                                                               \
    "SELECT t.subject, e.id, e.name, e.type FROM statement t"                                      \
    " JOIN statement s ON s.subject = t.subject JOIN entity e ON e.id = s.object"                  \
    " WHERE t.predicate = 'active_in' AND t.status <> 'ended' AND s.status <> 'ended'"

static kg_status fill_sector(kg_i_profiling* p, kg_slice id) {
    static const source sources[] = {
        {KG_SECTION_PARKS, KG_FOCUSES_ON, KG_I_SUBJECT},
        {KG_SECTION_COMPANIES, KG_ACTIVE_IN, KG_I_SUBJECT},
    };
    static const char* const parks[] = {
        OF_COMPANIES " AND s.predicate IN ('locates_in', 'headquartered_in') AND e.type = 'Park'"
                     " AND t.object = "};
    // What is said of the company itself goes before what follows from its parks.
    static const char* const places[] = {
        OF_COMPANIES " AND s.predicate IN ('situated_in', 'headquartered_in') AND e.type = 'Place'"
                     " AND t.object = ",
        "SELECT t.subject, e.id, e.name, e.type FROM statement t"
        " JOIN statement k ON k.subject = t.subject JOIN statement s ON s.subject = k.object"
        " JOIN entity e ON e.id = s.object WHERE t.predicate = 'active_in' AND t.status <> 'ended'"
        " AND k.predicate = 'locates_in' AND k.status <> 'ended' AND s.predicate = 'situated_in'"
        " AND s.status <> 'ended' AND e.type = 'Place' AND t.object = "};
    static const bool counted[KG_SECTION_COUNT] = {
        [KG_SECTION_PARKS] = true, [KG_SECTION_COMPANIES] = true};
    KG_TRY(gather(p, id, sources, sizeof sources / sizeof *sources));
    KG_TRY(count_years(p, counted));
    kg_profile* const open = &p->profile->open;
    KG_TRY(kg_i_profile_shares(p, KG_SECTION_COMPANIES, KG_SECTION_COMPANY_PARKS, parks, 1,
                               &open->company_parks));
    return kg_i_profile_shares(p, KG_SECTION_COMPANIES, KG_SECTION_COMPANY_PLACES, places, 2,
                               &open->company_places);
}

/// The section order once more: shares were appended by section already, each in its order.
static kg_status close_items(kg_i_profiling* p) {
    kg_profile* const open = &p->profile->open;
    kg_profile_item* const copy =
        kg_i_arena_array(&p->profile->arena, p->items.count + 1, sizeof *copy);
    if (!copy) {
        return KG_OUT_OF_MEMORY(p->error);
    }
    if (p->items.count > 0) {
        qsort(p->items.items, p->items.count, sizeof(kg_profile_item), by_place);
    }
    for (size_t i = 0; i < p->items.count; ++i) {
        copy[i] = p->items.items[i];
    }
    open->items = copy;
    open->item_count = (uint32_t)p->items.count;
    return KG_OK;
}

static kg_status build(kg_i_profiling* p, kg_slice id, bool sector) {
    kg_profile* const open = &p->profile->open;
    looking l = {.p = p, .id = id, .with_measures = true};
    KG_TRY(find_entity(p, &l));
    const bool fits =
        sector ? l.found.type == KG_SECTOR : l.found.type == KG_PARK || l.found.type == KG_FACILITY;
    if (!fits) {
        return kg_fail(p->error, KG_ERR_USAGE, NULL,
                       sector ? KG_("%.*s is no sector but of type %s")
                              : KG_("%.*s is no park but of type %s"),
                       (int)l.found.name.len, l.found.name.ptr, kg_type_name(l.found.type));
    }
    open->id = id;
    open->name = l.found.name;
    open->type = l.found.type;
    if (!own(p, &open->id)) {
        return KG_OUT_OF_MEMORY(p->error);
    }
    KG_TRY(sector ? fill_sector(p, open->id) : fill_park(p, open->id));
    return close_items(p);
}

static kg_status make(kg_store* store, kg_slice id, bool sector, kg_profile** out,
                      kg_error* error) {
    *out = NULL;
    kg_i_profile* const profile = calloc(1, sizeof *profile);
    if (!profile) {
        return KG_OUT_OF_MEMORY(error);
    }
    kg_i_profiling p = {.store = store, .profile = profile, .error = error};
    const kg_status status = build(&p, id, sector);
    kg_i_vec_dispose(&p.items);
    kg_i_vec_dispose(&p.entities);
    kg_i_map_dispose(&p.index);
    if (status != KG_OK) {
        kg_profile_free(&profile->open);
        return status;
    }
    *out = &profile->open;
    return KG_OK;
}

kg_status kg_park_profile(kg_store* store, kg_slice id, kg_profile** out, kg_error* error) {
    return make(store, id, false, out, error);
}

kg_status kg_sector_profile(kg_store* store, kg_slice id, kg_profile** out, kg_error* error) {
    return make(store, id, true, out, error);
}

void kg_profile_free(kg_profile* profile) {
    if (!profile) {
        return;
    }
    kg_i_profile* const owner = (kg_i_profile*)profile;
    kg_i_arena_dispose(&owner->arena);
    free(owner);
}
