"""Where people could come from, as a mixed-integer programme. No database.

problem   what a plan is made from
options   which ways there are, and what limits them
solve     the best plan, its bound, and the worth of one more
simple    the rule of thumb that it is compared with
outcome   what a plan comes to
words     a plan in plain sentences
"""
