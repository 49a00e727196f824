"""The engines the screening runs on: DuckDB, and Spark for what outgrows one machine. Everything else is Ibis."""

from shouwang.screening.engine.base import Engine, Keep
from shouwang.screening.engine.duckdb import DuckDB

__all__ = ["DuckDB", "Engine", "Keep"]
