"""Every address of the site: each room brings its pages (urls.py) and its API routes (api.py)."""

from itertools import chain

from django.contrib import admin
from django.urls import include, path
from rest_framework.routers import DefaultRouter

from peelsite.accounts import api as accounts
from peelsite.audit import api as audit
from peelsite.imports import api as imports
from peelsite.inspection import api as inspection
from peelsite.mail import api as mail
from workforce.boards import api as boards
from workforce.establishment import api as establishment
from workforce.people import api as people
from workforce.projection import api as projection
from workforce.skills import api as skills
from workforce.structure import api as structure
from workforce.travel import api as travel

router = DefaultRouter()
router.include_format_suffixes = False
for prefix, viewset, basename in chain(
    structure.api_routes,
    accounts.api_routes,
    audit.api_routes,
    mail.api_routes,
    imports.api_routes,
    establishment.api_routes,
    people.api_routes,
    travel.api_routes,
    skills.api_routes,
    projection.api_routes,
    boards.api_routes,
    inspection.api_routes,
):
    router.register(prefix, viewset, basename)

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("peelsite.accounts.sign_in_urls")),
    path("api/v1/", include(router.urls)),
    path("api/", include("peelsite.apidocs.urls")),
    path("", include("peelsite.web.urls")),
    path("", include("peelsite.charts.urls")),
    path("", include("peelsite.accounts.urls")),
    path("", include("peelsite.audit.urls")),
    path("", include("peelsite.mail.urls")),
    path("", include("peelsite.imports.urls")),
    path("", include("workforce.establishment.urls")),
    path("", include("workforce.structure.urls")),
    path("", include("workforce.people.urls")),
    path("", include("workforce.travel.urls")),
    path("", include("workforce.health.urls")),
    path("", include("workforce.skills.urls")),
    path("", include("workforce.joint_units.urls")),
    path("", include("workforce.projection.urls")),
    path("", include("workforce.boards.urls")),
    path("", include("peelsite.inspection.urls")),
    path("", include("peelsite.home.urls")),
]
