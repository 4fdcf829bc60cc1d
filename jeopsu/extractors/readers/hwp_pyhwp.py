"""First reader of HWP 5: pyhwp's record models, run as an outside program (AGPL: `hwp5proc models`, never imported).

Its own text and HTML output drop tables and spans; its record models keep everything. It says nothing on damaged
records, so the number of models is compared with the number of records that went in.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from typing import Any

from jeopsu.domain.documents import Cell, Table
from jeopsu.domain.problems import Code, DocumentProblem
from jeopsu.extractors.readers.hwp_body import Body, Builder
from jeopsu.extractors.readers.hwp_characters import UNREAD, normalised
from jeopsu.extractors.readers.hwp_gate import HwpBody, records

ENGINE = "pyhwp"
_SECONDS = 15  # of processor time; a form of 145 tables takes 2
_WALL = 45  # a busy machine is no reason to trust one reader alone
_MEMORY = 1536 << 20
_OUTPUT = 256 << 20
_POINT = 100.0  # HWPUNIT: 1/7200 inch
_CONTROL_TEXT = {9: "\t", 10: "\n", 24: "-", 30: " ", 31: " "}
_NOTES = {"FootNote": "footnote", "EndNote": "footnote", "Header": "header", "Footer": "footer"}
_SILENT = frozenset({"HiddenComment", "SectionDef", "ColumnsDef", "AutoNumbering", "PageNumberPosition"})
_LIBC = ctypes.CDLL(None)


class Run:
    """The outside program at work; it reads while another reader does."""

    def __init__(self, body: HwpBody) -> None:
        self._expected = sum(1 for _ in records(body.records))
        self._bin_names = body.pictures
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `finish`
        program = os.path.join(os.path.dirname(sys.executable), "hwp5proc")
        if not os.path.exists(program):
            program = shutil.which("hwp5proc") or program
        source = tempfile.TemporaryFile()  # noqa: SIM115
        source.write(body.records)
        source.seek(0)
        self._process = subprocess.Popen(
            [sys.executable, program, "models", "-V", ".".join(map(str, body.version)), "--json"],
            stdin=source,
            stdout=self._output,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"},
            preexec_fn=_limits,
        )
        source.close()

    def finish(self) -> Body:
        """What it read. Raises DocumentProblem(READER_FAILED) where it did not read everything."""
        try:
            self._process.wait(timeout=_WALL)
        except subprocess.TimeoutExpired as error:
            self.stop()
            raise DocumentProblem(Code.READER_FAILED, "pyhwp: time") from error
        with self._output:
            if self._process.returncode != 0:
                raise DocumentProblem(Code.READER_FAILED, f"pyhwp: {self._process.returncode}")
            self._output.seek(0)
            try:
                models = json.load(self._output)
            except ValueError as error:
                raise DocumentProblem(Code.READER_FAILED, "pyhwp: output") from error
        if len(models) != self._expected:
            raise DocumentProblem(Code.READER_FAILED, f"pyhwp: {len(models)} of {self._expected} records")
        return _Walker(self._bin_names).walk(models)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._output.close()


def _limits() -> None:
    _LIBC.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: it does not outlive the reader
    for what, limit in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS + 1),
        (resource.RLIMIT_FSIZE, _OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        value = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (value, value))


class _Node:
    __slots__ = ("children", "content", "level", "type")

    def __init__(self, level: int, kind: str, content: dict[str, Any]) -> None:
        self.level, self.type, self.content = level, kind, content
        self.children: list[_Node] = []


class _Walker:
    """Record models → paragraphs, tables, pictures."""

    def __init__(self, bin_names: tuple[str, ...]) -> None:
        self._build = Builder(ENGINE)
        self._bin_names = bin_names
        self._page = (595.0, 842.0)

    def walk(self, models: list[dict[str, Any]]) -> Body:
        root = _Node(-1, "Root", {})
        open_nodes = [root]
        for model in models:
            if model["type"] == "UnknownTagModel":
                raise DocumentProblem(Code.READER_FAILED, "pyhwp: unknown record")
            node = _Node(model["level"], model["type"], model.get("content") or {})
            while open_nodes[-1].level >= node.level:
                open_nodes.pop()
            open_nodes[-1].children.append(node)
            open_nodes.append(node)
        for node in root.children:
            if node.type == "Paragraph":
                self._paragraph(node, "body")
        return self._build.body

    def _paragraph(self, node: _Node, place: str, table: int | None = None) -> str:
        """One paragraph with what hangs in it; gives its own characters."""
        text = _text(node)
        self._build.paragraph(text, place)
        for control in node.children:
            self._control(control, place, table)
        return text

    def _control(self, control: _Node, place: str, table: int | None) -> None:
        if control.type == "TableControl":
            made = self._table(control, [])
            if made is not None:
                self._build.body.tables.append(made)
        elif control.type in _NOTES:
            self._lists(control, _NOTES[control.type], table)
        elif control.type == "SectionDef":
            self._section(control)
        elif control.type == "GShapeObjectControl":
            self._shape(control, control, table)
        elif control.type not in _SILENT:
            self._lists(control, place, table)

    def _section(self, control: _Node) -> None:
        for node in control.children:
            if node.type == "PageDef":
                width, height = node.content["width"] / _POINT, node.content["height"] / _POINT
                if width > 0 and height > 0:
                    self._page = (width, height)
            elif node.type == "Paragraph":  # 바탕쪽, the master page
                self._paragraph(node, "header")
            else:
                self._lists(node, "header", None)

    def _lists(self, node: _Node, place: str, table: int | None) -> None:
        """Paragraphs under list headers (notes, headers, captions of drawings)."""
        for child in node.children:
            if child.type == "Paragraph":
                self._paragraph(child, place, table)
            elif child.type not in ("ParaText",):
                self._lists(child, place, table)

    def _shape(self, node: _Node, frame: _Node, table: int | None) -> None:
        for child in node.children:
            if child.type == "Paragraph":
                self._paragraph(child, "textbox", table)
            elif child.type == "ShapePicture":
                number = child.content["picture"]["bindata_id"]
                name = self._bin_names[number - 1] if 0 < number <= len(self._bin_names) else ""
                width, height = frame.content.get("width", 0) / _POINT, frame.content.get("height", 0) / _POINT
                self._build.picture(name, table, max(width, 0), max(height, 0), self._page)
            else:
                self._shape(child, frame, table)

    def _table(self, control: _Node, inside: list[str]) -> Table | None:
        """A table; `inside` is what stands above it in the cell that holds it (empty in the body)."""
        anchor, number = self._build.next_anchor(), max(0, self._build.number)
        shape = next((child for child in control.children if child.type == "TableBody"), None)
        caption = " ".join(inside[-1:]) or self._build.caption()
        if shape is None:
            return None
        cells: list[Cell] = []
        target: tuple[_Node, list[_Node]] | None = None
        lists: list[tuple[_Node, list[_Node]]] = []
        for child in control.children:
            if child.type in ("TableCell", "TableCaption"):
                target = (child, list(child.children))
                lists.append(target)
            elif child.type == "Paragraph" and target is not None:
                target[1].append(child)
        for head, content in lists:
            if head.type == "TableCaption":
                caption = normalised("\n".join(_text(p) for p in content)).strip() or caption
            else:
                cells.append(self._cell(head, content, anchor))
        cells.sort(key=lambda cell: (cell.row, cell.column))
        return Table(
            rows=shape.content["rows"],
            columns=shape.content["cols"],
            cells=tuple(cells),
            caption=caption,
            anchor=anchor,
            paragraph=number,
        )

    def _cell(self, head: _Node, content: list[_Node], anchor: int) -> Cell:
        lines: list[str] = []
        nested: list[Table] = []
        since, c = len(self._build.body.paragraphs), head.content
        for paragraph in content:
            if paragraph.type != "Paragraph":
                continue
            text = normalised(_text(paragraph)).strip()
            if text:
                lines.append(text)
            for control in paragraph.children:
                if control.type == "TableControl":
                    made = self._table(control, lines or [""])
                    if made is not None:
                        nested.append(made)
                elif control.type != "SectionDef":
                    self._control(control, "body" if control.type not in _NOTES else "footnote", anchor)
        return Cell(
            row=c["row"],
            column=c["col"],
            row_span=max(1, c["rowspan"]),
            column_span=max(1, c["colspan"]),
            text=self._build.cell_text(lines, since, (anchor, c["row"], c["col"])),
            tables=tuple(nested),
        )


def _text(paragraph: _Node) -> str:
    """The characters of a paragraph. Words under others (덧말) stand in their control; of characters printed over one
    another (글자 겹침) a mark is left, for no other reader gives them and they must differ there.
    """
    parts: list[str] = []
    glossed = iter([child.content.get("maintext", "") for child in paragraph.children if child.type == "Dutmal"])
    for child in paragraph.children:
        if child.type != "ParaText":
            continue
        for _, chunk in child.content["chunks"]:
            if isinstance(chunk, str):
                parts.append(chunk)
            elif chunk.get("chid") == "tdut":
                parts.append(next(glossed, ""))
            elif chunk.get("chid") == "tcps":
                parts.append(UNREAD)
            else:
                parts.append(_CONTROL_TEXT.get(chunk.get("code"), ""))
    return "".join(parts)
