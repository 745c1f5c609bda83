// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// From the store to the plain graph.
#ifndef KG_ANALYSE_LOAD_H
#define KG_ANALYSE_LOAD_H

#include "analyse/graph.h"
#include "kg/store.h"

/// How many documents a statement's evidence comes from. Cost: O(n log n) in the evidence.
uint32_t kg_i_document_count(const kg_statement_row* KG_NONNULL row);

/// Add all entities, and the statements with at least `min_confidence`, then finish the graph.
kg_status kg_i_graph_load(kg_i_graph* KG_NONNULL graph, kg_store* KG_NONNULL store,
                          double min_confidence, kg_error* KG_NULLABLE error) KG_MUST_USE;

#endif
