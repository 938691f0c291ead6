"""Objects that loops and recursion link, as many as the program makes: lists, trees, objects reached in two ways."""

from dataclasses import dataclass

import numpy as np
from case import case


class Node:
    def __init__(self, value, following):
        self.value, self.following = value, following

    def total(self):
        return self.value + (0.5 * self.following.total() if self.following is not None else 0.0)


def listed(x):
    node = None
    for v in x:
        node = Node(v * v, node)
    return node


def linked_list(x):
    node, total = listed(x), 0.0
    while node is not None:
        total = total * 0.5 + node.value
        node = node.following
    return total


def values_changed_on_the_way(x):
    first = node = listed(x)
    while node is not None:
        node.value = np.sin(node.value) * x[0]
        node = node.following
    node = first
    while node:
        node.value *= 2.0
        node.value += node.value**2
        node = node.following
    return first.total() * first.following.total()


def scale(node, k):
    if node is None:
        return
    node.value = node.value * k
    scale(node.following, k * 0.9)


def scaled_under_two_names(x, k):
    first = listed(x)
    second = first.following
    scale(first, k)
    scale(second, x[0])
    return first.total() * second.value


def turned_around(x):
    node, last = listed(x), None
    while node is not None:
        following = node.following
        node.following = last
        last = node
        node = following
    return last.total()


def ring(x):
    first = last = Node(x[0], None)
    for v in x[1:]:
        last.following = Node(v, None)
        last = last.following
    last.following = first
    node, total = first, 0.0
    for i in range(8):
        node.value = node.value * 0.5 + node.following.value
        total += node.value * i
        node = node.following
    return total


def constants_replaced(x, k):
    node = None
    for _ in x:
        node = Node(1.0, node)
    node.value = k
    node.following.value = node.value * x[1]
    return node.total()


class Tree:
    def __init__(self, key, value):
        self.key = key
        self.value = value
        self.left = None
        self.right = None

    def insert(self, key, value):
        if key < self.key:
            if self.left is None:
                self.left = Tree(key, value)
            else:
                self.left.insert(key, value)
        elif key > self.key:
            if self.right is None:
                self.right = Tree(key, value)
            else:
                self.right.insert(key, value)
        else:
            self.value += value


def insert(node, key, value):
    if node is None:
        return Tree(key, value)
    if key < node.key:
        node.left = insert(node.left, key, value)
    else:
        node.right = insert(node.right, key, value)
    return node


def in_order(node, total):
    if node is None:
        return total
    total = in_order(node.left, total)
    total = total * 0.7 + node.value
    return in_order(node.right, total)


KEYS = [3, 1, 4, 1, 5, 9, 2, 6]


def search_tree(x, k):
    root = Tree(KEYS[0], x[0] * k)
    for i in range(1, 8):
        root.insert(KEYS[i], x[i % 3] * k * i)
    return in_order(root, x[1])


def search_tree_of_a_function(x, k):
    root = None
    for i in range(8):
        root = insert(root, KEYS[i], np.sin(x[i % 3]) * k)
    return in_order(root, 0.0)


def search_tree_in_loops(x):
    root = None
    for v in x:
        new = Tree(v, v * v)
        if root is None:
            root = new
            continue
        node = root
        while True:
            if v < node.key:
                if node.left is None:
                    node.left = new
                    break
                node = node.left
            else:
                if node.right is None:
                    node.right = new
                    break
                node = node.right
    stack, total = [root], 1.0
    while stack:
        node = stack.pop()
        if node is None:
            continue
        total = total * node.value + node.key
        stack.append(node.left)
        stack.append(node.right)
    return total


def depth(node):
    return 0 if node is None else 1 + max(depth(node.left), depth(node.right))


def weighted_by_depth(x):
    root = None
    for i in range(8):
        root = insert(root, KEYS[i], x[i % 3])
    return in_order(root, 0.0) * depth(root) + (root.left.value if root.left else 0.0)


@dataclass
class Cell:
    mass: float
    x: float
    left: "Cell" = None
    right: "Cell" = None


def merged_in_pairs(x):
    cells = [Cell(v, v * v) for v in x]
    while len(cells) > 1:
        a, b = cells.pop(0), cells.pop(0)
        mass = a.mass + b.mass
        cells.append(Cell(mass, (a.x * a.mass + b.x * b.mass) / mass, a, b))
    root = cells[0]
    return root.x * root.mass + root.left.x


def one_object_on_both_sides(x):
    cell = None
    for v in x:
        cell = Cell(v, v, cell, cell)
    cell.left.mass *= 3.0
    return cell.right.mass * cell.left.x + cell.left.left.mass * cell.right.right.x


