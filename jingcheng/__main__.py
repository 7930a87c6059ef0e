"""Entry point of ``jingcheng`` and ``python -m jingcheng``."""

from __future__ import annotations

import sys

from jingcheng.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
