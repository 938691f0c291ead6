"""Find where a rod is heated from the temperatures along it: 10,000 steps of a heat equation, in bounded memory.

    python examples/heat_source/fit.py                      # derivatives written while it runs
    python examples/heat_source/fit.py --emitted            # the committed derivative module, without importing srcgrad
    python examples/heat_source/fit.py --plot misfit.png    # also draw misfit and source (SVG without matplotlib)
"""

import argparse
from pathlib import Path

import numpy as np
from plot import draw
from scipy.optimize import minimize

READINGS = Path(__file__).parent / "readings.csv"
SMOOTHNESS = 2.0e-6  # K^2 per squared difference of neighbouring cells, in kW/m3


def read():
    """The readings, the cells they were taken in, the number of cells, and the steps and seconds between them."""
    words = READINGS.read_text(encoding="utf-8").partition("\n")[0].replace(";", " ").split()
    every, dt = int(words[words.index("every") + 1]), float(words[words.index("of") + 1])
    first, last = words.index("cells") + 1, words.index("of", words.index("cells"))
    table = np.loadtxt(READINGS, delimiter=",", skiprows=2)
    return table[:, 1:], np.array(words[first:last], dtype=int), int(words[last + 1]), dt, every


def gradient_of_misfit(emitted):
    """The function `(source, readings, sensors, dt, every, snapshots) -> (value, gradient)`."""
    if emitted:
        from misfit_grad import misfit_grad

        def value_and_gradient(*args):
            value, (gradient,) = misfit_grad(*args)
            return value, gradient

        return value_and_gradient
    import model

    import srcgrad

    return srcgrad.value_and_grad(model.misfit, wrt="source")


def fit(value_and_gradient, iterations, snapshots, rows=None):
    """Minimise the misfit and the roughness; returns the source and the misfit of every iteration, in K."""
    readings, sensors, cells, dt, every = read()
    readings = readings[:rows]
    history = []

    def objective(source):
        value, gradient = value_and_gradient(source, readings, sensors, dt, every, snapshots)
        steps = np.diff(source)
        rough = np.concatenate([[0.0], steps]) - np.concatenate([steps, [0.0]])
        objective.latest = np.sqrt(value)
        return value + SMOOTHNESS * np.sum(steps**2), gradient + 2.0 * SMOOTHNESS * rough

    def report(intermediate_result):
        history.append(float(objective.latest))
        if len(history) % 5 == 0:
            print(f"iteration {len(history):3d}  rms {history[-1]:.4f} K", flush=True)

    found = minimize(
        objective, np.full(cells, 20.0), jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * cells, callback=report,
        options={"maxiter": iterations, "maxcor": 30, "ftol": 1e-12, "gtol": 1e-9},
    )  # fmt: skip
    print(f"iteration {len(history):3d}  rms {history[-1]:.4f} K")
    return found.x, history


def main(arguments=None):
    """Recover the source; returns it, and the misfit of every iteration."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--emitted", action="store_true", help="use the committed derivative module")
    parser.add_argument("--iterations", type=int, default=40)
    parser.add_argument("--snapshots", type=int, default=30, help="states that are kept of the 10,000")
    parser.add_argument("--rows", type=int, help="readings to use, of all 50")
    parser.add_argument("--plot", type=Path, help="draw the misfit and the source into this file")
    options = parser.parse_args(arguments)
    gradient = gradient_of_misfit(options.emitted)
    source, history = fit(gradient, options.iterations, options.snapshots, options.rows)
    for cell in range(0, len(source), 5):
        print(f"cell {cell:2d}  {source[cell]:6.1f} kW/m3  {'#' * int(source[cell] / 3.0)}")
    if options.plot is not None:
        print(f"drawn into {draw(history, source, options.plot)}")
    return {"source": source, "history": history}


if __name__ == "__main__":
    main()
