"""Demand: records, surveys, strategy, forecasts and resourcing. No room of it is built yet.

Its place is fixed by the import contract: it may use workforce and the ground floor, and finance may use it.
"""
