// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/sniff.h"

#include "source/json.h"
#include "source/meta.h"

#include <string.h>
#include <strings.h>

/// A slice in a static table, where KG_LIT is no constant.
#define INIT(text)                                                                                 \
    { (text), sizeof(text) - 1 }

static bool has_extension(kg_slice name, const char* const* extensions) {
    // A compressed file has the extension before the last one; so does page.html.bak.
    for (unsigned turn = 0; turn < 2 && name.len; ++turn) {
        const char* const dot = memrchr(name.ptr, '.', name.len);
        if (!dot) {
            return false;
        }
        const kg_slice extension = {dot + 1, (size_t)(name.ptr + name.len - dot) - 1};
        for (const char* const* e = extensions; *e; ++e) {
            if (strlen(*e) == extension.len && !strncasecmp(*e, extension.ptr, extension.len)) {
                return true;
            }
        }
        name.len = (size_t)(dot - name.ptr);
    }
    return false;
}

bool kg_i_is_packed(kg_slice head) {
    static const kg_slice magics[] = {
        INIT("\x1F\x8B"),
        INIT("BZh"),
        INIT("\xFD"
             "7zXZ\0"),
        INIT("\x28\xB5\x2F\xFD"),
        INIT("PK\x03\x04"),
        INIT("PK\x05\x06"),
    };
    for (size_t i = 0; i < sizeof magics / sizeof *magics; ++i) {
        if (head.len >= magics[i].len && !memcmp(head.ptr, magics[i].ptr, magics[i].len)) {
            return true;
        }
    }
    enum { TAR_MAGIC = 257 };
    return head.len >= TAR_MAGIC + 5 && !memcmp(head.ptr + TAR_MAGIC, "ustar", 5);
}

static kg_slice first_line(kg_slice text) {
    while (text.len && (unsigned char)*text.ptr <= ' ') {
        ++text.ptr;
        --text.len;
    }
    const char* const end = text.len ? memchr(text.ptr, '\n', text.len) : NULL;
    return end ? (kg_slice){text.ptr, (size_t)(end - text.ptr)} : text;
}

static kg_slice without_mark(kg_slice text) {
    return kg_i_starts_with(text, "\xEF\xBB\xBF") ? (kg_slice){text.ptr + 3, text.len - 3} : text;
}

bool kg_i_is_line_json(kg_slice head, kg_slice name) {
    static const char* const extensions[] = {"jsonl", "ndjson", "jsonlines", NULL};
    head = without_mark(head);
    const kg_slice line = first_line(head);
    if (!line.len || *line.ptr != '{' || memchr(line.ptr, '\0', line.len)) {
        return false;
    }
    if (has_extension(name, extensions)) {
        return true;
    }
    enum { FIRST_LINE_CUT = 32768 }; // a first line longer than what was read so far
    size_t fault = 0;
    const bool cut = line.ptr + line.len == head.ptr + head.len;
    return cut ? line.len > 1 && line.ptr[1] == '"' && head.len > FIRST_LINE_CUT
               : kg_i_json_valid(line, &fault);
}

static bool is_html_doctype(kg_slice text) {
    size_t at = strlen("<!doctype");
    while (at < text.len && (unsigned char)text.ptr[at] <= ' ') {
        ++at;
    }
    return text.len > at + 4 && !strncasecmp(text.ptr + at, "html", 4);
}

/// The offset of the first tag that is neither a template's nor a comment; SIZE_MAX if other text
/// comes before.
static size_t first_tag(kg_slice text) {
    size_t at = 0;
    while (at < text.len) {
        const kg_slice rest = {text.ptr + at, text.len - at};
        const char* close = NULL;
        if ((unsigned char)*rest.ptr <= ' ') {
            ++at;
            continue;
        }
        if (*rest.ptr != '<') {
            return SIZE_MAX;
        }
        if (rest.len > 10 && !strncasecmp(rest.ptr, "<!doctype", 9) &&
            !is_html_doctype(rest)) { // its internal subset, if any, ends with ]>
            const size_t subset = kg_i_find(rest, "[");
            close = subset < kg_i_find(rest, ">") ? "]>" : ">";
        } else if (kg_i_starts_with(rest, "<%")) {
            close = "%>";
        } else if (kg_i_starts_with(rest, "<!--")) {
            close = "-->";
        } else if (kg_i_starts_with(rest, "<?")) {
            close = "?>";
        } else if (kg_i_starts_with(rest, "<#") || kg_i_starts_with(rest, "<@")) {
            close = ">";
        } else {
            return at;
        }
        const size_t end = kg_i_find(rest, close);
        if (end == SIZE_MAX) {
            return SIZE_MAX;
        }
        at += end + strlen(close);
    }
    return SIZE_MAX;
}

