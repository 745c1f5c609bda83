// SPDX-License-Identifier: GPL-3.0-or-later
/// One line of JSON as a record. The tree is cJSON's; what the guidelines ask of it is here.
#include "base/map.h"
#include "base/message.h"
#include "base/try.h"
#include "record/json_scan.h"
#include "record/record.h"

#include <cjson/cJSON.h>
#include <string.h>

/// What a value is about, for messages and to find its place again.
typedef struct {
    kg_record* record;
    kg_i_arena* arena;
    kg_i_map ids; ///< an entity's id to its index; keys are the tree's
    kg_slice section;
    uint32_t index; ///< element of the section
    kg_error* error;
} reader;

/// Report a fault of the element at hand. `what` is a member's name or a text to be quoted.
static kg_status bad(const reader* r, const char* reason, const char* what) {
    if (!r->section.len) {
        return kg_fail(r->error, KG_ERR_FORMAT, r->record->doc.ptr, "%s: %s", reason, what);
    }
    return kg_fail(r->error, KG_ERR_FORMAT, r->record->doc.ptr, "%.*s[%u]: %s: %s",
                   (int)r->section.len, r->section.ptr, (unsigned)r->index, reason, what);
}

static kg_status copy_text(const reader* r, const cJSON* item, kg_slice* out) {
    *out = kg_i_arena_copy(r->arena, kg_slice_of(item->valuestring));
    return out->ptr ? KG_OK : KG_OUT_OF_MEMORY(r->error);
}

/// A member that may be missing or null, and must be a string otherwise.
static kg_status read_text(const reader* r, const cJSON* object, const char* key, kg_slice* out) {
    const cJSON* const item = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!item || cJSON_IsNull(item)) {
        return KG_OK;
    }
    if (!cJSON_IsString(item)) {
        return bad(r, KG_("must be a string"), key);
    }
    return item->valuestring[0] ? copy_text(r, item, out) : KG_OK;
}

static kg_status need_text(const reader* r, const cJSON* object, const char* key,
                           const char** out) {
    const cJSON* const item = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!cJSON_IsString(item) || !item->valuestring[0]) {
        return bad(r, KG_("must be a string that is not empty"), key);
    }
    *out = item->valuestring;
    return KG_OK;
}

/// A byte offset; doubles hold whole numbers up to 2^53.
static bool is_offset(const cJSON* item) {
    return cJSON_IsNumber(item) && item->valuedouble >= 0 &&
           item->valuedouble <= 9007199254740992.0 &&
           (double)(uint64_t)item->valuedouble == item->valuedouble;
}

static kg_status read_span(const reader* r, const cJSON* begin, const cJSON* end, const char* key,
                           kg_span* out) {
    if (!is_offset(begin) || !is_offset(end) || begin->valuedouble > end->valuedouble) {
        return bad(r, KG_("must be two byte offsets, the smaller first"), key);
    }
    *out = (kg_span){(uint64_t)begin->valuedouble, (uint64_t)end->valuedouble};
    return KG_OK;
}

static bool hex_digit(char c, uint64_t* out) {
    if (c >= '0' && c <= '9') {
        *out = (uint64_t)(c - '0');
    } else if (c >= 'a' && c <= 'f') {
        *out = (uint64_t)(c - 'a' + 10);
    } else {
        return false;
    }
    return true;
}

static kg_status read_hash(const reader* r, const cJSON* root) {
    const cJSON* const item = cJSON_GetObjectItemCaseSensitive(root, "hash");
    if (!item || cJSON_IsNull(item)) {
        return KG_OK;
    }
    bool right = cJSON_IsString(item) && strlen(item->valuestring) == 32;
    for (unsigned i = 0; right && i < 32; ++i) {
        uint64_t digit = 0;
        right = hex_digit(item->valuestring[i], &digit);
        r->record->hash[i / 16] = r->record->hash[i / 16] << 4 | digit;
    }
    return right ? KG_OK : bad(r, KG_("must be 32 hexadecimal digits in lower case"), "hash");
}

static kg_status read_head(const reader* r, const cJSON* root) {
    kg_record* const record = r->record;
    const char* doc = NULL;
    KG_TRY(need_text(r, root, "doc", &doc));
    KG_TRY(read_text(r, root, "doc", &record->doc));
    KG_TRY(read_text(r, root, "path", &record->path));
    KG_TRY(read_text(r, root, "title", &record->title));
    KG_TRY(read_text(r, root, "date", &record->date));
    KG_TRY(read_text(r, root, "url", &record->url));
    KG_TRY(read_text(r, root, "source", &record->publisher));
    KG_TRY(read_text(r, root, "format", &record->format));
    KG_TRY(read_text(r, root, "charset", &record->charset));
    return read_hash(r, root);
}

