"""Pages of the establishment board."""

from django.urls import path

from workforce.boards.agenda import views as agenda
from workforce.boards.decisions import views as decisions
from workforce.boards.joint import views as joint
from workforce.boards.matching import urls as matching
from workforce.boards.meetings import views as meetings
from workforce.boards.members import views as members
from workforce.boards.minutes import views as minutes
from workforce.boards.pack import views as pack
from workforce.boards.papers import views as papers
from workforce.boards.suggestions.views import board as suggestions
from workforce.boards.suggestions.views import numbers

app_name = "boards"

urlpatterns = [
    path("<slug:force>/boards/", meetings.board_list, name="list"),
    path("<slug:force>/boards/set-up/", meetings.series_create, name="series-create"),
    path("<slug:force>/boards/series/<int:pk>/", meetings.series_change, name="series-change"),
    path("<slug:force>/boards/<int:pk>/", pack.board, name="board"),
    path("<slug:force>/boards/<int:pk>/date/", meetings.move, name="move"),
    path("<slug:force>/boards/<int:pk>/draw-up/", pack.draw_up, name="draw-up"),
    path("<slug:force>/boards/<int:pk>/publish/", pack.publish, name="publish"),
    path("<slug:force>/boards/<int:pk>/changes/", pack.changes, name="changes"),
    path("<slug:force>/boards/<int:pk>/changes/rows/", pack.rows, name="changes-rows"),
    path("<slug:force>/boards/<int:pk>/strength/notes/add/", pack.note_add, name="note-add"),
    path("<slug:force>/boards/strength-notes/<int:pk>/", pack.note_change, name="note-change"),
    path(
        "<slug:force>/boards/<int:pk>/papers/<slug:paper_kind>.<slug:extension>", papers.paper, name="paper"
    ),
    path("<slug:force>/boards/<int:pk>/papers/<slug:paper_kind>/write/", papers.write, name="paper-write"),
    path(
        "<slug:force>/boards/<int:pk>/papers/<slug:paper_kind>/progress/",
        papers.progress,
        name="paper-progress",
    ),
    path("<slug:force>/boards/series/<int:pk>/members/", members.members, name="members"),
    path("<slug:force>/boards/series/<int:pk>/members/add/", members.member_add, name="member-add"),
    path("<slug:force>/boards/members/sending/<int:pk>/", members.mailing, name="mailing"),
    path("<slug:force>/boards/members/<int:pk>/", members.member_change, name="member-change"),
    path("<slug:force>/boards/members/<int:pk>/remove/", members.member_remove, name="member-remove"),
    path("<slug:force>/boards/deliveries/<int:pk>/send-again/", members.resend, name="delivery-resend"),
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
    path("<slug:force>/boards/joint/", joint.joint_list, name="joint-list"),
    path("<slug:force>/boards/joint/set-up/", joint.create, name="joint-create"),
    path("<slug:force>/boards/joint/<int:pk>/", joint.joint, name="joint"),
    path("<slug:force>/boards/joint/<int:pk>/join/", joint.join, name="joint-join"),
    path("<slug:force>/boards/joint/<int:pk>/shares/", joint.allocate, name="joint-allocate"),
    path("<slug:force>/boards/actions/", decisions.actions, name="actions"),
    path("<slug:force>/boards/actions/<int:pk>/", decisions.action, name="action"),
    path(
        "<slug:force>/boards/actions/<int:pk>/hand-over/", decisions.action_hand_over, name="action-hand-over"
    ),
    path("<slug:force>/boards/series/<int:pk>/close/", meetings.series_close, name="series-close"),
    path("<slug:force>/boards/<int:pk>/suggestions/", suggestions.suggestions, name="suggestions"),
    path(
        "<slug:force>/boards/<int:pk>/suggestions/work-out/",
        suggestions.work_out,
        name="suggestions-work-out",
    ),
    path("<slug:force>/boards/<int:pk>/ahead/", suggestions.ahead, name="ahead"),
    path("<slug:force>/boards/<int:pk>/ahead/work-out/", suggestions.ahead_work_out, name="ahead-work-out"),
    path("<slug:force>/boards/<int:pk>/ahead/progress/", suggestions.ahead_progress, name="ahead-progress"),
    path(
        "<slug:force>/boards/suggestions/moves/<int:pk>/<slug:rule>/",
        suggestions.rule_add,
        name="suggestion-rule",
    ),
    path(
        "<slug:force>/boards/suggestions/rules/<int:pk>/lift/",
        suggestions.rule_end,
        name="suggestion-rule-lift",
    ),
    path("<slug:force>/boards/suggestions/settings/", numbers.settings, name="suggestion-settings"),
    path(
        "<slug:force>/boards/suggestions/settings/change/",
        numbers.settings_change,
        name="suggestion-settings-change",
    ),
    path("<slug:force>/boards/suggestions/weights/set/", numbers.weight, name="suggestion-weight"),
    path(
        "<slug:force>/boards/suggestions/officer-roles/add/", numbers.civilian_role, name="civilian-role-add"
    ),
    path(
        "<slug:force>/boards/suggestions/officer-roles/<int:pk>/remove/",
        numbers.civilian_role_end,
        name="civilian-role-remove",
    ),
    *matching.urlpatterns,
]
