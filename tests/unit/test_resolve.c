// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/buffer.h"
#include "kg/resolve.h"
#include "resolve/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// A lexicon of a few entries takes the place of the real one: the resolver asks it no more than
// this.
struct kg_lexicon {
    const kg_lexicon_entry* entries;
    uint32_t count;
};

const kg_lexicon_entry* kg_lexicon_at(const kg_lexicon* lexicon, uint32_t index) {
    return index < lexicon->count ? &lexicon->entries[index] : NULL;
}

const kg_lexicon_entry* kg_lexicon_by_id(const kg_lexicon* lexicon, kg_slice id) {
    for (uint32_t i = 0; i < lexicon->count; ++i) {
        if (kg_slice_equal(lexicon->entries[i].id, id)) {
            return &lexicon->entries[i];
        }
    }
    return NULL;
}

#define S(text)                                                                                    \
    { text, sizeof(text) - 1 }
#define ALIASES(...)                                                                               \
    .aliases = (const kg_slice[]){__VA_ARGS__},                                                    \
    .alias_count = sizeof((const kg_slice[]){__VA_ARGS__}) / sizeof(kg_slice)

static const kg_lexicon_entry entries[] = {
    {.type = KG_COMPANY,
     .id = S("600001"),
     .name = S("华星股份"),
     ALIASES(S("华星"), S("海东华星股份有限公司"))},
    {.type = KG_COMPANY, .id = S("600002"), .name = S("明光集团"), ALIASES(S("明光"))},
    {.type = KG_PLACE,
     .id = S("11"),
     .name = S("海东市"),
     .parent_id = S("44"),
     ALIASES(S("海东"))},
    {.type = KG_PLACE, .id = S("1101"), .name = S("南城区"), .parent_id = S("11")},
    {.type = KG_PLACE, .id = S("44"), .name = S("中原省")},
    {.type = KG_PLACE,
     .id = S("22"),
     .name = S("河西市"),
     .parent_id = S("44"),
     ALIASES(S("河西"))},
    {.type = KG_PLACE, .id = S("2201"), .name = S("南城区"), .parent_id = S("22")},
    {.type = KG_PLACE,
     .id = S("1102"),
     .name = S("江北区"),
     .parent_id = S("11"),
     ALIASES(S("江北"))},
    {.type = KG_PLACE, .id = S("33"), .name = S("江北省"), ALIASES(S("江北"))},
    {.type = KG_PLACE,
     .id = S("2202"),
     .name = S("江北县"),
     .parent_id = S("22"),
     ALIASES(S("江北"))},
    {.type = KG_PARK,
     .id = S("P/1 园"),
     .name = S("海东高新区"),
     ALIASES(S("海东高新技术产业开发区"))},
};
static const kg_lexicon lexicon = {entries, sizeof entries / sizeof *entries};

/// An entity of a document, and where it is wanted: equal `thing`, equal id.
typedef struct {
    const char* doc;
    kg_type type;
    const char* name;
    const char* aliases; ///< separated by |
    const char* lexicon_id;
    char thing;
    const char* reason; ///< null: not checked
    const char* body;   ///< a person's: name of an entity of the same document
} given;

static uint32_t add(kg_resolver* resolver, const given* g) {
    kg_slice aliases[8];
    uint32_t count = 0;
    for (const char* at = g->aliases; at && *at;) {
        const size_t length = strcspn(at, "|");
        aliases[count++] = (kg_slice){at, length};
        at += length + (at[length] == '|');
    }
    const kg_record_entity entity = {.type = g->type,
                                     .name = kg_slice_of(g->name),
                                     .lexicon_id = kg_slice_of(g->lexicon_id),
                                     .aliases = aliases,
                                     .alias_count = count};
    uint32_t handle = 0;
    assert_int_equal(kg_resolver_add(resolver, kg_slice_of(g->doc), &entity, &handle, NULL), KG_OK);
    return handle;
}

