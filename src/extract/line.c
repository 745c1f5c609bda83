// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/line.h"

#include <string.h>

enum { ASIDE_DEPTH = 3, MODIFIER_MAX = 5, TAIL_MAX = 4 };

static bool is_quote(uint32_t code) {
    switch (code) {
    case '"':
    case '\'':
    case 0x2018: // ‘’“”
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case 0x300A: // 《》
    case 0x300B:
    case 0x300C: // 「」『』
    case 0x300D:
    case 0x300E:
    case 0x300F:
        return true;
    default:
        return false;
    }
}

static bool is_blank(uint32_t code) {
    return code <= ' ' || code == KG_I_INVISIBLE || code == 0xA0 || code == 0x3000 ||
           code == 0xFEFF;
}

static uint8_t kind_of(uint32_t code) {
    switch (code) {
    case 0x3001: // 、
        return KG_I_CELL_DUN;
    case ',':
    case 0xFF0C:
    case '|':
    case 0x2014: // —
        return KG_I_CELL_COMMA;
    case ':':
    case 0xFF1A:
        return KG_I_CELL_COLON;
    case ';':
    case 0xFF1B:
        return KG_I_CELL_SEMICOLON;
    case '!':
    case '?':
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0x2026:
    case 0x3010: // 【】
    case 0x3011:
        return KG_I_CELL_STOP;
    default:
        return KG_I_CELL_CHAR;
    }
}

/// What laying out one window needs.
typedef struct {
    kg_i_sheet* sheet;
    const kg_i_scope* scope;
    const kg_i_patterns* patterns;
    const uint32_t* chars;
    uint32_t begin, end; ///< the window
    uint32_t sentence;
    bool title;
} layout;

/// The character behind the bracket that closes the one at `at`, or `at` if none does soon.
static uint32_t aside_end(const layout* l, uint32_t at, uint32_t end) {
    unsigned depth = 0;
    const uint32_t limit = end - at > KG_I_ASIDE_MAX ? at + KG_I_ASIDE_MAX : end;
    for (uint32_t i = at; i < limit; ++i) {
        if (l->chars[i] == '(' || l->chars[i] == 0xFF08) {
            ++depth;
        } else if ((l->chars[i] == ')' || l->chars[i] == 0xFF09) && --depth == 0) {
            return i + 1;
        }
    }
    return at;
}

/// The outermost mention that begins at `at`, from the cursor on; KG_I_NONE if none does.
static uint32_t mention_at(const layout* l, uint32_t* cursor, uint32_t at, uint32_t end) {
    const kg_i_scope* const s = l->scope;
    while (*cursor < s->mention_count &&
           (s->mentions[*cursor].begin < at || s->mentions[*cursor].outer != KG_I_NONE)) {
        if (s->mentions[*cursor].begin >= end) {
            return KG_I_NONE;
        }
        ++*cursor;
    }
    if (*cursor < s->mention_count && s->mentions[*cursor].begin == at &&
        s->mentions[*cursor].end <= end && s->mentions[*cursor].end > at) {
        return (*cursor)++;
    }
    return KG_I_NONE;
}

typedef struct {
    uint32_t begin, end; ///< characters
    uint32_t token;      ///< before it
} aside;

static bool add_token(layout* l, kg_i_cell token) {
    token.group = KG_I_NONE;
    const uint32_t index = (uint32_t)l->sheet->tokens.count;
    for (uint32_t i = token.begin; i < token.end; ++i) {
        l->sheet->place[i - l->begin] = index;
    }
    return kg_i_vec_push(&l->sheet->tokens, token);
}

static uint8_t blank_kind(const layout* l, uint32_t at) {
    // A headline sets its clauses apart by spaces; `text` has dropped them from view.
    const uint32_t code = kg_text_document(l->scope->text)->chars[at];
    return l->title && (code == ' ' || code == 0x3000) ? KG_I_CELL_COMMA : KG_I_CELL_CHAR;
}

