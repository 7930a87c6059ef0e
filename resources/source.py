"""Where a figure comes from, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How sure a figure is; users see the letter beside every rule.

    A: wording of the standard or law seen. B: second-hand and plausible. C: one weak source, or sources disagree.
    M: from memory, to be confirmed. G: given by the bureau itself.
    """

    A = "A"
    B = "B"
    C = "C"
    M = "M"
    GIVEN = "G"


@dataclass(frozen=True, slots=True)
class Source:
    """Cite a figure.

    Parameters
    ----------
    text
        Document and clause, as a person would look it up.
    certainty
        The weaker letter where two sources differ.
    local
        Whether it is one city's rule rather than the nation's.
    """

    text: str
    certainty: Certainty
    local: bool = False