/// Add in the order given and run; `handles` by case.
static kg_resolver* resolve(const given* cases, size_t count, const size_t* order,
                            uint32_t* handles) {
    kg_resolver* resolver = NULL;
    assert_int_equal(kg_resolver_new(&lexicon, &resolver, NULL), KG_OK);
    for (size_t i = 0; i < count; ++i) {
        handles[order[i]] = add(resolver, &cases[order[i]]);
    }
    for (size_t i = 0; i < count; ++i) {
        for (size_t k = 0; cases[i].body && k < count; ++k) {
            if (!strcmp(cases[k].doc, cases[i].doc) && !strcmp(cases[k].name, cases[i].body)) {
                assert_int_equal(kg_resolver_link(resolver, handles[i], handles[k], NULL), KG_OK);
            }
        }
    }
    assert_int_equal(kg_resolver_run(resolver, NULL), KG_OK);
    return resolver;
}

static void shuffle(size_t* order, size_t count, unsigned* seed) {
    for (size_t i = count; i > 1; --i) {
        *seed = *seed * 1103515245u + 12345u;
        const size_t k = (*seed >> 8) % i;
        const size_t kept = order[i - 1];
        order[i - 1] = order[k];
        order[k] = kept;
    }
}

static void check_things(const given* cases, size_t count, const kg_resolver* resolver,
                         const uint32_t* handles) {
    for (size_t i = 0; i < count; ++i) {
        const kg_identity a = kg_resolver_identity(resolver, handles[i]);
        for (size_t k = 0; k < i; ++k) {
            const kg_identity b = kg_resolver_identity(resolver, handles[k]);
            const bool same = kg_slice_equal(a.id, b.id);
            assert_int_equal(same, a.group == b.group);
            if (same != (cases[i].thing == cases[k].thing)) {
                fail_msg("%s in %s and %s in %s: %s", cases[i].name, cases[i].doc, cases[k].name,
                         cases[k].doc, same ? "joined" : "apart");
            }
        }
        if (cases[i].reason && !kg_slice_equal(a.reason, kg_slice_of(cases[i].reason))) {
            fail_msg("%s in %s: %s, not %s", cases[i].name, cases[i].doc, a.reason.ptr,
                     cases[i].reason);
        }
    }
}

static bool same_slices(const kg_slice* a, uint32_t a_count, const kg_slice* b, uint32_t b_count) {
    bool same = a_count == b_count;
    for (uint32_t i = 0; same && i < a_count; ++i) {
        same = kg_slice_equal(a[i], b[i]);
    }
    return same;
}

/// In the order given, then in others: nothing may change.
static kg_resolver* check(const given* cases, size_t count, uint32_t* handles) {
    size_t order[64];
    assert_true(count <= 64);
    for (size_t i = 0; i < count; ++i) {
        order[i] = i;
    }
    kg_resolver* const first = resolve(cases, count, order, handles);
    check_things(cases, count, first, handles);
    unsigned seed = 7;
    for (unsigned round = 0; round < 40; ++round) {
        uint32_t other[64];
        shuffle(order, count, &seed);
        kg_resolver* const again = resolve(cases, count, order, other);
        assert_int_equal(kg_resolver_group_count(again), kg_resolver_group_count(first));
        for (size_t i = 0; i < count; ++i) {
            const kg_identity a = kg_resolver_identity(first, handles[i]);
            const kg_identity b = kg_resolver_identity(again, other[i]);
            assert_int_equal(a.group, b.group);
            assert_true(kg_slice_equal(a.id, b.id));
            assert_true(kg_slice_equal(a.name, b.name));
            assert_true(kg_slice_equal(a.reason, b.reason));
            uint32_t a_count = 0;
            uint32_t b_count = 0;
            const kg_slice* const a_ids = kg_resolver_same_as(first, a.group, &a_count);
            const kg_slice* const b_ids = kg_resolver_same_as(again, b.group, &b_count);
            assert_true(same_slices(a_ids, a_count, b_ids, b_count));
        }
        kg_resolver_free(again);
    }
    return first;
}

#define CHECK(cases, handles) check(cases, sizeof cases / sizeof *cases, handles)

