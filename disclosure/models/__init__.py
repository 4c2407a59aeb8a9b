"""Nouns of disclosure: the catalogue, what is asked for, what is answered, what is reported."""

from disclosure.models.catalogue import (
    CatalogueEntry,
    Category,
    CategoryDuty,
    DisclosurePage,
    IndexYear,
    Interpretation,
)
from disclosure.models.consulting import Consulting, Extension, Fee
from disclosure.models.decisions import Decision, DecisionFile, DecisionStep, Proceeding
from disclosure.models.offices import ChannelRule, FeeBand, Office
from disclosure.models.prereviews import PreReview, PreReviewFile, PreReviewMaterial, PreReviewNews
from disclosure.models.reports import AnnualReport
from disclosure.models.requests import Correction, DisclosureRequest, RequestFile, RequestNews, RequestYear
from disclosure.models.result_notices import ResultNotice
from disclosure.models.services import Guide, GuideCharge, GuideMaterial, GuideStep, GuideWindow, ServiceItem

__all__ = [
    "AnnualReport",
    "CatalogueEntry",
    "Category",
    "CategoryDuty",
    "ChannelRule",
    "Consulting",
    "Correction",
    "Decision",
    "DecisionFile",
    "DecisionStep",
    "DisclosurePage",
    "DisclosureRequest",
    "Extension",
    "Fee",
    "FeeBand",
    "Guide",
    "GuideCharge",
    "GuideMaterial",
    "GuideStep",
    "GuideWindow",
    "IndexYear",
    "Interpretation",
    "Office",
    "PreReview",
    "PreReviewFile",
    "PreReviewMaterial",
    "PreReviewNews",
    "Proceeding",
    "RequestFile",
    "RequestNews",
    "RequestYear",
    "ResultNotice",
    "ServiceItem",
]
