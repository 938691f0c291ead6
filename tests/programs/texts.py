"""Numbers that come from text and from constants' own methods: constants, whatever gives them."""

from __future__ import annotations

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


CASES = [
    case(counted_in_text, 1.3),
    case(parts_of_text, 1.3),
    case(read_from_text, 1.3),
    case(methods_of_numbers, 1.3),
    case(methods_of_classes, 1.3),
]
