"""A score learned from labelled texts: hashed n-grams and one linear model each for spam and toxicity."""
