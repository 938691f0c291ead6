"""A straight line through noisy points: the model of TensorFlow's tutorial on custom training, in plain NumPy."""

import numpy as np


def loss(weight: float, offset: float, x, y):
    """Mean squared distance of the points from the line.

    Shapes: x[n], y[n]
    """
    return np.mean((weight * x + offset - y) ** 2)
