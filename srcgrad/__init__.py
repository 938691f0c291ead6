"""srcgrad: derivatives of plain NumPy programs, as readable Python source."""

from .api import grad, jvp, source, stop_gradient, value_and_grad, vjp
from .diagnostics import SrcgradError
from .version import __version__

__all__ = ["SrcgradError", "__version__", "grad", "jvp", "source", "stop_gradient", "value_and_grad", "vjp"]
