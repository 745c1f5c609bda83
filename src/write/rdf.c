// SPDX-License-Identifier: GPL-3.0-or-later
#include "write/rdf.h"

#include "base/try.h"
#include "write/text.h"
#include "write/writer.h"

#include <math.h>
#include <string.h>

const kg_i_namespace kg_i_namespaces[KG_I_NS_COUNT] = {
    [KG_I_NS_RDF] = {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    [KG_I_NS_XSD] = {"xsd", "http://www.w3.org/2001/XMLSchema#"},
    [KG_I_NS_OWL] = {"owl", "http://www.w3.org/2002/07/owl#"},
    [KG_I_NS_SKOS] = {"skos", "http://www.w3.org/2004/02/skos/core#"},
    [KG_I_NS_PROV] = {"prov", "http://www.w3.org/ns/prov#"},
    [KG_I_NS_OA] = {"oa", "http://www.w3.org/ns/oa#"},
    [KG_I_NS_SCHEMA] = {"schema", "https://schema.org/"},
    [KG_I_NS_KG] = {"kg", "https://w3id.org/parkgraph/ontology#"},
    [KG_I_NS_ENTITY] = {"e", ""},
    [KG_I_NS_STATEMENT] = {"s", "statement/"},
    [KG_I_NS_EVIDENCE] = {"v", "evidence/"},
    [KG_I_NS_DOCUMENT] = {"d", "document/"},
};

static const char* const predicate_names[KG_PREDICATE_COUNT] = {
    [KG_OPERATES] = "operates",
    [KG_DEVELOPS] = "develops",
    [KG_LOCATES_IN] = "locatesIn",
    [KG_PART_OF] = "partOf",
    [KG_SITUATED_IN] = "situatedIn",
    [KG_HEADQUARTERED_IN] = "headquarteredIn",
    [KG_FOCUSES_ON] = "focusesOn",
    [KG_ACTIVE_IN] = "activeIn",
    [KG_INVESTS_IN] = "investsIn",
    [KG_SUBSIDIARY_OF] = "subsidiaryOf",
    [KG_COOPERATES_WITH] = "cooperatesWith",
    [KG_SUPPLIES] = "supplies",
    [KG_HOLDS_POSITION] = "holdsPosition",
};

void kg_i_rdf_expand(kg_i_buffer* buffer, kg_slice base_iri, const kg_i_term* term) {
    if (term->kind == KG_I_NAME) {
        if (kg_i_ns_is_below(term->ns)) {
            kg_i_buffer_add_slice(buffer, base_iri);
        }
        kg_i_buffer_add_text(buffer, kg_i_namespaces[term->ns].iri);
    }
    kg_i_buffer_add_slice(buffer, term->text);
}

// Terms -----------------------------------------------------------------------------------------

#define NAME(prefix, local)                                                                        \
    ((kg_i_term){.kind = KG_I_NAME, .ns = KG_I_NS_##prefix, .text = KG_LIT(local)})

static kg_i_term kg_name(const char* local) {
    return (kg_i_term){.kind = KG_I_NAME, .ns = KG_I_NS_KG, .text = kg_slice_of(local)};
}

/// The term of an id: a name where the id is plain, else an IRI spelled out in `buffer`.
static kg_i_term id_term(const kg_i_rdf* rdf, kg_i_buffer* buffer, kg_i_ns ns, kg_slice id) {
    if (kg_i_iri_plain(id)) {
        return (kg_i_term){.kind = KG_I_NAME, .ns = ns, .text = id};
    }
    kg_i_buffer_clear(buffer);
    kg_i_buffer_add_slice(buffer, rdf->base_iri);
    kg_i_buffer_add_text(buffer, kg_i_namespaces[ns].iri);
    kg_i_iri_add_local(buffer, id);
    return (kg_i_term){.kind = KG_I_IRI, .text = kg_i_buffer_slice(buffer)};
}

static kg_i_term date_term(kg_slice text) {
    switch (kg_i_date_precision(text)) {
    case KG_I_YEAR:
        return (kg_i_term){.kind = KG_I_TYPED, .text = text, .type = KG_LIT("gYear")};
    case KG_I_MONTH:
        return (kg_i_term){.kind = KG_I_TYPED, .text = text, .type = KG_LIT("gYearMonth")};
    case KG_I_DAY:
        return (kg_i_term){.kind = KG_I_TYPED, .text = text, .type = KG_LIT("date")};
    default: // kept as what it is: a text that is no date
        return (kg_i_term){.kind = KG_I_TEXT, .text = text};
    }
}

#define BUFFERS(rdf)                                                                               \
    &(rdf)->subject, &(rdf)->object, &(rdf)->graph, &(rdf)->evidence, &(rdf)->selector,            \
        &(rdf)->last, &(rdf)->node, NULL

/// Names that did not fit into memory would be cut short: better no export.
static kg_status whole(const kg_i_rdf* rdf) {
    const kg_i_buffer* const buffers[] = {BUFFERS(rdf)};
    for (size_t i = 0; buffers[i]; ++i) {
        if (buffers[i]->failed) {
            return KG_OUT_OF_MEMORY(rdf->error);
        }
    }
    return KG_OK;
}

// Telling ---------------------------------------------------------------------------------------

/// A subject with its graph; what follows is said of it.
typedef struct {
    const kg_i_triple_sink* sink;
    const kg_i_term* subject;
    const kg_i_term* graph;
} about;

static kg_status say(const about* a, kg_i_term predicate, kg_i_term object) {
    return a->sink->on_triple(a->sink->handle, a->subject, &predicate, &object, a->graph);
}

static kg_status say_literal(const about* a, kg_i_term predicate, kg_i_term_kind kind,
                             kg_slice text) {
    return text.len ? say(a, predicate, (kg_i_term){.kind = kind, .text = text}) : KG_OK;
}

static kg_status say_date(const about* a, kg_i_term predicate, kg_slice date) {
    return date.len ? say(a, predicate, date_term(date)) : KG_OK;
}

static kg_status say_number(const about* a, kg_i_term predicate, const kg_i_number* number,
                            const char* type) {
    const kg_slice text = kg_i_number_slice(number);
    return text.len ? say(a, predicate,
                          (kg_i_term){.kind = KG_I_TYPED, .text = text, .type = kg_slice_of(type)})
                    : KG_OK;
}

static kg_status say_integer(const about* a, kg_i_term predicate, uint64_t value) {
    const kg_i_number number = kg_i_integer(value);
    return say_number(a, predicate, &number, "integer");
}

static kg_status say_confidence(const about* a, double value) {
    const kg_i_number number = kg_i_decimal(value);
    return say_number(a, NAME(KG, "confidence"), &number, "decimal");
}

// Documents -------------------------------------------------------------------------------------

static kg_status say_url(kg_i_rdf* rdf, const about* a, kg_slice url) {
    kg_i_buffer_clear(&rdf->object);
    if (!kg_i_iri_add(&rdf->object, url)) {
        return say_literal(a, NAME(SCHEMA, "url"), KG_I_TEXT, url);
    }
    return say(a, NAME(SCHEMA, "url"),
               (kg_i_term){.kind = KG_I_IRI, .text = kg_i_buffer_slice(&rdf->object)});
}

kg_status kg_i_rdf_document(void* handle, const kg_document_row* row) {
    kg_i_rdf* const rdf = handle;
    const kg_i_term document = id_term(rdf, &rdf->subject, KG_I_NS_DOCUMENT, row->id);
    const about a = {&rdf->sink, &document, &document};
    KG_TRY(say(&a, NAME(RDF, "type"), NAME(SCHEMA, "NewsArticle")));
    KG_TRY(say(&a, NAME(RDF, "type"), NAME(PROV, "Entity")));
    KG_TRY(say_literal(&a, NAME(SCHEMA, "name"), KG_I_TEXT, row->name));
    KG_TRY(say_literal(&a, NAME(SCHEMA, "headline"), KG_I_LABEL, row->title));
    KG_TRY(say_date(&a, NAME(SCHEMA, "datePublished"), row->date));
    KG_TRY(say_url(rdf, &a, row->url));
    KG_TRY(say_literal(&a, NAME(SCHEMA, "publisher"), KG_I_TEXT, row->publisher));
    return whole(rdf);
}

// Entities --------------------------------------------------------------------------------------

static kg_status say_measures(const about* a, const kg_entity_row* row) {
    double values[KG_I_MEASURE_COUNT];
    kg_i_measures_of(row, values);
    for (int i = 0; i < KG_I_MEASURE_COUNT; ++i) {
        const kg_i_measure_kind* const kind = &kg_i_measure_kinds[i];
        const kg_i_number number = !isfinite(values[i]) || !kind->integer
                                       ? kg_i_double_e(values[i])
                                       : kg_i_measure_text(kind, values[i]);
        KG_TRY(say_number(a, kg_name(kind->local), &number, kind->integer ? "integer" : "double"));
    }
    return KG_OK;
}

kg_status kg_i_rdf_entity(void* handle, const kg_entity_row* row) {
    kg_i_rdf* const rdf = handle;
    const kg_i_term entity = id_term(rdf, &rdf->subject, KG_I_NS_ENTITY, row->id);
    const about a = {&rdf->sink, &entity, NULL};
    KG_TRY(say(&a, NAME(RDF, "type"), kg_name(kg_i_type_text(row->type))));
    KG_TRY(say_literal(&a, NAME(SKOS, "prefLabel"), KG_I_LABEL, row->name));
    for (uint32_t i = 0; i < row->alias_count; ++i) {
        // SKOS, S13: an alternative label differs from the preferred one.
        if (!kg_slice_equal(row->aliases[i], row->name)) {
            KG_TRY(say_literal(&a, NAME(SKOS, "altLabel"), KG_I_LABEL, row->aliases[i]));
        }
    }
    KG_TRY(say_literal(&a, NAME(KG, "lexiconId"), KG_I_TEXT, row->lexicon_id));
    KG_TRY(say_integer(&a, NAME(KG, "documentCount"), row->document_count));
    KG_TRY(say_date(&a, NAME(KG, "firstSeen"), row->first_seen));
    KG_TRY(say_date(&a, NAME(KG, "lastSeen"), row->last_seen));
    for (uint32_t i = 0; i < row->same_as_count; ++i) {
        KG_TRY(say(&a, NAME(OWL, "sameAs"),
                   id_term(rdf, &rdf->object, KG_I_NS_ENTITY, row->same_as[i])));
    }
    KG_TRY(say_measures(&a, row));
    return whole(rdf);
}

// Statements ------------------------------------------------------------------------------------

/// The plain triple, once for parallel statements (two posts of one person in one firm), which
/// come one after another.
static kg_status say_plain(kg_i_rdf* rdf, const kg_statement_row* row, const kg_i_term* subject,
                           kg_i_term predicate, kg_i_term object) {
    kg_i_buffer* const key = &rdf->evidence;
    kg_i_buffer_clear(key);
    kg_i_buffer_add_slice(key, row->subject);
    kg_i_buffer_add_char(key, '\n');
    kg_i_buffer_add_slice(key, predicate.text);
    kg_i_buffer_add_char(key, '\n');
    kg_i_buffer_add_slice(key, row->object);
    if (kg_slice_equal(kg_i_buffer_slice(key), kg_i_buffer_slice(&rdf->last))) {
        return KG_OK;
    }
    const kg_i_buffer before = rdf->last;
    rdf->last = *key;
    *key = before;
    const about a = {&rdf->sink, subject, NULL};
    return say(&a, predicate, object);
}

static kg_i_term evidence_term(kg_i_rdf* rdf) {
    return id_term(rdf, &rdf->node, KG_I_NS_EVIDENCE, kg_i_buffer_slice(&rdf->evidence));
}

static kg_i_term selector_term(kg_i_rdf* rdf, kg_i_buffer* name, const char* suffix) {
    kg_i_buffer_clear(name);
    kg_i_buffer_add_slice(name, kg_i_buffer_slice(&rdf->evidence));
    kg_i_buffer_add_text(name, suffix);
    return id_term(rdf, &rdf->object, KG_I_NS_EVIDENCE, kg_i_buffer_slice(name));
}

/// The shapes want a quote with each piece of evidence: the sentence where there is no shorter one.
static kg_slice quote_of(const kg_evidence_row* row) {
    return row->quote.len ? row->quote : row->sentence;
}

static kg_status say_selectors(kg_i_rdf* rdf, const kg_evidence_row* row, const kg_i_term* graph) {
    kg_i_term node = selector_term(rdf, &rdf->selector, "-quote");
    const about a = {&rdf->sink, &node, graph};
    if (quote_of(row).len) {
        KG_TRY(say(&a, NAME(RDF, "type"), NAME(OA, "TextQuoteSelector")));
        KG_TRY(say_literal(&a, NAME(OA, "exact"), KG_I_TEXT, quote_of(row)));
    }
    node = selector_term(rdf, &rdf->selector, "-place");
    KG_TRY(say(&a, NAME(RDF, "type"), NAME(OA, "TextPositionSelector")));
    KG_TRY(say_integer(&a, NAME(OA, "start"), row->span.begin));
    return say_integer(&a, NAME(OA, "end"), row->span.end);
}

static kg_status say_evidence(kg_i_rdf* rdf, const kg_statement_row* row, uint32_t index) {
    const kg_evidence_row* const evidence = &row->evidence[index];
    kg_i_evidence_id(&rdf->evidence, row, index);
    const kg_i_term graph = id_term(rdf, &rdf->graph, KG_I_NS_DOCUMENT, evidence->doc_id);
    const kg_i_term node = evidence_term(rdf);
    const about a = {&rdf->sink, &node, &graph};
    KG_TRY(say(&a, NAME(RDF, "type"), NAME(KG, "Evidence")));
    KG_TRY(say(&a, NAME(PROV, "wasDerivedFrom"), graph));
    if (quote_of(evidence).len) {
        KG_TRY(say(&a, NAME(OA, "hasSelector"), selector_term(rdf, &rdf->selector, "-quote")));
    }
    KG_TRY(say(&a, NAME(OA, "hasSelector"), selector_term(rdf, &rdf->selector, "-place")));
    KG_TRY(say_literal(&a, NAME(KG, "sentence"), KG_I_LABEL, evidence->sentence));
    KG_TRY(say_literal(&a, NAME(KG, "rule"), KG_I_TEXT, evidence->rule));
    KG_TRY(say_literal(&a, NAME(KG, "timeText"), KG_I_LABEL, evidence->time));
    KG_TRY(say_confidence(&a, evidence->confidence));
    return say_selectors(rdf, evidence, &graph);
}

static kg_status say_statement(const about* a, const kg_statement_row* row) {
    KG_TRY(say(a, NAME(KG, "status"), kg_name(kg_i_status_text(row->status))));
    KG_TRY(say_confidence(a, row->confidence));
    KG_TRY(say(a, NAME(KG, "inferred"),
               (kg_i_term){.kind = KG_I_TYPED,
                           .text = row->inferred ? KG_LIT("true") : KG_LIT("false"),
                           .type = KG_LIT("boolean")}));
    KG_TRY(say_literal(a, NAME(KG, "title"), KG_I_LABEL, row->title));
    KG_TRY(say_date(a, NAME(SCHEMA, "validFrom"), row->valid_from));
    KG_TRY(say_date(a, NAME(SCHEMA, "validThrough"), row->valid_to));
    KG_TRY(say_date(a, NAME(KG, "firstSeen"), row->first_seen));
    return say_date(a, NAME(KG, "lastSeen"), row->last_seen);
}

kg_status kg_i_rdf_statement(void* handle, const kg_statement_row* row) {
    kg_i_rdf* const rdf = handle;
    // `node` and `graph` are free until the evidence's turn.
    const kg_i_term subject = id_term(rdf, &rdf->node, KG_I_NS_ENTITY, row->subject);
    const kg_i_term object = id_term(rdf, &rdf->graph, KG_I_NS_ENTITY, row->object);
    const kg_i_term predicate = kg_name(predicate_names[row->predicate]);
    KG_TRY(say_plain(rdf, row, &subject, predicate, object));
    const kg_i_term statement = id_term(rdf, &rdf->subject, KG_I_NS_STATEMENT, row->id);
    const about a = {&rdf->sink, &statement, NULL};
    KG_TRY(say(&a, NAME(RDF, "type"), NAME(KG, "Statement")));
    KG_TRY(say(&a, NAME(RDF, "subject"), subject));
    KG_TRY(say(&a, NAME(RDF, "predicate"), predicate));
    KG_TRY(say(&a, NAME(RDF, "object"), object));
    KG_TRY(say_statement(&a, row));
    for (uint32_t i = 0; i < row->evidence_count; ++i) {
        kg_i_evidence_id(&rdf->evidence, row, i);
        const kg_i_term graph =
            id_term(rdf, &rdf->graph, KG_I_NS_DOCUMENT, row->evidence[i].doc_id);
        const about link = {&rdf->sink, &statement, &graph};
        KG_TRY(say(&link, NAME(KG, "evidence"), evidence_term(rdf)));
    }
    for (uint32_t i = 0; i < row->evidence_count; ++i) {
        KG_TRY(say_evidence(rdf, row, i));
    }
    return whole(rdf);
}

void kg_i_rdf_dispose(kg_i_rdf* rdf) {
    kg_i_buffer* const buffers[] = {BUFFERS(rdf)};
    for (size_t i = 0; buffers[i]; ++i) {
        kg_i_buffer_dispose(buffers[i]);
    }
}
