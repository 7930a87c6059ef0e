"""What the window looks up by key: documents, rules, names; loaded when first asked, not before the first paint."""

from __future__ import annotations

from functools import cache

from layers.city import City
from layers.text import Text
from optimizer.names import item_name


def describe(city: City | None, item: str) -> Text:
    """Return what a person calls an object."""
    return item_name(city, item) if city is not None else Text(item, item)


@cache
def _rules() -> dict[str, Text]:
    from layers.assume import RULES

    return {
        rule.key: Text(
            f"{rule.text.zh}（{rule.source}，{rule.certainty}）", f"{rule.text.en} ({rule.source}, {rule.certainty})"
        )
        for rule in RULES
    }


def explain_rule(key: str) -> Text:
    """Return what a rule assumes, with its source and how sure it is; the key itself where it is not one of ours."""
    return _rules().get(key, Text(key, key))


def documents() -> dict[str, Text]:
    """Return the documents that may bind the bureau, by id."""
    from resources.targets import load_documents

    return {d.key: d.label for d in load_documents()}
