"""Defaults of options from the table [tool.srcgrad] of the nearest pyproject.toml.

[tool.srcgrad]
format = "github"
[tool.srcgrad.emit]
use-runtime = true
[tool.srcgrad.check]
paths = ["examples"]
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import click

KNOWN: dict[str, dict[str, type]] = {
    "": {"format": str},
    "emit": {"mode": str, "target": str, "use-runtime": bool, "format": str},
    "check": {"paths": list, "format": str},
}


def defaults(start: Path) -> dict[str, dict[str, Any]]:
    """For each command, its options; UsageError on a table that means nothing."""
    path = next((p for folder in (start, *start.parents) if (p := folder / "pyproject.toml").is_file()), None)
    table = read(path) if path is not None else {}
    general = checked(path, "", {k: v for k, v in table.items() if k not in KNOWN})
    found = {}
    for command in ("emit", "check"):
        own = table.get(command, {})
        if not isinstance(own, dict):
            wrong(path, f"`{command}` must be a table")
        found[command] = {k.replace("-", "_"): v for k, v in (general | checked(path, command, own)).items()}
    if path is not None and "paths" in found["check"]:
        found["check"]["paths"] = [path.parent / p for p in found["check"]["paths"]]
    return found


def read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as f:
            tool = tomllib.load(f).get("tool", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as e:
        raise click.UsageError(f"{path}: {e}") from None
    table = tool.get("srcgrad", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        wrong(path, "it must be a table")
    return table


def checked(path: Path | None, command: str, table: dict[str, Any]) -> dict[str, Any]:
    for key, value in table.items():
        name = f"{command}.{key}" if command else key
        known = KNOWN[command]
        if key not in known:
            wrong(path, f"there is no `{name}`; known are {', '.join(known)}")
        if type(value) is not known[key] or (isinstance(value, list) and not all(isinstance(v, str) for v in value)):
            wrong(path, f"`{name}` must be {'a list of strings' if known[key] is list else known[key].__name__}")
    return table


def wrong(path: Path | None, message: str) -> None:
    raise click.UsageError(f"{path}: [tool.srcgrad]: {message}")
