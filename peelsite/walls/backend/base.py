"""PostgreSQL for Django, with the wall raised before each statement.

The session's setting `peelsite.forces` is brought to what `walls.reach()` says, and only when it differs. A
roll-back takes back a setting made since, so after one it is unknown and set again. As it belongs to the
session, a pooler between the site and PostgreSQL must lend whole sessions, not single transactions.
"""

from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from peelsite import walls

# Statements that read no rows, and must not be preceded by another: PostgreSQL allows nothing else once a
# transaction has failed.
UNWALLED = ("SAVEPOINT ", "RELEASE ", "ROLLBACK ")


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What the session is known to have; None when that is not known.
        self._raised: str | None = None
        self.execute_wrappers.append(self._behind_the_wall)

    def settle(self) -> None:
        """Bring the session, if there is one that can be told, to what may be seen now."""
        if self.connection is not None and not self.connection.closed:
            self._raise_wall()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self._raised = None
        return super().get_new_connection(conn_params)

    def create_cursor(self, name: str | None = None) -> Any:
        # COPY goes round the wrappers of execute.
        self._raise_wall()
        return super().create_cursor(name)

    def _behind_the_wall(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if not (isinstance(sql, str) and sql.startswith(UNWALLED)):
            self._raise_wall()
        return execute(sql, params, many, context)

    def _raise_wall(self) -> None:
        wanted = walls.reach()
        if wanted == self._raised or self.connection.info.transaction_status == TransactionStatus.INERROR:
            return
        self._raised = None
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, false)", [walls.SETTING, wanted])
        self._raised = wanted

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._raised = None

    def _savepoint_rollback(self, sid: str) -> None:
        try:
            super()._savepoint_rollback(sid)
        finally:
            self._raised = None