static void names_join_and_likeness_does_not(void** state) {
    (void)state;
    static const given cases[] = {
        {"a", KG_COMPANY, "青山科技", NULL, NULL, 1, "name", NULL},
        {"b", KG_COMPANY, "青山 科技", NULL, NULL, 1, "name", NULL},
        {"c", KG_COMPANY, "青山科技公司", NULL, NULL, 2, "", NULL},
        {"d", KG_ORGANIZATION, "青山科技", NULL, NULL, 3, "", NULL},
        {"e", KG_COMPANY, "ＡＢＣ（海东）", NULL, NULL, 4, "name", NULL},
        {"f", KG_COMPANY, "abc(海东)", NULL, NULL, 4, "name", NULL},
        {"g", KG_COMPANY, "ABC海东", NULL, NULL, 4, "name", NULL},
    };
    uint32_t handles[16];
    kg_resolver_free(CHECK(cases, handles));
}

static void the_lexicon_joins_by_id_name_and_registered_alias(void** state) {
    (void)state;
    static const given cases[] = {
        {"a", KG_COMPANY, "华星", NULL, NULL, 1, "lexicon", NULL},
        {"b", KG_COMPANY, "海东华星股份有限公司", NULL, NULL, 1, "lexicon", NULL},
        {"c", KG_COMPANY, "海东华星实业", "华星股份", NULL, 1, "lexicon", NULL},
        {"d", KG_COMPANY, "华星新材", NULL, "600001", 1, "lexicon", NULL},
        {"e", KG_COMPANY, "华星新材", NULL, NULL, 1, "name", NULL},
        {"f", KG_COMPANY, "河西华星公司", "华星", NULL, 2, "",
         NULL}, // a member called by the group's name
        {"g", KG_COMPANY, "无名公司甲", NULL, "X-9", 3, "lexicon", NULL},
        {"h", KG_COMPANY, "无名公司乙", NULL, "X-9", 3, "lexicon", NULL},
    };
    uint32_t handles[16];
    kg_resolver* const resolver = CHECK(cases, handles);
    const kg_identity star = kg_resolver_identity(resolver, handles[3]);
    assert_string_equal(star.id.ptr, "company-600001");
    assert_string_equal(star.name.ptr, "华星股份");
    kg_resolver_free(resolver);
}

static void an_alias_that_one_thing_has_joins(void** state) {
    (void)state;
    static const given cases[] = {
        {"a", KG_COMPANY, "银河控股集团", "银河控股|银河", NULL, 1, "", NULL},
        {"b", KG_COMPANY, "银河", NULL, NULL, 1, "alias", NULL},
        {"c", KG_COMPANY, "东风岭集团", "东风岭", NULL, 2, "", NULL},
        {"d", KG_COMPANY, "东风岭置业", "东风岭", NULL, 3, "", NULL},
        {"e", KG_COMPANY, "东风岭", NULL, NULL, 4, "", NULL}, // two claim it
        {"f", KG_COMPANY, "白云投资集团", "白云投资", NULL, 5, "name", NULL},
        {"g", KG_COMPANY, "白云投资集团", NULL, NULL, 5, "name", NULL},
        {"g", KG_COMPANY, "白云投资", NULL, NULL, 6, "", NULL}, // g tells them apart
        {"h", KG_PARK, "海东智谷科技城", "智谷|河西智谷", NULL, 7, "", NULL},
        {"i", KG_PARK, "智谷", NULL, NULL, 7, "alias", NULL},
        {"k", KG_COMPANY, "白山集团置业有限公司", "白山集团", NULL, 9, "", NULL},
        {"l", KG_COMPANY, "白山集团", NULL, NULL, 10, "", NULL}, // a group and its member
        {"m", KG_COMPANY, "黑水集团股份有限公司", "黑水集团", NULL, 11, "", NULL},
        {"n", KG_COMPANY, "黑水集团", NULL, NULL, 11, "alias", NULL},
        {"j", KG_PARK, "河西智谷", NULL, NULL, 8, "", NULL}, // another place
    };
    uint32_t handles[16];
    kg_resolver* const resolver = CHECK(cases, handles);
    assert_string_equal(kg_resolver_identity(resolver, handles[1]).name.ptr, "银河控股集团");
    kg_resolver_free(resolver);
}

