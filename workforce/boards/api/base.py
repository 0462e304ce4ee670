"""What every resource of the boards does with what it is sent."""

from rest_framework import mixins, status, viewsets
from rest_framework.response import Response

from peelsite.accounts.access import ForceScopedMixin
from peelsite.accounts.permissions import Action
from peelsite.web.editing.api import GuardedMixin


class RoomMixin(GuardedMixin, ForceScopedMixin):
    """Reads and services of one room; the body of a request is checked by the serializer named."""

    read_action = Action.BOARD_VIEW

    def body(self, serializer_class):
        given = serializer_class(data=self.request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return given

    def answer(self, row, code: int = status.HTTP_200_OK) -> Response:
        fresh = self.get_queryset().get(pk=row.pk)
        return Response(self.get_serializer(fresh).data, status=code)


class ReadViewSet(RoomMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    pass
