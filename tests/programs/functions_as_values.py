"""Functions as values: closures, lambdas, arguments, results, partial, reduce."""

import functools
import operator
from functools import partial, reduce

import numpy as np
from case import case


def nested_function(x, y):
    """What the inner function captures is active."""
    scale = x * x

    def wave(t):
        return np.sin(scale * t) + y * t

    return wave(0.3) * wave(x) - wave(y)


def captured_late(x):
    """A captured name is read when the function is called, not when it is defined."""
    rate = x

    def decay(t):
        return np.exp(-rate * t)

    a = decay(1.0)
    rate = rate * rate + 1.0
    b = decay(a)
    return a * b + rate


def captured_loop_variable(x, n):
    """A lambda per round; the default argument keeps the round's value."""
    total = 0.0
    for i in range(n):
        power = x**i
        term = lambda t: power * t + i  # noqa: B023, E731
        frozen = lambda t, k=i: t * k  # noqa: E731
        total = total + term(x) * frozen(total + 1.0)
    return total


def lambdas_on_a_line(x, y):
    f, g = lambda a: a * y, lambda a: a + np.cos(a) * x
    return f(g(x)) - g(f(y)) + (lambda: x * y)()


def integrate(f, a, b, n):
    """Simpson's rule for any function."""
    h = (b - a) / n
    total = f(a) + f(b)
    for i in range(1, n):
        total = total + (4 if i % 2 else 2) * f(a + i * h)
    return total * h / 3.0


def function_argument(a, b, k):
    """A library function, a function of this module, and a lambda that captures, all to the same function."""
    return (
        integrate(np.sin, a, b, 4)
        + integrate(lorentz, a, b * k, 6)
        + integrate(lambda t: np.exp(-k * t * t) * a, 0.0, b, 4)
    )


def lorentz(t):
    return 1.0 / (1.0 + t * t)


def compose(f, g):
    def composed(t):
        return f(g(t))

    return composed


def function_result(x):
    """Functions made by functions, of functions."""
    twice = compose(lorentz, lorentz)
    shifted = compose(twice, lambda t: t + x)
    return shifted(x) * compose(np.tanh, shifted)(2.0)


def power_law(x, exponent, scale=1.0):
    return scale * x**exponent


def partials(x, p):
    """Positional and keyword arguments kept, by either spelling of partial; a partial of a partial."""
    cubic = partial(power_law, exponent=3)
    steep = functools.partial(cubic, scale=p)
    base = partial(power_law, x + 1.0)
    return cubic(x) + steep(x * p) * base(p) + base(2, scale=x)


def reduced(u, start):
    """reduce with a lambda, with an operator, with and without a start."""
    a = reduce(lambda s, t: s * t + np.sin(s), u, start)
    b = functools.reduce(operator.add, [a, u[0], a * u[1]])
    return reduce(operator.mul, (a, b, start)) + b


def chosen_at_run_time(x, kind):
    """The function that is called depends on a value, and then on a table."""
    f = lorentz if kind == "bell" else power_law
    y = f(x) if kind == "bell" else f(x, 2)
    table = {"bell": np.cos, "square": np.sqrt}
    return y * table[kind](x) + x


def list_of_functions(x, a):
    """A loop over functions, and a comprehension that applies them."""
    total = x
    for f in (np.sin, lorentz, lambda t: a * t):
        total = total + f(total)
    return total + sum([g(x * total) for g in [np.cosh, lorentz]])


def runge_kutta(y, rate, steps):
    """The right-hand side is a closure, called four times a step."""
    h = 0.1

    def rhs(t, y):
        return rate * y * (1.0 - y) + 0.1 * np.cos(t)

    def step(t, y):
        k1 = rhs(t, y)
        k2 = rhs(t + h / 2, y + h / 2 * k1)
        k3 = rhs(t + h / 2, y + h / 2 * k2)
        k4 = rhs(t + h, y + h * k3)
        return y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)

    for i in range(steps):
        y = step(i * h, y)
    return y


def two_levels_of_nesting(x, y):
    """The innermost function reads names of both functions around it."""

    def outer(a):
        local = a * x

        def inner(b):
            return local * b + y * x

        return inner(a) * inner(local)

    return outer(y) + outer(1.5)


def recursive_nested(x, n):
    """A nested function that calls itself, and captures."""

    def chain(k):
        if k == 0:
            return x
        return np.sin(chain(k - 1)) * x + k

    return chain(n) * chain(0)


def mapped(u, k):
    """map with a lambda and with two sequences; the results as a list and unpacked."""
    scaled = list(map(lambda t: t * k, u))
    a, b, *_ = map(lambda s, t: s * t + k, scaled, u)
    return sum(scaled) * a + b


def closure_of_parameters(slope, offset):
    def line(x):
        return slope * x * x + offset * np.sin(x)

    return line


def shadowing_closure(x):
    """The inner function's own name and parameter hide the outer ones."""
    y = x * 2.0

    def f(x):
        y = x * x
        return y * np.exp(-x)

    z = f(y)

    def f(t):  # noqa: F811
        return t * y

    return f(z) + y


def function_through_branches(x, sharp):
    """Each branch defines its own version of the function."""
    if sharp:

        def window(t):
            return np.tanh(5.0 * t * x)

    else:

        def window(t):
            return t * x

    return window(0.2) + window(x) * 2.0


square_of = lambda x: x * x + np.sin(x)  # noqa: E731
table_of_lambdas = {"first": lambda x: x * 3.0, "second": lambda x: x**3 - 1.0 / x}
spread_lambda = partial(
    lambda x, y, power: (
        x**power
        + np.log(y)  # over several lines
    ),
    power=2,
)

U = np.array([0.7, -0.4, 1.2, 0.9])

CASES = [
    case(nested_function, 0.9, 0.4),
    case(captured_late, 0.7),
    case(captured_loop_variable, 0.8, 4),
    case(lambdas_on_a_line, 0.6, 1.3),
    case(function_argument, 0.2, 1.4, 0.7),
    case(function_result, 0.8),
    case(partials, 0.7, 1.3),
    case(reduced, U, 0.5),
    case(chosen_at_run_time, 0.7, "bell"),
    case(chosen_at_run_time, 0.7, "square", label="other function"),
    case(list_of_functions, 0.4, 1.2),
    case(runge_kutta, 0.2, 1.6, 8),
    case(two_levels_of_nesting, 0.7, 0.9),
    case(recursive_nested, 0.8, 4),
    case(mapped, U, 1.5),
    case(closure_of_parameters(0.7, np.float64(1.2)), 0.8, file=False),
    case(compose(lorentz, closure_of_parameters(0.7, 1.2)), 0.8, file=False, label="of a closure"),
    case(shadowing_closure, 0.6),
    case(function_through_branches, 0.5, True),
    case(function_through_branches, 0.5, False, label="other version"),
    case(square_of, 0.8, file=False, label="square_of"),
    case(table_of_lambdas["first"], 0.8, file=False, label="first of two"),
    case(table_of_lambdas["second"], 0.8, file=False, label="second of two"),
    case(spread_lambda, 0.8, 1.7, file=False),
    case(partial(power_law, exponent=2.5), 1.3, file=False),
    case(partial(integrate, lorentz, n=4), 0.1, 0.9, file=False),
    case(np.sinh, 0.4, file=False, label="library function"),
]
