"""Row history: who changed which row, when, in which request, and what it held.

`@tracked` installs one statement-level trigger for each of insert, update and delete, so bulk and raw SQL are
recorded like everything else, and a bulk import writes its history in one statement.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import pghistory
import pgtrigger

ModelClass = TypeVar("ModelClass", bound=type)


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[ModelClass], ModelClass]:
    """Class decorator: keep every version of the model's rows in `<model>event`, append-only.

    `exclude` names fields that are not kept (progress counters, large files, secrets).
    """
    tracker = pghistory.track(
        pghistory.InsertEvent(level=pgtrigger.Statement),
        pghistory.UpdateEvent(level=pgtrigger.Statement),
        pghistory.DeleteEvent(level=pgtrigger.Statement),
        exclude=list(exclude),
        obj_field=pghistory.ObjForeignKey(db_index=True),
        context_field=pghistory.ContextForeignKey(db_index=False),
    )
    return cast(Callable[[ModelClass], ModelClass], tracker)
