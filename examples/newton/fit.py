"""Fit a classifier of tumours by Newton's method with conjugate gradients, and by L-BFGS beside it.

    python examples/newton/fit.py                        # derivatives written while it runs
    python examples/newton/fit.py --emitted              # the committed derivative modules, without importing srcgrad
    python examples/newton/fit.py --plot convergence.png # needs matplotlib

Newton's method never forms the Hessian: `scipy.optimize` asks for its products with directions, and each costs about as
much as two gradients.  The features are left strongly correlated, as measured, which L-BFGS has to learn step by step.
"""

import argparse
import time

import model
import numpy as np
from scipy.optimize import minimize
from sklearn.datasets import load_breast_cancer

DECAY = 1e-5


def load_data():
    """Standardised measurements with a column of ones, and labels 0 and 1."""
    measured, labels = load_breast_cancer(return_X_y=True)
    scaled = (measured - measured.mean(axis=0)) / measured.std(axis=0)
    return np.column_stack([scaled, np.ones(len(scaled))]), labels.astype(float)


def derivatives(emitted):
    """`(value, gradient)` of the loss, and its Hessian times a direction."""
    if emitted:
        from loss_grad import loss_grad
        from loss_grad_jvp import loss_grad_jvp

        def value_and_gradient(theta, *args):
            value, (gradient,) = loss_grad(theta, *args)
            return value, gradient

        def product(theta, direction, *args):
            _, (_, (along,)) = loss_grad_jvp(theta, *args, t_theta=direction)
            return along

        return value_and_gradient, product
    import srcgrad

    hessian_times = srcgrad.hvp(model.loss, wrt="theta")

    def product(theta, direction, *args):
        return hessian_times(theta, *args, direction)

    return srcgrad.value_and_grad(model.loss, wrt="theta"), product


class Run:
    """One minimisation: the loss after each iteration, and the gradients and products it took so far."""

    def __init__(self, name, value_and_gradient, product):
        self.name, self.losses, self.costs = name, [], []
        self.gradients = self.products = 0
        self.value_and_gradient, self.product = value_and_gradient, product

    def evaluated(self, theta, *args):
        self.gradients += 1
        return self.value_and_gradient(theta, *args)

    def multiplied(self, theta, direction, *args):
        self.products += 1
        return self.product(theta, direction, *args)

    def minimise(self, data, iterations):
        args = (*data, DECAY)
        options = {"maxiter": iterations}
        words = {}
        if self.name == "Newton-CG":
            words["hessp"], options["xtol"] = self.multiplied, 1e-10
        else:
            options |= {"ftol": 1e-15, "gtol": 1e-9, "maxfun": 10 * iterations}

        def note(intermediate_result):
            self.losses.append(float(intermediate_result.fun))
            self.costs.append(self.gradients + 2 * self.products)

        began = time.perf_counter()
        start = np.zeros(data[0].shape[1])
        found = minimize(self.evaluated, start, args, self.name, jac=True, callback=note, options=options, **words)
        seconds = time.perf_counter() - began
        print(
            f"{self.name:10s} {len(self.losses):4d} iterations  {self.gradients:4d} gradients"
            f"  {self.products:4d} products  {seconds:.2f} s  loss {found.fun:.10f}"
        )
        return found


def plot(runs, best, path):
    """The distance to the smallest loss of all, against iterations, and against work in gradients."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 4), sharey=True, layout="constrained")
    for run in runs:
        above = np.maximum(np.array(run.losses) - best, 1e-16)
        left.semilogy(range(1, len(above) + 1), above, ".-", label=run.name)
        right.semilogy(run.costs, above, ".-", label=run.name)
    left.set(xlabel="iterations", ylabel="loss above the smallest one", xscale="log")
    right.set(xlabel="work, in gradients (a product is two)")
    left.legend()
    figure.savefig(path)


def main(arguments=None):
    """Fit by both methods; returns the loss each reaches, its iterations, and the distance between the parameters."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--emitted", action="store_true", help="use the committed derivative modules")
    parser.add_argument("--iterations", type=int, default=3000)
    parser.add_argument("--plot", help="write a picture of the losses to this file")
    options = parser.parse_args(arguments)
    data = load_data()
    value_and_gradient, product = derivatives(options.emitted)
    runs = [Run(name, value_and_gradient, product) for name in ("Newton-CG", "L-BFGS-B")]
    found = [run.minimise(data, options.iterations) for run in runs]
    best = min(f.fun for f in found)
    if options.plot:
        plot(runs, best, options.plot)
    right = np.mean((data[0] @ found[0].x > 0.0) == (data[1] > 0.5))
    print(f"{right:.4f} of the tumours on the right side")
    return {
        "losses": {run.name: float(f.fun) for run, f in zip(runs, found, strict=True)},
        "iterations": {run.name: len(run.losses) for run in runs},
        "right": float(right),
    }


if __name__ == "__main__":
    main()
