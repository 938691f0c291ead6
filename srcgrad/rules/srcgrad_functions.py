"""The functions of srcgrad that may stand in differentiated code."""

from __future__ import annotations

from .declare import constant

constant("srcgrad.api.stop_gradient(x)")
