#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""CSV and JSON Lines as Python's own modules and DuckDB read them. check_table.py FOLDER PROJECT"""
import csv
import json
import sys
from pathlib import Path

COUNTS = {"entities": 10, "statements": 13, "evidence": 16, "documents": 4}
NAME = "换\n行\r回\t车"


def read_table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def check_csv(folder):
    tables = {name: read_table(folder / "csv" / (name + ".csv")) for name in COUNTS}
    for name, rows in tables.items():
        assert len(rows) == COUNTS[name], name
        assert all(None not in row and None not in row.values() for row in rows), name
        assert len({row["id"] for row in rows}) == len(rows), name
    entities = {row["id"]: row for row in tables["entities"]}
    assert entities["e5"]["name"] == NAME
    assert json.loads(entities["e1"]["aliases"])[3] == "C:\\temp\\new"
    for row in tables["statements"]:
        assert row["subject"] in entities and row["object"] in entities
    statements = {row["id"] for row in tables["statements"]}
    assert {row["statement"] for row in tables["evidence"]} == statements
    for name in ("entities", "documents", "statements", "evidence"):
        rows = read_table(folder / "neo4j" / (name + ".csv"))
        assert len(rows) == COUNTS[name], name


def check_json(folder):
    with (folder / "graph.jsonl").open(encoding="utf-8", newline="\n") as file:
        objects = [json.loads(line) for line in file]
    kinds = [o["kind"] for o in objects]
    assert kinds == ["document"] * 4 + ["entity"] * 10 + ["statement"] * 13
    by_id = {o["id"]: o for o in objects}
    assert by_id["e5"]["name"] == NAME
    assert by_id["e4"]["name"] == "𠮷田 \\u0041 \\\\"
    assert by_id["s01"]["evidence"][1]["sentence"] == "园" * 3000


def check_duckdb(folder):
    try:
        import duckdb
    except ImportError:
        return "duckdb is not installed"
    for name, count in COUNTS.items():
        got = duckdb.sql(f"SELECT count(*) FROM read_csv('{folder}/csv/{name}.csv')").fetchone()[0]
        assert got == count, name
    got = duckdb.sql(f"SELECT count(*) FROM read_json('{folder}/graph.jsonl')").fetchone()[0]
    assert got == 27
    return None


def main():
    folder = Path(sys.argv[1])
    check_csv(folder)
    check_json(folder)
    reason = check_duckdb(folder)
    if reason:
        print("skipped:", reason)


main()
