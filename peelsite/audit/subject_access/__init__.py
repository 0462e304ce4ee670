"""What is held on one person: the request as a record with a day by which it is due, and the export.

models     the requests, and the exports made for them
plan       which tables hold something of a person, found from the models
held       what they hold, with the names of others withheld
exports    the file: a page to read and one workbook a table
registry   what no column names: staged rows of files, messages by their address
"""
