"""Addresses of assessment, gathered from its nouns."""

from assessment.urls import bulletins, inspections, radar, scores, slips, website_reports

NOUNS = (slips, scores, inspections, radar, bulletins, website_reports)

public_urlpatterns: list = [one for noun in NOUNS for one in noun.public_urlpatterns]
desk_urlpatterns: list = [one for noun in NOUNS for one in noun.desk_urlpatterns]
