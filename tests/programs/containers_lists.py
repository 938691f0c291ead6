"""Lists, tuples, deques: grown, cut, sorted, nested, turned into arrays."""

import itertools
from collections import deque

import numpy as np
from case import case


def append_then_array(x, s):
    found = []
    for v in x:
        found.append(v * v * s)
    return np.array(found)


def append_reads_the_last(x, n):
    h = [x]
    for _ in range(n):
        h.append(np.sin(h[-1]) * h[0])
    return h[-1] * h[1]


def append_then_stack(M, s):
    rows = []
    for row in M:
        rows.append(np.cumsum(row) * s)
    return np.stack(rows, axis=1) * np.vstack(rows).T


def append_pairs(x, s):
    pairs = []
    for i, v in enumerate(x):
        pairs.append((i, v * s))
    return sum(i * v * v for i, v in pairs)


def extend_and_add(x, s):
    a = [x[0], s]
    a.extend(x[1:3] * s)
    a += [x[3] * a[1]]
    a = a + list(x[4:])
    a.extend(v * s for v in x[:2])
    return np.array(a) ** 2


def repeat(x, s):
    a = [s, x[0]] * 3
    a[2] *= s
    b = 2 * [x * s]
    b[0] += 1.0
    return np.array(a) * b[1]


def insert_and_pop(x, s):
    a = list(x)
    a.insert(1, s * s)
    a.insert(-1, a[0] * s)
    last = a.pop()
    first = a.pop(0)
    third = a.pop(2)
    return np.array(a) * last * first + third


def delete_and_remove(x, s):
    a = [x[0], 2.0, x[1] * s, x[2], s, 3.0]
    del a[2]
    a.remove(2.0)
    del a[-2:]
    b = [v * s for v in x]
    del b[::2]
    b.clear() if len(b) > 5 else b.append(s)
    return np.array(a) * sum(b)


def slices(x, s):
    a = list(x)
    b = a[1:4]
    b[0] *= s
    a[:2] = [s, s * s, b[0]]
    a[-2:] = []
    a[::2] = a[1::2] + [s]
    return np.array(a) * b[2], a[0]


def elements_stored(x, s):
    a = [0.0] * 4
    for k in range(4):
        a[k] = x[k] * s
    a[1] += a[0] * a[1]
    a[-1] **= 2
    a[0], a[3] = a[3], a[0]
    return a


def nested_lists(x, s):
    table = [[0.0] * 3 for _ in range(3)]
    for i in range(3):
        for j in range(3):
            table[i][j] = x[i] * x[j + 3] + (table[i - 1][j] * s if i else 0.0)
    table[1][2] += table[2][1]
    return table


def rows_that_are_one(x, s):
    """The famous mistake: three names for one row."""
    table = [[x[0], s]] * 3
    table[0][1] *= x[1]
    table[2][0] += table[1][1]
    return table[1][0] * table[0][1]


def sort_list(x, s):
    a = [v * s for v in x]
    a.sort()
    b = sorted(x * x, reverse=True)
    c = sorted(range(6), key=lambda k: x[k])
    a.sort(key=lambda v: -abs(v))
    return np.array(a) * np.array(b) * x[c]


def sort_pairs(x, s):
    pairs = sorted((v * s, k) for k, v in enumerate(x))
    pairs.sort(key=lambda p: p[1] % 3)
    return sum(v * v * (j + 1) for j, (v, _) in enumerate(pairs))


def reverse_list(x, s):
    a = list(x)
    a.reverse()
    b = list(reversed(a))
    a[0] *= s
    return np.array(a) * np.array(b) * np.array(a[::-1])


def index_and_count(x, s):
    labels = ["u", "v", "w", "v"]
    k = labels.index("w") + labels.count("v")
    a = [v * s for v in x]
    a[k] *= a[labels.index("v")]
    return a


def minimum_of_a_list(x, s):
    a = [v * v * s for v in x]
    lowest = min(a)
    a[a.index(lowest)] = max(a)
    return sum(a) * lowest, min(range(6), key=lambda k: a[k]) * s


def stack_machine(x, s):
    stack = []
    for word in ("x0", "s", "*", "x1", "+", "dup", "*", "x2", "swap", "/"):
        if word == "dup":
            stack.append(stack[-1])
        elif word == "swap":
            stack[-1], stack[-2] = stack[-2], stack[-1]
        elif word in "+*/":
            b, a = stack.pop(), stack.pop()
            stack.append({"+": lambda: a + b, "*": lambda: a * b, "/": lambda: a / b}[word]())
        else:
            stack.append(s if word == "s" else x[int(word[1])])
    return stack.pop()