static bool lay_line(layout* l, uint32_t begin, uint32_t end, uint32_t outside, unsigned depth,
                     uint32_t cursor) {
    kg_i_sheet* const sheet = l->sheet;
    aside asides[16];
    unsigned aside_count = 0;
    kg_i_line line = {.token = (uint32_t)sheet->tokens.count,
                      .sentence = l->sentence,
                      .outside = outside,
                      .title = l->title};
    const uint32_t first_cursor = cursor;
    for (uint32_t i = begin; i < end;) {
        const uint32_t code = l->chars[i];
        const uint32_t mention = mention_at(l, &cursor, i, end);
        uint32_t next = i + 1;
        if (mention != KG_I_NONE) {
            next = l->scope->mentions[mention].end;
            if (!add_token(l, (kg_i_cell){.begin = i,
                                          .end = next,
                                          .mention = mention,
                                          .kind = KG_I_CELL_MENTION})) {
                return false;
            }
        } else if ((code == '(' || code == 0xFF08) && depth < ASIDE_DEPTH && aside_count < 16 &&
                   aside_end(l, i, end) > i) {
            next = aside_end(l, i, end);
            const uint32_t before = (uint32_t)sheet->tokens.count;
            asides[aside_count++] =
                (aside){i + 1, next - 1, before > line.token ? before - 1 : KG_I_NONE};
        } else if (is_blank(code) ? blank_kind(l, i) == KG_I_CELL_COMMA : !is_quote(code)) {
            if (!add_token(l,
                           (kg_i_cell){.begin = i,
                                       .end = next,
                                       .mention = KG_I_NONE,
                                       .code = code,
                                       .kind = is_blank(code) ? KG_I_CELL_COMMA : kind_of(code)})) {
                return false;
            }
        }
        i = next;
    }
    line.token_count = (uint32_t)sheet->tokens.count - line.token;
    if (!kg_i_vec_push(&sheet->lines, line)) {
        return false;
    }
    for (unsigned i = 0; i < aside_count; ++i) {
        if (!lay_line(l, asides[i].begin, asides[i].end, asides[i].token, depth + 1,
                      first_cursor)) {
            return false;
        }
    }
    return true;
}

// Trigger words ------------------------------------------------------------------------------

static bool collect_words(layout* l) {
    kg_i_sheet* const sheet = l->sheet;
    kg_i_scan scan = kg_i_scan_over(l->patterns->automaton, l->chars, l->begin, l->end);
    kg_i_match match;
    while (kg_i_scan_next(&scan, &match)) {
        if (!kg_i_vec_push(&sheet->found, match)) {
            return false;
        }
        // Matches come by their ends; keep them by their begins, longest first.
        size_t at = sheet->found.count - 1;
        kg_i_match* const f = sheet->found.items;
        while (at > 0 && f[at - 1].begin >= match.begin) {
            f[at] = f[at - 1];
            --at;
        }
        f[at] = match;
    }
    return true;
}

/// Drop words within a longer one of @ignore, in place.
static void hide_words(layout* l) {
    kg_i_match* const f = l->sheet->found.items;
    uint32_t hidden_to = 0;
    size_t kept = 0;
    for (size_t i = 0; i < l->sheet->found.count; ++i) {
        const bool hides = kg_i_class_has(&l->patterns->word_classes[f[i].key], KG_I_CLASS_IGNORE);
        if (f[i].end <= hidden_to) {
            continue;
        }
        if (hides) {
            hidden_to = f[i].end;
        }
        f[kept++] = f[i];
    }
    l->sheet->found.count = kept;
}

/// Whether characters [begin, end) are plain tokens of one line; their token range.
static bool tokens_of(const layout* l, const kg_i_line* line, const kg_i_match* match,
                      kg_i_hit* out) {
    const uint32_t first = l->sheet->place[match->begin - l->begin];
    const uint32_t last = l->sheet->place[match->end - 1 - l->begin];
    if (first == KG_I_NONE || last == KG_I_NONE || first < line->token ||
        last >= line->token + line->token_count || last < first) {
        return false;
    }
    for (uint32_t i = first; i <= last; ++i) {
        if (l->sheet->tokens.items[i].kind == KG_I_CELL_MENTION) {
            return false;
        }
    }
    *out = (kg_i_hit){first - line->token, last + 1 - line->token, match->key};
    return true;
}

