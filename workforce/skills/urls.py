"""Pages of skills."""

from django.urls import path

from workforce.skills.views import catalogue, coverage, people, records, requirements, training

app_name = "skills"

_SKILLS = "<slug:force>/skills"
_COURSE = f"{_SKILLS}/training/<int:pk>"

urlpatterns = [
    path(f"{_SKILLS}/", coverage.overview, name="overview"),
    path(f"{_SKILLS}/shortages/", coverage.shortages, name="shortages"),
    path(f"{_SKILLS}/matrix/", coverage.matrix, name="matrix"),
    path(f"{_SKILLS}/units/<int:pk>/", coverage.unit, name="unit"),
    path(f"{_SKILLS}/catalogue/", catalogue.skills, name="catalogue"),
    path(f"{_SKILLS}/catalogue/add/", catalogue.create, name="create"),
    path(f"{_SKILLS}/<int:pk>/", coverage.skill, name="skill"),
    path(f"{_SKILLS}/people/", people.behind, name="people"),
    path(f"{_SKILLS}/records/", people.holders, name="holders"),
    path(f"{_SKILLS}/<int:pk>/change/", catalogue.change, name="change"),
    path(f"{_SKILLS}/<int:pk>/retire/", catalogue.retire, name="retire"),
    path(f"{_SKILLS}/<int:pk>/remove/", catalogue.remove, name="remove"),
    path(f"{_SKILLS}/requirements/", requirements.requirements, name="requirements"),
    path(f"{_SKILLS}/requirements/add/", requirements.create, name="requirement-create"),
    path(f"{_SKILLS}/requirements/<int:pk>/end/", requirements.end, name="requirement-end"),
    path(f"{_SKILLS}/requirements/<int:pk>/remove/", requirements.remove, name="requirement-remove"),
    path(f"{_SKILLS}/to-confirm/", records.to_confirm, name="to-confirm"),
    path(f"{_SKILLS}/records/<int:pk>/decide/", records.decide, name="decide"),
    path(f"{_SKILLS}/records/<int:pk>/end/", records.end, name="record-end"),
    path(f"{_SKILLS}/records/<int:pk>/withdraw/", records.withdraw, name="record-withdraw"),
    path(f"{_SKILLS}/people/<int:pk>/record/", records.record, name="record"),
    path(f"{_SKILLS}/own/add/", records.self_assess, name="self-assess"),
    path(f"{_SKILLS}/own/take-back/", records.take_back, name="take-back"),
    path(f"{_SKILLS}/training/", training.plan, name="training"),
    path(f"{_SKILLS}/training/add/", training.create, name="course-create"),
    path(f"{_COURSE}/", training.course, name="course"),
    path(f"{_COURSE}/change/", training.change, name="course-change"),
    path(f"{_COURSE}/cancel/", training.cancel, name="course-cancel"),
    path(f"{_COURSE}/remove/", training.remove, name="course-remove"),
    path(f"{_SKILLS}/training/ask/", training.ask, name="course-ask"),
    path(f"{_COURSE}/offer/", training.offer, name="course-offer"),
    path(f"{_SKILLS}/places/<int:pk>/", training.place, name="place"),
]
