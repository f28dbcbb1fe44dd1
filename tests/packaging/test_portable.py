"""The portable zip for Windows: what lies where, what is refused, and that equal stays equal."""

from __future__ import annotations

import csv
import io
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from portable.__main__ import main
from portable.layout import TOP

from tests.packaging.conftest import ROOT, tracked

SITE = "python/Lib/site-packages"
EMBEDDED = {
    "python.exe": "MZ",
    "python313.dll": "MZ",
    "python313.zip": "PK",
    "python313._pth": "python313.zip\r\n.\r\n\r\n# Uncomment to run it:\r\n#import site\r\n",
    "LICENSE.txt": "PSF LICENSE",
}
"""A package laid out as Python's own, but for its content."""
TREE = "tree-1.0-py3-none-any.whl"
NATIVE = "native-2.0-cp313-cp313-win_amd64.whl"
OURS = "svcq_excel-0.1.0-py3-none-any.whl"


def packed(path: Path, files: dict[str, str]) -> None:
    with ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)


def made_up(folder: Path, file: str, *needs: str, licence: str | None = "LICENSE") -> None:
    """A small wheel of one module."""
    name, version = file.split("-")[:2]
    info = f"{name}-{version}.dist-info"
    needed = "".join(f"Requires-Dist: {need}\n" for need in needs)
    files = {
        f"{name}/__init__.py": "",
        f"{info}/METADATA": f"Name: {name}\nVersion: {version}\nLicense: MIT\n{needed}\n",
    }
    if licence:
        files[f"{info}/{licence}"] = f"the licence of {name}"
    packed(folder / file, files)


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder with an embeddable package, and wheels that fit together."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    packed(tmp_path / "python.zip", EMBEDDED)
    made_up(wheels, OURS, "tree>=1", 'native; sys_platform == "win32"', 'else; os_name == "posix"')
    made_up(wheels, TREE, licence="licenses/deep/COPYING")
    made_up(wheels, NATIVE)
    return tmp_path


def made(given: Path, out: str = "made.zip", digest: str = "") -> dict[str, bytes]:
    """What the zip holds, by path below its folder."""
    python = given / "python.zip"
    digest = digest or sha256(python.read_bytes()).hexdigest()
    args = ["--python", str(python), "--sha256", digest]
    main([*args, "--wheels", str(given / "wheels"), "--out", str(given / out)])
    with ZipFile(given / out) as archive:
        assert all(name.startswith(f"{TOP}/") for name in archive.namelist())
        return {name.removeprefix(f"{TOP}/"): archive.read(name) for name in archive.namelist()}


def test_packages_are_on_the_path_of_the_interpreter(given: Path) -> None:
    files = made(given)
    path = files["python/python313._pth"].decode().split("\r\n")
    assert path == ["python313.zip", ".", r"Lib\site-packages", ""]
    assert {f"{SITE}/{name}/__init__.py" for name in ("svcq_excel", "tree", "native")} <= set(files)
    # The program asks for versions of what it was installed with.
    assert f"{SITE}/tree-1.0.dist-info/METADATA" in files


def test_the_program_s_own_wheel_has_its_samples_and_templates_at_the_top(
    given: Path, wheel: Path
) -> None:
    packages = given / "wheels"
    (packages / OURS).unlink()
    (packages / wheel.name).write_bytes(wheel.read_bytes())
    with ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        for line in archive.read(metadata).decode().splitlines():
            if line.startswith("Requires-Dist:") and "extra ==" not in line:
                name, version = line.removeprefix("Requires-Dist: ").split(">=")
                made_up(packages, f"{name.replace('-', '_')}-{version}-py3-none-any.whl")
    files = made(given)
    data = {name for name in tracked(ROOT) if name.startswith(("samples/", "templates/"))}
    assert data <= set(files)
    assert all(files[name] == (ROOT / name).read_bytes() for name in data)
    assert b"MIT License" in files["licenses/svcq_excel-0.1.0/LICENSE"]


