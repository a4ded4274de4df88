"""The charts of a workbook as openpyxl reads them."""
import re
import sys
import zipfile

import openpyxl

failed = 0


def check(name, holds):
    global failed
    failed = failed or not holds
    print(("ok - " if holds else "not ok - ") + name)


path = sys.argv[1]
book, parts = openpyxl.load_workbook(path), zipfile.ZipFile(path)
charts = {sheet.title: sheet._charts[0] for sheet in book if sheet._charts}
kinds = [type(chart).__name__ + (":" + chart.type if hasattr(chart, "type") and chart.type else "")
         for chart in charts.values()]
check("each kind of chart is a native one",
      kinds == ["BarChart:col"] * 3 + ["BarChart:bar"] + ["LineChart"] * 5 + ["BarChart:bar"])
check("small multiples are a chart each",
      sorted(len(sheet._charts) for sheet in book)[-2:] == [1, 7])
check("a chart stands on the sheet of its data", all(
    "'" + name + "'!" in series.val.numRef.f
    for name, chart in charts.items() for series in chart.series))
check("the blank cell that stands for a gap is blank", all(
    sheet["XFD1"].value is None for sheet in book))
check("no cell with words in it is drawn as part of a line", all(
    cell.value is None or not isinstance(cell.value, str)
    for name, chart in charts.items() if type(chart).__name__ == "LineChart"
    for series in chart.series
    for area in re.findall(r"!([$A-Z0-9:]+)", series.val.numRef.f)
    for row in (lambda cells: cells if isinstance(cells, tuple) else ((cells,),))(book[name][area])
    for cell in row))
drawings = [parts.read(name).decode() for name in parts.namelist()
            if re.match(r"xl/drawings/drawing\d+\.xml", name)]
check("each chart has its description", len(drawings) == len(charts) and sum(
    len(re.findall(r'descr="[^"]{10,}"', drawing)) for drawing in drawings) == sum(
    len(sheet._charts) for sheet in book))
check("scales of bars begin at 0", all(
    chart.y_axis.scaling.min == 0 for chart in charts.values()
    if type(chart).__name__ == "BarChart"))
sys.exit(failed)
