"""Addresses: documents sent to units, and signing for them."""

from django.urls import path

from disclosure.views.dispatches import desk, sheets, writing

public_urlpatterns: list = []
desk_urlpatterns: list = [
    path("receipts/", desk.inbox, name="receipts"),
    path("dispatches/", desk.dispatches, name="dispatches"),
    path("dispatches/new/", writing.new, name="dispatch_new"),
    path("dispatches/<int:pk>/", desk.dispatch, name="dispatch"),
    path("dispatches/<int:pk>/edit/", writing.edit, name="dispatch_edit"),
    path("dispatches/<int:pk>/sign/<int:unit>/", desk.sign, name="dispatch_sign"),
    path("dispatches/<int:pk>/remind/", desk.remind, name="dispatch_remind"),
    path("dispatches/<int:pk>/withdraw/", desk.withdraw, name="dispatch_withdraw"),
    path("dispatches/<int:pk>/discard/", desk.discard, name="dispatch_discard"),
    path("dispatches/<int:pk>/files/<int:file>/", desk.attachment, name="dispatch_file"),
    path("dispatches/<int:pk>/sheet/", sheets.sheet, name="dispatch_sheet"),
    path("dispatches/<int:pk>/sheet.<slug:form>", sheets.export, name="dispatch_export"),
]
