"""`srcgrad`: the commands and their options; what they do is in `commands`."""

from __future__ import annotations

from pathlib import Path

import click

from srcgrad.version import __version__

from . import commands

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="srcgrad")
def main() -> None:
    """Derivatives of plain NumPy programs, as readable Python source."""


@main.command()
@click.argument("where", metavar="FILE.py:FUNCTION")
@click.option("--wrt", default="", metavar="X,Y", help="Parameters to differentiate; default: all that can be.")
@click.option("--mode", type=click.Choice(["reverse", "forward"]), default="reverse", show_default=True)
@click.option("--target", type=click.Choice(["numpy"]), default="numpy", show_default=True)
@click.option("-o", "--output", default="-", metavar="OUT", help="The file to write; - is standard output.")
@click.option("--use-runtime", is_flag=True, help="Import the helpers from srcgrad.runtime instead of copying them in.")
@click.option("--force", is_flag=True, help="Overwrite a file that srcgrad did not write, or that was edited by hand.")
def emit(where: str, wrt: str, mode: str, target: str, output: str, use_runtime: bool, force: bool) -> None:
    """Write the derivative module of a function.  The file is read, never imported."""
    names = tuple(n.strip() for n in wrt.split(",") if n.strip())
    commands.finish(commands.emit(where, names, mode, output, use_runtime, force))


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Compare committed derivatives with what would be emitted now.

    PATHS are files or folders; default: the current folder.  Exit code 1 and a diff where one is stale or was
    edited by hand.
    """
    commands.finish(commands.check(paths or (Path(),)))


if __name__ == "__main__":
    main()
