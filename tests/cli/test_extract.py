# SPDX-License-Identifier: GPL-3.0-or-later
"""extract: one object a document, in their order, whatever the number of workers."""
import gzip
import json
import os
import signal
import subprocess
import time

import harness
from harness import PROGRAM, environment, records, run


class Extract(harness.Case):
    def test_record_has_names_relations_and_places(self):
        folder = self.articles()
        done = self.check(run("extract", folder))
        found = {it["doc"]: it for it in records(done.out)}
        self.assertEqual(sorted(found), ["a.txt", "b.md", "c.html"])
        raw = (folder / "a.txt").read_bytes()
        entities = {it["id"]: it for it in found["a.txt"]["entities"]}
        names = {it["name"] for it in entities.values()}
        self.assertIn("云岭智慧产业园", names)
        relations = found["a.txt"]["relations"]
        said = {(entities[it["s"]]["name"], it["p"], entities[it["o"]]["name"])
                for it in relations}
        self.assertIn(("青禾科技集团有限公司", "operates", "云岭智慧产业园"), said)
        self.assertTrue(relations)
        for it in relations:
            self.assertIn(it["evidence"].encode(), raw)

    def test_workers_change_nothing(self):
        feed = self.feed(300)
        folder = self.many(100)
        outputs = {self.check(run("extract", "--jobs", jobs, folder, feed)).stdout
                   for jobs in (1, 2, 4, 7)}
        self.assertEqual(len(outputs), 1)
        docs = [it["doc"] for it in records(outputs.pop().decode())]
        self.assertEqual(docs[:2], ["00000.txt", "00001.txt"])
        self.assertEqual([name.rpartition("#")[2] for name in docs[100:103]], ["n0", "n1", "n2"])
        self.assertEqual(len(docs), 400)

    def test_standard_input(self):
        text = harness.ARTICLES["a.txt"].encode()
        done = self.check(run("extract", "-", stdin=text))
        self.assertEqual(len(records(done.out)), 1)
        lines = self.feed(5).read_bytes()
        self.assertEqual(len(records(self.check(run("extract", "-", stdin=lines)).out)), 5)
        zipped = gzip.compress(lines)
        self.assertEqual(len(records(self.check(run("extract", "-", stdin=zipped)).out)), 5)

    def test_confidence_and_disabled_patterns(self):
        folder = self.articles()
        every = [r for it in records(run("extract", folder).out) for r in it["relations"]]
        done = self.check(run("extract", "--min-confidence=1", folder))
        sure = [r for it in records(done.out) for r in it["relations"]]
        self.assertLess(len(sure), len(every))
        rule = every[0]["rule"]
        done = self.check(run("extract", "--disable", rule, folder))
        left = [r for it in records(done.out) for r in it["relations"]]
        self.assertNotIn(rule, {r["rule"] for r in left})

    def test_field_mapping(self):
        path = self.folder / "odd.jsonl"
        path.write_text(json.dumps({"no": "7", "headline": "星澜医药落户云岭智慧产业园",
                                    "words": "星澜医药股份有限公司入驻云岭智慧产业园。"},
                                   ensure_ascii=False) + "\n", encoding="utf-8")
        done = self.check(run("extract", "--fields=title=headline,text=words,id=no", path))
        [record] = records(done.out)
        self.assertTrue(record["doc"].endswith("#7"))
        self.assertTrue(record["relations"])

    def test_closed_output_ends_quietly(self):
        feed = self.feed(3000)
        with subprocess.Popen([PROGRAM, "extract", feed], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=environment()) as process:
            process.stdout.readline()
            process.stdout.close()
            err = process.stderr.read()
            process.wait(60)
        self.assertEqual(process.returncode, -signal.SIGPIPE)
        self.assertEqual(err, b"")

    def test_interrupt_ends_between_documents(self):
        read, write = os.pipe()
        with subprocess.Popen([PROGRAM, "extract", "--jobs=2", "-"], stdin=read,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=environment()) as process:
            os.close(read)
            lines = self.feed(200).read_bytes()
            os.write(write, lines[:60000])
            time.sleep(1)
            process.send_signal(signal.SIGINT)
            time.sleep(0.2)
            try:
                os.write(write, lines[:2000])
                os.close(write)
            except BrokenPipeError:
                pass
            out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, -signal.SIGINT, err)
        for line in out.splitlines():
            json.loads(line)


if __name__ == "__main__":
    harness.main()
