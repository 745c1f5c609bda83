# SPDX-License-Identifier: GPL-3.0-or-later
"""What the generators of ontology/lexicon share: reading, counting, writing."""

import gzip
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LEXICON = ROOT / "ontology" / "lexicon"
HERE = pathlib.Path(__file__).resolve().parent


def read_tsv(path):
    """Rows of a TSV file as dicts; `#` lines on top are comments, the first line names the columns."""
    rows, header = [], None
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            cells = line.split("\t")
            if header is None:
                header = cells
                continue
            cells += [""] * (len(header) - len(cells))
            rows.append(dict(zip(header, cells)))
    return rows


def write_tsv(path, comments, columns, rows):
    """Write rows (dicts) with the comment lines on top."""
    with open(path, "w", encoding="utf-8") as file:
        for comment in comments:
            file.write(f"# {comment}".rstrip() + "\n")
        file.write("\t".join(columns) + "\n")
        for row in rows:
            file.write("\t".join(row.get(column, "") for column in columns) + "\n")


def bulk_text(path):
    """All text of a JSON Lines corpus as one string; empty where there is none."""
    path = pathlib.Path(path)
    if not path.exists():
        return ""
    parts = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            parts.append(record.get("title") or "")
            parts.append(record.get("content") or "")
    return "\n".join(parts)


def count_strings(text, wanted):
    """How often each of `wanted` stands in `text`, overlaps included: one pass per length."""
    by_length = {}
    for word in wanted:
        by_length.setdefault(len(word), set()).add(word)
    counts = dict.fromkeys(wanted, 0)
    for length, words in by_length.items():
        for start in range(len(text) - length + 1):
            piece = text[start : start + length]
            if piece in words:
                counts[piece] += 1
    return counts
