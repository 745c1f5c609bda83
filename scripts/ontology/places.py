#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build ontology/lexicon/places.tsv from the lists of administrative divisions and places_curated.tsv.

Usage: places.py --names FOLDER [--corpus FILE.jsonl.gz]

FOLDER holds provinces.csv, cities.csv and areas.csv of modood/Administrative-divisions-of-China.
The corpus serves to find short forms that are everyday words or other things' names: a short form
that stands far more often alone than with its level word is marked ambiguous (`?`).
"""

import argparse
import csv
import pathlib
import re

import common

PEOPLES = (
    "蒙古族|藏族|羌族|苗族|侗族|布依族|土家族|彝族|白族|傣族|景颇族|傈僳族|哈尼族|壮族|回族|朝鲜族|满族|瑶族|"
    "畲族|黎族|毛南族|仫佬族|仡佬族|水族|佤族|拉祜族|布朗族|独龙族|怒族|纳西族|普米族|裕固族|东乡族|保安族|"
    "撒拉族|土族|达斡尔族|鄂温克族|鄂伦春族|锡伯族|哈萨克族|塔吉克族|京族|各族|蒙古|回族|哈萨克|柯尔克孜|塔吉克|锡伯|维吾尔"
)
LEVEL = r"(特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|矿区|联合旗|新区|左旗|右旗|中旗|前旗|后旗|省|市|盟|县|区|旗)$"
# Zones that the statistics office counts like districts: parks.tsv has them.
ZONE = re.compile(
    r"(开发区|园区|工业园|管理区|管理区管委会|示范区|合作区|试验区|行政委员会|冀南新区|北戴河新区|渤海新区|滨湖新区|天衢新区|镇江新区|兰州新区|航空港经济综合实验区)$"
)
# Short forms of cities that are also everyday words, or other things' names.
CITY_AMBIGUOUS = set("阿里 白银 日照 来宾 大同 安康 中山 海西 海北 山南 海南州 南平 玉树 保山 朝阳 三明".split())
# Districts known well enough that their short form stands for them alone.
WELL_KNOWN = set(
    "海淀 昌平 顺义 怀柔 密云 平谷 延庆 门头沟 房山 浦东 闵行 嘉定 松江 青浦 奉贤 徐汇 杨浦 虹口 江津 永川 合川 璧山 北碚 沙坪坝 九龙坡 渝北 巴南 "
    "涪陵 万州 黔江 綦江 余杭 萧山 临平 富阳 江宁 浦口 雨花台 武进 昆山 张家港 常熟 太仓 江阴 宜兴 吴江 龙岗 宝安 罗湖 坪山 南沙 番禺 增城 从化 "
    "花都 荔湾 越秀 海珠 顺德 三水 禅城 武清 西青 津南 静海 蓟州 宝坻 义乌 慈溪 余姚 诸暨 晋江 石狮 双流 郫都 新津 温江 龙泉驿 青白江 简阳 都江堰 金堂 "
    "鄞州 镇海 北仑 柯桥 上虞 瓯海 瑞安 乐清 义乌 平湖 海宁 桐乡 嘉善 德清 武侯 青羊 金牛区 长沙县 浏阳 宁乡 望城 醴陵 硚口 江夏 蔡甸 黄陂 崇川 通州湾".split()
)


def stem_of(name):
    """The name without its level word and peoples' names: 恩施土家族苗族自治州 → 恩施."""
    stem = re.sub(LEVEL, "", name)
    if stem != name and re.search(r"自治[州县旗区]$", name):
        stem = re.sub(f"({PEOPLES})+$", "", stem)
    return stem if len(stem) >= 2 and stem != name else ""


