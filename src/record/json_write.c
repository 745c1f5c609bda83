// SPDX-License-Identifier: GPL-3.0-or-later
/// A record as one line of JSON. Written straight into a buffer: building a tree first costs
/// several times the work, and numbers here must not follow the locale.
#include "base/buffer.h"
#include "base/message.h"
#include "base/try.h"
#include "base/utf8.h"
#include "kg/record.h"

#include <assert.h>
#include <stdlib.h>

/// Bytes that must be escaped are rare: whole runs between them are copied.
static void add_string(kg_i_buffer* out, kg_slice text) {
    static const char hex[] = "0123456789abcdef";
    kg_i_buffer_add_char(out, '"');
    size_t run = 0;
    for (size_t i = 0; i < text.len;) {
        const unsigned char c = (unsigned char)text.ptr[i];
        uint32_t code = 0;
        const unsigned length = c < 0x80 ? 1 : kg_i_utf8_decode(text.ptr + i, text.len - i, &code);
        if (length && c >= 0x20 && c != '"' && c != '\\') {
            i += length;
            continue;
        }
        kg_i_buffer_add(out, text.ptr + run, i - run);
        if (!length) {
            kg_i_buffer_add_code(out, 0xFFFD); // a file name may hold any bytes, JSON may not
        } else if (c == '"' || c == '\\') {
            kg_i_buffer_add(out, (const char[]){'\\', (char)c}, 2);
        } else if (c == '\n' || c == '\t') {
            kg_i_buffer_add_text(out, c == '\n' ? "\\n" : "\\t");
        } else {
            const char escape[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
            kg_i_buffer_add(out, escape, sizeof escape);
        }
        run = ++i;
    }
    if (run < text.len) {
        kg_i_buffer_add(out, text.ptr + run, text.len - run);
    }
    kg_i_buffer_add_char(out, '"');
}

static void add_number(kg_i_buffer* out, uint64_t number) {
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    kg_i_buffer_add(out, digits + at, sizeof digits - at);
}

/// Four decimals at most, trailing zeros dropped.
static void add_share(kg_i_buffer* out, double share) {
    const double inside = share > 0 ? (share < 1 ? share : 1) : 0; // NaN becomes 0
    unsigned ten_thousandths = (unsigned)(inside * 10000 + 0.5);
    if (ten_thousandths == 0 || ten_thousandths == 10000) {
        kg_i_buffer_add_char(out, ten_thousandths ? '1' : '0');
        return;
    }
    unsigned width = 4;
    while (ten_thousandths % 10 == 0) {
        ten_thousandths /= 10;
        --width;
    }
    char digits[6] = "0.";
    for (unsigned i = width; i-- > 0;) {
        digits[2 + i] = (char)('0' + ten_thousandths % 10);
        ten_thousandths /= 10;
    }
    kg_i_buffer_add(out, digits, 2 + width);
}

/// `before` is everything up to the value: `,"title":`.
static void add_field(kg_i_buffer* out, const char* before, kg_slice value) {
    if (value.len) {
        kg_i_buffer_add_text(out, before);
        add_string(out, value);
    }
}

static void add_hash(kg_i_buffer* out, const uint64_t hash[2]) {
    static const char hex[] = "0123456789abcdef";
    if (!hash[0] && !hash[1]) {
        return;
    }
    char digits[32];
    for (unsigned i = 0; i < 32; ++i) {
        digits[i] = hex[hash[i / 16] >> (60 - i % 16 * 4) & 15];
    }
    kg_i_buffer_add_text(out, ",\"hash\":\"");
    kg_i_buffer_add(out, digits, sizeof digits);
    kg_i_buffer_add_char(out, '"');
}

static void add_span(kg_i_buffer* out, kg_span span) {
    kg_i_buffer_add_char(out, '[');
    add_number(out, span.begin);
    kg_i_buffer_add_char(out, ',');
    add_number(out, span.end);
    kg_i_buffer_add_char(out, ']');
}

static void add_entity(kg_i_buffer* out, uint32_t index, const kg_record_entity* entity) {
    kg_i_buffer_add_text(out, "{\"id\":\"e");
    add_number(out, (uint64_t)index + 1);
    kg_i_buffer_add_text(out, "\",\"type\":\"");
    kg_i_buffer_add_text(out, kg_type_name(entity->type));
    kg_i_buffer_add_text(out, "\",\"name\":");
    add_string(out, entity->name);
    kg_i_buffer_add_text(out, ",\"aliases\":[");
    for (uint32_t i = 0; i < entity->alias_count; ++i) {
        kg_i_buffer_add_text(out, i ? "," : "");
        add_string(out, entity->aliases[i]);
    }
    kg_i_buffer_add_char(out, ']');
    add_field(out, ",\"lexicon_id\":", entity->lexicon_id);
    for (uint32_t i = 0; i < entity->mention_count; ++i) {
        kg_i_buffer_add_text(out, i ? "," : ",\"mentions\":[");
        add_span(out, entity->mentions[i]);
    }
    kg_i_buffer_add_text(out, entity->mention_count ? "]}" : "}");
}

static void add_relation(kg_i_buffer* out, const kg_record_relation* relation) {
    kg_i_buffer_add_text(out, "{\"s\":\"e");
    add_number(out, (uint64_t)relation->subject + 1);
    kg_i_buffer_add_text(out, "\",\"p\":\"");
    kg_i_buffer_add_text(out, kg_predicate_name(relation->predicate));
    kg_i_buffer_add_text(out, "\",\"o\":\"e");
    add_number(out, (uint64_t)relation->object + 1);
    kg_i_buffer_add_text(out, "\",\"status\":\"");
    kg_i_buffer_add_text(out, kg_fact_status_name(relation->status));
    kg_i_buffer_add_text(out, "\",\"confidence\":");
    add_share(out, relation->confidence);
    add_field(out, ",\"rule\":", relation->rule);
    add_field(out, ",\"title\":", relation->title);
    add_field(out, ",\"time\":", relation->time);
    add_field(out, ",\"from\":", relation->valid_from);
    add_field(out, ",\"to\":", relation->valid_to);
    kg_i_buffer_add_text(out, relation->inferred ? ",\"inferred\":true" : "");
    add_field(out, ",\"evidence\":", relation->evidence);
    add_field(out, ",\"sentence\":", relation->sentence);
    if (relation->span.end) {
        kg_i_buffer_add_text(out, ",\"begin\":");
        add_number(out, relation->span.begin);
        kg_i_buffer_add_text(out, ",\"end\":");
        add_number(out, relation->span.end);
    }
    kg_i_buffer_add_char(out, '}');
}

static void add_head(kg_i_buffer* out, const kg_record* record) {
    kg_i_buffer_add_text(out, "{\"doc\":");
    add_string(out, record->doc);
    add_field(out, ",\"title\":", record->title);
    add_field(out, ",\"date\":", record->date);
    add_field(out, ",\"url\":", record->url);
    add_field(out, ",\"source\":", record->publisher);
    add_field(out, ",\"path\":", record->path);
    add_hash(out, record->hash);
    add_field(out, ",\"format\":", record->format);
    add_field(out, ",\"charset\":", record->charset);
}

kg_status kg_record_to_json(const kg_record* record, char** out, size_t* length, kg_error* error) {
    kg_i_buffer buffer = {0};
    add_head(&buffer, record);
    kg_i_buffer_add_text(&buffer, ",\"entities\":[");
    for (uint32_t i = 0; i < record->entity_count; ++i) {
        assert((unsigned)record->entities[i].type < KG_TYPE_COUNT);
        kg_i_buffer_add_text(&buffer, i ? "," : "");
        add_entity(&buffer, i, &record->entities[i]);
    }
    kg_i_buffer_add_text(&buffer, "],\"relations\":[");
    for (uint32_t i = 0; i < record->relation_count; ++i) {
        assert(record->relations[i].subject < record->entity_count &&
               record->relations[i].object < record->entity_count);
        kg_i_buffer_add_text(&buffer, i ? "," : "");
        add_relation(&buffer, &record->relations[i]);
    }
    kg_i_buffer_add_text(&buffer, "]}");
    *length = buffer.len;
    *out = kg_i_buffer_detach(&buffer);
    return *out ? KG_OK : KG_OUT_OF_MEMORY(error);
}
