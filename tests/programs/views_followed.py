"""Names of which only the run tells what memory they name: their shadows follow them."""

from __future__ import annotations

import numpy as np
from case import case


def reshaped_or_copied(x, s):
    """A reshape of a transpose is a copy, of a slice of rows a view."""
    a = np.outer(x, x) * s
    b = a.T.reshape(-1)
    c = a[:2].reshape(-1)
    b *= s
    c[1:4] *= x[0]
    return np.sum(a * a) + np.sum(b * x[1]) + c[0] * c[-1]


def ravel_of_a_part_with_gaps(x, s):
    a = np.outer(x, x)
    even = a[:, ::2] * s
    flat = even.ravel()
    columns = a[:, 1:]
    gaps = columns.ravel()
    flat *= x[0]
    gaps *= x[1]
    columns[0] *= s
    return np.sum(a * a) + np.sum(even) + gaps[0] * flat[1]


def own_name_again(x, s):
    a = x * s
    whole = a
    a = a.reshape(2, -1)
    a[0] *= x[:2]
    a = a.ravel()
    a[1] = s * s
    return np.sum(whole * a)


def newest_of_three(x, s, steps):
    """Leapfrog with three buffers that change roles, and one kept."""
    past, now, new = x * s, x * x, np.zeros_like(x)
    kept = now
    for k in range(steps):
        new[1:-1] = 2.0 * now[1:-1] - past[1:-1] + s * (now[2:] - 2.0 * now[1:-1] + now[:-2])
        new[0] = kept[1]
        past, now, new = now, new, past
        if now[1] > 50.0:
            break
    return np.sum(now * past) + np.sum(kept)


def row_that_was_largest(x, s):
    a = np.outer(x, x) + s
    best = a[0]
    for row in a:
        if row[1] > best[1]:
            best = row
    best *= s
    return np.sum(a * a) + best[0]


def rows_under_two_names(x, s):
    a = np.outer(x, x)
    last = a[0]
    for row in a:
        row += last * s
        last = row
    return np.sum(a * a) + np.sum(last)



def helper_with_buffers(x, s):
    """A helper that changes what it is given under names that change."""

    def relax(u, s):
        now, new = u, np.empty_like(u)
        for _ in range(3):
            new[:] = now * s
            new[0] = now[1]
            now, new = new, now
        u[-1] = now[0] * now[1]
        return np.sum(now)

    a = x * x
    total = relax(a, s)
    return total * np.sum(a)


def argument_in_a_branch(x, y, s):
    z = x if s > 0.5 else y
    z *= s
    z[0] = x[1] * y[1]
    return np.sum(x * y) + np.sum(z)


def passed_through_an_unbroadcast(x, y):
    """What one line lends to another must not be added to."""
    u = x * 1.5
    v = y * 0.7
    s = np.outer(u, y)[1]
    return np.sum(x * s) + np.sum(x * v) + np.sum(v * v)


def changed_only_where_the_loop_goes_on(x, y, c):
    w = x * c
    w[...] *= np.sum(x) * 0.1
    for _ in range(3):
        u = y**2
        if np.sum(y) > 5.0:
            break
        w[-1] -= 0.5
    return np.sum(u * w)


def memory_of_the_round_before(x, c):
    for _ in range(2):
        n = 0
        while n < 2:
            n += 1
            part = x[1:]
            part += 0.5
        x = np.tanh(x) * c
    return np.sum(x * x)


def picked_twice_by_a_list(x, y):
    """A list is one index, not several: what is picked twice gets both derivatives, and is no view."""
    a = np.outer(x, y)
    rows = a[[0, 2, 0]]
    first = a[[0, 2]][1]
    a[[1, 1], [0, 2]] += x[:2]
    pair = a[1, [3, 3]]
    return np.sum(x[[1, 1, 0]] * y[:3]) + np.sum(rows[2] * first) + np.sum(a[[1, 2]][0, 1:] ** 2) + pair[1] * y[0]


def each_of_several_views(x, s):
    u, v = x * s, x + s
    for k, z in enumerate((u, v[::-1], u)):
        z[1:] *= z[:-1] * s
        u[k] += v[0]
    return u * v


def each_until_one_is_large(x, s):
    """The tuple holds other arrays in each round."""
    u, v = x * s, x + s
    for _ in range(3):
        for z in (u, v):
            z *= s
            if z[0] > 0.5:
                break
        u, v = v, u
    return u * v * x


def pair_that_outlives_a_name(x, s):
    u, v = x * s, x + s
    pair = u, v
    p = pair[0]
    u = u * 2
    p[1] *= s
    for z, c in zip(pair, (s, 2.0)):
        z *= c
        z[0] = u[2]
    return u * v * p


def part_that_takes_the_name_of_the_whole(x, s):
    a = x * s
    part = a[1:]
    part *= s
    total = np.sum(a * a)
    a = part * 2
    return np.sum(a * a) * total


def part_of_a_part_while_the_base_is_bound_anew(x, c):
    """The shadow of a row stays with the array that it was taken of."""
    a = np.outer(x, x)
    top = a[:2]
    row = top[1]
    for _ in range(2):
        a[0] += x * c
        a = np.outer(x, x * c)
    row *= c
    return row * x + a[0]


def pieces_of_what_a_branch_chooses(x, y, c):
    """The pieces are views of the array that the name has by then.

    Shapes: x[3], y[3], c[]
    """
    a, b, v = np.outer(x, y) * c, np.outer(y, y) + x, y * c
    d, u = a * b, a[:2][1]
    r = b.T.reshape(-1)[3:6]
    r = v if x[1] > 0.5 else v.copy()
    if u[0] > 0:
        if u[0] > 9:
            u = np.diagonal(a)
            b = b if c > 0 else d
        b[:2][1] *= c
    else:
        for z in (u, v[::-1]):
            z *= np.tanh(u[0])
    r = np.split(b, 3)[1][0]
    return np.sum(a * b) + np.sum(r * x)


