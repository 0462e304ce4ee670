"""Pages of matching, in the namespace of boards."""

from django.urls import path

from workforce.boards.matching.views import chains, moves, posts, records

_BOARDS = "<slug:force>/boards"
_PERSON = "<slug:force>/people/<int:pk>/next-post"
_OWN = "<slug:force>/people/me/next-post"

urlpatterns = [
    path(f"{_BOARDS}/to-fill/", posts.to_fill, name="to-fill"),
    path(f"{_BOARDS}/to-fill/together/", posts.together, name="to-fill-together"),
    path(f"{_BOARDS}/to-fill/<int:pk>/", posts.post, name="to-fill-post"),
    path(f"{_BOARDS}/to-fill/<int:pk>/undo/", posts.undo, name="match-undo"),
    path(f"{_BOARDS}/to-fill/<int:pk>/<int:person_pk>/", posts.match, name="match"),
    path(f"{_BOARDS}/moves/", moves.moves, name="moves"),
    path(f"{_BOARDS}/moves/<int:pk>/", moves.move, name="move-proposal"),
    path(f"{_BOARDS}/moves/asked/<int:pk>/", moves.answer, name="move-answer"),
    path(f"{_BOARDS}/moves/<int:pk>/accept/", moves.accept, name="move-accept"),
    path(f"{_BOARDS}/moves/<int:pk>/carry-out/", moves.carry_out, name="move-carry-out"),
    path(f"{_BOARDS}/moves/<int:pk>/withdraw/", moves.withdraw, name="move-withdraw"),
    path(f"{_BOARDS}/moves/<int:pk>/follow/", chains.follow, name="move-follow"),
    path(f"{_BOARDS}/moves/<int:pk>/follow/<int:person_pk>/", chains.follow_with, name="move-follow-with"),
    path(f"{_BOARDS}/chains/<int:pk>/", chains.chain, name="chain"),
    path(f"{_BOARDS}/chains/<int:pk>/reason/", chains.chain_reason, name="chain-reason"),
    path(f"{_BOARDS}/chains/<int:pk>/carry-out/", chains.chain_carry_out, name="chain-carry-out"),
    path(f"{_BOARDS}/minimums/", records.minimums, name="minimums"),
    path(f"{_BOARDS}/minimums/add/", records.minimum_add, name="minimum-add"),
    path(f"{_BOARDS}/minimums/<int:pk>/", records.minimum, name="minimum"),
    path(f"{_BOARDS}/minimums/<int:pk>/remove/", records.minimum_remove, name="minimum-remove"),
    path(f"{_BOARDS}/matching-numbers/", records.settings, name="matching-settings"),
    path(f"{_OWN}/", records.own_standing, name="own-standing"),
    path(f"{_OWN}/preferences/", records.own_preference, name="own-preference"),
    path(f"{_PERSON}/", records.standing, name="standing"),
    path(f"{_PERSON}/preferences/", records.preference, name="preference"),
    path(f"{_PERSON}/flexible-working/add/", records.flexible_add, name="flexible-add"),
    path(f"{_PERSON}/flexible-working/<int:row_pk>/end/", records.flexible_end, name="flexible-end"),
    path(f"{_PERSON}/promotion/add/", records.promotion_add, name="promotion-add"),
    path(f"{_PERSON}/promotion/<int:row_pk>/end/", records.promotion_end, name="promotion-end"),
]
