"""Text that srcgrad writes and runs: its lines are shown in tracebacks, and it can be differentiated again.

`linecache` shows the lines; what somebody clears it of is still known here.
"""

from __future__ import annotations

import linecache
from typing import Any

_texts: dict[str, str] = {}


def keep(filename: str, text: str) -> None:
    _texts[filename] = text
    linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)


def run(filename: str, text: str, namespace: dict[str, Any]) -> dict[str, Any]:
    """The namespace with what the text defines.  The text must be srcgrad's own."""
    keep(filename, text)
    exec(compile(text, filename, "exec"), namespace)
    return namespace


def text_of(filename: str, global_names: dict[str, Any] | None = None) -> str:
    """The text that was compiled under a filename, of a file as it is now; "" where Python does not keep it."""
    if filename in _texts:
        return _texts[filename]
    linecache.checkcache(filename)
    return "".join(linecache.getlines(filename, global_names))
