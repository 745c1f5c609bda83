// SPDX-License-Identifier: GPL-3.0-or-later
/// Ids and names of groups. An id comes from the lexicon, or is a hash of what the thing is called:
/// neither the order of the documents nor their number shows in it.
#include "base/message.h"
#include "base/try.h"
#include "resolve/resolver.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/// What a hashed id rests on, so that equal bytes of different meaning do not meet.
typedef enum { FROM_NAME, FROM_DOC, FROM_BODY, FROM_ENTRY } id_base;

static void add_type(kg_i_buffer* out, kg_type type) {
    for (const char* c = kg_type_name(type); *c; ++c) {
        kg_i_buffer_add_char(out, (char)tolower((unsigned char)*c));
    }
}

/// "company_" and 96 bits in hexadecimal. With a million things the chance of a clash is 1e-17.
static kg_slice hashed_id(kg_resolver* resolver, kg_type type, id_base base, kg_slice first,
                          kg_slice second) {
    static const char hex[] = "0123456789abcdef";
    kg_i_buffer* const text = &resolver->scratch;
    kg_i_buffer_clear(text);
    kg_i_buffer_add_char(text, (char)('0' + base));
    kg_i_buffer_add_text(text, kg_type_name(type));
    kg_i_buffer_add_char(text, '\0');
    kg_i_buffer_add_slice(text, first);
    kg_i_buffer_add_char(text, '\0');
    kg_i_buffer_add_slice(text, second);
    if (text->failed) {
        return (kg_slice){0};
    }
    uint64_t hash[2];
    kg_i_hash128(kg_i_buffer_slice(text), hash);
    kg_i_buffer_clear(text);
    add_type(text, type);
    kg_i_buffer_add_char(text, '_');
    for (unsigned i = 0; i < 24; ++i) {
        kg_i_buffer_add_char(text, hex[hash[i / 16] >> (60 - i % 16 * 4) & 15]);
    }
    return kg_i_arena_copy(&resolver->arena, kg_i_buffer_slice(text));
}

/// "company-600000": letters, digits and hyphens stand, other bytes become _ and two digits, so
/// that no two ids of the lexicon meet and none needs escaping in an IRI or a Turtle name.
static kg_slice entry_id(kg_resolver* resolver, const kg_i_node* node) {
    static const char hex[] = "0123456789ABCDEF";
    enum { LONGEST = 128 };
    if (node->lexicon_id.len > LONGEST) {
        return hashed_id(resolver, node->type, FROM_ENTRY, node->lexicon_id, (kg_slice){0});
    }
    kg_i_buffer* const text = &resolver->scratch;
    kg_i_buffer_clear(text);
    add_type(text, node->type);
    kg_i_buffer_add_char(text, '-');
    for (size_t i = 0; i < node->lexicon_id.len; ++i) {
        const unsigned char c = (unsigned char)node->lexicon_id.ptr[i];
        if (c < 0x80 && (isalnum(c) || c == '-')) {
            kg_i_buffer_add_char(text, (char)c);
        } else {
            const char escape[] = {'_', hex[c >> 4], hex[c & 15]};
            kg_i_buffer_add(text, escape, sizeof escape);
        }
    }
    return text->failed ? (kg_slice){0}
                        : kg_i_arena_copy(&resolver->arena, kg_i_buffer_slice(text));
}

kg_status kg_i_name_nodes(kg_resolver* resolver, kg_error* error) {
    for (size_t i = 0; i < resolver->nodes.count; ++i) {
        kg_i_node* const node = &resolver->nodes.items[i];
        const kg_slice fold = resolver->folds.items[node->fold].text;
        if (node->kind == KG_I_BY_ENTRY) {
            node->id = entry_id(resolver, node);
        } else if (node->kind == KG_I_BY_NAME) {
            node->id = hashed_id(resolver, node->type, FROM_NAME, fold, (kg_slice){0});
        } else {
            node->id =
                hashed_id(resolver, node->type, FROM_DOC, fold, resolver->docs.items[node->doc]);
        }
        if (!node->id.ptr) {
            return KG_OUT_OF_MEMORY(error);
        }
    }
    return KG_OK;
}

