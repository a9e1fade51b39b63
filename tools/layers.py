#!/usr/bin/env python3
"""Fails on every include that src/LAYERS.txt does not allow.

usage: tools/layers.py [--root DIR]

The rules, each with a sentence in the message that says what to do instead:
  * a folder of src/ stands in LAYERS.txt, and includes only the folders that its line names;
  * no folder includes itself by way of others;
  * only *_api files include http/ or account/, only *_store files include records/ (app/ is free);
  * tests and benchmarks (*_test, *_bench) may besides include any folder that stands higher in the file;
  * includes are written with the full path from src/, and the file exists;
  * Boost.Beast and Boost.Asio appear in http/ only;
  * `noun(... USES ...)` in a CMakeLists.txt names only what LAYERS.txt allows.
"""

import argparse
import pathlib
import re
import sys

SUFFIX_OF = {"http": "_api", "account": "_api", "records": "_store"}
FREE_OF_SUFFIXES = "app"
LIBRARY_HOME = {"boost/beast": "http", "boost/asio": "http"}
TEST_SUFFIXES = ("_test", "_bench")

INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]')
NOUN_CALL = re.compile(r"noun\(\s*(\w+)([^)]*)\)")


class Floors:
    """What LAYERS.txt says: for each folder the folders it may include, in the order of the file."""

    def __init__(self, text):
        self.allowed = {}
        self.lines = {}
        self.faults = []
        for number, line in enumerate(text.splitlines(), 1):
            line = line.split("#")[0].strip()
            if not line:
                continue
            name, colon, below = line.partition(":")
            name = name.strip()
            if not colon or not re.fullmatch(r"[a-z_]+", name):
                self.faults.append(f'src/LAYERS.txt:{number}: write "folder: folders it may include"')
                continue
            if name in self.allowed:
                self.faults.append(f"src/LAYERS.txt:{number}: {name} has a line already")
            self.allowed[name] = below.split()
            self.lines[name] = number
        self._check_order()

    def _check_order(self):
        for name, below in self.allowed.items():
            for other in below:
                if other not in self.allowed:
                    self.faults.append(f"src/LAYERS.txt:{self.lines[name]}: {other} has no line of its own")
                elif self._reaches(other, name):
                    self.faults.append(
                        f"src/LAYERS.txt:{self.lines[name]}: {name} and {other} would include each other")

    def _reaches(self, start, goal):
        seen, todo = set(), [start]
        while todo:
            name = todo.pop()
            if name == goal:
                return True
            if name not in seen:
                seen.add(name)
                todo.extend(self.allowed.get(name, []))
        return False

    def stands_below(self, other, name):
        order = list(self.allowed)
        return order.index(other) < order.index(name)


def check_file(path, source_root, floors):
    """Yields the faults of one file."""
    relative = path.relative_to(source_root)
    noun = relative.parts[0]
    stem = path.stem
    is_test = stem.endswith(TEST_SUFFIXES)
    role = re.sub(r"(_test|_bench)$", "", stem)
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        where = f"src/{relative.as_posix()}:{number}"
        target = match.group(2)
        for library, home in LIBRARY_HOME.items():
            if target.startswith(library) and noun != home:
                yield f"{where}: <{target}> belongs into src/{home}/ only; use what {home}/ offers"
        first = target.split("/")[0]
        if match.group(1) == "<":
            if "/" in target and (source_root / target).is_file():
                yield f'{where}: write "{target}" with quotes, it is ours'
            continue
        if not (source_root / target).is_file():
            beside = path.parent / target
            hint = "there is no such file in src/"
            if beside.is_file():
                hint = f'write "{beside.relative_to(source_root).as_posix()}"'
            yield f'{where}: "{target}": {hint}'
            continue
        if first == noun:
            continue
        if first not in floors.allowed:
            continue  # reported once for the folder itself
        if first not in floors.allowed[noun]:
            if is_test and floors.stands_below(first, noun):
                continue
            may = ", ".join(floors.allowed[noun]) or "nothing"
            yield f"{where}: {noun} may not include {first} (src/LAYERS.txt allows: {may})"
            continue
        suffix = SUFFIX_OF.get(first)
        if suffix and noun != FREE_OF_SUFFIXES and not role.endswith(suffix) and not is_test:
            yield f"{where}: only {noun}/*{suffix} files include {first}/; move this code into one"


def check_build_file(path, floors):
    """Yields the faults of the USES of one CMakeLists.txt."""
    text = re.sub(r"#.*", "", path.read_text(encoding="utf-8"))
    for name, arguments in NOUN_CALL.findall(text):
        if name != path.parent.name:
            yield f"src/{path.parent.name}/CMakeLists.txt: noun({name}) must carry the name of its folder"
        part = re.search(r"\bUSES\b([a-z_\s]*)", arguments)
        for used in (part.group(1).split() if part else []):
            if used not in floors.allowed.get(name, []):
                yield f"src/{name}/CMakeLists.txt: {name} may not use {used} (src/LAYERS.txt)"


def check(root):
    """All faults below `root`, as lines of text."""
    source_root = root / "src"
    listing = source_root / "LAYERS.txt"
    if not listing.is_file():
        return ["src/LAYERS.txt is missing: it says which folder may include which"]
    floors = Floors(listing.read_text(encoding="utf-8"))
    faults = list(floors.faults)
    for folder in sorted(path for path in source_root.iterdir() if path.is_dir()):
        if folder.name not in floors.allowed:
            faults.append(f"src/{folder.name}/ has no line in src/LAYERS.txt; add one with what it may include")
            continue
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".h", ".cpp", ".cc", ".hpp"):
                faults.extend(check_file(path, source_root, floors))
        if (folder / "CMakeLists.txt").is_file():
            faults.extend(check_build_file(folder / "CMakeLists.txt", floors))
    return faults


def main():
    parser = argparse.ArgumentParser(description="Holds the includes of src/ against src/LAYERS.txt.")
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    faults = check(parser.parse_args().root)
    for fault in faults:
        print(fault)
    print(f"layers: {len(faults)} faults" if faults else "layers: every include is allowed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
