"""Parquet tables, one a class, with typed columns; needs ``qagraph[parquet]``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from graph.errors import ExportError
from graph.exports._tables import Table, tables
from graph.store import Store

SUFFIX = ""


def write(store: Store, path: Path) -> None:
    """Write a folder with a file a class.

    Raises:
        ExportError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ExportError("parquet needs pyarrow: pip install 'qagraph[parquet]'") from error
    types = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
        date: pa.date32(),
    }
    path.mkdir()
    for table in tables(store):
        schema = pa.schema(
            [(name, types[kind]) for name, kind in zip(table.columns, table.types, strict=True)]
        )
        arrays = [
            pa.array(column, type=field.type)
            for column, field in zip(_columns(table), schema, strict=True)
        ]
        pq.write_table(pa.table(arrays, schema=schema), path / f"{table.name}.parquet")


def _columns(table: Table) -> list[list[object]]:
    return [list(column) for column in zip(*table.rows, strict=True)]
