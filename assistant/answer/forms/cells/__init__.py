"""What the tables of a text tell: a cell, the rows that fit, the row with most of something."""
