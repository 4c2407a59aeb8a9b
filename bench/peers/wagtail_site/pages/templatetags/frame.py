from django import template
from wagtail.models import Site

register = template.Library()


@register.inclusion_tag("pages/_menu.html", takes_context=True)
def menu(context):
    root = Site.find_for_request(context["request"]).root_page
    return {"mains": root.get_children().live().in_menu(), "request": context["request"]}


@register.inclusion_tag("pages/_place.html", takes_context=True)
def place(context):
    page = context["page"]
    return {"steps": page.get_ancestors(inclusive=True).filter(depth__gt=1), "request": context["request"]}


@register.inclusion_tag("pages/_rail.html", takes_context=True)
def rail(context):
    page = context["page"]
    main = page.get_ancestors(inclusive=True).filter(depth=3).first()
    return {
        "main": main, "subs": main.get_children().live().in_menu() if main else [],
        "request": context["request"],
    }  # fmt: skip
