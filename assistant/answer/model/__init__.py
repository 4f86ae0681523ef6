"""Answers written by a language model, under the same proof."""
