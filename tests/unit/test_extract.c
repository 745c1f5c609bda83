// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/buffer.h"
#include "extract/tagger.h"
#include "extract/time.h"
#include "kg/extract.h"
#include "kg/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static kg_lexicon* lexicon;
static kg_extractor* extractor;

static int set_up(void** state) {
    (void)state;
    kg_error error = {0};
    if (kg_lexicon_load(KG_SOURCE_DIR "/ontology", NULL, &lexicon, &error) != KG_OK ||
        kg_extractor_new(lexicon, NULL, &extractor, &error) != KG_OK) {
        print_error("%s: %s\n", error.source, error.text);
        return -1;
    }
    return 0;
}

static int tear_down(void** state) {
    (void)state;
    kg_extractor_free(extractor);
    kg_lexicon_free(lexicon);
    kg_extractor_free(NULL);
    return 0;
}

typedef struct {
    const kg_extractor* extractor;
    kg_record* record;
    kg_status status;
    bool spans_fit;
} reading;

static bool fits(const kg_document* d, const kg_record* r) {
    const uint64_t end = d->base + (d->count ? d->origin[d->count] : 0);
    for (uint32_t e = 0; e < r->entity_count; ++e) {
        for (uint32_t i = 0; i < r->entities[e].mention_count; ++i) {
            const kg_span span = r->entities[e].mentions[i];
            if (span.begin >= span.end || span.end > end) {
                return false;
            }
        }
    }
    for (uint32_t i = 0; i < r->relation_count; ++i) {
        const kg_record_relation* const x = &r->relations[i];
        if (x->subject >= r->entity_count || x->object >= r->entity_count ||
            x->span.begin >= x->span.end || x->span.end > end || !x->evidence.len ||
            !x->sentence.len || !x->rule.len || x->confidence < 0 || x->confidence > 1 ||
            !kg_predicate_allows(x->predicate, r->entities[x->subject].type,
                                 r->entities[x->object].type) ||
            !memmem(x->sentence.ptr, x->sentence.len, x->evidence.ptr, x->evidence.len)) {
            return false;
        }
    }
    return true;
}

static kg_status on_document(void* handle, kg_document* document) {
    reading* const r = handle;
    kg_record_free(r->record);
    r->record = NULL;
    kg_error error = {0};
    r->status = kg_extract(r->extractor, document, &r->record, &error);
    r->spans_fit = r->status == KG_OK && fits(document, r->record);
    kg_document_free(document);
    return KG_OK;
}

static kg_record* extract_with(const kg_extractor* x, kg_slice text, const char* name) {
    reading r = {.extractor = x, .status = KG_OK};
    kg_error error = {0};
    const kg_document_sink sink = {&r, on_document};
    (void)!kg_source_read_buffer(text, kg_slice_of(name), NULL, sink, &error);
    assert_int_equal(r.status, KG_OK);
    if (r.record) {
        assert_true(r.spans_fit);
    }
    return r.record;
}

static kg_record* extract_text(const char* text) {
    return extract_with(extractor, kg_slice_of(text), "a.txt");
}

static const char article[] =
    "小米集团董事长雷军6月3日表示，小米集团旗下的小米汽车科技有限公司已入驻北京经济技术开发区。\n";

static void the_same_text_gives_the_same_bytes(void** state) {
    (void)state;
    char* bytes[2];
    size_t sizes[2];
    for (unsigned i = 0; i < 2; ++i) {
        kg_record* const record = extract_text(article);
        assert_non_null(record);
        assert_int_equal(kg_record_to_json(record, &bytes[i], &sizes[i], NULL), KG_OK);
        kg_record_free(record);
    }
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(bytes[0], bytes[1], sizes[0]);
    free(bytes[0]);
    free(bytes[1]);
}

static void unrelated_places_and_people_are_left_out(void** state) {
    (void)state;
    kg_record* const record = extract_text("北京今天有雨，上海多云，气温下降明显。\n");
    assert_non_null(record);
    for (uint32_t e = 0; e < record->entity_count; ++e) {
        assert_int_not_equal(record->entities[e].type, KG_PLACE);
    }
    assert_int_equal(record->relation_count, 0);
    kg_record_free(record);
}

static void little_and_strange_input_is_fine(void** state) {
    (void)state;
    static const char* const texts[] = {
        "。",
        "（（（（（（（（",
        "））））",
        "、、、、、、、",
        "“”“”《》",
        "\t\n \n",
        "A",
        "2018年",
        "小米",
        "【】【】",
        "的的的的的的的的的的的的",
        "a@b.c http://d.e/f?g=h&i#j",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
        kg_record_free(extract_text(texts[i]));
    }
}

/// Lists without end, brackets without end, one sentence of megabytes.
static void long_input_stays_within_bounds(void** state) {
    (void)state;
    kg_i_buffer text = {0};
    kg_i_buffer_add_text(&text, "园区引进了");
    for (unsigned i = 0; i < 4000; ++i) {
        kg_i_buffer_format(&text, "蓝岭%u科技有限公司、", i);
    }
    kg_i_buffer_add_text(&text, "等企业入驻北京经济技术开发区");
    for (unsigned i = 0; i < 3000; ++i) {
        kg_i_buffer_add_text(&text, "（小米集团与腾讯在重庆");
    }
    for (unsigned i = 0; i < 20000; ++i) {
        kg_i_buffer_add_text(&text, "小米集团收购百度，");
    }
    kg_i_buffer_add_text(&text, "。\n");
    assert_false(text.failed);
    kg_record* const record = extract_with(extractor, (kg_slice){text.ptr, text.len}, "long.txt");
    assert_non_null(record);
    kg_record_free(record);
    kg_i_buffer_dispose(&text);
}

