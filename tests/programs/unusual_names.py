"""Names that generated code would like to use, names of builtins and modules, and names beyond ASCII."""

import math
import operator
from itertools import accumulate

import numpy as np
import numpy as xp
from case import case
from numpy import sin as sinus


def adjoint_names(x, d_x, d_out):
    """The user's own d_x, d_out and out."""
    out = x * d_x
    d_y = out * out + d_out
    y = np.sin(d_y) * d_x
    out = y + d_out * out
    return out


def tangent_names(x, t_x):
    t_out = x * t_x
    t_y = np.exp(-t_out)
    d_t_x = t_y * x
    t_d_x = d_t_x * t_out
    return t_d_x + t_y


def stack_names(x, n):
    x_stack = x
    branch_stack = 0.0
    trips = 0
    for i in range(n):
        if x > 0.5:
            branch_stack = branch_stack + x * x_stack
            x = x * 0.6
        if branch_stack > 0.9:
            break
        x_stack = x_stack * x + 0.3
        x = x + 0.2 * x_stack
        trips += 1
    return x * x_stack + branch_stack * trips


def names_of_the_second_choice(d_x, grad_x, tan_x, adj_x):
    """Also the names that one would change to."""
    d_grad_x = d_x * grad_x
    grad_d_x = np.cos(d_grad_x) * tan_x
    grad_out = grad_d_x * adj_x + d_grad_x
    return grad_out * d_x


def shadowed_builtins(x, len):
    """sum, range, abs, list and len are ordinary variables here."""
    sum = x * x
    abs = sum + len
    list = [sum, abs]
    for range in list:
        sum = sum * range
    reversed = sum - abs
    zip, enumerate = reversed, list[0]
    return zip * enumerate * len


def shadowed_module(x, math):
    """The parameter hides the module; another name still reaches numpy."""
    np = x * math
    xp_np = xp.tanh(np)
    sin = np * xp_np
    return sin + sinus(np) * x


def one_underscore(_, __, _x):
    _ = _ * _x
    __ = __ + _ * _
    _x = _x * __
    return _x + _


def letters_of_other_alphabets(θ, ω, Δt):
    """Greek names, an accent, and a ligature that Python reads as `fi`."""
    énergie = 0.5 * ω**2 - np.cos(θ)
    for _ in range(3):
        ω = ω - Δt * np.sin(θ)
        θ = θ + Δt * ω
    ﬁn = θ * énergie
    return fin * ω  # noqa: F821


def keywords_of_the_soft_kind(match, case_, type, print_):
    """match, case and type are names where they are not statements."""
    case = match * case_
    type = type + case * match
    soft = {"match": case, "type": type}
    return soft["match"] * soft["type"] * print_


def name_of_itself(name_of_itself):
    """A parameter with the name of the function."""
    return name_of_itself * np.sqrt(name_of_itself)


def calls_own_suffix(x):
    """Helpers whose names are those of generated functions."""
    return square_grad(x) * square_fwd(x) + square_bwd(x, x) - square(x) * square_jvp(x)


def square(x):
    return x * x


def square_grad(x):
    return 3.0 * x


def square_fwd(x):
    return np.sin(x)


def square_bwd(saved, d_out):
    return saved * d_out * saved


def square_jvp(x):
    return np.exp(x)


def runtime_names(x, saved, unbroadcast, srcgrad):
    """Names that the runtime and the halves of a call use."""
    accumulate = x * saved
    h_arg = np.tanh(accumulate)
    h = np.sin(h_arg) * unbroadcast
    den = 1.0 / (srcgrad + h * h)
    tanh_x = den * math.cos(accumulate)
    return tanh_x * h_arg


def own(v):
    """A helper of emitted code has this name too."""
    return v * v


def masked(v, zeros_like):
    return v * zeros_like + 1.0


def helpers_of_the_same_names(x):
    items = [own(v) for v in x]
    items[0] = items[1] * items[2]
    total = sum(accumulate(x, operator.mul)) + x[0] * list(accumulate([1, 2]))[1]
    return np.where(x > 0.7, np.sqrt(x - 0.5), 0.0) * masked(total + sum(items), x[1]) + own(x[0])


def modules_under_other_names(x):
    lib, xp = math, np
    linalg = np.linalg
    return lib.sin(x[0]) * xp.sum(xp.exp(x)) + linalg.norm(x)


def names_for_a_nested_function(x):
    from math import cos as cosine

    import numpy as numbers

    xp = numbers

    def outer(v):
        def inner(w):
            return xp.sin(w) * cosine(w) * numbers.exp(w)

        return inner(v) * xp.cos(v)

    return outer(x[0]) * x[1]


def counted(x):
    return len(x), np.sum(x > 0.5) * 2.0


def underscore_beside_calls(x):
    """`_` is read after calls whose results have no derivative, or have one in part."""
    _ = x[0] ** 2
    n, m = counted(x)
    (a, k), c = (np.sin(x), n), m
    total = np.sum(a) * _ + k * c
    for _ in x:
        n, _ = counted(x * _)
        total = total * n + _ * x[1]
    return total * _


class Ring:
    def __init__(self, v):
        self.v = v
        self.after = None


def linked(a, b):
    a.after = b
    b.after = a
    return b


def class_of_a_helper(x):
    """`linked` is what the module calls objects that hold one another, too."""
    p = linked(Ring(x[0]), Ring(x[1] * x[2]))
    for _ in range(3):
        p.v = p.v * p.after.v + x[2]
        p = p.after
    return p.v * p.after.v


CASES = [
    case(class_of_a_helper, np.array([0.6, 1.1, 1.7])),
    case(underscore_beside_calls, np.array([0.6, 1.1, 1.7])),
    case(modules_under_other_names, np.array([0.6, 1.1, 1.7])),
    case(names_for_a_nested_function, np.array([0.6, 1.1, 1.7])),
    case(helpers_of_the_same_names, np.array([0.6, 1.1, 1.7])),
    case(adjoint_names, 0.7, 1.2, -0.4),
    case(tangent_names, 0.7, 1.2),
    case(stack_names, 1.1, 6),
    case(names_of_the_second_choice, 0.7, 1.2, 0.5, -0.9),
    case(shadowed_builtins, 0.7, 1.3),
    case(shadowed_module, 0.7, 1.3),
    case(one_underscore, 0.7, 1.3, -0.6),
    case(letters_of_other_alphabets, 0.7, 1.3, 0.1),
    case(keywords_of_the_soft_kind, 0.7, 1.3, -0.2, 0.9),
    case(name_of_itself, 0.7),
    case(calls_own_suffix, 0.7),
    case(runtime_names, 0.7, 1.3, 0.4, 2.0),
]
