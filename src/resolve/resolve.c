// SPDX-License-Identifier: GPL-3.0-or-later
#include "kg/resolve.h"

#include "base/message.h"
#include "base/try.h"
#include "resolve/fold.h"
#include "resolve/resolver.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

kg_status kg_resolver_new(const kg_lexicon* lexicon, kg_resolver** out, kg_error* error) {
    *out = NULL;
    kg_resolver* const resolver = calloc(1, sizeof *resolver);
    if (!resolver) {
        return KG_OUT_OF_MEMORY(error);
    }
    resolver->lexicon = lexicon;
    const kg_status status = kg_i_learn_lexicon(resolver, error);
    if (status != KG_OK) {
        kg_resolver_free(resolver);
        return status;
    }
    *out = resolver;
    return KG_OK;
}

void kg_resolver_free(kg_resolver* resolver) {
    if (!resolver) {
        return;
    }
    kg_i_map_dispose(&resolver->fold_map);
    kg_i_map_dispose(&resolver->node_map);
    kg_i_map_dispose(&resolver->variant_map);
    kg_i_map_dispose(&resolver->doc_map);
    kg_i_vec_dispose(&resolver->folds);
    kg_i_vec_dispose(&resolver->nodes);
    kg_i_vec_dispose(&resolver->variants);
    kg_i_vec_dispose(&resolver->docs);
    kg_i_vec_dispose(&resolver->members);
    kg_i_vec_dispose(&resolver->names);
    kg_i_vec_dispose(&resolver->claims);
    kg_i_vec_dispose(&resolver->links);
    kg_i_vec_dispose(&resolver->groups);
    kg_i_buffer_dispose(&resolver->scratch);
    kg_i_arena_dispose(&resolver->arena);
    free(resolver);
}

/// The number under `key` (bytes that need not live on) in `map`; `fresh` and `*is_new` if it was
/// not there. KG_I_NO_NODE when out of memory.
static uint32_t intern(kg_resolver* resolver, kg_i_map* map, kg_slice key, size_t fresh,
                       bool* is_new) {
    *is_new = false;
    const uint32_t* const known = kg_i_map_get(map, key);
    if (known) {
        return *known;
    }
    const kg_slice kept = kg_i_arena_copy(&resolver->arena, key);
    if (!kept.ptr || fresh >= KG_I_NO_NODE - 1 ||
        !kg_i_map_put(map, kept, (uint32_t)fresh, is_new)) {
        return KG_I_NO_NODE;
    }
    return (uint32_t)fresh;
}

uint32_t kg_i_fold_number(kg_resolver* resolver, kg_type type, kg_slice name) {
    kg_i_buffer* const key = &resolver->scratch;
    kg_i_buffer_clear(key);
    kg_i_buffer_add_char(key, (char)type);
    if (!kg_i_fold_name(name, key) || !kg_i_vec_room(&resolver->folds)) {
        return KG_I_NO_NODE;
    }
    bool is_new = false;
    const uint32_t number = intern(resolver, &resolver->fold_map, kg_i_buffer_slice(key),
                                   resolver->folds.count, &is_new);
    if (is_new) {
        const kg_slice text =
            kg_i_arena_copy(&resolver->arena, (kg_slice){key->ptr + 1, key->len - 1});
        if (!text.ptr) {
            return KG_I_NO_NODE;
        }
        resolver->folds.items[resolver->folds.count++] = (kg_i_fold){
            .text = text,
            .type = type,
            .node = KG_I_NO_NODE,
            .entry = KG_I_UNREGISTERED,
            .bare = kg_i_is_bare(type, text),
        };
    }
    return number;
}

/// Countries and provinces: a name that they share with a district (河北) is theirs.
static bool is_large(const kg_lexicon* lexicon, const kg_lexicon_entry* entry) {
    const kg_lexicon_entry* const upper =
        entry->parent_id.len ? kg_lexicon_by_id(lexicon, entry->parent_id) : NULL;
    return entry->type == KG_PLACE && (!upper || !upper->parent_id.len);
}

/// Which entry a name means that has meant `known` so far.
static uint32_t choose_entry(const kg_lexicon* lexicon, uint32_t known, uint32_t entry) {
    if (known == KG_I_UNREGISTERED || known == entry) {
        return entry;
    }
    const bool large = is_large(lexicon, kg_lexicon_at(lexicon, entry));
    const bool known_large =
        known != KG_I_MANY_ENTRIES && is_large(lexicon, kg_lexicon_at(lexicon, known));
    if (large == known_large) {
        return KG_I_MANY_ENTRIES;
    }
    return large ? entry : known;
}

