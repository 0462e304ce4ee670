"""The engine: cells to typed columns, a staging table, checks in SQL, a plan, and its undoing.

It knows no post and no person: what a row means is told by the ImportTarget of the room.
"""
