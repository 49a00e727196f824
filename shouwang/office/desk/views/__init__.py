"""Views of the composed pages."""
