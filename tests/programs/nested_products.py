"""`jvp` inside the program, with primals and tangents that have names, as the texts of others write it."""

import functools

import numpy as np
from case import case
from srcgrad import grad, hessian, jvp, vjp


def energy(w):
    return np.sum(np.sin(w) * w)


def forward_over_reverse(w, v):
    def product(f, primals, tangents):
        return jvp(grad(f), primals, tangents)[1]

    return product(energy, (w,), (v,))


def reverse_over_forward(w, v):
    def product(f, primals, tangents):
        return grad(lambda primals: jvp(f, primals, tangents)[1])(primals)[0]

    return product(energy, (w,), (v,))


def none_among_them(w, v):
    primals, tangents = (w, v), (v, None)
    y, dy = jvp(lambda a, b: np.sum(a * a * b), primals, tangents)
    return y * dy


def in_a_loop(w, v):
    at, total = [w], 0.0
    for n in range(3):
        along = (v * n,)
        total = total + jvp(energy, at, along)[1]
        at = [at[0] * total]
    return total


def for_each_of_them(w, v):
    return np.array([jvp(energy, primals, (v,))[1] for primals in [(w,), (v,)]])


def by_starred_parameters(w, v):
    def directional(f, *primals):
        return lambda *tangents: jvp(f, primals, tangents)

    value, slope = directional(energy, w)(v)
    return value * slope


def chosen_tangents(w, v):
    primals = {"at": (w,)}
    tangents = (v,) if w[0] > 0.0 else (w,)
    return jvp(f=energy, primals=primals["at"], tangents=tangents)[1]


def doubled(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs) * 2.0

    return wrapper


@doubled
def powers(w, p=3):
    return np.sum(w**p)


def of_a_wrapper_of_any_arguments(w, v):
    value, pull = vjp(powers, w)
    along = jvp(powers, (w,), (v,))[1]
    return grad(powers)(w) @ grad(powers)(v, 2) * along + pull(value)[0] @ hessian(powers)(w) @ v


W = np.array([0.2, -0.4, 0.3])

CASES = [
    case(forward_over_reverse, W, 2.0 * W, file=False),
    case(reverse_over_forward, W, 2.0 * W, file=False),
    case(none_among_them, W, 2.0 * W, file=False),
    case(in_a_loop, W, 2.0 * W, file=False),
    case(for_each_of_them, W, 2.0 * W, file=False),
    case(by_starred_parameters, W, 2.0 * W, file=False),
    case(of_a_wrapper_of_any_arguments, W, 2.0 * W, file=False),
    case(chosen_tangents, W, 2.0 * W, file=False),
]
