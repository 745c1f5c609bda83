# SPDX-License-Identifier: GPL-3.0-or-later
"""Inputs that fail are named with the reason; the rest is done; exit status 1."""
import gzip
import io
import os
import shutil
import socket
import sqlite3
import struct
import tarfile
import threading
import zipfile

import harness
from harness import records, run

GOOD = harness.ARTICLES["a.txt"]


class Faults(harness.Case):
    def setUp(self):
        super().setUp()
        self.input = self.folder / "in"
        self.input.mkdir()
        (self.input / "good.txt").write_text(GOOD, encoding="utf-8")

    def extract(self, status=1, **more):
        done = self.check(run("extract", self.input, **more), status)
        self.assertIn("good.txt", {it["doc"] for it in records(done.out)}, done.err)
        return done

    def fails(self, name, *reasons):
        """The input is named on one line with a reason, and the good one is still read."""
        done = self.extract()
        lines = [line for line in done.err.splitlines() if name in line]
        self.assertTrue(lines, done.err)
        if reasons:
            self.assertTrue(any(reason in line for reason in reasons for line in lines), done.err)
        return done

    def put(self, name, content):
        path = self.input / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def test_nothing_wrong(self):
        self.assertEqual(self.extract(0).err, "")

    def test_empty(self):
        self.put("empty.txt", "")
        self.fails("empty.txt", "empty")

    def test_binary(self):
        self.put("noise.txt", bytes(range(256)) * 64)
        self.fails("noise.txt")

    def test_missing(self):
        done = self.check(run("extract", self.input, self.folder / "gone.txt"), 1)
        self.assertIn("gone.txt", done.err)
        self.assertEqual(len(records(done.out)), 1)

    def test_unreadable(self):
        path = self.put("secret.txt", GOOD)
        path.chmod(0)
        for folder in (self.folder, self.input):
            folder.chmod(0o755)
        prefix = []
        if os.getuid() == 0:
            if not shutil.which("setpriv"):
                self.skipTest("root reads everything, and there is no setpriv")
            prefix = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        done = run("extract", self.input, prefix=prefix)
        # A clone in a private folder: another user sees neither the program nor its ontology.
        hidden = done.returncode == 127 or "no ontology found" in done.err
        if hidden or "Permission" in done.err and "secret" not in done.err:
            self.skipTest("the program itself cannot be run by another user here")
        self.check(done, 1)
        self.assertIn("secret.txt", done.err)
        self.assertIn("good.txt", {it["doc"] for it in records(done.out)})

    def test_two_hundred_megabytes(self):
        with open(self.input / "huge.txt", "wb") as out:
            out.truncate(200 * 1024 * 1024)
        self.fails("huge.txt")

    def test_wrong_charset_is_seen_through(self):
        self.put("wrong.html", '<html><head><meta charset="utf-8"><title>甲</title></head><body>'
                 .encode() + f"<p>{GOOD * 3}</p></body></html>".encode("gb18030"))
        done = run("extract", self.input)
        self.assertIn(done.returncode, (0, 1))
        found = {it["doc"]: it for it in records(done.out)}
        self.assertIn("good.txt", found)
        if "wrong.html" in found:
            names = {it["name"] for it in found["wrong.html"]["entities"]}
            self.assertIn("云岭智慧产业园", names)
        else:
            self.assertIn("wrong.html", done.err)

    def test_charset_by_force(self):
        self.put("gbk.txt", GOOD.encode("gb18030"))
        shutil.move(self.input / "good.txt", self.folder / "good.txt")
        done = self.check(run("extract", "--charset=GB18030", self.input))
        [record] = records(done.out)
        self.assertIn("云岭智慧产业园", {it["name"] for it in record["entities"]})
        done = run("extract", "--charset=no-such-charset", self.input)
        self.assertIn(done.returncode, (1, 2))
        self.assertIn("no-such-charset", done.err)

    def test_broken_html(self):
        self.put("broken.html", "<html><body><div><p>" + GOOD + "<table><tr><td></p></div><b" * 50)
        done = run("extract", self.input)
        self.assertIn(done.returncode, (0, 1))
        self.assertIn("good.txt", {it["doc"] for it in records(done.out)})

    def test_deep_html(self):
        self.put("deep.html", "<div>" * 100_000 + GOOD)
        done = run("extract", self.input)
        self.assertIn(done.returncode, (0, 1))
        self.assertIn("good.txt", {it["doc"] for it in records(done.out)})

    def test_json_cut_in_half(self):
        lines = self.feed(4).read_bytes().splitlines(keepends=True)
        self.put("feed.jsonl", lines[0] + lines[1][:40] + b"\n" + lines[2] + lines[3][:50])
        done = self.fails("feed.jsonl")
        docs = {it["doc"].rpartition("#")[2] for it in records(done.out)}
        self.assertLessEqual({"n0", "n2"}, docs)
        self.assertIn("feed.jsonl:2", done.err)

    def test_entity_bomb(self):
        bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "' + "甲" * 100 + '">'
        for previous, name in zip("abcdefgh", "bcdefghi"):
            bomb += f'<!ENTITY {name} "' + f"&{previous};" * 10 + '">'
        bomb += "]><rss><channel><item><title>&i;</title><description>&i;</description></item>"
        self.put("bomb.xml", bomb + "</channel></rss>")
        done = run("extract", self.input, timeout=120)
        self.assertIn(done.returncode, (0, 1))
        self.assertIn("good.txt", {it["doc"] for it in records(done.out)})
        self.assertLess(len(done.out), 1_000_000)

    def test_no_parser_opens_files_or_the_network(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        listener.settimeout(1)
        port = listener.getsockname()[1]
        secret = self.folder / "secret.txt"
        secret.write_text("机密产业园位于重庆市。" * 3, encoding="utf-8")
        for kind, target in (("file", secret.as_uri()), ("net", f"http://127.0.0.1:{port}/x")):
            self.put(f"{kind}.xml", f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM '
                     f'"{target}">]><rss><channel><item><title>甲</title><description>'
                     f"{GOOD}&x;</description></item></channel></rss>")
            self.put(f"{kind}.html", f'<!DOCTYPE html SYSTEM "{target}"><html><body><p>{GOOD}'
                     f'</p><img src="{target}"><iframe src="{target}"></iframe></body></html>')
        asked = threading.Event()

        def accept():
            try:
                listener.accept()[0].close()
                asked.set()
            except OSError:
                pass

        waiting = threading.Thread(target=accept)
        waiting.start()
        done = run("extract", self.input)
        waiting.join()
        self.assertFalse(asked.is_set())
        self.assertNotIn("机密", done.out)

    def test_zip_that_climbs(self):
        with zipfile.ZipFile(self.input / "climb.zip", "w") as archive:
            archive.writestr("../../escaped.txt", GOOD)
            archive.writestr("inside.txt", GOOD)
        done = run("extract", self.input)
        self.assertFalse((self.folder / "escaped.txt").exists())
        self.assertFalse((self.folder.parent / "escaped.txt").exists())
        docs = {it["doc"] for it in records(done.out)}
        self.assertIn("good.txt", docs)
        self.assertTrue(any("inside.txt" in name for name in docs))
        self.assertFalse(any(".." in name for name in docs))
        self.check(done, 1)
        self.assertIn("climb.zip", done.err)

    def test_zip_bomb(self):
        with zipfile.ZipFile(self.input / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open("big.txt", "w", force_zip64=True) as member:
                for _ in range(100):
                    member.write(b"\0" * 1_000_000)
        self.fails("bomb.zip")

    def test_gzip_bomb_and_cut_gzip(self):
        self.put("bomb.txt.gz", gzip.compress(b"0" * 150_000_000, 9))
        self.put("cut.jsonl.gz", gzip.compress(self.feed(50).read_bytes())[:-40])
        done = self.fails("bomb.txt.gz")
        self.assertIn("cut.jsonl.gz", done.err)

    def test_hostile_tar(self):
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
            for name, kind, target in (("link.txt", tarfile.SYMTYPE, "/etc/passwd"),
                                       ("device.txt", tarfile.CHRTYPE, "")):
                info = tarfile.TarInfo(name)
                info.type, info.linkname = kind, target
                archive.addfile(info)
            info = tarfile.TarInfo("ok.txt")
            info.size = len(GOOD.encode())
            archive.addfile(info, io.BytesIO(GOOD.encode()))
        self.put("hostile.tar.gz", buffer.getvalue())
        done = run("extract", self.input)
        self.assertIn(done.returncode, (0, 1))
        self.assertNotIn("root:", done.out)
        self.assertTrue(any("ok.txt" in it["doc"] for it in records(done.out)))

    def test_fifo_and_link_loop_do_not_hang(self):
        os.mkfifo(self.input / "pipe.txt")
        os.symlink(self.input, self.input / "loop")
        done = run("extract", self.input, timeout=60)
        self.assertIn(done.returncode, (0, 1))
        self.assertIn("good.txt", {it["doc"] for it in records(done.out)})

    def test_names_do_not_drive_the_terminal(self):
        self.put("evil\033[2Jname.txt", "")
        self.assertNotIn("\033", run("extract", self.input).err)

    def test_build_goes_on_and_remembers_the_fault(self):
        self.put("empty.txt", "")
        out = self.folder / "out"
        for _ in range(2):  # the second run names it again
            done = self.check(run("build", self.input, "-o", out), 1)
            self.assertIn("empty.txt", done.err)
            self.assertIn("Inputs that failed: 1", done.out)
        self.assertEqual(self.query(out, "SELECT count(*) AS n FROM document"), [{"n": 1}])

    def test_merge_names_the_line(self):
        path = self.folder / "records.jsonl"
        lines = run("extract", self.input).stdout
        path.write_bytes(lines + b'{"doc": "x", "entities": [\n' + b"not json\n")
        done = self.check(run("merge", path, "-o", self.folder / "out"), 1)
        self.assertIn("records.jsonl:2", done.err)
        self.assertIn("records.jsonl:3", done.err)
        self.assertIn("Documents merged: 1", done.out)

    def test_faulty_ontology_is_named_with_its_line(self):
        ontology = self.folder / "ontology"
        shutil.copytree(harness.ROOT / "ontology", ontology)
        table = sorted((ontology / "lexicon").glob("place*.tsv"))[0]
        number = len(table.read_text(encoding="utf-8").splitlines()) + 1
        with open(table, "a", encoding="utf-8") as out:
            out.write("one cell alone\n")
        done = run("extract", "--ontology", ontology, self.input)
        self.assertIn(done.returncode, (1, 2))
        self.assertIn(f"{table.name}:{number}", done.err)


class Stores(harness.Case):
    def setUp(self):
        super().setUp()
        self.out = self.folder / "out"
        self.check(run("build", self.articles(), "-o", self.out, "--quiet"))
        self.store = self.out / "graph.sqlite"

    def test_newer_store(self):
        with open(self.store, "r+b") as file:  # user_version, in SQLite's header
            file.seek(60)
            file.write(struct.pack(">I", 9999))
        for suffix in ("-wal", "-shm"):
            path = self.store.with_name(self.store.name + suffix)
            path.unlink(missing_ok=True)
        before = self.store.read_bytes()
        for line in (["build", self.folder / "in", "-o", self.out],
                     ["query", "SELECT 1", "--store", self.out]):
            done = self.check(run(*line), 1)
            self.assertIn("newer", done.err)
        self.assertEqual(self.store.read_bytes(), before)

    def test_damaged_store(self):
        data = bytearray(self.store.read_bytes())
        data[100:] = os.urandom(len(data) - 100)
        self.store.write_bytes(data)
        done = self.check(run("query", "SELECT * FROM entity", "--store", self.out), 1)
        self.assertTrue(done.err.startswith("parkgraph: "))

    def test_not_a_store(self):
        self.store.write_bytes(b"something else entirely, and long enough to be a file" * 100)
        before = self.store.read_bytes()
        self.check(run("build", self.folder / "in", "-o", self.out), 1)
        self.assertEqual(self.store.read_bytes(), before)

    def test_query_cannot_write(self):
        def state():
            with sqlite3.connect(f"file:{self.store}?mode=ro", uri=True) as base:
                return list(base.iterdump())

        before = state()
        target = self.folder / "made.sqlite"
        for sql in ("DELETE FROM document", "INSERT INTO alias VALUES (1, 2)", "DROP TABLE doc",
                    "CREATE TABLE x (y)", "PRAGMA user_version = 7", "PRAGMA journal_mode=DELETE",
                    f"ATTACH '{target}' AS other", f"VACUUM INTO '{target}'", "BEGIN EXCLUSIVE",
                    "SELECT 1; DELETE FROM document", "SELECT load_extension('x')",
                    "SELECT writefile('x', 'y')", "REINDEX",
                    "WITH a AS (SELECT 1) DELETE FROM document"):
            with self.subTest(sql=sql):
                done = run("query", sql, "--store", self.out)
                self.assertIn(done.returncode, (1, 2), done.out)
                self.assertNotEqual(done.err, "")
        self.assertFalse(target.exists())
        self.assertEqual(state(), before)


if __name__ == "__main__":
    harness.main()
