"""`srcgrad`: the commands and their options; what they do is in `commands`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from srcgrad.files import DEFAULT_MODES, STDIN, Request
from srcgrad.version import __version__

from . import commands
from .messages import FORMATS, Report
from .settings import defaults

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class FromStdin(click.Command):
    """`-:name` is a function of the text on standard input; click would take it for options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [f"{STDIN}{a[1:]}" if a.startswith("-:") else a for a in args])


class Guarded(click.Group):
    """What nobody has thought of ends as one message and code 2, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as e:
            Report("text").refused(e)
            ctx.exit(commands.FAILED)


how = click.option(
    "--format", type=click.Choice(FORMATS), default="text", show_default=True, help="How to show diagnostics."
)


@click.group(context_settings=CONTEXT, cls=Guarded)
@click.version_option(__version__, prog_name="srcgrad")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Derivatives of plain NumPy programs, as readable Python source.

    Defaults of options stand in [tool.srcgrad] of pyproject.toml.
    """
    ctx.default_map = defaults(Path.cwd())


@main.command(cls=FromStdin)
@click.argument("where", metavar="FILE.py:FUNCTION")
@click.option("--wrt", metavar="X,Y", help="Parameters to differentiate; default: all that can be.")
@click.option("--order", type=click.IntRange(1, 2), default=1, show_default=True, help="2: of the emitted gradient.")
@click.option(
    "--mode", type=click.Choice(["reverse", "forward"]), help="Default: reverse, and forward over it in order 2."
)
@click.option("--target", type=click.Choice(["numpy", "numba"]), default="numpy", show_default=True)
@click.option("-o", "--output", default="-", metavar="OUT", help="The file to write; - is standard output.")
@click.option("--use-runtime", is_flag=True, help="Import the helpers from srcgrad.runtime instead of copying them in.")
@click.option("--force", is_flag=True, help="Overwrite a file that srcgrad did not write.")
@how
def emit(
    where: str, wrt: str | None, order: int, mode: str | None, target: str, output: str, use_runtime: bool, force: bool,
    format: str,
) -> None:  # fmt: skip
    """Write the derivative module of a function.  The file is read, never imported.

    FUNCTION may be a method, as in FILE.py:Class.method.  -:FUNCTION reads the file from standard input.
    """
    names = tuple(n.strip() for n in wrt.split(",")) if wrt is not None else ()
    if not all(names):
        raise click.BadParameter("write names of parameters, separated by commas", param_hint="'--wrt'")
    request = Request(where, names, mode or DEFAULT_MODES[order], use_runtime, target=target, order=order)
    sys.exit(commands.emit(request, output, force, Report(format)))


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@how
def check(paths: tuple[Path, ...], format: str) -> None:
    """Compare committed derivatives with what would be emitted now.

    PATHS are files or folders; default: the current folder.  Exit code 1 and a diff where one is stale or was
    edited by hand.
    """
    sys.exit(commands.check(paths or (Path(),), Report(format)))


if __name__ == "__main__":
    main()
