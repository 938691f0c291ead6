"""One fit by each of the four names of TensorFlow: the same gradients, from the same machinery.

    python examples/tensorflow_names/fit.py              # derivatives written while it runs
    python examples/tensorflow_names/fit.py --emitted    # the committed derivative module, without importing srcgrad

The data are those of TensorFlow's tutorial on custom training: a thousand points around the line 3 x + 2.
"""

import argparse

import model
import numpy as np

RATE, STEPS = 0.1, 60


def load_data(points=1000, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=points)
    return x, 3.0 * x + 2.0 + rng.normal(size=points)


def by_names():
    """`(weight, offset, x, y) -> gradients` by each of the four."""
    import srcgrad

    listed = srcgrad.value_and_grads(lambda weight, offset, x, y: model.loss(weight, offset, x, y))
    chosen = srcgrad.value_and_gradients_function(model.loss, params=["weight", "offset"])

    def by_tape(weight, offset, x, y):
        with srcgrad.GradientTape() as tape:
            tape.watch([weight, offset])
            residuals = weight * x + offset - y
            loss = np.mean(residuals**2)
        return tape.gradient(loss, [weight, offset])

    @srcgrad.function
    def by_gradients(weight, offset, x, y):
        loss = model.loss(weight, offset, x, y)
        return srcgrad.gradients(loss, [weight, offset])

    return {
        "value_and_grads": lambda *args: listed(args).grads[:2],
        "value_and_gradients_function": lambda *args: chosen(*args)[1],
        "GradientTape": by_tape,
        "gradients": by_gradients,
    }


def emitted():
    from loss_grad import loss_grad

    return {"loss_grad.py": lambda *args: loss_grad(*args)[1]}


def fit(gradients, x, y):
    """Steps of descent from the tutorial's start."""
    weight, offset = 5.0, 0.0
    for _ in range(STEPS):
        d_weight, d_offset = gradients(weight, offset, x, y)
        weight, offset = weight - RATE * d_weight, offset - RATE * d_offset
    return float(weight), float(offset)


def main(arguments=None):
    """Fit by each name; returns the weight and offset each finds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--emitted", action="store_true", help="use the committed derivative module")
    options = parser.parse_args(arguments)
    x, y = load_data()
    found = {}
    for name, gradients in (emitted() if options.emitted else by_names()).items():
        found[name] = fit(gradients, x, y)
        print(f"{name:30s} weight {found[name][0]:.12f}  offset {found[name][1]:.12f}")
    return found


if __name__ == "__main__":
    main()
