"""What calls give that change an array or a list: None, but the array where they are given `out=`."""

import numpy as np
from case import case


def changes_give_none(x, s):
    a = x[::-1] * s
    found = [a.sort(), a.fill(s), np.copyto(a, x, where=x > 0), np.put(a, 1, s * s), np.add.at(a, 0, s)]
    masked = np.putmask(a, a < -0.5, x[1])
    return a * x if masked is None and found.count(None) == 5 else s * a


def given_back_by_a_helper(x, s):
    a = x * s
    whole = filled(a[1:3], s * s)
    return a * x if whole is None else a


def filled(a, value):
    return a.fill(value)


def another_value_after_a_change(x, s):
    a = x * s
    top = a.sort() or s * s
    return a * x * top


def lists_give_none(x, s):
    a = list(x * s)
    found = [a.sort(), a.extend(x[:2]), a.insert(0, s), a.reverse(), a.append(s * s)]
    return np.array(a) * (s if found.count(None) == 5 else 1.0)


def outputs_are_given_back(x, s):
    a = x * 1.0
    b = np.add(a, s, out=a)
    b *= x
    np.multiply(a, s, out=a)[1:] += b[0]
    return a * b


def read_before_a_change(x, s):
    """What Python reads before a change in the same expression is the value of then."""
    a = x * s
    first = a[1] + np.add(a, x, out=a)[1] * a[1]
    second = (a[0] or s) * a[2] + np.multiply(a, s, a)[2] * a[0]
    third = a[1] * s + (a.fill(s * s) is None) * a[3]
    return a * first + second * third


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
S = 0.7

CASES = [
    case(changes_give_none, X, S), case(given_back_by_a_helper, X, S), case(another_value_after_a_change, X, S),
    case(lists_give_none, X, S), case(read_before_a_change, X, S), case(outputs_are_given_back, X, S),
]  # fmt: skip
