"""Functions of any length, to see how the time of a transformation grows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.loading import load as load_file

BLOCK = """\
    p{n} = np.sin(x{k}) * y{k} + 0.5
    q{n} = p{n} * x{k} - np.exp(-y{k} * y{k})
    if q{n} > 0.0:
        p{n} = p{n} * q{n}
    else:
        p{n} = p{n} - 0.5 * q{n}
    for i in range(2):
        q{n} = q{n} * 0.9 + 0.1 * p{n} * i
    x{n} = np.tanh(p{n} + q{n})
    y{n} = np.cos(q{n}) / (1.5 + x{n} * x{n})
"""
HEAD = "import numpy as np\n\n\ndef program(x0, y0):\n"


def text_of(lines: int) -> str:
    """A module with a function of about `lines` lines: assignments, branches and loops."""
    blocks = max(1, lines // BLOCK.count("\n"))
    body = "".join(BLOCK.format(n=n, k=n - 1) for n in range(1, blocks + 1))
    return f"{HEAD}{body}    return x{blocks} + y{blocks}\n"


def program(lines: int, folder: Path, number: int) -> Callable[..., Any]:
    """The function, imported from a file of its own."""
    path = folder / f"program_{lines}_{number}.py"
    path.write_text(text_of(lines))
    module = load_file(path, known=False)
    function: Callable[..., Any] = module.program
    return function
