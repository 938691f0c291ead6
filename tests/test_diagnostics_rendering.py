"""What a refusal looks like, and which builtin exceptions catch it."""

from __future__ import annotations

import pickle

import pytest

from srcgrad.diagnostics import (
    CODES,
    Collector,
    Diagnostic,
    SrcgradError,
    SrcgradLookupError,
    SrcgradRuntimeError,
    SrcgradSyntaxError,
    SrcgradTypeError,
    SrcgradValueError,
    refuse,
)
from srcgrad.ir.origin import Span


class Text:
    filename = "model.py"

    def __init__(self, *lines: str) -> None:
        self.lines = lines

    def line(self, number: int) -> str:
        return self.lines[number - 1]


def rendered(span: Span, *lines: str, message: str = "message", hint: str = "") -> str:
    with pytest.raises(SrcgradError) as caught:
        refuse("SG105", message, span, Text(*lines), hint)
    return str(caught.value)


def test_format_of_the_specification() -> None:
    line, hint = "    B = A.reshape(n, m)", "Write a copy.\nOr not."
    text = rendered(Span(1, 8, 1, 23), line, message="`reshape` of A", hint=hint)
    assert text == (
        "model.py:1:9: SG105 `reshape` of A\n"
        "    B = A.reshape(n, m)\n"
        "        ^^^^^^^^^^^^^^^\n"
        "    Write a copy.\n"
        "    Or not."
    )


def test_a_span_of_several_lines_is_marked_to_the_end_of_the_first() -> None:
    assert rendered(Span(1, 4, 2, 9), "    if x:  ", "        y") == (
        "model.py:1:5: SG105 message\n    if x:\n    ^^^^^"
    )


def test_an_empty_span_has_one_caret() -> None:
    assert rendered(Span(1, 5, 1, 5), "x = (") == "model.py:1:6: SG105 message\n    x = (\n         ^"


def test_control_characters_become_visible_and_carets_stay_in_place() -> None:
    assert rendered(Span(1, 11, 1, 12), "s = '\x1b[31'; x", message="a\x07b\nc") == (
        "model.py:1:12: SG105 a\\x07b\\nc\n    s = '\\x1b[31'; x\n                  ^"
    )


def test_bidirectional_characters_and_separators_become_visible() -> None:
    assert rendered(Span(1, 0, 1, 1), "x = '\u202e\u2028\ud800'") == (
        "model.py:1:1: SG105 message\n    x = '\\u202e\\u2028\\ud800'\n    ^"
    )


def test_tabs_and_wide_characters() -> None:
    assert rendered(Span(1, 6, 1, 7), "\tf('宽')\ty").splitlines()[1:] == ["    f('宽')    y", "          ^"]


def test_long_lines_are_cut_around_the_carets() -> None:
    line = "x = " + " + ".join(["a"] * 500)
    shown = rendered(Span(1, 1000, 1, 1001), line).splitlines()
    assert max(map(len, shown[1:])) <= 120
    assert shown[1].startswith("    ...") and shown[1].endswith("...")
    assert shown[1][shown[2].index("^")] == line[1000] == "a"


def test_attributes_are_those_of_a_syntax_error() -> None:
    with pytest.raises(SrcgradError) as caught:
        refuse("SG102", "message", Span(1, 4, 1, 9), Text("    a + b"), "hint")
    e = caught.value
    assert (e.code, e.filename, e.lineno, e.offset, e.end_lineno, e.end_offset) == ("SG102", "model.py", 1, 5, 1, 10)
    assert (e.text, e.hint) == ("    a + b", "hint")


def test_without_a_place() -> None:
    with pytest.raises(SrcgradError) as caught:
        refuse("SG101", "message", None, None, "hint")
    e = caught.value
    assert str(e) == "SG101 message\n    hint"
    assert (e.filename, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text) == (None,) * 6
    with pytest.raises(SrcgradError, match=r"^a\\x1b.py: SG107 is empty$"):
        refuse("SG107", "is empty", None, "a\x1b.py")


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (SrcgradTypeError, TypeError),
        (SrcgradValueError, ValueError),
        (SrcgradLookupError, LookupError),
        (SrcgradRuntimeError, RuntimeError),
        (SrcgradSyntaxError, ValueError),
    ],
)
def test_errors_are_what_a_caller_expects(error: type[SrcgradError], builtin: type[Exception]) -> None:
    assert issubclass(error, SrcgradError) and issubclass(error, builtin)
    e = error(Diagnostic("SG101", "message", Span(1, 0, 1, 1), "a.py", ("x",), "hint"))
    again = pickle.loads(pickle.dumps(e))
    assert type(again) is error and again.diagnostics == e.diagnostics and str(again) == str(e)


def test_all_refusals_are_raised_at_once_in_order_of_place() -> None:
    found, text = Collector(), Text("f(x)", "g(x)")
    found.raise_all()
    found.add("SG201", "second", Span(2, 0, 2, 4), text)
    found.add("SG201", "first", Span(1, 0, 1, 4), text, "hint")
    found.add("SG201", "second", Span(2, 0, 2, 4), text)
    with pytest.raises(SrcgradSyntaxError) as caught:
        found.raise_all()
    assert str(caught.value) == (
        "model.py:1:1: SG201 first\n    f(x)\n    ^^^^\n    hint\nmodel.py:2:1: SG201 second\n    g(x)\n    ^^^^"
    )
    assert [d.message for d in caught.value.diagnostics] == ["first", "second"]


def test_an_unknown_code_is_a_contradiction() -> None:
    with pytest.raises(AssertionError, match="SG999 is missing from the table of codes"):
        refuse("SG999", "message")


def test_every_code_is_explained() -> None:
    for code, (title, error, explanation) in CODES.items():
        assert code.startswith("SG") and len(code) == 5 and code[2:].isdigit()
        assert title and issubclass(error, SrcgradError) and explanation.endswith(".")