/// The array under `key` with its length and room for as many elements of `size`; a missing one
/// is empty.
static kg_status open_array(const reader* r, const cJSON* object, const char* key, size_t size,
                            const cJSON** first, uint32_t* count, void* out) {
    const cJSON* const array = cJSON_GetObjectItemCaseSensitive(object, key);
    *first = NULL;
    *count = 0;
    if (!array || cJSON_IsNull(array)) {
        return KG_OK;
    }
    if (!cJSON_IsArray(array)) {
        return bad(r, KG_("must be an array"), key);
    }
    *count = (uint32_t)cJSON_GetArraySize(array);
    *first = array->child;
    if (!*count) {
        return KG_OK;
    }
    void* const made = kg_i_arena_array(r->arena, *count, size);
    if (!made) {
        return KG_OUT_OF_MEMORY(r->error);
    }
    memcpy(out, &made, sizeof made);
    return KG_OK;
}

/// Aliases are strings, or objects that have one under "text".
static kg_status read_aliases(const reader* r, const cJSON* object, kg_record_entity* entity) {
    const cJSON* item = NULL;
    kg_slice* aliases = NULL;
    uint32_t count = 0;
    KG_TRY(open_array(r, object, "aliases", sizeof *aliases, &item, &count, &aliases));
    for (; item; item = item->next) {
        const cJSON* const text =
            cJSON_IsObject(item) ? cJSON_GetObjectItemCaseSensitive(item, "text") : item;
        if (!cJSON_IsString(text)) {
            return bad(r, KG_("must hold strings"), "aliases");
        }
        if (text->valuestring[0]) {
            KG_TRY(copy_text(r, text, &aliases[entity->alias_count]));
            ++entity->alias_count;
        }
    }
    entity->aliases = aliases;
    return KG_OK;
}

static kg_status read_mentions(const reader* r, const cJSON* object, kg_record_entity* entity) {
    const cJSON* item = NULL;
    kg_span* mentions = NULL;
    KG_TRY(open_array(r, object, "mentions", sizeof *mentions, &item, &entity->mention_count,
                      &mentions));
    for (uint32_t i = 0; item; item = item->next, ++i) {
        const cJSON* const begin = cJSON_IsArray(item) ? item->child : NULL;
        KG_TRY(read_span(r, begin, begin ? begin->next : NULL, "mentions", &mentions[i]));
    }
    entity->mentions = mentions;
    return KG_OK;
}

static kg_status read_entity(reader* r, const cJSON* object, kg_record_entity* entity) {
    const char* id = NULL;
    const char* type = NULL;
    const char* name = NULL;
    if (!cJSON_IsObject(object)) {
        return bad(r, KG_("must hold objects"), "entities");
    }
    KG_TRY(need_text(r, object, "id", &id));
    KG_TRY(need_text(r, object, "type", &type));
    KG_TRY(need_text(r, object, "name", &name));
    if (kg_type_parse(kg_slice_of(type), &entity->type) != KG_OK) {
        return bad(r, KG_("unknown entity type"), type);
    }
    bool is_new = false;
    if (!kg_i_map_put(&r->ids, kg_slice_of(id), r->index, &is_new)) {
        return KG_OUT_OF_MEMORY(r->error);
    }
    if (!is_new) {
        return bad(r, KG_("two entities have the id"), id);
    }
    KG_TRY(read_text(r, object, "name", &entity->name));
    KG_TRY(read_text(r, object, "lexicon_id", &entity->lexicon_id));
    KG_TRY(read_aliases(r, object, entity));
    return read_mentions(r, object, entity);
}

static kg_status read_end(const reader* r, const cJSON* object, const char* key, uint32_t* out) {
    const char* id = NULL;
    KG_TRY(need_text(r, object, key, &id));
    const uint32_t* const index = kg_i_map_get(&r->ids, kg_slice_of(id));
    if (!index) {
        return bad(r, KG_("no entity has the id"), id);
    }
    *out = *index;
    return KG_OK;
}

static kg_status read_kind(const reader* r, const cJSON* object, kg_record_relation* relation) {
    const char* predicate = NULL;
    KG_TRY(need_text(r, object, "p", &predicate));
    if (kg_predicate_parse(kg_slice_of(predicate), &relation->predicate) != KG_OK) {
        return bad(r, KG_("unknown predicate"), predicate);
    }
    const kg_record_entity* const entities = r->record->entities;
    if (!kg_predicate_allows(relation->predicate, entities[relation->subject].type,
                             entities[relation->object].type)) {
        return bad(r, KG_("the predicate does not join entities of these types"), predicate);
    }
    kg_slice status = {0};
    KG_TRY(read_text(r, object, "status", &status));
    if (status.len && kg_fact_status_parse(status, &relation->status) != KG_OK) {
        return bad(r, KG_("unknown status"), status.ptr);
    }
    return KG_OK;
}

