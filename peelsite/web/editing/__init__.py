"""Two people at one record: the second is told what changed, loses nothing typed, and merges.

records   for services: the row under its lock, compared with what the caller saw of it
forms     for rooms: a form that carries what it showed, and comes back with what changed
pages     for views: the page of such a form, and of a form that makes something once
versions  who changed which field, from the row history
calc      the comparison itself
"""
