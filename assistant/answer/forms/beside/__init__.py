"""Answers that set things side by side: comparisons, surveys, rankings."""
