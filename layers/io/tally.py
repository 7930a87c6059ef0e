"""Count what a reader skips, refuses, repairs or assumes, with examples, so that nothing happens in silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.city import Note
from layers.text import Text

N_EXAMPLES = 3

# Why a value or an object was not taken as it stood: (kind of note, Chinese, English).
REASONS: Mapping[str, tuple[str, str, str]] = {
    "unreadable": ("refused", "无法识别的值", "values that cannot be read"),
    "bounds": ("refused", "超出范围的值", "values out of bounds"),
}


@dataclass
class Tally:
    """Collect notes by kind, place and reason; a reader makes one and hands its `notes` to the city.

    Parameters
    ----------
    found
        For each (kind, where, zh, en): how many, and the first few examples.
    """

    found: dict[tuple[str, str, str, str], tuple[int, list[str]]] = field(default_factory=dict)

    def add(self, reason: str, where: str, example: str, n_items: int = 1) -> None:
        """Count a value or object under a reason of `REASONS`."""
        kind, zh, en = REASONS[reason]
        self.say(kind, where, Text(zh, en), example, n_items)

    def say(self, kind: str, where: str, text: Text, example: str = "", n_items: int = 1) -> None:
        """Count under a text of one's own."""
        key = (kind, where, text.zh, text.en)
        n_before, examples = self.found.get(key, (0, []))
        if example and len(examples) < N_EXAMPLES and example not in examples:
            examples.append(example)
        self.found[key] = (n_before + n_items, examples)

    def notes(self) -> tuple[Note, ...]:
        """Return what was counted, in the order of first occurrence."""
        return tuple(
            Note(kind, where, Text(_sentence(zh, n, shown, zh=True), _sentence(en, n, shown, zh=False)), n)
            for (kind, where, zh, en), (n, shown) in self.found.items()
        )


def _sentence(text: str, n_items: int, examples: list[str], *, zh: bool) -> str:
    shown = ("，如：" if zh else ", such as ") + ("、" if zh else ", ").join(examples) if examples else ""
    return f"{text}：{n_items} 个{shown}" if zh else f"{text}: {n_items}{shown}"
