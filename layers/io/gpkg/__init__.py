"""How the project's GeoPackage is laid out, over SQLite itself.

A GeoPackage is an SQLite file with agreed tables (OGC 12-128r19), so the standard library writes it: no geodata library
is loaded, nothing stamps the time of day into it, and the same content gives the same bytes.
"""
