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
    opened.value("document.querySelector('#claim-share-0-95 dd a[href=\"#script-1\"]').click()")
    first = "document.querySelector('details.script')"
    opened.value("new Promise((done) => setTimeout(done, 100))")
    assert opened.value(f"{first}.open")
    assert opened.value("location.hash") == opened.value(f"'#' + {first}.querySelector('pre').id")


def test_lines_that_differ_are_linked_to_the_whole_script_which_alone_is_copied(opened: Browser) -> None:
    opened.value("document.querySelector('#claim-share-0-2 details.script a').click()")
    opened.value("new Promise((done) => setTimeout(done, 100))")
    assert opened.value("document.querySelector('#script-1').checkVisibility()")
    copied = "[...document.querySelectorAll('.copy + pre')].map((e) => e.className)"
    assert set(opened.value(copied)) == {""}
    assert opened.value("document.querySelectorAll('pre.lines').length") >= 1
