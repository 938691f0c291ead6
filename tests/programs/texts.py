"""Numbers that come from text and from constants' own methods: constants, whatever gives them."""

from __future__ import annotations

import numpy as np
from case import case


def counted_in_text(x):
    y = x * "a # b # c".count("#")
    for word in "p q r".split():
        if word.startswith("q"):
            y = y * len(word) + x * word.index("q") + x * word.find("z")
    return y * x


def parts_of_text(x):
    head, sep, tail = "k=12".partition("=")
    return x * int(tail) * head.isalpha() * max("ab".count("a"), len(sep))


def read_from_text(x):
    m = 0.0
    for c in "12":
        m = m + int(c) * x
    return m * float("2.5") * len("%d" % 3) * (ord("b") - ord("a"))


def methods_of_numbers(x):
    return x * (3).bit_length() * (2.5).is_integer() + x * (7).real * range(2, 9).count(3)


def methods_of_classes(x):
    table = dict.fromkeys(["a", "b"], 2.0)
    return x * int.from_bytes(b"ab", "big") * float.fromhex("0x1p3") * table["a"] * str.count("aab", "a")


def commands(x, text):
    for command in text.split(","):
        match command.split(":"):
            case ["scale", by]:
                x = x * float(by)
            case ["sine"]:
                x = np.sin(x)
            case [other]:
                x = x + len(other)
    return np.sum(x)


def table_in_text(text, x):
    rows = [[float(v) for v in line.split()] for line in text.strip().splitlines()]
    return np.sum(np.array(rows) @ x)


def netlist(text, r):
    total = 0.0
    for line in text.splitlines():
        line = line.split("#")[0].strip()
        if not line:
            continue
        name, *rest = line.split()
        if name.startswith("R"):
            total += r * float(rest[0])
        elif name.lower() == "v":
            total -= float(rest[-1]) / r
    return total


def letters(x, modes="aba"):
    label = None
    for c in modes:
        x = x * 2.0 if c == "a" else x + 1.0
        label = f"{c} {x}"
    return x * len(label[:1])


def digits_are_constants(x):
    return int(str(x)[0]) * x if f"{x}"[0] == "1" else x


def chosen_words(x):
    word = "1.5" if x > 1 else "2.5"
    return x * float(word) * sum(float(n) * v for n, v in zip(["3", "4"], [x, 2.0 * x], strict=True))


def doubled_first(a):
    a[0] *= 2.0
    return a[0]


class Account:
    def __init__(self, total):
        self.total = total

    def grown(self):
        self.total = self.total * 2.0
        return self.total


def calls_in_text(x):
    a = x * 1.0
    shown = f"{doubled_first(a):.{len(x)}f} of {{x}}" " and " f"{len(a)}"
    assert doubled_first(a) < 1e9, shown
    return np.sum(a * a) * len(shown[:3])


def methods_in_text(x):
    account = Account(x[0])
    shown = f"{account.grown()!r:>30}"
    assert account.grown() < 1e9
    return account.total**2 * len(shown[:3])


def closures_in_text(x):
    n = 1.0

    def grown():
        nonlocal n
        n = n * x[0]
        return n

    shown = f"{grown()}"
    assert grown() < 1e9
    return n**2 * len(shown[:3])


class Kernel:
    def __init__(self, width):
        self.width = width

    def __str__(self):
        return "Kernel(width={})".format(self.width)

    def __call__(self, v):
        return np.exp(-((v / self.width) ** 2))


class Flat(Kernel):
    def __repr__(self):
        return "Flat"

    def __call__(self, v):
        return 1.0 + 0.0 * v


class Process:
    def __init__(self, kernel, noise):
        self.kernel = kernel
        self.settings = {"kernel": str(kernel), "noise": noise}

    def __repr__(self):
        return "Process of " + str(self.kernel)


def objects_that_say_what_they_are(x):
    """By `str` an object of a class without `__str__` gives what `repr` gives."""
    total = 0.0
    for p in [Process(Kernel(x[0]), x[1]), Process(Flat(2.0), x[0] * x[1])]:
        known = str(p) == repr(p) == "Process of Kernel(width=2.0)"
        total = total + p.kernel(x[1]) * p.settings["noise"] * (3.0 if known else 1.0)
    return total * (2.0 if repr(Flat(1.0)) == "Flat" else 1.0) * len(str(Kernel(1.5)))


def kernel_of(given):
    if given is None:
        made = Kernel(0.5)
    elif isinstance(given, Kernel):
        made = given
    elif isinstance(given, str):
        made = Flat(1.0) if "flat" in given.lower() else Kernel(float(given))
    else:
        raise TypeError(given)
    return made


def named_or_made_or_left_out(x):
    """What is text is no object: the branches that take one are not for it."""
    total = kernel_of("Flat")(x[0]) * kernel_of(None)(x[1]) + kernel_of(Kernel(x[0]))(x[1])
    for given in ["flat", 2.0, b"flat", None]:
        total = total * x[0] if isinstance(given, str) else total + x[1] if isinstance(given, bytes) else total**2
    return total + kernel_of("2.5")(x[1])


CASES = [
    case(commands, np.array([0.3, 0.7]), "scale:2.5,sine,abc"),
    case(table_in_text, "1 2 3\n4 5 6.5\n", np.array([0.3, 0.7, 1.1])),
    case(netlist, "R1 2.0\n# none\nV 1 3.5\n", 1.3),
    case(letters, 1.3),
    case(digits_are_constants, 1.3),
    case(chosen_words, 1.3),
    case(counted_in_text, 1.3),
    case(parts_of_text, 1.3),
    case(read_from_text, 1.3),
    case(methods_of_numbers, 1.3),
    case(methods_of_classes, 1.3),
    case(calls_in_text, np.array([0.3, 0.7])),
    case(methods_in_text, np.array([0.3, 0.7])),
    case(closures_in_text, np.array([0.3, 0.7])),
    case(objects_that_say_what_they_are, np.array([0.3, 0.7])),
    case(named_or_made_or_left_out, np.array([0.3, 0.7])),
]
