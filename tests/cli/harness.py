# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the program share: running it, and articles in our own words."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ.get("KG_PROGRAM", "build/parkgraph")
ROOT = pathlib.Path(os.environ.get("KG_SOURCE_DIR", pathlib.Path(__file__).parent.parent.parent))
SHARED = ROOT.parent / "shared"

# Each name, park and sector is made up; the wording is that of business news.
ARTICLES = {
    "a.txt": (
        "青禾集团签约运营云岭智慧产业园\n\n"
        "2024年3月5日，青禾科技集团有限公司（以下简称青禾集团）与云岭智慧产业园签署运营协议。"
        "青禾集团运营云岭智慧产业园。云岭智慧产业园位于重庆市渝北区，重点发展人工智能和智能制造。\n"
    ),
    "b.md": (
        "---\ntitle: 星澜医药落户云岭智慧产业园\ndate: 2024-05-02\n---\n\n"
        "# 星澜医药落户云岭智慧产业园\n\n"
        "5月2日，星澜医药股份有限公司入驻云岭智慧产业园。星澜医药股份有限公司专注医疗器械。\n"
    ),
    "c.html": (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>北岸软件园引进三家企业</title>'
        "</head><body><div class=nav>首页 | 新闻</div><article><h1>北岸软件园引进三家企业</h1>"
        "<p>2024年6月18日，北岸软件园引进蓝汀信息技术有限公司、方舟网络科技有限公司入园。</p>"
        "<p>北岸软件园由北岸投资发展有限公司投资建设，主导产业为软件和信息服务。</p>"
        "</article></body></html>\n"
    ),
}


def article(number):
    """One of any number of short articles."""
    city = "重庆 成都 武汉 西安 长沙 苏州 合肥 郑州".split()[number % 8]
    names = "青禾 星澜 蓝汀 方舟 远岫 明川 嘉树 北辰 云帆 松涛 瑞麦 海晏".split()
    name = names[number % 12] + "甲乙丙丁戊己庚辛壬癸"[number // 12 % 10]
    trade = "医药 软件 新材料 机器人 光电 半导体 物流".split()[number % 7]
    park = names[number // 3 % 12] + "产业园 科技城 软件园".split()[number % 3]
    return (f"{name}{trade}有限公司落户{park}\n\n{name}{trade}有限公司入驻{park}。"
            f"{park}位于{city}市，重点发展{trade}。{name}{trade}有限公司总部位于{city}。\n")


def environment(**more):
    kept = {k: v for k, v in os.environ.items()
            if not k.startswith(("LC_", "LANG", "PARKGRAPH", "NO_COLOR", "KG_"))}
    return {**kept, "LC_ALL": "C.UTF-8", **more}


def run(*arguments, stdin=None, env=None, cwd=None, timeout=300, prefix=()):
    """Run the program; the result has bytes, and .out and .err as text."""
    done = subprocess.run([*prefix, PROGRAM, *map(str, arguments)],
                          input=stdin, stdin=subprocess.DEVNULL if stdin is None else None,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                          env=env or environment(), cwd=cwd, timeout=timeout)
    done.out = done.stdout.decode("utf-8", "replace")
    done.err = done.stderr.decode("utf-8", "replace")
    return done


def records(text):
    return [json.loads(line) for line in text.splitlines()]


def tree(folder):
    """The bytes of every export below a folder, without the store."""
    folder = pathlib.Path(folder)
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.startswith("graph.sqlite")}


class Case(unittest.TestCase):
    maxDiff = 4000

    def same(self, one, other):
        """Two trees are equal; says where they part without printing them."""
        self.assertEqual(sorted(one), sorted(other))
        for name, content in one.items():
            if content != other[name]:
                at = next((i for i, (a, b) in enumerate(zip(content, other[name])) if a != b),
                          min(len(content), len(other[name])))
                self.fail(f"{name} differs from byte {at} on: {content[at:at + 200]!r} and "
                          f"{other[name][at:at + 200]!r}")

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="parkgraph-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def articles(self, name="in", names=None):
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in ARTICLES.items():
            if names is None or file in names:
                (folder / file).write_text(text, encoding="utf-8")
        return folder

    def many(self, count, name="many"):
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(count):
            (folder / f"{number:05}.txt").write_text(article(number), encoding="utf-8")
        return folder

    def feed(self, count, name="feed.jsonl"):
        path = self.folder / name
        with open(path, "w", encoding="utf-8") as out:
            for number in range(count):
                title, _, text = article(number).partition("\n\n")
                out.write(json.dumps({"id": f"n{number}", "title": title, "text": text,
                                      "date": f"2024-01-{number % 28 + 1:02}"},
                                     ensure_ascii=False) + "\n")
        return path

    def check(self, done, status=0):
        """The exit status, and that no sanitizer spoke."""
        self.assertEqual(done.returncode, status, f"\n{done.args}\n{done.err}\n{done.out[:2000]}")
        self.assertNotIn("Sanitizer", done.err)
        self.assertNotIn("runtime error", done.err)
        return done

    def query(self, store, sql):
        done = self.check(run("query", "--format=jsonl", "--store", store, sql))
        return records(done.out)


def main():
    unittest.main(verbosity=2)
