"""A process of its own that calls functions and compares what they make with what a notebook had."""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nnspec.notebook.inside.described import callbacks_of, model_of
from nnspec.notebook.inside.own_models import note_arguments
from nnspec.notebook.inside.told_error import told_error
from nnspec.notebook.inside.written import Written
from nnspec.notebook.repeating.models import any_batch, rebuilt
from nnspec.notebook.repeating.plain_names import plain_names

_SAYS_NOTHING = ("build_config", "compile_config", "build_input_shape", "registered_name")


def main(folder: Path) -> None:
    """Answer what is asked in a folder: one text for each function, empty where it makes the same."""
    note_arguments(importlib.import_module("keras").Model)
    sys.path.insert(0, "")  # the folder of the notebook, whose modules its code may import
    answers: list[str] = []
    for number, asked in enumerate(json.loads((folder / "asked.json").read_text(encoding="utf-8"))):
        try:
            answers.append(_compared(folder / f"candidate_{number}.py", asked, folder))
        except (Exception, SystemExit) as error:
            answers.append(told_error(error))
        (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")


def _compared(path: Path, asked: Mapping[str, Any], folder: Path) -> str:
    spec = importlib.util.spec_from_file_location("__main__", path)  # as the notebook's code was called
    if spec is None or spec.loader is None:
        return "its file cannot be read"
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    importlib.import_module("keras").backend.clear_session()
    made, written = getattr(module, asked["name"])(), Written(folder, 0)
    if asked["of"] == "callbacks":
        same = json.loads(json.dumps(callbacks_of(made, written)["list"], default=str)) == asked["callbacks"]
        return "" if same else "its callbacks are others"
    found = model_of(made, written)
    if found["architecture"] is None:
        return str(found["why"])
    if _plain(found["architecture"]) != _plain(asked["architecture"]):
        if made.built and _as_built(asked, folder) == _plain(found["architecture"]):
            return _compiled(found, asked)
        if made.built or not asked["shape"]:
            return "its layers are others"
        made.build((None, *asked["shape"][1:]))  # as that of the notebook may have been
        if _plain(model_of(made, written)["architecture"]) != _plain(asked["architecture"]):
            return "its layers are others"
    return _compiled(found, asked)


def _compiled(found: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    return "" if _plain(found["compiled"]) == _plain(asked["compiled"]) else "it is compiled otherwise"


def _as_built(asked: Mapping[str, Any], folder: Path) -> Any:
    """Return the architecture that a notebook had before it was built, as it is afterwards."""
    if not asked["shape"] or asked["architecture"]["class_name"] != "Sequential":
        return None
    model = rebuilt(json.dumps(asked["architecture"]), json.dumps(asked["compiled"]), b"")
    model.build((None, *asked["shape"][1:]))
    return _plain(model_of(model, Written(folder, 0))["architecture"])


def _plain(config: Any) -> Any:
    """Return a configuration with names counted within it, for batches of any size."""
    return _without(any_batch(plain_names(config)))


def _without(config: Any) -> Any:
    if isinstance(config, Mapping):
        kept = {key: _without(value) for key, value in config.items() if key not in _SAYS_NOTHING}
        if isinstance(kept.get("name"), str) and {"learning_rate", "arguments"} & set(kept):
            del kept["name"]  # of an optimizer, or a model of the author's class, which Keras counts up
        return kept
    if isinstance(config, Sequence) and not isinstance(config, str):
        return [_without(one) for one in config]
    return config


if __name__ == "__main__":
    main(Path(sys.argv[1]))
