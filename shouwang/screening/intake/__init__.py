"""Files as delivered → typed Parquet, every row accounted for. One reader (DuckDB) whatever engine grades."""
