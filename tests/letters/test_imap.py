"""Drafts laid into a real server's folder of drafts (Dovecot), once each, whatever it is called."""

from __future__ import annotations

import imaplib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from getpass import getuser
from pathlib import Path

import pytest

from svcq_excel.letters.account import IMAP_PASSWORD, Account
from svcq_excel.letters.imap import lay_drafts
from svcq_excel.letters.smtp import CannotConnectError
from tests.letters.servers import free_port
from tests.letters.test_sending import letters

DOVECOT = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
pytestmark = pytest.mark.skipif(not DOVECOT, reason="Dovecot is not installed")

CONFIG = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {login_user}
default_internal_group = {group}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
{mailboxes}
}}
"""
SPECIAL = "  mailbox 我的信 {\n    auto = create\n    special_use = \\Drafts\n  }"
PLAIN = "  mailbox 草稿 {\n    auto = create\n  }"

Serve = Callable[[str], int]


def users(folder: Path) -> dict[str, object]:
    """Whom it runs as: under root its own users, to whom the folder is opened."""
    import grp
    import pwd

    internal, login = ("dovecot", "dovenull") if os.getuid() == 0 else (getuser(),) * 2
    found = pwd.getpwnam(internal)
    folder.chmod(0o755)
    for name in ("mail", "home"):
        (folder / name).mkdir()
        os.chown(folder / name, found.pw_uid, found.pw_gid)
    return {
        "user": internal,
        "login_user": login,
        "group": grp.getgrgid(found.pw_gid).gr_name,
        "uid": found.pw_uid,
        "gid": found.pw_gid,
    }


@pytest.fixture
def serve() -> Iterator[Serve]:
    running = list[subprocess.Popen[bytes]]()
    # Not below pytest's folder, which is closed to the server's users.
    tmp_path = Path(tempfile.mkdtemp(prefix="svcq-imap-"))

    def start(mailboxes: str) -> int:
        port = free_port()
        config = tmp_path / "dovecot.conf"
        said = CONFIG.format(
            folder=tmp_path,
            port=port,
            mailboxes=mailboxes,
            **users(tmp_path),
        )
        config.write_text(said, "utf-8")
        assert DOVECOT
        running.append(subprocess.Popen([DOVECOT, "-F", "-c", str(config)]))
        for _ in range(200):
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    return port
            time.sleep(0.05)
        raise AssertionError((tmp_path / "log").read_text("utf-8"))

    yield start
    for each in running:
        each.terminate()
        each.wait(20)
    shutil.rmtree(tmp_path)


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(IMAP_PASSWORD, "secret")


def account(port: int) -> Account:
    return Account("imap", "127.0.0.1", "none", "office", port)


def held(port: int, folder: str) -> int:
    server = imaplib.IMAP4("127.0.0.1", port)
    server.login("office", "secret")
    _, (count,) = server.select(folder)
    server.logout()
    assert count is not None
    return int(count)


@pytest.mark.parametrize(
    "mailboxes, folder",
    [
        (SPECIAL, "&YhF2hE,h-"),
        (PLAIN, "&g0l6Pw-"),
        ("  mailbox Drafts {\n    auto = create\n  }", "Drafts"),
    ],
    ids=["by its mark", "by its Chinese name", "by its English name"],
)
def test_drafts_lie_in_the_folder_of_drafts_once(serve: Serve, mailboxes: str, folder: str) -> None:
    port = serve(mailboxes)
    assert [laid for _, laid in lay_drafts(letters(3), account(port))] == [True] * 3
    assert held(port, folder) == 3
    assert [laid for _, laid in lay_drafts(letters(4), account(port))] == [False] * 3 + [True]
    assert held(port, folder) == 4


def test_a_server_without_such_a_folder_is_told(serve: Serve) -> None:
    port = serve("")
    with pytest.raises(CannotConnectError, match="找不到草稿匣"):
        list(lay_drafts(letters(1), account(port)))


def test_a_wrong_password_is_told(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(IMAP_PASSWORD, "other")
    port = serve(PLAIN)
    with pytest.raises(CannotConnectError, match="不接受帳號"):
        list(lay_drafts(letters(1), account(port)))


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(CannotConnectError, match="無法連線"):
        list(lay_drafts(letters(1), account(free_port())))
