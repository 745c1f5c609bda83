// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Records of JSON as documents.
#ifndef KG_SOURCE_JSONL_H
#define KG_SOURCE_JSONL_H

#include "base/buffer.h"
#include "source/unescaped.h"

#include "kg/base.h"

typedef enum {
    KG_I_ROLE_ID,
    KG_I_ROLE_TITLE,
    KG_I_ROLE_TEXT,
    KG_I_ROLE_DATE,
    KG_I_ROLE_URL,
    KG_I_ROLE_SOURCE,
    KG_I_ROLE_COUNT
} kg_i_role;

/// The user's mapping: the key for a role, or empty for the well-known ones.
typedef struct {
    kg_slice key[KG_I_ROLE_COUNT];
} kg_i_fields;

/// "title=headline,text=body"; null or "" is no mapping. False if it does not read.
bool kg_i_fields_parse(const char* KG_NULLABLE spec, kg_i_fields* KG_NONNULL out);

/// What the records of one file share.
typedef struct {
    kg_slice file;
    kg_i_fields fields;
    char charset[32]; ///< of all lines; empty: each is looked at
    kg_i_buffer name;
    kg_i_unescaped text;
} kg_i_records;

#endif
