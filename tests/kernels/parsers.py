"""Parser-like programs: stacks, dicts, queues, recursive descent, and many ways to leave a loop."""

import heapq
import math
from collections import deque
from dataclasses import dataclass, field

import numpy as np
from case import case


PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}
FUNCTIONS = {"sin": math.sin, "exp": math.exp, "sqrt": math.sqrt}


def tokens(text):
    found, i = [], 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
            continue
        if c.isalnum() or c == ".":
            j = i
            while j < len(text) and (text[j].isalnum() or text[j] == "."):
                j += 1
            found.append(text[i:j])
            i = j
            continue
        found.append(c)
        i += 1
    return found


def apply_operator(op, values):
    b = values.pop()
    a = values.pop()
    if op == "+":
        values.append(a + b)
    elif op == "-":
        values.append(a - b)
    elif op == "*":
        values.append(a * b)
    elif op == "/":
        values.append(a / b)
    else:
        values.append(a**b)


def calculator(text, variables):
    """Shunting-yard with two stacks; names are looked up in a dict."""
    values, operators = [], []
    for token in tokens(text):
        if token in FUNCTIONS or token == "(":
            operators.append(token)
        elif token == ")":
            while operators[-1] != "(":
                apply_operator(operators.pop(), values)
            operators.pop()
            if operators and operators[-1] in FUNCTIONS:
                values.append(FUNCTIONS[operators.pop()](values.pop()))
        elif token in PRECEDENCE:
            while operators and operators[-1] in PRECEDENCE and PRECEDENCE[operators[-1]] >= PRECEDENCE[token]:
                apply_operator(operators.pop(), values)
            operators.append(token)
        elif token in variables:
            values.append(variables[token])
        else:
            values.append(float(token))
    while operators:
        apply_operator(operators.pop(), values)
    return values[0]


class Parser:
    """Recursive descent over the same grammar; the position is the object's state."""

    def __init__(self, text, names):
        self.tokens = tokens(text)
        self.names = names
        self.at = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def expression(self):
        value = self.term()
        while self.peek() in ("+", "-"):
            if self.take() == "+":
                value += self.term()
            else:
                value -= self.term()
        return value

    def term(self):
        value = self.factor()
        while self.peek() in ("*", "/"):
            value = value * self.factor() if self.take() == "*" else value / self.factor()
        return value

    def factor(self):
        token = self.take()
        if token == "(":
            value = self.expression()
            self.take()
            return value
        if token in self.names:
            return self.names[token]
        return float(token)


def recursive_descent(text, x, y):
    return Parser(text, {"x": x, "y": y}).expression()


def netlist(lines: list[str], values: dict[str, float]):
    """A circuit read line by line into nodal equations; comments skipped, `.end` leaves."""
    nodes = {"0": -1}
    stamps, sources = [], []
    for line in lines:
        if not line or line.startswith("*"):
            continue
        if line == ".end":
            break
        name, a, b = line.split()
        for node in (a, b):
            nodes.setdefault(node, len(nodes) - 1)
        (stamps if name[0] == "R" else sources).append((name, nodes[a], nodes[b]))
    n = len(nodes) - 1
    G, I = np.zeros((n, n)), np.zeros(n)
    for name, a, b in stamps:
        g = 1.0 / values[name]
        for p, q, sign in ((a, a, 1), (b, b, 1), (a, b, -1), (b, a, -1)):
            if p >= 0 and q >= 0:
                G[p, q] += sign * g
    for name, a, b in sources:
        if a >= 0:
            I[a] -= values[name]
        if b >= 0:
            I[b] += values[name]
    return np.linalg.solve(G, I)


@dataclass
class Account:
    balance: float
    rate: float
    log: list = field(default_factory=list)

    def post(self, amount):
        self.balance += amount
        self.log.append(self.balance)


def bank(opening: dict[str, float], rates: dict[str, float], transfers: list[tuple[str, str, float]]):
    """Objects in a dict, changed by events; a refused transfer is skipped."""
    accounts = {name: Account(opening[name], rates[name]) for name in opening}
    for month, (source, target, amount) in enumerate(transfers):
        if accounts[source].balance < amount:
            continue
        accounts[source].post(-amount)
        accounts[target].post(amount)
        if month % 2:
            for account in accounts.values():
                account.post(account.balance * account.rate)
    return sum(sum(a.log) / len(a.log) for a in accounts.values() if a.log)


def event_queue(arrivals: list[float], services: list[float]):
    """One server: events in a heap by time, waiting customers in a deque."""
    events = [(t, k, "arrive") for k, t in enumerate(arrivals)]
    heapq.heapify(events)
    waiting = deque()
    busy = False
    total = 0.0
    while events:
        now, who, what = heapq.heappop(events)
        if what == "arrive":
            waiting.append((who, now))
        else:
            busy = False
        if not busy and waiting:
            who, since = waiting.popleft()
            total += now - since
            busy = True
            heapq.heappush(events, (now + services[who], who, "leave"))
    return total + now


class Node:
    """An expression tree with operators defined by the user; evaluated by recursion."""

    def __init__(self, op, *children):
        self.op, self.children = op, children

    def __add__(self, other):
        return Node("add", self, other)

    def __mul__(self, other):
        return Node("mul", self, other)

    def evaluate(self, env):
        if self.op == "add":
            return self.children[0].evaluate(env) + self.children[1].evaluate(env)
        if self.op == "mul":
            return self.children[0].evaluate(env) * self.children[1].evaluate(env)
        return env[self.op]


def expression_tree(x, y):
    a, b = Node("x"), Node("y")
    tree = (a + b) * (a * b + a)
    return tree.evaluate({"x": x, "y": y})


CIRCUIT = ["* a bridge", "I1 0 a", "R1 a b", "R2 a c", "", "R3 b c", "R4 b 0", "R5 c 0", ".end", "R6 not read"]
OHMS = {"I1": 1.5, "R1": 1.0, "R2": 2.0, "R3": 0.7, "R4": 1.4, "R5": 0.9}

CASES = [
    case(calculator, "x * (y + 2.5) ^ 2 / sin(x * y) - sqrt(y + 1)", {"x": 0.7, "y": 1.2},
         file=False),  # nothing in the file says that an argument is a dict
    case(recursive_descent, "x*(y - 2)/ (x + y*3) + y", 0.7, 1.2),
    case(netlist, CIRCUIT, OHMS),
    case(bank, {"a": 10.0, "b": 5.0, "c": 1.0}, {"a": 0.01, "b": 0.03, "c": 0.02},
         [("a", "b", 2.0), ("c", "a", 4.0), ("b", "c", 3.0), ("c", "a", 2.5)], wrt=(0, 1)),
    case(event_queue, [0.1, 0.4, 0.5, 2.0], [0.7, 0.3, 0.6, 0.2]),
    case(expression_tree, 0.7, 1.2),
]  # fmt: skip
