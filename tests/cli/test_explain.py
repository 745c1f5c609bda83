# SPDX-License-Identifier: GPL-3.0-or-later
"""explain and query: evidence down to the bytes, answers in three forms."""
import csv
import io

import harness
from harness import records, run


class Explain(harness.Case):
    def setUp(self):
        super().setUp()
        self.input = self.articles()
        self.store = self.folder / "out"
        self.check(run("build", self.input, "-o", self.store, "--quiet", "--formats=none"))

    def explain(self, *words, status=0):
        return self.check(run("explain", *words, "--store", self.store), status)

    def test_entity(self):
        done = self.explain("云岭智慧产业园")
        self.assertIn("青禾科技集团有限公司 operates 云岭智慧产业园", done.out)
        self.assertIn("a.txt, bytes ", done.out)
        self.assertIn("Where it was met", done.out)
        self.assertIn("b.md", done.out)

    def test_alias_and_part(self):
        self.assertIn("青禾科技集团有限公司", self.explain("青禾集团").out)
        self.assertIn("星澜医药股份有限公司", self.explain("星澜医").out)
        done = self.explain("有限公司", status=2)
        self.assertIn("青禾科技集团有限公司", done.err)
        self.assertIn("nothing in the graph", self.explain("不存在的", status=2).err)

    def test_statement(self):
        done = self.explain("青禾集团", "operates", "云岭智慧产业园")
        self.assertIn("运营云岭智慧产业园", done.out)
        done = self.explain("-", "locates_in", "云岭智慧产业园")
        self.assertIn("星澜医药股份有限公司", done.out)
        done = self.explain("星澜医药股份有限公司", "operates", "云岭智慧产业园", status=1)
        self.assertIn("does not say", done.err)

    def test_evidence_is_in_the_file(self):
        found = records(self.explain("--json", "云岭智慧产业园").out)
        self.assertTrue(found)
        for statement in found:
            for it in statement["evidence"]:
                raw = (self.input / it["doc"]).read_bytes()[it["begin"]:it["end"]]
                self.assertIn(it["quote"].encode()[:6], raw)

    def test_query_forms(self):
        sql = "SELECT name, 1 AS one, 0.5 AS half, NULL AS none FROM entity ORDER BY name"
        rows = self.query(self.store, sql)
        self.assertEqual({"one": 1, "half": 0.5, "none": None},
                         {k: v for k, v in rows[0].items() if k != "name"})
        done = self.check(run("query", "--format=csv", sql, "--store", self.store))
        table = list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))
        self.assertEqual([row["name"] for row in table], [row["name"] for row in rows])
        done = self.check(run("query", sql, "--store", self.store))
        self.assertEqual(len(done.out.splitlines()), len(rows) + 1)

    def test_tables_align(self):
        done = self.check(run("query", "SELECT '高新区' AS a, 'x' AS b UNION ALL SELECT 'ab', 'y'",
                              "--store", self.store))
        self.assertEqual(done.out, "a       b\n高新区  x\nab      y\n")

    def test_views(self):
        for view in "entity alias statement evidence document measure run merge".split():
            self.check(run("query", f"SELECT * FROM {view}", "--store", self.store))

    def test_bad_sql(self):
        done = run("query", "SELEKT 1", "--store", self.store)
        self.assertIn(done.returncode, (1, 2))
        self.assertIn("SELEKT", done.err)


if __name__ == "__main__":
    harness.main()
