// SPDX-License-Identifier: GPL-3.0-or-later
#include "resolve/fold.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/// Characters that writers put in or leave out at will. Full-width forms have become ASCII by then.
static bool is_dropped(uint32_t code) {
    switch (code) {
    case '(':
    case ')':
    case '[':
    case ']':
    case '"':
    case '\'':
    case 0xB7: // middle dot and its twins
    case 0x2022:
    case 0x2027:
    case 0x30FB:
    case 0x2018: // quotes
    case 0x2019:
    case 0x201C:
    case 0x201D:
        return true;
    default:
        return code <= 0x20 || (code >= 0x3008 && code <= 0x3011) || // 〈 to 】
               (code >= 0x3014 && code <= 0x301B) || code == 0x3000; // 〔 to 〛
    }
}

/// Most names are of characters that NFKC leaves alone.
static bool is_plain(uint32_t code) {
    return (code >= 0x4E00 && code <= 0x9FFF) || (code >= 'a' && code <= 'z') ||
           (code >= '0' && code <= '9');
}

static bool add_folded(kg_slice name, kg_i_buffer* out) {
    utf8proc_uint8_t* folded = NULL;
    const utf8proc_ssize_t length = utf8proc_map(
        (const utf8proc_uint8_t*)name.ptr, (utf8proc_ssize_t)name.len, &folded,
        UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    if (length < 0) {
        kg_i_buffer_add_slice(out, name); // not UTF-8: compared by its bytes
        return length != UTF8PROC_ERROR_NOMEM;
    }
    for (size_t at = 0; at < (size_t)length;) {
        uint32_t code = 0;
        const unsigned size =
            kg_i_utf8_decode((const char*)folded + at, (size_t)length - at, &code);
        if (!is_dropped(code)) {
            kg_i_buffer_add(out, folded + at, size);
        }
        at += size ? size : 1;
    }
    free(folded);
    return true;
}

bool kg_i_fold_name(kg_slice name, kg_i_buffer* out) {
    const size_t before = out->len;
    bool plain = true;
    for (size_t at = 0; plain && at < name.len;) {
        uint32_t code = 0;
        const unsigned size = kg_i_utf8_decode(name.ptr + at, name.len - at, &code);
        plain = size && is_plain(code);
        at += size;
    }
    if (plain) {
        kg_i_buffer_add_slice(out, name);
    } else if (!add_folded(name, out)) {
        return false;
    }
    if (out->len == before) {
        kg_i_buffer_add_slice(out, name);
    }
    return !out->failed;
}

// Heads that name a kind. A name that is one of them, or one with qualifiers alone before it, is
// bare. Ends of names in `ontology/` serve another purpose: there a brand may stand before them.
static const char* const park_heads[] = {
    "保税区",         "保税港区",   "保税物流园",     "产业城",           "产业基地",
    "产业集聚区",     "产业新城",   "产业园",         "产业园区",         "创新园",
    "创业园",         "创意产业园", "度假区",         "服务业集聚区",     "孵化基地",
    "孵化器",         "高新产业园", "高新技术产业园", "高新技术产业园区", "高新技术产业开发区",
    "高新技术开发区", "高新区",     "高新园区",       "工业区",           "工业园",
    "工业园区",       "合作区",     "集聚区",         "加工区",           "加速器",
    "经济技术开发区", "经济开发区", "经开区",         "开发区",           "科创园",
    "科技产业园",     "科技城",     "科技园",         "科技园区",         "科学城",
    "空港新城",       "临空经济区", "留创园",         "留学人员创业园",   "旅游度假区",
    "软件园",         "生态城",     "生态园",         "生物医药产业园",   "示范区",
    "示范园区",       "试验区",     "数字经济产业园", "特色小镇",         "文化产业园",
    "文化创意产业园", "物流园",     "物流园区",       "现代农业产业园",   "小微企业园",
    "小镇",           "新城",       "新区",           "医药园",           "园区",
    "众创空间",       "中心区",     "专业园区",       "自创区",           "自贸区",
    "自贸试验区",     "自由贸易区", "自由贸易试验区", "自主创新示范区",   "综保区",
    "综合保税区",
};
static const char* const facility_heads[] = {
    "办事处",       "产业基地", "产业园",   "厂房",     "创新基地",   "创新中心",   "创新研究院",
    "大厦",         "分公司",   "分中心",   "服务平台", "服务中心",   "工厂",       "工程",
    "公共服务平台", "基地",     "结算中心", "科技园",   "科研基地",   "联合实验室", "平台",
    "区域总部",     "厂区",     "生产基地", "生产线",   "实验室",     "示范基地",   "数据中心",
    "体验中心",     "物流中心", "项目",     "销售中心", "新工厂",     "研发基地",   "研发总部",
    "研发中心",     "研究院",   "研究中心", "研究所",   "一期",       "运营中心",   "展厅",
    "制造基地",     "智能工厂", "中试基地", "中心",     "重点实验室", "总部",       "总部大楼",
    "总部基地",     "总部项目", "展示中心", "产业项目", "大数据中心",
};
static const char* const body_heads[] = {
    "办公室",   "财政局",     "党工委", "党委",       "发改局",     "发改委",     "发展改革委",
    "工信部门", "工委",       "公司",   "管理局",     "管理委员会", "管委会",     "管理中心",
    "环保局",   "经信局",     "经信委", "科技局",     "科委",       "理事会",     "人民政府",
    "商会",     "商务局",     "商务委", "市场监管局", "市委",       "市委市政府", "市政府",
    "省委",     "省委省政府", "省政府", "税务局",     "县委",       "县委县政府", "县政府",
    "协会",     "学院",       "研究院", "医院",       "银行",       "园区管委会", "招商局",
    "招商中心", "招商部门",   "镇政府", "政府",       "大学",       "区委",       "区委区政府",
    "区政府",   "工商局",     "国资委", "联盟",       "委员会",     "行政审批局",
};
static const char* const firm_heads[] = {
    "公司",     "股份公司", "集团",         "集团公司", "控股公司", "母公司",   "平台公司",
    "企业",     "上市公司", "项目公司",     "有限公司", "子公司",   "总公司",   "投资公司",
    "开发公司", "运营公司", "建设公司",     "科技公司", "分公司",   "合资公司", "国资公司",
    "城投公司", "城投",     "产业基金",     "基金",     "基金公司", "开发商",   "运营商",
    "投资集团", "城投集团", "股份有限公司",
};
static const char* const place_heads[] = {
    "本地",     "城区",   "国内", "海外", "境外", "老城区", "全国",           "全市",
    "全省",     "市区",   "我市", "我省", "我区", "我县",   "县城",           "新城",
    "中心城区", "主城区", "主城", "城市", "乡镇", "街道",   "长三角地区城市",
};
static const char* const sector_heads[] = {
    "产业", "行业", "领域", "新兴产业", "主导产业", "高新技术", "高新技术产业", "技术", "服务",
};

// Longer ones first where one begins with another.
static const char* const park_qualifiers[] = {"国家级", "省级", "市级", "国家", "该", "本", "新"};
static const char* const facility_qualifiers[] = {
    "中国", "全球", "全国", "亚太", "亚洲", "国际", "国家级", "省级", "国家", "区域",
    "西南", "西北", "西部", "东北", "东部", "华东", "华南",   "华中", "华北", "华西",
    "北方", "南方", "南部", "北部", "中部", "第二", "第三",   "第一", "智能", "制造",
    "该",   "本",   "新",   "两大", "三大", "一期", "二期",   "三期",
};
static const char* const body_qualifiers[] = {"该", "本", "市", "区", "县", "省"};
static const char* const firm_qualifiers[] = {"该", "本", "全资", "控股", "合资", "新", "旗下"};
static const char* const other_qualifiers[] = {"该", "本"};

typedef struct {
    const char* const* items;
    size_t count;
} words;

#define WORDS(array)                                                                               \
    { (array), sizeof(array) / sizeof *(array) }

static const struct {
    words heads, qualifiers;
} kinds[KG_TYPE_COUNT] = {
    [KG_COMPANY] = {WORDS(firm_heads), WORDS(firm_qualifiers)},
    [KG_PARK] = {WORDS(park_heads), WORDS(park_qualifiers)},
    [KG_FACILITY] = {WORDS(facility_heads), WORDS(facility_qualifiers)},
    [KG_SECTOR] = {WORDS(sector_heads), WORDS(other_qualifiers)},
    [KG_PLACE] = {WORDS(place_heads), WORDS(other_qualifiers)},
    [KG_ORGANIZATION] = {WORDS(body_heads), WORDS(body_qualifiers)},
    [KG_PERSON] = {{NULL, 0}, {NULL, 0}},
};

static bool starts_with(kg_slice text, kg_slice start) {
    return text.len >= start.len && memcmp(text.ptr, start.ptr, start.len) == 0;
}

static bool is_head(words heads, kg_slice text) {
    for (size_t i = 0; i < heads.count; ++i) {
        if (kg_slice_equal(text, kg_slice_of(heads.items[i]))) {
            return true;
        }
    }
    return text.len == 0;
}

bool kg_i_is_bare(kg_type type, kg_slice folded) {
    if ((unsigned)type >= KG_TYPE_COUNT || !folded.len) {
        return true;
    }
    const words qualifiers = kinds[type].qualifiers;
    for (bool again = true; again;) {
        if (is_head(kinds[type].heads, folded)) {
            return true;
        }
        again = false;
        for (size_t i = 0; !again && i < qualifiers.count; ++i) {
            const kg_slice start = kg_slice_of(qualifiers.items[i]);
            if (starts_with(folded, start)) {
                folded = (kg_slice){folded.ptr + start.len, folded.len - start.len};
                again = true;
            }
        }
    }
    return false;
}
