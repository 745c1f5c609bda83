// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// libxml2's streaming writer over one of our outputs, with slices for texts.
#ifndef KG_WRITE_XML_H
#define KG_WRITE_XML_H

#include "base/buffer.h"
#include "write/out.h"

/// Zero-initialised may be disposed of.
typedef struct {
    struct _xmlTextWriter* KG_NULLABLE writer;
    kg_i_out* KG_NULLABLE out;
    kg_error* KG_NULLABLE error;
    kg_i_buffer scratch;
    bool failed; ///< libxml2 refused, which it does when out of memory
} kg_i_xml;

/// Begin a document of UTF-8 without a DOCTYPE.
kg_status kg_i_xml_begin(kg_i_xml* KG_NONNULL xml, kg_i_out* KG_NONNULL out,
                         kg_error* KG_NULLABLE error);
/// End all elements and hand all bytes on.
kg_status kg_i_xml_end(kg_i_xml* KG_NONNULL xml);
void kg_i_xml_dispose(kg_i_xml* KG_NONNULL xml);

// Elements; faults stick and come out of `kg_i_xml_status`.
void kg_i_xml_open(kg_i_xml* KG_NONNULL xml, const char* KG_NONNULL element);
void kg_i_xml_close(kg_i_xml* KG_NONNULL xml);
void kg_i_xml_attribute(kg_i_xml* KG_NONNULL xml, const char* KG_NONNULL name, kg_slice value);
void kg_i_xml_attribute_text(kg_i_xml* KG_NONNULL xml, const char* KG_NONNULL name,
                             const char* KG_NONNULL value);
void kg_i_xml_text(kg_i_xml* KG_NONNULL xml, kg_slice text);
/// A line break between elements, where white space means nothing.
void kg_i_xml_newline(kg_i_xml* KG_NONNULL xml);
kg_status kg_i_xml_status(const kg_i_xml* KG_NONNULL xml);

#endif
