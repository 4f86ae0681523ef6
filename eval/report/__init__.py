"""A run for the eye: a table in the terminal, Markdown for a pull request, one html file."""
