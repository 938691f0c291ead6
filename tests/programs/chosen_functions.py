"""Functions chosen while the program runs: by a condition, from a table, one after the other."""

import numpy as np
from case import case


def relu(x):
    return np.maximum(x, 0.0)


def softened(x, k=0.3):
    return x * x / (k + np.abs(x))


def scaling(a):
    def scaled(x):
        return a * np.sin(x) + x

    return scaled


def one_of_two(x, sharp):
    f = relu if sharp else np.tanh
    y = f(x) * x
    return f(y) + x


def one_of_two_closures(a, x, first):
    if first:
        f = scaling(a)
    else:
        f = lambda t: a / t  # noqa: E731
    return f(x) * f(a) + f(f(x))


def one_of_three(x, y, c):
    """Chosen in nested branches, used after them and in a branch of its own."""
    if c > 0.0:
        if y > 1.0:
            f = np.sin
        else:
            f = scaling(y)
    else:
        f = softened
    z = f(x) * y
    if z > 0.0:
        z = f(z) + y
    return z * c


def by_number(x, i):
    activations = [relu, np.tanh, softened]
    act = activations[i]
    return act(x) * x + act(2.0 * x)


def by_name(a, x, name):
    table = {"relu": relu, "tanh": np.tanh, "own": lambda t: a * t * t}
    return table[name](x) * a + {"sin": np.sin, "cos": np.cos}["cos"](x)


def one_after_the_other(x, a):
    for f in (np.sin, softened, lambda t: a * t, scaling(a)):
        x = f(x) + a
    return x


def layers_in_a_row(w, v, x):
    layers = [scaling(w), np.tanh, scaling(v), relu]
    for n, layer in enumerate(layers):
        x = layer(x) * (n + 1)
        if x > 100.0:
            x = x / 10.0
    return x + n


def in_step(x, w, v):
    for f, a in zip((np.sin, np.cos, relu), (w, v, w)):  # noqa: B905
        x = f(a * x)
    return x


def by_the_rounds(x, a, i):
    functions = (relu, lambda t: t * a, np.cos)
    for j in range(len(functions)):
        x = functions[j](x) + functions[i](x) * 0.5
    return x


def all_of_them(functions, x):
    return sum([f(x) for f in functions]) * functions[0](x)


def handed_over(a, x):
    return all_of_them([scaling(a), np.exp, softened], x)


def the_same_function(x, sharp):
    f = np.sin if sharp else relu
    y = f(x) if f is np.sin else x * f(x)
    return y * x


def default_function(x, f=softened, *, g=np.exp):
    return f(x) * g(x)


def remade_from_its_own_value(x, y):
    h = scaling(x)
    for _ in range(3):
        y = h(y)
        h = scaling(y)
    return y


CASES = [
    case(one_of_two, 0.7, True),
    case(one_of_two, 0.7, False, label="other"),
    case(one_of_two_closures, 0.8, 1.3, True),
    case(one_of_two_closures, 0.8, 1.3, False, label="other"),
    case(one_of_three, 0.7, 1.4, 0.9),
    case(one_of_three, 0.7, 0.4, 0.9, label="closure"),
    case(one_of_three, -0.7, 0.4, -0.9, label="third"),
    case(by_number, 0.6, 0),
    case(by_number, 0.6, -1, label="from the end"),
    case(by_number, 0.6, 1, label="second"),
    case(by_name, 0.9, 1.2, "own"),
    case(by_name, 0.9, 1.2, "tanh", label="library"),
    case(one_after_the_other, 0.8, 1.1),
    case(layers_in_a_row, 0.7, 1.2, 0.5),
    case(in_step, 0.4, 0.9, 1.3),
    case(by_the_rounds, 0.7, 1.2, -2),
    case(handed_over, 0.7, 0.9),
    case(the_same_function, 0.8, True),
    case(the_same_function, 0.8, False, label="other"),
    case(default_function, 0.8),
    case(remade_from_its_own_value, 0.8, 0.5),
]
