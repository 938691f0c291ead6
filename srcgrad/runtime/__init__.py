"""The few helpers that emitted code may use; each is pure NumPy and is copied into modules that stand alone."""

from .arrays import *  # noqa: F403
from .checks import require_numbers, require_real  # noqa: F401
