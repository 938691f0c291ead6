"""`try`, `except`, `else`, `finally`: which way the program goes is found out when it runs."""

from __future__ import annotations

import contextlib
import math

import numpy as np
from case import case


def written_by_position(x):
    """What a `try` tries must be there to try again."""
    a = x * 1.0
    try:
        np.negative(a[0:2], a[1:3])
    except IndexError:
        a[0] = 1.0
    return np.sum(a * x)


def raised(v):
    w = v
    w += 1.0
    return w[0]


def changed_by_a_helper(x):
    a = x * 1.0
    try:
        b = raised(a)
    except IndexError:
        b = a[0]
    return np.sum(a * x) * b


def mean_square(v):
    total = 0.0
    for e in v:
        total += e * e
    return total / len(v)


def sum_of_a_helper(x):
    try:
        b = mean_square(x) * x[5]
    except IndexError:
        b = mean_square(x)
    return b * x[0]


X = np.array([0.6, -1.1, 1.7])


def past_the_end(x):
    try:
        y = x[7]
    except IndexError:
        y = x[0] * x[1]
    finally:
        z = x[2]
    return y * z


def ratio(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        return a * 3.0 + b


def log_or_zero(values):
    total = 0.0
    for v in values:
        try:
            total = total + math.log(v)
        except ValueError:
            total = total - v * v
    return total


def skipping(values):
    total = 1.0
    for v in values:
        try:
            w = math.sqrt(v)
        except ValueError:
            continue
        total = total * w
    return total


def inverse(x):
    if x == 0.0:
        raise ZeroDivisionError("no inverse")
    return 1.0 / x


def by_a_helper(a, b):
    try:
        y = inverse(b)
    except ZeroDivisionError:
        y = b + 2.0
    else:
        y = y * a
    return y * a


def half_done(a, b):
    scale = a
    try:
        scale = scale * 2.0
        y = scale / b
        y = y + 1.0
    except ZeroDivisionError:
        y = scale * scale
    return y * scale


def by_type(table, key, a):
    try:
        found = table[key] * math.sqrt(a)
    except KeyError:
        found = a * a
    except (ValueError, TypeError) as error:
        found = a**3 if "domain" in str(error) else a
    return found


def nested(a, b):
    try:
        try:
            y = a / b
        except IndexError:
            y = a
    except ZeroDivisionError:
        y = 5.0 * a
    return y * y


def branches(a, b):
    try:
        if a > 1.0:
            y = a / b
        else:
            y = math.sqrt(a - 1.0)
        z = y * a
    except ZeroDivisionError:
        return a * 2.0
    except ValueError:
        z = b * a
    return z * z


def stops_at_the_first(values):
    total = 0.0
    try:
        for v in values:
            total = total + math.log(v)
    except ValueError:
        total = total * 2.0
    return total


def raised_again(a, b):
    try:
        y = a / b
    except ZeroDivisionError:
        if a > 100.0:
            raise
        y = a
    return y * y


def finished_anyway(values):
    total = 0.0
    for v in values:
        try:
            if v < 0.0:
                continue
            total = total + v * v
        finally:
            total = total + v
    return total


def stored(x):
    y = np.zeros(3)
    for i in range(3):
        try:
            y[i] = 1.0 / float(x[i])
        except ZeroDivisionError:
            y[i] = x[i] + 2.0 * x[0]
    return np.sum(y * y)


def solved(a, b):
    try:
        y = np.linalg.solve(a, b)
    except np.linalg.LinAlgError:
        y = b * a[0]
    return np.sum(y)


def checked_root(a, b):
    """What the block itself raises."""
    try:
        if a < b:
            raise ValueError(f"{a} is less than {b}")
        y = math.sqrt(a - b) * a
    except ValueError as e:
        print("no root:", e)
        y = a * b
    return y * b


class NotConverged(Exception):
    pass


def newton(a: float, x: float):
    for _ in range(3):
        if abs(x) < 1e-3:
            raise NotConverged(x)
        x = x - (x * x - a) / (2.0 * x)
    return x


def from_another_start(a: float, x: float):
    try:
        y = newton(a, x)
    except NotConverged:
        y = newton(a, x + a)
    return y * a


def until_it_is_small(a, b):
    y = a
    try:
        while True:
            y = y * b
            assert y > 0.2, "small"
    except AssertionError:
        y = y * y * a
    return y


def stored_while_it_fits(x, s):
    y = np.zeros(4)
    n = 0
    try:
        while n < 10:
            y[n] = s * x[n % 3] * y[n - 1] + x[0]
            n += 1
        y[:3] = 0.0
    except (IndexError, ValueError):
        y[0] *= s
    try:
        y[:2] = x[:3]
    except ValueError:
        y[1:] = x * s
    return y * y[0]


def finally_around_a_loop(x):
    """A `break` of the loop inside does not leave what `finally` is about."""
    y, total = x * 1.0, 0.0
    for k in range(3):
        try:
            for v in y:
                total = total + v * v
                if v > 1.0:
                    break
            else:
                continue
            if k == 1:
                break
        finally:
            total = total * y[0]
            y *= 1.3
    return total


def factors(x, s):
    """What is unpacked is tried as a whole; the handler is for none of the errors of an unpacking."""
    try:
        w, v = np.linalg.eigh(np.outer(x, x) + s * np.diag([1.0, 2.0, 4.0]))
        p, (q, *rest) = x[0] * (1.0 / s), x
    except (np.linalg.LinAlgError, ZeroDivisionError):
        w, v, p, q, rest = x, np.eye(3), x[1], 2.0, x
    return np.sum(w * v[:, 0] ** 2) * p + q * rest[0]


def raised_after_a_change(x, s):
    """What ran before the `raise` has happened when the handler runs."""
    b = x * 1.0
    try:
        b[0] *= s
        raise ValueError("again")
    except ValueError:
        b[1] = s * s
    finally:
        b[2] *= 2.0
    try:
        y = b[0] * s
        raise KeyError("y")
    except KeyError:
        y = y * b[1]
    return np.sum(b * x) + y


def weighted_mean(values, weights, mean=None):
    """What goes wrong is shown and goes on; until then it is as if there were no `try`."""
    try:
        found = np.dot(weights, values) if mean is None else mean(values, weights)
    except Exception:
        print(values)
        raise
    return found


def shown_and_raised_again(values, weights):
    total = 0.0
    for k in range(2):
        try:
            total = total + weighted_mean(values, weights) / (k + 1)
        except ZeroDivisionError as e:
            raise e
        except ValueError:
            raise
        else:
            total = total * weights[0]
        finally:
            weights = weights * values
    return total + weighted_mean(values, weights, lambda v, w: np.sum(v * w) / np.sum(w**2))


@contextlib.contextmanager
def scaled_after(values, s):
    try:
        yield
    finally:
        values[0] = values[0] * s


def root(v):
    if v < 0.0:
        raise ValueError("below zero")
    return v**0.5


def finished_before_it_is_caught(x, s):
    """What `finally` does comes before what the outer `try` does about the exception, and where there is none."""
    held = [x[0], x[1]]
    y = s
    try:
        for k in range(3):
            try:
                y = y * root(x[k])
            except KeyError:
                y = 0.0 * y
            finally:
                y = y * 2.0
                held[0] = held[0] * y
    except ValueError:
        y = y * held[0]
    with contextlib.suppress(ValueError):
        try:
            y = y * root(-s)
        finally:
            y = y + s * s
    try:
        with scaled_after(held, s):
            held[1] = held[1] * root(x[0])
    except ValueError:
        y = y * s
    try:
        try:
            y = y * root(x[1])
        except ValueError:
            raise KeyError("another") from None
        finally:
            y = y * held[0]
    except KeyError:
        y = y * x[2]
    return y * held[0] * held[1]


CASES = [
    case(finished_before_it_is_caught, np.array([0.6, -1.1, 1.7]), 0.7),
    case(finished_before_it_is_caught, np.array([0.6, 1.1, 1.7]), 0.7, label="none raised"),
    case(shown_and_raised_again, X, 0.4 * X[::-1]),
    case(raised_after_a_change, np.array([0.6, 1.3, 0.8]), 0.7),
    case(finally_around_a_loop, np.array([0.3, 0.6, 0.9])),
    case(factors, X, 0.7), case(factors, X, 0.0, wrt=0, label="fails"),
    case(checked_root, 2.0, 0.7), case(checked_root, 0.7, 2.0, label="fails"),
    case(from_another_start, 2.0, 1.1), case(from_another_start, 2.0, 0.0, wrt=0, label="fails"),
    case(until_it_is_small, 1.3, 0.6), case(stored_while_it_fits, np.array([0.8, -0.5, 1.1]), 0.7),
    case(past_the_end, X),
    case(ratio, 2.0, 3.0),
    case(ratio, 2.0, 0.0, wrt=0, label="fails"),
    case(log_or_zero, np.array([0.5, -2.0, 3.0])),
    case(skipping, np.array([0.5, -2.0, 3.0])),
    case(by_a_helper, 2.0, 3.0),
    case(by_a_helper, 2.0, 0.0, wrt=0, label="fails"),
    case(half_done, 2.0, 3.0),
    case(half_done, 2.0, 0.0, wrt=0, label="fails"),
    case(by_type, {"k": 2.0}, "k", 1.5, wrt=2),
    case(by_type, {"k": 2.0}, "other", 1.5, wrt=2, label="no key"),
    case(by_type, {"k": 2.0}, "k", -1.5, wrt=2, label="no root"),
    case(nested, 2.0, 3.0),
    case(nested, 2.0, 0.0, wrt=0, label="fails"),
    case(branches, 2.0, 3.0),
    case(branches, 2.0, 0.0, wrt=0, label="no ratio"),
    case(branches, 0.5, 3.0, label="no root"),
    case(stops_at_the_first, np.array([0.5, 2.0, -3.0, 4.0])),
    case(raised_again, 2.0, 3.0),
    case(raised_again, 2.0, 0.0, wrt=0, label="fails"),
    case(finished_anyway, np.array([0.5, -2.0, 3.0])),
    case(stored, X),
    case(solved, np.array([[2.0, 0.3], [0.1, 1.0]]), np.array([1.0, 2.0])),
    case(solved, np.zeros((2, 2)), np.array([1.0, 2.0]), wrt=1, label="singular"),
    case(written_by_position, X),
    case(changed_by_a_helper, X),
    case(sum_of_a_helper, X),
]  # fmt: skip
