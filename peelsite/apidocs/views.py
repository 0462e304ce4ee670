"""How to use the API: tokens, rates, paging, and each resource with an example."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from rest_framework.settings import api_settings

from peelsite.apidocs.calc import curl, rate_words
from peelsite.apidocs.selectors import resources


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    context = {
        "heading": "API documentation",
        "resources": resources(),
        "example": curl(settings.SITE_URL, "get", "/api/v1/", None),
        "rate": rate_words(api_settings.DEFAULT_THROTTLE_RATES.get("member")),
        "page_size": api_settings.PAGE_SIZE,
        "largest_page": api_settings.DEFAULT_PAGINATION_CLASS.max_page_size,
    }
    return render(request, "apidocs/index.html", context)


@require_safe
@login_required
def resource(request: HttpRequest, slug: str) -> HttpResponse:
    found = next((each for each in resources() if each.slug == slug), None)
    if found is None:
        raise Http404
    context = {
        "heading": found.name,
        "breadcrumbs": [("API documentation", reverse("api-docs"))],
        "resource": found,
        "endpoints": [
            (endpoint, curl(settings.SITE_URL, endpoint.method, endpoint.path, endpoint.example))
            for endpoint in found.endpoints
        ],
    }
    return render(request, "apidocs/resource.html", context)
