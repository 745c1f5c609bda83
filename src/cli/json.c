// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static void put_ascii(FILE* out, unsigned char byte) {
    static const char named[] = "btnvfr"; // from 0x08 on; \v is not JSON's
    if (byte == '"' || byte == '\\') {
        fputc('\\', out);
        fputc(byte, out);
    } else if (byte >= 0x08 && byte <= 0x0D && byte != 0x0B) {
        fputc('\\', out);
        fputc(named[byte - 0x08], out);
    } else if (byte < 0x20) {
        fprintf(out, "\\u%04x", byte);
    } else {
        fputc(byte, out);
    }
}

void cli_json_text(FILE* out, kg_slice text) {
    fputc('"', out);
    for (size_t at = 0; at < text.len;) {
        const unsigned char byte = (unsigned char)text.ptr[at];
        if (byte < 0x80) {
            put_ascii(out, byte);
            at++;
            continue;
        }
        utf8proc_int32_t code = 0;
        const utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t*)text.ptr + at,
                                                         (utf8proc_ssize_t)(text.len - at), &code);
        if (length < 1) {
            fputs("\xEF\xBF\xBD", out);
            at++;
        } else {
            fwrite(text.ptr + at, 1, (size_t)length, out);
            at += (size_t)length;
        }
    }
    fputc('"', out);
}

void cli_json_member(FILE* out, const char* name, kg_slice text) {
    fprintf(out, "\"%s\":", name);
    cli_json_text(out, text);
}

void cli_json_number(FILE* out, double number) {
    if (!isfinite(number)) {
        fputs("null", out);
        return;
    }
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number) {
            break;
        }
    }
    fputs(text, out);
}

void cli_csv_cell(FILE* out, kg_slice text) {
    bool quote = false;
    for (size_t i = 0; i < text.len && !quote; i++) {
        quote = strchr(",\"\r\n", text.ptr[i]) != NULL;
    }
    if (!quote) {
        if (text.len) {
            fwrite(text.ptr, 1, text.len, out);
        }
        return;
    }
    fputc('"', out);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"') {
            fputc('"', out);
        }
        fputc(text.ptr[i], out);
    }
    fputc('"', out);
}
