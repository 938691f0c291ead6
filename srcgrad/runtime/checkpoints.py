"""Long loops in bounded memory: which steps' states are kept, and what is run again (Revolve).

A state is what a step of the loop starts from.  `snapshots` of them are kept at once; the reverse sweep runs the steps
between them again.  Griewank and Walther, "Algorithm 799: Revolve" (2000), give the schedule that runs the fewest;
where the number of steps is not known, Wang, Moin and Iaccarino, "Minimal repetition dynamic checkpointing" (2009).
"""

from __future__ import annotations

from typing import Any


def checkpoint(steps: Any, snapshots: int) -> Any:
    """The steps of a loop, or the condition of a `while`, as they are; a derivative keeps at most `snapshots` states.

    >>> [t for t in checkpoint(range(3), snapshots=2)]
    [0, 1, 2]
    """
    at_least_one(snapshots)
    return steps


def at_least_one(snapshots: Any) -> None:
    """ValueError unless there is room for the state that everything else can be worked out from.

    >>> at_least_one(1)
    """
    if isinstance(snapshots, bool) or not hasattr(snapshots, "__index__") or snapshots < 1:
        raise ValueError(f"snapshots must be a whole number of at least 1, not {snapshots!r}")


def first_leg(steps: int, snapshots: int) -> int:
    """How far to go to the next snapshot, when `steps` are to be reversed with `snapshots`, one of them taken here.

    With `most` steps in one leg, no step is run more than `repeats` times; any leg between the two bounds is optimal.

    >>> first_leg(10, 3)
    4
    """
    if snapshots == 1:
        return steps - 1
    repeats, reach, most = 0, 1, 0  # reach: steps that can be reversed if none is run more than `repeats` times
    while reach < steps:
        repeats += 1
        reach, most = reach * (snapshots + repeats) // repeats, reach
    least_rest = most * snapshots // (snapshots + repeats - 1)
    return max(1, min(most, steps - least_rest))


def first_snapshots(steps: Any, snapshots: int) -> Any:
    """The steps before which the forward sweep keeps the state.

    >>> sorted(first_snapshots(range(10), 3))
    [0, 4, 7, 9]
    """
    return {steps[k] for k in placed(len(steps), snapshots)}


def placed(length: int, snapshots: int) -> Any:
    """The positions of the snapshots of a forward sweep over `length` steps.

    The state before the last step is kept besides: the way back starts there.

    >>> placed(10, 3)
    [0, 4, 7, 9]
    """
    at_least_one(snapshots)
    kept = [0] if length else []
    while 0 < len(kept) < snapshots and kept[-1] < length - 1:
        kept.append(kept[-1] + first_leg(length - kept[-1], snapshots - len(kept) + 1))
    return kept if not length or kept[-1] == length - 1 else [*kept, length - 1]


def revolve(steps: Any, snapshots: int, kept: Any = None) -> Any:
    """What the reverse sweep does in turn: (action, step), with the states that the forward sweep kept.

    "restore": go back to the last state kept; "save": keep the present one; "advance": run the step;
    "reverse": run it once more and walk it back; "forget": let go of the last state kept.

    >>> [action for action, step in revolve(range(2), 1)]
    ['restore', 'reverse', 'forget', 'restore', 'reverse', 'restore', 'forget']
    """
    return Actions(steps, snapshots, kept if kept is not None else placed(len(steps), snapshots))


class Actions:
    """The actions of `revolve`, worked out as they are taken; all at once only where a derivative asks for them."""

    def __init__(self, steps: Any, snapshots: int, kept: Any) -> None:
        self.steps, self.snapshots, self.kept = steps, snapshots, list(kept)
        self.all: Any = None

    def __iter__(self) -> Any:
        steps, kept = self.steps, list(self.kept)
        for last in reversed(range(len(steps))):
            at = kept[-1]
            yield "restore", steps[at]
            while at < last:
                leg = first_leg(last + 1 - at, self.snapshots - len(kept) + 1)
                for k in range(at, at + leg):
                    yield "advance", steps[k]
                at = at + leg
                if at < last:
                    kept.append(at)
                    yield "save", steps[at]
            yield "reverse", steps[last]
            if last == 0:  # as it was before the loop
                yield "restore", steps[0]
            if kept[-1] == last:
                kept.pop()
                yield "forget", steps[last]

    def __len__(self) -> int:
        return len(self.listed())

    def __getitem__(self, k: int) -> Any:
        return self.listed()[k]

    def listed(self) -> Any:
        if self.all is None:
            self.all = list(iter(self))  # `list(self)` would ask for the length
        return self.all


def online_snapshots(snapshots: int) -> Any:
    """Which states to keep while it is not known how many steps there will be.

    >>> kept = online_snapshots(2); [kept.surplus(step) for step in range(3)], kept.steps
    ([[], [], [-2]], [0, 2])
    """
    return OnlineSnapshots(snapshots)


class OnlineSnapshots:
    """The steps whose states are kept so far; a state of a higher level stays longer."""

    def __init__(self, snapshots: int) -> None:
        at_least_one(snapshots)
        self.snapshots = snapshots
        self.steps: list[int] = []
        self.levels: list[float] = []
        self.raised = 0

    def surplus(self, step: int) -> Any:
        """The state before `step` has just been kept: which one, counted from the end, is now one too many."""
        self.steps.append(step)
        self.levels.append(0 if step else float("inf"))
        if len(self.steps) <= self.snapshots:
            return []
        above = self.raised - 1
        if self.levels[above] < self.levels[self.raised] and above > 0:
            drop = self.raised = above
        elif self.snapshots > 1:  # the one before gives way, and this one stays longer
            drop = len(self.steps) - 2
            self.levels[-1] = self.levels[drop] + 1
            self.raised = drop
        else:
            drop = 1
        del self.steps[drop], self.levels[drop]
        return [drop - len(self.steps) - 1]
