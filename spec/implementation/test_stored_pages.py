"""Stored pages notice what changes and what is missing, and only a flag rewrites them."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec.implementation.stored_pages import readable

PLUGIN = ("-p", "spec.implementation.stored_pages", "-p", "no:cacheprovider", "-p", "no:hypothesispytest")


@pytest.fixture
def said(pytester: pytest.Pytester) -> pytest.Pytester:
    """Return a folder with a test of a stored page."""
    text = "one\\ntwo\\n5\\N{NO-BREAK SPACE}%"
    pytester.makepyfile(test_it=f"def test_it(stored_page):\n    stored_page('it', '{text}')\n")
    return pytester


def test_a_page_that_is_not_stored_fails_with_the_command_that_writes_it(said: pytest.Pytester) -> None:
    result = said.runpytest_inprocess(*PLUGIN)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*NOT stored: there is no *it.txt", "*test_it.py::test_it' --rewrite-pages"])
    assert not (said.path / "pages").exists()


def test_another_text_fails_with_its_difference_until_the_page_is_rewritten(said: pytest.Pytester) -> None:
    page = said.path / "pages" / "it.txt"
    page.parent.mkdir()
    page.write_text("one\nzwei\n5 %\n", encoding="utf-8")
    result = said.runpytest_inprocess(*PLUGIN)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([" one", "-zwei", "-5 %", "+two", "+5␣%", "*--rewrite-pages"])
    said.runpytest_inprocess(*PLUGIN, "--rewrite-pages").assert_outcomes(passed=1)
    assert page.read_text(encoding="utf-8") == "one\ntwo\n5\N{NO-BREAK SPACE}%\n"
    said.runpytest_inprocess(*PLUGIN).assert_outcomes(passed=1)


def test_the_readable_page_is_what_a_reader_sees_or_hears() -> None:
    page = (
        "<style>p {}</style><h1>A <b>bold</b>\n claim</h1><p>5&nbsp;% <span>of</span><span>all</span></p>"
        "<table><tr><th>a</th><td>1</td></tr></table><dl><div><dt>What</dt><dd>that</dd></div></dl>"
        '<svg aria-label="a drawing"></svg><img alt="a picture"><pre>x = 1\n    y</pre><script>let x</script>'
    )
    assert readable(page).splitlines() == [
        "A bold claim", "5\N{NO-BREAK SPACE}% of all", "a | 1", "What | that", "[a drawing]", "[a picture]",
        "x = 1", "    y"]  # fmt: skip


def test_every_stored_page_is_compared_by_a_test_beside_it() -> None:
    pages = sorted(Path(__file__).parent.rglob("pages/*.txt"))
    assert pages
    for page in pages:
        tests = "".join(path.read_text(encoding="utf-8") for path in page.parent.parent.glob("test_*.py"))
        stem, _, kind = page.stem.partition("_")
        assert f'"{page.stem}"' in tests or (f'f"{stem}_{{' in tests and f'"{kind}"' in tests), page
