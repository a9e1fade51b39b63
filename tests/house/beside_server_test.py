"""Every command that is documented to work while a server holds the data folder, against a real server."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import time
import unittest
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("KOKEMUS", ROOT / "build" / "kokemus"))
SECONDS_MAX = 120


class BesideAServer(unittest.TestCase):
    """One server for all; each test takes customers and names of its own."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.area = pathlib.Path(folder.name)
        cls.data = cls.area / "data"
        words = [PROGRAM, "--data", cls.data, "serve", "--open", "--port", "0"]
        cls.log = open(cls.area / "log", "w+", encoding="utf-8")
        cls.addClassCleanup(cls.log.close)
        cls.server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=cls.log, text=True)
        cls.addClassCleanup(cls.server.stdout.close)
        cls.addClassCleanup(cls.server.wait, SECONDS_MAX)
        cls.addClassCleanup(cls.server.terminate)
        for line in cls.server.stdout:
            if found := re.search(r"Kokemus is at (http\S+)", line):
                cls.address = found.group(1)
                break
        else:
            raise AssertionError((cls.area / "log").read_text())
        for number, customer in enumerate(["anna", "bo", "cleo"]):
            cls.send({"id": f"e{number}", "customer": customer, "channel": "web", "touchpoint": "visit",
                      "time": "2026-01-01T10:00:00Z"})

    @classmethod
    def send(cls, encounter):
        request = urllib.request.Request(cls.address + "/api/encounters", json.dumps(encounter).encode(),
                                         {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=SECONDS_MAX).close()

    def run_beside(self, *words, expected=0):
        done = subprocess.run([PROGRAM, "--data", self.data, *words], capture_output=True, text=True,
                              timeout=SECONDS_MAX, check=False)
        self.assertEqual(done.returncode, expected, f"{words}: {done.stdout}{done.stderr}")
        return done.stdout

    def written(self, name, text):
        file = self.area / name
        file.write_text(text, encoding="utf-8")
        return file

    def receipts(self):
        return json.loads(self.run_beside("erasures", "--json"))["erasures"]

    def test_a_blueprint_is_compared_and_brought_into_force(self):
        wanted = self.written("shop.toml", 'name = "A shop"\n')
        self.assertIn("A shop", self.run_beside("diff", wanted, expected=1))
        self.run_beside("apply", wanted, "--yes", "--reason", "a test")
        self.run_beside("diff", wanted)
        self.assertIn("a test", self.run_beside("blueprint", "versions"))
        self.assertEqual(self.run_beside("blueprint", "export"), wanted.read_text())

    def test_a_person_is_copied_erased_and_taken_back(self):
        self.assertIn("anna", self.run_beside("copy", "anna"))
        receipt = json.loads(self.run_beside("erase", "anna", "--reason", "a test", "--json"))
        self.assertEqual(receipt["reason"], "a test")
        last = time.monotonic() + SECONDS_MAX
        while not self.receipts()[0]["finished_at"]:
            self.assertLess(time.monotonic(), last, "the erasure was never finished")
            time.sleep(0.1)
        self.run_beside("erase", "--prove", "anna")
        self.run_beside("erase", "anna", "--readmit")

    def test_what_was_refused_is_listed(self):
        self.assertEqual(json.loads(self.run_beside("refused", "list", "--json"))["items"], [])

    def test_a_backup_is_made_and_whole(self):
        self.run_beside("backup", self.area / "backup")
        whole = subprocess.run([PROGRAM, "verify", self.area / "backup"], capture_output=True, text=True, check=False)
        self.assertEqual(whole.returncode, 0, whole.stdout + whole.stderr)

    def test_what_needs_the_folder_for_itself_says_who_holds_it(self):
        for words in (["check"], ["info"], ["ask", "flow"]):
            done = subprocess.run([PROGRAM, "--data", self.data, *words], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn(str(self.server.pid), done.stderr)


if __name__ == "__main__":
    unittest.main()