static void aliases_chain_to_one_registered_thing(void** state) {
    (void)state;
    static const given cases[] = {
        {"a", KG_COMPANY, "华星股份", "星光公社", NULL, 1, NULL, NULL},
        {"b", KG_COMPANY, "明光集团", "星光大社", NULL, 2, NULL, NULL},
        {"c", KG_COMPANY, "星光公社", "中间社", NULL, 1, "alias", NULL},
        {"d", KG_COMPANY, "中间社", "明光", NULL, 1, "alias", NULL}, // 明光 is registered already
        {"e", KG_COMPANY, "星光大社", "中间社乙", NULL, 2, "alias", NULL},
        {"f", KG_COMPANY, "中间社乙", "中间社丙", NULL, 2, "alias", NULL},
        {"g", KG_COMPANY, "中间社丙", NULL, NULL, 2, "alias", NULL},
        {"h", KG_COMPANY, "首尾社", "尾首社", NULL, 3, "alias", NULL}, // a ring
        {"i", KG_COMPANY, "尾首社", "首尾社", NULL, 3, "alias", NULL},
    };
    uint32_t handles[16];
    kg_resolver_free(CHECK(cases, handles));
}

static void bare_and_ambiguous_names_stay_in_their_document(void** state) {
    (void)state;
    static const given cases[] = {
        {"a", KG_PARK, "高新区", NULL, NULL, 1, "", NULL},
        {"b", KG_PARK, "高新区", NULL, NULL, 2, "", NULL},
        {"a", KG_PARK, "海东高新区", NULL, NULL, 3, "lexicon", NULL},
        {"b", KG_PARK, "海东高新技术产业开发区", "高新区", NULL, 3, "lexicon", NULL},
        {"c", KG_PARK, "河西高新区", "高新区", NULL, 4, "", NULL},
        {"a", KG_PLACE, "南城区", NULL, NULL, 5, "", NULL},
        {"b", KG_PLACE, "南城区", NULL, NULL, 6, "", NULL},
        {"c", KG_PLACE, "南城区", NULL, "1101", 7, "lexicon", NULL},
        {"d", KG_PLACE, "南城区", NULL, "2201", 8, "", NULL},
        {"e", KG_PLACE, "南城区", NULL, "1101", 7, "lexicon", NULL},
        {"a", KG_FACILITY, "西南总部", NULL, NULL, 9, "", NULL},
        {"b", KG_FACILITY, "西南总部", NULL, NULL, 10, "", NULL},
        {"a", KG_FACILITY, "海东南城区新工厂", NULL, NULL, 14, "", NULL},
        {"b", KG_FACILITY, "海东南城区新工厂", NULL, NULL, 15, "", NULL},
        {"a", KG_PLACE, "江北", NULL, NULL, 16, "lexicon", NULL}, // the province, not a district
        {"b", KG_PLACE, "江北省", NULL, NULL, 16, "lexicon", NULL},
        {"a", KG_FACILITY, "青山西南总部", NULL, NULL, 11, "name", NULL},
        {"b", KG_FACILITY, "青山西南总部", NULL, NULL, 11, "name", NULL},
        {"a", KG_ORGANIZATION, "市政府", NULL, NULL, 12, "", NULL},
        {"b", KG_ORGANIZATION, "市政府", NULL, NULL, 13, "", NULL},
    };
    uint32_t handles[32];
    kg_resolver* const resolver = CHECK(cases, handles);
    assert_string_equal(kg_resolver_identity(resolver, handles[2]).id.ptr,
                        "park-P_2F1_20_E5_9B_AD");
    kg_resolver_free(resolver);
}

static void people_are_known_by_their_posts(void** state) {
    (void)state;
    static const given cases[] = {
        {"a", KG_PERSON, "王小明", NULL, NULL, 1, "position", "青山科技"},
        {"a", KG_COMPANY, "青山科技", NULL, NULL, 2, "name", NULL},
        {"b", KG_PERSON, "王小明", NULL, NULL, 1, "position", "青山科技"},
        {"b", KG_COMPANY, "青山科技", NULL, NULL, 2, "name", NULL},
        {"b", KG_PERSON, "李大山", NULL, NULL, 3, "", "青山科技"},
        {"c", KG_PERSON, "王小明", NULL, NULL, 4, "", "绿水公司"},
        {"c", KG_COMPANY, "绿水公司", NULL, NULL, 5, "", NULL},
        {"d", KG_PERSON, "王小明", NULL, NULL, 6, "", NULL},
    };
    uint32_t handles[16];
    kg_resolver_free(CHECK(cases, handles));
}

