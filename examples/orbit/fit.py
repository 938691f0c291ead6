"""Recover how a ball was thrown and what a planet feels from noisy positions; the gradients come from srcgrad.

    python examples/orbit/fit.py              # derivatives written while it runs
    python examples/orbit/fit.py --emitted    # the committed derivative modules, without importing srcgrad
"""

import argparse
from dataclasses import dataclass

import model
import numpy as np
from scipy.optimize import minimize

NOISE = 0.01


@dataclass(frozen=True)
class Problem:
    """What is to be recovered, where the search starts, and what the model is given beside it."""

    names: tuple[str, ...]
    truth: tuple[float, ...]
    guess: tuple[float, ...]
    bounds: tuple[tuple[float, float], ...]
    sightings: int
    settings: tuple


BALL = Problem(
    names=("speed along", "speed up", "share kept", "drag"),
    truth=(3.0, 4.0, 0.80, 0.05),
    guess=(2.5, 3.5, 0.70, 0.01),
    bounds=((0.0, 10.0), (0.0, 10.0), (0.1, 1.0), (0.0, 1.0)),
    sightings=60,
    settings=(0.005, 10),
)
PLANET = Problem(
    names=("speed x", "speed y", "pull", "drag"),
    truth=(0.0, 0.80, 1.0, 0.20),
    guess=(0.05, 0.75, 1.05, 0.05),
    bounds=((-2.0, 2.0), (-2.0, 2.0), (0.5, 2.0), (0.0, 2.0)),
    sightings=40,
    settings=(np.array([1.1, 0.0]), 0.01, 15),
)
PROBLEMS = {"ball": BALL, "planet": PLANET}


def positions_of_ball(theta, sightings, dt, every):
    """Where the ball is at each sighting."""
    vx, vy, kept, drag = theta
    state = 0.0, model.START_HEIGHT, vx, vy
    seen = []
    for _ in range(sightings):
        for _ in range(every):
            state = model.ball_step(*state, kept, drag, dt)
        seen.append(state[:2])
    return np.array(seen)


def positions_of_planet(theta, sightings, start, dt, every):
    """Where the planet is at each sighting."""
    vx, vy, pull, drag = theta
    state = start, np.array([vx, vy])
    seen = []
    for _ in range(sightings):
        for _ in range(every):
            state = model.planet_step(*state, pull, drag, dt)
        seen.append(state[0])
    return np.array(seen)


def observe(name, seed=0):
    """Noisy positions of the true motion."""
    problem = PROBLEMS[name]
    positions = {"ball": positions_of_ball, "planet": positions_of_planet}[name]
    exact = positions(problem.truth, problem.sightings, *problem.settings)
    return exact + np.random.default_rng(seed).normal(0.0, NOISE, exact.shape)


def gradients(emitted):
    """The function `(theta, observed, *settings) -> (value, gradient)` of each simulation."""
    if emitted:
        from ball_misfit_grad import ball_misfit_grad
        from planet_misfit_grad import planet_misfit_grad

        return {"ball": first_gradient(ball_misfit_grad), "planet": first_gradient(planet_misfit_grad)}
    import srcgrad

    misfits = {"ball": model.ball_misfit, "planet": model.planet_misfit}
    return {name: srcgrad.value_and_grad(misfit, wrt="theta") for name, misfit in misfits.items()}


def first_gradient(emitted):
    """An emitted function gives a tuple of gradients; the optimiser wants the only one there is."""

    def value_and_gradient(*args):
        value, (gradient,) = emitted(*args)
        return value, gradient

    return value_and_gradient


def fit(name, value_and_gradient, iterations, every=5):
    """Minimise the misfit, printing a line per `every` iterations; returns the parameters found."""
    problem = PROBLEMS[name]
    done = 0

    def report(intermediate_result):
        nonlocal done
        done += 1
        if done % every == 0:
            show(done, intermediate_result.fun, intermediate_result.x)

    def show(iteration, misfit, theta):
        shown = "  ".join(f"{word} {value:.4f}" for word, value in zip(problem.names, theta, strict=True))
        print(f"{name:6s} iteration {iteration:3d}  rms {np.sqrt(misfit):.5f}  {shown}", flush=True)

    found = minimize(
        value_and_gradient,
        np.array(problem.guess),
        args=(observe(name), *problem.settings),
        jac=True,
        method="L-BFGS-B",
        bounds=problem.bounds,
        callback=report,
        options={"maxiter": iterations},
    )
    show(found.nit, found.fun, found.x)
    return found.x


def main(arguments=None):
    """Recover the parameters of both simulations; returns them by name."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--emitted", action="store_true", help="use the committed derivative modules")
    parser.add_argument("--iterations", type=int, default=100)
    options = parser.parse_args(arguments)
    recovered = {}
    for name, value_and_gradient in gradients(options.emitted).items():
        recovered[name] = fit(name, value_and_gradient, options.iterations)
        for word, true, value in zip(PROBLEMS[name].names, PROBLEMS[name].truth, recovered[name], strict=True):
            print(f"{name:6s} {word:12s} true {true:7.4f}  recovered {value:7.4f}")
        print()
    return recovered


if __name__ == "__main__":
    main()
