"""Errors that the user can mend.

::

    JingchengError             the user can act; one line: what, where, the value, what was expected, what to do
    ├── InputError             a file or a value that cannot be used
    │   └── FormatVersionError a project made by a newer version
    ├── ParameterError         a scenario's parameter is unknown or out of bounds
    ├── NetworkError           the streets cannot carry what was asked
    ├── StorageError           the disk is full, or the place cannot be written
    └── WorkerError            the worker process died or ran out of memory

Anything else that is raised is a bug of ours.
"""

from __future__ import annotations

from layers.text import Lang, Text


class JingchengError(Exception):
    """Tell the user what, where, the value, what was expected and what to do.

    Parameters
    ----------
    message
        One line, in both languages where it can be.
    """

    def __init__(self, message: Text | str) -> None:
        self.text = message if isinstance(message, Text) else Text(message, message)
        super().__init__(self.text.en)

    def message(self, lang: Lang) -> str:
        """Return the line in `lang`, never with a line break in it."""
        return " ".join(self.text.get(lang).split())

    def __reduce__(self) -> tuple[type[JingchengError], tuple[Text]]:
        return type(self), (self.text,)


class InputError(JingchengError):
    """A file or a value cannot be used."""


class FormatVersionError(InputError):
    """A project was written by a newer version of the program."""


class ParameterError(JingchengError):
    """A scenario's parameter is unknown or out of bounds."""


class NetworkError(JingchengError):
    """The streets cannot carry what was asked of them."""


class StorageError(JingchengError):
    """A file cannot be written: disk full, read-only or missing folder."""


class WorkerError(JingchengError):
    """The worker process died, or ran out of its memory."""
