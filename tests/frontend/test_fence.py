"""The fence: every construct outside the language is refused by its name, all of a function at once."""

from __future__ import annotations

from tests.passes import becomes, refused


def test_all_at_once() -> None:
    becomes(
        refused,
        """
            def f(x):
                global counter
                with open("log") as log:
                    x = x + 1
                try:
                    x = x * next(x)
                except ValueError:
                    pass
                return eval("x")
        """,
        """
            SG205 writing a global cannot be differentiated
            SG209 `with` cannot be differentiated
            SG208 `try` cannot be differentiated here: `next` does more than give a value
            SG215 `eval` cannot be differentiated: what it does is not in the source
        """,
    )


def test_asynchronous() -> None:
    becomes(
        refused,
        """
            async def f(x):
                async for v in x:
                    pass
                return await x
        """,
        """
            SG202 an asynchronous function cannot be differentiated
            SG202 an asynchronous loop cannot be differentiated
            SG202 `await` cannot be differentiated
        """,
    )


def test_generators() -> None:
    becomes(
        refused,
        """
            def f(x):
                for v in x:
                    w = yield v
        """,
        """
            SG203 a generator function cannot be differentiated
        """,
    )


def test_classes_and_enclosing_names() -> None:
    becomes(
        refused,
        """
            def f(x):
                class Point:
                    pass
                def g():
                    nonlocal x
                    import math as x
                return x
        """,
        """
            SG204 a class defined inside a function cannot be differentiated
            SG206 `nonlocal` cannot be differentiated where `x` is bound like this
        """,
    )


def test_effects_that_cannot_be_seen() -> None:
    becomes(
        refused,
        """
            def f(x):
                setattr(x, "a" + "b", 1)
                exec("x = 2")
                vars(x)
                return locals()
        """,
        """
            SG215 `setattr` cannot be differentiated: what it does is not in the source
            SG215 `exec` cannot be differentiated: what it does is not in the source
            SG215 `vars` cannot be differentiated: what it does is not in the source
            SG215 `locals` cannot be differentiated: what it does is not in the source
        """,
    )


def test_what_is_inside_the_fence() -> None:
    becomes(
        refused,
        """
            import functools

            def f(x):
                assert x > 0, f"{x} is negative"
                print(x)
                return x
        """,
        """
            not refused
        """,
    )
