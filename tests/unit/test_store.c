// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/buffer.h"
#include "kg/store.h"
#include "store/derive.h"

#include <errno.h>
#include <grp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

// A lexicon of two entries takes the place of the real one; the second can be left out.
struct kg_lexicon {
    uint32_t count;
};
#define S(text)                                                                                    \
    { text, sizeof(text) - 1 }
static const kg_lexicon_entry entries[] = {
    {.type = KG_PLACE, .id = S("11"), .name = S("海东市")},
    {.type = KG_COMPANY, .id = S("600001"), .name = S("金甲集团")},
};
const kg_lexicon_entry* kg_lexicon_at(const kg_lexicon* lexicon, uint32_t index) {
    return index < lexicon->count ? &entries[index] : NULL;
}
const kg_lexicon_entry* kg_lexicon_by_id(const kg_lexicon* lexicon, kg_slice id) {
    for (uint32_t i = 0; i < lexicon->count; ++i) {
        if (kg_slice_equal(entries[i].id, id)) {
            return &entries[i];
        }
    }
    return NULL;
}
static const kg_lexicon small = {1};
static const kg_lexicon larger = {2};

// Places -------------------------------------------------------------------------------------

static char folder[96];

static int make_folder(void** state) {
    (void)state;
    // Not in the build tree: a test that gives up root's rights has to reach the folder.
    const char* const base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.60s/parkgraph-store-XXXXXX", base ? base : "/tmp");
    return mkdtemp(folder) && chmod(folder, 0777) == 0 ? 0 : -1;
}

static int remove_folder(void** state) {
    (void)state;
    char command[256];
    snprintf(command, sizeof command, "chmod -R u+w %s; rm -rf %s", folder, folder);
    return system(command);
}

static const char* place(const char* name) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static kg_store* open_store(const char* name, kg_store_mode mode) {
    kg_store* store = NULL;
    kg_error error = {0};
    if (kg_store_open(place(name), mode, 0, &store, &error) != KG_OK) {
        fail_msg("%s: %s", name, error.text);
    }
    return store;
}

// Records ------------------------------------------------------------------------------------

static kg_record* read_record(const char* json) {
    kg_record* record = NULL;
    kg_error error = {0};
    if (kg_record_from_json(kg_slice_of(json), &record, &error) != KG_OK) {
        fail_msg("%s: %s", json, error.text);
    }
    return record;
}

static void put(kg_store* store, const char* json) {
    kg_record* const record = read_record(json);
    kg_error error = {0};
    if (kg_store_put(store, record, &error) != KG_OK) {
        fail_msg("%s", error.text);
    }
    kg_record_free(record);
}

static void resolve(kg_store* store, const kg_lexicon* lexicon, bool wanted) {
    bool changed = false;
    kg_error error = {0};
    if (kg_store_resolve(store, lexicon, NULL, &changed, &error) != KG_OK) {
        fail_msg("%s", error.text);
    }
    assert_int_equal(changed, wanted);
}

#define HEAD(doc, date)                                                                            \
    "{\"doc\":\"" doc "\",\"date\":\"" date "\",\"url\":\"https://news.example/" doc               \
    "\",\"hash\":\"00000000000000000000000000000001\",\"entities\":["
#define FIRM(id, name, alias)                                                                      \
    "{\"id\":\"" id "\",\"type\":\"Company\",\"name\":\"" name "\",\"aliases\":[" alias            \
    "],\"mentions\":[[0,9]]},"
#define PARK(id, name) "{\"id\":\"" id "\",\"type\":\"Park\",\"name\":\"" name "\"}"
#define FACT(s, p, o, status, confidence)                                                              \
    "{\"s\":\"" s "\",\"p\":\"" p "\",\"o\":\"" o "\",\"status\":\"" status                            \
    "\",\"confidence\":" confidence ",\"rule\":\"r1\",\"evidence\":\"短\",\"sentence\":\"长句。\"" \
    ",\"begin\":10,\"end\":40}"

static const char doc_a[] = HEAD("a", "2020-01-01") FIRM("e1", "金甲集团", "\"金甲\"")
    PARK("e2", "海东智谷") "],\"relations\":[" FACT("e1", "operates", "e2", "planned", "0.5") "]}";
static const char doc_b[] = HEAD("b", "2021-06-01") FIRM("e1", "金甲", "") FIRM("e3", "乙公司", "")
    PARK("e2", "海东智谷") "],\"relations\":[" FACT(
        "e1", "operates", "e2", "actual",
        "0.6") "," FACT("e3", "cooperates_with", "e1", "agreed",
                        "0.9") "," FACT("e1", "cooperates_with", "e3", "actual", "0.7") "]}";
static const char doc_c[] = HEAD("c", "") FIRM("e3", "乙公司", "")
    PARK("e2", "河西园") "],\"relations\":[" FACT("e3", "locates_in", "e2", "actual", "1") "]}";
static const char* const docs[] = {doc_a, doc_b, doc_c};

// What is in a store -------------------------------------------------------------------------

static kg_status add_cells(void* handle, uint32_t count, const kg_slice* names,
                           const kg_slice* cells, const char* kinds) {
    (void)names;
    for (uint32_t i = 0; i < count; ++i) {
        kg_i_buffer_add_char(handle, kinds[i]);
        kg_i_buffer_add_slice(handle, cells[i]);
        kg_i_buffer_add_char(handle, i + 1 < count ? '|' : '\n');
    }
    return KG_OK;
}

static char* ask(kg_store* store, const char* sql) {
    kg_i_buffer out = {0};
    kg_error error = {0};
    kg_i_buffer_reserve(&out, 1);
    if (kg_store_query(store, sql, add_cells, &out, &error) != KG_OK) {
        fail_msg("%s: %s", sql, error.text);
    }
    return kg_i_buffer_detach(&out);
}

static void assert_asks(kg_store* store, const char* sql, const char* wanted) {
    char* const found = ask(store, sql);
    assert_string_equal(found, wanted);
    free(found);
}

