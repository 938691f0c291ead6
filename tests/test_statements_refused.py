"""Statements and library calls that must be refused, with their whole messages.

To accept new messages after reading them: `python -m tests.test_statements_refused`.
"""

from __future__ import annotations

import json

import pytest

from tests.test_refusals import FOLDER, defined, programs, refusal

MESSAGES = FOLDER / "statements.json"
REFUSED = defined(programs("statements"))
EXPECTED: dict[str, str] = json.loads(MESSAGES.read_text(encoding="utf-8")) if MESSAGES.exists() else {}


@pytest.mark.parametrize("name", REFUSED)
def test_statement_is_refused(name: str) -> None:
    message = refusal(*REFUSED[name])
    assert message == EXPECTED[name]
    assert not message.startswith("not refused")


if __name__ == "__main__":
    found = {n: refusal(f, a) for n, (f, a) in REFUSED.items()}
    MESSAGES.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
