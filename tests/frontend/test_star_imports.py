"""Star imports of the user's own modules in files that are not run: what `emit` takes from them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from srcgrad.files import Request, emit_text

BODY = "\n\ndef f(x):\n    return scaled(x) * x\n"
TWICE, THRICE = (f"def scaled(x):\n    return {n} * x\n" for n in (2.0, 3.0))

FILES = {
    "the later import": ({"a": TWICE, "b": THRICE}, "from a import *\nfrom b import *\n", 6.0),
    "after a definition": ({"a": TWICE}, THRICE + "\n\nfrom a import *\n", 4.0),
    "before a definition": ({"a": TWICE}, "from a import *\n\n\n" + THRICE, 6.0),
    "after an import": ({"a": TWICE, "b": THRICE}, "from b import scaled\nfrom a import *\n", 4.0),
    "through a package": ({"p/__init__": "from .a import *\n", "p/a": TWICE}, "from p import *\n", 4.0),
    "around a circle": ({"a": "from b import *\n" + TWICE, "b": "from a import *\n"}, "from b import *\n", 4.0),
    "listed": ({"a": "__all__ = ['scaled']\n" + TWICE}, "from a import *\n", 4.0),
    "not listed": ({"a": "__all__ = ['k']\nk = 1\n" + TWICE, "b": THRICE}, "from b import *\nfrom a import *\n", 6.0),
    "a value": ({"a": "scale = 2.0\n"}, "from a import *\n\n\ndef scaled(x):\n    return scale * x\n", 4.0),
}


@pytest.mark.parametrize("name", FILES)
def test_star_imports(tmp_path: Path, name: str) -> None:
    modules, head, slope = FILES[name]
    for module, text in modules.items():
        path = tmp_path / f"{module}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (tmp_path / "m.py").write_text(head + BODY)
    (tmp_path / "m_grad.py").write_text(emit_text(Request(f"{tmp_path / 'm.py'}:f", ("x",), "reverse")))
    run = "import m, m_grad; value, (d,) = m_grad.f_grad(1.0); print(value == m.f(1.0), d)"
    done = subprocess.run([sys.executable, "-c", run], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["True", str(slope)], done.stderr
