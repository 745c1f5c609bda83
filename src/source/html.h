// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// HTML: templates blanked out, libxml2's events as a light tree with the place of each
/// character, the article found in it.
#ifndef KG_SOURCE_HTML_H
#define KG_SOURCE_HTML_H

#include "base/vec.h"
#include "source/builder.h"

/// The character of an entity (&nbsp; &#8220; &#x201C;) at `at`: how many bytes it takes, or 0 if
/// there is none.
size_t kg_i_entity(const char* KG_NONNULL at, size_t size, uint32_t* KG_NONNULL code);

/// Copy `text` with page-template code (<% %>, <# >, ${ }, {{ }}, {% %}, {$ }, <? ?>) and control
/// characters overwritten by spaces, so that every offset stays. `out` has room for text.len.
void kg_i_template_blank(kg_slice text, char* KG_NONNULL out);

typedef enum {
    KG_I_TAG_INLINE,
    KG_I_TAG_BLOCK,
    KG_I_TAG_PARAGRAPH,
    KG_I_TAG_HEADING,
    KG_I_TAG_ITEM,
    KG_I_TAG_LIST,
    KG_I_TAG_TABLE,
    KG_I_TAG_ROW,
    KG_I_TAG_CELL,
    KG_I_TAG_CAPTION,
    KG_I_TAG_BREAK,
    KG_I_TAG_LINK,
    KG_I_TAG_MUTE,   ///< script, style, form controls: their text is no text
    KG_I_TAG_AROUND, ///< nav, footer, aside
    KG_I_TAG_HEADER, ///< header
    KG_I_TAG_HEAD,
    KG_I_TAG_TITLE,
    KG_I_TAG_META,
    KG_I_TAG_CANONICAL,
    KG_I_TAG_TIME
} kg_i_tag;

/// A character of the page: `at` is its first byte in the text, `after` one past its last.
typedef struct {
    uint32_t code;
    uint32_t at;
    uint32_t after;
    bool link;
} kg_i_page_char;

enum {
    KG_I_PAGE_BREAK = 0x2028, ///< stands for <br>
    KG_I_PAGE_CELL = 0x09     ///< a table cell begins
};

/// An element.
typedef struct {
    int32_t parent; ///< -1 for the root
    kg_i_tag tag;
    uint8_t level;  ///< of a heading
    bool mute;      ///< its text was dropped: hidden, script
    bool around;    ///< by its name no part of an article: navigation, footer
    bool nested;    ///< (rows) holds a table, list or heading
    uint16_t cells; ///< (rows)
    uint32_t begin; ///< characters [begin, end)
    uint32_t end;
    uint64_t score; ///< characters of running text in it
} kg_i_element;

/// An element begins (element) or ends (~element) before character `at`.
typedef struct {
    int32_t element;
    uint32_t at;
} kg_i_page_event;

typedef struct {
    KG_I_VEC(kg_i_page_char) chars;
    KG_I_VEC(kg_i_page_char) title; ///< of <title>
    KG_I_VEC(kg_i_element) elements;
    KG_I_VEC(kg_i_page_event) events;
    kg_i_buffer date, url, publisher, headline; ///< what <meta>, <link> and <time> say
    bool failed;
    bool too_deep;
} kg_i_page;

/// Parse `text`, whose first byte is at `base`.
kg_status kg_i_page_parse(kg_slice text, uint32_t base, kg_i_page* KG_NONNULL out);
void kg_i_page_dispose(kg_i_page* KG_NONNULL page);

/// A run of the page's characters that becomes a block.
typedef struct {
    uint32_t begin;
    uint32_t end;
    int32_t element; ///< innermost block around it
    kg_block_kind kind;
    uint8_t level;
    uint32_t length; ///< characters but spaces
    uint32_t linked; ///< those in links
    uint32_t last;   ///< its last character
    bool stop;       ///< holds a sentence's end
    bool comma;
    bool keep;
} kg_i_segment;

typedef KG_I_VEC(kg_i_segment) kg_i_segments;

/// Cut the page into segments. False when out of memory.
bool kg_i_page_segments(const kg_i_page* KG_NONNULL page, kg_i_segments* KG_NONNULL out);

/// Mark the segments that are the article (or, for a fragment, all) in `keep`.
void kg_i_page_article(kg_i_page* KG_NONNULL page, kg_i_segments* KG_NONNULL segments, bool whole);

#endif
