# SPDX-License-Identifier: GPL-3.0-or-later
"""Good and bad command lines as data: exit status, and what is said."""
import harness
from harness import run

# line, exit status, a piece of standard output (None: empty), a piece of standard error
LINES = [
    ("--help", 0, "Commands:", None),
    ("-h", 0, "Commands:", None),
    ("help", 0, "build", None),
    ("help build", 0, "--prune", None),
    ("help biuld", 2, None, "did you mean 'build'"),
    ("--version", 0, "parkgraph 0.", None),
    ("version", 0, "parkgraph 0.", None),
    ("build --help", 0, "Usage: parkgraph build", None),
    ("extract -h", 0, "--fields", None),
    ("query --help", 0, "Views:", None),
    ("", 2, None, "which command"),
    ("biuld x", 2, None, "did you mean 'build'"),
    ("extrac x", 2, None, "did you mean 'extract'"),
    ("zzz", 2, None, "unknown command 'zzz'"),
    ("--jobs 3 build x", 2, None, "the command comes first"),
    ("build", 2, None, "needs PATH"),
    ("extract", 2, None, "needs PATH"),
    ("extract --job=x .", 2, None, "--jobs takes a whole number"),
    ("extract --jobs=0 .", 2, None, "--jobs takes a whole number"),
    ("extract --jobs=-4 .", 2, None, "--jobs takes a whole number"),
    ("extract --min-confidence=2 .", 2, None, "number from 0 to 1"),
    ("extract --min-confidence=0,5 .", 2, None, "number from 0 to 1"),
    ("extract --jobs", 2, None, "needs a value"),
    ("extract --inferred=yes .", 2, None, "takes no value"),
    ("extract --jbos=2 .", 2, None, "did you mean '--jobs'"),
    ("extract -Z .", 2, None, "unknown option '-Z'"),
    ("extract --zzzzzz .", 2, None, "unknown option '--zzzzzz'"),
    ("extract --ontology=no-such-folder .", 2, None, "no such folder"),
    ("build . --formats=turtel", 2, None, "did you mean 'turtle'"),
    ("build . --formats=", 2, None, "unknown format"),
    ("build . --base-iri=nonsense", 2, None, "--base-iri"),
    ("build . --base-iri=https://例子/", 2, None, "--base-iri"),
    ("merge", 2, None, "needs FILE"),
    ("retract", 2, None, "needs DOC"),
    ("retract x -o no-such-folder", 2, None, "no store there"),
    ("export", 2, None, "which format"),
    ("export --format=owl", 2, None, "unknown format"),
    ("export --format=csv -o -", 2, None, "standard output takes one format"),
    ("export --format=turtle,gexf -o no-such-folder", 2, None, "there is none"),
    ("export --format=turtle x", 2, None, "too many arguments"),
    ("export --format=turtle --store=no-such-folder", 2, None, "no store there"),
    ("analyse x", 2, None, "too many arguments"),
    ("analyse --measure=pagernak", 2, None, "did you mean 'pagerank'"),
    ("analyse --type=Prak", 2, None, "did you mean 'Park'"),
    ("analyse --park=a --sector=b", 2, None, "do not go together"),
    ("analyse --store=no-such-folder", 2, None, "no store there"),
    ("explain", 2, None, "needs ENTITY"),
    ("explain a b", 2, None, "three parts"),
    ("explain a locats_in b", 2, None, "did you mean 'locates_in'"),
    ("explain a --store=no-such-folder", 2, None, "no store there"),
    ("query", 2, None, "needs SQL"),
    ("query SELECT 1", 2, None, "too many arguments"),
    ("query --format=xml x", 2, None, "unknown format"),
    ("eval x", 2, None, "needs GOLD PRED"),
    ("eval no-such-gold -", 1, None, "no-such-gold"),
]


class Lines(harness.Case):
    def test_lines(self):
        for line, status, out, err in LINES:
            with self.subTest(line=line):
                done = self.check(run(*line.split(), cwd=self.folder), status)
                if out is None:
                    self.assertEqual(done.out, "")
                else:
                    self.assertIn(out, done.out)
                if err is None:
                    self.assertEqual(done.err, "")
                else:
                    self.assertIn(err, done.err)

    def test_every_usage_error_says_where_help_is(self):
        for line, status, _, _ in LINES:
            if status == 2 and "no-such" not in line:
                with self.subTest(line=line):
                    self.assertIn("--help", run(*line.split(), cwd=self.folder).err)

    def test_nothing_is_made_by_a_refused_line(self):
        for line, status, _, _ in LINES:
            if status == 2:
                run(*line.split(), cwd=self.folder)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_help_fits_eighty_columns(self):
        for command in ("build extract merge retract export analyse explain query eval").split():
            for line in run(command, "--help").out.splitlines():
                if " " in line.strip():  # a word alone may be longer
                    self.assertLessEqual(len(line), 100, line)

    def test_no_colour_off_a_terminal(self):
        self.assertNotIn("\033", run("zzz").err)

    def test_full_device_is_an_error(self):
        with open("/dev/full", "wb") as full:
            import subprocess
            done = subprocess.run([harness.PROGRAM, "--help"], stdout=full,
                                  stderr=subprocess.PIPE, env=harness.environment(), check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"standard output", done.stderr)


if __name__ == "__main__":
    harness.main()
