"""Pages of the suggestions.

board     a board's plan, what is held fast for it, and the plan of the boards ahead
numbers   the force's numbers
shown     rows as the templates show them
"""
