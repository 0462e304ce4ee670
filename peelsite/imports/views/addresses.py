"""What an address of the imports names, and the way back."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from peelsite.forces.models import Force
from peelsite.imports import selectors
from peelsite.imports.models import ImportBatch
from peelsite.imports.targets import ImportTarget, target_of


def target_or_404(slug: str) -> ImportTarget:
    try:
        return target_of(slug)
    except KeyError:
        raise Http404 from None


def batch_or_404(force: Force, pk: int) -> ImportBatch:
    return get_object_or_404(selectors.batches_of(force), pk=pk)


def page_of(found: ImportBatch) -> str:
    return reverse("imports:batch", args=[found.force.slug, found.pk])


def crumbs(force: Force) -> list[tuple[str, str]]:
    return [("Imports", reverse("imports:list", args=[force.slug]))]
