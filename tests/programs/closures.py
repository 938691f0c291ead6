"""Functions made by functions, with the values they carry: returned, kept in containers, passed on."""

import functools
import operator
from functools import partial

import numpy as np
from case import case


def scaling(a):
    def scaled(x):
        return a * np.sin(x) + x

    return scaled


def called_at_once(k, x):
    return scaling(k)(x) * scaling(x * k)(k)


def called_twice(k, x, y):
    """The same closure on two values, and its maker again with another."""
    h = scaling(k)
    other = scaling(h(y))
    return h(x) * h(y) + other(x)


def curried(x, y, z):
    return (lambda a: lambda b: lambda c: a * b * c + a / c)(x)(y)(z)


def renamed_on_the_way(y, x):
    """The maker rebinds its own parameter and has names of the caller's."""

    def maker(x):
        y = x * x + 1.0
        x = y * x

        def inner(b):
            def innermost(c):
                return x * b * c + y

            return innermost

        return inner

    u = maker(y)
    v = maker(x)
    return u(x)(y) * v(y)(2.0) + u(1.0)(v(x)(x))


def twice(f):
    return lambda x: f(f(x))


def applied_again(a, x):
    """A function of a function of a closure, under one name and then another."""
    f = twice(scaling(a))
    f = twice(f)
    g = twice(lambda t: t * a)
    return f(x) + twice(g)(x)


def compose(f, g):
    return lambda t: f(g(t))


def apply_to(f, x):
    return f(x) * 2.0


def composed_closures(a, x):
    """What is passed on carries functions that carry values, two levels down."""
    f = compose(scaling(a), compose(np.tanh, scaling(x)))
    return apply_to(f, x) * f(a)


def shifting(a):
    return (lambda t: a * t), (lambda t: a + t * t)


def pair_of_closures(a, x):
    f, g = shifting(a)
    pair = shifting(x)
    return f(g(x)) + pair[0](pair[1](a))


def affine(w, b):
    def layer(x):
        return np.tanh(x @ w + b)

    return layer


def two_layers(layers, x):
    return layers[1](layers[0](x))


def layers_in_a_list(w, b, x):
    return np.sum(two_layers([affine(w, b), affine(w * w, 2.0 * b)], x))


def by_key(table, x):
    return table["scale"](x) + table["shift"](x)


def closures_in_a_dict(a, x, name):
    table = {"scale": scaling(a), "shift": lambda t: t - x * a}
    return by_key(table, a) * table[name](x)


def partial_result(a, e):
    return partial(operator.mul, a * e)


def chosen_by_key(a, x, name):
    return {"wave": scaling(a), "tanh": np.tanh}[name](x)


def returned_partial(a, x):
    f = partial_result(a, x)
    return f(x) * partial(operator.add, f(2.0))(a)


def remade_every_round(x, y, n):
    """Each round makes a closure, and calls it before the next is made."""
    total = 0.0
    for i in range(n):
        h = scaling(x * i)
        total = total + h(y)
        y = y * x
    return total


def called_a_round_later(x, y):
    h = scaling(x)
    for _ in range(3):
        before = h
        h = scaling(y)
        y = before(y)
    return y


def kept_from_a_round_before(x, y):
    for _ in range(3):
        h = scaling(x * y)
        y = h(y)
        last = h
        if y > 1.0:
            h = scaling(x)
            y = last(y)
    return y


def default_of_active_value(a, x):
    """A default is worked out when the function is defined; later a is another."""

    def g(t, s=a * a, *, k=a + 1.0):
        return t * s + k

    f = lambda t, s=x * a: t * s  # noqa: E731
    a = a + 1.0
    x = x * a
    return g(x) + g(x, a) * f(a) + f(x, x) + g(a, k=x)


def arguments_kept_by_partial(x, p):
    """partial keeps the values of the time it is made."""
    f = partial(weighted, x, s=p * x)
    x = x * 2.0
    p = p * p
    return f(3) * x + p + f(2, s=p)


def weighted(x, e, s=1.0):
    return s * x**e


def captured_before_it_is_active(x):
    a = 1

    def f(t):
        return a * t

    a = x
    return apply_to(f, x) + apply_to(lambda t: f(t) + a, 2.0)


def scaled_by(k):
    def decorator(f):
        @functools.wraps(f)
        def wrapper(t, *rest):
            return f(t, *rest) * k

        return wrapper

    return decorator


def decorated_inside(a, x):
    @twice
    def square(t):
        return a * t * t

    @scaled_by(a)
    @twice
    @functools.cache
    def shifted(t):
        return t + np.sin(x * t)

    return square(x) * shifted(a) + shifted(x)


def test_on_a_closure(a, x):
    f = scaling(a)
    if f(x) > 1.0:
        return f(x) * a
    return twice(f)(x)


X = np.array([[0.3, -0.7], [1.1, 0.4], [0.2, 0.6]])


def composed(f, g):
    def both(y):
        return f(g(y))

    return both


def doubled(y):
    return 2.0 * y


def composed_of_the_library(x):
    return composed(np.sum, composed(doubled, composed(np.sin, composed(np.tanh, np.exp))))(x)


TOTAL = composed(np.sum, composed(composed(np.sin, doubled), composed(np.exp, np.tanh)))


def composed_before(x):
    """One name for functions of the library, of which each closure means another one."""
    return TOTAL(x) * np.sum(x)


CASES = [
    case(called_at_once, 0.8, 1.3),
    case(called_twice, 0.8, 1.3, 0.4),
    case(curried, 0.7, 1.1, 1.6),
    case(renamed_on_the_way, 0.9, 0.6),
    case(applied_again, 0.7, 0.9),
    case(composed_closures, 1.2, 0.7),
    case(pair_of_closures, 0.6, 1.2),
    case(layers_in_a_list, np.array([[0.4, -0.2], [0.7, 0.3]]), np.array([0.1, -0.5]), X),
    case(closures_in_a_dict, 0.8, 1.1, "shift"),
    case(closures_in_a_dict, 0.8, 1.1, "scale", label="other"),
    case(chosen_by_key, 0.8, 1.1, "wave"),
    case(chosen_by_key, 0.8, 1.1, "tanh", label="other"),
    case(returned_partial, 0.9, 1.4),
    case(remade_every_round, 0.7, 1.2, 4),
    case(called_a_round_later, 0.7, 1.2),
    case(kept_from_a_round_before, 0.7, 1.2),
    case(default_of_active_value, 0.8, 1.3),
    case(arguments_kept_by_partial, 0.9, 1.2),
    case(captured_before_it_is_active, 0.7),
    case(decorated_inside, 0.6, 1.1),
    case(test_on_a_closure, 0.8, 1.5),
    case(test_on_a_closure, 0.3, 0.2, label="else"),
    case(composed_of_the_library, np.array([0.3, 0.9])),
    case(composed_before, np.array([0.3, 0.9]), file=False),
]
