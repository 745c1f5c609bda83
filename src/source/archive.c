// SPDX-License-Identifier: GPL-3.0-or-later
// Archives and compressed files, by libarchive. Nothing is ever unpacked to disk; what can hurt
// is size alone, so the unpacked bytes of each archive are counted against a limit and against the
// packed ones while they come.
#include "base/message.h"
#include "source/meta.h"
#include "source/reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NESTED = 2, FREE_BYTES = 16 * 1024 * 1024 };

typedef struct {
    kg_i_reader* reader;
    kg_i_stream* packed;
    struct archive* archive;
    kg_slice name;
    size_t handed;  ///< bytes of the packed stream's buffer that libarchive looks at
    uint64_t taken; ///< packed bytes so far
    uint64_t given; ///< unpacked bytes so far
    bool over;      ///< a limit was reached
} unpacking;

static la_ssize_t read_packed(struct archive* archive, void* handle, const void** out) {
    unpacking* const u = handle;
    kg_error error = {0};
    kg_i_stream_consume(u->packed, u->handed);
    u->handed = 0;
    if (kg_i_stream_fill(u->packed, 1, &error) != KG_OK) {
        archive_set_error(archive, EIO, "%s", error.text);
        return ARCHIVE_FATAL;
    }
    const kg_slice ahead = kg_i_stream_ahead(u->packed);
    u->handed = ahead.len;
    u->taken += ahead.len;
    *out = ahead.ptr;
    return (la_ssize_t)ahead.len;
}

/// Member bytes as a stream.
static int64_t read_member(void* handle, char* out, size_t size, kg_error* error) {
    unpacking* const u = handle;
    const kg_source_options* const options = &u->reader->options;
    const la_ssize_t got = archive_read_data(u->archive, out, size);
    if (got < 0) {
        const char* const reason = archive_error_string(u->archive);
        kg_fail(error, KG_ERR_FORMAT, NULL, KG_("damaged or cut off: %s"),
                reason ? reason : KG_("unknown reason"));
        return -1;
    }
    u->given += (uint64_t)got;
    if (u->given > options->max_archive_bytes) {
        u->over = true;
        kg_fail(error, KG_ERR_LIMIT, NULL, KG_("unpacks to more than the limit of %llu bytes"),
                (unsigned long long)options->max_archive_bytes);
        return -1;
    }
    if (u->given > FREE_BYTES && u->given / options->max_archive_ratio > u->taken) {
        u->over = true;
        kg_fail(error, KG_ERR_LIMIT, NULL, KG_("unpacks to more than %u times its size"),
                (unsigned)options->max_archive_ratio);
        return -1;
    }
    return got;
}

static bool unsafe_name(const char* name) {
    if (name[0] == '/' || name[0] == '\0') {
        return true;
    }
    for (const char* part = name; part; part = strchr(part, '/')) {
        part += part != name; // behind the slash
        if (part[0] == '.' && part[1] == '.' && (part[2] == '/' || part[2] == '\0')) {
            return true;
        }
        if (!*part) {
            break;
        }
    }
    return false;
}

/// Names in old zip files are in the writer's charset: shown as they come if that is UTF-8.
static const char* entry_name(struct archive_entry* entry) {
    const char* const utf8 = archive_entry_pathname_utf8(entry);
    return utf8 ? utf8 : archive_entry_pathname(entry);
}

/// `archive!member`, in valid UTF-8.
static void join_name(kg_i_buffer* out, kg_slice outer, const char* member) {
    kg_i_buffer_clear(out);
    kg_i_buffer_add_slice(out, outer);
    kg_i_buffer_add_char(out, '!');
    kg_slice raw = kg_slice_of(member);
    kg_i_decoded decoded;
    kg_error error = {0};
    if (raw.len && kg_i_decode(raw, NULL, NULL, &decoded, &error) == KG_OK) {
        kg_i_buffer_add_slice(out, decoded.text);
        kg_i_decoded_dispose(&decoded);
    } else {
        kg_i_buffer_add_text(out, "?");
    }
}

static kg_status read_entry(unpacking* u, kg_slice name, kg_slice path, unsigned depth) {
    kg_i_stream stream;
    kg_i_stream_open(&stream, read_member, u);
    const kg_status status = kg_i_read_stream(u->reader, name, path, &stream, depth + 1);
    kg_i_stream_dispose(&stream);
    return status;
}

