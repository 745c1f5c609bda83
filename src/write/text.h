// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What several formats need of texts: escapes, numbers, dates and IRIs, none of which looks at
/// the locale.
#ifndef KG_WRITE_TEXT_H
#define KG_WRITE_TEXT_H

#include "base/buffer.h"
#include "kg/store.h"
#include "write/out.h"

// Escapes ---------------------------------------------------------------------------------------

/// What stands for an ASCII character; null: itself. Bytes from 0x80 stand for themselves.
typedef struct {
    const char* KG_NULLABLE of[128];
} kg_i_escapes;

extern const kg_i_escapes kg_i_turtle_escapes, ///< Turtle, within "
    kg_i_ntriples_escapes,                     ///< N-Triples and N-Quads, within "
    kg_i_json_escapes,                         ///< JSON, within "
    kg_i_cypher_escapes,                       ///< Cypher, within '
    kg_i_csv_escapes,                          ///< CSV, within "
    kg_i_shell_escapes;                        ///< sh, within '

void kg_i_out_escaped(kg_i_out* KG_NONNULL out, kg_slice text,
                      const kg_i_escapes* KG_NONNULL escapes);
/// A JSON string with its quotes. U+0085, U+2028 and U+2029 are escaped too: some readers of
/// JSON Lines end a line there.
void kg_i_out_json(kg_i_out* KG_NONNULL out, kg_slice text);
/// A field in double quotes, doubled within.
void kg_i_out_csv(kg_i_out* KG_NONNULL out, kg_slice text);
/// A JSON array of strings, `["a", "b"]`, which GraphML and GEXF take for lists.
void kg_i_json_array(kg_i_buffer* KG_NONNULL buffer, const kg_slice* KG_NULLABLE texts,
                     uint32_t count);

// Numbers ---------------------------------------------------------------------------------------

typedef struct {
    char text[32];
    size_t len;
} kg_i_number;

/// An unsigned integer.
kg_i_number kg_i_integer(uint64_t value);
/// A fixed decimal with two to four places, "0.90": the form in which xsd:decimal stays one in
/// every Turtle reader and writer. The value is brought into [0, 1].
kg_i_number kg_i_decimal(double value);
/// The shortest text that reads back as `value`, with a point whatever the locale; empty if
/// it is not finite.
kg_i_number kg_i_double(double value);
/// The same with an exponent, "2.5E-1", which is what makes a Turtle number an xsd:double.
kg_i_number kg_i_double_e(double value);

static inline kg_slice kg_i_number_slice(const kg_i_number* number) {
    return (kg_slice){number->text, number->len};
}

// Dates -----------------------------------------------------------------------------------------

typedef enum { KG_I_NO_DATE, KG_I_YEAR, KG_I_MONTH, KG_I_DAY } kg_i_precision;

/// How exact an ISO 8601 date is; KG_I_NO_DATE if it is not one (month 13, 30 February).
kg_i_precision kg_i_date_precision(kg_slice text);
/// The first (or last) day of the year, month or day as YYYY-MM-DD in `out`; false if no date.
bool kg_i_date_day(kg_slice text, bool last, char out[KG_NONNULL 11]);

// IRIs ------------------------------------------------------------------------------------------

/// Append `url` as an IRI that strict readers take: what may not stand there is percent-encoded,
/// and so is what is not ASCII. False, with nothing appended, if it is no http, https or ftp URL
/// with a host.
bool kg_i_iri_add(kg_i_buffer* KG_NONNULL buffer, kg_slice url);
/// Whether `iri` may be the base: absolute, ASCII, nothing to encode, ending in "/" or "#".
bool kg_i_iri_is_base(kg_slice iri);
/// Append an id as the local part of an IRI, percent-encoded where it must be.
void kg_i_iri_add_local(kg_i_buffer* KG_NONNULL buffer, kg_slice id);
/// Whether an id is a local part as it stands, in IRIs and as a Turtle name.
bool kg_i_iri_plain(kg_slice id);

// Measures --------------------------------------------------------------------------------------

/// A measure that typed formats carry.
typedef struct {
    const char* KG_NONNULL name;  ///< as the store has it
    const char* KG_NONNULL local; ///< in the ontology's namespace
    bool integer;
} kg_i_measure_kind;

enum { KG_I_MEASURE_COUNT = 13 };
extern const kg_i_measure_kind kg_i_measure_kinds[KG_I_MEASURE_COUNT];

/// The index of a measure by its store name, or -1.
int kg_i_measure_find(kg_slice name);
/// The value as text, an integer where the kind is one; empty if not finite.
kg_i_number kg_i_measure_text(const kg_i_measure_kind* KG_NONNULL kind, double value);
/// `values[i]` becomes the row's value of kind i; NaN where it has none.
void kg_i_measures_of(const kg_entity_row* KG_NONNULL row,
                      double values[KG_NONNULL KG_I_MEASURE_COUNT]);

#endif