static bool place_words(layout* l, kg_i_line* line) {
    kg_i_sheet* const sheet = l->sheet;
    line->hit = (uint32_t)sheet->hits.count;
    for (size_t i = 0; i < sheet->found.count; ++i) {
        kg_i_hit hit;
        if (!tokens_of(l, line, &sheet->found.items[i], &hit)) {
            continue;
        }
        const kg_i_class_set* const set = &l->patterns->word_classes[hit.key];
        for (unsigned k = 0; k < KG_I_CLASS_MAX / 64; ++k) {
            line->classes.bits[k] |= set->bits[k];
        }
        if (!kg_i_vec_push(&sheet->hits, hit)) {
            return false;
        }
    }
    line->hit_count = (uint32_t)sheet->hits.count - line->hit;
    uint32_t hit = 0;
    for (uint32_t t = 0; t < line->token_count; ++t) {
        while (hit < line->hit_count && sheet->hits.items[line->hit + hit].begin < t) {
            ++hit;
        }
        sheet->tokens.items[line->token + t].first_hit = hit;
    }
    return true;
}

// Lists --------------------------------------------------------------------------------------

/// The end of a word of `class` that begins at token `at` of the line, or `at`.
static uint32_t skip_class(const layout* l, const kg_i_line* line, uint32_t at, uint32_t class) {
    if (at >= line->token_count) {
        return at;
    }
    uint32_t end = at;
    for (uint32_t h = l->sheet->tokens.items[line->token + at].first_hit; h < line->hit_count;
         ++h) {
        const kg_i_hit* const hit = &l->sheet->hits.items[line->hit + h];
        if (hit->begin != at) {
            break;
        }
        if (hit->end > end && kg_i_class_has(&l->patterns->word_classes[hit->key], class)) {
            end = hit->end;
        }
    }
    return end;
}

static const kg_i_cell* token_at(const layout* l, const kg_i_line* line, uint32_t at) {
    return at < line->token_count ? &l->sheet->tokens.items[line->token + at] : NULL;
}

static kg_type type_at(const layout* l, const kg_i_cell* token) {
    return l->scope->mentions[token->mention].type;
}

/// One sort: what may stand side by side in one list.
static bool same_sort(kg_type a, kg_type b) {
    const unsigned actors =
        1u << KG_COMPANY | 1u << KG_ORGANIZATION | 1u << KG_FACILITY | 1u << KG_PARK;
    return a == b || ((actors >> a & 1) && (actors >> b & 1));
}

/// The token of the next member of the list whose last member is at `at`, or KG_I_NONE.
static uint32_t next_member(const layout* l, const kg_i_line* line, uint32_t at) {
    const kg_type type = type_at(l, token_at(l, line, at));
    uint32_t next = at + 1;
    for (unsigned i = 0; i < 2; ++i) {
        next = skip_class(l, line, next, KG_I_CLASS_TAIL);
    }
    const kg_i_cell* token = token_at(l, line, next);
    const bool dun = token && token->kind == KG_I_CELL_DUN;
    uint32_t joined = dun ? next + 1 : next;
    joined = skip_class(l, line, joined, KG_I_CLASS_JOIN);
    if (joined == next) {
        return KG_I_NONE;
    }
    for (uint32_t i = joined; i <= joined + (dun ? MODIFIER_MAX : 2); ++i) {
        token = token_at(l, line, i);
        if (!token || (token->kind != KG_I_CELL_CHAR && token->kind != KG_I_CELL_MENTION)) {
            return KG_I_NONE;
        }
        if (token->kind == KG_I_CELL_MENTION) {
            const kg_type other = type_at(l, token);
            if (same_sort(type, other)) {
                return i;
            }
            if (other != KG_PLACE && other != KG_SECTOR) {
                return KG_I_NONE;
            }
        }
    }
    return KG_I_NONE;
}