X = np.array([0.8, 0.5, 1.1, -0.4])
Y = np.array([0.3, -0.7, 0.6, 0.9])
def gone_through_after_a_trade(x, y, c):
    """The items of a list are arrays that have traded their names since."""
    a, b = x * c, y * 1.5
    xs = [a, b]
    a *= c
    a, b = b, a
    return a * a * b + sum(v.sum() * (k + 1) for k, v in enumerate(xs))


def handed_on(x):
    """A name that is read where it and the name of its memory are bound anew."""
    w = x * 2.0
    z = w
    y = x[::-1] * 1.0
    w += y
    w, z = z, y
    return np.sum(w * w)


def handed_round(x):
    w = x * 2.0
    z, y = w, x[::-1] * 1.0
    w += y
    w, y, z = z, w, y
    return np.sum(w * y)


def parts_handed_round(x):
    a = x * 2.0
    v, y = a[1:], x[::-1] * 1.0
    for i in range(3):
        v *= x[i % 2]
        y, a, v = a, y, y[1:]
        a += x
    return np.sum(a * 3.0) + np.sum(v**2) + y[0] ** 2


def filled_from_another_name(x):
    """What is read and what is stored into overlap: a part of the whole, that has another name, too."""
    a = x.copy()
    whole = a
    whole[0] *= 2.0
    part = a[:-1]
    part[...] = -whole[1:]
    return np.sum(a * x)


def chosen_part_filled_from_another_name(x, s):
    a = x * s
    whole = a
    whole[0] *= 2.0
    part = a[:-1] if s > 0.5 else a[1:]
    part[...] = -whole[1:]
    return np.sum(a * x)


def name_that_may_keep_its_memory(x, s):
    """Both sides bind the name, one of them to the memory that it has: what is stored later overwrites that."""
    a = x * s
    y = x * 2.0
    a[2:] *= a[2:] * a[:-2]
    a = a if s > 0.5 else y
    a[:-1] = 5.0 * x[1]
    return np.sum(a * a) + y[2]


def name_that_keeps_its_memory_by_way_of_another(x, s):
    a = x * s
    for k in range(2):
        a[1:] *= a[1:] * a[:-1]
        if s > 0.5:
            b = a
            a = b
        elif k > 0:
            a = np.asarray(a)
        else:
            a = a * 1.1
        a[:-1] += x[1]
        a[0] = s
    return np.sum(a * a)


def array_twice_in_a_tuple(x):
    a = x * 1.0
    pair = (a, a)
    a *= x[1]
    last = pair[1]
    total = 0.0
    for part in pair:
        total += np.sum(part * x)
    return np.sum(last * x) * total


def view_of_what_is_bound_anew(x, y, s):
    """An array and one of its elements are overwritten: what is put back may be either, in the text that is derived."""
    w = x * s
    part = x[...]
    part *= 0.5
    if np.sum(x) > -0.5:
        x = w * np.sum(x)
    x[0] = y[1]
    return np.sum(y * x)


CASES = [
    case(view_of_what_is_bound_anew, np.array([0.4, 0.7, -0.2]), np.array([1.0, 2.0, 3.0]), 0.7),
    case(handed_on, np.array([0.5, -1.2, 0.7])), case(handed_round, np.array([0.5, -1.2, 0.7])),
    case(parts_handed_round, np.array([0.5, -1.2, 0.7])),
    case(gone_through_after_a_trade, np.array([0.6, 1.1, 1.7]), np.array([1.2, 0.3, -0.8]), 0.7),
    case(reshaped_or_copied, X, 0.7), case(ravel_of_a_part_with_gaps, X, 0.7), case(own_name_again, X, 0.7),
    case(newest_of_three, X, 0.7, 3), case(newest_of_three, X, 0.7, 0, label="none"),
    case(newest_of_three, X * 30.0, 0.7, 5, label="left"), case(row_that_was_largest, X, 0.7),
    case(rows_under_two_names, X, 0.7), case(helper_with_buffers, X, 0.7), case(argument_in_a_branch, X, Y, 0.7),
    case(argument_in_a_branch, X, Y, 0.3, label="other"), case(passed_through_an_unbroadcast, X, Y),
    case(changed_only_where_the_loop_goes_on, X, Y, 0.7), case(memory_of_the_round_before, X, 0.7),
    case(picked_twice_by_a_list, X, Y), case(each_of_several_views, X, 0.7), case(each_until_one_is_large, X, 0.7),
    case(part_of_a_part_while_the_base_is_bound_anew, X, 0.7),
    case(pieces_of_what_a_branch_chooses, X[:3], Y[:3], 0.7),
    case(pair_that_outlives_a_name, X, 0.7), case(part_that_takes_the_name_of_the_whole, X, 0.7),
    case(filled_from_another_name, X), case(chosen_part_filled_from_another_name, X, 0.7),
    case(chosen_part_filled_from_another_name, X, 0.3, label="other"),
    case(name_that_may_keep_its_memory, X, 0.7), case(name_that_may_keep_its_memory, X, 0.3, zero=(1,), label="other"),
    case(name_that_keeps_its_memory_by_way_of_another, X, 0.7),
    case(name_that_keeps_its_memory_by_way_of_another, X, 0.3, label="other"),
    case(array_twice_in_a_tuple, X),
]  # fmt: skip
