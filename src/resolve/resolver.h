// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// The resolver's inside. Names are interned, and entities of documents that cannot but be one
/// thing share a node from the start, so that memory grows with the number of different names and
/// only by some bytes with each entity.
#ifndef KG_RESOLVE_RESOLVER_H
#define KG_RESOLVE_RESOLVER_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/map.h"
#include "base/vec.h"
#include "kg/resolve.h"

#define KG_I_NO_NODE UINT32_MAX

/// What makes two entities of documents one node.
typedef enum {
    KG_I_BY_ENTRY, ///< the lexicon's id
    KG_I_BY_NAME,  ///< type and folded name
    KG_I_BY_DOC    ///< type, folded name and document: bare or ambiguous names, people
} kg_i_node_kind;

typedef enum { KG_I_ALONE, KG_I_LEXICON, KG_I_NAME, KG_I_ALIAS, KG_I_POSITION } kg_i_reason;

/// A spelling of a node's name, and how many entities have it.
typedef struct {
    kg_slice text;
    uint32_t fold; ///< number of its folded form
    uint32_t count;
    uint32_t next; ///< of the same node, or KG_I_NO_NODE
} kg_i_variant;

typedef struct {
    kg_type type;
    kg_i_node_kind kind;
    kg_slice lexicon_id;
    const kg_lexicon_entry* KG_NULLABLE entry;
    uint32_t doc; ///< of KG_I_BY_DOC
    uint32_t fold;
    uint32_t entities;
    uint32_t first_variant;
    uint32_t parent; ///< union–find
    uint32_t group;
    kg_i_reason reason; ///< how the node was joined to others
    kg_slice id;        ///< what it would be called on its own; empty: never of its own
} kg_i_node;

/// A folded name with its type.
typedef struct {
    kg_slice text;
    kg_type type;
    uint32_t node;  ///< of KG_I_BY_NAME, or KG_I_NO_NODE
    uint32_t entry; ///< in the lexicon, or KG_I_UNREGISTERED, or KG_I_MANY_ENTRIES
    bool bare;
} kg_i_fold;

#define KG_I_UNREGISTERED UINT32_MAX
#define KG_I_MANY_ENTRIES (UINT32_MAX - 1)

typedef struct {
    kg_slice id;
    kg_slice name;
    kg_slice lexicon_id;
    const kg_slice* KG_NULLABLE same_as;
    uint32_t same_as_count;
    uint32_t root;     ///< a node
    uint32_t entities; ///< of documents
} kg_i_group;

typedef struct {
    uint32_t node;
    uint32_t doc;
} kg_i_member;

/// A pair packed for sorting: the first in the upper half.
typedef KG_I_VEC(uint64_t) kg_i_pairs;

struct kg_resolver {
    const kg_lexicon* KG_NONNULL lexicon;
    kg_i_arena arena;
    kg_i_buffer scratch;

    kg_i_map fold_map; ///< type and folded text → number
    KG_I_VEC(kg_i_fold) folds;
    kg_i_map node_map; ///< kind, type and key → number
    KG_I_VEC(kg_i_node) nodes;
    kg_i_map variant_map; ///< node and text → number
    KG_I_VEC(kg_i_variant) variants;
    kg_i_map doc_map;
    KG_I_VEC(kg_slice) docs;
    KG_I_VEC(kg_i_member) members; ///< by handle

    kg_i_pairs names;  ///< (fold, node): a node of the lexicon is called so
    kg_i_pairs claims; ///< (fold, node): an entity of the node has the alias
    kg_i_pairs links;  ///< (person's node, body's node)

    KG_I_VEC(kg_i_group) groups; ///< in the order of ids
    bool ran;
};

static inline uint64_t kg_i_pair(uint32_t first, uint32_t second) {
    return (uint64_t)first << 32 | second;
}
static inline uint32_t kg_i_first(uint64_t pair) {
    return (uint32_t)(pair >> 32);
}
static inline uint32_t kg_i_second(uint64_t pair) {
    return (uint32_t)pair;
}

/// The number of a name's folded form for a type, made if it is new; KG_I_NO_NODE when out of
/// memory.
uint32_t kg_i_fold_number(kg_resolver* KG_NONNULL resolver, kg_type type, kg_slice name);

/// The lexicon's names, folded, into the resolver.
kg_status kg_i_learn_lexicon(kg_resolver* KG_NONNULL resolver, kg_error* KG_NULLABLE error);

/// The bytes of the longest place name that `folded` begins with and goes on behind; 0 if there is
/// none. `*entry` is the place, null if the name is that of several.
size_t kg_i_leading_place(kg_resolver* KG_NONNULL resolver, kg_slice folded,
                          const kg_lexicon_entry* KG_NULLABLE* KG_NONNULL entry);

/// Sort, and drop what is there twice.
void kg_i_pairs_settle(kg_i_pairs* KG_NONNULL pairs);

/// The root of a node's set.
uint32_t kg_i_root(kg_resolver* KG_NONNULL resolver, uint32_t node);

/// Join the nodes (join.c), then name the groups (name.c).
kg_status kg_i_join(kg_resolver* KG_NONNULL resolver, kg_error* KG_NULLABLE error);
/// What each node would be called on its own; before people are joined, which goes by it.
kg_status kg_i_name_nodes(kg_resolver* KG_NONNULL resolver, kg_error* KG_NULLABLE error);
kg_status kg_i_name_groups(kg_resolver* KG_NONNULL resolver, kg_error* KG_NULLABLE error);

#endif
