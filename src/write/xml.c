// SPDX-License-Identifier: GPL-3.0-or-later
#include "write/xml.h"

#include "base/try.h"

#include <libxml/xmlwriter.h>

// Always "all written": a fault sticks to the output, while libxml2 told of one would print it to
// standard error.
static int write_bytes(void* handle, const char* bytes, int size) {
    kg_i_out_add(handle, bytes, (size_t)size);
    return size;
}

kg_status kg_i_xml_begin(kg_i_xml* xml, kg_i_out* out, kg_error* error) {
    *xml = (kg_i_xml){.out = out, .error = error};
    xmlOutputBuffer* const buffer = xmlOutputBufferCreateIO(write_bytes, NULL, out, NULL);
    xml->writer = buffer ? xmlNewTextWriter(buffer) : NULL;
    if (!xml->writer) {
        if (buffer) {
            xmlOutputBufferClose(buffer);
        }
        return KG_OUT_OF_MEMORY(error);
    }
    xml->failed = xmlTextWriterStartDocument(xml->writer, "1.0", "UTF-8", NULL) < 0;
    return kg_i_xml_status(xml);
}

kg_status kg_i_xml_end(kg_i_xml* xml) {
    xml->failed |= xmlTextWriterEndDocument(xml->writer) < 0;
    xml->failed |= xmlTextWriterFlush(xml->writer) < 0;
    return kg_i_xml_status(xml);
}

void kg_i_xml_dispose(kg_i_xml* xml) {
    if (xml->writer) {
        xmlFreeTextWriter(xml->writer);
    }
    kg_i_buffer_dispose(&xml->scratch);
    *xml = (kg_i_xml){0};
}

void kg_i_xml_open(kg_i_xml* xml, const char* element) {
    xml->failed |= xmlTextWriterStartElement(xml->writer, (const xmlChar*)element) < 0;
}

void kg_i_xml_close(kg_i_xml* xml) {
    xml->failed |= xmlTextWriterEndElement(xml->writer) < 0;
}

/// libxml2 wants its texts terminated; slices are not.
static const xmlChar* terminated(kg_i_xml* xml, kg_slice text) {
    kg_i_buffer_clear(&xml->scratch);
    kg_i_buffer_add_slice(&xml->scratch, text);
    xml->failed |= xml->scratch.failed;
    return (const xmlChar*)(xml->scratch.failed ? "" : xml->scratch.ptr);
}

void kg_i_xml_attribute(kg_i_xml* xml, const char* name, kg_slice value) {
    const xmlChar* const text = terminated(xml, value);
    xml->failed |= xmlTextWriterWriteAttribute(xml->writer, (const xmlChar*)name, text) < 0;
}

void kg_i_xml_attribute_text(kg_i_xml* xml, const char* name, const char* value) {
    xml->failed |=
        xmlTextWriterWriteAttribute(xml->writer, (const xmlChar*)name, (const xmlChar*)value) < 0;
}

void kg_i_xml_text(kg_i_xml* xml, kg_slice text) {
    if (text.len) {
        const xmlChar* const content = terminated(xml, text);
        xml->failed |= xmlTextWriterWriteString(xml->writer, content) < 0;
    }
}

void kg_i_xml_newline(kg_i_xml* xml) {
    xml->failed |= xmlTextWriterWriteRaw(xml->writer, (const xmlChar*)"\n") < 0;
}

kg_status kg_i_xml_status(const kg_i_xml* xml) {
    if (xml->out->status != KG_OK) {
        return xml->out->status;
    }
    return xml->failed ? KG_OUT_OF_MEMORY(xml->error) : KG_OK;
}
