"""Refuse a question that cannot be meant, in one line that says what to mend."""

from __future__ import annotations

from layers.errors import ParameterError
from layers.text import Text
from optimizer.planners.parking.reading.ground import Ground


def refuse_question(ground: Ground) -> None:
    """Refuse widths and numbers that contradict one another.

    Raises
    ------
    ParameterError
        Where parameters contradict one another.
    """
    params = ground.params
    for low, high in (("two_one_m", "two_both_m"), ("one_one_m", "one_both_m"), ("n_attended_least", "n_attended_most")):
        if getattr(params, low) > getattr(params, high):
            values = f"{getattr(params, low):g} > {getattr(params, high):g}"
            zh = f"参数 {low} 大于 {high}：{values}；请改小前者或改大后者"
            raise ParameterError(
                Text(zh, f"parameter {low!r} is above {high!r}: {values}; lower the one or raise the other")
            )
