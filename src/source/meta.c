// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/meta.h"

#include "base/utf8.h"
#include "source/date.h"

#include <string.h>
#include <strings.h>

enum { LONG_LINE = 360, SHORT_LINE = 180, NOISE_LINE = 120 }; // bytes

bool kg_i_starts_with(kg_slice text, const char* prefix) {
    const size_t length = strlen(prefix);
    return text.len >= length && !memcmp(text.ptr, prefix, length);
}

size_t kg_i_find(kg_slice text, const char* needle) {
    const char* const found = text.len ? memmem(text.ptr, text.len, needle, strlen(needle)) : NULL;
    return found ? (size_t)(found - text.ptr) : SIZE_MAX;
}

static size_t next_char(kg_slice text, size_t at, uint32_t* code) {
    return kg_i_next_char(text.ptr + at, text.len - at, code);
}

kg_slice kg_i_trim(kg_slice text) {
    uint32_t code = 0;
    while (text.len) {
        const size_t length = next_char(text, 0, &code);
        if (!kg_i_is_space(code) && !kg_i_is_invisible(code)) {
            break;
        }
        text.ptr += length;
        text.len -= length;
    }
    while (text.len) {
        size_t at = text.len - 1;
        while (at && ((unsigned char)text.ptr[at] & 0xC0U) == 0x80U) {
            --at;
        }
        next_char(text, at, &code);
        if (!kg_i_is_space(code) && !kg_i_is_invisible(code)) {
            break;
        }
        text.len = at;
    }
    return text;
}

static bool next_visible(kg_slice text, size_t* at, uint32_t* code) {
    while (*at < text.len) {
        *at += next_char(text, *at, code);
        if (!kg_i_is_space(*code) && !kg_i_is_invisible(*code)) {
            return true;
        }
    }
    return false;
}

bool kg_i_same_text(kg_slice a, kg_slice b) {
    size_t i = 0;
    size_t j = 0;
    for (;;) {
        uint32_t left = 0;
        uint32_t right = 0;
        const bool more_left = next_visible(a, &i, &left);
        const bool more_right = next_visible(b, &j, &right);
        if (!more_left || !more_right) {
            return more_left == more_right;
        }
        if (left != right) {
            return false;
        }
    }
}

typedef enum { LABEL_DATE, LABEL_SOURCE, LABEL_URL, LABEL_OTHER } label_role;

static const struct {
    const char* text;
    label_role role;
} labels[] = {
    {"发布时间", LABEL_DATE},   {"发稿时间", LABEL_DATE},   {"发稿日期", LABEL_DATE},
    {"发布日期", LABEL_DATE},   {"更新时间", LABEL_DATE},   {"发表时间", LABEL_DATE},
    {"发布于", LABEL_DATE},     {"时间", LABEL_DATE},       {"日期", LABEL_DATE},
    {"信息来源", LABEL_SOURCE}, {"文章来源", LABEL_SOURCE}, {"新闻来源", LABEL_SOURCE},
    {"稿件来源", LABEL_SOURCE}, {"来源", LABEL_SOURCE},     {"稿源", LABEL_SOURCE},
    {"发布人", LABEL_SOURCE},   {"原文链接", LABEL_URL},    {"原文地址", LABEL_URL},
    {"网址", LABEL_OTHER},      {"作者", LABEL_OTHER},      {"编辑", LABEL_OTHER},
    {"责任编辑", LABEL_OTHER},  {"责编", LABEL_OTHER},      {"点击", LABEL_OTHER},
    {"点击数", LABEL_OTHER},    {"点击率", LABEL_OTHER},    {"浏览", LABEL_OTHER},
    {"浏览次数", LABEL_OTHER},  {"浏览量", LABEL_OTHER},    {"阅读", LABEL_OTHER},
    {"阅读量", LABEL_OTHER},    {"字号", LABEL_OTHER},      {"字体", LABEL_OTHER},
    {"审核", LABEL_OTHER},      {"校对", LABEL_OTHER},      {"发布者", LABEL_OTHER},
    {"发布单位", LABEL_SOURCE}, {"录入", LABEL_OTHER},      {"点击次数", LABEL_OTHER},
    {"关键词", LABEL_OTHER},    {"关键字", LABEL_OTHER},    {"标签", LABEL_OTHER},
};

static bool has_colon(kg_slice text) {
    return (text.len && memchr(text.ptr, ':', text.len)) || kg_i_find(text, "：") != SIZE_MAX;
}