def shared_list(x, s):
    a = [x[0], x[1]]
    b = a
    b.append(s)
    b[0] *= s
    c = a[:]
    c[0] = 100.0
    a += [b[0] * c[1]]
    return b


def list_of_arrays_changed(M, s):
    rows = list(M)
    rows[0] = rows[1] * rows[2] * s
    rows[1] = rows[0] + rows[1]
    for k in range(len(rows)):
        rows[k] = rows[k] * s
    return rows


def argument_list_changed(values, s):
    values.append(values[0] * s)
    values[1] *= values[2]
    values.pop(0)
    return sum(v * v for v in values)


def argument_list_is_the_result(values, s):
    values[0] = values[0] * values[-1]
    values.insert(0, s)
    return values


def helper_changes_a_list(x, s):
    a = [x[0]]
    for v in x[1:]:
        push(a, v, s)
    return a


def push(items, v, s):
    if len(items) > 3:
        items.pop(0)
    items.append(v * s + items[-1])


def tuples(x, s):
    p = (x[0], x[1] * s)
    q = p + (s,)
    r = q * 2
    a, (b, *c), d = r[0], r[1:4], r[-1]
    return a * b + sum(c) * d, q[::-1], p


def tuple_rebuilt_in_a_loop(x, s):
    t = (s, x[0])
    for v in x[1:4]:
        t = (*t[1:], t[0] * v, v)
    return t


def tuple_keeps_its_array(x, s):
    t = (x * s, s)
    t[0][0] *= t[1]
    a, b = t
    a[1] = b
    return t[0] * x


def deque_as_a_window(x, s):
    window = deque(maxlen=3)
    out = []
    for v in x:
        window.append(v * s)
        out.append(sum(window) * window[0])
    return np.array(out)


def deque_at_both_ends(x, s):
    d = deque([s])
    for k, v in enumerate(x):
        if k % 2:
            d.appendleft(v * d[0])
        else:
            d.append(v + d[-1])
    d.rotate(2)
    first, last = d.popleft(), d.pop()
    d.extend([first * last])
    return list(d)


def breadth_first(x, s):
    """A queue of values that are split until they are small."""
    queue = deque([(x[0] * 4.0, 0)])
    total = 0.0
    while queue:
        v, depth = queue.popleft()
        if abs(v) < 1.0 or depth > 3:
            total += v * v
            continue
        queue.append((v * s, depth + 1))
        queue.append((v * x[1], depth + 1))
    return total


def comprehensions(x, s):
    a = [v * s for v in x if v > 0]
    b = [p * q for p in a for q in x[:2]]
    c = [[v * w for w in x[:2]] for v in a]
    d = [v if v > 1 else v * v for v in a]
    return np.array(a) * np.array(d), sum(b), np.array(c)


def comprehension_with_walrus(x, s):
    kept = [y for v in x if (y := v * s) > 0.3]
    return np.array(kept) * y


def comprehension_variable_does_not_leak(x, s):
    v = s
    a = [v * v for v in x]
    return a[0] * v


def generator_expressions(x, s):
    total = sum(v * v * s for v in x)
    largest = max(v * s for v in x)
    product = 1.0
    for w in (v + s for v in x):
        product *= w
    return total * largest + product + sum(x[k] for k in range(6) if k % 2)


def star_in_lists(x, s):
    a = [s, *x[:2], *[x[2] * s]]
    b = [*a, *reversed(a)]
    return np.array(b) ** 2


def zipped_and_enumerated(x, M, s):
    out = []
    for k, (a, row) in enumerate(zip(x, M), start=1):
        out.append(a ** k * row.sum() * s)
    pairs = list(zip(out, out[1:]))
    return [p * q for p, q in pairs]


def transposed_by_zip(M, s):
    columns = list(zip(*M))
    return [sum(c) * c[0] * s for c in columns]


def slices_of_slices(x, s):
    a = [v * s for v in x]
    return a[1:][0] * a[1:][1:][-1] + sum(a[::2][1:]) * a[:-1][2:][0]


