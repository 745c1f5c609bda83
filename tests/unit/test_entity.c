// SPDX-License-Identifier: GPL-3.0-or-later
// From hand-made documents to entities and mentions, with the project's own lexicon.
#include "base/utf8.h"
#include "extract/scope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static kg_lexicon* lexicon;

/// A document of lines, the first of which is its title, and what was found in it.
typedef struct {
    uint32_t chars[4096];
    kg_block blocks[16];
    kg_document document;
    kg_text* text;
    kg_i_arena arena;
    kg_i_scope scope;
} work;

static void read_lines(work* w, const char* lines) {
    const size_t size = strlen(lines);
    uint32_t count = 0;
    uint32_t blocks = 0;
    memset(w, 0, sizeof *w);
    for (size_t at = 0; at < size;) {
        const uint32_t begin = count;
        while (at < size && lines[at] != '\n') {
            at += kg_i_utf8_decode(lines + at, size - at, &w->chars[count++]);
        }
        ++at;
        w->blocks[blocks] = (kg_block){
            .kind = blocks ? KG_BLOCK_PARAGRAPH : KG_BLOCK_TITLE, .begin = begin, .end = count};
        w->chars[count++] = '\n';
        ++blocks;
    }
    w->document = (kg_document){
        .chars = w->chars, .count = count, .blocks = w->blocks, .block_count = blocks};
    assert_int_equal(kg_text_new(&w->document, &w->text, NULL), KG_OK);
    w->scope = (kg_i_scope){.text = w->text, .lexicon = lexicon, .arena = &w->arena};
    assert_int_equal(kg_i_find_entities(&w->scope, NULL), KG_OK);
}

static void drop(work* w) {
    kg_text_free(w->text);
    kg_i_arena_dispose(&w->arena);
}

static bool is_called(const kg_i_entity* e, const char* name) {
    bool is = kg_slice_equal(e->name, kg_slice_of(name));
    for (uint32_t i = 0; i < e->alias_count; ++i) {
        is |= kg_slice_equal(e->aliases[i], kg_slice_of(name));
    }
    return is;
}

/// The number of the entity that has the name, KG_I_NONE if there is none of the type.
static uint32_t find(const work* w, kg_type type, const char* name) {
    for (uint32_t i = 0; i < w->scope.entity_count; ++i) {
        if (w->scope.entities[i].type == type && is_called(&w->scope.entities[i], name)) {
            return i;
        }
    }
    return KG_I_NONE;
}

static void expect(const work* w, kg_type type, const char* name) {
    if (find(w, type, name) == KG_I_NONE) {
        fail_msg("no %s %s", kg_type_name(type), name);
    }
}

static void expect_none(const work* w, kg_type type, const char* name) {
    if (find(w, type, name) != KG_I_NONE) {
        fail_msg("a %s %s", kg_type_name(type), name);
    }
}

static void finds_names_never_seen_before(void** state) {
    (void)state;
    static work w;
    read_lines(&w, "桐岭云帆科技有限公司落户青禾智谷产业园\n"
                   "浙江桐岭云帆科技有限公司（以下简称“云帆科技”）日前与青禾智谷产业园签约，"
                   "拟建设年产20万套储能电池项目。云帆科技董事长沈立岩表示，项目将于明年投产。");
    expect(&w, KG_COMPANY, "浙江桐岭云帆科技有限公司");
    assert_int_equal(find(&w, KG_COMPANY, "云帆科技"),
                     find(&w, KG_COMPANY, "浙江桐岭云帆科技有限公司"));
    expect(&w, KG_PARK, "青禾智谷产业园");
    expect(&w, KG_FACILITY, "年产20万套储能电池项目");
    expect(&w, KG_PERSON, "沈立岩");
    const uint32_t firm = find(&w, KG_COMPANY, "云帆科技");
    assert_true(kg_slice_equal(w.scope.entities[firm].name, KG_LIT("浙江桐岭云帆科技有限公司")));
    drop(&w);
}

static void joins_mentions_in_order_and_nests_them(void** state) {
    (void)state;
    static work w;
    read_lines(&w, "华为与重庆高新区签约\n华为技术有限公司与重庆高新区管委会签署协议。"
                   "华为将在园区设立研发中心。");
    assert_int_equal(find(&w, KG_COMPANY, "华为"), find(&w, KG_COMPANY, "华为技术有限公司"));
    expect(&w, KG_PARK, "重庆高新区");
    expect(&w, KG_ORGANIZATION, "重庆高新区管委会");
    uint32_t sentences = 0;
    const kg_sentence* const s = kg_text_sentences(w.text, &sentences);
    unsigned nested = 0;
    for (uint32_t i = 0; i < sentences; ++i) {
        for (uint32_t m = w.scope.first_mention[i]; m < w.scope.first_mention[i + 1]; ++m) {
            const kg_i_mention* const x = &w.scope.mentions[m];
            assert_true(x->begin >= s[i].begin && x->end <= s[i].end && x->begin < x->end);
            assert_int_equal(w.scope.entities[x->entity].type, x->type);
            if (x->outer != KG_I_NONE) {
                const kg_i_mention* const outer = &w.scope.mentions[x->outer];
                assert_true(outer->begin <= x->begin && x->end <= outer->end);
                ++nested;
            }
        }
    }
    assert_int_equal(w.scope.first_mention[sentences], w.scope.mention_count);
    assert_true(nested >= 1); // 重庆高新区 in 重庆高新区管委会
    drop(&w);
}