/// The nodes of one group, and what is looked up while it is named.
typedef struct {
    kg_resolver* resolver;
    const kg_i_pairs* by_root; ///< (root, node)
    const kg_i_pairs* claimed; ///< (root, fold)
    size_t begin, end;         ///< in by_root
    KG_I_VEC(kg_slice) ids;    ///< all that the group has had
} naming;

static int compare_pair(const void* a, const void* b) {
    const uint64_t x = *(const uint64_t*)a;
    const uint64_t y = *(const uint64_t*)b;
    return (x > y) - (x < y);
}

static bool holds(const kg_i_pairs* pairs, uint64_t pair) {
    return pairs->count && bsearch(&pair, pairs->items, pairs->count, sizeof pair, compare_pair);
}

/// A full name before one that is an alias in the same group; then the more frequent, the longer,
/// the first by bytes.
static bool is_better(const naming* n, uint32_t root, const kg_i_variant* a,
                      const kg_i_variant* b) {
    const bool a_claimed = holds(n->claimed, kg_i_pair(root, a->fold));
    const bool b_claimed = holds(n->claimed, kg_i_pair(root, b->fold));
    if (a_claimed != b_claimed) {
        return b_claimed;
    }
    if (a->count != b->count) {
        return a->count > b->count;
    }
    if (a->text.len != b->text.len) {
        return a->text.len > b->text.len;
    }
    return kg_slice_compare(a->text, b->text) < 0;
}

/// The variant that names the group, and its node.
static const kg_i_variant* best_variant(const naming* n, uint32_t root, uint32_t* node) {
    const kg_i_variant* best = NULL;
    for (size_t i = n->begin; i < n->end; ++i) {
        const uint32_t at = kg_i_second(n->by_root->items[i]);
        for (uint32_t v = n->resolver->nodes.items[at].first_variant; v != KG_I_NO_NODE;) {
            const kg_i_variant* const variant = &n->resolver->variants.items[v];
            if (!best || is_better(n, root, variant, best)) {
                best = variant;
                *node = at;
            }
            v = variant->next;
        }
    }
    return best;
}

static int compare_slices(const void* a, const void* b) {
    return kg_slice_compare(*(const kg_slice*)a, *(const kg_slice*)b);
}

/// A person's ids go by the bodies at which there are posts.
static bool add_person_ids(naming* n, uint32_t person, bool* linked) {
    kg_resolver* const resolver = n->resolver;
    const kg_slice fold = resolver->folds.items[resolver->nodes.items[person].fold].text;
    size_t low = 0;
    size_t high = resolver->links.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (kg_i_first(resolver->links.items[middle]) < person) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < resolver->links.count && kg_i_first(resolver->links.items[low]) == person; ++low) {
        const uint32_t body = kg_i_second(resolver->links.items[low]);
        const kg_slice id =
            hashed_id(resolver, KG_PERSON, FROM_BODY, fold, resolver->nodes.items[body].id);
        if (!id.ptr || !kg_i_vec_push(&n->ids, id)) {
            return false;
        }
        *linked = true;
    }
    return true;
}

static bool gather_ids(naming* n) {
    n->ids.count = 0;
    for (size_t i = n->begin; i < n->end; ++i) {
        const uint32_t at = kg_i_second(n->by_root->items[i]);
        const kg_i_node* const node = &n->resolver->nodes.items[at];
        bool linked = false;
        if (node->type == KG_PERSON && node->kind == KG_I_BY_DOC &&
            !add_person_ids(n, at, &linked)) {
            return false;
        }
        if (!linked && !kg_i_vec_push(&n->ids, node->id)) {
            return false;
        }
    }
    qsort(n->ids.items, n->ids.count, sizeof *n->ids.items, compare_slices);
    return true;
}

