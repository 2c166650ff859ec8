"""Faults of the statistics behind the verdicts."""

from spec.mutation.mutant import Edit, Mutant
from spec.mutation.witnesses import FAST_CLAIMS, tests

STATISTICS = "nnspec.statistics.shares:"
HOLM = "nnspec.statistics.rank_tests:holm"
UNDECIDED = "if log_evidence_against(claimed_share, successes, seeds) < -math.log(error_rate):"


def mutant(name, statement, edit, *asked):
    """Return a mutant of the statistics, about which two quick claims are asked."""
    return Mutant(name, "statistics", statement, [edit], FAST_CLAIMS, tests(*asked))


STATISTICS_MUTANTS = (
    mutant(
        "two-sided",
        "A verdict spends half of its error rate on the side that cannot be wrong.",
        Edit(STATISTICS + "decide", UNDECIDED, UNDECIDED.replace("error_rate)", "error_rate / 2)")),
        "test_statistics.py",
    ),
    mutant(
        "two-sided-fixed-sample",
        "The test of fixed size spends half of its error rate on the side that cannot be wrong.",
        Edit(
            "nnspec.studies.calibration.fewest_seeds:fewest_seeds",
            "binom.isf(error_rate,",
            "binom.isf(error_rate / 2,",
        ),
        "test_fixed_sample.py",
    ),
    mutant(
        "one-success-more-in-the-evidence",
        "The likelihood of the answers counts one yes too many.",
        Edit(STATISTICS + "log_evidence_against", "math.lgamma(successes + 1)", "math.lgamma(successes + 2)"),
        "test_statistics.py",
    ),
    mutant(
        "one-success-more-in-the-verdict",
        "A verdict is asked for with one yes too many.",
        Edit(
            "nnspec.claims.judging:_verdict",
            "int(answers.sum()),",
            "min(len(answers), int(answers.sum()) + 1),",
        ),
        "test_judging.py",
        "test_calibration.py::test_claims_that_judge_itself_judges_have_the_enumerated_probabilities",
    ),
    mutant(
        "error-rate-not-split",
        "Every verdict has the error rate of the whole suite.",
        Edit(
            "nnspec.pytest_plugin.state:PluginState.session",
            "rate = self.error_rate / self.verdicts",
            "rate = self.error_rate",
        ),
        "test_plugin_verdicts.py",
    ),
    mutant(
        "tested-after-every-block-with-a-fixed-sample-test",
        "Every block of seeds is tested as if no other had been.",
        Edit(
            STATISTICS + "decide",
            UNDECIDED,
            "from scipy.stats import binomtest\n"
            "    if binomtest(successes, max(seeds, 1), claimed_share).pvalue > error_rate:",
        ),
        "test_statistics.py",
        "test_calibration.py::test_simulated_verdicts_are_wrong_as_rarely_as_stated_at_every_stopping_point"
        "[0.05-0.5]",
    ),
    mutant(
        "no-holm-correction",
        "The p-values of many tests are compared with the level as they are.",
        Edit(HOLM, "(len(checked) - before) * checked[place]", "checked[place]"),
        "test_drift.py",
        "test_rank_tests.py",
        "test_statistics.py",
    ),
)
