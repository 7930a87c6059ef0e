"""The command line and entry point; with no argument it opens the window."""
