#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build ontology/lexicon/companies.tsv from the list of listed companies and companies_curated.tsv.

Usage: companies.py --names FOLDER

FOLDER holds listed_companies.jsonl of liuhuanyong/ChainKnowledgeGraph. A curated row with the id of a
listed company adds to it: its aliases, group and sectors hold.
"""

import argparse
import json
import pathlib
import re

import common

# Short names of this build are also roads, harbours, areas and trades: 上海机场, 山东高速, 海南发展.
PUBLIC = re.compile(r"(机场|空港|高速|港|铁路|旅游|文化|环境|发展|建设|旅发|路桥|燃气|水务|出版|传媒|电影|高新|高科|地产)$")
FORM = re.compile(r"(股份)?有限(责任)?公司$")
GROUP_FORM = re.compile(r"(（集团）|\(集团\)|集团)?股份有限公司$")


def load(path):
    """Clean rows of the list: one per code, marks of special treatment and share class taken off."""
    seen = {}
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        code = row["code"].split(".")[0]
        full = re.sub(r"[（(]简称.*", "", row["fullname"] or "").replace("(", "（").replace(")", "）").strip()
        if full.endswith("（集团）"):
            full = full[:-4]
        short = re.sub(r"^(\*?ST|S\*ST|SST|N|XD|XR|DR)(?=[\u4e00-\u9fff])", "", row["name"].replace(" ", ""))
        short = re.sub(r"[AB]$", "", short) if re.search(r"[\u4e00-\u9fff]", short) else short
        if not re.fullmatch(r"\d{6}", code) or not re.search(r"(公司|银行)$", full) or len(short) < 2:
            continue
        seen[code] = (short, full, row["name"].replace(" ", ""))
    return seen


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", required=True, type=pathlib.Path)
    options = parser.parse_args()

    everyday = {row["text"]: row["use"] for row in common.read_tsv(common.HERE / "everyday.tsv")}
    places = set()
    for row in common.read_tsv(common.LEXICON / "places.tsv"):
        places |= {row["name"]} | {alias.rstrip("?") for alias in row["aliases"].split(";") if alias}
    curated = {row["id"]: row for row in common.read_tsv(common.HERE / "companies_curated.tsv")}
    listed = load(options.names / "listed_companies.jsonl")
    taken = {}
    for short, full, _ in listed.values():
        taken[short] = taken.get(short, 0) + 1
    claimed = set()
    for row in curated.values():
        claimed |= {row["name"]} | {alias.rstrip("?") for alias in row["aliases"].split(";") if alias}

    out = []
    for code, (short, full, marked) in sorted(listed.items()):
        key = f"cn-stock-{code}"
        own = curated.pop(key, None)
        area = any(short.startswith(place) for place in places if 2 <= len(place) < len(short))
        doubtful = (
            short in everyday or taken[short] > 1 or (area and PUBLIC.search(short))
            or (own is None and short in claimed)
        )
        # Two characters, mostly what is left of a name in distress, are hardly ever a name in a text.
        lost = len(short) < 3 or everyday.get(short) == "drop" or short in places
        aliases = [] if lost else [short + ("?" if doubtful else "")]
        if marked != short and "ST" not in marked and len(marked) > 3:
            aliases.append(marked)
        stem = FORM.sub("", full)
        if len(stem) >= 5 and stem not in places and stem not in (short, full) and stem not in claimed:
            aliases.append(stem)
        core = GROUP_FORM.sub("", full)
        if len(core) >= 6 and core not in (stem, short, full) and core not in claimed:
            aliases.append(core)
        row = {"id": key, "name": full, "aliases": aliases, "group": "", "sectors": ""}
        if own:
            extra = [alias for alias in own["aliases"].split(";") if alias]
            sure = {alias for alias in extra if not alias.endswith("?")}
            unsure = {alias[:-1] for alias in extra if alias.endswith("?")}
            aliases = [a for a in aliases if not (a.endswith("?") and a[:-1] in sure) and a not in unsure]
            row |= {"aliases": aliases + extra, "group": own["group"], "sectors": own["sectors"]}
        row["aliases"] = ";".join(dict.fromkeys(row["aliases"]))
        out.append(row)
    out += curated.values()
    common.write_tsv(
        common.LEXICON / "companies.tsv",
        [
            "Companies: listed ones of mainland China, well-known groups, brands and foreign firms in Chinese news.",
            "Made by scripts/ontology/companies.py; to add a company, add it to scripts/ontology/companies_curated.tsv or here.",
            "Source: liuhuanyong/ChainKnowledgeGraph for ids cn-stock-<code> (short and registered names, 2021); the rest written for parkgraph.",
            "Licence: GPL-3.0-or-later.",
            "Columns: id; name; aliases, separated by ';'; group (id of the company it belongs to); sectors (ids of sectors.tsv, separated by ';').",
            "A name or alias that ends in ? is ambiguous: it is recognised only where the document supports it elsewhere.",
        ],
        ["id", "name", "aliases", "group", "sectors"],
        out,
    )


if __name__ == "__main__":
    main()
