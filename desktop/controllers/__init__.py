"""What the window's commands do: files, runs, plans, views."""
