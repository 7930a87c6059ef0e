from __future__ import annotations

from layers.meant import meant
from layers.text import Text


def test_the_nearest_word_is_told() -> None:
    assert meant("widht", ("height", "width")) == Text("；是否指“width”？", "; did you mean 'width'?")


def test_where_none_is_near_all_are_told() -> None:
    assert meant("zzz", ("height", "width")) == Text("；可用：height、width", "; known are: height, width")
