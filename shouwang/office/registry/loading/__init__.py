"""How a register and a run become rows of the office: compared in DuckDB, written in bulk."""
