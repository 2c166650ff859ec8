"""Tables of verdicts for the README and the documentation, made from claims and baselines."""

from dataclasses import replace

from nnspec.commands.collection import claims_in
from nnspec.report.words.markdown import row, text_line
from nnspec.report.words.wording import claimed
from nnspec.results.baseline import name, read_folder
from nnspec.results.claim_record import completed
from nnspec.results.claim_result import SYMBOLS
from nnspec.results.sentences import DEPENDS, counted, figures_in_words, printed_figures, sentences
from nnspec.statistics.scales import in_words
from spec.folders import ROOT

BASELINES = read_folder(ROOT / "baselines/claims")
RECORDS = {record.key: record for baseline in BASELINES.values() for record in baseline.claims}
HEADLINES = (
    "tfc-linear-1",
    "tfc-relu-sigmoid",
    "tfc-fashion-normalised",
    "mlp-dropout-gap[as-reported]",
    "tfc-lr-best[minimum/10]",
)
SURPRISES = (
    "tfc-relu-sigmoid-attainable",
    "tfc-nonlinear-beats-linear",
    "tfc-lr-refit-beats",
    "tfc-fashion-raw",
    "mlp-dropout-gap[dropout-off]",
    "mlp-trains",
    "mlp-trains[today]",
    "ann-imdb-tuned",
    "ann-more-data[validation-loss]",
    "ann-more-data[validation-loss-as-many-updates]",
    "mc-no-trouble[none wrong]",
    "mc-unit-splits[the printed classes]",
    "dn-hidden-3",
    "dn-wider-is-better[3 to 10]",
    "ann-init-random-small[learns]",
)


def results():
    """Return the recorded claims with what they declare, as a report has them."""
    declared = {claim.key: claim for claim in claims_in([str(ROOT / "spec/documents")])[0]}
    found = []
    for key, document in BASELINES.items():
        for record in document.claims:
            said = declared.get(record.key)
            one = completed(record, key, document.title)
            more = {"says": said.says, "beyond": said.beyond, "headline": said.headline} if said else {}
            found.append(replace(one, **more))
    return found


def headlines(found):
    """Return the table of the sentences that stand first."""
    by_key = {one.key: one for one in found}
    lines = [row(["sentence", "verdict", "seeds that say yes", "printed"]), row(["---"] * 4)]
    for key in HEADLINES:
        one = by_key[key]
        figures = "; ".join(
            f"{label} {figure.printed}: {in_words(figure.places)}, "
            f"{figure.as_well} of {figure.seeds} do as well"
            for label, figure in one.figures.items()
        )
        said = f"**{one.headline}.** {text_line(one.says)} (`{one.id}`)"
        lines.append(row([said, verdict(one), f"{one.successes} of {one.seeds}", figures]))
    return lines


def surprises():
    """Return the table of other claims that are worth a look."""
    head = ["claim", "what is asked", "verdict", "seeds that say yes", "claimed for"]
    lines = [row(head), row(["---"] * 5)]
    for key in SURPRISES:
        one = RECORDS[key]
        cells = [name(one), text_line(one.statement), verdict(one), f"{one.successes} of {one.seeds}"]
        lines.append(row([*cells, claimed(one.claimed_share) or one.reading]))
    return lines


def counts(found):
    """Return the table of sentences by verdict, figures, claims of ours and facts of every document."""
    head = [
        "document",
        "hold",
        "refuted",
        "depend on the reading",
        "undecided",
        "told",
        "figures",
        "ours",
        "facts",
    ]
    lines = [row(head), row(["---"] * len(head))]
    for key, document in BASELINES.items():
        own = [one for one in found if one.document == key]
        by_verdict = counted(sentences(own))
        verdicts = [by_verdict[word] for word in ("holds", "refuted", DEPENDS, "undecided", "placed")]
        others = [
            len(printed_figures(own)),
            sum(bool(one.beyond) for one in own),
            sum(not one.reading for one in own),
        ]
        lines.append(row([document.title, *map(str, [*verdicts, *others])]))
    return lines


def figures(found):
    """Return the sentence on printed figures."""
    return [figures_in_words(printed_figures(found))]


def verdict(one):
    """Return the verdict of a claim with its symbol."""
    return f"{SYMBOLS[one.verdict]} {one.told}"


def five_results(found):
    """Return the sentences that stand first, a line each, for a reader who knows none of our words."""
    by_key = {one.key: one for one in found}
    lines = []
    for key in HEADLINES:
        one = by_key[key]
        line = f"- {SYMBOLS[one.verdict]} **{one.headline}.** "
        line += f"{one.told.capitalize()}: true in {one.successes} of {one.seeds} runs."
        for label, figure in list(one.figures.items())[:1]:
            places, as_well = in_words(figure.places), f"{figure.as_well} of {figure.seeds} do as well"
            line += f" The printed {label.replace('_', ' ')}, {figure.printed}, is {places}: {as_well}."
        lines.append(line)
    return lines


def tables():
    """Return the lines of every table by the name of its place."""
    found = results()
    return {
        "results": five_results(found),
        "headlines": headlines(found),
        "surprises": surprises(),
        "counts": counts(found),
        "figures": figures(found),
    }