static bool learn_name(kg_resolver* resolver, uint32_t entry, kg_type type, kg_slice name) {
    if (!name.len) {
        return true;
    }
    const uint32_t fold = kg_i_fold_number(resolver, type, name);
    if (fold == KG_I_NO_NODE) {
        return false;
    }
    uint32_t* const known = &resolver->folds.items[fold].entry;
    *known = choose_entry(resolver->lexicon, *known, entry);
    return true;
}

kg_status kg_i_learn_lexicon(kg_resolver* resolver, kg_error* error) {
    const kg_lexicon_entry* entry = NULL;
    for (uint32_t i = 0; (entry = kg_lexicon_at(resolver->lexicon, i)); ++i) {
        bool right = learn_name(resolver, i, entry->type, entry->name);
        for (uint32_t k = 0; right && k < entry->alias_count; ++k) {
            right = learn_name(resolver, i, entry->type, entry->aliases[k]);
        }
        if (!right) {
            return KG_OUT_OF_MEMORY(error);
        }
    }
    return KG_OK;
}

size_t kg_i_leading_place(kg_resolver* resolver, kg_slice folded, const kg_lexicon_entry** entry) {
    enum { LONGEST = 36 }; // bytes
    kg_i_buffer* const key = &resolver->scratch;
    *entry = NULL;
    for (size_t size = folded.len < LONGEST ? folded.len : LONGEST; size-- > 1;) {
        if (((unsigned char)folded.ptr[size] & 0xC0) == 0x80) {
            continue; // within a character
        }
        kg_i_buffer_clear(key);
        kg_i_buffer_add_char(key, (char)KG_PLACE);
        kg_i_buffer_add(key, folded.ptr, size);
        const uint32_t* const fold =
            key->failed ? NULL : kg_i_map_get(&resolver->fold_map, kg_i_buffer_slice(key));
        const uint32_t found = fold ? resolver->folds.items[*fold].entry : KG_I_UNREGISTERED;
        if (found != KG_I_UNREGISTERED) {
            *entry = found == KG_I_MANY_ENTRIES ? NULL : kg_lexicon_at(resolver->lexicon, found);
            return size;
        }
    }
    return 0;
}

/// Whether a name tells its document alone what is meant. A site called by its place and kind
/// (韩国工厂) may be anybody's.
static bool is_local(kg_resolver* resolver, const kg_i_fold* name) {
    if (name->bare || name->entry == KG_I_MANY_ENTRIES || name->type == KG_PERSON) {
        return true;
    }
    if (name->type != KG_FACILITY) {
        return false;
    }
    kg_slice rest = name->text;
    const kg_lexicon_entry* place = NULL;
    for (size_t size = 0; (size = kg_i_leading_place(resolver, rest, &place)) > 0;) {
        rest = (kg_slice){rest.ptr + size, rest.len - size};
    }
    return rest.len < name->text.len && kg_i_is_bare(KG_FACILITY, rest);
}

static size_t character_count(kg_slice text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; ++i) {
        count += (text.ptr[i] & 0xC0) != 0x80;
    }
    return count;
}

/// The entry of which an alias of the entity is the registered name, if there is one alone. Short
/// aliases prove nothing: members of a group are all called by the group's short name.
static const kg_lexicon_entry* entry_by_alias(kg_resolver* resolver, const kg_record_entity* entity,
                                              bool* failed) {
    enum { LEAST_CHARACTERS = 4 };
    uint32_t found = KG_I_UNREGISTERED;
    for (uint32_t i = 0; i < entity->alias_count; ++i) {
        const uint32_t fold = kg_i_fold_number(resolver, entity->type, entity->aliases[i]);
        *failed = *failed || fold == KG_I_NO_NODE;
        if (*failed) {
            return NULL;
        }
        const kg_i_fold known = resolver->folds.items[fold];
        if (known.entry >= KG_I_MANY_ENTRIES || character_count(known.text) < LEAST_CHARACTERS) {
            continue;
        }
        const kg_lexicon_entry* const entry = kg_lexicon_at(resolver->lexicon, known.entry);
        if (kg_i_fold_number(resolver, entry->type, entry->name) != fold) {
            continue;
        }
        if (found != KG_I_UNREGISTERED && found != known.entry) {
            return NULL;
        }
        found = known.entry;
    }
    return found == KG_I_UNREGISTERED ? NULL : kg_lexicon_at(resolver->lexicon, found);
}

