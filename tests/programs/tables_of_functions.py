"""Functions looked up while the program runs: tables of a module and of a function, in tests, loops and calls."""

import functools
import math
import operator

import numpy as np
from case import case


def soft(v, k=0.3):
    return v * v / (k + abs(v))


BINARY = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
UNARY = {"sin": np.sin, "exp": math.exp, "soft": soft, "sq": lambda v: v * v, "neg": operator.neg}
SMOOTH = {"exp": math.exp, "soft": soft}
STEPS = [soft, np.tanh, lambda v: v * 1.5]
STAGES = (("a", np.sin, 2.0), ("b", soft, 3.0), ("c", lambda v: v * v, 0.5))
GROUPS = {"un": {"soft": soft, "sq": np.square}, "more": {"twice": lambda v: 2.0 * v * v, "cos": np.cos}}
PARTIALS = [functools.partial(soft, k=0.7), functools.partial(np.multiply, 3.0), np.sin]


def reverse_polish(text: str, x: float, y: float):
    stack = []
    for token in text.split():
        if token in BINARY:
            b = stack.pop()
            a = stack.pop()
            stack.append(BINARY[token](a, b))
        elif token in UNARY:
            stack.append(UNARY[token](stack.pop()))
        elif token in ("x", "y"):
            stack.append({"x": x, "y": y}[token])
        else:
            stack.append(float(token))
    return stack[-1]


def by_position(x: float, i: int):
    return STEPS[i](x) * x + np.sum([STEPS[1](x), 2.0])


def order_of_evaluation(x: float, y: float):
    """What stands before the call is evaluated before it, and takes its own from the lists."""
    values, which = [x, y, x * y, x + y], [0, 1, 2, 1]
    total = math.cos(values.pop()) * which.pop() + STEPS[which.pop()](values.pop())
    return total + STEPS[which.pop()](values.pop()) * values.pop()


def record(values, v):
    values.append(v * v)
    return True


def ignore(values, v):
    return False


def asked_in_a_test(x: float, k: int):
    """Functions that change what they are given, called in tests."""
    values, actions = [x], [record, ignore]
    y = x
    if actions[k](values, x):
        y = values[-1] * 2.0
    while actions[k](values, y + len(values)) and len(values) < 5:
        y = values[-1] * 0.1 + y
    return y * values[-1]


def looked_up_or_not(x: float, names: str):
    for name in names.split():
        f = SMOOTH.get(name)
        if f is None:
            continue
        x = f(x) * x
        if x > 50.0:
            break
    return SMOOTH.get(names + "?", math.cos)(x) * 2.0


def stages_that_apply(x: float, names: str):
    for name, f, weight in STAGES:
        if name in names:
            x = f(x) * weight
    _, g, w = STAGES[len(names)]
    return g(x) * w


def every_entry(x: float):
    for name, f in UNARY.items():
        if name == "exp":
            continue
        x = x + 0.1 * f(x)
    for f in STEPS:
        x = f(x) + 1.0
        if x > 2.0:
            break
    return x


def call(table, name, *args):
    return table[name](*args)


def given_to_a_function(x: float, y: float, operators: str):
    table = {"a": operator.add, "m": operator.mul, "own": lambda a, b: a * a / b + x}
    for c in operators.split():
        x = call(table, c, x, y)
    return x


def table_in_a_table(x: float, group: str, name: str):
    return GROUPS[group][name](x) + GROUPS["un"]["sq"](x)


def partials(x: float, i: int):
    return PARTIALS[i](x) * x


def filled(x: float, name: str):
    table = {"sin": np.sin}
    table["own"] = lambda v: v * x
    table["soft"] = soft
    return table[name](x)


def chosen_lazily(x: float, i: int):
    return (x > 0 and STEPS[i](x)) + (STEPS[i](x) * 2 if x < 0 else UNARY["sq"](x))


def sum_of_a_map(x: float, i: int):
    return sum(map(STEPS[i], [x, 2.0 * x]))


CASES = [
    case(reverse_polish, "x y + 2.0 * sin x exp * y sq - soft neg", 0.7, 1.2),
    case(by_position, 0.7, 0), case(by_position, 0.7, 2, label="lambda"),
    case(order_of_evaluation, 0.7, 1.2),
    case(asked_in_a_test, 0.7, 0), case(asked_in_a_test, 0.7, 1, label="nothing"),
    case(looked_up_or_not, 0.7, "soft none exp soft"),
    case(stages_that_apply, 0.7, "ab"), case(every_entry, 0.2),
    case(given_to_a_function, 0.7, 1.2, "a own m"),
    case(table_in_a_table, 0.7, "un", "soft"), case(table_in_a_table, 0.7, "more", "twice", label="other group"),
    case(partials, 0.7, 0, file=False), case(partials, 0.7, 1, file=False, label="of numpy"),
    case(filled, 0.7, "own"), case(chosen_lazily, 0.7, 0), case(sum_of_a_map, 0.7, 2),
]  # fmt: skip