def itertools_that_are_pure(x, s):
    total = 0.0
    for a, b in itertools.product(x[:2], x[2:4]):
        total += a * b
    for a, b in itertools.combinations(x, 2):
        total += a * b * s
    for v in itertools.chain(x[:2], [s]):
        total *= v
    running = list(itertools.accumulate(x[:3], lambda p, q: p * q + s))
    for a, b in itertools.pairwise(x[:4]):
        total += a * b
    for v, k in zip(itertools.islice(x, 1, 4), itertools.count(1)):
        total += v * k
    return total, running, list(itertools.starmap(lambda p, q: p * q, [(x[0], s), (x[1], s)]))


def map_and_filter(x, s):
    a = list(map(lambda v: v * s, x))
    b = list(filter(lambda v: v > 0, a))
    c = list(map(lambda p, q: p * q, a, reversed(a)))
    return np.array(b), sum(c), max(map(abs, a))


def iterator_consumed_in_place(x, s):
    items = iter(x)
    first = next(items)
    second = next(items)
    total = first * second
    for v in items:
        total += v * s
    return total * next(items, s)


def generator_consumed_in_place(x, s):
    def partial_sums(values):
        total = 0.0
        for v in values:
            total += v * s
            yield total

    return np.array([p * p for p in partial_sums(x)])


def unequal_lengths(x, s):
    """A ragged list: a triangle of values."""
    rows = [[s]]
    for v in x[:3]:
        last = rows[-1]
        rows.append([v] + [a * b for a, b in zip(last, last[1:])] + [last[-1] * v])
    return rows


def popped_in_one_branch(x, s, kind):
    """What is taken off matters in one branch only; the list is as long in both."""
    xs = [x * s, x * x, s * x[0]]
    if kind == "squared":
        y = xs.pop() ** 2
    elif kind == "two":
        xs.pop()
        y = xs.pop(0)
    else:
        xs.pop()
        y = 2.0
    return np.sum(xs[-1]) + np.sum(y * x)

X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
S = 0.7
M = np.array([[0.5, -1.2, 0.8, 1.1], [0.9, 0.4, -0.6, 1.3], [-0.7, 1.5, 0.2, -0.3]])
L = [0.8, -0.5, 1.1]

def put_squares(into, x):
    into.append(x * x)
    into.append(x)


def put_twice(into, x, s):
    put_squares(into, x * s)
    put_squares(into, x + s)


def empty_list_filled_by_a_helper(x, s):
    found = []
    put_squares(found, x[0] * s)
    return found[0] * x[1]


def empty_list_filled_two_levels_down(x, s):
    found = []
    put_twice(found, x[0], s)
    return found[0] * found[2] + found[3] * x[1]


def scaled_first(values, k):
    values[0] = values[0] * k
    return values


def changed_and_returned_unread(x, s):
    values = [x * s, x]
    for _ in range(3):
        scaled_first(values, s)
    return np.sum(values[0] * values[1])


def changed_and_returned_read(x, s):
    values = [x * s, x]
    for k in range(3):
        again = scaled_first(values, x[k])
        again[1] *= s
    return np.sum(values[0] * again[1])


def replaced_as_a_whole_by_its_items(x, s):
    """Numbers that go through other lists, and back into all slots at once."""
    a = [v * s for v in x]
    b = []
    for n in [1, 2, 0]:
        b.append(a[n])
    a[:] = b
    c = []
    for n in [1, 2, 0]:
        c.append(a[n])
    a[:] = c
    return np.array(a) * x


def repeated_under_another_name(x, s):
    a = [x[0], x[1]]
    b = a
    a *= 2
    a[0] = a[0] * s
    return sum(b[i] * b[i + 1] for i in range(3))


def functions_with_defaults_in_a_list(x, s):
    functions = []
    a = x[0]
    functions.append(lambda y, a=a: y * a)
    a = x[1] * s
    functions.append(lambda y, a=a: y * a)
    return functions[0](x[2]) + functions[1](x[0])