def read_csv(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def divisions(folder):
    """(code, name, level, parent code) of every division that is a place and no zone."""
    municipal = {"11": "北京市", "12": "天津市", "31": "上海市", "50": "重庆市"}
    for row in read_csv(folder / "provinces.csv"):
        level = "city" if row["code"] in municipal else "province"
        yield row["code"], row["name"], level, ""
    for row in read_csv(folder / "cities.csv"):
        if row["name"] not in ("市辖区", "县") and "直辖" not in row["name"]:
            yield row["code"], row["name"], "city", row["provinceCode"]
    cities = {row["name"] for row in read_csv(folder / "cities.csv")}
    for row in read_csv(folder / "areas.csv"):
        name = row["name"]
        if name in cities and row["code"].endswith("00"):  # a city without counties, listed as its own
            continue
        if (ZONE.search(name) and len(name) > 4) or name in ("滨海新区", "市辖区", "城区", "郊区", "矿区") or name.startswith("中沙群岛"):
            continue
        real_city = row["cityCode"][2:] not in ("01", "02") or row["provinceCode"] not in municipal
        parent = row["cityCode"] if real_city and row["cityCode"][2:] != "90" else row["provinceCode"]
        yield row["code"], name, "county", parent


def aliases_of(code, name, level, stem, counts, shared):
    """Short forms, the ambiguous ones marked."""
    if name in ("内蒙古自治区", "广西壮族自治区", "西藏自治区", "宁夏回族自治区", "新疆维吾尔自治区"):
        return [name[: 3 if name.startswith("内") else 2]]
    if not stem:
        return []
    found = []
    if name.endswith("自治州") or name.endswith("自治县"):
        found.append(stem + name[-1])
    doubtful = stem in shared
    if level == "county" and stem not in WELL_KNOWN:
        named = sum(counts.get(form, 0) for form in {stem + name[-1], name})
        alone = counts.get(stem, 0) - named
        # A stem of a district is nearly never used alone; of a town it is, where no other thing has it.
        doubtful = doubtful or name.endswith("区") or alone > named + 4
    elif level == "city":
        doubtful = stem in CITY_AMBIGUOUS
    found.append(stem + ("?" if doubtful else ""))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", required=True, type=pathlib.Path)
    parser.add_argument("--corpus", type=pathlib.Path)
    options = parser.parse_args()

    rows = list(divisions(options.names))
    known = {code for code, *_ in rows}
    stems = {code: stem_of(name) for code, name, *_ in rows}
    text = common.bulk_text(options.corpus) if options.corpus else ""
    wanted = {name for _, name, *_ in rows} | set(stems.values())
    wanted |= {stems[code] + name[-1] for code, name, *_ in rows if stems[code]}
    counts = common.count_strings(text, wanted - {""})
    # A stem that two divisions claim is a name of neither, unless one of them is a city.
    first, shared = {}, set()
    for code, _, level, _ in rows:
        stem = stems[code]
        if stem in first and level == "county":
            shared.add(stem)
        first.setdefault(stem, code)
    shared |= {row["text"] for row in common.read_tsv(common.HERE / "everyday.tsv")}

    out = []
    for code, name, level, parent in rows:
        found = aliases_of(code, name, level, stems[code], counts, shared)
        out.append(
            {
                "id": f"cn-{code}",
                "name": name,
                "level": level,
                "parent": f"cn-{parent}" if parent in known else "cn",
                "aliases": ";".join(dict.fromkeys(found)),
            }
        )
    curated = common.read_tsv(common.HERE / "places_curated.tsv")
    by_id = {row["id"]: row for row in out}
    for row in curated:
        if row["id"] in by_id:
            merged = by_id[row["id"]]["aliases"].split(";") + row["aliases"].split(";")
            merged = [alias for alias in merged if alias]
            sure = {alias for alias in row["aliases"].split(";") if not alias.endswith("?")}
            merged = [alias for alias in merged if alias.rstrip("?") not in sure or alias in sure]
            by_id[row["id"]]["aliases"] = ";".join(dict.fromkeys(merged))
        else:
            out.append(row)
    common.write_tsv(
        common.LEXICON / "places.tsv",
        [
            "Places: divisions of China down to counties, regions, countries and foreign cities.",
            "Made by scripts/ontology/places.py; to add a place, add it to scripts/ontology/places_curated.tsv or here.",
            "Source: modood/Administrative-divisions-of-China (WTFPL) for ids cn-<code>; the rest written for parkgraph.",
            "Licence: GPL-3.0-or-later.",
            "Columns: id; name; level (country, province, city, county, region, other); parent (id); aliases, separated by ';'.",
            "An alias that ends in ? is ambiguous: it is recognised only where the document supports it elsewhere.",
        ],
        ["id", "name", "level", "parent", "aliases"],
        out,
    )


if __name__ == "__main__":
    main()