/// What a part was called on its own stays known when it becomes part of something.
static void earlier_ids_stay_alive(void** state) {
    (void)state;
    static const given cases[] = {
        {"a", KG_COMPANY, "银河", NULL, NULL, 1, NULL, NULL},
        {"b", KG_COMPANY, "银河控股集团", "银河", NULL, 1, NULL, NULL},
        {"b", KG_PERSON, "王小明", NULL, NULL, 2, NULL, "银河控股集团"},
        {"a", KG_PERSON, "王小明", NULL, NULL, 2, NULL, "银河"},
    };
    uint32_t handles[8];
    const size_t order[] = {0, 3, 1, 2};
    given alone[2] = {cases[0], cases[3]};
    const size_t two[] = {0, 1};
    kg_resolver* const before = resolve(alone, 2, two, handles);
    char old_firm[64];
    char old_person[64];
    snprintf(old_firm, sizeof old_firm, "%s", kg_resolver_identity(before, handles[0]).id.ptr);
    snprintf(old_person, sizeof old_person, "%s", kg_resolver_identity(before, handles[1]).id.ptr);
    kg_resolver_free(before);

    kg_resolver* const after = resolve(cases, 4, order, handles);
    const kg_identity firm = kg_resolver_identity(after, handles[0]);
    assert_string_equal(firm.name.ptr, "银河控股集团");
    assert_string_not_equal(firm.id.ptr, old_firm);
    uint32_t count = 0;
    const kg_slice* ids = kg_resolver_same_as(after, firm.group, &count);
    assert_int_equal(count, 1);
    assert_string_equal(ids[0].ptr, old_firm);
    const kg_identity person = kg_resolver_identity(after, handles[2]);
    ids = kg_resolver_same_as(after, person.group, &count);
    bool alive = !strcmp(person.id.ptr, old_person);
    for (uint32_t i = 0; i < count; ++i) {
        alive = alive || !strcmp(ids[i].ptr, old_person);
    }
    assert_true(alive);
    kg_resolver_free(after);
}

static void folding_keeps_what_matters(void** state) {
    (void)state;
    const struct {
        const char* name;
        const char* folded;
    } cases[] = {{"西部（海东）科学城", "西部海东科学城"},
                 {"“智谷”·海东", "智谷海东"},
                 {"Ｂｏｅ 8.5代线", "boe8.5代线"},
                 {"（）", "（）"},
                 {"\xFF\xFE", "\xFF\xFE"},
                 {"", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        kg_i_buffer out = {0};
        assert_true(kg_i_fold_name(kg_slice_of(cases[i].name), &out));
        assert_int_equal(out.len, strlen(cases[i].folded));
        assert_memory_equal(out.len ? out.ptr : "", cases[i].folded, out.len);
        kg_i_buffer_dispose(&out);
    }
    assert_true(kg_i_is_bare(KG_PARK, KG_LIT("国家级高新区")));
    assert_false(kg_i_is_bare(KG_PARK, KG_LIT("海东高新区")));
    assert_true(kg_i_is_bare(KG_COMPANY, KG_LIT("")));
}

static void nothing_resolves_to_nothing(void** state) {
    (void)state;
    kg_resolver* resolver = NULL;
    assert_int_equal(kg_resolver_new(&lexicon, &resolver, NULL), KG_OK);
    assert_int_equal(kg_resolver_run(resolver, NULL), KG_OK);
    assert_int_equal(kg_resolver_group_count(resolver), 0);
    kg_resolver_free(resolver);
    kg_resolver_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_join_and_likeness_does_not),
        cmocka_unit_test(the_lexicon_joins_by_id_name_and_registered_alias),
        cmocka_unit_test(an_alias_that_one_thing_has_joins),
        cmocka_unit_test(aliases_chain_to_one_registered_thing),
        cmocka_unit_test(bare_and_ambiguous_names_stay_in_their_document),
        cmocka_unit_test(people_are_known_by_their_posts),
        cmocka_unit_test(earlier_ids_stay_alive),
        cmocka_unit_test(folding_keeps_what_matters),
        cmocka_unit_test(nothing_resolves_to_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
