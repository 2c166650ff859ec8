"""The pages that are made from the specification: one for every document, from its baseline."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from nnspec.basics.files import write_text
from nnspec.basics.grouping import grouped
from nnspec.commands.collection import pytest_arguments, run_pytest
from nnspec.commands.terminal.listing import Listing
from nnspec.report.words.markdown import row, text_line
from nnspec.report.words.wording import claimed
from nnspec.results import baseline
from nnspec.results.claim_record import ClaimRecord
from nnspec.results.claim_result import SYMBOLS
from nnspec.statistics.scales import in_words
from spec.folders import ROOT

PAGES = "documents"
READING = {"one case": "said of one case, and told", "figure": "a printed figure, and placed"}


def write_pages(folder: Path) -> None:
    """Write `documents/` below the folder of the documentation, and leave pages that are right alone."""
    for name, text in pages().items():
        path = folder / PAGES / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            write_text(path, text)


def pages() -> dict[str, str]:
    """Return the pages by their file names."""
    baselines = baseline.read_folder(ROOT / "baselines/claims")
    declared = declarations()
    found = {f"{key}.md": page(one, declared) for key, one in baselines.items()}
    listed = "\n".join(found_name.removesuffix(".md") for found_name in found)
    rows = [row(["document", "claims", "facts"]), row(["---"] * 3)]
    for key, one in baselines.items():
        facts = sum(not record.reading for record in one.claims)
        rows.append(row([f"[{one.title}]({key}.md)", str(len(one.claims) - facts), str(facts)]))
    table = "\n".join(rows)
    found["index.md"] = (
        "# The documents\n\nWhat the documents say, sentence by sentence, and what the runs say. These "
        f"pages are made from `baselines/claims/` when the documentation is built.\n\n{table}\n\n"
        f"```{{toctree}}\n:hidden:\n\n{listed}\n```\n"
    )
    return found


def declarations() -> dict[str, object]:
    """Return the claims and facts of the specification by their names."""
    listing = Listing()
    run_pytest([*pytest_arguments([str(ROOT / "spec/documents")]), "--collect-only"], listing)
    return {item.key: item for item in listing.declarations}


def page(one: baseline.Baseline, declared: dict[str, object]) -> str:
    """Return the page of a document: its sections in their order, and in them what is said."""
    records = {record.key: record for record in one.claims}
    known = [records[key] for key in declared if key in records]  # as they stand in the files
    sections = declared[known[0].key].source.document.sections
    by_section = grouped(known, lambda record: declared[record.key].source.section)
    versions = ", ".join(
        f"{name.capitalize()} {text}" for name, text in one.environment.items() if name == "keras"
    )
    counts = Counter(record.verdict for record in known)
    told = ", ".join(f"{number} {verdict}" for verdict, number in counts.most_common())
    lines = [
        f"# {one.title}",
        f"{len(known)} claims and facts, found with {versions}: {told}.",
        "A line in **bold** is what the document says, in our words. Below it stands each question that was "
        "asked of the runs, and how many said yes. What is marked *ours* goes beyond what the document says "
        "and is not held against its author.",
    ]
    anchored = set[str]()
    for section in sections:
        if section in by_section:
            lines += [f"## {text_line(section)}", *entries(by_section[section], declared, anchored)]
    return "\n\n".join(lines) + "\n"


def entries(records: list[ClaimRecord], declared: dict[str, object], anchored: set[str]) -> list[str]:
    """Return what stands under a heading: sentences with their readings, then facts."""
    lines = []
    sentences = grouped(records, lambda record: getattr(declared[record.key], "says", ""))
    for says, readings in sentences.items():
        if says:
            lines.append(f"**{text_line(says)}**")
        items = []
        for record in readings:
            line = item(record, ours=bool(getattr(declared[record.key], "beyond", "")))
            if record.id not in anchored:  # one line has the address of all parts
                link = f'<a id="{record.id}" href="#{record.id}"><code>{record.id}</code></a>'
                line = line.replace(f"`{record.id}`", link, 1)
            anchored.add(record.id)
            items.append(f"- {line}")
        lines.append("\n".join(items))
    return lines


def item(record: ClaimRecord, *, ours: bool) -> str:
    """Return a claim or a fact on one line."""
    name = f"{baseline.name(record)}{', *ours*' if ours else ''}"
    line = f"{SYMBOLS[record.verdict]} {record.told}: {text_line(record.statement)} ({name})"
    if record.seeds is None:
        return line
    held = claimed(record.claimed_share) or READING[record.reading]
    line += f" – {record.successes:,} of {record.seeds:,} runs, {held}"
    for label, figure in record.figures.items():
        places = in_words(figure.places) or "open"
        line += f"; {label} {figure.printed}: {places}, {figure.as_well:,} of {figure.seeds:,} do as well"
    return line
