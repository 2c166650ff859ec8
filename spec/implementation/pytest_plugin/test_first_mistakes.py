"""Mistakes in a first claim: told in the terms of the claim, with what to write, without a traceback."""

from __future__ import annotations

import pytest

LOSS = "Recipe(Circles(n_samples=20), [Dense(1)], {loss!r}, SGD(1.0), epochs=1)"


def predicate(body: str, parameters: str = "runs") -> str:
    return f"def asks({parameters}):\n    'Asks.'\n    {body}\ntest_x = declare('mine', ALWAYS, asks)"


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        (
            "test_x = declare('mine', ALWAYS, share=90)",
            "a share strictly between 0 and 1; 90 % are 0.9",
        ),
        (
            "test_x = claim('mine', recipe=ALWAYS, becuase='so')",
            "unexpected keyword argument 'becuase'; did you mean 'because'?",
        ),
        (
            predicate("return True", "left, right"),
            "parameters=['left', 'right']; expected one parameter, the runs of the one recipe; give a "
            "recipe by each name: recipe={'left': …, 'right': …}",
        ),
        (
            "def test_plain():\n    pass",
            "no claim was found; a function under @claim is one; `nnspec init FOLDER` writes an example",
        ),
    ],
)
def test_what_cannot_be_declared_says_what_to_write(project, capsys, declared, told):
    project.declare(declared)
    assert project.nnspec("verify") == 2
    said = capsys.readouterr().err
    assert told in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "body",
    [
        "assert runs.accuracy > 0.5",
        "if runs.accuracy > 0.5:\n        return True",
        "return runs.accuracy > 0.5 and runs.loss < 9",
    ],
)
def test_a_predicate_that_asks_all_seeds_together_is_told_to_compare(project, capsys, body):
    project.declare(predicate(body))
    assert project.nnspec("verify", "--seeds", "8") == 1
    said = " ".join(capsys.readouterr().out.split())
    assert (
        "predicate result='one answer for all seeds'; expected bool of shape (8,); return the comparison"
        in said
    )
    assert body.partition("\n")[0] in said
    assert "a.any()" not in said


def test_another_error_in_a_predicate_stays_what_it_is(project, capsys):
    project.declare(predicate("raise ValueError('of mine')"))
    assert project.nnspec("verify", "--seeds", "8") == 1
    assert "ValueError: of mine" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("loss", "told"),
    [
        (
            "categorical_crossentropy",
            "layers='1 unit with categorical_crossentropy'; expected several classes",
        ),
        (
            "sparse_categorical_crossentropy",
            "expected labels 0 to 0; give the last layer a unit for every class",
        ),
    ],
)
def test_one_unit_with_a_loss_of_several_classes_is_told_its_loss(project, capsys, loss, told):
    project.declare(f"test_x = declare('mine', {LOSS.format(loss=loss)})")
    assert project.nnspec("verify", "--seeds", "8") == 1
    said = " ".join(capsys.readouterr().out.split())
    assert told in said
    assert "one unit with a sigmoid takes binary_crossentropy" in said
    assert "site-packages" not in said
