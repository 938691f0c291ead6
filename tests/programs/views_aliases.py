"""Names that share memory: two names, the same array twice, arrays in containers, bases that change under views."""

import copy

import numpy as np
from case import case


def second_name(x):
    a = x * 1
    b = a
    b *= 2
    return np.sum(a * x)


def second_name_then_rebound(x, s):
    a = x * s
    b = a
    b = b * 2.0
    a *= s
    return a * b


def second_name_by_chain(x, s):
    a = b = c = x * s
    b[0] = a[1] * s
    c *= c
    return a * b + c


def second_name_by_tuple(x, s):
    a = x * s
    b, c = a, a[::2]
    c *= b[0]
    b, a = a, b
    a[1] = s
    return a * b


def second_name_in_one_branch(x, s):
    a = x * s
    b = x * x
    if s > 0.5:
        b = a
    b *= s
    b[0] = a[1]
    return a * b


def swapped_each_round(x, s):
    a, b = x * s, x * x
    for _ in range(3):
        a *= b
        b[1:] += a[:-1]
        a, b = b, a
    return a * b


def names_that_trade_places(x, s):
    """After a data-dependent number of rounds either name may hold either array."""
    a, b = x * s, x * x
    while a[0] * b[0] > 0.05:
        a *= s
        a, b = b, a
    a[1] += b[2]
    return a, b


def the_argument_itself(x, s):
    y = x
    y[0] = s * y[1]
    return x * y


def parameter_and_a_view_of_it(x, s):
    tail = x[3:]
    x *= s
    tail *= tail
    return x * np.sum(tail)


def view_kept_while_base_changes(x, s):
    a = x * s
    b = a[1:4]
    before = np.sum(b * b)
    a *= a
    after = np.sum(b * b)
    a = a * 100.0
    b[0] = s
    return before * after * np.sum(b)


def view_outlives_its_base(x, s):
    a = x * s
    b = a[2:]
    a = np.ones(2) * s
    b *= s
    b[0] += a[0]
    return b * b


def view_rebound_in_a_loop(M, s):
    a = M * s
    r = a[0]
    for k in range(1, 3):
        r *= s
        r = a[k]
        r += a[k - 1]
    r[0] = 5.0 * s
    return a * M


def windows_that_overlap(x, s):
    a = x * s
    left, right = a[:4], a[2:]
    left *= s
    right += left
    left -= right
    return a * a


def views_of_both_kinds(M, s):
    """A row and a column cross in one element."""
    a = M * s
    r, c = a[1], a[:, 2]
    r *= s
    c *= r[2]
    r[2] += c[0]
    return a * M


def same_array_twice_to_a_function(x, s):
    a = x * s
    add_into(a, a)
    add_into(a[1:], a[:-1])
    add_into(a, a[::-1].copy())
    return a * a


def add_into(target, source):
    target += source
    target *= source[0]


def same_list_twice(x, s):
    a = x * s
    items = [a, a, a[1:]]
    items[0] *= s
    items[2][0] += items[1][0]
    for item in items:
        item[-1] *= s
    return a * x


def rows_in_a_list(M, s):
    a = M * s
    rows = [row for row in a]
    rows[0] *= rows[1]
    rows.append(a[:, 0])
    rows[-1][2] = s
    rows.reverse()
    rows[0] *= s
    return a * M


def list_of_copies(x, s):
    a = x * s
    shared, own = [a] * 2, [a.copy() for _ in range(2)]
    shared[0] += s
    own[0] += 3.0 * s
    return a * shared[1] * own[0] * own[1]


def array_in_a_dict(x, s):
    a = x * s
    state = {"u": a, "tail": a[3:], "deep": {"again": a}}
    state["u"][0] = s
    state["tail"] *= a[0]
    state["deep"]["again"] += a[5]
    a *= s
    return state["u"] * state["tail"].sum()


def array_in_a_tuple(x, s):
    """A tuple cannot change; the array in it can. `+=` through it would raise, so it is done by name."""
    pair = (x * s, x[::2] * s)
    a, b = pair
    a += s
    b *= a[0]
    pair[0][1:3] = pair[1][:2]
    return pair[0] * x, b


def array_in_an_object(x, s):
    """Shapes: x[n], s[]"""
    holder = Holder(x * s)
    other = holder
    other.data *= s
    inner = holder.data[1:]
    inner[0] = holder.first()
    holder.data = holder.data * 2.0
    inner *= 100.0
    return other.data * x


