"""No tables: Django tells an app of a migration only if it has this module."""
