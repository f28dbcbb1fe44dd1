"""The order of rooms: what stands on a line imports only what stands on lines before it, and no
import leads back to where it came from. Files and folders stay small enough to be read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "svcq_excel"
FILES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES, MOST_MODULES = 250, 20

# From the ground up. A star is everything of the folder that no line names. What shares a line does
# not import one another, unless a star or brackets say that these are of one kind.
ORDERS = {
    "": """
        __init__
        data definition output store text
        lying_there
        placing palette
        workbooks
        new_workbook
        rubric
        seal_key lockings
        plan
        form
        inbox libreoffice
        browser
        replacing
        issuing letters
        checks
        results returns
        rerun
        pipeline
        assessment
        cli
        __main__
        """,
    "workbooks": """
        bounds properties bare_xml seen_before
        ole areas
        thinned veils
        look
        workbook zip_parts
        exchanging zip_stored
        file_kinds guarding openxml opendocument computing
        xls origin decrypting sniffing
        second_look
        opening
        """,
    "workbooks/computing": """
        elsewhere expression
        functions
        sheet
        """,
    "workbooks/opendocument": """
        markup
        cells shape
        content faces
        appearance known_values
        ods
        """,
    "workbooks/xls": """
        appearance globals
        book
        """,
    "workbooks/openxml": """
        addressing formats faces listing opc
        grammar frames repacking shapes one_document formula_texts
        rows
        shape known_values
        appearance package
        xlsx_look
        xlsx xlsb
        """,
    "workbooks/openxml/xlsb": """
        records appearance
        rows
        book
        """,
    "rubric": """
        node source yaml_comments
        yaml_source exact clauses documents judgement
        model
        once_a_form
        sheets
        reader lint tree_json differing
        shipped
        schema
        """,
    "rubric/differing": """
        text_changes
        change matching pairing
        words
        parts
        nodes
        tree
        differing
        """,
    "rubric/sheets": """
        cells
        values
        wording
        items columns
        clause_items
        workbook_source rows pages marking
        reading writing
        """,
    "rubric/sheets/rows": """
        table taking
        naming_nodes item_rows list_rows
        tree_rows
        """,
    "rubric/sheets/pages": """
        looks live_sums
        page
        tree_sheet item_sheets
        list_sheets
        """,
    "rubric/lint": """
        node
        whole
        clauses checklist
        linter
        """,
    "form": """
        identity styles
        facts layout
        entered
        formulas reading
        writing
        """,
    "inbox": """
        names reading document_pages memory patience ending starting memory_limit
        protecting
        finding messages containers
        fingerprints
        receiving
        handed_in_when worker
        worker_process
        workers
        collecting
        """,
    "inbox/containers": """
        contents sending mapi
        winmail zip_files
        eml
        msg
        unpacking
        """,
    "results": """
        file_result unit_result
        model
        ( scoring wording page * )
        sheets accounts comparison bounds
        entries
        contents
        workbook
        screen
        copies
        """,
    "results/bounds": """
        points what_if
        tries
        near
        words
        sheet
        """,
    "results/screen": """
        cells style script paper
        tables
        html_book
        charts document
        report printing
        """,
    "results/copies": """
        files published
        published_checklist
        published_workbook
        making
        """,
}


def name_of(file: Path) -> str:
    """How a module is imported."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 2 else parts)


MODULES = {name_of(file): file for file in FILES}
FRONT_DOOR = f"{PACKAGE.name}.__init__"
"""Leads to every room once it is asked to, and belongs to none."""


@cache
def imports_of(module: str) -> tuple[str, ...]:
    """The modules of ours that one imports, wherever it does so: inside functions, for types."""
    if module == FRONT_DOOR:
        return ()
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    named = [each for node in ast.walk(tree) for each in _named(node)]
    return tuple(sorted({known for each in named if (known := _known(each)) and known != module}))


def _named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert not node.level, "imports name the whole path"
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _known(name: str) -> str:
    """The module that a name is of, or in; without one, or where it is not ours, nothing."""
    if name.split(".")[0] != PACKAGE.name:
        return ""
    while name not in MODULES and "." in name:
        name = name.rpartition(".")[0]
    return name if name in MODULES else FRONT_DOOR


def part_of(module: str, folder: str) -> str:
    """What a module is, or lies in, as the order of a folder names it; nothing outside of it."""
    path = MODULES[module].relative_to(PACKAGE / folder) if inside(module, folder) else Path()
    return path.parts[0].removesuffix(".py") if path.parts else ""


def inside(module: str, folder: str) -> bool:
    return MODULES[module].is_relative_to(PACKAGE / folder)


def lines_of(folder: str) -> list[list[str]]:
    return [line.split() for line in ORDERS[folder].split("\n") if line.strip()]


def rank(folder: str, part: str) -> tuple[int, bool]:
    """The line that a part stands on, and whether parts of that line may import one another."""
    for wanted in (part, "*"):
        for at, line in enumerate(lines_of(folder)):
            if wanted in line:
                return at, "(" in line or line == ["*"]
    raise AssertionError(f"{folder or PACKAGE.name}: the order names no place for {part}")


def upward(folder: str) -> Iterator[str]:
    """Imports against the order of a folder, in words."""
    for module in MODULES:
        own = part_of(module, folder)
        if not own or (folder and own == "__init__"):
            continue
        level, _ = rank(folder, own)
        for target in imports_of(module):
            other = part_of(target, folder)
            if not other or other == own or (folder and other == "__init__"):
                continue
            above, together = rank(folder, other)
            if above > level or (above == level and not together):
                yield f"{module} imports {target}"


@pytest.mark.parametrize("folder", ORDERS, ids=lambda folder: folder or "svcq_excel")
def test_what_stands_on_a_line_imports_only_lines_before_it(folder: str) -> None:
    against = list(upward(folder))
    assert not against, "\n".join([*against, "against the order", ORDERS[folder]])


def circle() -> list[str]:
    """A way along imports that comes back to its start, if there is one."""
    done: set[str] = set()

    def walk(way: list[str]) -> list[str]:
        for target in imports_of(way[-1]):
            if target in way:
                return [*way[way.index(target) :], target]
            if target not in done and (found := walk([*way, target])):
                return found
        done.add(way[-1])
        return []

    return next((found for module in MODULES if (found := walk([module]))), [])


def test_no_import_leads_back_to_where_it_came_from() -> None:
    assert not circle(), " → ".join(circle())


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_file_opens_with_its_job_and_is_no_longer_than_a_room(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= MOST_LINES


def test_no_folder_holds_more_modules_than_can_be_taken_in() -> None:
    folders = sorted({file.parent for file in FILES})
    held = {folder.name: len({*folder.glob("*.py")}) - 1 for folder in folders}
    assert not {name: count for name, count in held.items() if count > MOST_MODULES}


def test_every_package_is_installed() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = set(setup["options"]["packages"].split())
    there = {".".join(file.parent.relative_to(ROOT).parts) for file in PACKAGE.rglob("__init__.py")}
    assert listed == there | {"svcq_excel.samples", "svcq_excel.templates"}