static kg_status add_entity(void* handle, const kg_entity_row* row) {
    kg_i_buffer_format(handle, "%.*s %s %.*s %u %.*s %.*s:", (int)row->id.len, row->id.ptr,
                       kg_type_name(row->type), (int)row->name.len, row->name.ptr,
                       row->document_count, (int)row->first_seen.len, row->first_seen.ptr,
                       (int)row->last_seen.len, row->last_seen.ptr);
    for (uint32_t i = 0; i < row->alias_count; ++i) {
        kg_i_buffer_format(handle, " %.*s", (int)row->aliases[i].len, row->aliases[i].ptr);
    }
    for (uint32_t i = 0; i < row->same_as_count; ++i) {
        kg_i_buffer_format(handle, " =%.*s", (int)row->same_as[i].len, row->same_as[i].ptr);
    }
    for (uint32_t i = 0; i < row->measure_count; ++i) {
        kg_i_buffer_format(handle, " %.*s=%g", (int)row->measures[i].name.len,
                           row->measures[i].name.ptr, row->measures[i].value);
    }
    kg_i_buffer_add_char(handle, '\n');
    return KG_OK;
}

static kg_status add_statement(void* handle, const kg_statement_row* row) {
    kg_i_buffer_format(handle, "%.*s %.*s %s %.*s %s %.4f %.*s %.*s %d [%.*s %.*s]\n",
                       (int)row->id.len, row->id.ptr, (int)row->subject.len, row->subject.ptr,
                       kg_predicate_name(row->predicate), (int)row->object.len, row->object.ptr,
                       kg_fact_status_name(row->status), row->confidence, (int)row->first_seen.len,
                       row->first_seen.ptr, (int)row->last_seen.len, row->last_seen.ptr,
                       row->inferred, (int)row->valid_from.len, row->valid_from.ptr,
                       (int)row->valid_to.len, row->valid_to.ptr);
    for (uint32_t i = 0; i < row->evidence_count; ++i) {
        const kg_evidence_row* const e = &row->evidence[i];
        kg_i_buffer_format(handle, "  %.*s %.*s %.*s %llu-%llu %.4f\n", (int)e->doc.len, e->doc.ptr,
                           (int)e->rule.len, e->rule.ptr, (int)e->sentence.len, e->sentence.ptr,
                           (unsigned long long)e->span.begin, (unsigned long long)e->span.end,
                           e->confidence);
    }
    return KG_OK;
}

static kg_status add_document(void* handle, const kg_document_row* row) {
    kg_i_buffer_format(handle, "%.*s %.*s %.*s %llx\n", (int)row->id.len, row->id.ptr,
                       (int)row->name.len, row->name.ptr, (int)row->date.len, row->date.ptr,
                       (unsigned long long)row->hash[1]);
    return KG_OK;
}

/// All that an export could show.
static char* dump(kg_store* store) {
    kg_i_buffer out = {0};
    assert_int_equal(kg_store_each_document(store, add_document, &out, NULL), KG_OK);
    assert_int_equal(kg_store_each_entity(store, add_entity, &out, NULL), KG_OK);
    assert_int_equal(kg_store_each_statement(store, add_statement, &out, NULL), KG_OK);
    char* const merge = ask(store, "SELECT * FROM merge ORDER BY 1, 2, 3");
    kg_i_buffer_add_text(&out, merge);
    free(merge);
    return kg_i_buffer_detach(&out);
}

static void assert_same_graph(kg_store* store, const char* wanted) {
    char* const found = dump(store);
    assert_string_equal(found, wanted);
    free(found);
}

// Tests --------------------------------------------------------------------------------------

static void the_same_documents_give_the_same_graph(void** state) {
    (void)state;
    static const unsigned orders[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 0, 2}, {1, 2, 0}};
    char* first = NULL;
    for (unsigned i = 0; i < 4; ++i) {
        char name[16];
        snprintf(name, sizeof name, "order%u.db", i);
        kg_store* const store = open_store(name, KG_STORE_WRITE);
        for (unsigned k = 0; k < 3; ++k) {
            put(store, docs[orders[i][k]]);
            if (i == 2) {
                resolve(store, &small, true); // in between, too
            }
        }
        resolve(store, &small, i != 2);
        resolve(store, &small, false);
        if (first) {
            assert_same_graph(store, first);
        } else {
            first = dump(store);
            assert_asks(
                store,
                "SELECT subject_name, predicate, object_name, status, confidence,"
                " evidence_count, first_seen, last_seen FROM statement ORDER BY 2",
                "s乙公司|scooperates_with|s金甲集团|sactual|f0.9|i2|s2021-06-01|s2021-06-01\n"
                "s乙公司|slocates_in|s河西园|sactual|f1.0|i1|n|n\n"
                "s金甲集团|soperates|s海东智谷|sactual|f0.8|i2|s2020-01-01|s2021-06-01\n");
            assert_asks(store,
                        "SELECT name, document_count FROM entity WHERE type = 'Company'"
                        " ORDER BY name",
                        "s乙公司|i2\ns金甲集团|i2\n");
            assert_asks(store, "SELECT name FROM alias", "s金甲\n");
            assert_asks(store, "SELECT document, name, reason FROM merge WHERE reason = 'alias'",
                        "sb|s金甲|salias\n");
        }
        kg_store_close(store);
    }
    free(first);
}

static void retracting_is_as_if_never_read(void** state) {
    (void)state;
    kg_store* store = open_store("two.db", KG_STORE_WRITE);
    put(store, doc_a);
    put(store, doc_c);
    resolve(store, &small, true);
    char* const wanted = dump(store);
    kg_store_close(store);

    store = open_store("three.db", KG_STORE_WRITE);
    put(store, doc_c);
    put(store, doc_b);
    put(store, doc_a);
    resolve(store, &small, true);
    assert_int_equal(kg_store_retract(store, KG_LIT("nothing"), NULL), KG_NO);
    assert_int_equal(kg_store_retract(store, KG_LIT("b"), NULL), KG_OK);
    resolve(store, &small, true);
    assert_same_graph(store, wanted);
    put(store, doc_a); // the same again is no change
    resolve(store, &small, false);
    put(store, doc_b); // and a changed document replaces what it said
    static const char empty_b[] = HEAD("b", "2021-06-01") "],\"relations\":[]}";
    put(store, empty_b);
    resolve(store, &small, true);
    assert_asks(store, "SELECT count(*) FROM statement", "i2\n");
    kg_store_close(store);
    free(wanted);
}