static bool tag_is(kg_slice text, size_t at, const char* name) {
    const size_t length = strlen(name);
    return text.len > at + length + 1 && !strncasecmp(text.ptr + at + 1, name, length) &&
           !strchr("abcdefghijklmnopqrstuvwxyz", text.ptr[at + length + 1] | 0x20);
}

static bool any_tag(kg_slice text, size_t at, const char* const* names) {
    for (; *names; ++names) {
        if (tag_is(text, at, *names)) {
            return true;
        }
    }
    return false;
}

/// Markdown shows in front matter, headings, links or list marks at the beginning of lines.
static bool markdown_marks(kg_slice text) {
    enum { WINDOW = 8192 };
    if (text.len > WINDOW) {
        text.len = WINDOW;
    }
    const kg_slice first = first_line(text);
    if (kg_i_same_text(first, KG_LIT("---"))) {
        return true;
    }
    for (size_t at = 0; at < text.len;) {
        const kg_slice rest = {text.ptr + at, text.len - at};
        size_t level = 0;
        while (level < rest.len && rest.ptr[level] == '#') {
            ++level;
        }
        if (level && level <= 6 && level < rest.len && rest.ptr[level] == ' ') {
            return true;
        }
        const char* const end = memchr(rest.ptr, '\n', rest.len);
        at = end ? (size_t)(end - text.ptr) + 1 : text.len;
    }
    return false;
}

static unsigned count_tags(kg_slice text) {
    static const char* const known[] = {"p",  "/p", "br", "div", "/div", "span", "table", "td",
                                        "tr", "li", "ul", "h1",  "h2",   "h3",   "a",     NULL};
    enum { WINDOW = 64 * 1024 };
    unsigned count = 0;
    const size_t end = text.len < WINDOW ? text.len : WINDOW;
    for (size_t at = 0; at < end; ++at) {
        count += text.ptr[at] == '<' && any_tag(text, at, known);
    }
    return count;
}

kg_i_kind kg_i_sniff(kg_slice text, kg_slice name) {
    static const char* const markdown[] = {"md", "markdown", "mdown", "mkd", NULL};
    static const char* const html[] = {"html", "htm",  "xhtml", "jsp",   "jspx", "ftl", "tpl",
                                       "asp",  "aspx", "php",   "shtml", "vm",   "ejs", NULL};
    static const char* const feed_roots[] = {"rss", "feed", "rdf:RDF", "channel", NULL};
    static const char* const page_tags[] = {"!doctype", "html", "head", "body",  "meta",    "title",
                                            "script",   "div",  "link", "table", "section", NULL};
    static const char* const json[] = {"json", NULL};
    if (kg_i_is_line_json(text, name)) {
        return KG_I_KIND_JSONL;
    }
    const kg_slice line = first_line(text);
    if (line.len && (*line.ptr == '{' || *line.ptr == '[') && has_extension(name, json)) {
        return KG_I_KIND_JSON;
    }
    const size_t tag = first_tag(text);
    if (tag != SIZE_MAX && any_tag(text, tag, feed_roots)) {
        return KG_I_KIND_FEED;
    }
    if (has_extension(name, markdown)) {
        return KG_I_KIND_MARKDOWN;
    }
    if (has_extension(name, html) || (tag != SIZE_MAX && any_tag(text, tag, page_tags))) {
        return KG_I_KIND_HTML;
    }
    if (markdown_marks(text)) {
        return KG_I_KIND_MARKDOWN;
    }
    return count_tags(text) >= 3 ? KG_I_KIND_HTML : KG_I_KIND_TEXT;
}
