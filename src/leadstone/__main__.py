"""`python -m leadstone` is the same as `leadstone`."""

from leadstone.project.cli import main

main()