static void only_what_was_committed_stays(void** state) {
    (void)state;
    kg_store* store = open_store("batch.db", KG_STORE_WRITE);
    const uint64_t hash[2] = {0, 1};
    const uint64_t other[2] = {1, 1};
    put(store, doc_a);
    assert_int_equal(kg_store_has(store, KG_LIT("a"), hash), KG_OK);
    assert_int_equal(kg_store_commit(store, NULL), KG_OK);
    put(store, doc_c);
    assert_int_equal(kg_store_note_put(store, KG_LIT("k"), KG_LIT("v"), NULL), KG_OK);
    kg_store_close(store);

    store = open_store("batch.db", KG_STORE_WRITE);
    kg_slice value = {0};
    assert_int_equal(kg_store_has(store, KG_LIT("a"), hash), KG_OK);
    assert_int_equal(kg_store_has(store, KG_LIT("a"), other), KG_NO);
    static const char by_hand[] = "{\"doc\":\"hand\"}";
    put(store, by_hand);
    assert_int_equal(kg_store_has(store, KG_LIT("hand"), (uint64_t[2]){0}), KG_NO);
    assert_int_equal(kg_store_retract(store, KG_LIT("hand"), NULL), KG_OK);
    assert_int_equal(kg_store_has(store, KG_LIT("c"), hash), KG_NO);
    assert_int_equal(kg_store_note_get(store, KG_LIT("k"), &value), KG_NO);
    assert_int_equal(kg_store_note_put(store, KG_LIT("k"), KG_LIT("v\0w"), NULL), KG_OK);
    assert_int_equal(kg_store_note_get(store, KG_LIT("k"), &value), KG_OK);
    assert_true(kg_slice_equal(value, KG_LIT("v\0w")));
    assert_int_equal(kg_store_note_put(store, KG_LIT("k"), (kg_slice){0}, NULL), KG_OK);
    assert_int_equal(kg_store_note_get(store, KG_LIT("k"), &value), KG_NO);
    resolve(store, &small, true);
    kg_store_close(store);

    store = open_store("batch.db", KG_STORE_READ);
    kg_record* const record = read_record(doc_b);
    kg_error error = {0};
    assert_int_equal(kg_store_put(store, record, &error), KG_ERR_USAGE);
    kg_record_free(record);
    kg_store_close(store);
    kg_store_close(NULL);
}

/// A reader that comes between a commit and the next resolving sees no evidence that is gone.
static void a_graph_that_is_behind_shows_nothing_false(void** state) {
    (void)state;
    kg_store* const store = open_store("behind.db", KG_STORE_WRITE);
    put(store, doc_a);
    resolve(store, &small, true);
    assert_int_equal(kg_store_retract(store, KG_LIT("a"), NULL), KG_OK);
    put(store, doc_c);
    assert_int_equal(kg_store_commit(store, NULL), KG_OK);
    kg_store* const reader = open_store("behind.db", KG_STORE_READ);
    kg_i_buffer out = {0};
    assert_int_equal(kg_store_each_statement(reader, add_statement, &out, NULL), KG_OK);
    assert_int_equal(out.len, 0);
    kg_i_buffer_dispose(&out);
    kg_store_close(reader);
    kg_store_close(store);
}

static void an_id_that_the_lexicon_takes_away_stays_alive(void** state) {
    (void)state;
    kg_store* const store = open_store("lexicon.db", KG_STORE_WRITE);
    put(store, doc_a);
    put(store, doc_b);
    resolve(store, &small, true);
    char* const old = ask(store, "SELECT id FROM entity WHERE name = '金甲集团'");
    assert_memory_equal(old, "scompany_", 9);
    old[strlen(old) - 1] = '\0';
    resolve(store, &larger, true);
    resolve(store, &larger, false);
    assert_asks(store, "SELECT id FROM entity WHERE name = '金甲集团'", "scompany-600001\n");
    kg_i_buffer found = {0};
    assert_int_equal(kg_store_find_entity(store, kg_slice_of(old + 1), KG_MATCH_EXACT, 0,
                                          add_entity, &found, NULL),
                     KG_OK);
    assert_non_null(strstr(found.ptr, "company-600001 Company 金甲集团"));
    resolve(store, &small, true); // and back
    kg_i_buffer_clear(&found);
    assert_int_equal(kg_store_find_entity(store, KG_LIT("company-600001"), KG_MATCH_EXACT, 0,
                                          add_entity, &found, NULL),
                     KG_OK);
    assert_memory_equal(found.ptr, old + 1, strlen(old + 1));
    kg_i_buffer_dispose(&found);
    free(old);
    kg_store_close(store);
}

