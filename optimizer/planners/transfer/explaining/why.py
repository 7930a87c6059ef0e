"""Say of one site, waste point or place why it is as it is."""

from __future__ import annotations

from layers.text import Text
from optimizer.plan import Plan
from optimizer.planners.transfer.problem import TransferProblem


def explain(problem: TransferProblem, plan: Plan, item: str) -> Text:
    """Return why a site is chosen or not, or why waste goes where it goes."""
    told = [v.text for v in plan.verdicts if v.item == item]
    return Text("；".join(t.zh for t in told), "; ".join(t.en for t in told)) if told else Text(item, item)
