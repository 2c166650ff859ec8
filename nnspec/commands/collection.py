"""What pytest collects, without its terminal: the claims of files and folders, for the commands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nnspec.basics.errors import InvalidValue
from nnspec.claims.declarations import Claim


def claims_in(what: Sequence[str]) -> tuple[list[Claim], float]:
    """Return the claims of these files and folders, by default spec/, and the error rate of a verdict.

    Raises
    ------
    InvalidValue
        If there is no such path, something in it cannot be collected, or there is no claim.
    """
    from nnspec.commands.terminal.listing import Listing

    listing = Listing()
    code = run_pytest([*pytest_arguments(what), "--collect-only"], listing)
    claims = [item for item in listing.declarations if isinstance(item, Claim)]
    if code or listing.usage_error or listing.errors or not claims:
        lines = [line.strip() for line in listing.errors[0].splitlines()[-2:]] if listing.errors else []
        told = listing.usage_error or ": ".join(lines) or "no claim"
        raise InvalidValue("what", list(what), "files or folders of claims that can be collected", told)
    return claims, listing.error_rate


def pytest_arguments(paths: Sequence[str], ids: Sequence[str] = ()) -> list[str]:
    """Return the arguments with which pytest collects the claims of these paths and nothing else.

    Raises
    ------
    InvalidValue
        If a path does not exist, or none is given and there is no folder spec/.
    """
    if not paths and not Path("spec").is_dir():
        # the replay command of a claim elsewhere names its id alone
        if ids:
            paths = ["."]
        else:
            remedy = "run where spec/ is, or name files and folders; `nnspec init FOLDER` writes one"
            raise InvalidValue("spec", str(Path.cwd()), "a folder with specifications", remedy)
    for path in paths:
        if not Path(path.partition("::")[0]).exists():
            raise InvalidValue("path", path, "a file or folder that exists")
    quiet = ["-p", "no:cacheprovider", "--tb=short"]
    return ["-p", "nnspec.pytest_plugin", *quiet, "--nnspec-only", *(paths or ["spec"])]


def run_pytest(arguments: Sequence[str], plugin: Any) -> int:
    """Run pytest in this process with one more plugin and return its exit code.

    Where somebody stops it and the plugin keeps that in `stopped`, it is raised again.
    """
    import pytest

    code = int(pytest.main(list(arguments), plugins=[plugin]))
    if stopped := getattr(plugin, "stopped", None):
        raise stopped
    return code


def files_of(what: Sequence[str]) -> list[str]:
    """Return the files among the arguments of a command."""
    return [path for path in (name.partition("::")[0] for name in what) if Path(path).is_file()]


def is_path(what: str) -> bool:
    """Tell whether an argument of a command says where to look, as against which claim is meant."""
    return "/" in what.partition("[")[0] or what.partition("::")[0].endswith(".py") or Path(what).exists()
