"""Array updates under control flow: branches, loops that break, early returns, recursion, effects on arguments."""

import numpy as np
from case import case


def in_a_branch(x, s):
    y = x * s
    if y[0] > 0.3:
        y[1] *= y[2]
        y[0] = s
    else:
        y[2] = y[1] ** 2
    return y * y


def in_both_branches(x, s):
    y = x * s
    for k in range(6):
        if y[k] > 0:
            y[k] *= y[k]
        elif k % 2:
            y[k] -= s * y[0]
        else:
            y[k - 1], y[k] = y[k], y[k - 1]
    return y


def in_a_conditional_index(x, s):
    y = x * s
    y[0 if s > 0.5 else 1] *= y[2] if y[2] > 0 else y[3]
    return y


def while_with_break(x, s):
    y = x * 1.0
    n = 0
    while True:
        y[n % 6] *= s
        y[(n + 1) % 6] += y[n % 6] ** 2
        n += 1
        if np.sum(y * y) > 9.0 or n > 20:
            break
    return y


def while_with_continue(x, s):
    y = x * 1.0
    k = -1
    while k < 5:
        k += 1
        if y[k] < 0:
            y[k] *= -s
            continue
        y[k] **= 2
        y[k - 1] += y[k]
    return y


def loop_with_else(x, s):
    y = x * s
    for i in range(6):
        y[i] += s
        if y[i] > 100.0:
            break
    else:
        y[::2] *= y[1::2]
    return y


def break_out_of_two_loops(M, s):
    y = M * s
    done = False
    for i in range(3):
        for j in range(4):
            y[i, j] *= y[i, j - 1] + s
            if y[i, j] > 0.8:
                done = True
                break
        if done:
            y[i] += s
            break
        y[i + 1] += y[i]
    return y


def early_return(x, s):
    y = x * s
    y[0] *= y[1]
    if y[0] < 0:
        y[2:] = y[2:] ** 2
        return y
    y[2:] = s
    return y * y


def return_inside_a_loop(x, s):
    y = x * s
    for k in range(5):
        y[k + 1] += y[k] * s
        if y[k + 1] > 0.5:
            return y
        y[k] = y[k] ** 2
    return y * 2.0


def while_residual_is_large(x, s):
    y = x * 1.0
    residual = 1.0
    sweeps = 0
    while residual > 1e-1:
        before = y.copy()
        y[1:-1] = 0.5 * (y[:-2] + y[2:]) + s * y[1:-1] ** 2 * 0.01
        residual = np.max(np.abs(y - before))
        sweeps += 1
    return y * sweeps


def loop_over_rows(M, s):
    y = M * s
    for row in y:
        row *= row[0]
        row[1] = s
    return y


def loop_over_rows_with_index(M, x, s):
    y = M * 1.0
    for i, row in enumerate(y):
        row += x[i]
        for j, e in enumerate(row):
            row[j] = e * e * s
            e = 100.0
    return y


def loop_over_zipped_rows(M, s):
    a, b = M * 1.0, M * s
    for p, q in zip(a, b[::-1]):
        p *= q
        q += p
    return a, b


def loop_over_columns(M, s):
    y = M * s
    for column in y.T:
        column[1:] += column[:-1]
        column /= 1.0 + s
    return y * y


def loop_over_a_changing_array(x, s):
    """Elements are read when their turn comes, after earlier rounds have changed them."""
    y = x * 1.0
    total = 0.0
    for i, v in enumerate(y):
        total += v * v
        y[(i + 1) % 6] *= s
    return total + y[0]


def recursive_halving(x, s):
    y = x * 1.0
    halve(y, s, 0, len(y))
    return y


def halve(y, s, lo, hi):
    """Changes its part of the caller's array."""
    if hi - lo < 2:
        y[lo] *= s
        return
    mid = (lo + hi) // 2
    halve(y, s, lo, mid)
    halve(y, s, mid, hi)
    y[lo:mid] += y[mid:mid + mid - lo] * y[hi - 1]


def quicksort(x):
    y = x * x
    partition_and_sort(y, 0, len(y) - 1)
    return y * x


def partition_and_sort(a, lo, hi):
    if lo >= hi:
        return
    pivot = a[hi]
    i = lo
    for j in range(lo, hi):
        if a[j] < pivot:
            a[i], a[j] = a[j], a[i]
            i += 1
    a[i], a[hi] = a[hi], a[i]
    partition_and_sort(a, lo, i - 1)
    partition_and_sort(a, i + 1, hi)


