"""The command line: what each command promises stands here, what it does is loaded when it is called.

Owns: the words and options of `leadstone …`.
Promises: `leadstone --help` answers at once; every mistake is one clear sentence and exit code 1 (2 for wrong usage).
Never: imports Django or a server before a command needs it.
"""

from leadstone.project.cli.entry import main

__all__ = ["main"]