static void evidence_is_joined_by_the_rules(void** state) {
    (void)state;
    kg_i_doc items[] = {
        {.date = S("2020-05")}, {.date = S("2021-02-03")}, {.date = S("")}, {.date = S("2022")}};
    const kg_i_docs dates = {.items = items, .count = 4};
    const struct {
        const char* given; ///< document, status, inferred or stated, confidence in hundredths
        kg_fact_status status;
        unsigned confidence;
        bool inferred;
    } cases[] = {
        {"0Ps50", KG_PLANNED, 5000, false},
        {"0Ps50 1As60", KG_ACTUAL, 8000, false},
        {"0As60 1Ps50", KG_ACTUAL, 8000, false}, // a later text that speaks of the plan
        {"0As60 1Es60", KG_ENDED, 8400, false},
        {"0Es60 1Gs60", KG_AGREED, 8400, false}, // begun again
        {"1Es60 1As60", KG_ENDED, 6000, false},
        {"2Es60 0Ps60", KG_PLANNED, 8400, false},      // without a date: before all others
        {"0As10 0As70 0As20", KG_ACTUAL, 7000, false}, // one document counts once
        {"0Ai90 1Ps30", KG_PLANNED, 3000, false},      // what is stated alone counts
        {"0Ai90 1Pi50", KG_ACTUAL, 9500, true},
        {"0As90 1As95 3As90", KG_ACTUAL, 9900, false},
        {"0As100", KG_ACTUAL, 10000, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        kg_i_claim claims[4] = {0};
        const kg_i_words words[4] = {0};
        size_t count = 0;
        for (const char* at = cases[i].given; *at; at += strspn(at, " ")) {
            const char status = at[1];
            claims[count++] =
                (kg_i_claim){.doc = (uint32_t)(at[0] - '0'),
                             .status = status == 'P'   ? KG_PLANNED
                                       : status == 'G' ? KG_AGREED
                                       : status == 'E' ? KG_ENDED
                                                       : KG_ACTUAL,
                             .inferred = at[2] == 'i',
                             .confidence = (uint16_t)(strtoul(at + 3, NULL, 10) * 100)};
            at += strcspn(at, " ");
        }
        const kg_i_joined joined = kg_i_join_facts(claims, words, count, &dates);
        if (joined.status != cases[i].status || joined.confidence != cases[i].confidence ||
            joined.inferred != cases[i].inferred) {
            fail_msg("%s: %s %u", cases[i].given, kg_fact_status_name(joined.status),
                     joined.confidence);
        }
    }
    const kg_i_claim claims[] = {{.doc = 0, .status = KG_PLANNED, .confidence = 9000},
                                 {.doc = 1, .status = KG_ACTUAL, .confidence = 5000},
                                 {.doc = 3, .status = KG_ACTUAL, .confidence = 6000}};
    const kg_i_words words[] = {{S("董事"), S("2019"), S("")},
                                {S("总裁"), S("2021-01"), S("2023")},
                                {S("董事长"), S("2020-12"), S("2024-05")}};
    const kg_i_joined joined = kg_i_join_facts(claims, words, 3, &dates);
    assert_string_equal(joined.title.ptr, "董事");
    assert_string_equal(joined.valid_from.ptr, "2020-12");
    assert_string_equal(joined.valid_to.ptr, "2024-05");
    assert_string_equal(joined.first_seen.ptr, "2020-05");
    assert_string_equal(joined.last_seen.ptr, "2022");
}

static bool keep_c(void* handle, kg_slice doc) {
    ++*(unsigned*)handle;
    return kg_slice_equal(doc, KG_LIT("c"));
}

static void documents_that_are_gone_are_pruned(void** state) {
    (void)state;
    kg_store* const store = open_store("prune.db", KG_STORE_WRITE);
    for (unsigned i = 0; i < 3; ++i) {
        put(store, docs[i]);
    }
    unsigned asked = 0;
    uint64_t removed = 0;
    assert_int_equal(kg_store_prune(store, keep_c, &asked, &removed, NULL), KG_OK);
    assert_int_equal(asked, 3);
    assert_int_equal(removed, 2);
    resolve(store, &small, true);
    assert_asks(store, "SELECT name FROM document", "sc\n");
    assert_asks(store, "SELECT count(*) FROM kg_claim", "i1\n");
    assert_asks(store, "SELECT count(*) FROM kg_doc_alias", "i0\n");
    assert_int_equal(kg_store_prune(store, keep_c, &asked, &removed, NULL), KG_OK);
    assert_int_equal(removed, 0);
    resolve(store, &small, false);
    kg_store_close(store);
}

static kg_status add_merge(void* handle, const kg_merge_row* row) {
    kg_i_buffer_format(handle, "%.*s:%.*s:%.*s ", (int)row->doc.len, row->doc.ptr,
                       (int)row->name.len, row->name.ptr, (int)row->reason.len, row->reason.ptr);
    return KG_OK;
}

static kg_status stop_at_once(void* handle, const kg_statement_row* row) {
    (void)row;
    ++*(unsigned*)handle;
    return KG_ERR_STOPPED;
}

static unsigned lines(const char* text) {
    unsigned count = 0;
    for (; text && *text; ++text) {
        count += *text == '\n' && text[1] != ' ';
    }
    return count;
}

static char* id_of(kg_store* store, const char* name) {
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT id FROM entity WHERE name = '%s'", name);
    char* const id = ask(store, sql);
    memmove(id, id + 1, strlen(id));
    id[strlen(id) - 1] = '\0';
    return id;
}

static unsigned found_between(kg_store* store, const char* subject, kg_predicate predicate,
                              const char* object) {
    kg_i_buffer out = {0};
    const kg_status status = kg_store_find_statement(
        store, kg_slice_of(subject), predicate, kg_slice_of(object), add_statement, &out, NULL);
    unsigned count = 0;
    for (const char* at = out.ptr; at && *at; at = strchr(at, '\n') + 1) {
        count += *at != ' ';
    }
    assert_int_equal(status, count ? KG_OK : KG_NO);
    kg_i_buffer_dispose(&out);
    return count;
}

static void what_is_asked_for_is_found(void** state) {
    (void)state;
    kg_store* const store = open_store("find.db", KG_STORE_WRITE);
    for (unsigned i = 0; i < 3; ++i) {
        put(store, docs[i]);
    }
    resolve(store, &small, true);
    kg_i_buffer out = {0};
    assert_int_equal(
        kg_store_find_entity(store, KG_LIT("金甲"), KG_MATCH_EXACT, 0, add_entity, &out, NULL),
        KG_OK);
    assert_int_equal(lines(out.ptr), 1);
    kg_i_buffer_clear(&out);
    assert_int_equal(
        kg_store_find_entity(store, KG_LIT("园"), KG_MATCH_EXACT, 0, add_entity, &out, NULL),
        KG_NO);
    assert_int_equal(
        kg_store_find_entity(store, KG_LIT("园"), KG_MATCH_PART, 0, add_entity, &out, NULL), KG_OK);
    assert_int_equal(lines(out.ptr), 1);
    kg_i_buffer_clear(&out);
    assert_int_equal(
        kg_store_find_entity(store, KG_LIT("公"), KG_MATCH_PART, 1, add_entity, &out, NULL), KG_OK);
    assert_int_equal(
        kg_store_find_entity(store, (kg_slice){0}, KG_MATCH_PART, 1, add_entity, &out, NULL),
        KG_NO);

    char* const first = id_of(store, "金甲集团");
    char* const second = id_of(store, "乙公司");
    assert_int_equal(found_between(store, first, KG_PREDICATE_COUNT, second), 1);
    assert_int_equal(found_between(store, second, KG_COOPERATES_WITH, first), 1);
    assert_int_equal(found_between(store, first, KG_OPERATES, second), 0);
    assert_int_equal(found_between(store, first, KG_PREDICATE_COUNT, ""), 2);
    assert_int_equal(found_between(store, "", KG_LOCATES_IN, ""), 1);
    assert_int_equal(found_between(store, "", KG_PREDICATE_COUNT, ""), 3);
    assert_int_equal(found_between(store, "nobody", KG_PREDICATE_COUNT, ""), 0);

    kg_i_buffer_clear(&out);
    assert_int_equal(kg_store_each_merge(store, kg_slice_of(first), add_merge, &out, NULL), KG_OK);
    assert_string_equal(out.ptr, "a:金甲集团: b:金甲:alias ");
    assert_int_equal(kg_store_each_merge(store, KG_LIT("nobody"), add_merge, &out, NULL), KG_NO);

    kg_i_buffer_clear(&out);
    assert_int_equal(kg_store_each_statement_of(store, KG_LIT("a"), add_statement, &out, NULL),
                     KG_OK);
    assert_non_null(strstr(out.ptr, "  a r1 长句。 10-40 0.5000\n"));
    assert_null(strstr(out.ptr, "  b "));
    unsigned calls = 0;
    assert_int_equal(kg_store_each_statement(store, stop_at_once, &calls, NULL), KG_ERR_STOPPED);
    assert_int_equal(calls, 1);

    kg_store_counts counts;
    assert_int_equal(kg_store_count(store, &counts, NULL), KG_OK);
    assert_int_equal(counts.documents, 3);
    assert_int_equal(counts.entities[KG_COMPANY], 2);
    assert_int_equal(counts.entities[KG_PARK], 2);
    assert_int_equal(counts.statements[KG_COOPERATES_WITH], 1);
    assert_int_equal(counts.evidence, 5);
    kg_i_buffer_dispose(&out);
    free(first);
    free(second);
    kg_store_close(store);
}

static void measures_runs_and_base_are_kept(void** state) {
    (void)state;
    kg_store* store = open_store("measure.db", KG_STORE_WRITE);
    put(store, doc_c);
    resolve(store, &small, true);
    char* const id = id_of(store, "乙公司");
    int64_t run = 0;
    const kg_run_counts counts = {.documents = 1, .skipped = 2, .failed = 3, .retracted = 4};
    assert_int_equal(
        kg_store_run_begin(store, KG_LIT("build"), KG_LIT("2026-01-02T03:04:05Z"), &run, NULL),
        KG_OK);
    assert_int_equal(kg_store_measures_begin(store, NULL), KG_OK);
    assert_int_equal(kg_store_measure_put(store, kg_slice_of(id), KG_LIT("pagerank"), 0.25, NULL),
                     KG_OK);
    assert_int_equal(
        kg_store_measure_put(store, kg_slice_of(id), KG_LIT("closeness"), 0.0 / 0.0, NULL), KG_OK);
    assert_int_equal(kg_store_measure_put(store, KG_LIT("nobody"), KG_LIT("x"), 1, NULL),
                     KG_ERR_USAGE);
    assert_int_equal(kg_store_measure_note(store, KG_LIT("pagerank"), KG_LIT("damping 0.85"), NULL),
                     KG_OK);
    assert_int_equal(kg_store_measures_end(store, NULL), KG_OK);
    assert_int_equal(kg_store_run_end(store, run, KG_LIT("2026-01-02T03:04:06Z"), &counts, NULL),
                     KG_OK);
    kg_error error = {0};
    const char* const wrong[] = {"no-end", "http://x.example/ä/", "http://a b/", "", "x/"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; ++i) {
        assert_int_equal(kg_store_resolve(store, &small, wrong[i], NULL, &error), KG_ERR_USAGE);
    }
    bool changed = false;
    assert_int_equal(kg_store_resolve(store, &small, "urn:x#", &changed, NULL), KG_OK);
    assert_true(changed);
    kg_store_close(store);

    store = open_store("measure.db", KG_STORE_WRITE);
    assert_asks(store, "SELECT name, value FROM measure", "spagerank|f0.25\n");
    assert_asks(store, "SELECT note FROM measure_note", "sdamping 0.85\n");
    assert_asks(store,
                "SELECT command, started, finished, documents, skipped, failed, retracted"
                " FROM run",
                "sbuild|s2026-01-02T03:04:05Z|s2026-01-02T03:04:06Z|i1|i2|i3|i4\n");
    assert_string_equal(kg_store_base_iri(store).ptr, "urn:x#");
    kg_i_buffer out = {0};
    assert_int_equal(kg_store_each_entity(store, add_entity, &out, NULL), KG_OK);
    assert_non_null(strstr(out.ptr, "pagerank=0.25"));
    kg_i_buffer_dispose(&out);
    put(store, doc_a); // numbers of another graph
    resolve(store, &small, true);
    assert_asks(store, "SELECT count(*) FROM measure", "i0\n");
    free(id);
    kg_store_close(store);
}

static void questions_cannot_write_or_reach_out(void** state) {
    (void)state;
    kg_store* const store = open_store("query.db", KG_STORE_WRITE);
    put(store, doc_a);
    assert_int_equal(kg_store_note_put(store, KG_LIT("secret"), KG_LIT("x"), NULL), KG_OK);
    resolve(store, &small, true);
    char* const before = dump(store);
    const char* const refused[] = {
        "DELETE FROM kg_document",
        "INSERT INTO kg_note VALUES ('a', 'b')",
        "UPDATE entity SET name = 'x'",
        "DROP TABLE kg_entity",
        "CREATE TABLE t (a)",
        "CREATE TEMP TABLE t (a)",
        "CREATE VIRTUAL TABLE t USING fts5(a)",
        "ATTACH 'other.db' AS other",
        "DETACH main",
        "PRAGMA user_version = 7",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA writable_schema = ON",
        "SELECT * FROM pragma_table_info('kg_entity')",
        "VACUUM",
        "VACUUM INTO 'copy.db'",
        "REINDEX",
        "ANALYZE",
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "SAVEPOINT s",
        "SELECT load_extension('x')",
        "SELECT readfile('/etc/passwd')",
        "SELECT writefile('x', 'y')",
        "SELECT zeroblob(1000000000)",
        "SELECT * FROM kg_note",
        "SELECT 1; DELETE FROM kg_document",
        "SELECT 1; SELECT 2",
        "WITH x AS (SELECT 1) DELETE FROM kg_document",
        "EXPLAIN DELETE FROM kg_document",
        "SELECT no_such_column FROM entity",
        "SELECT",
        "",
        " -- nothing\n",
    };
    kg_i_buffer out = {0};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; ++i) {
        kg_error error = {0};
        if (kg_store_query(store, refused[i], add_cells, &out, &error) != KG_ERR_USAGE) {
            fail_msg("%s was answered (%s)", refused[i], error.text);
        }
    }
    assert_same_graph(store, before);
    assert_asks(store, "SELECT 1, 2.5, NULL, 'x', x'00ff' ; -- that is all\n",
                "i1|f2.5|n|sx|s00ff\n");
    assert_asks(store,
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3)"
                " SELECT sum(i) FROM n",
                "i6\n");
    assert_asks(store,
                "SELECT statement.status FROM statement JOIN evidence ON"
                " evidence.statement = statement.id JOIN document ON"
                " document.name = evidence.document",
                "splanned\n");
    // and the store still works
    put(store, doc_b);
    resolve(store, &small, true);
    kg_i_buffer_dispose(&out);
    free(before);
    kg_store_close(store);
}

