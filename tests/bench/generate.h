// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Records made by rule: graphs of any size, and one that holds everything that is hard on a
/// writer, a reader or a store. The same options give the same bytes.
#ifndef KG_BENCH_GENERATE_H
#define KG_BENCH_GENERATE_H

#include "kg/record.h"

/// Zero-initialised: nothing but what `hostile` asks for.
typedef struct {
    uint64_t seed;
    uint32_t documents;
    uint32_t relations; ///< of each document; at most 1000
    uint32_t entities;  ///< to choose from; at least 20 are used
    bool distinct; ///< no two relations are one statement, as far as the entities suffice; else
                   ///< ends are drawn, the first entities more often
    bool hostile;  ///< the hostile documents first
} generate_options;

/// Receives a record, which is released after the call.
typedef struct {
    void* KG_NULLABLE handle;
    kg_status (*KG_NONNULL on_record)(void* KG_NULLABLE handle, const kg_record* KG_NONNULL record,
                                      kg_error* KG_NULLABLE error);
} generate_sink;

/// Memory: one record at a time.
kg_status generate(const generate_options* KG_NONNULL options, generate_sink sink,
                   kg_error* KG_NULLABLE error) KG_MUST_USE;

/// The hostile documents alone: names with quotes, brackets, `;`, `&`, tabs, line breaks, control
/// and private characters, an emoji, 𠮷, letters that look like others; evidence of 3,000
/// characters; no date; overlapping intervals; a self-loop; parallel edges of one and of several
/// predicates; an entity without relations; a URL that is no IRI.
kg_status generate_hostile(generate_sink sink, kg_error* KG_NULLABLE error) KG_MUST_USE;

#endif
