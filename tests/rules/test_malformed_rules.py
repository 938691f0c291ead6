"""Every declaration that must be refused, with its whole message.

To accept new messages after reading them: `python tests/rules/test_malformed_rules.py`.
"""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import malformed_rules
import pytest

import srcgrad

MESSAGES = Path(__file__).with_name("malformed_rules.json")
NAMES = [
    n
    for n, f in vars(malformed_rules).items()
    if inspect.isfunction(f) and f.__module__ == malformed_rules.__name__ and n not in ("f", "g", "taken", "template")
]
EXPECTED: dict[str, str] = json.loads(MESSAGES.read_text(encoding="utf-8")) if MESSAGES.exists() else {}


def message(name: str) -> str:
    try:
        getattr(malformed_rules, name)()
    except srcgrad.SrcgradError as e:
        assert e.__context__ is None, "a refusal shows no exception from inside"
        return str(e).replace(str(Path(malformed_rules.__file__)), "rules.py")
    return "not refused"


@pytest.mark.parametrize("name", NAMES)
def test_declaration_is_refused(name: str) -> None:
    found = message(name)
    assert found == EXPECTED[name]
    assert found.startswith("rules.py:") and "\n    " in found


def test_a_refused_declaration_leaves_nothing_behind() -> None:
    from srcgrad.rules.declare import TABLE

    message("partial_that_is_not_python")
    message("template_with_a_loop")
    assert not [op for op in TABLE if op.startswith("malformed_rules.") and not op.endswith(".taken")]


def test_the_same_declaration_may_run_again() -> None:
    srcgrad.elementwise("malformed_rules.taken(x)", "2.0 * x")


if __name__ == "__main__":
    MESSAGES.write_text(json.dumps({n: message(n) for n in NAMES}, indent=1) + "\n", encoding="utf-8")
