"""Heaps, as queues and as lists; objects in dicts whose keys are only known when the program runs."""

import bisect
import heapq
from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np
from case import case


def merged_in_pairs(xs: list[float], s: float):
    heap = []
    for v in xs:
        heappush(heap, v * s)
    total = 0.0
    while len(heap) > 1:
        a = heappop(heap)
        b = heappop(heap)
        total += a * b
        heappush(heap, a + b)
    return total + heap[0]


ROADS = {"a": [("b", 0), ("c", 1)], "b": [("c", 2), ("d", 3)], "c": [("d", 4)], "d": []}


def shortest_path(weights: np.ndarray, start: str):
    distance = {start: 0.0}
    queue = [(0.0, start)]
    done = set()
    while queue:
        d, here = heappop(queue)
        if here in done:
            continue
        done.add(here)
        if here == "d":
            break
        for there, n in ROADS[here]:
            longer = d + weights[n] ** 2
            if there not in distance or longer < distance[there]:
                distance[there] = longer
                heappush(queue, (longer, there))
    return distance["d"] * distance["c"]


def the_list_that_a_heap_is(xs: list[float]):
    """The layout of a heap is that of Python."""
    heap = list(xs)
    heapq.heapify(heap)
    heappush(heap, heap[1] * heap[2])
    first = heappop(heap)
    return sum((n + 1) * v for n, v in enumerate(heap)) * first


def several_in_one_expression(xs: list[float]):
    heap = [(v * v, n) for n, v in enumerate(xs)]
    heapq.heapify(heap)
    return heappop(heap)[0] * heappop(heap)[0] - len(heap) * heapq.heappop(heap)[0]


def the_largest_two(xs: list[float]):
    kept = []
    for x in xs:
        heappush(kept, x * x)
        if len(kept) > 2:
            heappop(kept)
    return kept[0] * 3.0 + kept[1]


@dataclass
class Tank:
    level: float
    leak: float
    seen: list = field(default_factory=list)

    def fill(self, amount):
        self.level += amount * self.leak
        self.seen.append(self.level)


def every_object_of_a_dict(levels, leaks):
    tanks = {name: Tank(levels[name], leaks[name]) for name in levels}
    for tank in tanks.values():
        tank.fill(tank.level * tank.leak)
    for name in tanks:
        tanks[name].fill(tanks["a"].level)
    return sum(tank.level for tank in tanks.values())


def objects_found_by_name(levels, leaks, moves):
    tanks = {name: Tank(levels[name], leaks[name]) for name in levels}
    for n, (source, target, amount) in enumerate(moves):
        if tanks[source].level < amount:
            continue
        tanks[source].fill(-amount)
        tanks[target].fill(amount)
        if n % 2 == 0:
            for tank in tanks.values():
                tank.fill(0.1 * tank.level)
    return sum(sum(tank.seen) / len(tank.seen) for tank in tanks.values() if tank.seen)


def one_in_one_out(xs: list[float], s: float):
    heap = [v * s for v in xs[:3]]
    heapq.heapify(heap)
    total = 0.0
    for v in xs[3:]:
        total += heapq.heapreplace(heap, v * v) * s
        total += heapq.heappushpop(heap, v) * v
    pairs = [(s, 2)]
    d, k = heapq.heappushpop(pairs, (total, 3))
    return total * heap[0] + heap[1] * d * k


def largest_and_smallest(xs: list[float], s: float):
    first = heapq.nlargest(2, xs)
    last = heapq.nsmallest(2, [v * s for v in xs], key=lambda v: v * v)
    return first[0] * first[1] + last[0] * last[1] + sum(heapq.nlargest(len(first) + 1, xs))


W = np.array([1.0, 2.0, 0.7, 3.0, 0.5])
XS = [3.0, 1.5, -2.0, 0.5, 4.0, 1.1]
LEVELS, LEAKS = {"a": 3.0, "b": 2.0, "c": 0.5}, {"a": 0.9, "b": 1.2, "c": 0.7}

def kept_in_order(x):
    ordered, pairs = [x[1], x[2]], []
    other = ordered
    for n, v in enumerate(x):
        bisect.insort(other, v * x[0])
        bisect.insort_left(pairs, (np.sin(v), n))
    ranked = sum(n * v for n, v in enumerate(ordered))
    return ranked * pairs[0][0] * pairs[-1][0] + pairs[1][1] * pairs[1][0]


CASES = [
    case(kept_in_order, np.array([0.6, -1.1, 1.7, 0.9])),
    case(merged_in_pairs, XS, 0.9), case(merged_in_pairs, np.array(XS), 0.9, label="array", file=False),
    case(shortest_path, W, "a"), case(the_list_that_a_heap_is, XS), case(several_in_one_expression, XS),
    case(the_largest_two, XS), case(one_in_one_out, XS, 0.9), case(largest_and_smallest, XS, 0.9),
    case(every_object_of_a_dict, LEVELS, LEAKS, file=False),
    case(objects_found_by_name, LEVELS, LEAKS, [("a", "b", 2.0), ("c", "a", 4.0), ("b", "c", 3.0)], wrt=(0, 1),
         file=False),
]  # fmt: skip
