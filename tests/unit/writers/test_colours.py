"""A district's colour on dark paper."""

from __future__ import annotations

import pytest
from tests.site_building import ROOT

from nianbao.writers.colours import brighten, measure_contrast


@pytest.mark.parametrize("colour", ["#000000", "#27548a", "#7a3b69", "#c8161d", "#0000ff", "#004400", "#ffff00"])
def test_every_colour_is_seen_on_dark_paper(colour: str) -> None:
    css = (ROOT / "hooks/nianbao/theme/nianbao/frame.css").read_text(encoding="utf-8")
    assert "--paper: #171412" in css
    assert measure_contrast(brighten(colour), "#171412") >= 6


def test_what_is_light_enough_stays_as_it_is() -> None:
    assert brighten("#ff6a63") == "#ff6a63"


def test_contrast_is_that_of_wcag() -> None:
    assert measure_contrast("#000000", "#ffffff") == pytest.approx(21)
    assert measure_contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
