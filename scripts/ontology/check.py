#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check the tables of ontology/lexicon: ids, references, aliases, and files that MANIFEST names.

Exit status 1 if there is a fault. With --shared-names also list strings that several entries claim.
"""

import collections
import re
import sys

import common

THINGS = ("places", "sectors", "organizations", "parks", "companies")
REFERENCES = {"parent": None, "group": "companies", "place": "places", "sectors": "sectors"}
LEVELS = {
    "places": {"country", "province", "city", "county", "region", "other"},
    "parks": {"national_hightech", "national_etdz", "new_area", "bonded", "ftz", "science_city", "other"},
}
KINDS = set("university institute ministry government regulator exchange media hospital association bank court other".split())


def faults_of_row(table, row, ids):
    if not re.fullmatch(r"[A-Za-z0-9._-]+", row["id"]):
        yield f"id is not plain ASCII: {row['id']}"
    aliases = [alias for alias in row["aliases"].split(";") if alias]
    bare = [alias.rstrip("?") for alias in aliases]
    if len(bare) != len(set(bare)) or row["name"].rstrip("?") in bare:
        yield f"a string stands twice: {row['name']}"
    for text in [row["name"], *aliases]:
        if text != text.strip() or not text.rstrip("?"):
            yield f"space around or nothing in a name: {text!r}"
    for column, target in REFERENCES.items():
        for reference in filter(None, row.get(column, "").split(";")):
            if ids.get(reference) != (target or table):
                yield f"{column} leads nowhere: {reference}"
    if table in LEVELS and row["level"] not in LEVELS[table]:
        yield f"no such level: {row['level']}"
    if table == "organizations" and row["kind"] not in KINDS:
        yield f"no such kind: {row['kind']}"
    if table == "sectors" and row["use"] not in ("strict", "loose"):
        yield f"use is strict or loose: {row['use']}"


def main():
    tables = {name: common.read_tsv(common.LEXICON / f"{name}.tsv") for name in THINGS}
    ids, found = {}, []
    for name, rows in tables.items():
        for row in rows:
            if row["id"] in ids:
                found.append(f"{name}.tsv: id used before: {row['id']}")
            ids[row["id"]] = name
    claims = collections.defaultdict(set)
    for name, rows in tables.items():
        for row in rows:
            found += [f"{name}.tsv: {row['id']}: {fault}" for fault in faults_of_row(name, row, ids)]
            for text in [row["name"], *row["aliases"].split(";")]:
                if text and not text.endswith("?"):
                    claims[text].add(f"{name}:{row['id']}")
    for row in common.read_tsv(common.ROOT / "ontology" / "MANIFEST"):
        if not list((common.ROOT / "ontology").glob(row["path"])):
            found.append(f"MANIFEST: no such file: {row['path']}")
    print("\n".join(found) if found else f"{len(ids)} entries, {len(claims)} names: no fault")
    if "--shared-names" in sys.argv:
        for text, owners in sorted(claims.items()):
            if len(owners) > 1:
                print(text, *sorted(owners))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
