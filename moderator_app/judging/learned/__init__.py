"""A score learned from labelled texts: hashed n-grams and one linear model each for spam and toxicity."""

# The columns of all tables and scores.
SPAM, TOXICITY = 0, 1
