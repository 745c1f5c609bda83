# SPDX-License-Identifier: GPL-3.0-or-later
"""eval prints what the gold files' own scorer prints."""
import json
import subprocess
import sys
import unittest

import harness
from harness import SHARED, run

GOLD = {
    "doc": "a.txt",
    "entities": [
        {"id": "e1", "type": "Company", "name": "青禾集团", "aliases": ["青禾"]},
        {"id": "e2", "type": "Park", "name": "云岭智慧产业园", "aliases": []},
        {"id": "e3", "type": "Sector", "name": "人工智能", "aliases": ["人工智能产业"]},
    ],
    "relations": [
        {"s": "e1", "p": "operates", "o": "e2", "status": "actual", "evidence": ""},
        {"s": "e2", "p": "focuses_on", "o": "e3", "status": "planned", "evidence": ""},
    ],
}
PREDICTED = {
    "doc": "somewhere/a.txt",
    "entities": [
        {"id": "x", "type": "Company", "name": "青禾", "aliases": []},
        {"id": "y", "type": "Park", "name": "云岭智慧产业园", "aliases": []},
        {"id": "z", "type": "Sector", "name": "人工智能行业", "aliases": []},
        {"id": "w", "type": "Place", "name": "重庆", "aliases": []},
    ],
    "relations": [
        {"s": "x", "p": "develops", "o": "y", "status": "actual"},
        {"s": "y", "p": "focuses_on", "o": "z", "status": "actual"},
        {"s": "y", "p": "situated_in", "o": "w", "status": "actual"},
    ],
}


class Eval(harness.Case):
    def setUp(self):
        super().setUp()
        self.gold = self.folder / "gold"
        self.gold.mkdir()
        (self.gold / "a.gold.json").write_text(json.dumps(GOLD, ensure_ascii=False, indent=1),
                                               encoding="utf-8")
        self.predicted = self.folder / "predicted.jsonl"
        self.predicted.write_text(json.dumps(PREDICTED, ensure_ascii=False) + "\n",
                                  encoding="utf-8")

    def test_figures(self):
        found = json.loads(self.check(run("eval", self.gold, self.predicted, "--json")).out)
        self.assertEqual((found["documents"], found["scored"]), (1, 1))
        core = found["totals"]["core"]
        self.assertAlmostEqual(core["p"], 1 / 3)
        self.assertAlmostEqual(core["r"], 1 / 2)
        self.assertAlmostEqual(core["f1"], 0.4)
        self.assertEqual(found["relations"]["focuses_on"]["f1"], 1)
        self.assertEqual(found["status_accuracy"], 0)

    def test_standard_input_and_documents(self):
        done = self.check(run("eval", self.gold / "a.gold.json", "-", "--per-doc",
                              stdin=self.predicted.read_bytes()))
        self.assertIn("core by document", done.out)
        self.assertIn("a.txt", done.out)

    def test_faults(self):
        self.predicted.write_text("not json\n", encoding="utf-8")
        done = self.check(run("eval", self.gold, self.predicted), 1)
        self.assertIn("predicted.jsonl:1", done.err)
        (self.folder / "none").mkdir()
        self.check(run("eval", self.folder / "none", self.predicted), 2)

    def compare(self, gold, predicted):
        scorer = SHARED / "gold" / "score.py"
        for extra in ([], ["--per-doc"]):
            theirs = subprocess.run([sys.executable, str(scorer), str(gold), str(predicted), *extra],
                                    capture_output=True, text=True, check=True).stdout
            self.assertEqual(self.check(run("eval", gold, predicted, *extra)).out, theirs)
        theirs = json.loads(subprocess.run(
            [sys.executable, str(scorer), str(gold), str(predicted), "--json"],
            capture_output=True, text=True, check=True).stdout)
        self.assertEqual(json.loads(run("eval", gold, predicted, "--json").out), theirs)

    @unittest.skipUnless((SHARED / "gold" / "score.py").exists(), "no gold files here")
    def test_same_as_the_scorer(self):
        self.compare(self.gold, self.predicted)
        for part in ("seeds", "dev"):
            if (SHARED / "gold" / part).is_dir() and (SHARED / "corpus" / part).is_dir():
                predicted = self.folder / f"{part}.jsonl"
                predicted.write_bytes(run("extract", SHARED / "corpus" / part).stdout)
                self.compare(SHARED / "gold" / part, predicted)


if __name__ == "__main__":
    harness.main()