/// The label at the beginning of `text`, with `*length` of it and its colon; null if none.
static const label_role* label_at(kg_slice text, size_t* length) {
    enum { LONGEST_LABEL = 15 };
    const kg_slice head = {text.ptr, text.len < LONGEST_LABEL ? text.len : LONGEST_LABEL};
    if (!has_colon(head)) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof labels / sizeof *labels; ++i) {
        if (!kg_i_starts_with(text, labels[i].text)) {
            continue;
        }
        const size_t name = strlen(labels[i].text);
        const kg_slice rest = {text.ptr + name, text.len - name};
        if (kg_i_starts_with(rest, "：") || kg_i_starts_with(rest, ":")) {
            *length = name + (rest.ptr[0] == ':' ? 1 : strlen("："));
            return &labels[i].role;
        }
    }
    return NULL;
}

/// The end of a label's value: a gap of spaces, a bar, or the next label.
static size_t value_end(kg_slice text) {
    size_t at = 0;
    while (at < text.len) {
        uint32_t code = 0;
        size_t ignored = 0;
        const kg_slice rest = {text.ptr + at, text.len - at};
        if (at && label_at(rest, &ignored)) {
            break;
        }
        const size_t length = next_char(text, at, &code);
        if (code == '|' || code == 0xFF5C) {
            break;
        }
        at += length;
    }
    return at;
}

enum { LONGEST_SOURCE = 90 };

/// "-某网", "某报）": what stands around a name is no part of it.
static kg_slice strip_marks(kg_slice value) {
    static const char* const marks[] = {"-", "—",  "(", "（", "[",  "【",
                                        ")", "）", "]", "】", "，", "、"};
    bool again = true;
    while (again) {
        again = false;
        value = kg_i_trim(value);
        for (size_t i = 0; i < sizeof marks / sizeof *marks; ++i) {
            const size_t length = strlen(marks[i]);
            const bool closer = i >= 6;
            if (value.len < length) {
                continue;
            }
            const char* const place = closer ? value.ptr + value.len - length : value.ptr;
            if (!memcmp(place, marks[i], length)) {
                value = closer ? (kg_slice){value.ptr, value.len - length}
                               : (kg_slice){value.ptr + length, value.len - length};
                again = true;
            }
        }
    }
    return value;
}

static void take(kg_i_builder* builder, label_role role, kg_slice value) {
    char date[11];
    value = kg_i_trim(value);
    switch (role) {
    case LABEL_DATE:
        if (kg_i_date(value, date)) {
            kg_i_builder_set(&builder->date, kg_slice_of(date));
        }
        break;
    case LABEL_SOURCE: {
        const char* const space = value.len ? memchr(value.ptr, ' ', value.len) : NULL;
        if (space && !kg_i_date((kg_slice){value.ptr, (size_t)(space - value.ptr)}, date)) {
            value.len = (size_t)(space - value.ptr);
        }
        value = strip_marks(value);
        if (value.len <= LONGEST_SOURCE) {
            kg_i_builder_set(&builder->publisher, value);
        }
        break;
    }
    case LABEL_URL:
        if (kg_i_starts_with(value, "http")) {
            kg_i_builder_set(&builder->url, value);
        }
        break;
    case LABEL_OTHER:
        break;
    }
}

/// A line that is made of labels alone.
static bool labelled(kg_i_builder* builder, kg_slice line) {
    size_t length = 0;
    if (line.len > SHORT_LINE || !label_at(line, &length)) {
        return false;
    }
    if (kg_i_find(line, "。") != SIZE_MAX) {
        return false;
    }
    while (line.len) {
        const label_role* const role = label_at(line, &length);
        if (!role) {
            break;
        }
        line = (kg_slice){line.ptr + length, line.len - length};
        const size_t end = value_end(line);
        take(builder, *role, (kg_slice){line.ptr, end});
        line = (kg_slice){line.ptr + end, line.len - end};
        while (line.len && (*line.ptr == '|' || kg_i_starts_with(line, "｜"))) {
            const size_t bar = *line.ptr == '|' ? 1 : 3;
            line = kg_i_trim((kg_slice){line.ptr + bar, line.len - bar});
        }
    }
    return true;
}

/// "2022-04-13 10:41 来源：某报" and "（来源：某报）": labels behind something short.
static bool labelled_later(kg_i_builder* builder, kg_slice line) {
    if (line.len > SHORT_LINE || !has_colon(line) || kg_i_find(line, "。") != SIZE_MAX) {
        return false;
    }
    char date[11];
    for (size_t at = 0; at < line.len && at <= 40;) {
        size_t length = 0;
        uint32_t code = 0;
        const kg_slice rest = {line.ptr + at, line.len - at};
        if (at && label_at(rest, &length)) {
            const kg_slice head = {line.ptr, at};
            const bool dated = kg_i_date(head, date);
            if (dated) {
                kg_i_builder_set(&builder->date, kg_slice_of(date));
            }
            return (dated || at <= 3) && labelled(builder, rest);
        }
        at += next_char(line, at, &code);
    }
    return false;
}

