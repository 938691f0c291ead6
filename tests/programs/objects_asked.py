"""Objects that are asked: whether they are true, which is smaller, by methods that a test or a loop header calls."""

from case import case


class Level:
    """True while it is positive, and ordered by its height."""

    def __init__(self, height, step=0.3):
        self.height = height
        self.step = step

    def __bool__(self):
        return self.height > 0

    def __lt__(self, other):
        return self.height < other.height

    def above(self, h):
        return self.height > h

    def count(self):
        return 3 if self.height > 0.5 else 2


class Heap:
    """False while it is empty, as a list is."""

    def __init__(self, values):
        self.values = list(values)

    def __len__(self):
        return len(self.values)

    def take(self):
        return self.values.pop()


def truth_in_a_branch(x, y):
    p = Level(x)
    return p.height * 3.0 if p else y * p.height


def truth_in_a_loop(x, y):
    p, n = Level(-x), 0
    while not p and n < 9:
        p.height = p.height + p.step * y
        n += 1
    return p.height * p.height * n


def truth_of_an_operand(x, y):
    p, q = Level(-x), Level(y)
    best = (p or q).height * x
    both = p and q
    return best * both.height if (q and not p) else x


def truth_in_a_comprehension(x, y):
    levels = [Level(x), Level(-y), Level(y)]
    return sum(v.height * y for v in levels if v) * len([v for v in levels if v and v.height > x])


def truth_by_length(x, y):
    heap = Heap([x, y, x * y])
    total = 1.0
    while heap:
        total = total * (heap.take() + 1.0)
    return total if heap else total * x


def asked_in_tests(x, y):
    p, q = Level(x), Level(y)
    total = 0.0
    while p.above(0.1):
        p.height = p.height - q.step
        total = total + p.height * y
    for k in range(q.count()):
        total = total * (k + y)
    if q < p or bool(p):
        return 100.0 * x
    return total if Level(0.5).above(x) < q.above(x) else total * x


def ranked_by_a_method(x: float, y: float):
    levels = [Level(x), Level(y, x), Level(x * y)]
    levels.sort(key=lambda p: -p.count() * p.height)
    first = max(levels, key=lambda p: p.height)
    last = sorted(levels, key=lambda p: p.count() + p.step)[-1]
    return levels[0].height * levels[2].height + first.step * x + last.height * y


CASES = [
    case(ranked_by_a_method, 0.4, 0.7),
    case(truth_in_a_branch, 0.4, 0.7, zero=(1,)), case(truth_in_a_branch, -0.4, 0.7, label="negative"),
    case(truth_in_a_loop, 0.5, 0.7),
    case(truth_of_an_operand, 0.4, 0.7), case(truth_in_a_comprehension, 0.4, 0.7),
    case(truth_by_length, 0.4, 0.7), case(asked_in_tests, 0.55, 0.7),
    case(asked_in_tests, 0.65, 0.7, zero=(1,), label="above"),
]  # fmt: skip