class Holder:
    def __init__(self, data):
        self.data = data

    def first(self):
        return self.data[0] * self.data[0]


def list_to_array_copies(x, s):
    a, b = x * s, x * x
    both = np.array([a, b])
    both[0] *= s
    a += 10.0 * s
    stacked = np.stack([a, b])
    stacked[1] = stacked[0]
    return both * stacked


def shallow_and_deep_copies(x, s):
    items = [x * s, x * x]
    shallow, deep = copy.copy(items), copy.deepcopy(items)
    listed, sliced = list(items), items[:]
    shallow[0] *= s
    deep[1] *= 3.0 * s
    listed[1] += s
    sliced[0] = sliced[0] * 2.0
    return items[0] * items[1] + deep[0] * deep[1] * sliced[0]


def argument_copied_deeply(params: dict[str, list[np.ndarray]], s):
    best = copy.deepcopy(params)
    best["w"][0] *= s
    best["w"].append(s * params["w"][1])
    return best["w"][0] * best["w"][2] * params["w"][0] + len(params["w"])


def closure_over_an_array(x, s):
    a = x * s

    def bump(k):
        a[k] *= s
        return a[k]

    b = bump(0) + bump(0)
    a[1:] += b
    return a * bump(2)


def lambda_over_an_array(x, s):
    a = x * s
    read = lambda k: a[k] * s
    first = read(1)
    a[1] = a[0] ** 2
    return first * read(1) * a


def comprehension_of_views(M, s):
    a = M * s
    heads = [row[:2] for row in a]
    for head, k in zip(heads, range(3)):
        head *= a[k, 3]
    return a * M, sum(head.sum() for head in heads)


def result_of_a_function_that_gives_its_argument(x, s):
    a = x * s
    b = same(a)
    b *= s
    c = tail_of(a, 2)
    c += b[0]
    return a * x


def same(v):
    return v


def tail_of(v, k):
    return v[k:]


def maybe_copied(x, s, flag):
    a = x * s
    b = chosen(a, flag)
    b *= b
    return a * x + b


def chosen(v, flag):
    if flag:
        return v
    return v * 2.0


def self_assignment(x, s):
    a = x * s
    a[:] = a
    a[1:] = a[1:]
    a[::-1] = a[::-1]
    a[2], a = s, a
    return a * a


def interleaved_buffers(x, s):
    """Two names for halves of one buffer that are exchanged."""
    buffer = np.zeros((2, 6))
    now, new = buffer[0], buffer[1]
    now[:] = x
    for _ in range(3):
        new[1:] = now[:-1] * s + now[1:] ** 2
        new[0] = s
        now, new = new, now
    return buffer


def sum_over_changed_rows(M, s):
    total = 0.0
    a = M * 1.0
    for row in a:
        total += row @ row
        a[-1] += row * s
    return total * a


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
S = 0.7
M = np.array([[0.5, -1.2, 0.8, 1.1], [0.9, 0.4, -0.6, 1.3], [-0.7, 1.5, 0.2, -0.3]])

CASES = [
    case(second_name, X), case(second_name_then_rebound, X, S), case(second_name_by_chain, X, S),
    case(second_name_by_tuple, X, S), case(second_name_in_one_branch, X, S),
    case(second_name_in_one_branch, X, 0.4, label="other branch"), case(swapped_each_round, X, S),
    case(names_that_trade_places, X, S), case(the_argument_itself, X, S), case(parameter_and_a_view_of_it, X, S),
    case(view_kept_while_base_changes, X, S), case(view_outlives_its_base, X, S), case(view_rebound_in_a_loop, M, S),
    case(windows_that_overlap, X, S), case(views_of_both_kinds, M, S), case(same_array_twice_to_a_function, X, S),
    case(same_list_twice, X, S), case(rows_in_a_list, M, S), case(list_of_copies, X, S), case(array_in_a_dict, X, S),
    case(array_in_a_tuple, X, S), case(array_in_an_object, X, S), case(list_to_array_copies, X, S),
    case(shallow_and_deep_copies, X, S), case(argument_copied_deeply, {"w": [X, X * 2.0]}, S),
    case(closure_over_an_array, X, S), case(lambda_over_an_array, X, S),
    case(comprehension_of_views, M, S), case(result_of_a_function_that_gives_its_argument, X, S),
    case(maybe_copied, X, S, True), case(maybe_copied, X, S, False, label="a copy"), case(self_assignment, X, S),
    case(interleaved_buffers, X, S), case(sum_over_changed_rows, M, S),
]  # fmt: skip
