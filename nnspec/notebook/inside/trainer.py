"""`fit`, `evaluate` and `summary` of Keras's models, wrapped: what they do is written down besides."""

from __future__ import annotations

import contextlib
import functools
import inspect
import sys
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

from nnspec.notebook.inside.described import callbacks_of, model_of
from nnspec.notebook.inside.given import arguments_of, as_arrays, data_of, why_not
from nnspec.notebook.inside.missing_packages import runnable
from nnspec.notebook.inside.own_models import is_own, note_arguments, proof_of
from nnspec.notebook.inside.place import place
from nnspec.notebook.inside.start import Started, transfer_of
from nnspec.notebook.inside.told_error import told_error
from nnspec.notebook.inside.weights import Made
from nnspec.notebook.inside.written import Written


class Watching:
    """Writes down every fit, evaluate and summary that a notebook asks for, not those of Keras within."""

    def __init__(self, written: Written) -> None:
        self._written, self._made = written, Made()
        self._started = Started(self._made)
        self._places: dict[int, dict[int, int]] = {}  # of weights that come from an earlier fit, by the fit
        self._x: dict[int, Any] = {}  # inputs of a fit whose model is checked by what it computes
        self._fits = self._evaluations = 0
        self._within = False

    def watch(self, module: ModuleType) -> None:
        """Wrap the methods of the trainer that a module of Keras builds its models on."""
        self._made.note(sys.modules["keras.src.backend"].Variable)
        note_arguments(module.Model)
        trainer = module.Trainer  # that of the backend
        trainer.fit = self._wrapped(trainer.fit, self._fit)
        trainer.evaluate = self._wrapped(trainer.evaluate, self._evaluate)
        module.Model.summary = self._wrapped(module.Model.summary, self._summary)

    def _wrapped(self, original: Any, watched: Callable[..., Any]) -> Any:
        @functools.wraps(original)
        def method(model: Any, *arguments: Any, **named: Any) -> Any:
            if self._within:
                return original(model, *arguments, **named)
            self._within = True
            try:
                return watched(original, model, arguments, named)
            finally:
                self._within = False

        return method

    def _fit(self, original: Any, model: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        number, self._fits = self._fits, self._fits + 1
        named = runnable(named, self._written.remark)
        self._try("fit", number, lambda: self._before_fit(number, original, model, arguments, named))
        begun = time.perf_counter()
        try:
            history = original(model, *arguments, **named)
        except BaseException as error:
            seconds = time.perf_counter() - begun
            self._written.event("fit ended", number=number, seconds=seconds, error=told_error(error))
            self._started.broken(model, number)
            raise
        seconds = time.perf_counter() - begun
        self._try("fit", number, lambda: self._after_fit(number, model, history, seconds))
        return history

    def _before_fit(
        self, number: int, original: Any, model: Any, arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> None:
        bound = as_arrays(_bound(original, model, arguments, named))
        data = data_of(bound, self._written)
        described = model_of(model, self._written)
        callbacks = callbacks_of(bound.get("callbacks"), self._written)
        start, self._places[number] = self._started.of(model)
        self._x[number] = bound.get("x") if is_own(model) or described["code"] else None
        why = why_not(data) or described["why"] or callbacks["why"]
        self._written.event(
            "fit",
            number=number,
            **place(),
            model=described,
            start=start,
            data=data,
            arguments=arguments_of(bound),
            callbacks=callbacks,
            global_seed=_global_seed(),
            why=why,
        )

    def _after_fit(self, number: int, model: Any, history: Any, seconds: float) -> None:
        self._started.trained(model, number)
        places = self._places.get(number)
        transfer = transfer_of(model, places) if places else None
        values = {name: [float(one) for one in found] for name, found in history.history.items()}
        found = {"number": number, "seconds": seconds, "error": "", "history": values}
        self._written.event("fit ended", **found, transfer=transfer, **self._proof(number, model))

    def _proof(self, number: int, model: Any) -> dict[str, str]:
        """Return the file by which a model with the author's classes is checked, or why there is none."""
        x = self._x.pop(number, None)
        if x is None:
            return {}
        proof = proof_of(model, x)
        if isinstance(proof, str):
            return {"why": proof} if is_own(model) else {}  # of others Keras has the configuration
        return {"proof": self._written.code(proof)}

    def _evaluate(self, original: Any, model: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        number, self._evaluations = self._evaluations, self._evaluations + 1
        asked = bool(named.get("return_dict", False))
        begun = time.perf_counter()
        # the dict has the names, and Keras itself makes the list of it at the end
        found = original(model, *arguments, **{**named, "return_dict": True})
        seconds = time.perf_counter() - begun

        def write() -> None:
            bound = as_arrays(_bound(original, model, arguments, named))
            data = data_of(bound, self._written)
            fit, weights = self._started.evaluated(model)
            order = model._flatten_metrics_in_order({name: name for name in found})
            names = [order] if isinstance(order, str) else order
            self._written.event(
                "evaluate",
                number=number,
                **place(),
                fit=fit,
                weights=weights,
                data=data,
                arguments=arguments_of(bound),
                result={name: float(found[name]) for name in names},
                seconds=seconds,
                why=why_not(data),
            )

        self._try("evaluate", number, write)
        return found if asked else model._flatten_metrics_in_order(found)

    def _summary(self, original: Any, model: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        def write() -> None:
            bound = _bound(original, model, arguments, named)
            texts: list[str] = []
            original(model, **{**dict(list(bound.items())[1:]), "print_fn": texts.append})
            self._written.event("summary", **place(), text="\n".join(texts))

        with contextlib.suppress(Exception):  # the notebook's own call tells what is wrong
            write()
        return original(model, *arguments, **named)

    def _try(self, what: str, number: int, write: Callable[[], None]) -> None:
        """Write down, and let the notebook go on whatever happens."""
        try:
            write()
        except Exception as error:
            self._written.event("problem", what=what, number=number, **place(), error=told_error(error))


def _bound(original: Any, model: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any]:
    return dict(inspect.signature(original).bind(model, *arguments, **named).arguments)


def _global_seed() -> int | None:
    """Return the seed that the notebook has set for all of Keras or TensorFlow."""
    state: Any = sys.modules.get("keras.src.backend.common.global_state")
    seed = state.get_global_attribute("global_random_seed") if state else None
    if seed is None and (context := sys.modules.get("tensorflow.python.eager.context")):
        seed = context.global_seed()
    return None if seed is None else int(seed)
