"""What is wrong with a command line is told in a person's words."""

from __future__ import annotations

import pytest

from latentedit.cli.app import run
from latentedit.cli.usage_words import wanted_number


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["edit", "x.png", "--feather", "2"], "--feather must be "),
        (["edit", "x.png", "--feather=-1"], "--feather must be "),
        (["edit", "x.png", "--feather", "wide"], "--feather must be a number."),
        (["edit", "x.png", "--undo", "one"], "--undo must be a whole number."),
        (["edit", "x.png", "--undo", "-1"], "--undo must be 0 or more."),
        (["batch", "x.png", "-o", "out", "--feather", "2"], "--feather must be "),
        (["edit", "x.png", "--nothing"], "--nothing"),
        (["edit"], "INPUT"),
    ],
)
def test_one_line_says_what_is_wrong_and_one_what_to_do(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    error, hint = capsys.readouterr().err.splitlines()
    assert error.startswith("error: ") and told in error
    assert "Input should" not in error and "Invalid value" not in error
    assert hint.startswith("hint: ")


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("Input should be less than or equal to 0.5", "0.5 or less"),
        ("Input should be greater than or equal to -2", "-2 or more"),
        ("2.0 is not in the range 0<=x<=0.5.", "a number from 0 to 0.5"),
        ("-1 is not in the range x>=0.", "0 or more"),
        ("9223372036854775808 is not in the range 0<=x<=9223372036854775807.", "a number from 0 to 9223372036854775807"),
        ("'x' is not a valid integer.", "a whole number"),
        ("'x' is not a valid float.", "a number"),
        ("Input should be a valid integer, got a number with a fractional part", "a whole number"),
        ("File 'x' does not exist.", None),
        ("", None),
    ],
)
def test_the_words_of_all_versions_of_typer_are_known(message: str, wanted: str | None) -> None:
    assert wanted_number(message) == wanted