/// The lexicon's entry for an entity whose folded name is `fold`: by the id that extraction gave
/// it, by its name, by an alias.
static const kg_lexicon_entry* entry_of(kg_resolver* resolver, const kg_record_entity* entity,
                                        uint32_t fold, bool* failed) {
    if (entity->lexicon_id.len) {
        const kg_lexicon_entry* const entry =
            kg_lexicon_by_id(resolver->lexicon, entity->lexicon_id);
        if (entry && entry->type == entity->type) {
            return entry;
        }
    }
    const uint32_t by_name = resolver->folds.items[fold].entry;
    if (by_name < KG_I_MANY_ENTRIES) {
        return kg_lexicon_at(resolver->lexicon, by_name);
    }
    return by_name == KG_I_MANY_ENTRIES ? NULL : entry_by_alias(resolver, entity, failed);
}

static uint32_t intern_doc(kg_resolver* resolver, kg_slice doc) {
    const size_t last = resolver->docs.count;
    if (last && kg_slice_equal(resolver->docs.items[last - 1], doc)) {
        return (uint32_t)last - 1; // documents come one after the other
    }
    if (!kg_i_vec_room(&resolver->docs)) {
        return KG_I_NO_NODE;
    }
    bool is_new = false;
    const uint32_t number = intern(resolver, &resolver->doc_map, doc, last, &is_new);
    if (is_new) {
        const kg_slice kept = kg_i_arena_copy(&resolver->arena, doc);
        if (!kept.ptr) {
            return KG_I_NO_NODE;
        }
        resolver->docs.items[resolver->docs.count++] = kept;
    }
    return number;
}

/// The node that an entity belongs to, by what is known from the start.
static uint32_t intern_node(kg_resolver* resolver, kg_i_node node) {
    kg_i_buffer* const key = &resolver->scratch;
    kg_i_buffer_clear(key);
    kg_i_buffer_add_char(key, (char)node.kind);
    kg_i_buffer_add_char(key, (char)node.type);
    if (node.kind == KG_I_BY_ENTRY) {
        kg_i_buffer_add_slice(key, node.lexicon_id);
    } else {
        kg_i_buffer_add(key, &node.fold, sizeof node.fold);
        if (node.kind == KG_I_BY_DOC) {
            kg_i_buffer_add(key, &node.doc, sizeof node.doc);
        }
    }
    if (key->failed || !kg_i_vec_room(&resolver->nodes)) {
        return KG_I_NO_NODE;
    }
    bool is_new = false;
    const uint32_t number = intern(resolver, &resolver->node_map, kg_i_buffer_slice(key),
                                   resolver->nodes.count, &is_new);
    if (is_new) {
        node.lexicon_id = kg_i_arena_copy(&resolver->arena, node.lexicon_id);
        node.parent = number;
        node.first_variant = KG_I_NO_NODE;
        if (!node.lexicon_id.ptr) {
            return KG_I_NO_NODE;
        }
        resolver->nodes.items[resolver->nodes.count++] = node;
        if (node.kind == KG_I_BY_NAME) {
            resolver->folds.items[node.fold].node = number;
        }
    }
    return number;
}

static bool count_variant(kg_resolver* resolver, uint32_t node, uint32_t fold, kg_slice name) {
    kg_i_buffer* const key = &resolver->scratch;
    kg_i_buffer_clear(key);
    kg_i_buffer_add(key, &node, sizeof node);
    kg_i_buffer_add_slice(key, name);
    if (key->failed || !kg_i_vec_room(&resolver->variants)) {
        return false;
    }
    bool is_new = false;
    const uint32_t number = intern(resolver, &resolver->variant_map, kg_i_buffer_slice(key),
                                   resolver->variants.count, &is_new);
    if (number == KG_I_NO_NODE) {
        return false;
    }
    kg_i_node* const owner = &resolver->nodes.items[node];
    if (is_new) {
        const kg_slice text = kg_i_arena_copy(&resolver->arena, name);
        if (!text.ptr) {
            return false;
        }
        resolver->variants.items[resolver->variants.count++] =
            (kg_i_variant){.text = text, .fold = fold, .next = owner->first_variant};
        owner->first_variant = number;
        if (owner->kind == KG_I_BY_ENTRY &&
            !kg_i_vec_push(&resolver->names, kg_i_pair(fold, node))) {
            return false;
        }
    }
    ++resolver->variants.items[number].count;
    ++owner->entities;
    return true;
}

