# SPDX-License-Identifier: GPL-3.0-or-later
"""build, merge, retract, export: the graph depends on the documents alone."""
import os
import time

import harness
from harness import run, tree

EXPORTS = ["graph.ttl", "graph.graphml", "graph.gexf", "graph.nq"]


class Build(harness.Case):
    def build(self, *arguments, status=0, out="out", **more):
        return self.check(run("build", *arguments, "-o", self.folder / out, **more), status)

    def test_summary_and_every_export(self):
        done = self.build(self.articles())
        self.assertIn("3 documents", done.out)
        self.assertIn("云岭智慧产业园", done.out)
        self.assertIn("What next", done.out)
        self.assertEqual(done.err, "")
        found = tree(self.folder / "out")
        for name in EXPORTS:
            self.assertTrue(found[name], name)
        self.assertIn("graph.sqlite", os.listdir(self.folder / "out"))

    def test_second_run_changes_nothing(self):
        folder = self.articles()
        self.build(folder)
        before = {path: path.stat().st_mtime_ns for path in (self.folder / "out").rglob("*.*")
                  if not path.name.startswith("graph.sqlite")}
        bytes_before = tree(self.folder / "out")
        done = self.build(folder)
        self.assertIn("Nothing changed; files as they were: 3", done.out)
        self.same(bytes_before, tree(self.folder / "out"))
        self.assertEqual(before, {path: path.stat().st_mtime_ns for path in before})

    def test_workers_change_nothing(self):
        feed = self.feed(300)
        for jobs in (1, 4):
            self.build(feed, "--jobs", jobs, out=f"out{jobs}")
        self.same(tree(self.folder / "out1"), tree(self.folder / "out4"))

    def test_order_of_reading_changes_nothing(self):
        folder = self.articles()
        self.build(folder / "a.txt", folder / "b.md", folder / "c.html", out="one")
        self.build(folder / "c.html", out="two")
        self.build(folder / "b.md", out="two")
        self.build(folder / "a.txt", out="two")
        self.same(tree(self.folder / "one"), tree(self.folder / "two"))

    def test_extract_then_merge_is_build(self):
        folder = self.articles()
        self.build(folder)
        lines = self.check(run("extract", folder)).stdout
        done = self.check(run("merge", "-", "-o", self.folder / "merged", stdin=lines))
        self.assertIn("Documents merged: 3", done.out)
        self.same(tree(self.folder / "out"), tree(self.folder / "merged"))
        parts = lines.splitlines(keepends=True)
        for number, part in enumerate(reversed(parts)):
            (self.folder / f"{number}.jsonl").write_bytes(part)
        self.check(run("merge", *[self.folder / f"{n}.jsonl" for n in range(3)],
                       "-o", self.folder / "parts"))
        self.same(tree(self.folder / "out"), tree(self.folder / "parts"))

    def test_changed_file_replaces_what_it_said(self):
        folder = self.articles()
        self.build(folder)
        changed = harness.ARTICLES["b.md"].replace("星澜医药", "远岫光电")
        time.sleep(0.01)
        (folder / "b.md").write_text(changed, encoding="utf-8")
        self.build(folder)
        names = {row["name"] for row in self.query(self.folder / "out", "SELECT name FROM entity")}
        self.assertIn("远岫光电股份有限公司", names)
        self.assertNotIn("星澜医药股份有限公司", names)
        self.build(folder, out="fresh")
        self.same(tree(self.folder / "out"), tree(self.folder / "fresh"))

    def test_record_that_left_a_feed_is_gone(self):
        feed = self.feed(20)
        self.build(feed)
        self.feed(15)
        done = self.build(feed)
        self.assertIn("taken away: 5", done.out)
        self.build(feed, out="fresh")
        self.same(tree(self.folder / "out"), tree(self.folder / "fresh"))

    def test_missing_file_stays_unless_pruned(self):
        folder = self.articles()
        self.build(folder)
        (folder / "c.html").unlink()
        self.build(folder)
        count = "SELECT count(*) AS n FROM document"
        self.assertEqual(self.query(self.folder / "out", count), [{"n": 3}])
        self.build(folder, "--prune")
        self.assertEqual(self.query(self.folder / "out", count), [{"n": 2}])
        self.build(folder, out="fresh")
        self.same(tree(self.folder / "out"), tree(self.folder / "fresh"))
        # Put back as it was, time and all, it is read again.
        self.articles()
        self.build(folder)
        self.assertEqual(self.query(self.folder / "out", count), [{"n": 3}])

    def test_retracted_document_is_as_if_never_read(self):
        folder = self.articles()
        self.build(folder)
        full = tree(self.folder / "out")
        done = self.check(run("retract", "b.md", "-o", self.folder / "out"))
        self.assertIn("Documents retracted: 1", done.out)
        self.build(folder / "a.txt", folder / "c.html", out="without")
        self.same(tree(self.folder / "out"), tree(self.folder / "without"))
        done = self.check(run("retract", "b.md", "-o", self.folder / "out"), 1)
        self.assertIn("no such document", done.err)
        self.build(folder)
        self.same(tree(self.folder / "out"), full)

    def test_new_ontology_reads_everything_again(self):
        folder = self.articles()
        ontology = self.folder / "ontology"
        self.check(run("version"))
        import shutil
        shutil.copytree(harness.ROOT / "ontology", ontology)
        self.build(folder, "--ontology", ontology)
        self.assertIn("Nothing changed", self.build(folder, "--ontology", ontology).out)
        [table, *_] = sorted((ontology / "lexicon").glob("*.tsv"))
        with open(table, "a", encoding="utf-8") as out:
            out.write("# a note\n")
        self.assertIn("Documents read: 3", self.build(folder, "--ontology", ontology).out)

    def test_chosen_formats_alone(self):
        folder = self.articles()
        self.build(folder, "--formats=turtle,csv")
        found = tree(self.folder / "out")
        self.assertIn("graph.ttl", found)
        self.assertNotIn("graph.graphml", found)
        # A later run keeps to them, and brings back what is missing.
        (self.folder / "out" / "graph.ttl").unlink()
        self.build(folder)
        self.same(found, tree(self.folder / "out"))

    def test_export_equals_build(self):
        self.build(self.articles())
        found = tree(self.folder / "out")
        done = self.check(run("export", "--format=turtle", "-o", "-",
                              "--store", self.folder / "out"))
        self.assertEqual(done.stdout, found["graph.ttl"])
        place = self.folder / "copy"
        place.mkdir()
        self.check(run("export", "--format=all", "-o", place,
                       "--store", self.folder / "out" / "graph.sqlite"))
        self.same(tree(place), found)

    def test_base_iri(self):
        self.build(self.articles(), "--base-iri=https://parks.example/id/")
        self.assertIn(b"https://parks.example/id/", tree(self.folder / "out")["graph.nt"])
        self.assertNotIn(b"parkgraph.example/id", tree(self.folder / "out")["graph.nt"])

    def test_quiet_says_nothing(self):
        done = self.build(self.articles(), "--quiet")
        self.assertEqual((done.out, done.err), ("", ""))

    def test_empty_folder(self):
        (self.folder / "none").mkdir()
        self.build(self.folder / "none")

    def test_analyse_and_profiles(self):
        self.build(self.articles())
        store = self.folder / "out"
        done = self.check(run("analyse", "--store", store))
        self.assertIn("By pagerank", done.out)
        self.assertIn("云岭智慧产业园", done.out)
        import json
        found = json.loads(self.check(run("analyse", "--json", "--store", store)).out)
        self.assertIn("pagerank", found["rankings"])
        self.assertTrue(found["communities"])
        done = self.check(run("analyse", "--park=云岭智慧产业园", "--store", store))
        self.assertIn("星澜医药股份有限公司", done.out)
        found = json.loads(self.check(run("analyse", "--park=云岭智慧产业园", "--json",
                                          "--store", store)).out)
        self.assertEqual(found["name"], "云岭智慧产业园")
        done = self.check(run("analyse", "--sector=人工智能", "--store", store))
        self.assertIn("云岭智慧产业园", done.out)
        done = self.check(run("analyse", "--park=不存在", "--store", store), 2)
        self.assertIn("nothing in the graph", done.err)


if __name__ == "__main__":
    harness.main()
