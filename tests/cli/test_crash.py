# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed, interrupted, run twice at once, out of disk: the next run completes."""
import os
import resource
import signal
import subprocess
import time

import harness
from harness import PROGRAM, environment, run, tree


class Crash(harness.Case):
    def start(self, *arguments, **more):
        return subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=environment(), **more)

    def build(self, *arguments, status=0, out="out"):
        return self.check(run("build", *arguments, "-o", self.folder / out), status)

    def test_killed_at_any_moment(self):
        feed = self.feed(700)
        began = time.monotonic()
        self.build(feed, out="clean")
        whole = time.monotonic() - began
        clean = tree(self.folder / "clean")
        for share in (0.2, 0.4, 0.6, 0.75, 0.9):
            with self.subTest(share=share):
                out = f"killed{share}"
                with self.start("build", feed, "-o", self.folder / out) as process:
                    time.sleep(whole * share)
                    process.kill()
                    process.communicate()
                self.build(feed, out=out)
                self.same(tree(self.folder / out), clean)

    def test_interrupted_keeps_what_is_done(self):
        feed = self.feed(1500)
        self.build(feed, out="clean")
        with self.start("build", "--jobs=2", feed, "-o", self.folder / "out") as process:
            time.sleep(1)
            process.send_signal(signal.SIGTERM)
            _, err = process.communicate(timeout=120)
        if process.returncode == 0:
            self.skipTest("done before it was interrupted")
        self.assertEqual(process.returncode, -signal.SIGTERM, err)
        self.assertNotIn(b"Sanitizer", err)
        self.build(feed)
        self.same(tree(self.folder / "out"), tree(self.folder / "clean"))

    def test_two_runs_at_once(self):
        read, write = os.pipe()
        with self.start("build", "-", "-o", self.folder / "out", stdin=read) as first:
            os.close(read)
            deadline = time.monotonic() + 60
            while not (self.folder / "out" / "graph.sqlite").exists():
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.05)
            time.sleep(1)
            refused = run("build", self.articles(), "-o", self.folder / "out", "--wait=1")
            self.check(refused, 1)
            self.assertIn("another run holds", refused.err)
            with self.start("build", self.articles(), "-o", self.folder / "out") as second:
                time.sleep(1)
                os.write(write, harness.article(1).encode())
                os.close(write)
                out1, err1 = first.communicate(timeout=120)
                out2, err2 = second.communicate(timeout=120)
        self.assertEqual((first.returncode, second.returncode), (0, 0), err1 + err2)
        self.assertIn(b"waiting", err2)
        self.assertIn(b"4 documents", out2)

    def test_reading_while_another_run_writes(self):
        self.build(self.articles())
        read, write = os.pipe()
        with self.start("build", "-", "-o", self.folder / "out", stdin=read) as first:
            os.close(read)
            time.sleep(1)
            self.check(run("query", "SELECT count(*) FROM entity", "--store",
                           self.folder / "out"))
            os.close(write)
            first.communicate(timeout=120)

    def test_no_room_on_the_disk(self):
        feed = self.feed(400)

        def little_room():
            resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

        with self.start("build", feed, "-o", self.folder / "out",
                        preexec_fn=little_room) as process:
            _, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 1, err)
        self.assertTrue(err.startswith(b"parkgraph: "), err)
        self.build(feed)
        self.build(feed, out="clean")
        self.same(tree(self.folder / "out"), tree(self.folder / "clean"))

    def test_failed_export_leaves_the_old_one(self):
        self.build(self.articles())
        before = tree(self.folder / "out")

        def no_room():
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

        with self.start("export", "--format=turtle", "--store", self.folder / "out",
                        preexec_fn=no_room) as process:
            _, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 1, err)
        self.same(tree(self.folder / "out"), before)


if __name__ == "__main__":
    harness.main()
