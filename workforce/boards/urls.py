"""Pages of the establishment board."""

from django.urls import path

from workforce.boards.agenda import views as agenda
from workforce.boards.decisions import views as decisions
from workforce.boards.matching import views as matching
from workforce.boards.meetings import views as meetings
from workforce.boards.minutes import views as minutes
from workforce.boards.pack import views as pack

app_name = "boards"

urlpatterns = [
    path("<slug:force>/boards/", meetings.board_list, name="list"),
    path("<slug:force>/boards/set-up/", meetings.series_create, name="series-create"),
    path("<slug:force>/boards/series/<int:pk>/", meetings.series_change, name="series-change"),
    path("<slug:force>/boards/<int:pk>/", pack.board, name="board"),
    path("<slug:force>/boards/<int:pk>/date/", meetings.move, name="move"),
    path("<slug:force>/boards/<int:pk>/draw-up/", pack.draw_up, name="draw-up"),
    path("<slug:force>/boards/<int:pk>/publish/", pack.publish, name="publish"),
    path("<slug:force>/boards/<int:pk>/items/add/", agenda.add, name="item-add"),
    path("<slug:force>/boards/<int:pk>/actions/add/", decisions.action_add, name="action-add"),
    path("<slug:force>/boards/<int:pk>/minutes/", minutes.minutes, name="minutes"),
    path("<slug:force>/boards/<int:pk>/minutes/notes/", minutes.notes, name="notes"),
    path("<slug:force>/boards/<int:pk>/minutes/approve/", minutes.approve, name="approve"),
    path("<slug:force>/boards/<int:pk>/minutes/correct/", minutes.correct, name="correct"),
    path("<slug:force>/boards/items/<int:pk>/", agenda.item, name="item"),
    path("<slug:force>/boards/items/<int:pk>/remove/", agenda.remove, name="item-remove"),
    path("<slug:force>/boards/items/<int:pk>/move/", agenda.move, name="item-move"),
    path("<slug:force>/boards/items/<int:pk>/restore/", agenda.restore, name="item-restore"),
    path("<slug:force>/boards/items/<int:pk>/decide/<slug:kind>/", decisions.decide, name="decide"),
    path("<slug:force>/boards/decisions/<int:pk>/", decisions.change, name="decision"),
    path("<slug:force>/boards/decisions/<int:pk>/take-back/", decisions.withdraw, name="decision-withdraw"),
    path("<slug:force>/boards/decisions/", decisions.decisions, name="decisions"),
    path("<slug:force>/boards/decisions/<int:pk>/progress/", decisions.followed, name="decision-followed"),
    path("<slug:force>/boards/actions/", decisions.actions, name="actions"),
    path("<slug:force>/boards/actions/<int:pk>/", decisions.action, name="action"),
    path(
        "<slug:force>/boards/actions/<int:pk>/hand-over/", decisions.action_hand_over, name="action-hand-over"
    ),
    path("<slug:force>/boards/series/<int:pk>/close/", meetings.series_close, name="series-close"),
    path("<slug:force>/boards/to-fill/<int:pk>/undo/", matching.undo, name="match-undo"),
    path("<slug:force>/boards/to-fill/", matching.to_fill, name="to-fill"),
    path("<slug:force>/boards/to-fill/<int:pk>/", matching.post, name="to-fill-post"),
    path("<slug:force>/boards/to-fill/<int:pk>/<int:person_pk>/", matching.match, name="match"),
]
