# SPDX-License-Identifier: GPL-3.0-or-later
"""Help, man pages and completion name the same options; the README's commands exist."""
import re
import shutil
import subprocess
import unittest

import harness
from harness import ROOT, run

COMMANDS = "build extract merge retract export analyse explain query eval".split()


def help_options(command):
    found = {}
    for line in run(command, "--help").out.splitlines():
        match = re.match(r"  (?:-(\w), |    )--([\w-]+)(=\S+)?", line)
        if match:
            found[match[2]] = (match[1], bool(match[3]))
    return found


def manual_options(command):
    found = {}
    text = (ROOT / "man" / f"parkgraph-{command}.1").read_text(encoding="utf-8")
    for line in text.splitlines():
        match = re.match(r"\.It (?:Fl (\w) , )?Fl -([\w-]+)( Ns = Ns Ar \S+)?$", line)
        if match:
            found[match[2]] = (match[1], bool(match[3]))
    return found


def bash_options(command):
    script = f'source "{ROOT}/completion/parkgraph.bash"; _parkgraph_options {command}'
    out = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout
    return {word[2:].rstrip("=") for word in out.split()}


def zsh_options(command):
    text = (ROOT / "completion" / "_parkgraph").read_text(encoding="utf-8")
    case = re.search(rf"\n  {command}\)(.*?);;", text, re.S)[1]
    for name in ("common", "extraction"):
        if f"${name}" in case:
            case += re.search(rf"\n{name}=\((.*?)\n\)", text, re.S)[1]
    found = set(re.findall(r"'(?:\*)?--([\w-]+)=?\[", case))
    return found | set(re.findall(r"\{-\w,--([\w-]+)=?\}", case))


def complete(*words):
    """What bash offers for the last word."""
    quoted = " ".join(f"'{word}'" for word in words)
    script = (f'source "{ROOT}/completion/parkgraph.bash"; COMP_WORDS=({quoted}); '
              f'COMP_CWORD={len(words) - 1}; _parkgraph; printf "%s\\n" "${{COMPREPLY[@]}}"')
    out = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    return out.stdout.split()


class Manuals(harness.Case):
    def test_manuals_say_what_help_says(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                options = help_options(command)
                self.assertIn("help", options)
                self.assertEqual(options, manual_options(command))

    def test_completion_knows_the_options(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                options = set(help_options(command))
                self.assertEqual(options, bash_options(command))
                self.assertEqual(options, zsh_options(command))

    def test_bash_completes(self):
        self.assertEqual(complete("parkgraph", "exp"), ["export", "explain"])
        self.assertIn("turtle", complete("parkgraph", "export", "--format", "=", "tur"))
        self.assertIn("turtle,gexf", complete("parkgraph", "build", "-f", "turtle,ge"))
        self.assertEqual(complete("parkgraph", "query", "--format", "c"), ["csv"])
        self.assertIn("locates_in", complete("parkgraph", "explain", "x", "loc"))
        self.assertEqual(complete("parkgraph", "analyse", "--pa"), ["--park="])

    @unittest.skipUnless(shutil.which("zsh"), "no zsh")
    def test_zsh_completion_parses(self):
        done = subprocess.run(["zsh", "-n", str(ROOT / "completion" / "_parkgraph")],
                              capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    @unittest.skipUnless(shutil.which("mandoc"), "no mandoc")
    def test_manuals_are_sound(self):
        pages = sorted(map(str, (ROOT / "man").glob("*.1")))
        self.assertEqual(len(pages), len(COMMANDS) + 1)
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *pages],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.stdout + done.stderr, "")

    def test_overview_lists_every_command(self):
        overview = run("--help").out
        page = (ROOT / "man" / "parkgraph.1").read_text(encoding="utf-8")
        for command in COMMANDS:
            self.assertRegex(overview, rf"\n  {command} ")
            self.assertIn(f".It Ic {command}\n", page)

    def test_formats_are_the_same_everywhere(self):
        formats = "turtle ntriples nquads rdfxml graphml gexf neo4j cypher csv jsonl".split()
        bash = complete("parkgraph", "export", "-f", "")
        self.assertEqual(bash, formats + ["all", "none"])
        refusal = run("export", "--format=x").err
        for name in formats:
            self.assertIn(name, refusal)
            self.assertIn(name, " ".join(run("export", "--help").out.split()))


if __name__ == "__main__":
    harness.main()
