"""Makes templates/outline.docx, whose styles and page every outline of a document has.

Run it with `python docs/outline.py`.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from svcq_excel.issuing.outlines import HINT, LINE, NOTE, template_path
from svcq_excel.palette import FONT
from svcq_excel.text.made_on import made_on
from svcq_excel.workbooks.zip_parts import packed

_WORD = "15"  # Word 2013 and all later ones
_SIZE, _LINE = Pt(14), Pt(21)
_KEPT = {
    *("Normal", "Title", "Heading1", "Heading2", "Heading3", "Footer", "TableGrid"),
    *("DefaultParagraphFont", "TableNormal", "NoList"),
}
_UNUSED = ("thumbnail", "customXml", "extended-properties", "stylesWithEffects", "numbering")
_INK, _GREY = RGBColor(0, 0, 0), RGBColor(0x5B, 0x64, 0x75)


def template() -> bytes:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    styles = document.styles
    for element in list(styles.element.style_lst):
        if element.styleId not in _KEPT:
            styles.element.remove(element)
    for style in list(styles):
        if style.type is WD_STYLE_TYPE.PARAGRAPH:
            _plain(style)
    for name in (LINE, HINT, NOTE):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _plain(style)
        if name != LINE:
            style.font.color.rgb = _GREY
    for name in ("Title", LINE, "Footer"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        styles[name].font.bold = True
        styles[name].paragraph_format.keep_with_next = True
    for depth in (2, 3):
        styles[f"Heading {depth}"].paragraph_format.left_indent = 2 * _SIZE * (depth - 1)
    styles[NOTE].paragraph_format.space_before = _LINE
    _page_numbers(section.footer.paragraphs[0])
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.language, properties.revision = "zh-TW", 1
    properties.created = properties.modified = made_on(105)
    for element in list(styles.element.iter(qn("w:link"))):
        element.getparent().remove(element)
    for part, tag in ((styles.element, "w:lang"), (document.settings.element, "w:themeFontLang")):
        for element in part.iter(qn(tag)):
            element.set(qn("w:eastAsia"), "zh-TW")
    _current(document.settings.element)
    _without(document, *_UNUSED)
    stream = BytesIO()
    document.save(stream)
    with ZipFile(stream) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})


def _plain(style: ParagraphStyle) -> None:
    """標楷體 14, black, lines of 21 points, no space between paragraphs, no border."""
    style.font.name, style.font.size = FONT, _SIZE
    style.font.bold, style.font.italic, style.font.color.rgb = False, False, _INK
    fonts = style.element.rPr.rFonts
    for size in style.element.rPr.findall(qn("w:szCs")):
        style.element.rPr.remove(size)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FONT)
    format = style.paragraph_format
    format.line_spacing_rule, format.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
    format.space_before = format.space_after = Pt(0)
    for tag in ("w:pBdr", "w:contextualSpacing"):
        for element in list(style.element.iter(qn(tag))):
            element.getparent().remove(element)
    for tag in ("w:spacing", "w:kern"):
        for element in list(style.element.rPr.findall(qn(tag))):
            style.element.rPr.remove(element)


def _page_numbers(paragraph: Paragraph) -> None:
    for text, field in (("第 ", "PAGE"), (" 頁，共 ", "NUMPAGES"), (" 頁", "")):
        paragraph.add_run(text)
        if field:
            element = OxmlElement("w:fldSimple")
            element.set(qn("w:instr"), field)
            paragraph._p.append(element)


def _current(settings: BaseOxmlElement) -> None:
    """As Word writes since 2013: of documents of older modes its title bar says 相容模式."""
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD)


def _without(document: object, *kinds: str) -> None:
    """Takes out what a new document brings along and nobody needs."""
    package = document.part.package  # type: ignore[attr-defined]  # as python-docx makes them
    for owner in (package, package.main_document_part):
        for key, relation in list(owner.rels.items()):
            if any(relation.reltype.endswith(kind) for kind in kinds):
                del owner.rels[key]


if __name__ == "__main__":
    template_path().write_bytes(template())
