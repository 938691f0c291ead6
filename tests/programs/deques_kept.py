"""Deques that objects hold, that are in lists and dicts, or that are handed from function to function."""

from collections import deque
from dataclasses import dataclass, field

import numpy as np
from case import case


class Smoother:
    """A moving average."""

    def __init__(self, size, start=()):
        self.log = deque(start, maxlen=size)

    def push(self, v):
        self.log.append(v)
        return sum(self.log) / len(self.log)


@dataclass
class History:
    seen: deque = field(default_factory=deque)
    kept: int = 3

    def note(self, v):
        self.seen.append(v)
        if len(self.seen) > self.kept:
            return self.seen.popleft()
        return 0.0


def moving_average(x):
    smoother = Smoother(3)
    out = 0.0
    for i in range(len(x)):
        out += smoother.push(x[i] ** 2) * i
    return out * smoother.log[-1] / len(smoother.log)


def from_the_start_on(x):
    smoother = Smoother(2, [1.0, x[0] * x[1], x[2]])
    first = smoother.log[0]
    return first * smoother.push(x[0] ** 2) + smoother.log.maxlen * x[1]


def both_ends(x):
    queue = Smoother(None).log
    for v in x:
        queue.append(v * v)
    queue.rotate(2)
    queue.rotate(-1)
    queue.extend([x[0], x[1]])
    queue.extendleft([x[2], x[3]])
    queue.appendleft(x[0] * x[1])
    queue.reverse()
    queue += (x[1] * 2.0,)
    out = sum((i + 1) * v for i, v in enumerate(queue))
    while queue:
        out = out * 0.5 + queue.popleft()
        if queue:
            out += queue.pop() * 2.0
    return out


def assigned_to(x):
    smoother = Smoother(3, x)
    log = smoother.log
    log[0] = x[0] * x[1]
    log[1] *= 3.0
    log[-1] += x[3] ** 2
    a, *rest = log
    return a * rest[0] + sum(u * v for u, v in zip(log, reversed(smoother.log), strict=True))


def read_by_numpy(x):
    smoother = Smoother(4, x)
    smoother.push(x[0] ** 2)
    return np.mean(smoother.log) * np.array(smoother.log)[1] + np.dot(smoother.log, np.arange(4.0)) + max(smoother.log)


def in_a_field(x):
    history, other = History(), History(kept=1)
    out = 0.0
    for v in x:
        out += history.note(v**3) * v + other.note(v * history.seen[0])
    return out + sum(history.seen) * other.seen[0]


def newest(queue, v):
    queue.append(v)
    return queue[0] * queue[-1]


def filled(n, v):
    return deque([v] * n, maxlen=n)


def handed_on(x):
    short, long = deque(maxlen=2), filled(3, x[0])
    out = 0.0
    for i, v in enumerate(x):
        out += newest(short if i % 2 else long, v * v)
    return out * short[0] + sum(long)


def in_lists_and_dicts(x):
    queues = [deque(maxlen=2), deque([x[0]])]
    named = {"a": deque([x[1], x[2]], 3)}
    for i, v in enumerate(x):
        queues[i % 2].append(v * v)
        named["a"].append(v * queues[i % 2][0])
    return sum(sum(q) * (i + 1) for i, q in enumerate(queues)) * named["a"][0]


def copied_and_asked(x):
    smoother = Smoother(3, x)
    other = smoother.log.copy()
    other.append(x[0] * x[1])
    same = other == smoother.log
    smoother.log.remove(x[2])
    smoother.log = deque(list(smoother.log)[1:], 4)
    smoother.log.append(other[0] if isinstance(other, deque) and not same else x[0])
    return sum(other) * sum(smoother.log) * (2.0 if smoother.log else 1.0) + smoother.log.index(x[3])


def of_arrays(x: np.ndarray):
    smoother = Smoother(2)
    for i in range(4):
        smoother.log.append(x * (i + 1.0))
        smoother.log[0][0] *= 2.0
    return np.sum(np.stack(smoother.log) ** 2) + np.sum(smoother.log[0] * smoother.log[-1])


def under_two_names(x):
    queue = deque([x[0]])
    again = queue
    again.append(x[1])
    return queue.popleft() * queue.popleft()


def given_to_a_function(x):
    queue = deque([x[0]])
    queue.append(x[1])
    return total_of(queue)


def total_of(items):
    return sum(v * v for v in items) if isinstance(items, deque) else 0.0


def changed_by_a_closure(x):
    queue = deque()

    def put(v):
        queue.appendleft(v * v)

    put(x[0])
    return queue[0]


def made_in_a_comprehension(x):
    queues = [deque() for _ in range(2)]
    queues[0].append(x[0])
    queues[1].extend(q[0] for q in queues[:1])
    return queues[0].pop() ** 2 + queues[1][0]


def compared(x):
    queue = deque([1])
    queue.append(2)
    return x[0] if queue == deque([1, 2]) else x[1]


def of_two_lengths(x):
    window = deque(maxlen=2)
    if x[0] > 0.0:
        window = deque(maxlen=3)
    window.append(x[0] * x[1])
    return window[0]


X = np.array([0.7, -0.4, 1.2, 0.9])
PROGRAMS = (
    moving_average, from_the_start_on, both_ends, assigned_to, read_by_numpy, in_a_field, handed_on, in_lists_and_dicts,
    copied_and_asked, of_arrays, under_two_names, given_to_a_function, changed_by_a_closure, made_in_a_comprehension,
    compared, of_two_lengths,
)  # fmt: skip
CASES = [case(f, X) for f in PROGRAMS]
