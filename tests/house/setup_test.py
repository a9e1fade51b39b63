"""Tests of tools/setup on machines that lack something: it must say in words what, and leave nothing half done."""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

# What a bare Debian has; everything else is put there, or left out, by the test.
BARE = ("bash", "cat", "comm", "cut", "date", "dirname", "env", "find", "grep", "id", "mkdir", "mktemp", "mv", "rm",
        "sed", "sha512sum", "sort", "tail", "tar", "uname", "chmod", "gzip")


class Machine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name) / "kokemus"
        self.bin = pathlib.Path(folder.name) / "bin"
        self.bin.mkdir()
        (self.root / "tools").mkdir(parents=True)
        for name in ("setup", "steps.sh"):
            shutil.copy(ROOT / "tools" / name, self.root / "tools" / name)
        (self.root / "tools" / "packages.txt").write_text(
            "# the list\n[build]\ncompiler-x  builds\nninja-x     builds\n\n[test]\nbrowser-x  tests\n")
        for name in BARE:
            (self.bin / name).symlink_to(shutil.which(name))
        self.has("dpkg-query", 'for p in $INSTALLED; do echo "installed $p"; done')
        self.has("id", "echo 0")

    def has(self, name, script):
        (self.bin / name).unlink(missing_ok=True)
        (self.bin / name).write_text(f"#!/bin/bash\n{script}\n")
        (self.bin / name).chmod(0o755)

    def run_setup(self, *groups, installed=""):
        environment = {"PATH": str(self.bin), "HOME": str(self.root), "INSTALLED": installed, "HERE": str(self.root)}
        done = subprocess.run(["bash", str(self.root / "tools" / "setup"), *groups], env=environment,
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def refused(self, outcome, *words):
        code, _, said = outcome
        self.assertNotEqual(code, 0, said)
        for word in words:
            self.assertIn(word, said)

    def test_without_apt_it_names_the_packages_and_the_distribution(self):
        self.refused(self.run_setup("build", installed="ninja-x"), "no apt-get", "compiler-x", "Debian 12")

    def test_without_root_and_sudo_it_gives_the_line_to_run(self):
        self.has("id", "echo 1000")
        self.has("apt-get", "exit 1")
        self.refused(self.run_setup("build"), "needs root",
                     "apt-get install -y --no-install-recommends compiler-x ninja-x")

    def test_with_sudo_it_uses_it(self):
        self.has("id", "echo 1000")
        self.has("apt-get", "exit 1")
        self.has("sudo", 'echo "$*" >>"$HERE/sudo.log"')
        self.run_setup("build")
        self.assertIn("apt-get install", (self.root / "sudo.log").read_text())

    def test_without_a_network_it_says_so(self):
        self.has("apt-get", "exit 100")
        self.refused(self.run_setup("build"), "lists could not be refreshed", "reaches its Debian mirror")

    def test_packages_that_do_not_exist_are_named(self):
        self.has("apt-get", 'case "$*" in *update*) exit 0 ;; *) echo "Unable to locate"; exit 100 ;; esac')
        self.refused(self.run_setup("build"), "could not be installed", "compiler-x ninja-x")

    def test_only_the_missing_packages_of_the_groups_are_installed(self):
        self.has("apt-get", 'echo "$*" >>"$HERE/apt.log"')
        self.run_setup("build", installed="ninja-x")
        self.assertEqual((self.root / "apt.log").read_text(), "install -y -q --no-install-recommends compiler-x\n")

    def test_without_npm_it_says_what_to_run(self):
        self.refused(self.run_setup("build", installed="compiler-x ninja-x"), "npm is missing")

    def test_an_unreachable_registry_is_said(self):
        self.has("npm", "exit 1")
        self.refused(self.run_setup("build", installed="compiler-x ninja-x"), "could not be fetched", "npm registry")

    def test_another_package_than_the_pinned_one_is_not_used(self):
        self.has("npm", 'for last; do :; done; echo fake >"$last/npm.tgz"')
        self.refused(self.run_setup("build", installed="compiler-x ninja-x"), "not the package that was pinned",
                     "expected sha512", "found    sha512")
        self.assertFalse((self.root / "build" / "fetch" / "node" / "bin").exists())

    def test_without_groups_it_shows_how_to_call_it(self):
        self.refused(self.run_setup(), "usage: tools/setup GROUP")


if __name__ == "__main__":
    unittest.main()
