"""The declarations of a TypeScript cell: names, types, initial values and comments."""

import re
from dataclasses import dataclass

# What is one piece of text: comments, strings, template literals; then names, arrows and single characters.
_TOKENS = re.compile(
    r"""
    (?P<comment> //[^\n]* | /\*.*?\*/ )
  | (?P<text> "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | `(?:\\.|[^`\\])*` )
  | (?P<line> \n )
  | (?P<space> [^\S\n]+ )
  | (?P<word> [\w$]+ )
  | (?P<arrow> => )
  | (?P<mark> . )
    """,
    re.VERBOSE | re.DOTALL,
)

_OPEN, _CLOSE = "([{", ")]}"

# A line that ends or begins so is not the end of its statement.
_UNFINISHED = re.compile(r"[-+*/%&|^?:=,.<]$|=>$")
_CONTINUES = re.compile(r"\s*(?:[.*%&|^?:=,<>]|/(?![/*])|\+(?!\+)|-(?!-)|(?:as|satisfies|in|instanceof)\b)")


@dataclass(frozen=True)
class Declaration:
    """One name that a `let`, `const` or `var` of the cell's top level declares."""

    name: str
    type: str | None
    """Its annotation, as it is written; None without one."""
    value: str
    """Its initial value, as it is written; empty without one."""
    comment: str
    """What a comment behind it says, or one in the lines before it."""


def declarations(source):
    """All declarations of plain names at the top level of `source`; what is not understood is left out."""
    return list(_Reader(source).declarations())


class _Reader:
    def __init__(self, source):
        self.source = source
        self.tokens = list(_TOKENS.finditer(source))
        self.at = 0

    def declarations(self):
        above = ""
        while (token := self._peek()) is not None:
            kind, text = token.lastgroup, token.group()
            if kind == "comment":
                above = _plain(text)
                self.at += 1
            elif kind == "word" and text in ("let", "const", "var") and self._starts_statement():
                self.at += 1
                yield from self._list(above)
                above = ""
            elif kind == "mark" and text in _OPEN:
                self._skip_brackets()
                above = ""
            else:
                # An empty line parts a comment from what follows it.
                if kind != "space" and not (kind == "line" and not self._empty_line()) and text != "export":
                    above = ""
                self.at += 1

    def _list(self, above):
        """The declarators behind `let`."""
        while True:
            self._skip("space", "line", "comment")
            name = self._peek()
            if name is None or name.lastgroup != "word":
                return
            self.at += 1
            annotation = value = ""
            self._skip("space")
            if self._is(":"):
                self.at += 1
                annotation = self._until({"=", ";"}, in_type=True)
            self._skip("space")
            if self._is("="):
                self.at += 1
                value = self._until({",", ";"})
            more = self._is(",")
            if more or self._is(";"):
                self.at += 1
            self._skip("space")
            comment = self._peek()
            behind = comment is not None and comment.lastgroup == "comment"
            if behind:
                self.at += 1
            help = _plain(comment.group()) if behind else above
            yield Declaration(name.group(), annotation or None, value, help)
            if not more:
                return

    def _until(self, ends, in_type=False):
        """Source text up to one of the marks, or to the end of the statement."""
        parts, angles = [], 0
        while (token := self._peek()) is not None:
            kind, text = token.lastgroup, token.group()
            written = "".join(parts).strip()
            if kind == "comment":
                # One at the end of a statement is its help.
                if written and not _UNFINISHED.search(written):
                    rest = self.source[token.end() :]
                    if not _CONTINUES.match(rest.lstrip()):
                        break
                self.at += 1
                continue
            if kind == "line" and written and not _UNFINISHED.search(written):
                if not _CONTINUES.match(self.source, token.end()):
                    break
            if kind == "mark":
                if text in ends and angles == 0:
                    break
                if in_type:
                    angles += {"<": 1, ">": -1}.get(text, 0)
                if text in _OPEN:
                    start = token.start()
                    self._skip_brackets()
                    parts.append(self.source[start : self.tokens[self.at - 1].end()])
                    continue
            parts.append(text)
            self.at += 1
        return re.sub(r"\s*\n\s*", " ", "".join(parts)).strip()

    def _skip_brackets(self):
        depth = 0
        while (token := self._peek()) is not None:
            self.at += 1
            if token.lastgroup == "mark":
                depth += (token.group() in _OPEN) - (token.group() in _CLOSE)
                if depth == 0:
                    return

    def _starts_statement(self):
        before = self.at - 1
        while before >= 0 and self.tokens[before].lastgroup in ("space", "comment"):
            before -= 1
        return before < 0 or self.tokens[before].group() in ("\n", ";", "}", "export")

    def _empty_line(self):
        return self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].lastgroup == "line"

    def _skip(self, *kinds):
        while (token := self._peek()) is not None and token.lastgroup in kinds:
            self.at += 1

    def _is(self, text):
        token = self._peek()
        return token is not None and token.group() == text

    def _peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None


def _plain(comment):
    """The words of a comment."""
    if comment.startswith("//"):
        return comment[2:].strip()
    lines = (line.strip().removeprefix("*").strip() for line in comment[2:-2].removeprefix("*").split("\n"))
    return " ".join(line for line in lines if line)