def test_batch_files_and_the_text_are_as_windows_wants_them(given: Path) -> None:
    files = made(given)
    for name in ("svcq.bat", "開啟命令列.bat"):
        assert files[name].isascii()
    for name in ("svcq.bat", "開啟命令列.bat", "讀我.txt"):
        assert files[name].count(b"\r\n") == files[name].count(b"\n") > 0
    assert files["讀我.txt"].startswith(b"\xef\xbb\xbf")
    # Quoted, for the folder may have a space in its name; what Python ends with is handed on.
    call, end = files["svcq.bat"].decode().splitlines()[-2:]
    assert call == '"%~dp0python\\python.exe" -P -m svcq_excel %*'
    assert end == "exit /b %ERRORLEVEL%"


def test_the_licence_of_everything_lies_in_it(given: Path) -> None:
    files = made(given)
    assert files["licenses/Python-3.13/LICENSE.txt"] == b"PSF LICENSE"
    assert files["licenses/tree-1.0/deep/COPYING"] == b"the licence of tree"
    assert files["licenses/native-2.0/LICENSE"] == b"the licence of native"


def test_what_went_in_is_listed_with_its_hash(given: Path) -> None:
    text = made(given)["licenses/清單.csv"].decode("utf-8-sig")
    listed = {row["檔案"]: row["SHA-256"] for row in csv.DictReader(io.StringIO(text))}
    inputs = [given / "python.zip", *(given / "wheels").iterdir()]
    assert listed == {path.name: sha256(path.read_bytes()).hexdigest() for path in inputs}


def test_every_file_has_its_hash(given: Path) -> None:
    files = made(given)
    sums = files.pop("SHA256SUMS").decode().splitlines()
    assert sums == [f"{sha256(files[name]).hexdigest()} *{name}" for name in sorted(files)]


def test_equal_inputs_give_equal_bytes(given: Path) -> None:
    made(given, "one.zip")
    for file in (given / "wheels").iterdir():  # found in another order, at another time
        content = file.read_bytes()
        file.unlink()
        file.write_bytes(content)
    made(given, "two.zip")
    assert (given / "one.zip").read_bytes() == (given / "two.zip").read_bytes()


def refused(given: Path, digest: str = "") -> str:
    with pytest.raises(SystemExit) as stop:
        made(given, digest=digest)
    assert not (given / "made.zip").exists()
    return str(stop.value.code)


def test_an_interpreter_with_another_hash_is_refused(given: Path) -> None:
    assert "SHA-256" in refused(given, "0" * 64)


def test_a_zip_that_is_no_embeddable_package_is_refused(given: Path) -> None:
    packed(given / "python.zip", {"python.exe": "MZ"})
    assert "not an embeddable package" in refused(given)


def test_a_wheel_without_a_licence_is_refused(given: Path) -> None:
    made_up(given / "wheels", TREE, licence=None)
    assert refused(given) == f"{TREE}: no licence text beside its metadata"


def test_a_wheel_that_another_needs_on_windows_is_missed(given: Path) -> None:
    (given / "wheels" / NATIVE).unlink()
    assert refused(given).startswith(f"{OURS} needs native")


def test_a_wheel_that_is_too_old_is_missed(given: Path) -> None:
    made_up(given / "wheels", OURS, "tree>=1.1")
    assert refused(given).startswith(f"{OURS} needs tree>=1.1")


@pytest.mark.parametrize(
    "tags", ["cp312-cp312-win_amd64", "cp313-cp313-linux_x86_64", "cp314-abi3-win_amd64"]
)
def test_a_wheel_for_another_python_or_system_is_refused(given: Path, tags: str) -> None:
    made_up(given / "wheels", f"other-1.0-{tags}.whl")
    assert "not for Python" in refused(given)


@pytest.mark.parametrize(
    "tags", ["py2.py3-none-any", "cp39-abi3-win_amd64", "cp313-none-win_amd64"]
)
def test_a_wheel_for_this_python_is_taken(given: Path, tags: str) -> None:
    made_up(given / "wheels", f"other-1.0-{tags}.whl")
    assert f"{SITE}/other/__init__.py" in made(given)


def test_two_wheels_of_one_package_are_refused(given: Path) -> None:
    made_up(given / "wheels", "tree-1.1-py3-none-any.whl")
    assert "is here too" in refused(given)


def test_without_the_program_there_is_nothing_to_make(given: Path) -> None:
    (given / "wheels" / OURS).unlink()
    assert refused(given) == "no wheel of svcq-excel"
