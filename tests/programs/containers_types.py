"""Deques, defaultdicts, OrderedDicts, Counters and sets that one function makes and changes."""

import collections
from collections import Counter, OrderedDict, defaultdict, deque

import numpy as np
from case import case


def window(x, s):
    d = deque(maxlen=3)
    out = []
    for v in x:
        d.append(v * s)
        out.append(sum(d) * d[0] + len(d))
    return np.array(out)


def moving_average(x, n):
    d = collections.deque([], n)
    out = np.zeros(len(x))
    for i, v in enumerate(x):
        d.append(v)
        out[i] = sum(d) / len(d) + d.maxlen
    return out


def both_ends(x, s):
    d = deque([s])
    for k, v in enumerate(x):
        if k % 2:
            d.appendleft(v * d[0])
        else:
            d.append(v + d[-1])
    d.rotate(2)
    d.rotate(-1)
    d.rotate()
    first, last = d.popleft(), d.pop()
    d.extend([first * last])
    d.extendleft(v * s for v in x[:2])
    return list(d)


def bounded_both_ends(x, s):
    d = deque((v * s for v in x), maxlen=4)
    d.appendleft(x[0])
    d += [s, x[1] * s]
    d.extendleft([x[2], x[3]])
    d[1] *= s
    d[-1] = x[0] * d[1]
    del d[0]
    d.reverse()
    return np.array(d) * s


def breadth_first(x, s):
    queue = deque([(x[0] * 4.0, 0)])
    total = 0.0
    while queue:
        v, depth = queue.popleft()
        if abs(v) < 1.0 or depth > 3:
            total = total + v * v
            continue
        queue.append((v * s, depth + 1))
        queue.append((v * x[1], depth + 1))
    return total


def graph_search(x, s):
    edges = {0: [1, 2], 1: [3], 2: [3, 4], 3: [5], 4: [5], 5: []}
    seen = {0}
    todo = deque([0])
    reach = [s, 0.0, 0.0, 0.0, 0.0, 0.0]
    while todo:
        node = todo.popleft()
        for other in edges[node]:
            reach[other] = reach[other] + reach[node] * x[other]
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return reach, len(seen)


def last_values(x, s):
    past = deque([s, s], maxlen=2)
    for v in x:
        past.append(past[-1] * v + 0.5 * past[0])
    while past:
        s = s * past.pop()
    return s


def grouped(x, s):
    groups = defaultdict(list)
    for k, v in enumerate(x):
        groups[k % 3].append(v * s)
    return [sum(g) * g[0] for g in groups.values()], len(groups)


def totals(x, s):
    d = defaultdict(float)
    e = defaultdict(list)
    for k, v in enumerate(x):
        d[k % 2] += v * s
        e[bool(v > 0)].append(v)
    return d[0] * d[1] + d[7], [sum(v) * v[0] for v in e.values()], len(d)


def iterates_over_its_keys(x, s):
    d = defaultdict(lambda: s * 1.0)
    for k, v in enumerate(x):
        d[k // 2] = d[k // 2] * v
    total = s
    for key in d:
        total = total + d[key] * key
    for key, v in d.items():
        total = total + d[key] * v
    best = {k: d[k] ** 2 for k in d}
    if 9 in d:
        total = total * 100.0
    return total, best, sorted(d), dict(d)


def default_of_arrays(x, s):
    d = defaultdict(lambda: np.zeros(6))
    for k in range(4):
        d[k % 2] = d[k % 2] * s + x
    return d[0] * d[1]


def nested_default(x, s):
    d = defaultdict(dict)
    for k, v in enumerate(x):
        d[k % 2][k] = v * s
    return sum(d[0].values()) * d[1][3]


def ordered(x, s):
    d = OrderedDict()
    d["a"], d["b"], d["c"] = x[0], x[1], s
    d.move_to_end("a")
    total = 0.0
    for k, v in enumerate(d.values(), 1):
        total += k * v * v
    return total * d.popitem(last=False)[1]


def ordered_pairs(x, s):
    d = OrderedDict([("a", x[0]), ("b", x[1] * s)])
    d["c"] = d.pop("a") * s
    k, v = d.popitem()
    return v * d["b"], k


def counts(x, s):
    n = Counter()
    for k in (0, 1, 0, 2, 0):
        n[k] += 1
    m = Counter("abracadabra")
    m["z"] += 2
    m["a"] -= 1
    return sum(x[k] ** n[k] for k in range(4)) * s ** m["d"], m["a"] * s, m["nothing"] + len(m)


def weights(x, s):
    w = Counter()
    for k, v in enumerate(x):
        w[k % 3] += v * s
    return w[0] * w[1] * w[2] + w[5]


def sets(x, s):
    chosen = {0, 2, 4}
    chosen.add(5)
    chosen.discard(2)
    chosen.discard(17)
    total = 0.0
    for k in sorted(chosen | {1}):
        total = total + x[k] * s
    if 3 not in chosen and chosen >= {0, 4}:
        total = total * x[0]
    chosen.remove(0)
    chosen.update([3, 3, 4])
    return total * len(chosen), [x[k] * s for k in sorted(chosen)], min(chosen)


def constant_sets(x, s):
    odd = {1, 3}
    both = odd | {4}
    total = s
    for k in range(6):
        if k in both and k in frozenset({1, 4}):
            total = total * x[k]
    for k in {2}:
        total = total + x[k]
    return total


def set_steers_a_loop(x, s):
    done = set()
    while len(done) < 4:
        k = len(done) + 1
        done |= {k, 0}
        s = s * x[len(done)] if k in done else s
    return s * (1.0 if done else 0.0)


def from_keys(x, s):
    h = dict.fromkeys("uv", s * x[0])
    h["u"] = h["u"] * x[1]
    n = dict.fromkeys([3, 4])
    return h["u"] * h["v"] * len(n)


def made_once_each(u):
    """What makes the missing items of a defaultdict is called for these only."""
    made = []

    def start():
        made.append(u[0] * len(made))
        return [u[1]]

    def number():
        made.append(1.0)
        return len(made)

    rows, ids = defaultdict(start), defaultdict(number)
    for i in range(4):
        rows[i % 2].append(u[i])
        last = rows[i % 2][0] * u[2]
        rows["last"][0] = last
    total = sum(u[ids[w] % 4] * ids[w] for w in "abcab")
    ids["c"] += 2
    return total * sum(i * v for i, v in enumerate(made)) * rows["last"][0] * len(rows[1]) + ids["c"] * u[0]


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])

CASES = [
    case(window, X, 0.7), case(moving_average, X, 3), case(both_ends, X, 0.7), case(bounded_both_ends, X, 0.7),
    case(breadth_first, X, 0.7), case(graph_search, X, 0.7), case(last_values, X, 0.7), case(grouped, X, 0.7),
    case(totals, X, 0.7), case(iterates_over_its_keys, X, 0.7), case(default_of_arrays, X, 0.7),
    case(nested_default, X, 0.7), case(ordered, X, 0.7), case(ordered_pairs, X, 0.7), case(counts, X, 0.7),
    case(weights, X, 0.7), case(sets, X, 0.7), case(constant_sets, X, 0.7), case(set_steers_a_loop, X, 0.7),
    case(from_keys, X, 0.7),
    case(made_once_each, np.array([0.7, 0.4, 1.2, 0.9])),
]  # fmt: skip
