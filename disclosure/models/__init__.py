"""Nouns of disclosure: the catalogue, what is asked for and answered, services, documents to sign for, reports."""

from disclosure.models.categories import Category, CategoryDuty, IndexYear, Issuer
from disclosure.models.consulting import Consulting, Extension, Fee
from disclosure.models.decisions import Decision, DecisionFile, DecisionStep, DecisionYear, Proceeding
from disclosure.models.dispatches import Dispatch, DispatchFile, Receipt
from disclosure.models.entries import CatalogueEntry, DisclosurePage, Interpretation, LeftOut, ValidityChange
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
    "DecisionYear",
    "DisclosurePage",
    "DisclosureRequest",
    "Dispatch",
    "DispatchFile",
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
    "Issuer",
    "LeftOut",
    "Office",
    "PreReview",
    "PreReviewFile",
    "PreReviewMaterial",
    "PreReviewNews",
    "Proceeding",
    "Receipt",
    "RequestFile",
    "RequestNews",
    "RequestYear",
    "ResultNotice",
    "ServiceItem",
    "ValidityChange",
]
