"""Programs of the corpus that are refused today, with the code of the refusal: right or refused, nothing between.

To find them again: `python -m tests.refused`, which writes `refused.json` and reports what is neither.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

import srcgrad
from srcgrad.files import Request, emit_text

HERE = Path(__file__).parent
TABLE = HERE / "refused.json"
KNOWN: dict[str, dict[str, dict[str, str]]] = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {}


def in_memory(group: str) -> dict[str, str]:
    """Code by the name of the function."""
    return KNOWN.get(group, {}).get("memory", {})


def from_file(group: str) -> dict[str, str]:
    return {**in_memory(group), **KNOWN.get(group, {}).get("file", {})}


def code_in_memory(c: Any) -> str:
    from tests.checking import derivatives

    try:
        with np.errstate(all="ignore"):
            derivatives(c, True)
    except srcgrad.SrcgradError as e:
        return e.code
    except Exception as e:
        print(f"neither right nor refused: {c.name}: {type(e).__name__} {str(e)[:100]}")
        return "wrong"
    return ""


def code_from_file(path: Path, c: Any) -> str:
    names = importlib.import_module("case").parameters(c.function)
    wrt = tuple(names[n] for n in c.wrt if n < len(names))
    for mode in ("reverse", "forward"):
        try:
            emit_text(Request(f"{path}:{c.function.__qualname__}", wrt, mode))
        except srcgrad.SrcgradError as e:
            return e.code
    return ""


def write(paths: list[Path]) -> None:
    for path in paths:
        memory: dict[str, str] = {}
        file: dict[str, str] = {}
        for c in importlib.import_module(path.stem).CASES:
            code = code_in_memory(c)
            if code:
                memory[c.function.__name__] = code
            other = code_from_file(path, c) if c.file else code
            if other != code:  # "" where only the file is right
                file[c.function.__name__] = other
        KNOWN[path.stem] = {"memory": memory, "file": file}
        print(path.stem, len(memory), len(file))
    TABLE.write_text(json.dumps(KNOWN, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path[:0] = [str(HERE / "programs"), str(HERE / "kernels")]
    write([p for p in sorted(HERE.glob("[kp]*s/*.py")) if p.stem in sys.argv[1:]])
