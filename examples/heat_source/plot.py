"""The misfit of every iteration and the source found: by matplotlib, or as an SVG where that is not installed."""

from pathlib import Path

import numpy as np

WIDTH, HEIGHT, MARGIN = 360, 240, 48


def draw(history, source, path):
    """Write the plot; returns the file that was written."""
    try:
        import matplotlib
    except ImportError:
        path = path.with_suffix(".svg")
        path.write_text(svg(history, source), encoding="utf-8")
        return path
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
    left.semilogy(range(1, len(history) + 1), history)
    left.set(xlabel="iteration", ylabel="misfit, K")
    right.step(np.linspace(0.0, 1.0, len(source)), source)
    right.set(xlabel="along the rod, m", ylabel="source, kW/m3")
    figure.savefig(Path(path))
    pyplot.close(figure)
    return path


def svg(history, source):
    """The same two curves as text."""
    rms = np.log10(history)
    curves = [
        ("iteration", "misfit, K (logarithmic)", rms, (min(history), max(history))),
        ("along the rod, m", "source, kW/m3", np.asarray(source), (min(source), max(source))),
    ]
    frame = f'width="{2 * WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="11"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>']
    for k, (along, up, values, ends) in enumerate(curves):
        x = MARGIN + k * WIDTH + np.linspace(0.0, WIDTH - 2 * MARGIN, len(values))
        span = np.ptp(values) or 1.0
        y = HEIGHT - MARGIN - (values - np.min(values)) / span * (HEIGHT - 2 * MARGIN)
        points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
        parts += [
            f'<polyline fill="none" stroke="black" points="{points}"/>',
            f'<text x="{x[0]:.0f}" y="{HEIGHT - MARGIN / 2:.0f}">{along}</text>',
            f'<text x="{x[0]:.0f}" y="{MARGIN / 2:.0f}">{up}</text>',
            f'<text x="{x[0] - 44:.0f}" y="{HEIGHT - MARGIN:.0f}">{ends[0]:.3g}</text>',
            f'<text x="{x[0] - 44:.0f}" y="{MARGIN:.0f}">{ends[1]:.3g}</text>',
        ]  # fmt: skip
    return "\n".join([*parts, "</svg>"]) + "\n"
