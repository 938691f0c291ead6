"""Names and attributes that are None until there is an object: the best so far, a chain of nodes."""

from case import case
from objects_dispatch import Scale, Wave


class Node:
    def __init__(self, value, after=None):
        self.value = value
        self.after = after

    def total(self):
        return self.value + (self.after.value * 2.0 if self.after is not None else 0.0)


def best_so_far(x, y):
    best = None
    for p in [Scale(x), Wave(y), Scale(y)]:
        if best is None or p.area > best.area:
            best = p
    return best.area * best(x)


def made_of_the_last(x, y):
    p, total = None, 0.0
    for v in (x, y, x * y):
        if p is not None:
            total += p(v)
        p = Scale(v) if v < 0.75 else Wave(v)
    return total + p.area


def changed_once_it_is_there(x, y):
    p = None
    for n in range(4):
        if p is None:
            p = Scale(x)
        else:
            p.weight = p.weight * y + n
    return p.area


def absent_after_all(x, y):
    p = Scale(x) if x > 5.0 else None
    return x * y if p is None else p.area


def nodes_in_nodes(x, y):
    first = Node(x, Node(y, Node(x * y)))
    last = Node(y)
    node, total = first, 0.0
    while node is not None:
        total = total * y + node.value * node.value
        node = node.after
    return total * first.total() + last.total()


def found_or_not(n):
    return Node(0.0) if n > 0 else None


def changed_when_found(x, y, n):
    node = found_or_not(n)
    node.value = x * y
    return node.value**2 + node.total()


CASES = [
    case(best_so_far, 0.8, 0.7), case(made_of_the_last, 0.8, 0.7), case(changed_once_it_is_there, 0.8, 0.7),
    case(absent_after_all, 0.8, 0.7), case(nodes_in_nodes, 0.8, 0.7),
    case(changed_when_found, 0.8, 0.7, 3),
]  # fmt: skip
