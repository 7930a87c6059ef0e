"""Undo: one command that swaps one frozen state of the desk for another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from desktop.desk import Desk


class Edit(QUndoCommand):
    """Swap one desk for another; edits of one field that follow one another become one.

    Parameters
    ----------
    text
        What was done, as the menu says it.
    before, after
        The desk without and with the edit.
    show
        Puts a desk on display.
    merge
        What is edited, such as ``params.seed``; edits with the same word that follow one another are undone together.
        Empty where each edit stands alone.
    """

    def __init__(self, text: str, before: Desk, after: Desk, show: Callable[[Desk], None], merge: str = "") -> None:
        super().__init__(text)
        self.before, self.after, self._show, self._merge = before, after, show, merge

    def id(self) -> int:
        """Return one number for all edits that may merge, -1 for the others."""
        return 1 if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over a later edit of the same field of the same scenario."""
        if not isinstance(other, Edit) or other._merge != self._merge or other.before.current != self.before.current:
            return False
        self.after = other.after
        if self.after == self.before:
            self.setObsolete(True)
        return True

    def redo(self) -> None:
        """Show the desk with the edit."""
        self._show(self.after)

    def undo(self) -> None:
        """Show the desk without it."""
        self._show(self.before)
