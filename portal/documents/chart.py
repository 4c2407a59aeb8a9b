"""A chart inside a .docx: DrawingML with its numbers written out, drawn by the word processor itself."""

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Emu, Mm
from docx.text.paragraph import Paragraph
from openpyxl.chart import BarChart
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumVal, StrData, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.xml.functions import tostring

from portal.documents.parts import Bars

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
COLOUR = "1C4A84"
WIDE, PER_BAR, LEAST, MOST = Mm(150), Mm(7), Mm(50), Mm(190)
_INLINE = """<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
 <wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>
 <wp:docPr id="{number}" name="图 {number}" descr="{words}"/><wp:cNvGraphicFramePr/>
 <a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
 <c:chart r:id="{rid}"/></a:graphicData></a:graphic></wp:inline></w:drawing>"""


def bar_chart(bars: Bars) -> BarChart:
    """Bars lying, the first on top, each with its number; for workbooks and papers alike."""
    chart = BarChart()
    chart.type, chart.legend, chart.gapWidth = "bar", None, 60
    chart.y_axis.delete, chart.x_axis.delete = True, False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.majorGridlines = None
    return chart


def place(document: Document, paragraph: Paragraph, bars: Bars, number: int) -> None:
    """Put the chart into `paragraph`; `number` counts the charts of the document from 1."""
    package = document.part.package
    name = PackURI(f"/word/charts/chart{number}.xml")
    part = Part(name, CHART_TYPE, _xml(bars), package)
    rid = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    tall = min(max(LEAST, Emu(PER_BAR * len(bars.labels))), MOST)
    words = "；".join(f"{label} {value}" for label, value in bars.bars)
    inline = _INLINE.format(cx=WIDE, cy=tall, number=number, rid=rid, words=_escaped(words))
    paragraph.add_run()._r.append(parse_xml(inline))


def _xml(bars: Bars) -> bytes:
    chart = bar_chart(bars)
    count = len(bars.labels)
    names = StrData(ptCount=count, pt=[StrVal(idx=i, v=str(one)) for i, one in enumerate(bars.labels)])
    numbers = NumData(ptCount=count, pt=[NumVal(idx=i, v=float(one)) for i, one in enumerate(bars.values)])
    series = Series(idx=0, order=0)
    series.cat, series.val = AxDataSource(strLit=names), NumDataSource(numLit=numbers)
    series.spPr = GraphicalProperties(solidFill=COLOUR)
    series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.series.append(series)
    return tostring(chart._write())


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
