"""Wrong recipes: wrong values, and layers, losses and labels that do not fit one another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import nnspec
from nnspec import (
    L1L2,
    SGD,
    Adam,
    BinaryCrossentropy,
    Circles,
    Dataset,
    Dense,
    Dropout,
    Flatten,
    Initializer,
    Recipe,
    RMSprop,
)
from nnspec.textbook.output_layer import classification_head
from spec.implementation.bad_inputs.cases import INFINITY, NAN, Broken, Case, nested, refused, table
from spec.implementation.bad_inputs.wrong_outcomes import POINTS, Outcome, Own

ANY: Any = None
RECIPE = Recipe(Circles(), [Dense(4, "relu"), Dense(1, "sigmoid")], BinaryCrossentropy(), Adam(), epochs=2)
CONFIG = RECIPE.get_config()


def config(**changes: Any) -> Callable[[], Any]:
    return lambda: Recipe.from_config({"class_name": "Recipe", "config": CONFIG["config"] | changes})


def of(class_name: str, fields: Any) -> Callable[[], Any]:
    return lambda: Recipe.from_config({"class_name": class_name, "config": fields})


def trained(data: Dataset, units: int, loss: str, *, first: Any = (), **more: Any) -> Callable[[], Any]:
    # what is refused is refused before anything is trained, and TensorFlow not even imported
    layers = [*first, Dense(units)]
    return lambda: nnspec.train(Recipe(data, layers, loss, SGD(), epochs=1, metrics=[], **more), range(2))


def deep_config() -> Any:
    value: Any = CONFIG
    for _ in range(3000):
        value = {"class_name": "Recipe", "config": {"data": value}}
    return value


RECIPES: list[Case] = [
    (lambda: RECIPE.with_(epochs=-5), "epochs=-5", "a positive whole number"),
    (lambda: RECIPE.with_(epochs=INFINITY), "epochs=inf", "a positive whole number"),
    (lambda: RECIPE.with_(epochs="ten"), "epochs='ten'", "a positive whole number"),
    (lambda: RECIPE.with_(epochs=True), "epochs=True", "a positive whole number"),
    (lambda: RECIPE.with_(batch_size=0), "batch_size=0", "a positive whole number"),
    (lambda: RECIPE.with_(batch_size=None), "batch_size=None", "a positive whole number"),
    (lambda: RECIPE.with_(optimizer=Adam), "optimizer=<class", "an optimizer such as Adam(0.001)"),
    (lambda: RECIPE.with_(optimizer=None), "optimizer=None", "an optimizer such as Adam(0.001)"),
    (lambda: RECIPE.with_(loss=["mse"]), "loss=['mse']", "one of binary_crossentropy"),
    (lambda: RECIPE.with_(loss=BinaryCrossentropy), "loss=<class", "one of binary_crossentropy"),
    (lambda: RECIPE.with_(layers=None), "layers=None", "a list or tuple"),
    (lambda: RECIPE.with_(layers="44"), "layers='44'", "a list or tuple"),
    (lambda: RECIPE.with_(layers=[Dense]), "layers=<class", "layers such as Dense(4, 'relu')"),
    (lambda: RECIPE.with_(layers=[Dense(1), None]), "layers=None", "layers such as Dense(4, 'relu')"),
    (lambda: RECIPE.with_(layers=[Dropout(0.5)]), "layers=[Dropout", "at least one Dense layer"),
    (lambda: RECIPE.with_(layers=[Dense(1), Broken()]), "layers=<Broken>", "layers such as"),
    (lambda: RECIPE.with_(data=None), "data=None", "a data set such as Circles()"),
    (lambda: RECIPE.with_(data=np.ones((3, 2))), "data=array([[1., 1.], [1., 1.]", "a data set such as"),
    (lambda: RECIPE.with_(metrics=["accuracy", "accuracy"]), "metrics=('accuracy', 'acc", "every metric once"),
    (lambda: RECIPE.with_(metrics=[["accuracy"]]), "metrics=['accuracy']", "one of accuracy"),
    (lambda: RECIPE.with_(metrics=None), "metrics=None", "a list or tuple"),
    (lambda: RECIPE.with_(learning_rates=[NAN, 0.1]), "learning_rates=nan", "a finite number at least 0"),
    (lambda: RECIPE.with_(learning_rates=[0.1, "0.1"]), "learning_rates='0.1'", "a finite number"),
    (lambda: RECIPE.with_learning_rates(ANY), "learning_rates=None", "a list or tuple"),
    (lambda: RECIPE.with_learning_rates(0.1), "learning_rates=0.1", "a list or tuple"),  # type: ignore[arg-type]
    (lambda: RECIPE.with_learning_rates([]), "epochs=0", "a positive whole number"),
    (lambda: RECIPE.with_learning_rate(NAN), "learning_rate=nan", "a finite number at least 0"),
    (lambda: RECIPE.with_epochs(0), "epochs=0", "a positive whole number"),
    (lambda: RECIPE.with_hidden_activations(ANY), "activation=None", "one of linear"),
    (lambda: RECIPE.with_output_activation("swish"), "activation='swish'", "one of linear"),
    (lambda: RECIPE.with_(validation_data=True), "validation_data=True", "one of test, validation"),
    (lambda: RECIPE.with_(validation_split=0.2), "validation_split=0.2", "a field of Recipe: data, layers"),
    (lambda: Dense(2.0), "units=2.0", "a positive whole number"),  # type: ignore[arg-type]
    (lambda: Dense(-4), "units=-4", "a positive whole number"),
    (lambda: Dropout(NAN), "rate=nan", "a finite number at least 0 and at most 1"),
    (lambda: Dropout(ANY), "rate=None", "a finite number at least 0 and at most 1"),
    (lambda: RMSprop(NAN), "learning_rate=nan", "a finite number at least 0"),
    (lambda: SGD(momentum=-0.1), "momentum=-0.1", "a finite number at least 0 and at most 1"),
    (lambda: classification_head(1), "classes=1", "a whole number of at least 2"),
    (lambda: classification_head(2.5), "classes=2.5", "a whole number of at least 2"),  # type: ignore[arg-type]
    (config(data={"class_name": "_TwoShapes", "config": {}}), "'_TwoShapes'", "a class that nnspec knows"),
    (config(data={"class_name": "Dataset", "config": {}}), "'Dataset'", "a class that nnspec knows"),
    (config(data={"class_name": ["Circles"], "config": {}}), "['Circles']", "a class that nnspec knows"),
    (config(data={"class_name": "Adam", "config": {}}), "data=Adam(", "a data set such as Circles()"),
    (config(epochs=-1), "epochs=-1", "a positive whole number"),
    (config(layers=[]), "layers=()", "at least one Dense layer"),
    (config(layers=nested(50)), "layers=", "layers such as Dense"),
    (config(extra=1), "extra=1", "a field of Recipe: data"),
    (lambda: Recipe.from_config(nested(3)), "config=[[[1]]]", "a mapping with the keys"),
    (lambda: Recipe.from_config(deep_config()), "config=", "a description that is not nested so deeply"),
    (lambda: RECIPE.with_(data=Circles), "data=<class", "a data set such as Circles()"),
    (lambda: RECIPE.with_(layers=Dense(1)), "layers=Dense(", "a list or tuple"),
    (lambda: RECIPE.with_(loss="binary_crosentropy"), "loss='binary_cros", "did you mean 'binary_crossentropy'?"),
    (lambda: RECIPE.with_(loss=None), "loss=None", "one of binary_crossentropy, "),
    (lambda: RECIPE.with_(optimizer="adam"), "optimizer='adam'", "an optimizer such as Adam(0.001)"),
    (lambda: RECIPE.with_(metrics="accuracy"), "metrics='accuracy'", "a list or tuple"),
    (lambda: RECIPE.with_(metrics=["acuracy"]), "metrics='acuracy'", "did you mean 'accuracy'?"),
    (lambda: RECIPE.with_(learning_rates=0.1), "learning_rates=0.1", "a list or tuple"),
    (lambda: RECIPE.with_learning_rates([0.1]).with_epochs(2), "='1 values'", "one for each of the 2 epochs"),
    (lambda: RECIPE.with_(learning_rates=[0.1, -0.1]), "learning_rates=-0.1", "a finite number at least 0"),
    (lambda: RECIPE.with_(validation_data="tests"), "validation_data='tests'", "one of test"),
    (lambda: RECIPE.with_(epoch=3), "epoch=3", "did you mean epochs?"),
    (lambda: Dense(4, "rellu"), "activation='rellu'", "one of linear, log_sigmoid, relu, "),
    (lambda: Dense(4, kernel_initializer="he"), "kernel_initializer='he'", "one of constant, "),
    (lambda: Dense(4, kernel_initializer=3), "kernel_initializer=3", "a name or an Initializer"),  # type: ignore[arg-type]
    (lambda: Dense(4, kernel_regularizer="l2"), "kernel_regularizer='l2'", "L1L2(l1=…, l2=…) or None"),  # type: ignore[arg-type]
    (lambda: Initializer("zeros", value=1.0), "zeros(value)=1.0", "no argument"),
    (lambda: Initializer("random_normal", minval=1.0), "random_normal(minval)=1.0", "mean, stddev"),
    (lambda: Initializer("constant", value=NAN), "value=nan", "a finite number"),
    (lambda: Initializer("random_normal", mean="0"), "mean='0'", "a finite number"),  # type: ignore[arg-type]
    (lambda: Initializer("random_normal", stddev=-1), "stddev=-1", "a finite number at least 0"),
    (lambda: Initializer("random_uniform", maxval=INFINITY), "maxval=inf", "a finite number"),
    (lambda: L1L2(l1=-0.1), "l1=-0.1", "a finite number at least 0"),
    (lambda: L1L2(l2=NAN), "l2=nan", "a finite number at least 0"),
    (lambda: Dropout(1.0), "rate=1.0", "a share below 1; a rate of 1 drops everything"),
    (lambda: Dropout(-0.1), "rate=-0.1", "a finite number at least 0 and at most 1"),
    (lambda: BinaryCrossentropy(from_logits=1), "from_logits=1", "True or False"),  # type: ignore[arg-type]
    (lambda: SGD(-1), "learning_rate=-1", "a finite number at least 0"),
    (lambda: SGD(momentum=1.5), "momentum=1.5", "a finite number at least 0 and at most 1"),
    (lambda: SGD(nesterov=1), "nesterov=1", "True, False or None"),  # type: ignore[arg-type]
    (lambda: Adam("0.1"), "learning_rate='0.1'", "a finite number at least 0"),  # type: ignore[arg-type]
    (lambda: Adam(beta_1=2), "beta_1=2", "a finite number at least 0 and at most 1"),
    (lambda: Adam(beta_2=-1), "beta_2=-1", "a finite number"),
    (lambda: Adam(epsilon=-1), "epsilon=-1", "a finite number"),
    (lambda: RMSprop(rho=2), "rho=2", "a finite number"),
    (lambda: RMSprop(momentum=True), "momentum=True", "a finite number"),
    (lambda: RMSprop(epsilon=INFINITY), "epsilon=inf", "a finite number"),
    (lambda: Recipe.from_config(None), "config=None", "a mapping with the keys class_name and config"),
    (lambda: Recipe.from_config({}), "config={}", "a mapping with the keys class_name and config"),
    (lambda: Recipe.from_config({"class_name": "Dense"}), "config={", "the keys class_name and config"),
    (of("Dens", {}), "class_name='Dens'", "a class that nnspec knows"),
    (of("Dense", []), "class_name='Dense'", ""),
    (of("Dense", {}), "config={}", "the fields of Dense; "),
    (of("Dense", {"unit": 1}), "unit=1", "a field of Dense: units"),
    (of("Dense", {"units": -1}), "units=-1", "a positive whole number"),
]  # fmt: skip


class Undecorated(Dataset):
    """A data set above which the decorator is missing."""

    points: int = 3


FIELDS = [
    (lambda: Recipe(Circles(), [Dense(1)], "mse", SGD(), epoch=5), "epoch=5", "did you mean epochs?"),  # type: ignore[call-arg]
    (lambda: Adam(lr=0.1), "lr=0.1", "Keras calls it learning_rate today"),  # type: ignore[call-arg]
    (lambda: Dense(unit=3), "unit=3", "did you mean units?"),  # type: ignore[call-arg]
    (lambda: Circles(nois=0.1), "nois=0.1", "did you mean noise?"),  # type: ignore[call-arg]
    (lambda: SGD(decay=1e-4), "decay=0.0001", "give the recipe learning_rates, one for each epoch"),  # type: ignore[call-arg]
    (lambda: RECIPE.with_(nb_epoch=3), "nb_epoch=3", "Keras calls it epochs today"),
    (lambda: RECIPE.with_(lr=0.1), "lr=0.1", "the optimizer has it: Adam(learning_rate=0.001)"),
    (lambda: RECIPE.with_(batchsize=8), "batchsize=8", "did you mean batch_size?"),
    (lambda: RECIPE.with_(validation_split=0.2), "validation_split=0.2", "give the data a train_size"),
    (lambda: Dense(3, init="zeros"), "init='zeros'", "Keras calls it kernel_initializer today"),  # type: ignore[call-arg]
    (lambda: Dropout(p=0.5), "p=0.5", "Keras calls it rate today"),  # type: ignore[call-arg]
    (lambda: nnspec.L1L2(L1=0.1), "L1=0.1", "did you mean l1?"),  # type: ignore[call-arg]
    (lambda: Flatten(data_format=1), "data_format=1", "nothing: Flatten has no fields"),  # type: ignore[call-arg]
    (lambda: Own(Y=(0, 1)), "Y=(0, 1)", "did you mean y?"),  # type: ignore[call-arg]
    (lambda: Outcome(POINTS, knd="text"), "knd='text'", "did you mean kind?"),  # type: ignore[call-arg]
    (lambda: Undecorated(points=3), "points=3", "put @dataclass(frozen=True) above the class"),  # type: ignore[call-arg]
]  # fmt: skip


@table(FIELDS)
def test_a_field_that_is_not_there_is_told_with_the_one_that_is_meant(
    call: Callable[[], Any], received: str, expected: str
) -> None:
    refused(call, received, expected)


@table(RECIPES)
def test_a_wrong_recipe_is_refused(call: Callable[[], Any], received: str, expected: str) -> None:
    refused(call, received, expected)
