"""srcgrad: derivatives of plain NumPy programs, as readable Python source."""

from typing import Any

from .api import grad, jvp, source, stop_gradient, value_and_grad, vjp
from .diagnostics import SrcgradError
from .equations import implicit
from .graph import function, gradients
from .products import hessian, hvp, jacobian
from .rules.user import bilinear, constant, elementwise, linear, rule
from .runtime import checkpoint
from .tape import GradientTape
from .tensorflow_names import value_and_gradients_function, value_and_grads
from .version import __version__


def check_grads(*args: Any, **kwargs: Any) -> None:
    """Compare derivatives with differences; see `srcgrad.review.check.check_grads`."""
    from .review.check import check_grads as check

    check(*args, **kwargs)


__all__ = [
    "GradientTape", "SrcgradError", "__version__", "bilinear", "check_grads", "checkpoint", "constant", "elementwise",
    "function", "grad", "gradients", "hessian", "hvp", "implicit", "jacobian", "jvp", "linear", "rule", "source",
    "stop_gradient", "value_and_grad",
    "value_and_gradients_function", "value_and_grads", "vjp",
]  # fmt: skip
