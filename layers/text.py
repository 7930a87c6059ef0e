"""Text in the two languages of the interface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """Hold one label or sentence in Chinese and in English.

    Parameters
    ----------
    zh, en
        The text in each language; neither may be empty unless both are.
    """

    zh: str
    en: str

    def __post_init__(self) -> None:
        if bool(self.zh) != bool(self.en):
            raise ValueError(f"text in one language only: zh={self.zh!r}, en={self.en!r}")

    def get(self, lang: Lang) -> str:
        """Return the text in `lang`."""
        return self.zh if lang == "zh" else self.en

    def __str__(self) -> str:
        return self.en
