"""A YAML definition as plain data that remembers the line on which each part of it stands.

YAML is read without its surprises: a number is what is written in digits, everything else is text
(no octal, no `on`, no dates), a key stands once, and aliases are refused, so that a definition
is always a finite tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.output import reason_of
from svcq_excel.rubric.source import MARKED, NOT_FOR_CELLS, Keys, Source
from svcq_excel.rubric.yaml_comments import cut_after, cut_within, told_of

MOST_BYTES = 4_000_000

BACKSLASH = "雙引號內的「\\」在 YAML 有特殊意義，路徑請以 / 分隔，其他文字請改用單引號"
"""What to do about a Windows path, most often, in which an escape was read."""


# What PyYAML says (a part of it) and what that means to the person who wrote the file.
_SYNTAX = (
    (
        "alias",
        "「*」開頭的文字在 YAML 是別名，定義檔不用別名",
        "若「*」是文字的一部分，請以引號括起整段文字",
    ),
    ("'\\t'", "以定位字元（Tab）縮排", "縮排請改用空格"),
    (
        "cannot start any token",
        "文字以 YAML 的特殊符號（如 %、@、`）起首",
        "請以引號括起整段文字",
    ),
    (
        "mapping values are not allowed",
        "縮排不齊，或文字中有「: 」（半形冒號加空格）",
        "請對齊縮排，或以引號括起整段文字",
    ),
    ("could not find expected ':'", "這一行缺少「: 」", "請在鍵之後寫半形冒號與一個空格"),
    ("unknown escape character", "雙引號內的「\\」後面不是 YAML 認得的代號", BACKSLASH),
    ("hexadecimal numbers", "雙引號內的「\\」後面不是 YAML 認得的代號", BACKSLASH),
    ("quoted scalar", "引號沒有成對", "請補上結尾的引號，或將文字中的引號改為「」"),
    ("block end", "縮排不齊", "同一層的各行請對齊，下一層請多縮排兩格"),
    ("single document", "檔案中有兩份定義（以 --- 分開）", "一個檔案請只放一份定義"),
    ("special characters", "含有看不見的控制字元", "請刪除該處的字元後重新輸入"),
)


@dataclass(frozen=True, slots=True)
class YamlSource(Source):
    """Its parts stand on lines, and are called by their keys."""

    lines: Mapping[Keys, int] = field(default_factory=dict)

    def line(self, keys: Keys) -> int | None:
        """The line of a part or, where it has none of its own, of what holds it."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys)

    def problem(self, keys: Keys, message: str, fix: str, line: int | None = None) -> Problem:
        message, fix = (MARKED.sub(_as_written, text) for text in (message, fix))
        return Problem(self.file, message, fix, line or self.line(keys), self.names(keys))

    def in_order(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        return in_file_order(problems)

    def called(self, keys: Keys) -> str:
        key = next((key for key in reversed(keys) if isinstance(key, str)), "")
        last = keys[-1] if keys else ""
        return f"「{key}」的第 {last + 1} 項" if isinstance(last, int) else f"「{key}」"

    def how_to_fill(self, keys: Keys, about: str) -> str:
        return f"請補上「{keys[-1]}:」（{about}）"


def _as_written(found: re.Match[str]) -> str:
    name, way, value = found.groups()
    key = name.rpartition(".")[2]
    return {None: key, "=": f"{key}: {value}", "==": value}[way]


def in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))


