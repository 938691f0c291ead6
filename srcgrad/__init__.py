"""srcgrad: derivatives of plain NumPy programs, as readable Python source."""

from .api import grad, jvp, source, stop_gradient, value_and_grad, vjp
from .diagnostics import SrcgradError

__version__ = "0.1.0"
__all__ = ["SrcgradError", "grad", "jvp", "source", "stop_gradient", "value_and_grad", "vjp"]