/// [查看原文](https://…) alone on its line.
static bool original_link(kg_i_builder* builder, kg_slice line) {
    if (line.len < 4 || line.ptr[0] != '[') {
        return false;
    }
    const size_t middle = kg_i_find(line, "](");
    if (middle == SIZE_MAX || kg_i_find((kg_slice){line.ptr, middle}, "原文") == SIZE_MAX) {
        return false;
    }
    const kg_slice url = {line.ptr + middle + 2, line.len - middle - 2};
    const char* const end = url.len ? memchr(url.ptr, ')', url.len) : NULL;
    if (end) {
        kg_i_builder_set(&builder->url, (kg_slice){url.ptr, (size_t)(end - url.ptr)});
    }
    return end && end + 1 == line.ptr + line.len;
}

/// Whether `line`, of at least two bytes, begins with one of the words.
static bool any_prefix(kg_slice line, const char* const* words) {
    for (; *words; ++words) {
        if ((*words)[0] == line.ptr[0] && (*words)[1] == line.ptr[1] &&
            kg_i_starts_with(line, *words)) {
            return true;
        }
    }
    return false;
}

static bool noise(kg_slice line) {
    static const char* const begins[] = {
        "上一篇",    "下一篇",       "上一条",   "下一条",   "分享到",   "版权所有", "Copyright",
        "copyright", "COPYRIGHT",    "©",        "相关阅读", "相关新闻", "相关链接", "推荐阅读",
        "延伸阅读",  "【打印",       "打印本页", "关闭窗口", "返回顶部", "返回首页", "您现在的位置",
        "您的位置",  "您所在的位置", "当前位置", "所在位置", "友情链接", "技术支持", "免责声明",
        "扫一扫",    "扫码",         "微信扫",   "【字体",   "【字号",   "粤ICP",    "沪ICP",
        "京ICP",     "网站地图",     NULL};
    static const char* const whole[] = {"央视网消息", "（新闻联播）：", "分享",
                                        "打印",       "关闭",           "收藏"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; ++i) {
        if (kg_slice_equal(line, kg_slice_of(whole[i]))) {
            return true;
        }
    }
    return line.len <= NOISE_LINE && kg_i_find(line, "。") == SIZE_MAX &&
           (any_prefix(line, begins) || kg_i_find(line, "ICP备") != SIZE_MAX ||
            kg_i_find(line, "公网安备") != SIZE_MAX);
}

/// Whether all of `text` is names of people: two or three Chinese characters each.
static bool only_names(kg_slice text) {
    enum { MOST_NAMES = 6 };
    unsigned names = 0;
    unsigned length = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = 0;
        at += next_char(text, at, &code);
        const bool gap = kg_i_is_space(code) || code == 0x3001 || code == '/';
        if (!gap && !kg_i_is_han(code)) {
            return false;
        }
        length = gap ? 0 : length + 1;
        names += length == 1;
        if (length > 3 || names > MOST_NAMES) {
            return false;
        }
    }
    return names > 0;
}

static bool byline(kg_slice line) {
    static const char* const begins[] = {
        "►",   "▶",     "■",     "□",        "◆",     "◎",       "●",        "文/",       "文／",
        "文|", "作者/", "记者/", "本报记者", "记者 ", "通讯员 ", "本刊记者", "本报通讯员"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; ++i) {
        const size_t length = strlen(begins[i]);
        if (begins[i][0] == line.ptr[0] && kg_i_starts_with(line, begins[i])) {
            return only_names((kg_slice){line.ptr + length, line.len - length});
        }
    }
    return false;
}

static bool caption(kg_slice line) {
    static const char* const begins[] = {"图片来源", "图源",  "图为",   "图/",    "摄影",
                                         "（图片",   "(图片", "资料图", "图片由", NULL};
    if (line.len > SHORT_LINE) {
        return false;
    }
    const size_t credit = kg_i_find(line, "（图片");
    return any_prefix(line, begins) || (credit != SIZE_MAX && kg_i_find(line, "。") == SIZE_MAX);
}

kg_i_line_kind kg_i_meta_line(kg_i_builder* builder, kg_slice line) {
    line = kg_i_trim(line);
    if (line.len < 2 || line.len > LONG_LINE) {
        return KG_I_LINE_TEXT;
    }
    if (caption(line)) {
        return KG_I_LINE_CAPTION;
    }
    if (original_link(builder, line) || labelled(builder, line) || labelled_later(builder, line)) {
        return KG_I_LINE_META;
    }
    if (noise(line)) {
        return KG_I_LINE_NOISE;
    }
    return byline(line) ? KG_I_LINE_BYLINE : KG_I_LINE_TEXT;
}
