"""Write readings.csv: what thermocouples along the rod read while two stretches of it are heated, with their noise.

    python examples/heat_source/make_readings.py
"""

from pathlib import Path

import numpy as np

CELLS = 50
SENSORS = (3, 8, 14, 19, 25, 31, 36, 41, 46)
STEPS, EVERY, DT = 10_000, 200, 2.0
NOISE = 0.05  # K
AMBIENT, CAPACITY, COLD, SOFTENING, LOSS = 20.0, 3.6e6, 45.0, 2.0e-3, 3000.0  # as in py


def true_source(cells=CELLS):
    """A broad and a narrow heated stretch, in kW/m3."""
    x = (np.arange(cells) + 0.5) / cells
    return 120.0 * np.exp(-(((x - 0.3) / 0.08) ** 2)) + 70.0 * np.exp(-(((x - 0.72) / 0.05) ** 2))


def temperatures(source):
    """The rod at every reading."""
    warmth = np.zeros(len(source))
    found = []
    dx = 1.0 / len(source)
    for step in range(1, STEPS + 1):
        conductivity = COLD * (1.0 - SOFTENING * 0.5 * (warmth[1:] + warmth[:-1]))
        flow = DT / (CAPACITY * dx * dx) * conductivity * (warmth[1:] - warmth[:-1])
        warmth = warmth + DT / CAPACITY * (1000.0 * source - LOSS * warmth)
        warmth[:-1] += flow
        warmth[1:] -= flow
        if step % EVERY == 0:
            found.append(AMBIENT + warmth)
    return np.array(found)


def main():
    read = temperatures(true_source())[:, SENSORS]
    read = read + np.random.default_rng(3).normal(0.0, NOISE, read.shape)
    rows = [f"# every {EVERY} steps of {DT} s; cells {' '.join(map(str, SENSORS))} of {CELLS}; degrees Celsius"]
    rows += [",".join(["seconds", *(f"cell {n}" for n in SENSORS)])]
    for k, row in enumerate(read):
        rows.append(",".join([f"{(k + 1) * EVERY * DT:.0f}", *(f"{value:.2f}" for value in row)]))
    (Path(__file__).parent / "readings.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