def in_a_table_too(x):
    table, last = {}, None
    for i, v in enumerate(x):
        last = Cell(v, v * v, last)
        table[i] = last
    table[0].mass = table[2].mass * x[1]
    return sum(c.mass * c.x for c in table.values()) + table[1].left.mass


class Queue:
    def __init__(self):
        self.head = None
        self.tail = None
        self.n = 0

    def push(self, v):
        cell = Cell(v, v * 0.5)
        if self.tail is None:
            self.head = self.tail = cell
        else:
            self.tail.right = cell
            self.tail = cell
        self.n += 1

    def pop(self):
        cell = self.head
        self.head = cell.right
        if self.head is None:
            self.tail = None
        self.n -= 1
        return cell.mass * cell.x


def queue_of_cells(x):
    queue, total = Queue(), 0.0
    for v in x:
        queue.push(v * v)
    for i in range(6):
        if queue.n == 0:
            break
        total = total * 0.5 + queue.pop()
        if queue.n < 3 and i < 3:
            queue.push(total)
    return total


class Branch:
    def __init__(self, value, parent=None):
        self.value, self.parent, self.parts = value, parent, []

    def add(self, value):
        part = Branch(value, self)
        self.parts.append(part)
        return part

    def total(self, k):
        found = self.value * k / (1 + len(self.parts))
        for i, part in enumerate(self.parts):
            found = found + part.total(k * self.value) * (i + 1)
        return found


def branches(x):
    root = Branch(x[0])
    branch = root
    for i, v in enumerate(x):
        part = branch.add(v * v)
        branch.add(x[0] * i)
        if i % 2:
            branch = part
    return root


def parts_added_in_a_loop(x):
    return branches(x).total(x[1])


def parts_replaced_between(x):
    root = branches(x)
    total = root.total(x[1])
    root.parts.pop()
    total = total * root.total(x[0])
    root.parts[0].add(x[2]).add(total)
    total = total + root.total(x[0])
    root.parts[0] = Branch(x[2] * total)
    return total * root.total(1.0)


def leaves(branch):
    if not branch.parts:
        return [branch]
    found = []
    for part in branch.parts:
        found = found + leaves(part)
    return found


def up_to_the_root(x):
    root = branches(x)
    for branch in leaves(root):
        branch.value = branch.value * 2.0
        while branch.parent is not None:
            branch.parent.value = branch.parent.value + branch.value * 0.1
            branch = branch.parent
    return root.total(x[1])


def parts_under_another_name(x):
    root = branches(x)
    parts = root.parts
    total = 0.0
    for part in parts:
        total = total * part.value + len(parts)
    parts.append(Branch(x[1] * total))
    for part in root.parts:
        total = total * part.value + len(root.parts)
    parts.clear()
    for _ in root.parts:
        total = total * 100.0
    return total


def branches_on_a_stack(x):
    stack = [Branch(x[0])]
    for v in x:
        stack.append(stack[-1].add(v * stack[-1].value))
    while len(stack) > 1:
        branch = stack.pop()
        stack[-1].value += branch.value * branch.value
    return stack[0].value


def parts_given(x):
    branch = Branch(x[0])
    for v in x:
        outer = Branch(v)
        outer.parts = [branch, Branch(v * v)]
        branch = outer
    return branch.total(0.5)


class Point:
    def __init__(self, at, following):
        self.at, self.following = at, following


def points(x):
    point = None
    for i in range(3):
        point = Point(x * i + 1.0, point)
    return point


def arrays_in_objects(x):
    point = points(x)
    point.following.at = point.at * 2.0
    total = 0.0
    while point is not None:
        total = total + np.sum(point.at * point.at) * x[0]
        point = point.following
    return total


def array_changed_in_place(x):
    point = points(x)
    point.following.at += point.at * 2.0
    return np.sum(point.following.at**2)


def array_changed_under_another_name(x):
    point = points(x)
    at = point.following.at
    at *= 2.0
    return np.sum(point.following.at**2)


def with_numbers_in_a_list(x):
    cell, pairs = None, []
    for v in x:
        cell = Cell(v, v, cell)
    while cell is not None:
        pairs.append((cell.mass * 2.0, cell))
        cell = cell.left
    total = 0.0
    for d, cell in pairs:
        cell.mass = cell.mass * d
        total += d * cell.mass
    d, cell = pairs[0]
    return total + cell.mass * d


def in_a_closure(x):
    cell = None
    for v in x:
        cell = Cell(v, v, cell)

    def grow(k):
        cell.mass = cell.mass * k

    grow(x[0])
    grow(2.0)
    return cell.mass + cell.left.mass


def values_and_links_swapped(x):
    cell = None
    for i in range(4):
        cell = Cell(x[i % 3] * i, 0.0, cell)
    cell.mass, cell.left.mass = cell.left.mass * 2.0, cell.mass
    cell.left, cell.left.left = cell.left.left, cell
    total = 0.0
    for _ in range(6):
        total = total * 0.7 + cell.mass
        cell = cell.left
    return total


