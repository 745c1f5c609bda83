# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages in Chinese and English; numbers the same everywhere."""
import harness
from harness import environment, run


def chinese(**more):
    return environment(LC_ALL="C.UTF-8", LANGUAGE="zh_CN", **more)


class Locale(harness.Case):
    def test_language_by_environment(self):
        self.assertIn("未知命令", run("zzz", env=chinese()).err)
        self.assertIn("unknown command", run("zzz").err)
        self.assertIn("用法", run("build", "--help", env=chinese()).out)
        self.assertIn("unknown command", run("zzz", env=environment(LC_ALL="C")).err)

    def test_locale_that_the_machine_lacks(self):
        for name in ("zh_CN.UTF-8", "zh_CN.GB18030", "zh_CN"):
            kept = environment(LANG=name)
            del kept["LC_ALL"]
            self.assertIn("未知命令", run("zzz", env=kept).err, name)
        kept = environment(LANG="de_DE.UTF-8")
        del kept["LC_ALL"]
        self.assertIn("unknown command", run("zzz", env=kept).err)

    def test_library_messages_too(self):
        done = run("extract", self.folder / "gone.txt", env=chinese())
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.err, "[\u4e00-\u9fff]")

    def test_results_do_not_depend_on_the_language(self):
        folder = self.articles()
        self.assertEqual(run("extract", folder).stdout, run("extract", folder, env=chinese()).stdout)
        self.check(run("build", folder, "-o", self.folder / "en"))
        done = self.check(run("build", folder, "-o", self.folder / "zh", env=chinese()))
        self.assertIn("文档", done.out)
        self.assertIn("企业", done.out)
        self.same(harness.tree(self.folder / "en"), harness.tree(self.folder / "zh"))

    def test_help_names_the_same_options(self):
        import re
        for command in ("build", "extract", "analyse", "query"):
            names = [re.findall(r"--[\w-]+", run(command, "--help", env=env).out)
                     for env in (environment(), chinese())]
            self.assertEqual(set(names[0]), set(names[1]))


if __name__ == "__main__":
    harness.main()
