"""Checks of arguments in emitted modules that stand alone."""

from __future__ import annotations

from typing import Any

import numpy as np


def require_real(*values: Any) -> None:
    """Refuse arguments that are not real numbers or arrays of them: the emitted code relies on it.

    >>> require_real(1.0, np.ones(3))
    """
    for value in values:
        if isinstance(value, (list, tuple, dict)) or np.iscomplexobj(value):
            raise TypeError(f"expected real numbers or arrays, not {type(value).__name__}")
