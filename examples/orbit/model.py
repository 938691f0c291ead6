"""Two simulations in plain Python and NumPy, each with its misfit to observed positions: a ball and a planet."""

import math

import numpy as np

GRAVITY = 9.81
START_HEIGHT = 1.5


def ball_step(x, y, vx, vy, kept, drag, dt: float):
    """Position and speed of the ball one step later; a bounce falls inside the step and keeps a share of the speed."""
    resistance = drag * math.sqrt(vx * vx + vy * vy)
    fall = GRAVITY + resistance * vy
    vx = vx - dt * resistance * vx
    x = x + dt * vx
    ahead = vy - dt * fall
    if y + dt * ahead < 0.0:
        hit = -y / ahead  # the time to the ground; the rest of the step goes up again
        vy = -kept * (vy - hit * fall) - (dt - hit) * fall
        y = (dt - hit) * vy
    else:
        vy = ahead
        y = y + dt * vy
    return x, y, vx, vy


def ball_misfit(theta, observed, dt: float, every: int):
    """Mean squared distance between a thrown ball, which bounces and feels the air, and where it was seen.

    `theta` holds the horizontal and vertical speed at the start, the share of speed that a bounce keeps, and the
    drag; the ball was seen every `every` steps of length `dt`.

    Shapes: theta[4], observed[m, 2]
    """
    vx, vy, kept, drag = theta
    x = 0.0
    y = START_HEIGHT
    total = 0.0
    for step in range(1, len(observed) * every + 1):
        x, y, vx, vy = ball_step(x, y, vx, vy, kept, drag, dt)
        if step % every == 0:
            seen = observed[step // every - 1]
            total = total + (x - seen[0]) ** 2 + (y - seen[1]) ** 2
    return total / len(observed)


def planet_step(position, velocity, pull, drag, dt: float):
    """Position and speed of the planet one step later; inside radius 1 a cloud slows it down, most at the centre."""
    radius = np.sqrt(np.sum(position**2))
    velocity = velocity - dt * pull * position / radius**3
    if radius < 1.0:
        velocity = velocity * (1.0 - dt * drag * (1.0 - radius))
    return position + dt * velocity, velocity


def planet_misfit(theta, observed, start, dt: float, every: int):
    """Mean squared distance between a planet, which a cloud around its star slows down, and where it was seen.

    `theta` holds both components of the speed at the start, the pull of the star, and the drag of the cloud; the
    planet starts at `start`, and was seen every `every` steps of length `dt`.

    Shapes: theta[4], observed[m, 2], start[2]
    """
    position = start
    velocity = theta[:2]
    pull = theta[2]
    drag = theta[3]
    total = 0.0
    for step in range(1, len(observed) * every + 1):
        position, velocity = planet_step(position, velocity, pull, drag, dt)
        if step % every == 0:
            total = total + np.sum((position - observed[step // every - 1]) ** 2)
    return total / len(observed)
