"""Modules out of files that are on no path."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType


def load(path: Path, name: str = "", known: bool = True) -> ModuleType:
    """The module in a file, under the file's name or another; `known`: in `sys.modules`, too, while it is run."""
    spec = importlib.util.spec_from_file_location(name or path.stem, path)
    assert spec is not None and spec.loader is not None, "a file with the suffix .py has a loader"
    module = importlib.util.module_from_spec(spec)
    if known:
        sys.modules[module.__name__] = module
    spec.loader.exec_module(module)
    return module
