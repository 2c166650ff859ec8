"""The published JSON Schema says what results files hold: no more, no less, and nothing wrong passes."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator, ValidationError

from spec.implementation.bad_inputs.fuzzing import changed

SCHEMA = json.loads(files("nnspec.results").joinpath("results.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

EVERYTHING = """
test_worse = declare('worse', HALF, documented={'loss': 0.5, 'accuracy': 0.7})
test_few = declare('few', HALF, share=0.5)

def broken(runs):
    'Breaks.'
    return 7

test_odd = declare('odd', ALWAYS, broken)

def infinite(runs):
    'Infinite.'
    return runs.accuracy / 0 > 1

test_infinite = declare('infinite', ALWAYS, infinite)

def near(runs):
    'Near.'
    return abs(runs.accuracy - 0.8) <= 0.15

test_near = declare('near', ALWAYS, near)

test_once = declare('once', ALWAYS, reading='one case', share=None, says='High', verdict='nearly always')
test_printed = declare('printed', HALF, reading='figure', share=None, counterfactual=None, says='0.5',
                       verdict='usual')

def higher(this, that):
    'Higher.'
    return this.accuracy > that.accuracy

test_pair = declare('pair', {'this': HALF, 'that': NEVER}, higher, share=0.5, counterfactual=None)

@fact('changed', source=DOC.at('Two'))
def test_changed(evidence):
    'A call has changed.'
    evidence.note('noted')
    evidence.drift(printed='old()', happens='raises TypeError', today='new()', since='Keras 3')

@fact('wrong', source=DOC.at('Two'))
def test_wrong():
    'One is two.'
    assert 1 == 2

@fact('left', source=DOC.at('Two'))
def test_left():
    'Later.'
    pytest.skip('not today')
"""


@pytest.fixture
def written(all_kinds):
    all_kinds.declare(EVERYTHING)
    assert all_kinds.nnspec("verify", "--budget=full") == 1
    return json.loads((all_kinds.path / "nnspec-results.json").read_text(), parse_constant=pytest.fail)


def test_the_schema_is_two_and_is_shipped_with_the_package():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["schema"]["const"] == 2


def test_written_results_are_valid_and_every_field_of_them_is_described(written):
    VALIDATOR.validate(written)
    verdicts = {claim["verdict"] for claim in written["claims"]}
    assert verdicts == set(SCHEMA["$defs"]["verdict"]["enum"])
    assert set(written) == set(SCHEMA["properties"])
    by_id = {claim["id"]: claim for claim in written["claims"]}
    once, printed, pair = (by_id[name] for name in ("once", "printed", "pair"))
    assert [one["claimed_share"] for one in (once, printed, pair)] == [None, None, 0.5]
    assert [one["places"] for one in (once, printed, pair)] == [["nearly always"], ["usual"], []]
    assert [once["counterfactual"]["null"], pair["counterfactual"]["null"]] == [False, True]
    assert printed["counterfactual"] is None
    claim = SCHEMA["$defs"]["claim"]
    # older results of this schema do not have what was added later, or have what is no longer written
    assert set(claim["required"]) | {"beyond", "fit_work", "in_short", "order"} == set(claim["properties"])
    for found in written["claims"]:
        assert set(found) == set(claim["properties"]) - {"fit_work", "order"}  # which notebooks have
        for value in found["values"]:
            described = claim["properties"]["values"]["items"]["properties"]
            # only a small distance is a range of what is near
            assert set(value) | {"within"} == set(described)
            assert set(value.get("within", described["within"]["required"])) == set(
                described["within"]["properties"]
            )
        for figure in found["figures"].values():
            assert set(figure) <= set(claim["properties"]["figures"]["additionalProperties"]["properties"])
    (near,) = [one for one in written["claims"] if any("within" in value for value in one["values"])]
    assert (near["id"], near["seeds"]) == ("near", 192)  # several blocks of seeds
    assert len(near["values"][0]["within"]["claim"]) == near["seeds"]


def test_results_of_given_seeds_are_valid_too(all_kinds):
    assert all_kinds.nnspec("verify", "--seeds=4,11") == 0
    VALIDATOR.validate(json.loads((all_kinds.path / "nnspec-results.json").read_text()))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (["schema"], 1),
        (["claims", 0, "verdict"], "true"),
        (["claims", 0, "share"], 1.5),
        (["claims", 0, "seeds"], 0),
        (["claims", 0, "interval"], [0.1]),
        (["claims", 0, "values", 0, "claim"], ["0.5"]),
        (["claims", 0, "values", 0, "operator"], "=="),
        (["claims", 0, "counterfactual"], {}),
        (["environment", "keras"], 3),
    ],
)
def test_what_is_no_results_file_is_refused(all_kinds, place, value):
    all_kinds.nnspec("verify", "--seeds=4,11")
    document = json.loads((all_kinds.path / "nnspec-results.json").read_text())
    for wrong in (value, ...):  # another value, and none
        with pytest.raises(ValidationError):
            VALIDATOR.validate(changed(document, tuple(place), wrong))