/// Mentions in the asides directly behind a member belong to the list: 生物药（疫苗、抗体）.
static bool add_aside_members(layout* l, uint32_t line_index, uint32_t token, kg_type type,
                              kg_i_list* group) {
    kg_i_sheet* const sheet = l->sheet;
    for (size_t i = line_index + 1; i < sheet->lines.count; ++i) {
        const kg_i_line* const line = &sheet->lines.items[i];
        if (line->outside != token) {
            continue;
        }
        for (uint32_t t = 0; t < line->token_count; ++t) {
            const kg_i_cell* const inside = &sheet->tokens.items[line->token + t];
            if (inside->kind == KG_I_CELL_MENTION && type_at(l, inside) == type &&
                group->count < KG_I_GROUP_MAX) {
                if (!kg_i_vec_push(&sheet->members, inside->mention)) {
                    return false;
                }
                ++group->count;
            }
        }
    }
    return true;
}

static bool find_lists(layout* l, uint32_t line_index) {
    kg_i_sheet* const sheet = l->sheet;
    const kg_i_line line = sheet->lines.items[line_index];
    for (uint32_t t = 0; t < line.token_count; ++t) {
        kg_i_cell* const token = &sheet->tokens.items[line.token + t];
        if (token->kind != KG_I_CELL_MENTION || token->group != KG_I_NONE) {
            continue;
        }
        kg_i_list group = {.first = (uint32_t)sheet->members.count, .begin_token = t};
        const uint32_t index = (uint32_t)sheet->groups.count;
        for (uint32_t at = t; at != KG_I_NONE && group.count < KG_I_GROUP_MAX;
             at = next_member(l, &line, at)) {
            kg_i_cell* const member = &sheet->tokens.items[line.token + at];
            member->group = index;
            ++group.count;
            group.end_token = at + 1;
            const kg_type type = type_at(l, member);
            if (!kg_i_vec_push(&sheet->members, member->mention) ||
                (type == KG_SECTOR &&
                 !add_aside_members(l, line_index, line.token + at, type, &group))) {
                return false;
            }
        }
        if (!kg_i_vec_push(&sheet->groups, group)) {
            return false;
        }
    }
    return true;
}

bool kg_i_sheet_lay(kg_i_sheet* sheet, const kg_i_scope* scope, const kg_i_patterns* patterns,
                    uint32_t sentence, uint32_t begin, uint32_t end, uint32_t mention) {
    uint32_t count = 0;
    const kg_sentence* const sentences = kg_text_sentences(scope->text, &count);
    const kg_document* const document = kg_text_document(scope->text);
    layout l = {.sheet = sheet,
                .scope = scope,
                .patterns = patterns,
                .chars = kg_text_chars(scope->text),
                .begin = begin,
                .end = end,
                .sentence = sentence};
    l.title = document->blocks[sentences[sentence].block].kind == KG_BLOCK_TITLE;
    sheet->tokens.count = 0;
    sheet->hits.count = 0;
    sheet->groups.count = 0;
    sheet->members.count = 0;
    sheet->lines.count = 0;
    sheet->found.count = 0;
    memset(sheet->place, 0xFF, (end - begin) * sizeof *sheet->place);
    // Room at least for one of each, so that no pointer into them is null.
    if (!kg_i_vec_room(&sheet->tokens) || !kg_i_vec_room(&sheet->hits) ||
        !lay_line(&l, begin, end, KG_I_NONE, 0, mention)) {
        return false;
    }
    if (patterns->automaton && !collect_words(&l)) {
        return false;
    }
    hide_words(&l);
    for (size_t i = 0; i < sheet->lines.count; ++i) {
        if (!place_words(&l, &sheet->lines.items[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < sheet->lines.count; ++i) {
        if (!find_lists(&l, (uint32_t)i)) {
            return false;
        }
    }
    return true;
}

void kg_i_sheet_dispose(kg_i_sheet* sheet) {
    kg_i_vec_dispose(&sheet->tokens);
    kg_i_vec_dispose(&sheet->hits);
    kg_i_vec_dispose(&sheet->groups);
    kg_i_vec_dispose(&sheet->members);
    kg_i_vec_dispose(&sheet->lines);
    kg_i_vec_dispose(&sheet->found);
}