static void a_second_writer_waits_or_says_so(void** state) {
    (void)state;
    kg_store* first = open_store("lock.db", KG_STORE_WRITE);
    kg_store* second = NULL;
    kg_error error = {0};
    assert_int_equal(kg_store_open(place("lock.db"), KG_STORE_WRITE, 30, &second, &error),
                     KG_ERR_BUSY);
    assert_null(second);
    put(first, doc_a);
    assert_int_equal(kg_store_commit(first, NULL), KG_OK);
    kg_store* const reader = open_store("lock.db", KG_STORE_READ); // readers are let in
    kg_store_close(reader);
    kg_store_close(first);
    assert_int_not_equal(access(place("lock.db.lock"), F_OK), 0);

    int ready[2];
    assert_int_equal(pipe(ready), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        kg_store* held = NULL;
        if (kg_store_open(place("lock.db"), KG_STORE_WRITE, 0, &held, NULL) != KG_OK ||
            write(ready[1], "x", 1) != 1) {
            _exit(1);
        }
        usleep(100 * 1000);
        kg_store_close(held);
        _exit(0);
    }
    char byte = 0;
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(kg_store_open(place("lock.db"), KG_STORE_WRITE, 60000, &second, &error),
                     KG_OK);
    kg_store_close(second);
    int outcome = 0;
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_int_equal(outcome, 0);
    close(ready[0]);
    close(ready[1]);
}

