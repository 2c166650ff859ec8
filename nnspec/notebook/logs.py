"""Logs of `fit` and `evaluate` put together from the lines of a cell."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from nnspec.notebook.figures import Figure, Log, Where, figure
from nnspec.notebook.metric_names import is_figure
from nnspec.notebook.printed_text import Line
from nnspec.notebook.progress_lines import Progress, epoch_of, examples_of, progress_of


@dataclass
class _Epoch:
    number: int
    epochs: int
    bars: list[Progress] = field(default_factory=list)


@dataclass
class _Fit:
    examples: int | None
    epochs: list[_Epoch]


@dataclass(frozen=True)
class Logs:
    """What was read from a cell: logs in order, their figures, and the lines that they take."""

    logs: tuple[Log, ...]
    figures: tuple[Figure, ...]
    lines: frozenset[int]


def logs_of(cell: int, lines: Sequence[Line], one_epoch: Collection[int] = ()) -> Logs:
    """Return the logs in the stdout of a cell.

    Figures without `Epoch k/N` above them are of an evaluation, or of a fit of one epoch where their number
    among those is in `one_epoch`.
    """
    taken: set[int] = set()
    blocks: list[_Fit | Progress] = []
    bars: list[Progress] = []
    fit: _Fit | None = None
    examples: int | None = None
    for line in (line for line in lines if line.kind == "stdout"):
        text, bar = line.text, None
        if (samples := examples_of(text)) is not None:
            examples = samples
        elif (head := epoch_of(text)) is not None:
            epoch = _Epoch(head[0], head[1])
            if fit is None or not _goes_on(fit.epochs[-1], epoch) or examples is not None:
                fit = _Fit(examples, [])
                blocks.append(fit)
            fit.epochs.append(epoch)
            bars, examples = epoch.bars, None
            bar = progress_of(Line(line.number, line.output, line.kind, head[2])) if head[2].strip() else None
        elif (bar := progress_of(line)) is None:
            continue
        taken.add(line.number)
        if bar is not None and fit is not None:
            _add(bars, bar)
        elif bar is not None:
            if blocks and isinstance(blocks[-1], Progress):
                last = [blocks.pop()]
                _add(last, bar)  # type: ignore[arg-type]  # progress alone
                blocks += last
            else:
                blocks.append(bar)
    return _made(cell, blocks, taken, one_epoch)


def _goes_on(last: _Epoch, new: _Epoch) -> bool:
    return new.epochs == last.epochs and new.number == last.number + 1


def _add(bars: list[Progress], bar: Progress) -> None:
    """Add a line, or put it in the place of the last one if it is a later state of the same bar."""
    if bars and _later_state(bars[-1], bar):
        bars[-1] = bar
    else:
        bars.append(bar)


def _later_state(last: Progress, bar: Progress) -> bool:
    if bar.style == "verbose=2" or last.all != bar.all:
        return False
    # a bar has its speed at the end alone, so one that something was printed into has none
    same_kind = last.style == bar.style or last.style == "bar without speed"
    if not last.complete and same_kind and (bar.done or 0) >= (last.done or 0):
        return True
    if last.style != bar.style:
        return False
    # without a terminal Keras 3 prints the last step once more, then with the figures of validation
    same = bar.pairs[: len(last.pairs)] == last.pairs and bool(last.pairs)
    added = bar.pairs[len(last.pairs) :]
    return bar.style == "Keras 3 bar" and same and all(name.startswith("val_") for name, _ in added)


def _made(cell: int, blocks: Sequence[_Fit | Progress], taken: set[int], one_epoch: Collection[int]) -> Logs:
    logs: list[Log] = []
    alone = 0
    figures: list[Figure] = []
    for block in blocks:
        evaluated = [block] if isinstance(block, Progress) else []
        if isinstance(block, _Fit):
            order = sum(log.kind == "fit" for log in logs)
            shown = [(epoch, _bar_of(epoch.bars)) for epoch in block.epochs]
            read = [(epoch, bar) for epoch, bar in shown if bar and bar.complete]
            for epoch, bar in read:
                figures += _of_epoch(cell, order, epoch, bar)
            if any(bar for _, bar in shown):
                logs.append(_fit_log(cell, order, block, [(e, b) for e, b in shown if b]))
            for epoch, main in shown:
                later = epoch.bars[epoch.bars.index(main) + 1 :] if main else []
                evaluated += [bar for bar in later if bar.pairs]
        for bar in evaluated:
            if not bar.pairs and bar.complete:
                continue  # of predict
            alone += 1
            if alone - 1 in one_epoch:
                order, epoch = sum(log.kind == "fit" for log in logs), _Epoch(1, 1, [bar])
                figures += _of_epoch(cell, order, epoch, bar) if bar.complete else []
                logs.append(_fit_log(cell, order, _Fit(None, [epoch]), [(epoch, bar)]))
                continue
            order = sum(log.kind == "evaluate" for log in logs)
            logs.append(
                Log(cell, "evaluate", order, bar.style, None, None, None, bar.all, None, not bar.complete)
            )
            if bar.complete:
                where = Where(cell, bar.line.output, bar.line.number)
                figures += [
                    figure(where, "evaluate", bar.style, name, value, order=order)
                    for name, value in bar.pairs
                    if is_figure(name)
                ]
    return Logs(tuple(logs), tuple(figures), frozenset(taken))


def _bar_of(bars: Sequence[Progress]) -> Progress | None:
    """Return the line of an epoch: the first with figures, or one of verbose=2 that follows a bar.

    Keras of 2018 prints a bar of the validation, and after it the line of the epoch.
    """
    bars = [bar for bar in bars if bar.pairs]
    late = [bar for bar in bars[1:] if bar.all is None and bar.style == "verbose=2"]
    return late[0] if late and bars[0].style != "verbose=2" else bars[0] if bars else None


def _of_epoch(cell: int, order: int, epoch: _Epoch, bar: Progress) -> list[Figure]:
    where = Where(cell, bar.line.output, bar.line.number)
    return [
        figure(
            where,
            "fit",
            bar.style,
            name,
            value,
            running_mean=not name.startswith("val_"),
            epoch=epoch.number,
            epochs=epoch.epochs,
            order=order,
        )
        for name, value in bar.pairs
        if is_figure(name)
    ]


def _fit_log(cell: int, order: int, fit: _Fit, shown: Sequence[tuple[_Epoch, Progress]]) -> Log:
    done = [epoch.number for epoch, bar in shown if bar.complete]
    last = shown[-1][1]
    first = done[0] if done else None
    form, epochs = last.style, fit.epochs[0].epochs
    stopped = not last.complete or fit.epochs[-1] is not shown[-1][0]
    steps = next((bar.all for _, bar in shown if bar.all is not None), None)
    return Log(
        cell, "fit", order, form, first, done[-1] if done else None, epochs, steps, fit.examples, stopped
    )
