"""The tables that every GeoPackage has (OGC 12-128r19, annex C), and the triggers of a spatial index (annex F.3)."""

from __future__ import annotations

_APPLICATION_ID, _USER_VERSION = 0x47504B47, 10300  # "GPKG", 1.3

FRAME = f"""
PRAGMA page_size = 4096;
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {_USER_VERSION};
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
  max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
"""


def quoted(name: str) -> str:
    """Return a name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def rtree_triggers(name: str) -> list[str]:
    """Return the triggers that keep a table's spatial index in step with its edits."""
    table, index = quoted(name), quoted(f"rtree_{name}_geom")
    box = "ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)"
    filled, empty = "NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)", "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))"
    put, drop = f"INSERT OR REPLACE INTO {index} VALUES (NEW.fid, {box});", f"DELETE FROM {index} WHERE id = OLD.fid;"
    cases = (
        ("insert", "INSERT", filled, put),
        ("update1", "UPDATE OF geom", f"OLD.fid = NEW.fid AND {filled}", put),
        ("update2", "UPDATE OF geom", f"OLD.fid = NEW.fid AND {empty}", drop),
        ("update3", "UPDATE", f"OLD.fid != NEW.fid AND {filled}", drop + " " + put),
        ("update4", "UPDATE", f"OLD.fid != NEW.fid AND {empty}", f"DELETE FROM {index} WHERE id IN (OLD.fid, NEW.fid);"),
        ("delete", "DELETE", "OLD.geom NOT NULL", drop),
    )
    return [
        f"CREATE TRIGGER {quoted(f'rtree_{name}_geom_{key}')} AFTER {event} ON {table} WHEN ({when}) BEGIN {does} END"
        for key, event, when, does in cases
    ]
