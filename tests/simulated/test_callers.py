"""However Python was started that calls the library, files are read, or one sentence says why
not."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest

from tests.simulated.systems import SAMPLES, run

STARTED = "print('started')\n"
CHECK = f"""
import svcq_excel
plan = svcq_excel.define("wra-105", {str(SAMPLES / "units.csv")!r})
written = svcq_excel.check(plan, {str(SAMPLES / "returned")!r})
print(len(written.outcome.files))
"""
FILES = str(len([path for path in (SAMPLES / "returned").rglob("*") if path.is_file()]))
IN_CHILD = f"""
def read():
    import svcq_excel
    plan = svcq_excel.define("wra-105", {str(SAMPLES / "units.csv")!r})
    try:
        return len(svcq_excel.check(plan, {str(SAMPLES / "returned")!r}).outcome.files)
    except OSError as error:
        return str(error)
"""


def script(folder: Path, text: str) -> Path:
    path = folder / "script.py"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_script_without_a_guard_is_run_once(tmp_path: Path) -> None:
    ran = run([script(tmp_path, STARTED + CHECK)])
    assert (ran.stdout.split(), ran.stderr) == (["started", FILES], "")


def test_a_script_on_stdin(tmp_path: Path) -> None:
    ran = run(["-"], said=STARTED + CHECK)
    assert (ran.stdout.split(), ran.stderr) == (["started", FILES], "")


def test_a_notebook_whose_main_module_has_no_file(tmp_path: Path) -> None:
    kernel = f"""
import sys, types
sys.modules["__main__"] = shell = types.ModuleType("__main__")
exec({STARTED + CHECK!r}, vars(shell))
"""
    ran = run(["-c", kernel])
    assert (ran.stdout.split(), ran.stderr) == (["started", FILES], "")


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_whatever_way_of_starting_processes_is_set(method: str, tmp_path: Path) -> None:
    chosen = f"import multiprocessing; multiprocessing.set_start_method({method!r})\n"
    ran = run([script(tmp_path, STARTED + chosen + CHECK)])
    assert (ran.stdout.split(), ran.stderr) == (["started", FILES], "")


def test_two_threads_at_a_time(tmp_path: Path) -> None:
    both = f"""
import sys
from concurrent.futures import ThreadPoolExecutor
main = sys.modules["__main__"]
with ThreadPoolExecutor(2) as pool:
    for _ in range(2):
        pool.submit(exec, {CHECK!r}, {{}})
assert sys.modules["__main__"] is main
"""
    ran = run([script(tmp_path, both)])
    assert (ran.stdout.split(), ran.stderr) == ([FILES, FILES], "")


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_in_a_process_that_may_have_children(method: str, tmp_path: Path) -> None:
    pool = f"""
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
if __name__ == "__main__":
    context = multiprocessing.get_context({method!r})
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        print(pool.submit(read).result())
"""
    ran = run([script(tmp_path, IN_CHILD + pool)])
    assert (ran.stdout.split(), ran.stderr) == ([FILES], "")


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_in_one_that_may_have_none_a_sentence_says_what_to_do(method: str, tmp_path: Path) -> None:
    pool = f"""
import json, multiprocessing
if __name__ == "__main__":
    with multiprocessing.get_context({method!r}).Pool(1) as pool:
        print(json.dumps(pool.apply(read)))
"""
    ran = run([script(tmp_path, IN_CHILD + pool)])
    assert not ran.stderr
    said = json.loads(ran.stdout)
    assert "ProcessPoolExecutor" in said and 'if __name__ == "__main__":' in said


def test_a_python_that_does_not_know_where_it_lies(tmp_path: Path) -> None:
    ran = run([script(tmp_path, "import sys; sys.executable = ''\n" + IN_CHILD + "print(read())")])
    assert "無法啟動讀取檔案的程式（Python 不知道自己的執行檔" in ran.stdout
