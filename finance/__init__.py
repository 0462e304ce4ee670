"""Finance: collaboration, plan, cases, benefits and outcomes. No room of it is built yet.

Its place is fixed by the import contract: it may use demand, workforce and the ground floor.
"""
