"""The shape of a C++ file as far as tools/tidy.py needs it: code without comments and texts, and where functions lie.

Not a parser: it counts braces in code laid out by clang-format. What it cannot tell apart it leaves out, so it never
reports a function that is none; clang-tidy (make check) looks with a compiler's eyes.
"""

import re

TOKEN = re.compile(
    r"""(?P<raw>\bu?8?[LuU]?R"(?P<mark>[^(\s"\\]{0,16})\((?:.|\n)*?\)(?P=mark)")"""
    r"""|(?P<block>/\*(?:.|\n)*?\*/)"""
    r"""|(?P<line>//[^\n]*)"""
    r"""|(?P<text>"(?:\\.|[^"\\\n])*")"""
    r"""|(?P<letter>(?<![0-9a-fA-F])'(?:\\.[^'\n]*|[^'\\\n])')""")

SCOPE = re.compile(
    r"^\s*(?:template\s*<.*>\s*)?(?:inline\s+|static\s+|typedef\s+)*"
    r"(?:namespace|class|struct|union|enum|extern)\b",
    re.S)
NOT_A_FUNCTION = re.compile(r"(?:=|\breturn|\[)\s*$")
NAME = re.compile(r"([\w:~]+|operator\s*\S+)\s*\(")


def _blank(match, keep_texts):
    """Replaces by blanks of the same shape, so that line numbers and columns stay."""
    whole = match.group(0)
    if keep_texts and (match.group("raw") or match.group("text") or match.group("letter")):
        return whole
    blanked = re.sub(r"[^\n]", " ", whole)
    if match.group("text"):
        return '"' + blanked[1:-1] + '"'
    return blanked


def without_comments(text):
    """The code with its texts, comments blanked out."""
    return TOKEN.sub(lambda match: _blank(match, keep_texts=True), text)


def without_comments_and_texts(text):
    """The code alone; whatever stands in comments, strings and character literals is blank."""
    return TOKEN.sub(lambda match: _blank(match, keep_texts=False), text)


def _without_directives(code):
    """Blanks out preprocessor lines with their continuations: macros have braces of their own."""
    directive = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.M)
    return directive.sub(lambda match: re.sub(r"[^\n]", " ", match.group(0)), code)


def _opens_function(header):
    """Whether the code before a brace is the head of a function (or of a TEST)."""
    if "(" not in header or SCOPE.match(header) or NOT_A_FUNCTION.search(header):
        return False
    before_list = header.split("(", 1)[0]
    return not re.search(r"[^=!<>]=[^=]", before_list) or "operator" in before_list


def functions_of(text):
    """(name, first line, last line) of every function at file, namespace or class scope, in order."""
    code = _without_directives(without_comments_and_texts(text))
    found = []
    stack = []  # one of "scope", "other", or (name, first line) for each open brace
    header_from = 0
    line = 1
    line_of_header = 1
    for place, letter in enumerate(code):
        if letter == "\n":
            line += 1
        inside_scope = all(kind == "scope" for kind in stack)
        if letter == "{":
            header = code[header_from:place]
            # `member_{value}` in a constructor's list: clang-format puts a blank before every other opening brace.
            is_initialiser = place > 0 and (code[place - 1].isalnum() or code[place - 1] in "_>")
            if not inside_scope or is_initialiser:
                stack.append("other")
                continue
            if SCOPE.match(header):
                stack.append("scope")
            elif _opens_function(header):
                name = NAME.search(header)
                stack.append((name.group(1) if name else "function", line_of_header))
            else:
                stack.append("other")
            header_from = place + 1
        elif letter == "}" and stack:
            kind = stack.pop()
            if isinstance(kind, tuple):
                found.append((kind[0], kind[1], line))
            if all(other == "scope" for other in stack) and kind != "other":
                header_from = place + 1
        elif letter == ";" and inside_scope:
            header_from = place + 1
        if not code[header_from:place + 1].strip():
            line_of_header = line
    return found
