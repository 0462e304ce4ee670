"""The page of a form that writes through a service: see peelsite.web.editing.pages."""

from peelsite.web.editing.pages import form_page

__all__ = ["form_page"]
