"""What lets a plain GiST index hold a key beside a range, with no extension."""

from django.contrib.postgres.fields import BigIntegerRangeField
from django.db.models import Func


class OneValueRange(Func):
    """int8range(x, x, '[]'), for keys of exclusion constraints."""

    function = "INT8RANGE"
    template = "%(function)s(%(expressions)s, %(expressions)s, '[]')"
    output_field = BigIntegerRangeField()