def read_source(
    path: Path, understood: Callable[[str], str] = lambda text: text
) -> tuple[YamlSource, tuple[Problem, ...]]:
    """The data of a YAML file, with the faults that do not keep it from being read further.

    `understood` is its text as it is meant, line by line the same. Raises `DefinitionError` where
    there is no data at all.
    """
    file = path.name
    text = understood(_text(path))
    try:
        top = yaml.compose(text, Loader=_Loader)
        parts = _Parts(text.splitlines())
        data = None if top is None else parts.read(top, ())
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise DefinitionError([Problem(file, *_said(error.reason), line)]) from None
    except yaml.MarkedYAMLError as error:
        words = f"{error.context} {error.problem}"
        # What was being scanned began earlier than the place where it went wrong.
        scanned = error.context_mark if "while scanning" in words else None
        mark = scanned or error.problem_mark
        line = mark.line + 1 if mark else 1
        said = _said(words)
        if cut := cut_within(text.splitlines(), error):
            line, said = cut[0], told_of(cut[1])
        raise DefinitionError([Problem(file, *said, line)]) from None
    except (yaml.YAMLError, ValueError, OverflowError):
        raise DefinitionError([Problem(file, *_said(""))]) from None
    except RecursionError:
        problem = Problem(file, "層次多得無法讀取", "請核對縮排與括號")
        raise DefinitionError([problem]) from None
    if data is None:
        raise DefinitionError([Problem(file, "檔案沒有內容", "請放入評分表定義")])
    if not isinstance(data, dict):
        problem = Problem(
            file, "內容不是「鍵: 值」", "請參照 templates 內的定義檔，由 format: 1 寫起", 1
        )
        raise DefinitionError([problem])
    source = YamlSource(file, data, lines=parts.lines)
    return source, tuple(source.problem(*fault) for fault in parts.faults)


def _text(path: Path) -> str:
    file = path.name or str(path)
    try:
        if path.is_dir():
            raise DefinitionError([Problem(file, "這是資料夾", "請指定其中的定義檔")])
        if path.stat().st_size > MOST_BYTES:
            raise DefinitionError([Problem(file, "檔案太大，不是評分表定義", "請指定 YAML 定義檔")])
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise DefinitionError([Problem(file, "沒有這個檔案", "請核對路徑與檔名")]) from None
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "路徑中有不能使用的字元"
        problem = Problem(file, f"檔案無法開啟（{reason}）", "請核對檔名與權限，並關閉開著它的程式")
        raise DefinitionError([problem]) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = Problem(file, "不是 UTF-8 編碼的文字檔", "請以 UTF-8 編碼另存新檔", line)
        raise DefinitionError([problem]) from None


def _said(words: str) -> tuple[str, str]:
    for part, message, fix in _SYNTAX:
        if part in words:
            return message, fix
    return "不合 YAML 的寫法", "請核對此處的縮排、冒號、括號與引號"


class _Loader(yaml.BaseLoader):
    """Composes nodes whose scalars are all text, and refuses aliases."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event: Any = self.peek_event()  # type: ignore[no-untyped-call]  # PyYAML's own
            raise yaml.composer.ComposerError(None, None, "alias", event.start_mark)
        return super().compose_node(parent, index)


class _Parts:
    """Turns composed nodes into data, noting lines and faults on the way."""

    def __init__(self, text: Sequence[str]) -> None:
        self._text = text
        self.lines: dict[Keys, int] = {}
        self.faults: list[tuple[Keys, str, str, int]] = []

    def read(self, node: yaml.Node, keys: Keys) -> object:
        line = node.start_mark.line + 1
        self.lines.setdefault(keys, line)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, keys)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*keys, at)) for at, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        if NOT_FOR_CELLS.search(node.value):
            fix = "請刪除該字元" + (f"；{BACKSLASH}" if node.style == '"' else "")
            fault = "文字中有儲存格不能放的控制字元", fix
            self.faults.append((keys, *fault, line))
            return "？"
        value = _scalar(node)
        if isinstance(value, str) and (cut := cut_after(self._text, node)):
            self.faults.append((keys, *told_of(cut), node.end_mark.line + 1))
        return value

    def _mapping(self, node: yaml.MappingNode, keys: Keys) -> dict[str, object]:
        data: dict[str, object] = {}
        for key_node, value in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value
            if not isinstance(key, str) or NOT_FOR_CELLS.search(key):
                self.faults.append((keys, "鍵不是一個詞", "鍵請寫一個詞，後接「: 」", line))
            elif key in data:
                first = self.lines[(*keys, key)]
                fault = f"「{key}」重複，第 {first} 行已有", "請刪除其中之一"
                self.faults.append((keys, *fault, line))
            else:
                self.lines[(*keys, key)] = line
                data[key] = self.read(value, (*keys, key))
        return data


def _scalar(node: yaml.ScalarNode) -> str | int | None:
    text: str = node.value
    if node.style is not None:
        return text
    if text in {"", "~", "null"}:
        return None
    if re.fullmatch("-?[0-9]{1,18}", text):
        return int(text)
    return text
