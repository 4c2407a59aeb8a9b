"""文书 as .docx."""

from io import BytesIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from disclosure.queries import request_papers
from disclosure.queries.offices import nearest_office
from portal.documents import Paper, word

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """空白申请表, to be sent or brought."""
    office = nearest_office(request.site)
    return docx(request_papers.blank(office) if office else None)


def docx(paper: Paper | None) -> HttpResponse:
    if paper is None:
        raise Http404
    name = f"{paper.title}{paper.number and f'（{paper.number}）'}.docx"
    return FileResponse(BytesIO(word(paper)), as_attachment=True, filename=name, content_type=TYPE)
