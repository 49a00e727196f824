"""Words every room uses: money, months, id numbers, levels, the unknown, errors."""
