"""The figure of time and memory over the number of seeds."""

from __future__ import annotations

from statistics import median

from nnspec.plots import style
from nnspec.studies.speed.scaling import Growth


def growth(found: Growth) -> style.Figure:
    """Return two axes over the number of seeds: milliseconds a seed, and the most memory held, GiB.

    Every round is a dot, the line joins the medians; both axes begin at zero, so that flat looks flat.
    """
    figure, (time, memory) = style.empty_figure(2, width=8.0, height=3.4)
    seeds = list(found.seconds)
    for number, rounds in found.seconds.items():
        milliseconds = [1e3 * s for s in rounds]
        time.plot([number] * len(rounds), milliseconds, "o", color=style.GREY, markersize=4, alpha=0.6)
    medians = [1e3 * median(rounds) for rounds in found.seconds.values()]
    time.plot(seeds, medians, "-s", color=style.colour(1), label="median")
    memory.plot(seeds, [found.memory[number] / 1024 for number in seeds], "-s", color=style.colour(1))
    for ax, label in ((time, "milliseconds a seed"), (memory, "peak memory (GiB)")):
        ax.set_xscale("log", base=2)
        ax.set_xticks(seeds, [f"{number:,}" for number in seeds])
        ax.minorticks_off()
        ax.set_xlabel("seeds trained in one call")
        ax.set_ylabel(label)
        ax.set_ylim(0, 1.15 * ax.dataLim.y1)
    style.set_title(time, "Time a seed: rounds and medians")
    style.set_title(memory, "Memory of the process, results included")
    style.set_heading(figure, found.group)
    return figure
