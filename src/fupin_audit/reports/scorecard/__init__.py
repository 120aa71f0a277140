"""Indicators against targets shown."""
