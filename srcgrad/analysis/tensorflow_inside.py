"""`value_and_grads` and `value_and_gradients_function` in code that is differentiated, written out in Python.

    g = value_and_grads(f)                 def value_and_grads_of(f, inputs, dy=None):
    value, grads = g([x, y])       ->          value = f(*inputs)
                                               weights = np.ones_like(value) if dy is None else dy
                                               return ValueAndGrads(value, list(pulled(f)(*inputs, weights)))
                                           g = partial(value_and_grads_of, f)
"""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from ..ir.program import Function
from . import kinds as k
from .nested import constant, given_already
from .nested_refused import Refused

GRADS, FUNCTION = "value_and_grads", "value_and_gradients_function"
HOME = "srcgrad.tensorflow_names."
MAKERS = {HOME + GRADS: GRADS, HOME + FUNCTION: FUNCTION}
OF_INPUTS = """\
def value_and_grads_of(f, inputs, dy=None):
    value = f(*inputs)
    weights = np.ones_like(value) if dy is None else dy
    return ValueAndGrads(value, list(pulled(f)(*inputs, weights)))
"""
OF_PARAMETERS = """\
def value_and_gradients_of(f, {params}, dy=None):
    value = f({given})
    weights = np.ones_like(value) if dy is None else dy
    found = pulled(f)({given}, weights)
    return value, [{gradients}]
"""
HINT = "Write it with srcgrad.value_and_grad."


def text_for(maker: str, f: k.Func, params: Any = None) -> str:
    """What stands for the function that a maker gives; raises Refused where that is not known."""
    if maker == GRADS:
        return OF_INPUTS
    function: Any = f.target
    first, words = given_already(f)
    own = function.params[first:] if isinstance(function, Function) else ()
    names = [p.name for p in own]
    known = all(p.kind == "positional" and (p.default is None or isinstance(p.default, ir.Const)) for p in own)
    if not names or not known or words or {"f", "dy", "value", "weights", "found", "np", "pulled"} & set(names):
        raise Refused("SG304", "the parameters of the function of this gradient are not known here", HINT)
    wanted = names if params is None else [names[p] if isinstance(p, int) else p for p in params]
    defaults = [f"{p.name}={p.default.value!r}" if isinstance(p.default, ir.Const) else p.name for p in own]
    gradients = ", ".join(f"found[{names.index(n)}]" for n in wanted)
    return OF_PARAMETERS.format(params=", ".join(defaults), given=", ".join(names), gradients=gradients)


def params_of(kind: k.Kind | None) -> Any:
    """The option `params`, where it is written out."""
    if isinstance(kind, k.Seq) and kind.items is not None:
        return [constant(i) for i in kind.items]
    return None if kind is None else constant(kind)
