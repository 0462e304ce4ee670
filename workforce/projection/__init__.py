"""Strength, establishment and gaps of the months ahead, with their range."""
