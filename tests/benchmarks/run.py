"""Print every figure: `python -m tests.benchmarks.run [--rounds N] [--only SECTIONS]`.

The sections are imports, transform, call, gradients, kernels and jacobians, separated by commas.
"""

from __future__ import annotations

import argparse
import platform
from collections.abc import Callable

from . import figures, jacobians, peers

SECTIONS: dict[str, Callable[[int], None]] = {
    "imports": figures.imports,
    "transform": figures.transform,
    "call": figures.call_overhead,
    "gradients": figures.gradients,
    "kernels": figures.of_kernels,
    "jacobians": jacobians.report,
}


def main() -> None:
    """Run the sections asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="samples per figure; medians are printed")
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, separated by commas")
    options = parser.parse_args()
    chosen = options.only.split(",")
    for name in chosen:
        if name not in SECTIONS:
            parser.error(f"no section {name!r}; there are {', '.join(SECTIONS)}")
    print(f"Python {platform.python_version()}, {figures.versions()}")
    print(f"CPU time, one thread, medians of {options.rounds}")
    for name in peers.missing():
        print(f"note: {name} is not installed, so it is left out")
    for name in chosen:
        print()
        SECTIONS[name](options.rounds)


if __name__ == "__main__":
    main()