static void write_file(const char* name, const void* bytes, size_t size) {
    FILE* const file = fopen(place(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static kg_status try_open(const char* name, kg_store_mode mode) {
    kg_store* store = NULL;
    kg_error error = {0};
    const kg_status status = kg_store_open(place(name), mode, 0, &store, &error);
    assert_true(status == KG_OK || error.text[0]);
    kg_store_close(store);
    return status;
}

static void sql_on(const char* name, const char* sql) {
    sqlite3* db = NULL;
    assert_int_equal(sqlite3_open(place(name), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void other_files_and_versions_are_told_apart(void** state) {
    (void)state;
    assert_int_equal(try_open("missing.db", KG_STORE_READ), KG_ERR_IO);
    assert_int_equal(try_open("no/such/folder.db", KG_STORE_WRITE), KG_ERR_IO);
    kg_store* store = NULL;
    assert_int_equal(kg_store_open("", KG_STORE_WRITE, 0, &store, NULL), KG_ERR_USAGE);
    write_file("text.db", "This is no database, though it is long enough to be one. ...........",
               64);
    assert_int_equal(try_open("text.db", KG_STORE_READ), KG_ERR_STORE);
    assert_int_equal(try_open("text.db", KG_STORE_WRITE), KG_ERR_STORE);
    sql_on("other.db", "CREATE TABLE t (a)");
    assert_int_equal(try_open("other.db", KG_STORE_READ), KG_ERR_STORE);
    assert_int_equal(try_open("other.db", KG_STORE_WRITE), KG_ERR_STORE);

    assert_int_equal(try_open("version.db", KG_STORE_WRITE), KG_OK);
    assert_int_equal(try_open("version.db", KG_STORE_READ), KG_OK);
    sql_on("version.db", "PRAGMA user_version = 99");
    assert_int_equal(try_open("version.db", KG_STORE_READ), KG_ERR_VERSION);
    assert_int_equal(try_open("version.db", KG_STORE_WRITE), KG_ERR_VERSION);
    // An older one: the mark is there and nothing else yet.
    sql_on("older.db", "PRAGMA application_id = 1801941041; PRAGMA user_version = 0");
    assert_int_equal(try_open("older.db", KG_STORE_READ), KG_ERR_VERSION);
    assert_int_equal(try_open("older.db", KG_STORE_WRITE), KG_OK);
    assert_int_equal(try_open("older.db", KG_STORE_READ), KG_OK);
}

static void migrations_go_step_by_step_and_whole(void** state) {
    (void)state;
    kg_store store = {.mode = KG_STORE_WRITE, .lock = -1};
    assert_int_equal(sqlite3_open(place("steps.db"), &store.db), SQLITE_OK);
    const kg_i_migration steps[] = {{{"CREATE TABLE a (x)", "INSERT INTO a VALUES (1)"}},
                                    {{"ALTER TABLE a ADD COLUMN y DEFAULT 5"}},
                                    {{"CREATE TABLE b (z)", "INSERT INTO nowhere VALUES (1)"}}};
    kg_error error = {0};
    assert_int_equal(kg_i_migrate(&store, steps, 1, &error), KG_OK);
    assert_int_not_equal(kg_i_migrate(&store, steps, 3, &error), KG_OK);
    assert_asks(&store, "SELECT 1", "i1\n");
    sqlite3_stmt* row = NULL;
    assert_int_equal(sqlite3_prepare_v2(store.db,
                                        "SELECT user_version, x, y,"
                                        " (SELECT count(*) FROM sqlite_schema WHERE name = 'b')"
                                        " FROM pragma_user_version, a",
                                        -1, &row, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(row, 0), 2);
    assert_int_equal(sqlite3_column_int(row, 2), 5);
    assert_int_equal(sqlite3_column_int(row, 3), 0);
    sqlite3_finalize(row);
    sqlite3_close(store.db);
}

/// Whatever is wrong with the file is said; nothing is read beyond it.
static void damage_is_reported(void** state) {
    (void)state;
    kg_store* store = open_store("whole.db", KG_STORE_WRITE);
    for (unsigned i = 0; i < 3; ++i) {
        put(store, docs[i]);
    }
    resolve(store, &small, true);
    kg_store_close(store);
    FILE* const file = fopen(place("whole.db"), "rb");
    assert_non_null(file);
    static unsigned char bytes[1 << 20];
    const size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_true(size > 20000 && size < sizeof bytes);

    write_file("cut.db", bytes, size / 2);
    kg_i_buffer out = {0};
    unsigned faults = 0;
    for (unsigned round = 0; round < 24; ++round) {
        const size_t page = (size_t)(round + 1) * 4096 % (size - 4096);
        unsigned char kept[64];
        memcpy(kept, bytes + page, sizeof kept);
        memset(bytes + page, round % 2 ? 0xFF : 0, sizeof kept);
        write_file("hurt.db", bytes, size);
        memcpy(bytes + page, kept, sizeof kept);
        kg_error error = {0};
        kg_status status = kg_store_open(place("hurt.db"), KG_STORE_WRITE, 0, &store, &error);
        if (status == KG_OK) {
            kg_i_buffer_clear(&out);
            status = kg_store_each_statement(store, add_statement, &out, &error);
        }
        if (status == KG_OK) {
            status = kg_store_each_entity(store, add_entity, &out, &error);
        }
        if (status == KG_OK) {
            status = kg_store_resolve(store, &larger, NULL, NULL, &error);
        }
        assert_true(status == KG_OK || status == KG_ERR_STORE);
        assert_int_equal(status != KG_OK, error.text[0] != '\0');
        faults += status == KG_ERR_STORE;
        kg_store_close(store);
    }
    assert_true(faults > 8);
    kg_error error = {0};
    kg_status status = kg_store_open(place("cut.db"), KG_STORE_READ, 0, &store, &error);
    if (status == KG_OK) {
        status = kg_store_each_statement(store, add_statement, &out, &error);
    }
    assert_int_equal(status, KG_ERR_STORE);
    kg_store_close(store);
    kg_i_buffer_dispose(&out);
}

/// A record with some weight.
static kg_record* big_record(unsigned number) {
    kg_i_buffer json = {0};
    kg_i_buffer_format(&json,
                       "{\"doc\":\"big%u\",\"date\":\"2021-01-%02u\","
                       "\"hash\":\"00000000000000000000000000000001\",\"entities\":[",
                       number, number % 28 + 1);
    for (unsigned i = 0; i < 20; ++i) {
        kg_i_buffer_format(&json,
                           "%s{\"id\":\"c%u\",\"type\":\"Company\",\"name\":\"企业%u号\"},"
                           "{\"id\":\"p%u\",\"type\":\"Park\",\"name\":\"园%u\"}",
                           i ? "," : "", i, number * 7 % 50 + i, i, (number + i) % 30);
    }
    kg_i_buffer_add_text(&json, "],\"relations\":[");
    for (unsigned i = 0; i < 20; ++i) {
        kg_i_buffer_format(
            &json,
            "%s{\"s\":\"c%u\",\"p\":\"locates_in\",\"o\":\"p%u\",\"confidence\":0.%u,"
            "\"sentence\":\"%0500u\"}",
            i ? "," : "", i, i, i % 9 + 1, i);
    }
    kg_i_buffer_add_text(&json, "]}");
    kg_record* const record = read_record(json.ptr);
    kg_i_buffer_dispose(&json);
    return record;
}

static kg_status put_big(kg_store* store, unsigned number, kg_error* error) {
    kg_record* const record = big_record(number);
    const kg_status status = kg_store_put(store, record, error);
    kg_record_free(record);
    return status;
}

/// Put documents until the store is full, by whatever makes it so: what was committed stays, and
/// when there is room again the work goes on.
static unsigned fill(kg_store* store, unsigned first, kg_error* error) {
    unsigned committed = first;
    for (unsigned i = first; i < first + 4000; ++i) {
        kg_status status = put_big(store, i, error);
        if (status == KG_OK && i % 5 == 4) {
            status = kg_store_commit(store, error);
            committed = status == KG_OK ? i + 1 : committed;
        }
        if (status != KG_OK) {
            assert_int_equal(status, KG_ERR_IO);
            assert_true(error->text[0]);
            break;
        }
    }
    return committed;
}

static void assert_documents(kg_store* store, unsigned count) {
    kg_store_counts counts;
    assert_int_equal(kg_store_count(store, &counts, NULL), KG_OK);
    assert_int_equal(counts.documents, count);
}

static void a_full_disk_loses_nothing(void** state) {
    (void)state;
    kg_store* store = open_store("full.db", KG_STORE_WRITE);
    assert_int_equal(sqlite3_exec(store->db, "PRAGMA max_page_count = 100", NULL, NULL, NULL),
                     SQLITE_OK);
    kg_error error = {0};
    const unsigned committed = fill(store, 0, &error);
    assert_int_equal(error.status, KG_ERR_IO);
    // The caller may yet commit what the open batch still holds, or learns that it is lost.
    (void)!kg_store_commit(store, NULL);
    kg_store_counts counts;
    assert_int_equal(kg_store_count(store, &counts, NULL), KG_OK);
    assert_true(counts.documents >= committed && counts.documents < committed + 5);
    error = (kg_error){0};
    assert_int_equal(kg_store_resolve(store, &small, NULL, NULL, &error), KG_ERR_IO);
    assert_int_equal(sqlite3_exec(store->db, "PRAGMA max_page_count = 1000000", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(put_big(store, 5000, &error), KG_OK);
    resolve(store, &small, true);
    assert_documents(store, (unsigned)counts.documents + 1);
    kg_store_close(store);
}

/// The same with the system's own limit, in a process of its own.
static void fill_under_limit(void) {
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = 600 * 1024;
    setrlimit(RLIMIT_FSIZE, &limit);
    kg_store* store = open_store("quota.db", KG_STORE_WRITE);
    kg_error error = {0};
    const unsigned committed = fill(store, 0, &error);
    if (error.status != KG_ERR_IO || !committed) {
        _exit(2);
    }
    kg_store_close(store);
    limit.rlim_cur = before;
    setrlimit(RLIMIT_FSIZE, &limit);
    store = open_store("quota.db", KG_STORE_WRITE);
    kg_store_counts counts;
    if (kg_store_count(store, &counts, NULL) != KG_OK || counts.documents != committed ||
        put_big(store, 5000, NULL) != KG_OK ||
        kg_store_resolve(store, &small, NULL, NULL, NULL) != KG_OK) {
        _exit(3);
    }
    kg_store_close(store);
    _exit(0);
}

static void a_file_size_limit_loses_nothing(void** state) {
    (void)state;
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        fill_under_limit();
    }
    int outcome = 0;
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_int_equal(outcome, 0);
}

enum { KILL_DOCUMENTS = 60 };

static void work(const char* name) {
    kg_store* store = NULL;
    if (kg_store_open(place(name), KG_STORE_WRITE, 5000, &store, NULL) != KG_OK) {
        _exit(1);
    }
    for (unsigned i = 0; i < KILL_DOCUMENTS; ++i) {
        char doc[16];
        snprintf(doc, sizeof doc, "big%u", i);
        if (kg_store_has(store, kg_slice_of(doc), (uint64_t[2]){0, 1}) == KG_OK) {
            continue;
        }
        if (put_big(store, i, NULL) != KG_OK ||
            (i % 3 == 2 && kg_store_commit(store, NULL) != KG_OK) ||
            (i % 15 == 14 && kg_store_resolve(store, &small, NULL, NULL, NULL) != KG_OK)) {
            _exit(1);
        }
    }
    if (kg_store_resolve(store, &small, NULL, NULL, NULL) != KG_OK) {
        _exit(1);
    }
    kg_store_close(store);
    _exit(0);
}

/// A run of the work in a process that is killed after a while, or ends before.
static bool run_and_kill(const char* name, unsigned microseconds) {
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        work(name);
    }
    if (microseconds) {
        usleep(microseconds);
        kill(child, SIGKILL);
    }
    int outcome = 0;
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_true(WIFSIGNALED(outcome) || WEXITSTATUS(outcome) == 0);
    return WIFSIGNALED(outcome);
}

static void killed_at_any_moment_the_next_run_completes(void** state) {
    (void)state;
    run_and_kill("calm.db", 0);
    kg_store* const calm = open_store("calm.db", KG_STORE_READ);
    char* const wanted = dump(calm);
    kg_store_close(calm);
    unsigned killed = 0;
    for (unsigned round = 0; round < 6; ++round) {
        char name[16];
        snprintf(name, sizeof name, "kill%u.db", round);
        unsigned wait = 3000 + round * 3777;
        for (unsigned tries = 0; tries < 4; ++tries) {
            killed += run_and_kill(name, wait);
            wait = wait * 5 / 3;
        }
        run_and_kill(name, 0);
        kg_store* const store = open_store(name, KG_STORE_READ);
        sqlite3_stmt* check = NULL;
        assert_int_equal(sqlite3_prepare_v2(store->db, "PRAGMA integrity_check", -1, &check, NULL),
                         SQLITE_OK);
        assert_int_equal(sqlite3_step(check), SQLITE_ROW);
        assert_string_equal((const char*)sqlite3_column_text(check, 0), "ok");
        sqlite3_finalize(check);
        assert_same_graph(store, wanted);
        kg_store_close(store);
    }
    assert_true(killed > 6);
    free(wanted);
}

/// Read as a user who may write neither the file nor its folder.
static void read_locked_away(const char* path) {
    if (geteuid() == 0 && (setgroups(0, NULL) != 0 || setgid(65534) != 0 || setuid(65534) != 0)) {
        _exit(2);
    }
    kg_store* store = NULL;
    kg_error error = {0};
    if (kg_store_open(path, KG_STORE_READ, 0, &store, &error) != KG_OK) {
        fprintf(stderr, "%s: %s\n", path, error.text);
        _exit(3);
    }
    kg_store_counts counts;
    if (kg_store_count(store, &counts, NULL) != KG_OK || counts.documents != 1) {
        _exit(4);
    }
    kg_i_buffer out = {0};
    if (kg_store_query(store, "SELECT * FROM statement", add_cells, &out, NULL) != KG_OK) {
        _exit(5);
    }
    kg_i_buffer_dispose(&out);
    kg_store_close(store);
    if (kg_store_open(path, KG_STORE_WRITE, 0, &store, &error) != KG_ERR_IO) {
        _exit(6);
    }
    _exit(0);
}

static void a_store_is_read_where_nothing_can_be_written(void** state) {
    (void)state;
    assert_int_equal(mkdir(place("shut"), 0777), 0);
    kg_store* const store = open_store("shut/a store?#%.db", KG_STORE_WRITE);
    put(store, doc_a);
    resolve(store, &small, true);
    kg_store_close(store);
    assert_int_equal(chmod(place("shut/a store?#%.db"), 0444), 0);
    assert_int_equal(chmod(place("shut"), 0555), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        read_locked_away(place("shut/a store?#%.db"));
    }
    int outcome = 0;
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_int_equal(chmod(place("shut"), 0755), 0);
    assert_int_equal(outcome, 0);
}

/// Left by a run that was killed, with changes that are in the log alone: read whole or not at all.
static void a_log_that_was_left_is_not_passed_over(void** state) {
    (void)state;
    assert_int_equal(mkdir(place("left"), 0777), 0);
    int outcome = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        kg_store* const store = open_store("left/store.db", KG_STORE_WRITE);
        put(store, doc_a);
        resolve(store, &small, true);
        kill(getpid(), SIGKILL);
    }
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_int_equal(access(place("left/store.db-wal"), F_OK), 0);
    assert_int_equal(unlink(place("left/store.db-shm")), 0);
    assert_int_equal(chmod(place("left"), 0555), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (geteuid() == 0 &&
            (setgroups(0, NULL) != 0 || setgid(65534) != 0 || setuid(65534) != 0)) {
            _exit(2);
        }
        kg_store* store = NULL;
        kg_error error = {0};
        const kg_status status =
            kg_store_open(place("left/store.db"), KG_STORE_READ, 0, &store, &error);
        _exit(status == KG_ERR_IO && strstr(error.text, "interrupted") ? 0 : 3);
    }
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_int_equal(chmod(place("left"), 0755), 0);
    assert_int_equal(outcome, 0);
    kg_store* const store = open_store("left/store.db", KG_STORE_READ); // where it can be written
    assert_documents(store, 1);
    kg_store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_documents_give_the_same_graph),
        cmocka_unit_test(retracting_is_as_if_never_read),
        cmocka_unit_test(only_what_was_committed_stays),
        cmocka_unit_test(a_graph_that_is_behind_shows_nothing_false),
        cmocka_unit_test(an_id_that_the_lexicon_takes_away_stays_alive),
        cmocka_unit_test(evidence_is_joined_by_the_rules),
        cmocka_unit_test(documents_that_are_gone_are_pruned),
        cmocka_unit_test(what_is_asked_for_is_found),
        cmocka_unit_test(measures_runs_and_base_are_kept),
        cmocka_unit_test(questions_cannot_write_or_reach_out),
        cmocka_unit_test(a_second_writer_waits_or_says_so),
        cmocka_unit_test(other_files_and_versions_are_told_apart),
        cmocka_unit_test(migrations_go_step_by_step_and_whole),
        cmocka_unit_test(damage_is_reported),
        cmocka_unit_test(a_full_disk_loses_nothing),
        cmocka_unit_test(a_file_size_limit_loses_nothing),
        cmocka_unit_test(killed_at_any_moment_the_next_run_completes),
        cmocka_unit_test(a_store_is_read_where_nothing_can_be_written),
        cmocka_unit_test(a_log_that_was_left_is_not_passed_over),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
