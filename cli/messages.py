"""How refusals and findings are shown: as text, JSON, GitHub annotations or Markdown."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import Any

import click

from srcgrad.diagnostics import Diagnostic, SrcgradError, visible

FORMATS = ("text", "json", "github", "md")


class Report:
    """Shows things as they come; JSON is one object per line.  Data goes to stdout, diagnostics to stderr."""

    def __init__(self, style: str) -> None:
        self.style = style

    def refused(self, e: BaseException) -> None:
        """A refusal of srcgrad with all its diagnostics, or an error of the system or of srcgrad itself."""
        if isinstance(e, SrcgradError):
            for d in e.diagnostics:
                self.show(d)
        elif isinstance(e, OSError):
            self.complain(f"{os.fspath(e.filename) if e.filename else 'output'}: {e.strerror or e}")
        else:
            self.complain(f"internal error, please report it: {type(e).__name__}: {e}")

    def complain(self, message: str) -> None:
        self.show(Diagnostic("", message))

    def show(self, d: Diagnostic) -> None:
        match self.style:
            case "json":
                text = json.dumps(fields(d))
            case "github":
                text = annotation(d)
            case "md":
                place = f"`{d.place().rstrip(': ')}` " if d.place() else ""
                code = f"**{d.code}** " if d.code else ""
                text = f"* {place}{code}{visible(d.message)}" + (f" {visible(oneline(d.hint))}" if d.hint else "")
            case _:
                text = coloured(d) if d.code else f"srcgrad: {visible(d.message)}"
        click.echo(text, err=True)

    def stale(self, path: str, reason: str, diff: Iterable[str]) -> None:
        """A derivative that is not what would be emitted now."""
        text = "".join(diff)
        match self.style:
            case "json":
                click.echo(json.dumps({"file": path, "reason": reason, "diff": text}))
            case "github":
                click.echo(annotation(Diagnostic("", reason, None, path)))
            case "md":
                click.echo(f"* `{path}` {reason}\n\n```diff\n{text}```")
            case _:
                click.echo("".join(map(coloured_line, text.splitlines(True))), nl=False)
                click.echo(f"srcgrad: {visible(path)}: {reason}", err=True)


def fields(d: Diagnostic) -> dict[str, Any]:
    found: dict[str, Any] = {"code": d.code, "message": d.message, "file": d.filename, "hint": d.hint}
    if d.span is not None:
        found |= {"line": d.span.line, "column": d.span.column + 1}
        found |= {"end_line": d.span.end_line, "end_column": d.span.end_column + 1}
    return found


def annotation(d: Diagnostic) -> str:
    """https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    where: dict[str, Any] = {"file": d.filename, "title": d.code or "srcgrad"}
    if d.span is not None:
        where |= {"line": d.span.line, "col": d.span.column + 1}
        where |= {"endLine": d.span.end_line, "endColumn": d.span.end_column + 1}
    given = ",".join(f"{k}={escaped(str(v), ':,')}" for k, v in where.items() if v)
    return f"::error {given}::{escaped(' '.join(filter(None, [d.message, oneline(d.hint)])))}"


def escaped(text: str, more: str = "") -> str:
    for c in "%\r\n" + more:
        text = text.replace(c, f"%{ord(c):02X}")
    return text


def oneline(text: str) -> str:
    return " ".join(text.split())


# ----- colour, on a terminal that wants it -----


def wants_colour(stream: Any) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def coloured(d: Diagnostic) -> str:
    text = d.render()
    return text.replace(d.code, click.style(d.code, fg="red", bold=True), 1) if wants_colour(sys.stderr) else text


def coloured_line(line: str) -> str:
    colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
    return click.style(line, fg=colour) if colour and wants_colour(sys.stdout) else line
