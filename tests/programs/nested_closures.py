"""Derivatives taken inside the program of functions that read what they depend on by way of other functions."""

import numpy as np
import srcgrad
from case import case
from srcgrad import grad, hessian, jacobian


def of_what_calls_closures(x, a):
    """Only what the function calls reads x and a."""

    def spring(y):
        return a * y**3 * x[0]

    def both(y):
        return spring(y) * a

    return grad(lambda y: spring(y) + both(y))(0.5) * grad(lambda y: both(y))(0.3)


def of_closures_in_containers(x, a):
    terms = [lambda y: a * y**2, lambda y: np.sum(x) * y**3]
    named = {"first": lambda y: np.sin(a * y)}
    total = 0.0
    for n in range(3):
        total += grad(lambda y: sum(f(y) for f in terms) * named["first"](y))(0.1 * n)
    return total


def of_closures_over_what_changes(x, a):
    u = x * a

    def level(y):
        return y @ u

    first = grad(lambda y: np.tanh(level(y)))(np.ones(4))
    u[1] *= a
    return first + grad(lambda y: np.tanh(level(y)))(np.ones(4))


def products_of_what_calls_closures(x, a):
    wave = lambda y: np.sin(a * y)  # noqa: E731
    power = lambda y: wave(y) ** 2 * x[1]  # noqa: E731
    at = np.array([0.3, 0.4])
    value, pull = srcgrad.vjp(power, at)
    along = srcgrad.jvp(power, (at,), (np.ones(2),))[1]
    return jacobian(power)(at) @ (pull(value)[0] + along) * hessian(lambda y: np.sum(power(y)))(at)[0, 0]


def on_a_tape_with_closures(x, a):
    wave = lambda y: np.sin(a * y)  # noqa: E731
    power = lambda y: np.sum(wave(y) ** 2) * x[1]  # noqa: E731
    at = np.array([0.3, 0.4])
    with srcgrad.GradientTape() as tape:
        tape.watch(at)
        z = power(at)
    return tape.gradient(z, at)


def composed(f, g):
    def both(y):
        return f(g(y))

    return both


def of_what_is_composed(x):
    """Functions of the library, in functions that hold nothing else."""
    return np.sum(grad(composed(np.sum, composed(np.sin, np.exp)))(x) * x)


X = np.array([0.7, -1.1, 0.4, 0.9])

CASES = [
    case(of_what_calls_closures, X, 0.6, file=False),
    case(of_closures_in_containers, X, 0.6, file=False),
    case(of_closures_over_what_changes, X, 0.6, file=False),
    case(products_of_what_calls_closures, X, 0.6, file=False),
    case(on_a_tape_with_closures, X, 0.6, file=False),
    case(of_what_is_composed, X, file=False),
]