static bool claim_aliases(kg_resolver* resolver, uint32_t node, const kg_record_entity* entity) {
    for (uint32_t i = 0; i < entity->alias_count; ++i) {
        const uint32_t fold = kg_i_fold_number(resolver, entity->type, entity->aliases[i]);
        if (fold == KG_I_NO_NODE || !kg_i_vec_push(&resolver->claims, kg_i_pair(fold, node))) {
            return false;
        }
    }
    return true;
}

kg_status kg_resolver_add(kg_resolver* resolver, kg_slice doc, const kg_record_entity* entity,
                          uint32_t* handle, kg_error* error) {
    assert(!resolver->ran && (unsigned)entity->type < KG_TYPE_COUNT);
    if (resolver->members.count >= KG_I_NO_NODE - 1) {
        return kg_fail(error, KG_ERR_LIMIT, NULL, "%s", KG_("too many entities to resolve"));
    }
    const uint32_t fold = kg_i_fold_number(resolver, entity->type, entity->name);
    const uint32_t doc_number = intern_doc(resolver, doc);
    bool failed = fold == KG_I_NO_NODE || doc_number == KG_I_NO_NODE;
    if (failed) {
        return KG_OUT_OF_MEMORY(error);
    }
    const kg_lexicon_entry* const entry = entry_of(resolver, entity, fold, &failed);
    const kg_i_fold name = resolver->folds.items[fold];
    kg_i_node node = {.type = entity->type, .fold = fold, .doc = doc_number, .entry = entry};
    if (entry || entity->lexicon_id.len) {
        node.kind = KG_I_BY_ENTRY;
        node.lexicon_id = entry ? entry->id : entity->lexicon_id;
    } else if (is_local(resolver, &name)) {
        node.kind = KG_I_BY_DOC;
    } else {
        node.kind = KG_I_BY_NAME;
    }
    const uint32_t number = failed ? KG_I_NO_NODE : intern_node(resolver, node);
    if (number == KG_I_NO_NODE || !count_variant(resolver, number, fold, entity->name) ||
        !claim_aliases(resolver, number, entity) ||
        !kg_i_vec_push(&resolver->members, (kg_i_member){number, doc_number})) {
        return KG_OUT_OF_MEMORY(error);
    }
    *handle = (uint32_t)resolver->members.count - 1;
    return KG_OK;
}

kg_status kg_resolver_link(kg_resolver* resolver, uint32_t person, uint32_t body, kg_error* error) {
    assert(!resolver->ran && person < resolver->members.count && body < resolver->members.count);
    const uint64_t pair =
        kg_i_pair(resolver->members.items[person].node, resolver->members.items[body].node);
    return kg_i_vec_push(&resolver->links, pair) ? KG_OK : KG_OUT_OF_MEMORY(error);
}

kg_status kg_resolver_run(kg_resolver* resolver, kg_error* error) {
    assert(!resolver->ran);
    resolver->ran = true;
    KG_TRY(kg_i_name_nodes(resolver, error));
    KG_TRY(kg_i_join(resolver, error));
    return kg_i_name_groups(resolver, error);
}

kg_identity kg_resolver_identity(const kg_resolver* resolver, uint32_t handle) {
    static const char* const reasons[] = {"", "lexicon", "name", "alias", "position"};
    assert(resolver->ran && handle < resolver->members.count);
    const kg_i_node* const node = &resolver->nodes.items[resolver->members.items[handle].node];
    const kg_i_group* const group = &resolver->groups.items[node->group];
    kg_i_reason reason = node->reason;
    if (group->entities == 1) {
        reason = KG_I_ALONE;
    } else if (node->kind == KG_I_BY_ENTRY) {
        reason = KG_I_LEXICON;
    } else if (reason == KG_I_ALONE && node->entities > 1) {
        reason = KG_I_NAME;
    }
    return (kg_identity){.group = node->group,
                         .type = node->type,
                         .id = group->id,
                         .name = group->name,
                         .lexicon_id = group->lexicon_id,
                         .reason = kg_slice_of(reasons[reason])};
}

uint32_t kg_resolver_group_count(const kg_resolver* resolver) {
    return (uint32_t)resolver->groups.count;
}

const kg_slice* kg_resolver_same_as(const kg_resolver* resolver, uint32_t group, uint32_t* count) {
    assert(group < resolver->groups.count);
    *count = resolver->groups.items[group].same_as_count;
    return resolver->groups.items[group].same_as;
}