static kg_status read_weight(const reader* r, const cJSON* object, kg_record_relation* relation) {
    const cJSON* const confidence = cJSON_GetObjectItemCaseSensitive(object, "confidence");
    const cJSON* const inferred = cJSON_GetObjectItemCaseSensitive(object, "inferred");
    if (confidence && !(cJSON_IsNumber(confidence) && confidence->valuedouble >= 0 &&
                        confidence->valuedouble <= 1)) {
        return bad(r, KG_("must be a number from 0 to 1"), "confidence");
    }
    if (inferred && !cJSON_IsBool(inferred)) {
        return bad(r, KG_("must be true or false"), "inferred");
    }
    relation->confidence = confidence ? confidence->valuedouble : 1.0;
    relation->inferred = cJSON_IsTrue(inferred);
    return KG_OK;
}

static kg_status read_relation(reader* r, const cJSON* object, kg_record_relation* relation) {
    if (!cJSON_IsObject(object)) {
        return bad(r, KG_("must hold objects"), "relations");
    }
    KG_TRY(read_end(r, object, "s", &relation->subject));
    KG_TRY(read_end(r, object, "o", &relation->object));
    KG_TRY(read_kind(r, object, relation));
    KG_TRY(read_weight(r, object, relation));
    KG_TRY(read_text(r, object, "rule", &relation->rule));
    KG_TRY(read_text(r, object, "title", &relation->title));
    KG_TRY(read_text(r, object, "time", &relation->time));
    KG_TRY(read_text(r, object, "from", &relation->valid_from));
    KG_TRY(read_text(r, object, "to", &relation->valid_to));
    KG_TRY(read_text(r, object, "evidence", &relation->evidence));
    KG_TRY(read_text(r, object, "sentence", &relation->sentence));
    const cJSON* const begin = cJSON_GetObjectItemCaseSensitive(object, "begin");
    const cJSON* const end = cJSON_GetObjectItemCaseSensitive(object, "end");
    return begin || end ? read_span(r, begin, end, "begin, end", &relation->span) : KG_OK;
}

static kg_status read_body(reader* r, const cJSON* root) {
    if (!cJSON_IsObject(root)) {
        return bad(r, KG_("not a record"), KG_("a JSON object was expected"));
    }
    KG_TRY(read_head(r, root));
    const cJSON* item = NULL;
    kg_record_entity* entities = NULL;
    uint32_t count = 0;
    KG_TRY(open_array(r, root, "entities", sizeof *entities, &item, &count, &entities));
    r->section = KG_LIT("entities");
    for (r->index = 0; item; item = item->next, ++r->index) {
        KG_TRY(read_entity(r, item, &entities[r->index]));
    }
    r->record->entities = entities;
    r->record->entity_count = count;

    kg_record_relation* relations = NULL;
    r->section = (kg_slice){0};
    KG_TRY(open_array(r, root, "relations", sizeof *relations, &item, &count, &relations));
    r->section = KG_LIT("relations");
    for (r->index = 0; item; item = item->next, ++r->index) {
        KG_TRY(read_relation(r, item, &relations[r->index]));
    }
    r->record->relations = relations;
    r->record->relation_count = count;
    return KG_OK;
}

/// The tree of the whole text; null with the error filled.
static cJSON* parse(kg_slice json, kg_error* error) {
    const char* end = NULL;
    cJSON* const root = cJSON_ParseWithLengthOpts(json.ptr, json.len, &end, false);
    size_t at = end ? (size_t)(end - json.ptr) : 0;
    if (root) {
        while (at < json.len && strchr(" \t\r\n", json.ptr[at]) && json.ptr[at]) {
            ++at;
        }
        if (at == json.len) {
            return root;
        }
    }
    cJSON_Delete(root);
    const bool first = error && error->status == KG_OK;
    kg_fail(error, KG_ERR_FORMAT, NULL, "%s", KG_("not valid JSON"));
    if (first) {
        error->offset = at;
    }
    return NULL;
}

kg_status kg_record_from_json(kg_slice json, kg_record** out, kg_error* error) {
    *out = NULL;
    if (!json.len) {
        return kg_fail(error, KG_ERR_FORMAT, NULL, "%s", KG_("not valid JSON"));
    }
    KG_TRY(kg_i_json_check(json, error));
    cJSON* const root = parse(json, error);
    if (!root) {
        return KG_ERR_FORMAT;
    }
    kg_record* const record = kg_i_record_new();
    if (!record) {
        cJSON_Delete(root);
        return KG_OUT_OF_MEMORY(error);
    }
    reader r = {.record = record, .arena = kg_i_record_arena(record), .error = error};
    const bool first = error && error->status == KG_OK;
    const kg_status status = read_body(&r, root);
    if (status != KG_OK && first && r.section.len) {
        error->offset = kg_i_json_element(json, r.section, r.index);
    }
    kg_i_map_dispose(&r.ids);
    cJSON_Delete(root);
    if (status != KG_OK) {
        kg_record_free(record);
        return status;
    }
    *out = record;
    return KG_OK;
}
