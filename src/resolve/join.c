// SPDX-License-Identifier: GPL-3.0-or-later
/// Which nodes are one thing. Every step looks at sets alone and decides from what the step before
/// left, so that the order in which entities were added cannot show. Union–find by Tarjan (1975)
/// with path halving; sorting the pairs dominates: n log n.
#include "base/message.h"
#include "base/try.h"
#include "resolve/fold.h"
#include "resolve/resolver.h"

#include <stdlib.h>
#include <string.h>

uint32_t kg_i_root(kg_resolver* resolver, uint32_t node) {
    kg_i_node* const nodes = resolver->nodes.items;
    while (nodes[node].parent != node) {
        nodes[node].parent = nodes[nodes[node].parent].parent;
        node = nodes[node].parent;
    }
    return node;
}

/// Unite two sets; a node of the lexicon stays the root of its set.
static void unite(kg_resolver* resolver, uint32_t a, uint32_t b) {
    kg_i_node* const nodes = resolver->nodes.items;
    a = kg_i_root(resolver, a);
    b = kg_i_root(resolver, b);
    if (nodes[b].kind == KG_I_BY_ENTRY) {
        nodes[a].parent = b;
    } else {
        nodes[b].parent = a;
    }
}

static int compare_pairs(const void* a, const void* b) {
    const uint64_t x = *(const uint64_t*)a;
    const uint64_t y = *(const uint64_t*)b;
    return (x > y) - (x < y);
}

void kg_i_pairs_settle(kg_i_pairs* pairs) {
    if (!pairs->count) {
        return;
    }
    qsort(pairs->items, pairs->count, sizeof *pairs->items, compare_pairs);
    size_t kept = 1;
    for (size_t i = 1; i < pairs->count; ++i) {
        if (pairs->items[i] != pairs->items[kept - 1]) {
            pairs->items[kept++] = pairs->items[i];
        }
    }
    pairs->count = kept;
}

/// One past the pairs that share the first half with the one at `begin`.
static size_t run_end(const kg_i_pairs* pairs, size_t begin) {
    size_t end = begin + 1;
    while (end < pairs->count && kg_i_first(pairs->items[end]) == kg_i_first(pairs->items[begin])) {
        ++end;
    }
    return end;
}

