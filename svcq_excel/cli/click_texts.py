"""click's own texts in Chinese, whatever language the system speaks."""

from __future__ import annotations

import gettext
from contextlib import suppress
from functools import cache
from io import BytesIO
from pkgutil import get_data

_DOMAIN = "messages"
"""gettext's own, which click asks."""

_CATALOGUE = "locale/zh_TW/LC_MESSAGES/messages.mo"

_dgettext, _dngettext = gettext.dgettext, gettext.dngettext


def install() -> None:
    """Lets gettext answer from our catalogue.

    gettext itself would choose a catalogue by LANGUAGE, LC_ALL and so on, which Windows does not
    set, and which programs that we start would inherit were they set here.
    """
    gettext.dgettext, gettext.dngettext = _one, _many


def _one(domain: str, message: str) -> str:
    return _texts().gettext(message) if domain == _DOMAIN else _dgettext(domain, message)


def _many(domain: str, msgid1: str, msgid2: str, n: int) -> str:
    if domain == _DOMAIN:
        return _texts().ngettext(msgid1, msgid2, n)
    return _dngettext(domain, msgid1, msgid2, n)


@cache
def _texts() -> gettext.NullTranslations:
    """Read through the package's loader: an installed, a zipped and a frozen program have one."""
    with suppress(OSError):  # the texts are left as they are where the catalogue is not there
        if catalogue := get_data(__package__, _CATALOGUE):
            return gettext.GNUTranslations(BytesIO(catalogue))
    return gettext.NullTranslations()
