"""Golden (iv): names of one side of a branch in nested loops, and the second derivative in reverse over reverse."""

import numpy as np


def upwind(u, k, steps):
    """Energy left of a wave that moves to the right, where it is positive, cell by cell.

    Shapes: u[m], k[]
    """
    u = u.copy()
    for n in range(steps):
        for i in range(1, len(u) - 1):
            if u[i] > 0.0:
                before = i - 1
                slope = u[i] - u[before]
                u[i] -= k * slope * slope
    return np.sum(u**2)
