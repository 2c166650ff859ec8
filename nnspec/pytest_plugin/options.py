"""Options, hooks and the state of the plugin."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from nnspec.basics import streams
from nnspec.basics.errors import InvalidValue
from nnspec.notebook.guarding.rules import RULES
from nnspec.project import outputs
from nnspec.project.kept import CLAIMS
from nnspec.pytest_plugin import hooks
from nnspec.pytest_plugin.compare import CompareAtTheEnd
from nnspec.pytest_plugin.option_table import OPTIONS
from nnspec.pytest_plugin.outcomes import Listener
from nnspec.pytest_plugin.state import STATE, PluginState


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of nnspec and its settings in the configuration file."""
    group = parser.getgroup("nnspec", "claims about neural networks, judged over many seeds")
    for option in OPTIONS:
        told = option.help.replace("--", "--nnspec-")
        group.addoption(
            f"--nnspec-{option.name}", metavar=option.metavar, default=option.of_pytest, help=told
        )
    group.addoption(
        "--nnspec-compare",
        nargs="?",
        const=CLAIMS,
        metavar="FOLDER",
        help="fail if something has moved since the baseline (default: %(const)s), and tell what",
    )
    group.addoption(
        "--nnspec-id", action="append", default=[], metavar="ID", help="only this claim; repeatable"
    )
    group.addoption("--nnspec-only", action="store_true", help="only claims and facts, no other tests")
    group.addoption(
        "--nnspec-notebooks",
        action="store_true",
        help="test the figures and orders that notebooks print; notebooks are code, and they are run",
    )
    group.addoption(
        "--nnspec-figures",
        choices=RULES,
        default=RULES[0],
        help="what passes of a notebook: what is not lucky, unlucky or out of reach (ordinary, the default), "
        "or usual figures and orders that most runs have (usual)",
    )
    parser.addini("nnspec_error_rate", "probability of any wrong verdict in the whole suite", default="1e-3")
    parser.addini(
        "nnspec_verdicts", "how many verdicts the error rate is split over; 0 counts them", default="0"
    )
    parser.addini("nnspec_inventory", "file with the known ids, one a line; # starts a comment", default="")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, int, int]:
    """End with a code of its own where what pytest says could not be written."""
    code = (yield) or 0
    return streams.ending(code) if config.pluginmanager.has_plugin("terminalreporter") else code


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Make the progress hook known."""
    pluginmanager.add_hookspecs(hooks)


@pytest.hookimpl(tryfirst=True)  # the terminal of pytest takes the streams that it finds
def pytest_configure(config: pytest.Config) -> None:
    """Check the settings before anything is collected, and listen to all reports."""
    if not hasattr(config, "workerinput"):
        streams.guard()
    # joblib replaces a process that has grown, and warns in a thread that an error would end for good
    config.addinivalue_line("filterwarnings", "ignore:A worker stopped while some jobs:UserWarning")
    try:
        _check_outputs(config)
        state = config.stash[STATE] = PluginState(config)
        if (folder := config.getoption("nnspec_compare")) is not None and not hasattr(config, "workerinput"):
            config.pluginmanager.register(CompareAtTheEnd(state, folder), "nnspec-compare")
    except InvalidValue as error:
        raise pytest.UsageError(f"nnspec: {error}") from None
    config.pluginmanager.register(Listener(state), "nnspec-listener")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Fail a run of which something could not be written, when all the rest is."""
    yield
    if problems := session.config.stash[STATE].unwritten:
        raise pytest.UsageError("nnspec: " + "; ".join(problems))


def _check_outputs(config: pytest.Config) -> None:
    """Look at the files that will be written, before anything is collected."""
    kinds = {"results": outputs.RESULTS, "report": outputs.PAGE, "summary": outputs.SUMMARY}
    written = {f"nnspec_{name}": (config.getoption(f"nnspec_{name}"), kind) for name, kind in kinds.items()}
    named = [config.invocation_params.dir / argument.partition("::")[0] for argument in config.args]
    others = {"junitxml": (config.getoption("xmlpath", None), outputs.FOREIGN)}
    if not hasattr(config, "workerinput") and not config.getoption("collectonly"):
        outputs.check_outputs(
            written | others, [path for path in named if path.is_file()], make_folders=False
        )
