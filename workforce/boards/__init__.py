"""The establishment board.

meetings    when it meets: the series, and each board with its state
agenda      what it is asked: drawn up from the gaps, mended by hand
decisions   what it decides, the posts that wait for a person, the actions
pack        the figures and the last board's actions, frozen when published
minutes     the decisions in words, approved once and corrected by new entries
matching    the unit head's list: a person for each post
"""
