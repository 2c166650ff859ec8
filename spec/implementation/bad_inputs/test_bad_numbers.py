"""Wrong numbers: what statistics, sweeps and vectors are told of ranges, shapes, dtypes and NaN."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from nnspec.claims.budget import Budget
from nnspec.data.encoding import decode_review, multi_hot, one_hot
from nnspec.statistics.figures import does_as_well, place
from nnspec.statistics.order_statistics import ranks
from nnspec.statistics.power import power, resolution
from nnspec.statistics.rank_tests import holm
from nnspec.statistics.scales import as_well, how_often
from nnspec.statistics.shares import decide, share_interval
from nnspec.statistics.strength import strength
from nnspec.studies.calibration.fewest_seeds import fewest_seeds
from nnspec.studies.calibration.simulation import calibrate
from nnspec.studies.flakiness.reruns import blocks
from nnspec.textbook.activations import BY_NAME, softmax, softmax_jacobian_product
from nnspec.textbook.initialization import glorot_normal, glorot_uniform, glorot_variance
from nnspec.textbook.learning_rate import RULES, exponential_sweep, steepest, valley
from spec.implementation.bad_inputs.cases import INFINITY, NAN, Case, refused, table

ANY: Any = None
RAGGED: Any = [[1, 2], [3]]
SAME_LENGTH = "numbers in rows of the same length"
RNG = np.random.default_rng(0)
FEW = Budget("b", tuple(range(64)))
POWER: dict[str, Any] = {"most_seeds": 64, "at_a_time": 64}
SIMULATED = {"claimed_share": 0.5, "true_shares": [0.5], "error_rate": 0.1, "most_seeds": 8, "at_a_time": 8}


def simulated(**changes: Any) -> Callable[[], Any]:
    arguments: dict[str, Any] = {**SIMULATED, "repetitions": 5, "random_state": 0, **changes}
    return lambda: calibrate(**arguments)


STATISTICS: list[Case] = [
    (lambda: share_interval(5, 4, 0.1), "successes=5", "at most the number of seeds, 4"),
    (lambda: share_interval(1, 4, 1), "error_rate=1", "strictly between 0 and 1"),
    (lambda: share_interval(-1, 4, 0.1), "successes=-1", "0 or more"),
    (lambda: share_interval(1.5, 4, 0.1), "successes=1.5", "a whole number"),  # type: ignore[arg-type]
    (lambda: decide(1, 2, 1.0, 0.1), "share=1.0", "strictly between 0 and 1"),
    (lambda: decide(1, 2, NAN, 0.1), "share=nan", "a finite number"),
    (lambda: decide(1, 2, 0.9, -0.1), "error_rate=-0.1", "strictly between 0 and 1"),
    (lambda: place(0.5, [], "higher", 0.1), "values=[]", "at least one finite value"),
    (lambda: place(0.5, [NAN, INFINITY], "lower", 0.1), "values=[nan, inf]", "at least one finite value"),
    (lambda: place(NAN, [1.0], "higher", 0.1), "documented=nan", "a finite number"),
    (lambda: place(0.5, ["a"], "higher", 0.1), "values.dtype='<U1'", "real numbers"),
    (lambda: place(0.5, RAGGED, "higher", 0.1), "values=[[1, 2], [3]]", SAME_LENGTH),
    (lambda: place(0.5, np.ones((2, 2)), "higher", 0.1), "values.shape=(2, 2)", "one value per seed, (seeds,)"),
    (lambda: place(0.5, [1.0], "more", 0.1), "better='more'", "one of higher, lower"),
    (lambda: place(0.5, [1.0], ANY, 0.1), "better=None", "one of higher, lower"),
    (lambda: place(0.5, [1.0], "higher", 1.0), "error_rate=1.0", "a probability strictly between 0 and 1"),
    (lambda: does_as_well(ANY, [1.0], "higher"), "documented=None", "a finite number"),
    (lambda: does_as_well(0.5, 1.0, "higher"), "values.shape=()", "one value per seed, (seeds,)"),
    (lambda: holm([0.1, 1.2]), "p_values[1]=1.2", "at most 1"),
    (lambda: holm([NAN]), "p_values[0]=nan", "a finite number"),
    (lambda: holm(ANY), "p_values=None", "a list of p-values"),
    (lambda: power(1.5, 0.9, 0.1, **POWER), "true_share=1.5", "at most 1"),
    (lambda: power(0.5, 0.0, 0.1, **POWER), "share=0.0", "strictly between 0 and 1"),
    (lambda: power(0.5, 0.9, 0.0, **POWER), "error_rate=0.0", "strictly between 0 and 1"),
    (lambda: power(0.5, 0.9, ANY, **POWER), "error_rate=None", "a finite number"),
    (lambda: power(0.5, 0.9, [0.1], **POWER), "error_rate=[0.1]", "a finite number"),  # type: ignore[arg-type]
    (lambda: power(0.5, 0.9, 0.1, most_seeds=0, at_a_time=8), "most_seeds=0", "a positive whole number"),
    (lambda: power(0.5, 0.9, 0.1, most_seeds=8, at_a_time=-8), "at_a_time=-8", "a positive whole number"),
    (lambda: power(0.5, 0.9, 0.1, most_seeds=10**9, at_a_time=64), "most_seeds=1000000000", "at most 100000"),
    (lambda: resolution(0.9, 0.1, chance=2, **POWER), "chance=2", "at most 1"),
    (lambda: resolution(0.9, 0.1, chance=ANY, **POWER), "chance=None", "a finite number"),
    (lambda: resolution(1.0, 0.1, **POWER), "share=1.0", "strictly between 0 and 1"),
    (lambda: decide(3, 2, 0.5, 0.1), "successes=3", "at most the number of seeds, 2"),
    (lambda: decide(-1, 2, 0.5, 0.1), "successes=-1", "a whole number, 0 or more"),
    (lambda: decide(1, 2.5, 0.5, 0.1), "seeds=2.5", "a whole number"),  # type: ignore[arg-type]
    (lambda: decide(1, 2, 0.0, 0.1), "share=0.0", "a share strictly between 0 and 1; 0.99 says"),
    (lambda: decide(1, 2, 1.5, 0.1), "share=1.5", "a share strictly between 0 and 1; 1.5 % are 0.015"),
    (lambda: decide(1, 2, 0.5, 0.0), "error_rate=0.0", "a probability strictly between 0 and 1"),
    (lambda: decide(1, 2, 0.5, 1.0), "error_rate=1.0", "a probability strictly between 0 and 1"),
    (lambda: decide(1, 2, 0.5, NAN), "error_rate=nan", "a finite number"),
    (lambda: holm([0.5, -0.1]), "p_values[1]=-0.1", "a finite number at least 0 and at most 1"),
    (lambda: holm([0.5, "0.5"]), "p_values[1]='0.5'", "a finite number at least 0"),  # type: ignore[list-item]
    (lambda: holm([0.5, True]), "p_values[1]=True", "a finite number at least 0 and at most 1"),
    (lambda: power(0.5, 1.0, 0.1, **POWER), "share=1.0", "strictly between 0 and 1"),
    (lambda: ranks(0, 0.5), "number=0", "a positive whole number"),
    (lambda: ranks(5, 1.0), "probability=1.0", "a probability strictly between 0 and 1"),
    (lambda: how_often(3, 2, 0.1), "successes=3", "at most the number of seeds, 2"),
    (lambda: how_often(1, 2, 0.0), "error_rate=0.0", "a probability strictly between 0 and 1"),
    (lambda: as_well(-1, 2, 0.1), "successes=-1", "0 or more"),
    (lambda: as_well(1, 2, NAN), "error_rate=nan", "a finite number"),
    (lambda: strength(0, 0, 1, 2), "=0", "a positive whole number"),
    (lambda: strength(1, 2, 0, 0), "=0", "a positive whole number"),
    (lambda: strength(3, 2, 0, 2), "successes=3", "at most"),
    (simulated(claimed_share=1.0), "claimed_share=1.0", "a share strictly between 0 and 1"),
    (simulated(true_shares=[0.5, 1.5]), "true_shares[1]=1.5", "at most 1"),
    (simulated(true_shares=[]), "true_shares=", "at least one share"),
    (simulated(error_rate=0.0), "error_rate=0.0", "strictly between 0 and 1"),
    (simulated(most_seeds=0), "most_seeds=0", "a positive whole number"),
    (simulated(at_a_time=1.5), "at_a_time=1.5", "a positive whole number"),
    (simulated(repetitions=0), "repetitions=0", "a positive whole number"),
    (simulated(random_state=-1), "random_state=-1", "0 or more"),
    (lambda: fewest_seeds(1.5, 0.9, 0.1, 0.5), "true_share=1.5", "at most 1"),
    (lambda: fewest_seeds(0.5, 1.0, 0.1, 0.5), "=1.0", "a share strictly between 0 and 1"),
    (lambda: fewest_seeds(0.5, 0.9, 0.0, 0.5), "error_rate=0.0", "a probability strictly between 0 and 1"),
    (lambda: fewest_seeds(0.5, 0.9, 0.1, 1.0), "power=1.0", "a probability strictly between 0 and 1"),
    (lambda: fewest_seeds(0.5, 0.9, 0.1, 0.5, most_seeds=0), "most_seeds=0", "a positive whole number"),
    (lambda: blocks(1, FEW, 0), "blocks=1", "at least two"),
    (lambda: blocks(2, FEW, -1), "first_seed=-1", ""),
    (lambda: blocks(2, FEW, 2**32 - 100), "", "end below"),
    (lambda: place(0.5, [INFINITY, NAN], "higher", 0.1), "values=[inf, nan]", "at least one finite value"),
]  # fmt: skip

SWEEPS: list[Case] = [
    (lambda: exponential_sweep(0, 20, 100), "start=0", "a finite number above 0"),
    (lambda: exponential_sweep(1e-4, -20, 100), "tenfold_every=-20", "a finite number above 0"),
    (lambda: exponential_sweep(1e-4, 0, 100), "tenfold_every=0", "a finite number above 0"),
    (lambda: exponential_sweep(1e-4, 20, 0), "epochs=0", "a positive whole number"),
    (lambda: exponential_sweep(1e-4, 0.1, 100), "tenfold_every=0.1", "below 1e308"),
    *[
        case
        for rule in RULES.values()
        for case in (
            ((lambda rule=rule: rule([], [[]])), "learning_rates.shape=(0,)", "(epochs,)"),
            ((lambda rule=rule: rule([[0.1]], [[1]])), "learning_rates.shape=(1, 1)", "(epochs,)"),
            ((lambda rule=rule: rule(np.full(12, 0.1), np.ones((1, 12)))), "learning_rates=[", "each above the one"),
            ((lambda rule=rule: rule(np.arange(12), np.ones((1, 12)))), "learning_rates=[0", "positive rates"),
            ((lambda rule=rule: rule(np.arange(1, 13), np.ones(12))), "losses.shape=(12,)", "losses[None]"),
            ((lambda rule=rule: rule(np.arange(1, 13), np.ones((2, 11)))), "losses.shape=(2, 11)", "(seeds, 12)"),
            ((lambda rule=rule: rule(["a"] * 12, np.ones((1, 12)))), "learning_rates.dtype='<U1'", "real numbers"),
            ((lambda rule=rule: rule(np.arange(1, 13), RAGGED)), "losses=[[1, 2], [3]]", SAME_LENGTH),
        )
    ],
    (lambda: steepest(np.arange(1, 10), np.ones((1, 9))), "", "at least 10 epochs"),
    (lambda: valley(np.arange(1, 10), np.ones((1, 9))), "", "at least 10 epochs"),
]  # fmt: skip

VECTORS: list[Case] = [
    (lambda: one_hot([0, 3], 3), "labels[1]=3", "a whole number from 0 to 2"),
    (lambda: one_hot([0, -1], 3), "labels[1]=-1", "a whole number from 0 to 2"),
    (lambda: one_hot([0.5], 3), "labels[0]=0.5", "a whole number from 0 to 2"),
    (lambda: one_hot([0, NAN], 3), "labels[1]=nan", "a whole number from 0 to 2"),
    (lambda: one_hot([[0, 1]], 3), "labels.shape=(1, 2)", "one axis"),
    (lambda: one_hot(RAGGED, 3), "labels=[[1, 2], [3]]", SAME_LENGTH),
    (lambda: one_hot(["a"], 3), "labels.dtype='<U1'", "numbers"),
    (lambda: one_hot([0], 0), "classes=0", "a positive whole number"),
    (lambda: multi_hot([[1, 9]], 5), "sequences[0][1]=9", "a whole number from 0 to 4"),
    (lambda: multi_hot([[0], [-1]], 5), "sequences[1][0]=-1", "a whole number from 0 to 4"),
    (lambda: multi_hot([0, 1], 5), "sequences[0].shape=()", "one axis"),  # type: ignore[list-item]
    (lambda: multi_hot([[0]], 2.0), "dimension=2.0", "a positive whole number"),  # type: ignore[arg-type]
    (lambda: decode_review([1, -2], {}), "indices[1]=-2", "a whole number, 0 or more"),
    (lambda: decode_review(["the"], {}), "indices[0]='the'", "a whole number, 0 or more"),  # type: ignore[list-item]
    (lambda: multi_hot(5, 5), "sequences=5", "a list of sequences"),  # type: ignore[arg-type]
    (lambda: multi_hot([[1], "ab"], 5), "sequences[1].shape=()", "one axis"),
    (lambda: multi_hot([[1]], ANY), "dimension=None", "a positive whole number"),
    (lambda: decode_review(ANY, {}), "indices=None", "a list of whole numbers"),
    (lambda: decode_review([1.5], {}), "indices[0]=1.5", "a whole number, 0 or more"),
    (lambda: decode_review([4], ["good"]), "word_index=['good']", "a mapping of words to ranks"),  # type: ignore[arg-type]
    (lambda: decode_review([4], {"good": [1]}), "word_index={'good': [1]}", "a whole number for every word"),  # type: ignore[dict-item]
    (lambda: decode_review([4], {"good": 1, "bad": 1}), "word_index={'good': 1}", "a rank of its own"),
    (lambda: decode_review([4], {}, offset=-1), "offset=-1", "0 or more"),
    *[
        case
        for function in BY_NAME.values()
        for case in (
            ((lambda f=function: f("high")), "x.dtype='<U4'", "real numbers"),
            ((lambda f=function: f(RAGGED)), "x=[[1, 2], [3]]", SAME_LENGTH),
            ((lambda f=function: f([1j])), "x.dtype='complex128'", "real numbers"),
        )
    ],
    (lambda: softmax_jacobian_product([1.0, 2.0], ["a", "b"]), "vector.dtype='<U1'", "real numbers"),
    (lambda: softmax_jacobian_product([1.0, 2.0], [1.0]), "vector.shape=(1,)", "(2,), the shape of x"),
    (lambda: softmax([1.0, 2.0], axis=1), "axis=1", "a whole number from -1 to 0"),
    (lambda: softmax([[1.0], [2.0]], axis=ANY), "axis=None", "a whole number from -2 to 1"),
    (lambda: glorot_variance(0, 3), "fan_in=0", "a positive whole number"),
    (lambda: glorot_uniform(2, 3, rng=ANY), "rng=None", "a NumPy random generator"),
    *[
        case
        for draw in (glorot_normal, glorot_uniform)
        for case in (
            ((lambda draw=draw: draw(0, 4, rng=RNG)), "fan_in=0", "a positive whole number"),
            ((lambda draw=draw: draw(3, 2.5, rng=RNG)), "fan_out=2.5", "a positive whole number"),
            ((lambda draw=draw: draw(3, 4, rng=7)), "rng=7", "a NumPy random generator; np.random.default_rng"),
        )
    ],
]  # fmt: skip


@table([*STATISTICS, *SWEEPS, *VECTORS])
def test_wrong_numbers_are_refused(call: Callable[[], Any], received: str, expected: str) -> None:
    refused(call, received, expected)
