"""What is said of passes that are left: a line for all that share a reason and a way out, such as both kerbs of a street."""

from __future__ import annotations

from collections.abc import Sequence

from layers.text import Text
from optimizer.plan import Unserved

_UNKNOWN = Text("尚未找到最小变更", "no smallest change was found in the time for it")


def told(left: Sequence[Unserved]) -> list[Text]:
    """Return one line for each reason with its smallest change, with all passes that it is true of."""
    items: dict[tuple[Text, Text], list[str]] = {}
    for unserved in left:
        items.setdefault((unserved.reason, unserved.smallest_change or _UNKNOWN), []).append(unserved.item)
    return [
        Text(
            f"{'、'.join(names)}：未作业，{reason.zh}；最小变更：{change.zh}",
            f"{', '.join(names)}: not served, {reason.en}; smallest change: {change.en}",
        )
        for (reason, change), names in items.items()
    ]
