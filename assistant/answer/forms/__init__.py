"""The shapes that an answer takes: statements, lists, sections, outlines, tables, catalogues."""