static size_t lower_bound(const kg_i_pairs* pairs, uint64_t wanted) {
    size_t low = 0;
    size_t high = pairs->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (pairs->items[middle] < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/// A name that one thing of the lexicon alone has been called by is that thing's name.
static void join_by_name(kg_resolver* resolver) {
    for (size_t begin = 0; begin < resolver->names.count;) {
        const size_t end = run_end(&resolver->names, begin);
        const uint32_t plain = resolver->folds.items[kg_i_first(resolver->names.items[begin])].node;
        if (plain != KG_I_NO_NODE && end == begin + 1) {
            unite(resolver, plain, kg_i_second(resolver->names.items[begin]));
            resolver->nodes.items[plain].reason = KG_I_NAME;
        }
        begin = end;
    }
}

static bool lies_in(const kg_lexicon* lexicon, const kg_lexicon_entry* inner, kg_slice outer) {
    for (unsigned depth = 0; inner && depth < 8; ++depth) {
        if (kg_slice_equal(inner->id, outer)) {
            return true;
        }
        inner = inner->parent_id.len ? kg_lexicon_by_id(lexicon, inner->parent_id) : NULL;
    }
    return false;
}

/// Whether one name begins with a place and the other with a place elsewhere.
static bool places_differ(kg_resolver* resolver, uint32_t fold, uint32_t other) {
    const kg_lexicon_entry* a = NULL;
    const kg_lexicon_entry* b = NULL;
    kg_i_leading_place(resolver, resolver->folds.items[fold].text, &a);
    kg_i_leading_place(resolver, resolver->folds.items[other].text, &b);
    return a && b && !lies_in(resolver->lexicon, a, b->id) && !lies_in(resolver->lexicon, b, a->id);
}

/// Whether some document has both sets as things of their own: it then tells them apart.
static bool told_apart(const kg_i_pairs* in_docs, uint32_t root, uint32_t other) {
    for (size_t i = lower_bound(in_docs, kg_i_pair(root, 0));
         i < in_docs->count && kg_i_first(in_docs->items[i]) == root; ++i) {
        const uint64_t wanted = kg_i_pair(other, kg_i_second(in_docs->items[i]));
        const size_t at = lower_bound(in_docs, wanted);
        if (at < in_docs->count && in_docs->items[at] == wanted) {
            return true;
        }
    }
    return false;
}

/// The one set other than `own` that claims the name; KG_I_NO_NODE if there is none or several.
static uint32_t only_claimant(kg_resolver* resolver, size_t begin, size_t end, uint32_t own) {
    uint32_t found = KG_I_NO_NODE;
    for (size_t i = begin; i < end; ++i) {
        const uint32_t node = kg_i_second(resolver->claims.items[i]);
        if (resolver->nodes.items[node].kind == KG_I_BY_DOC) {
            continue; // a thing without a name of its own lends none
        }
        const uint32_t root = kg_i_root(resolver, node);
        if (root != own && found != KG_I_NO_NODE && root != found) {
            return KG_I_NO_NODE;
        }
        found = root == own ? found : root;
    }
    return found;
}

/// Whether `full` is a group's name with more behind it than a legal form: 甲集团 and
/// 甲集团置业公司 are two, whatever a text calls the second for short.
static bool is_members_name(kg_slice group, kg_slice full) {
    static const char* const forms[] = {"股份", "有限", "责任", "公司", "总公司", "控股"};
    static const char head[] = "集团";
    const size_t head_size = sizeof head - 1;
    if (full.len <= group.len || group.len <= head_size ||
        memcmp(group.ptr, full.ptr, group.len) != 0 ||
        memcmp(group.ptr + group.len - head_size, head, head_size) != 0) {
        return false;
    }
    kg_slice rest = {full.ptr + group.len, full.len - group.len};
    for (size_t i = 0; i < sizeof forms / sizeof *forms;) {
        const kg_slice form = kg_slice_of(forms[i++]);
        if (rest.len >= form.len && memcmp(rest.ptr, form.ptr, form.len) == 0) {
            rest = (kg_slice){rest.ptr + form.len, rest.len - form.len};
            i = 0;
        }
    }
    return rest.len > 0;
}

/// Whether the set named by `fold` alone may join the claimant of that name.
static bool alias_holds(kg_resolver* resolver, const kg_i_pairs* in_docs, uint32_t fold,
                        uint32_t own, uint32_t claimant) {
    for (uint32_t v = resolver->nodes.items[claimant].first_variant; v != KG_I_NO_NODE;
         v = resolver->variants.items[v].next) {
        const uint32_t full = resolver->variants.items[v].fold;
        if (places_differ(resolver, fold, full) ||
            is_members_name(resolver->folds.items[fold].text, resolver->folds.items[full].text)) {
            return false;
        }
    }
    return !told_apart(in_docs, own, claimant);
}

/// An edge (named set, claimant) for each name that is an alias of one other thing alone.
static bool find_alias_edges(kg_resolver* resolver, const kg_i_pairs* in_docs, kg_i_pairs* edges) {
    enum { SHORTEST = 4 }; // bytes: two Chinese characters take six, one takes three
    const kg_i_pairs* const claims = &resolver->claims;
    for (size_t begin = 0; begin < claims->count;) {
        const size_t end = run_end(claims, begin);
        const uint32_t fold = kg_i_first(claims->items[begin]);
        const kg_i_fold name = resolver->folds.items[fold];
        const uint32_t own = name.node == KG_I_NO_NODE ? name.node : kg_i_root(resolver, name.node);
        // What the lexicon calls by this name it has already been given.
        if (own != KG_I_NO_NODE && resolver->nodes.items[own].kind == KG_I_BY_NAME &&
            name.type != KG_PLACE && name.text.len >= SHORTEST) {
            const uint32_t claimant = only_claimant(resolver, begin, end, own);
            if (claimant != KG_I_NO_NODE && alias_holds(resolver, in_docs, fold, own, claimant) &&
                !kg_i_vec_push(edges, kg_i_pair(own, claimant))) {
                return false;
            }
        }
        begin = end;
    }
    return true;
}

static kg_status join_by_alias(kg_resolver* resolver, kg_error* error) {
    kg_i_pairs in_docs = {0}; ///< (set, document)
    kg_i_pairs edges = {0};
    bool right = true;
    for (size_t i = 0; right && i < resolver->members.count; ++i) {
        const kg_i_member member = resolver->members.items[i];
        right = kg_i_vec_push(&in_docs, kg_i_pair(kg_i_root(resolver, member.node), member.doc));
    }
    kg_i_pairs_settle(&in_docs);
    right = right && find_alias_edges(resolver, &in_docs, &edges);
    // A set has one name to be claimed by, and what is registered is never claimed: chains of
    // aliases end at one registered thing at most.
    for (size_t i = 0; right && i < edges.count; ++i) {
        unite(resolver, kg_i_first(edges.items[i]), kg_i_second(edges.items[i]));
        resolver->nodes.items[kg_i_first(edges.items[i])].reason = KG_I_ALIAS;
    }
    kg_i_vec_dispose(&in_docs);
    kg_i_vec_dispose(&edges);
    return right ? KG_OK : KG_OUT_OF_MEMORY(error);
}

typedef struct {
    uint32_t fold;
    uint32_t body;
    uint32_t person;
} post;

static int compare_posts(const void* a, const void* b) {
    const post* const x = a;
    const post* const y = b;
    if (x->fold != y->fold) {
        return x->fold < y->fold ? -1 : 1;
    }
    if (x->body != y->body) {
        return x->body < y->body ? -1 : 1;
    }
    return (x->person > y->person) - (x->person < y->person);
}

/// People of one name with a post at one body are one.
static kg_status join_people(kg_resolver* resolver, kg_error* error) {
    const size_t count = resolver->links.count;
    post* const posts = malloc((count + 1) * sizeof *posts);
    if (!posts) {
        return KG_OUT_OF_MEMORY(error);
    }
    for (size_t i = 0; i < count; ++i) {
        const uint32_t person = kg_i_first(resolver->links.items[i]);
        posts[i] = (post){.fold = resolver->nodes.items[person].fold,
                          .body = kg_i_root(resolver, kg_i_second(resolver->links.items[i])),
                          .person = person};
    }
    qsort(posts, count, sizeof *posts, compare_posts);
    for (size_t i = 1; i < count; ++i) {
        const post a = posts[i - 1];
        const post b = posts[i];
        const bool registered = resolver->nodes.items[a.person].kind == KG_I_BY_ENTRY ||
                                resolver->nodes.items[b.person].kind == KG_I_BY_ENTRY;
        if (a.fold == b.fold && a.body == b.body && a.person != b.person && !registered) {
            unite(resolver, a.person, b.person);
            resolver->nodes.items[a.person].reason = KG_I_POSITION;
            resolver->nodes.items[b.person].reason = KG_I_POSITION;
        }
    }
    free(posts);
    return KG_OK;
}

kg_status kg_i_join(kg_resolver* resolver, kg_error* error) {
    kg_i_pairs_settle(&resolver->names);
    kg_i_pairs_settle(&resolver->claims);
    kg_i_pairs_settle(&resolver->links);
    join_by_name(resolver);
    KG_TRY(join_by_alias(resolver, error));
    return join_people(resolver, error);
}