static void options_are_kept_to(void** state) {
    (void)state;
    kg_error error = {0};
    kg_extractor* x = NULL;
    const char* const unknown[] = {"no-such-pattern", NULL};
    const kg_extract_options wrong = {.disabled = unknown};
    assert_int_equal(kg_extractor_new(lexicon, &wrong, &x, &error), KG_ERR_USAGE);
    assert_null(x);
    assert_non_null(strstr(error.text, "no-such-pattern"));

    const char* const off[] = {"sub-of", "line", "before", "headline", NULL};
    const kg_extract_options fewer = {.disabled = off};
    assert_int_equal(kg_extractor_new(lexicon, &fewer, &x, NULL), KG_OK);
    kg_record* record = extract_with(x, kg_slice_of(article), "a.txt");
    for (uint32_t i = 0; i < record->relation_count; ++i) {
        assert_false(kg_slice_equal(record->relations[i].rule, KG_LIT("sub-of")));
        assert_false(kg_slice_equal(record->relations[i].rule, KG_LIT("line")));
    }
    kg_record_free(record);
    kg_extractor_free(x);

    const kg_extract_options sure = {.min_confidence = 1.0};
    assert_int_equal(kg_extractor_new(lexicon, &sure, &x, NULL), KG_OK);
    record = extract_with(x, kg_slice_of(article), "a.txt");
    assert_int_equal(record->relation_count, 0);
    kg_record_free(record);
    kg_extractor_free(x);
}

// Times ----------------------------------------------------------------------------------------

typedef struct {
    const char* date;
    kg_i_time time;
    bool found;
} timing;

static kg_status on_time(void* handle, kg_document* document) {
    timing* const t = handle;
    kg_text* text = NULL;
    assert_int_equal(kg_text_new(document, &text, NULL), KG_OK);
    t->found = kg_i_find_time(text, 0, document->count, document->count, document->count,
                              kg_slice_of(t->date), &t->time);
    kg_text_free(text);
    kg_document_free(document);
    return KG_OK;
}

static void times_are_read(void** state) {
    (void)state;
    static const struct {
        const char* text;
        const char* date;
        const char* iso; ///< null: none
    } cases[] = {
        {"双方于2018年12月28日签约", "", "2018-12-28"},
        {"2018年底建成", "", "2018"},
        {"截至6月底", "2020-09-01", "2020-06"},
        {"去年5月投产", "2020-09-01", "2019-05"},
        {"明年开工", "2020-05", "2021"},
        {"12月开工", "2020-02-01", "2019-12"},
        {"6月3日", "", NULL},
        {"占地71.4万平方米，投资12亿元", "2020-01-01", NULL},
        {"第2018号", "2020-01-01", NULL},
        {"２０１９年３月", "", "2019-03"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        timing t = {.date = cases[i].date};
        const kg_document_sink sink = {&t, on_time};
        assert_int_equal(
            kg_source_read_buffer(kg_slice_of(cases[i].text), KG_LIT("a.txt"), NULL, sink, NULL),
            KG_OK);
        if (t.found != (cases[i].iso != NULL) ||
            (t.found && strcmp(t.time.iso, cases[i].iso) != 0)) {
            fail_msg("%s: %s", cases[i].text, t.found ? t.time.iso : "none");
        }
    }
}

// The tagger's model -----------------------------------------------------------------------------

static void damaged_models_are_refused(void** state) {
    (void)state;
    static const char* const contents[] = {"", "KGTAG01", "KGTAG99 something else entirely"};
    for (size_t i = 0; i < sizeof contents / sizeof *contents; ++i) {
        char path[] = "model-XXXXXX";
        const int fd = mkstemp(path);
        assert_true(fd >= 0);
        assert_int_equal(write(fd, contents[i], strlen(contents[i])), strlen(contents[i]));
        (void)close(fd);
        kg_i_tagger tagger;
        kg_error error = {0};
        assert_int_equal(kg_i_tagger_load(path, &tagger, &error), KG_ERR_FORMAT);
        assert_string_equal(error.source, path);
        kg_i_tagger_dispose(&tagger);
        (void)unlink(path);
    }
    kg_i_tagger none;
    assert_int_equal(kg_i_tagger_load("no/such/model", &none, NULL), KG_OK);
    assert_int_equal(none.row_count, 0);
}

static void tags_follow_each_other(void** state) {
    (void)state;
    unsigned steps = 0;
    for (unsigned a = 0; a < KG_I_TAGS; ++a) {
        for (unsigned b = 0; b < KG_I_TAGS; ++b) {
            steps += kg_i_tag_follows(a, b);
        }
    }
    // Eleven tags end (outside, and two of each type), eleven begin; ten go on in two ways.
    assert_int_equal(steps, 11 * 11 + 10 * 2);
    assert_false(kg_i_tag_follows(0, 2));
    assert_true(kg_i_tag_follows(1, 3));
    assert_false(kg_i_tag_follows(1, 7));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_text_gives_the_same_bytes),
        cmocka_unit_test(unrelated_places_and_people_are_left_out),
        cmocka_unit_test(little_and_strange_input_is_fine),
        cmocka_unit_test(long_input_stays_within_bounds),
        cmocka_unit_test(options_are_kept_to),
        cmocka_unit_test(times_are_read),
        cmocka_unit_test(damaged_models_are_refused),
        cmocka_unit_test(tags_follow_each_other),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
