#!/usr/bin/env python3
"""Runs the tests of the tools and, with KOKEMUS_RESULTS=FOLDER, leaves their counts there as JSON."""

import json
import os
import pathlib
import sys
import unittest


def main():
    here = pathlib.Path(__file__).resolve().parent
    suite = unittest.defaultTestLoader.discover(str(here), pattern="*_test.py")
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    counts = {"passed": result.testsRun - failed - skipped, "failed": failed, "skipped": skipped}
    results = os.environ.get("KOKEMUS_RESULTS")
    if results:
        pathlib.Path(results, "house.json").write_text(json.dumps(counts))
    return 1 if failed or not result.testsRun else 0


if __name__ == "__main__":
    sys.exit(main())