def repeated_constants(x, n):
    """Nothing but `*` says that `n` is a whole number."""
    ones = [1.0] * n
    names = n * ["a"]
    index = (slice(0, 1),) * (n - 1)
    pairs = [0.5, 2.0] * (n // 2)
    return x * len(ones) + x[index] * len(names), x * sum(pairs) + len(pairs)


def joined_shapes(x, shape):
    """Nothing but its use as a shape says that `shape` is a tuple."""
    z = np.zeros((2,) + shape)
    z[0] = x
    longer = shape[:1] + (2, -1)
    return z * x, np.reshape(z, (2,) + shape[:0] + (-1,)) * len(longer)


def list_times_array(w, x):
    weights = [2.0, 1.0] * w
    return weights * x, [0.5] * x


def joined_by_sum(u):
    """`sum` of lists and tuples, which start with one; the arrays in them stay what they are."""
    rows = [[u[:2] * 1.0], [u[1:] * 2.0, u[2:] * 3.0]]
    flat = sum(rows, [])
    flat[0][1] *= u[2]
    squares = sum(([v, v * v] for v in u if v > 0.5), start=[u[0]])
    pair = sum(((u[0],), (u[1], 2.0)), ())
    return np.sum(rows[0][0]) * flat[2][0] + sum(i * v for i, v in enumerate(squares)) * pair[1] * len(pair)


def largest_of_none(u):
    """Empty lists have no largest item."""
    waiting = []
    first = min(waiting, default=u[0])
    waiting.append(u[1])
    return first * max(waiting, default=u[0]) * max((), default=u[2]) * max(waiting[1:], default=u[2])


def of_many_axes(x, w, n):
    """As many axes as a list has items."""
    y = x.reshape([2] * n)
    index = [slice(None)] * n
    index[n - 1] = 1
    z = y.copy()
    z[tuple(index)] = y[tuple(index)] * w
    y = np.reshape(z, (2, 2, 2), "F")
    return z, y * w


CASES = [
    case(repeated_constants, np.array([0.5, 0.7]), 2),
    case(joined_shapes, np.array([0.5, 0.7]), (2,)),
    case(of_many_axes, np.arange(8.0), np.array([0.5, 0.7]), 3),
    case(list_times_array, np.array([0.3, 0.2]), np.array([0.5, 0.7])),
    case(list_times_array, np.array([0.3, 0.2]), np.array([0.5, 0.7]), wrt=1, label="constant"),
    case(replaced_as_a_whole_by_its_items, np.array([0.5, -1.2, 0.7]), 1.3),
    case(append_then_array, X, S), case(append_reads_the_last, 0.8, 4), case(append_then_stack, M, S),
    case(append_pairs, X, S), case(extend_and_add, X, S), case(repeat, X, S), case(insert_and_pop, X, S),
    case(delete_and_remove, X, S), case(slices, X, S), case(elements_stored, X, S), case(nested_lists, X, S),
    case(rows_that_are_one, X, S), case(sort_list, X, S), case(sort_pairs, X, S), case(reverse_list, X, S),
    case(index_and_count, X, S), case(minimum_of_a_list, X, S), case(stack_machine, X, S), case(shared_list, X, S),
    case(list_of_arrays_changed, M, S), case(argument_list_changed, L, S), case(argument_list_is_the_result, L, S),
    case(helper_changes_a_list, X, S), case(tuples, X, S), case(tuple_rebuilt_in_a_loop, X, S),
    case(tuple_keeps_its_array, X, S), case(deque_as_a_window, X, S), case(deque_at_both_ends, X, S),
    case(breadth_first, X, S), case(comprehensions, X, S), case(comprehension_with_walrus, X, S),
    case(comprehension_variable_does_not_leak, X, S), case(generator_expressions, X, S), case(star_in_lists, X, S),
    case(slices_of_slices, X, S), case(zipped_and_enumerated, X, M, S), case(transposed_by_zip, M, S),
    case(itertools_that_are_pure, X, S),
    case(map_and_filter, X, S), case(iterator_consumed_in_place, X, S), case(generator_consumed_in_place, X, S),
    case(unequal_lengths, X, S),
    case(empty_list_filled_by_a_helper, X, 0.7), case(empty_list_filled_two_levels_down, X, 0.7),
    case(popped_in_one_branch, X, 0.7, "squared"), case(popped_in_one_branch, X, 0.7, "two", label="two"),
    case(popped_in_one_branch, X, 0.7, "none", label="none", zero=(1,)),
    case(changed_and_returned_unread, X, 0.7), case(changed_and_returned_read, X, 0.7),
    case(repeated_under_another_name, X, 0.7), case(functions_with_defaults_in_a_list, X, 0.7, file=False),
    case(joined_by_sum, np.array([0.7, 0.4, 1.2])),
    case(largest_of_none, np.array([0.7, 0.4, 1.2])),
]  # fmt: skip
