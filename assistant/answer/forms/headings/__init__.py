"""Answers that the structure of a text gives: headings, lists, and how many there are."""
