"""A rod that is heated from inside, in plain NumPy: the misfit between its computed and its measured temperatures."""

import numpy as np

import srcgrad


def misfit(source, readings, sensors, dt: float, every: int, snapshots: int):
    """Mean squared difference between the rod and what its sensors read, in K^2.

    `source` is the heating in each cell, in kW/m3; `sensors` are the cells with a thermocouple, read every `every`
    steps of `dt` seconds.  States are kept before `snapshots` of the steps.

    Shapes: source[n], readings[m, s], sensors[s]
    """
    ambient = 20.0  # degrees Celsius
    capacity = 3.6e6  # J / (m3 K), steel
    cold = 45.0  # W / (m K), what it conducts at ambient temperature
    softening = 2.0e-3  # 1 / K: how much less it conducts when it is hot
    loss = 3000.0  # W / (m3 K), to the air
    dx = 1.0 / len(source)  # m
    warmth = np.zeros_like(source)  # above ambient
    total = 0.0
    for step in srcgrad.checkpoint(range(1, len(readings) * every + 1), snapshots=snapshots):
        conductivity = cold * (1.0 - softening * 0.5 * (warmth[1:] + warmth[:-1]))
        flow = dt / (capacity * dx * dx) * conductivity * (warmth[1:] - warmth[:-1])
        warmth = warmth + dt / capacity * (1000.0 * source - loss * warmth)
        warmth[:-1] += flow
        warmth[1:] -= flow
        if step % every == 0:
            total = total + np.sum((ambient + warmth[sensors] - readings[step // every - 1]) ** 2)
    return total / (len(readings) * len(sensors))
