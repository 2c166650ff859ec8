"""The Keras scripts of the report in a real browser: opened, copied and linked to."""

from __future__ import annotations

from spec.implementation.report.in_browser.browser import Browser


def test_details_open_by_the_keyboard(opened: Browser) -> None:
    script = "document.querySelector('details.script')"
    opened.value(f"{script}.closest('details.more').open = true")
    assert not opened.value(f"{script}.querySelector('pre').checkVisibility({{contentVisibilityAuto: true}})")
    opened.value(f"{script}.querySelector('summary').focus()")
    for kind in ("keyDown", "keyUp"):
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
        opened.ask("Input.dispatchKeyEvent", type=kind, **key)
    assert opened.value(f"{script}.open")
    assert opened.value(f"{script}.querySelector('pre').getBoundingClientRect().height") > 20


def test_a_script_is_copied_or_at_least_selected(opened: Browser) -> None:
    opened.value("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    opened.value("document.querySelector('.copy').click()")
    said = opened.value(
        "new Promise((done) => { const look = () => {"
        "const text = document.querySelector('.copy').textContent;"
        "text === 'Copy' ? setTimeout(look, 10) : done(text); }; look(); })"
    )
    assert said in ("Copied", "Selected")
    if said == "Selected":
        assert "import keras" in opened.value("getSelection().toString()")


def test_a_link_to_a_script_opens_it(opened: Browser) -> None:
    opened.value("document.querySelectorAll('details').forEach((d) => { d.open = false; })")
    opened.value("document.querySelector('p.script a').click()")
    first = "document.querySelector('details.script')"
    opened.value("new Promise((done) => setTimeout(done, 100))")
    assert opened.value(f"{first}.open")
    assert opened.value("location.hash") == opened.value(f"'#' + {first}.querySelector('pre').id")
    assert opened.value("document.querySelectorAll('p.script .copy').length") >= 1
