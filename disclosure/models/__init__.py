"""Nouns of disclosure: the catalogue, what is asked for, what is answered, services, what is reported."""

from disclosure.models.catalogue import (
    CatalogueEntry,
    Category,
    CategoryDuty,
    DisclosurePage,
    IndexYear,
    Interpretation,
    Issuer,
    ValidityChange,
)
from disclosure.models.consulting import Consulting, Extension, Fee
from disclosure.models.decisions import Decision, DecisionFile, DecisionStep, DecisionYear, Proceeding
from disclosure.models.dispatches import Dispatch, DispatchFile, Receipt
from disclosure.models.offices import ChannelRule, FeeBand, Office
from disclosure.models.reports import AnnualReport
from disclosure.models.requests import Correction, DisclosureRequest, RequestFile, RequestNews, RequestYear

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
    "IndexYear",
    "Interpretation",
    "Issuer",
    "Office",
    "Proceeding",
    "Receipt",
    "RequestFile",
    "RequestNews",
    "RequestYear",
    "ValidityChange",
]
