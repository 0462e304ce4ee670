from django.urls import path

from workforce.structure import views
from workforce.structure.kinds import KINDS

app_name = "structure"

ROOM = "<slug:force>/establishment/structure/"

urlpatterns = [
    path(ROOM, views.structure, name="structure"),
    path(f"{ROOM}settings/", views.settings, name="settings"),
    path(f"{ROOM}units/<int:pk>/move/", views.unit_move, name="unit-move"),
    path(f"{ROOM}units/<int:pk>/close/", views.unit_close, name="unit-close"),
]
for kind in KINDS:
    rows, row = f"{ROOM}{kind.path}/", f"{ROOM}{kind.path}/<int:pk>/"
    urlpatterns += [
        path(rows, views.list_view(kind), name=kind.path),
        path(f"{rows}add/", views.create_view(kind), name=f"{kind.name}-create"),
        path(row, views.part_view(kind), name=kind.name),
        path(f"{row}change/", views.change_view(kind), name=f"{kind.name}-change"),
        path(f"{row}remove/", views.remove_view(kind), name=f"{kind.name}-remove"),
    ]