def bubble_sort(x, s):
    y = x * s
    swapped = True
    while swapped:
        swapped = False
        for i in range(len(y) - 1):
            if y[i] > y[i + 1]:
                y[i], y[i + 1] = y[i + 1], y[i]
                swapped = True
    return y * x


def insertion_sort(x):
    a = x * x
    for i in range(1, len(a)):
        key = a[i]
        j = i - 1
        while j >= 0 and a[j] > key:
            a[j + 1] = a[j]
            j -= 1
        a[j + 1] = key
    return a * x


def inside_try(x, s):
    """The second store fails; the first has happened."""
    y = x * s
    try:
        y[0] *= y[1]
        y[17] = s
        y[2] = 100.0
    except IndexError:
        y[3] *= y[0]
    finally:
        y[4] = s
    return y * y


def inside_with(x, s):
    y = x * s
    with np.errstate(invalid="ignore"):
        y[:3] = np.sqrt(y[:3])
        y[np.isnan(y)] = s
    return y * y


def argument_changed(x, s):
    x *= s
    x[0] = x[1] * x[2]
    return np.sum(x * x)


def argument_is_the_result(x, s):
    x[1:] *= x[:-1] * s
    return x


def argument_changed_and_a_view_returned(M, s):
    M[0] *= s
    M[:, 1] = M[:, 0] ** 2
    return M[:2].T


def argument_changed_in_one_branch(x, s):
    if s > 0.5:
        x[:3] *= s
    return x * x


def argument_rebound_then_changed(x, s):
    """After the rebinding the caller's array is not the one that changes."""
    first = x[0]
    x = x * s
    x[0] *= x[1]
    return x * first


def argument_changed_then_rebound(x, s):
    x += s
    y = x
    x = x * x
    y[0] = 2.0
    return x * y


def two_arguments_changed(x, y, s):
    x += y * s
    y *= x
    x -= y
    return x, y


def results_that_share(x, s):
    """Two results, one a part of the other."""
    y = x * s
    y[2] *= y[1]
    return y, y[1:4], y[2]


def result_changed_after_a_copy_was_kept(x, s):
    y = x * s
    kept = y.copy()
    shared = y
    y *= y
    return kept, shared


def nothing_else_read(x, s):
    """The last store into a place is never read again."""
    y = x * s
    total = np.sum(y ** 2)
    y[0] = y[1] * 5.0
    y *= 3.0
    return total


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
S = 0.7
M = np.array([[0.5, -1.2, 0.8, 1.1], [0.9, 0.4, -0.6, 1.3], [-0.7, 1.5, 0.2, -0.3]])

CASES = [
    case(in_a_branch, X, S), case(in_a_branch, X, -S, label="other branch"), case(in_both_branches, X, S),
    case(in_a_conditional_index, X, S), case(while_with_break, X, 1.3), case(while_with_continue, X, S),
    case(loop_with_else, X, S), case(break_out_of_two_loops, M, S), case(early_return, X, S),
    case(early_return, -X, 1.0 + S, label="the same way"), case(early_return, np.abs(X), S, label="to the end"),
    case(return_inside_a_loop, X, S), case(while_residual_is_large, X, S), case(loop_over_rows, M, S),
    case(loop_over_rows_with_index, M, X, S), case(loop_over_zipped_rows, M, S), case(loop_over_columns, M, S),
    case(loop_over_a_changing_array, X, S), case(recursive_halving, X, S), case(quicksort, X),
    case(bubble_sort, X, S), case(insertion_sort, X), case(inside_try, X, S), case(inside_with, X, S),
    case(argument_changed, X, S), case(argument_is_the_result, X, S), case(argument_changed_and_a_view_returned, M, S),
    case(argument_changed_in_one_branch, X, S),
    case(argument_changed_in_one_branch, X, 0.3, label="unchanged", zero=(1,)),
    case(argument_rebound_then_changed, X, S), case(argument_changed_then_rebound, X, S),
    case(two_arguments_changed, X, X[::-1] * 0.9, S), case(results_that_share, X, S),
    case(result_changed_after_a_copy_was_kept, X, S), case(nothing_else_read, X, S),
]  # fmt: skip