static bool hidden_member(const char* name) {
    const char* const base = strrchr(name, '/');
    return !strncmp(name, "__MACOSX/", 9) || (base ? base[1] : name[0]) == '.';
}

static kg_status visit_member(unpacking* u, struct archive_entry* entry, kg_slice path,
                              unsigned depth, kg_i_buffer* names) {
    const char* const member = entry_name(entry);
    const bool regular =
        archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry);
    if (!regular || (member && hidden_member(member))) {
        return KG_OK;
    }
    join_name(&names[0], u->name, member ? member : "");
    join_name(&names[1], path, member ? member : "");
    const kg_slice name = kg_i_buffer_slice(&names[0]);
    if (names[0].failed || names[1].failed) {
        kg_i_reader_faultf(u->reader, u->name, KG_ERR_MEMORY, 0, "%s", KG_("out of memory"));
    } else if (!member || unsafe_name(member)) {
        kg_i_reader_faultf(u->reader, name, KG_ERR_FORMAT, 0, "%s",
                           KG_("a member whose name leads out of the archive"));
    } else if (archive_entry_is_encrypted(entry)) {
        kg_i_reader_faultf(u->reader, name, KG_ERR_FORMAT, 0, "%s", KG_("an encrypted member"));
    } else {
        return read_entry(u, name, kg_i_buffer_slice(&names[1]), depth);
    }
    return KG_OK;
}

/// docx, xlsx and their like are zip files that begin with this member.
static bool office_document(struct archive_entry* entry) {
    const char* const name = archive_entry_pathname(entry);
    return name && !strcmp(name, "[Content_Types].xml");
}

static void damaged(unpacking* u) {
    const char* const reason = archive_error_string(u->archive);
    kg_i_reader_faultf(u->reader, u->name, KG_ERR_FORMAT, 0, KG_("damaged or cut off: %s"),
                       reason ? reason : KG_("unknown reason"));
}

static kg_status each_member(unpacking* u, kg_slice path, unsigned depth) {
    kg_i_buffer names[2] = {{0}, {0}};
    kg_status status = KG_OK;
    while (status == KG_OK && !u->over) {
        struct archive_entry* entry = NULL;
        const int result = archive_read_next_header(u->archive, &entry);
        if (result == ARCHIVE_EOF) {
            break;
        }
        if (result < ARCHIVE_WARN) {
            damaged(u);
            if (result == ARCHIVE_FATAL) {
                break;
            }
            continue;
        }
        if (office_document(entry)) {
            kg_i_reader_faultf(u->reader, u->name, KG_ERR_FORMAT, 0, "%s",
                               KG_("an office document; save it as HTML or text"));
            break;
        }
        const bool raw = archive_format(u->archive) == ARCHIVE_FORMAT_RAW;
        status =
            raw ? read_entry(u, u->name, path, depth) : visit_member(u, entry, path, depth, names);
    }
    kg_i_buffer_dispose(&names[0]);
    kg_i_buffer_dispose(&names[1]);
    return status;
}

static int support(struct archive* archive) {
    // Only what we name: libarchive's other filters may start programs.
    return archive_read_support_filter_gzip(archive) | archive_read_support_filter_bzip2(archive) |
           archive_read_support_filter_xz(archive) | archive_read_support_filter_zstd(archive) |
           archive_read_support_format_tar(archive) | archive_read_support_format_zip(archive) |
           archive_read_support_format_raw(archive) | archive_read_support_format_empty(archive);
}

kg_status kg_i_read_archive(kg_i_reader* reader, kg_slice name, kg_slice path, kg_i_stream* packed,
                            unsigned depth) {
    if (depth > MOST_NESTED) {
        kg_i_reader_faultf(reader, name, KG_ERR_LIMIT, 0, "%s",
                           KG_("archives nested deeper than the limit"));
        return KG_OK;
    }
    struct archive* const archive = archive_read_new();
    if (!archive) {
        kg_i_reader_faultf(reader, name, KG_ERR_MEMORY, 0, "%s", KG_("out of memory"));
        return KG_OK;
    }
    unpacking u = {.reader = reader, .packed = packed, .archive = archive, .name = name};
    kg_status status = KG_OK;
    if (support(archive) < ARCHIVE_WARN ||
        archive_read_open(archive, &u, NULL, read_packed, NULL) != ARCHIVE_OK) {
        damaged(&u);
    } else {
        status = each_member(&u, path, depth);
    }
    archive_read_free(archive);
    return status;
}