static void resolves_common_nouns(void** state) {
    (void)state;
    static work w;
    read_lines(&w, "云岭能源：拟建储能项目\n云岭能源股份有限公司公告称，公司拟投资建设生产基地。"
                   "该公司去年盈利。");
    const uint32_t firm = find(&w, KG_COMPANY, "云岭能源股份有限公司");
    assert_true(firm != KG_I_NONE);
    unsigned anaphors = 0;
    for (uint32_t m = 0; m < w.scope.mention_count; ++m) {
        if (w.scope.mentions[m].kind == KG_I_ANAPHOR) {
            assert_int_equal(w.scope.mentions[m].entity, firm);
            ++anaphors;
        }
    }
    assert_int_equal(anaphors, 2);
    drop(&w);
}

static void leaves_kinds_of_things_alone(void** state) {
    (void)state;
    static work w;
    read_lines(&w,
               "多家企业入驻园区\n今年以来，三个重大产业项目开工，30家上市公司和一批科技企业入驻，"
               "各地高新区、产业园加快建设。");
    assert_int_equal(find(&w, KG_COMPANY, "上市公司"), KG_I_NONE);
    expect_none(&w, KG_FACILITY, "三个重大产业项目");
    expect_none(&w, KG_PARK, "高新区");
    expect_none(&w, KG_PARK, "产业园");
    drop(&w);
}

static void finds_sectors_where_they_are_fields(void** state) {
    (void)state;
    static work w;
    read_lines(&w, "高新区发展规划\n园区重点发展人工智能、生物医药、新能源汽车零部件等产业。");
    expect(&w, KG_SECTOR, "人工智能");
    expect(&w, KG_SECTOR, "生物医药");
    expect(&w, KG_SECTOR, "新能源汽车零部件");
    drop(&w);
}

static void marks_doubtful_names(void** state) {
    (void)state;
    static work w;
    read_lines(&w, "各地推进转型\n各地的光伏发电项目不少。商务部有关负责人表示，进展顺利。");
    const uint32_t site = find(&w, KG_FACILITY, "光伏发电项目");
    const uint32_t body = find(&w, KG_ORGANIZATION, "商务部");
    assert_true(site != KG_I_NONE && w.scope.entities[site].score < KG_I_SHOWN);
    assert_true(body != KG_I_NONE && w.scope.entities[body].score < KG_I_SHOWN);
    drop(&w);
}

static void tells_a_firm_from_its_members(void** state) {
    (void)state;
    static work w;
    read_lines(
        &w, "云岭能源布局海外\n云岭能源股份有限公司（以下简称“云岭能源”）旗下"
            "云岭能源（中国）贸易有限公司成立。昆明云岭能源股份有限公司公告称，云岭能源将增资。");
    assert_int_equal(find(&w, KG_COMPANY, "云岭能源"),
                     find(&w, KG_COMPANY, "昆明云岭能源股份有限公司"));
    assert_true(find(&w, KG_COMPANY, "云岭能源") !=
                find(&w, KG_COMPANY, "云岭能源（中国）贸易有限公司"));
    drop(&w);
}

static void stands_ugly_text(void** state) {
    (void)state;
    static const char* const texts[] = {
        "",        "\n\n",     "（（（（））））", "有限公司",         "（以下简称“",
        "“”“”“”",  "以下简称", "）有限公司",       "、、、，，，。。", "集团集团集团集团公司公司",
        "IBM IBM", "（中国）", "该公司",           "·有限公司",        "年产",
    };
    static work w;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
        read_lines(&w, texts[i]);
        drop(&w);
    }
    char deep[1600] = "";
    for (int i = 0; i < 100; ++i) {
        strcat(deep, "园区产业");
    }
    read_lines(&w, deep);
    drop(&w);
}

static int load(void** state) {
    (void)state;
    return kg_lexicon_load(KG_SOURCE_DIR "/ontology", NULL, &lexicon, NULL) == KG_OK ? 0 : -1;
}

static int unload(void** state) {
    (void)state;
    kg_lexicon_free(lexicon);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_names_never_seen_before),
        cmocka_unit_test(joins_mentions_in_order_and_nests_them),
        cmocka_unit_test(resolves_common_nouns),
        cmocka_unit_test(leaves_kinds_of_things_alone),
        cmocka_unit_test(finds_sectors_where_they_are_fields),
        cmocka_unit_test(marks_doubtful_names),
        cmocka_unit_test(tells_a_firm_from_its_members),
        cmocka_unit_test(stands_ugly_text),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