/// All the group's ids but its own, each once.
static bool keep_same_as(naming* n, kg_i_group* group) {
    kg_slice* const kept = kg_i_arena_array(&n->resolver->arena, n->ids.count, sizeof *kept);
    if (!kept) {
        return false;
    }
    for (size_t i = 0; i < n->ids.count; ++i) {
        const bool again = i && kg_slice_equal(n->ids.items[i], n->ids.items[i - 1]);
        if (!again && !kg_slice_equal(n->ids.items[i], group->id)) {
            kept[group->same_as_count++] = n->ids.items[i];
        }
    }
    group->same_as = kept;
    return true;
}

static bool name_group(naming* n) {
    kg_resolver* const resolver = n->resolver;
    kg_i_group group = {.root = kg_i_first(n->by_root->items[n->begin])};
    const kg_i_node* const root = &resolver->nodes.items[group.root];
    uint32_t best_node = group.root;
    const kg_i_variant* const best = best_variant(n, group.root, &best_node);
    if (!gather_ids(n)) {
        return false;
    }
    for (size_t i = n->begin; i < n->end; ++i) {
        group.entities += resolver->nodes.items[kg_i_second(n->by_root->items[i])].entities;
    }
    group.name = root->entry ? root->entry->name : best->text;
    group.lexicon_id = root->lexicon_id;
    if (root->kind == KG_I_BY_ENTRY) {
        group.id = root->id;
    } else if (root->type == KG_PERSON) {
        group.id = n->ids.items[0];
    } else {
        group.id = resolver->nodes.items[best_node].id;
    }
    return (n->ids.count < 2 || keep_same_as(n, &group)) && kg_i_vec_push(&resolver->groups, group);
}

static int compare_groups(const void* a, const void* b) {
    return kg_slice_compare(((const kg_i_group*)a)->id, ((const kg_i_group*)b)->id);
}

static bool name_all(naming* n, const kg_i_pairs* by_root) {
    for (n->begin = 0; n->begin < by_root->count; n->begin = n->end) {
        n->end = n->begin + 1;
        while (n->end < by_root->count &&
               kg_i_first(by_root->items[n->end]) == kg_i_first(by_root->items[n->begin])) {
            ++n->end;
        }
        if (!name_group(n)) {
            return false;
        }
    }
    return true;
}

/// Number the groups in the order of their ids, and tell their nodes.
static void number_groups(kg_resolver* resolver) {
    kg_i_group* const groups = resolver->groups.items;
    if (resolver->groups.count) {
        qsort(groups, resolver->groups.count, sizeof *groups, compare_groups);
    }
    for (size_t i = 0; i < resolver->groups.count; ++i) {
        resolver->nodes.items[groups[i].root].group = (uint32_t)i;
    }
    for (uint32_t i = 0; i < resolver->nodes.count; ++i) {
        const uint32_t root = kg_i_root(resolver, i);
        resolver->nodes.items[i].group = resolver->nodes.items[root].group;
    }
}

kg_status kg_i_name_groups(kg_resolver* resolver, kg_error* error) {
    kg_i_pairs by_root = {0};
    kg_i_pairs claimed = {0};
    naming n = {.resolver = resolver, .by_root = &by_root, .claimed = &claimed};
    bool right = true;
    for (uint32_t i = 0; right && i < resolver->nodes.count; ++i) {
        right = kg_i_vec_push(&by_root, kg_i_pair(kg_i_root(resolver, i), i));
    }
    for (size_t i = 0; right && i < resolver->claims.count; ++i) {
        const uint64_t claim = resolver->claims.items[i];
        right = kg_i_vec_push(
            &claimed, kg_i_pair(kg_i_root(resolver, kg_i_second(claim)), kg_i_first(claim)));
    }
    kg_i_pairs_settle(&by_root);
    kg_i_pairs_settle(&claimed);
    right = right && name_all(&n, &by_root);
    kg_i_vec_dispose(&by_root);
    kg_i_vec_dispose(&claimed);
    kg_i_vec_dispose(&n.ids);
    if (!right) {
        return KG_OUT_OF_MEMORY(error);
    }
    number_groups(resolver);
    return KG_OK;
}
