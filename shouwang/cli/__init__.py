"""The command: the place that brings screening, policy and the model city together."""
