"""A recipe as a plain Keras script that runs without nnspec, to be read, copied and changed."""

from __future__ import annotations

import difflib
import math
import textwrap
from collections.abc import Mapping
from typing import Any, cast

from nnspec.recipes.experiment import Experiment
from nnspec.recipes.function_script import function_script
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.recipes.layers import INITIALIZERS, L1L2, Dense, Dropout, Initializer, Layer
from nnspec.recipes.losses import Loss
from nnspec.recipes.recipe import Recipe
from nnspec.recipes.script_data import data_lines
from nnspec.recipes.trainable import Trainable

_WIDTH = 90


def keras_script(recipe: Trainable) -> str:
    """Return Python code that trains the recipe once with `model.fit` and prints what `evaluate` gives.

    Its first lines say what it needs: keras and scikit-learn, and for data that a specification
    declares itself the folder that holds it. Initial weights and shuffling are drawn anew for every
    random seed, from the same distributions as nnspec's, not the same numbers.
    """
    if isinstance(recipe, KerasRecipe):
        return function_script(recipe)
    return _of_layers(cast(Recipe, recipe))


def _of_layers(recipe: Recipe) -> str:
    data = data_lines(recipe.data, validation=recipe.validation_data == "validation")
    optimizer, loss = recipe.optimizer, recipe.loss
    lines = [
        f"# {' '.join(str(recipe).split())}",
        *data.imports,
        "",
        "# No seed is set: after a global one Keras 3 on TensorFlow takes all epochs in the same order.",
        "",
        *data.lines,
        "",
        "model = keras.Sequential([",
        "    keras.Input(x_train.shape[1:]),",
        *(f"    {_layer(layer)}," for layer in recipe.layers),
        "])",
        "model.compile(",
        f"    optimizer={_call(f'keras.optimizers.{type(optimizer).__name__}', optimizer.given())},",
        f"    loss={_call(f'keras.losses.{type(loss).__name__}', _changed(loss))},",
        f"    metrics={_code(list(recipe.metrics))},",
        ")",
        *_fit(recipe),
        'print("training part:", model.evaluate(x_train, y_train, verbose=0, return_dict=True))',
    ]
    if data.has_test is not False:
        condition = "" if data.has_test else "if len(x_test): "
        evaluated = "model.evaluate(x_test, y_test, verbose=0, return_dict=True)"
        lines.append(f'{condition}print("test part:", {evaluated})')
    return "\n".join(lines) + "\n"


def _layer(layer: Layer) -> str:
    name = f"keras.layers.{type(layer).__name__}"
    if isinstance(layer, Dropout):
        return f"{name}({layer.rate!r})"
    if not isinstance(layer, Dense):
        return f"{name}()"
    arguments = [str(layer.units)]
    arguments += [] if layer.activation == "linear" else [f"activation={_code(layer.activation)}"]
    if isinstance(layer.kernel_initializer, Initializer):
        arguments.append(f"kernel_initializer={_initializer(layer.kernel_initializer)}")
    if isinstance(layer.kernel_regularizer, L1L2):
        penalty = _call("keras.regularizers.L1L2", _changed(layer.kernel_regularizer))
        arguments.append(f"kernel_regularizer={penalty}")
    line = f"{name}({', '.join(arguments)})"
    if len(line) > _WIDTH:
        line = f"{name}(\n        " + ",\n        ".join(arguments) + ",\n    )"
    return line


def _initializer(initializer: Initializer) -> str:
    if not INITIALIZERS[initializer.name] or not initializer.arguments():
        return _code(initializer.name)
    name = "".join(word.capitalize() for word in initializer.name.split("_"))
    return _call(f"keras.initializers.{name}", initializer.arguments())


def _fit(recipe: Recipe) -> list[str]:
    part, rates = recipe.validation_data, recipe.learning_rates
    arguments = [f"epochs={recipe.epochs}, batch_size={recipe.batch_size}"]
    arguments += [f"validation_data=(x_{part}, y_{part})"] if part else []
    arguments += ["callbacks=[schedule]"] if rates else []
    call = ["model.fit(", "    x_train,", "    y_train,", *(f"    {text}," for text in arguments)]
    return [*(_schedule(rates) if rates else []), *call, "    verbose=2,", ")"]


def _code(value: object) -> str:
    return repr(value).replace("'", '"')


def _schedule(rates: tuple[float, ...]) -> list[str]:
    """Return the learning rate of every epoch: as a formula where they grow or fall by one factor."""
    callback = "schedule = keras.callbacks.LearningRateScheduler(lambda epoch: learning_rates[epoch])"
    first, last, steps = rates[0], rates[-1], len(rates) - 1
    if steps > 1 and first > 0 and last > 0:
        formula = [first * (last / first) ** (epoch / steps) for epoch in range(len(rates))]
        # Keras keeps the rate as float32, which is coarser by far
        if all(math.isclose(made, rate, rel_tol=1e-9) for made, rate in zip(formula, rates, strict=True)):
            each = f"    {first!r} * ({last!r} / {first!r}) ** (epoch / {steps})"
            return ["learning_rates = [", each, f"    for epoch in range({len(rates)})", "]", callback]
    lines = textwrap.wrap(", ".join(map(repr, rates)), _WIDTH - 4)
    return ["learning_rates = [", *(f"    {line}" for line in lines), "]", callback]


def _changed(one: Loss | L1L2) -> dict[str, Any]:
    """Return what was given of a loss or a penalty and is not Keras's default."""
    return {name: value for name, value in one.given().items() if value}


def _call(name: str, arguments: Mapping[str, Any]) -> str:
    return f"{name}({', '.join(f'{key}={_code(value)}' for key, value in arguments.items())})"


def script_difference(before: Mapping[str, Experiment], after: Mapping[str, Experiment]) -> str:
    """Return the difference of the scripts of every arm, as `diff -u` and `git diff` print it.

    Empty where nothing changes, or nothing that is trained.
    """
    lines: list[str] = []
    for name, old in before.items():
        new = after[name]
        if isinstance(old, Trainable) and isinstance(new, Trainable):
            texts = keras_script(old).splitlines(), keras_script(new).splitlines()
            lines += difflib.unified_diff(*texts, f"{name}.py as documented", f"{name}.py", lineterm="", n=1)
    return "".join(line + "\n" for line in lines)
