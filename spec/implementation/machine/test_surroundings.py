"""What a stored answer depends on besides the code: settings that a library writes itself change nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nnspec.machine.surroundings import keras_settings


def test_the_settings_that_keras_writes_when_it_is_first_imported_are_those_of_before(tmp_path: Path) -> None:
    file = tmp_path / "keras.json"
    before = keras_settings(file)
    environment = os.environ | {"KERAS_HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", "import keras"], env=environment, check=True)  # our own
    assert file.exists()
    assert keras_settings(file) == before


@pytest.mark.parametrize(
    "text",
    ['{"floatx": "float16"}', '{"epsilon": 1e-6}', '{"image_data_format": "channels_first"}', "[]", "{"],
)
def test_other_settings_of_keras_are_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "keras.json"
    before = keras_settings(file)
    file.write_text(text)
    assert keras_settings(file) != before
