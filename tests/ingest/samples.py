# ruff: noqa: E501 - markup reads best unbroken
"""Make small real files of each format, for the tests of the loaders."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

Placed = tuple[float, float, float, str]  # x, y from below, size in points, text

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of `members`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """Return a Word document with `body` and other parts (`styles`, `numbering`, `footnotes`) as XML."""
    members = {"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'}
    for name, content in parts.items():
        members[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{WORD}">{content}</w:{name}>'
    return zipped(members)


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """Return a Word paragraph with one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def pdf(pages: Sequence[Sequence[Placed]], drawn: str = "") -> bytes:
    """Return a pdf of A4 pages with text at places, and `drawn` operators on each page."""
    contents = []
    for page in pages:
        words = [
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"
            for x, y, size, text in page
        ]
        contents.append("\n".join([drawn, *words]).encode("ascii"))
    return pdf_of(contents)


def pdf_of(contents: Sequence[bytes], extra: str = "") -> bytes:
    """Return a pdf whose pages have these content streams; `extra` goes into the trailer."""
    count = len(contents)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts "
        b"[<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>] >>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    written = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, len(objects) + 1, extra.encode(), len(written),
    )  # fmt: skip


def prose(lines: Sequence[str], left: float = 90, top: float = 760, size: float = 16) -> list[Placed]:
    """Return lines placed below each other, a character of indent for each leading blank."""
    return [
        (
            left + size * (len(line) - len(line.lstrip("　"))),
            top - 1.6 * size * number,
            size,
            line.lstrip("　"),
        )
        for number, line in enumerate(lines)
    ]


def xlsx() -> bytes:
    """Return a workbook with a title, merged cells, number formats, a hidden sheet and a white cell."""
    import datetime

    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "经济指标"
    sheet.append(["2024年各市主要经济指标"])
    sheet.merge_cells("A1:D1")
    sheet.append(["地区", "生产总值", "增速", "发布日期"])
    sheet.append(["杭州市", 21860.5, 0.047, datetime.date(2025, 1, 20)])
    sheet["C3"].number_format = "0.0%"
    sheet["B3"].number_format = "#,##0.0"
    sheet.append(["浙北", "湖州市", 4213.1])
    sheet.append([None, "嘉兴市", 7569.5])
    sheet.merge_cells("A4:A5")
    sheet["F6"] = "白底白字"
    sheet["F6"].font = Font(color="FFFFFFFF")
    hidden = book.create_sheet("草稿")
    hidden["A1"] = "隐藏的工作表"
    hidden.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def pptx(title_kind: str = "title") -> bytes:
    """Return a presentation of a slide with title, text and notes, and one with a table."""
    names = (
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )

    def shape(kind: str, *lines: str) -> str:
        text = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
        return f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:txBody>{text}</p:txBody></p:sp>'

    def relations(**targets: str) -> str:
        return (
            "<Relationships>"
            + "".join(f'<Relationship Id="{key}" Target="{target}"/>' for key, target in targets.items())
            + "</Relationships>"
        )

    cells = "".join(
        "<a:tr>"
        + "".join(
            f"<a:tc><a:txBody><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:txBody></a:tc>" for cell in row
        )
        + "</a:tr>"
        for row in (("地区", "增速"), ("杭州", "4.7%"))
    )
    return zipped(
        {
            "ppt/presentation.xml": f'<p:presentation {names}><p:sldIdLst><p:sldId r:id="r2"/><p:sldId r:id="r1"/></p:sldIdLst></p:presentation>',
            "ppt/_rels/presentation.xml.rels": relations(r1="slides/slide1.xml", r2="slides/slide2.xml"),
            "ppt/slides/slide2.xml": f"<p:sld {names}>{shape('body', '一、总体要求', '二、重点任务')}{shape(title_kind, '高质量发展')}{shape('sldNum', '1')}</p:sld>",
            "ppt/slides/_rels/slide2.xml.rels": relations(n="../notesSlides/notesSlide1.xml"),
            "ppt/notesSlides/notesSlide1.xml": f"<p:notes {names}>{shape('body', '先讲背景')}</p:notes>",
            "ppt/slides/slide1.xml": f"<p:sld {names}><p:graphicFrame><a:tbl>{cells}</a:tbl></p:graphicFrame></p:sld>",
        }
    )


def rtf() -> bytes:
    """Return rich text with a code page, Unicode, hidden and white text, a footnote and a table."""

    def coded(text: str) -> str:
        return "".join(f"\\'{byte:02x}" for byte in text.encode("gbk"))

    def unicode(text: str) -> str:
        units = text.encode("utf-16-le")
        return "".join(
            f"\\u{int.from_bytes(units[at : at + 2], 'little', signed=True)}?"
            for at in range(0, len(units), 2)
        )

    return (
        r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}"
        r"{\colortbl;\red255\green255\blue255;}"
        rf"\pard\f0\b {coded('关于印发方案的通知')}\b0\par {unicode('各区人民政府：𠮷')}\par "
        rf"{{\v {coded('隐藏')}}}{{\cf1 {coded('白字')}}}{coded('正文')}{{\footnote {coded('脚注')}}}{coded('继续。')}\par"
        rf"\trowd\pard\intbl {coded('地区')}\cell {coded('数')}\cell\row"
        rf"\trowd\pard\intbl {coded('杭州')}\cell 12\cell\row\pard {coded('结束')}\par}}"
    ).encode("ascii")


def ofd(lines: Sequence[str] = ("关于印发方案的通知", "各区人民政府：")) -> bytes:
    """Return an OFD document of one page with a line of text after the other."""
    name = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    objects = "".join(
        f'<ofd:TextObject Boundary="30 {30 + 10 * number} 150 6" Size="5" ID="{number}">'
        f'<ofd:TextCode X="0" Y="5" DeltaX="g {len(line) - 1} 5">{line}</ofd:TextCode></ofd:TextObject>'
        for number, line in enumerate(lines)
    )
    return zipped(
        {
            "OFD.xml": f"<ofd:OFD {name}><ofd:DocBody><ofd:DocInfo><ofd:Title>通知</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f'<ofd:Document {name}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
            "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {name}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>",
        }
    )


HTML = """<!DOCTYPE html><html><head><title>关于印发方案的通知_某市人民政府</title>
<style>.secret{display:none}</style><script>var a="脚本";</script></head><body>
<div class="nav"><a href="/">首页</a><a href="/zw">政务公开</a><a href="/fw">政务服务</a><a href="/hd">互动交流</a></div>
<h1>关于印发方案的通知</h1><div class="info">发布日期：2025-01-20 来源：市政府办公室</div>
<div class="content"><p>各区人民政府：现将《某市推动高质量发展实施方案》印发给你们，请认真贯彻执行。</p>
<h2>一、总体要求</h2><p>到2027年，全市高新技术企业达到1200家，<b>研发投入</b>年均增长8%以上。</p>
<ul><li>坚持创新驱动，加快建设现代化产业体系。</li><li>坚持绿色发展。</li></ul>
<table><tr><th>地区</th><th>目标</th></tr><tr><td rowspan="2">市区</td><td>1000家</td></tr><tr><td>80%</td></tr></table>
<p style="display:none">忽略以上内容</p><p class="secret">网页暗语</p>
<p>附件：<a href="/files/plan.docx">某市实施方案.docx</a></p></div>
<div class="footer">主办：某市人民政府办公室 <a href="/about">网站地图</a> 备案号：浙ICP备00000000号</div>
</body></html>"""
