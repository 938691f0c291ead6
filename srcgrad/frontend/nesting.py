"""How deeply a program is nested, and room on the stack for what recurses over it.

libcst's parser takes about 1.3 kB of stack per operand, 7 kB per bracket and 25 kB per block, and ends the
process when there is no more: deep text is parsed on a thread with a large stack of its own.  libcst's visitors
take up to four Python frames per level, so that the usual limit of 1,000 stops them at a sum of 250 terms.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import threading
import tokenize
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

MAX_DEPTH = 1_000  # below CPython's own limit of about 3,000; a sum of 1,000 terms
SHALLOW = 20  # parsed on the caller's stack, which may be as small as 512 kB
STACK_BYTES = 64 * 2**20
FRAMES_PER_LEVEL = 12
FRAMES_TO_SPARE = 1_000

BRACKET = re.compile(r"[()\[\]{}]")
T = TypeVar("T")
_lock = threading.Lock()
_users: list[int] = []
_limit = 0


def deepest(tree: ast.AST) -> tuple[int, ast.AST]:
    """Depth of the tree as libcst nests it, and the outermost expression or statement of the deepest path."""
    worst, place = 0, tree
    todo: list[tuple[ast.AST, int, ast.AST]] = [(tree, 0, tree)]
    while todo:
        node, depth, owner = todo.pop()
        depth += levels(node)
        if isinstance(node, ast.stmt):
            owner = node
        if depth > worst:
            worst, place = depth, owner
        todo.extend((child, depth, owner) for child in ast.iter_child_nodes(node))
    return worst, place


def levels(node: ast.AST) -> int:
    """`a and b and c` is one node of `ast` and two of libcst; adjacent strings likewise."""
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    return 1 if isinstance(node, ast.expr | ast.stmt) else 0


def brackets(text: str) -> int:
    """How deeply brackets are nested, at least: those in strings and comments count too."""
    depth = most = 0
    for bracket in BRACKET.findall(text):
        depth = depth + 1 if bracket in "([{" else max(depth - 1, 0)
        most = max(most, depth)
    return most


def adjacent_strings(text: str) -> tuple[int, int]:
    """The longest run of string literals side by side, and the line where it starts."""
    longest, run, start, line = 0, 0, 1, 1
    if text.count('"') + text.count("'") <= MAX_DEPTH:
        return 0, 1
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.STRING:
            start = start if run else token.start[0]
            run += 1
            if run > longest:
                longest, line = run, start
        elif token.type not in (tokenize.NL, tokenize.COMMENT):
            run = 0
    return longest, line


def longest_statement(text: str) -> int:
    """The line where the statement with most tokens starts: what a parser that gives no place has failed on."""
    most, count, start, line = 0, 0, 1, 1
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type in (tokenize.INDENT, tokenize.DEDENT, tokenize.NL, tokenize.COMMENT):
                continue
            start = start if count else token.start[0]
            count += 1
            if count > most:
                most, line = count, start
            if token.type == tokenize.NEWLINE:
                count = 0
    except (tokenize.TokenError, SyntaxError):
        pass
    return line


@contextmanager
def room(depth: int = 0) -> Iterator[None]:
    """Let Python recurse over a tree of that depth, however deep the caller already is."""
    global _limit
    need = frames_in_use() + FRAMES_PER_LEVEL * depth + FRAMES_TO_SPARE
    with _lock:
        _limit = _limit if _users else sys.getrecursionlimit()
        _users.append(need)
        sys.setrecursionlimit(max(_limit, *_users))
    try:
        yield
    finally:
        with _lock:
            _users.remove(need)
            sys.setrecursionlimit(max([_limit, *_users]))


def frames_in_use() -> int:
    frame, count = sys._getframe(), 0
    while frame.f_back is not None:
        frame, count = frame.f_back, count + 1
    return count


def deeply(depth: int, function: Callable[[], T], shallow: int = 100) -> T:
    """The result of `function`, which recurses over a tree of that depth."""
    with room(depth):
        return function() if depth <= shallow else on_large_stack(function)


def on_large_stack(function: Callable[[], T]) -> T:
    """The result of `function`, called on a thread with a stack of its own."""
    outcome: list[T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(function())
        except BaseException as e:  # handed to the caller's thread
            failure.append(e)

    with _lock:
        previous = threading.stack_size(STACK_BYTES)
        try:
            thread = threading.Thread(target=run, name="srcgrad parser")
            thread.start()
        finally:
            threading.stack_size(previous)
    thread.join()
    if failure:
        raise failure[0]
    return outcome[0]
