// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What extraction says of one document, in memory and as one line of JSON: the guidelines'
/// gold format plus offsets. It is what `extract` prints and `merge` reads.
#ifndef KG_RECORD_H
#define KG_RECORD_H

#include "kg/model.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A place where the document speaks of an entity: bytes of the file, half open.
typedef struct {
    uint64_t begin;
    uint64_t end;
} kg_span;

/// An entity of one document. Slices live as long as the record.
typedef struct {
    kg_type type;
    kg_slice name;       ///< the fullest name in the document
    kg_slice lexicon_id; ///< the lexicon's id for it (stock code, zone code); may be empty
    const kg_slice* KG_NULLABLE aliases;
    uint32_t alias_count;
    const kg_span* KG_NULLABLE mentions;
    uint32_t mention_count;
} kg_record_entity;

/// A relation of one document with its evidence.
typedef struct {
    uint32_t subject; ///< index into the record's entities
    uint32_t object;
    kg_predicate predicate;
    kg_fact_status status;
    bool inferred;       ///< not stated, added by a rule that says so
    double confidence;   ///< in [0,1]
    kg_slice rule;       ///< id of the pattern or model that made it
    kg_slice title;      ///< of holds_position: the post; else empty
    kg_slice time;       ///< the text's own words for the time, "2018年12月28日"; may be empty
    kg_slice valid_from; ///< ISO 8601 date, month or year; may be empty
    kg_slice valid_to;   ///< the same; may be empty
    kg_slice evidence;   ///< short exact quote that holds both ends where one sentence does
    kg_slice sentence;   ///< the whole sentence
    kg_span span;        ///< the sentence's bytes in the file
} kg_record_relation;

/// One document's record. Opaque owner behind `kg_record_free`; the fields are open to readers.
typedef struct {
    kg_slice doc; ///< the document's name
    kg_slice path, title, date, url, publisher, format, charset;
    uint64_t hash[2];
    const kg_record_entity* KG_NULLABLE entities;
    uint32_t entity_count;
    const kg_record_relation* KG_NULLABLE relations;
    uint32_t relation_count;
} kg_record;

KG_API void kg_record_free(kg_record* KG_NULLABLE record);

/// The record as one line of JSON without its newline. `*out` is owned by the caller (free()).
/// Entity ids are "e1", "e2" … in order. The same record gives the same bytes.
KG_API kg_status kg_record_to_json(const kg_record* KG_NONNULL record,
                                   char* KG_OWNED* KG_NONNULL out, size_t* KG_NONNULL length,
                                   kg_error* KG_NULLABLE error) KG_MUST_USE;

/// Read one line of JSON. Takes gold files too: only "doc" and each entity's id, type and name are
/// required, unknown keys are passed over. @return `KG_ERR_FORMAT` with the offset in `error`.
KG_API kg_status kg_record_from_json(kg_slice json, kg_record* KG_OWNED* KG_NONNULL out,
                                     kg_error* KG_NULLABLE error) KG_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
