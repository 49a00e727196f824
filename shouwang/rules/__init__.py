"""What policy rules are written in: the facts, the expression tree, its evaluators and its sentences."""