def conditions_on_links(x):
    cell, total = None, 0.0
    for i in range(4):
        cell = Cell(x[i % 3] * i, 0.0, cell)
    while cell is not None and cell.mass > 0.2:
        total += cell.mass if cell.left is not None and cell.left.mass > 0.5 else cell.mass * x[0]
        cell.mass = -cell.mass
        total += cell.mass**2
        cell = cell.left
    return total


def in_a_generator(x):
    cell = None
    for i in range(4):
        cell = Cell(x[i % 3] * i, 0.0, cell)

    def walk(at):
        while at is not None:
            yield at
            at = at.left

    total = 0.0
    for at in walk(cell):
        total = total * 0.5 + at.mass
    return total + sum(at.mass for at in walk(cell))


def none_at_first(x):
    cell = None
    for _ in range(4):
        cell = Cell(None, 0.0, cell)
    cell.mass = x[0]
    cell.mass *= x[1]
    cell.mass += 1.0
    return cell.mass * x[2]


def seen_before(x):
    first = None
    for v in x:
        first = Cell(v, 0.0, first)
    first.left.left.left = first
    visited, total, cell = set(), 0.0, first
    while id(cell) not in visited:
        visited.add(id(cell))
        total = total * 0.5 + cell.mass
        cell = cell.left
    return total


def left_early(x):
    cell = None
    for v in x:
        cell = Cell(v, v, cell)
        if v > 1.0:
            return cell.mass * cell.left.mass
    return cell.mass


def parts_added_to_a_list_in_a_loop_over_it(x):
    root = branches(x)
    for part in root.parts:
        part.add(part.value * 2)
    return root.total(x[0])


class Constant:
    def __init__(self, value):
        self.value = value

    def evaluate(self, x):
        return self.value


class Sum:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def evaluate(self, x):
        return self.a.evaluate(x) + self.b.evaluate(x)


class Product(Sum):
    def evaluate(self, x):
        return self.a.evaluate(x) * self.b.evaluate(x) * x


def size(formula):
    return 1 if isinstance(formula, Constant) else size(formula.a) + size(formula.b)


def formula_made_in_a_loop(x):
    formula = Constant(x[0])
    for i, v in enumerate(x):
        formula = Sum(formula, Product(Constant(v), formula)) if i % 2 else Product(formula, Constant(v * v))
    return formula.evaluate(x[1]) * size(formula)


class Var:
    def __init__(self, value, children=()):
        self.value = value
        self.children = children
        self.grad = 0.0

    def __add__(self, other):
        return Var(self.value + other.value, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Var(self.value * other.value, ((self, other.value), (other, self.value)))

    def backward(self, g=1.0):
        self.grad = self.grad + g
        for child, w in self.children:
            child.backward(g * w)


def derivatives_of_its_own(x):
    a, b = Var(x[0]), Var(x[1])
    d = a * b + a * a
    d.backward()
    return a.grad * 2.0 + b.grad + d.value


X = np.array([0.5, 1.2, 0.7])

def constants_linked(x, data):
    """Objects that hold one another, of numbers that carry no derivative, and change."""
    return np.sum(x) * turned_around(data) + x[0] * ring(data)


CASES = [
    case(constants_linked, X, np.array([0.2, 0.9, 1.4]), wrt=(0,)),
    case(linked_list, X), case(values_changed_on_the_way, X), case(scaled_under_two_names, X, 0.8),
    case(turned_around, X), case(ring, X), case(constants_replaced, X, 0.8), case(search_tree, X, 0.8),
    case(search_tree_of_a_function, X, 0.8), case(search_tree_in_loops, np.array([0.5, 1.2, 0.7, 0.1, 0.9])),
    case(weighted_by_depth, X), case(merged_in_pairs, X), case(one_object_on_both_sides, X),
    case(in_a_table_too, X), case(queue_of_cells, X), case(parts_added_in_a_loop, X),
    case(parts_replaced_between, X), case(up_to_the_root, X), case(parts_under_another_name, X),
    case(branches_on_a_stack, X), case(parts_given, X), case(arrays_in_objects, X),
    case(array_changed_in_place, X, file=False), case(array_changed_under_another_name, X, file=False),
    case(with_numbers_in_a_list, X),
    case(in_a_closure, X), case(values_and_links_swapped, X), case(conditions_on_links, X),
    case(in_a_generator, X), case(none_at_first, X), case(seen_before, X), case(left_early, X),
    case(parts_added_to_a_list_in_a_loop_over_it, X), case(formula_made_in_a_loop, X),
    case(derivatives_of_its_own, X),
]  # fmt: skip
