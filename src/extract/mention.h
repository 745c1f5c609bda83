// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What the finders of names share: the text cut into words, and the candidates found so far.
#ifndef KG_EXTRACT_MENTION_H
#define KG_EXTRACT_MENTION_H

#include "extract/scope.h"
#include "lexicon/lexicon_i.h"

typedef enum {
    KG_I_TOKEN_WORD,   ///< a string of the lexicon
    KG_I_TOKEN_CHAR,   ///< a Chinese character that no word claims: the stuff of brands
    KG_I_TOKEN_LATIN,  ///< letters, digits and what joins them
    KG_I_TOKEN_NUMBER, ///< digits
    KG_I_TOKEN_MARK    ///< punctuation, one character
} kg_i_token_kind;

/// A word of the text: characters [begin, end).
typedef struct {
    uint32_t begin;
    uint32_t end;
    uint32_t key;   ///< of the lexicon, or KG_I_NO_KEY
    uint64_t flags; ///< KG_I_IS_COMPANY …; 0 without a key
    uint32_t mark;  ///< of a MARK: the character
    kg_i_token_kind kind;
} kg_i_token;

/// Why a stretch of text was taken for a name; the later, the less sure.
typedef enum {
    KG_I_FROM_LEXICON,
    KG_I_FROM_FORM,    ///< a legal form or a strong head ends it
    KG_I_FROM_CUE,     ///< 以下简称, 下称
    KG_I_FROM_HEAD,    ///< a weaker head ends it
    KG_I_FROM_BRAND,   ///< the brand of a name found elsewhere
    KG_I_FROM_CONTEXT, ///< its place in the sentence
    KG_I_FROM_DOUBT    ///< an ambiguous string of the lexicon
} kg_i_source;

/// The score of a run of characters that no word claims.
#define KG_I_BRAND_SCORE .4F

/// The score of what may be a name and is shown only where a relation needs it.
#define KG_I_DOUBTFUL_SCORE .2F

/// A stretch of text that may be a name.
typedef struct {
    uint32_t begin;
    uint32_t end;
    uint32_t key; ///< of the lexicon, or KG_I_NO_KEY
    uint32_t of;  ///< candidate whose name it shortens, or KG_I_NONE
    uint32_t outer;
    uint32_t entity;
    uint32_t inner_begin; ///< a part that names the thing too, without place, owner or quotes
    uint32_t inner_end;   ///< equal to inner_begin if there is none
    kg_type type;
    kg_i_source source;
    float score;
} kg_i_candidate;

/// The work on one document.
typedef struct {
    kg_i_scope* KG_NONNULL scope;
    const uint32_t* KG_NONNULL chars;
    uint32_t count;
    const kg_sentence* KG_NULLABLE sentences;
    uint32_t sentence_count;
    kg_i_token* KG_NULLABLE tokens;
    uint32_t token_count;
    uint32_t* KG_NULLABLE first_token; ///< by sentence, one more than there are
    uint32_t* KG_NULLABLE
        first_found; ///< by sentence: its first candidate; one more than there are
    kg_i_candidate* KG_NULLABLE found;
    uint32_t found_count;
    uint32_t found_capacity;
    bool out_of_memory;
} kg_i_finder;

/// Cut the sentences into words, the cheapest way by the costs of the lexicon. Linear.
kg_status kg_i_find_tokens(kg_i_finder* KG_NONNULL finder, kg_error* KG_NULLABLE error);

/// Put a candidate; its index, or KG_I_NONE when out of memory.
uint32_t kg_i_add_candidate(kg_i_finder* KG_NONNULL finder, uint32_t begin, uint32_t end,
                            kg_type type, kg_i_source source, float score);

// The finders, one sentence at a time: tokens [first, last).
void kg_i_find_lexicon_names(kg_i_finder* KG_NONNULL finder, uint32_t first, uint32_t last);
void kg_i_find_company_names(kg_i_finder* KG_NONNULL finder, uint32_t first, uint32_t last);
void kg_i_find_brands(kg_i_finder* KG_NONNULL finder, uint32_t first, uint32_t last);
void kg_i_find_site_names(kg_i_finder* KG_NONNULL finder, uint32_t first, uint32_t last);
void kg_i_find_sectors(kg_i_finder* KG_NONNULL finder, uint32_t first, uint32_t last);
void kg_i_find_people(kg_i_finder* KG_NONNULL finder, uint32_t first, uint32_t last);

/// Brands and short forms of the names found, wherever the document has them.
void kg_i_find_short_names(kg_i_finder* KG_NONNULL finder);

/// Let candidates that overlap fight it out, nest the rest, join them to entities, and write
/// both to the scope.
kg_status kg_i_join_entities(kg_i_finder* KG_NONNULL finder, kg_error* KG_NULLABLE error);

/// Mentions by 该公司, 园区, 项目.
kg_status kg_i_find_anaphors(kg_i_finder* KG_NONNULL finder, kg_error* KG_NULLABLE error);

/// Whether a candidate stands in a headline.
bool kg_i_is_titled(const kg_i_finder* KG_NONNULL finder,
                    const kg_i_candidate* KG_NONNULL candidate);

/// How much the words around a candidate speak for a company; 3 is enough.
int kg_i_firm_evidence(const kg_i_finder* KG_NONNULL finder,
                       const kg_i_candidate* KG_NONNULL candidate);

/// The text of [begin, end) as UTF-8 in the scope's arena; null pointer when out of memory.
kg_slice kg_i_copy_text(kg_i_finder* KG_NONNULL finder, uint32_t begin, uint32_t end);

/// The first token that begins at the character or later.
uint32_t kg_i_token_from(const kg_i_finder* KG_NONNULL finder, uint32_t at);

/// Whether the word names something by itself, other than a sector, and surely so.
static inline bool kg_i_is_named(const kg_i_token* token) {
    return (token->flags & (KG_I_IS_ANY & ~KG_I_IS_SECTOR)) && !(token->flags & KG_I_IS_DOUBTFUL);
}

/// Whether the token is one character that a brand may be made of.
static inline bool kg_i_is_single(const kg_i_token* token) {
    return token->kind == KG_I_TOKEN_CHAR ||
           (token->kind == KG_I_TOKEN_WORD && token->end - token->begin == 1 &&
            !(token->flags & (KG_I_OTHER | KG_I_VERB | KG_I_MEASURE | KG_I_STAND_IN)) &&
            (!(token->flags & KG_I_BOUNDARY) || (token->flags & KG_I_SOFT)));
}

static inline bool kg_i_is_mark(const kg_i_token* token, uint32_t mark) {
    return token->kind == KG_I_TOKEN_MARK && token->mark == mark;
}

static inline uint32_t kg_i_token_length(const kg_i_token* token) {
    return token->end - token->begin;
}

#endif
