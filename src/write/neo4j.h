// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What the two ways into Neo4j share.
#ifndef KG_WRITE_NEO4J_H
#define KG_WRITE_NEO4J_H

/// Constraints and the full-text index, as a Cypher script that may be run again.
extern const char kg_i_neo4j_schema[];

#endif
