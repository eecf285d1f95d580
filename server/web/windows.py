"""Which window a page was opened in: a Wi-Fi sign-in or another app shows pages in windows that close and forget.

Owns the signs by which such a window is known, and nothing else: what to say about it is the page's affair, and nobody
is shut out by a sign that may be wrong.
"""

from __future__ import annotations

import re
from typing import Literal

Passing = Literal["android", "apple"]

_SIGN_IN = re.compile(r"CaptiveNetworkSupport|CaptivePortalLogin", re.I)  # names that sign-in windows give themselves
_WEB_VIEW = re.compile(r"\bAndroid\b.*;\s*wv\)")  # a page inside another Android app, the sign-in included
_APPLE = re.compile(r"\((?:iPhone|iPad|iPod|Macintosh)\b.*AppleWebKit/")
_OF_ITS_OWN = re.compile(r"Safari/|Chrome/|CriOS/|Firefox/|FxiOS/|EdgiOS/")  # every real browser there has one of these


def passing(agent: str, opener: str) -> Passing | None:
    """The kind of window that will be gone with all it holds; None for a browser.

    `agent` is what it calls itself, `opener` the app that holds it, which Android may say in `X-Requested-With`.
    """
    if "captiveportal" in opener.lower() or _WEB_VIEW.search(agent):
        return "android"
    if _SIGN_IN.search(agent):
        return "android" if "Android" in agent else "apple"
    if _APPLE.search(agent) and not _OF_ITS_OWN.search(agent):
        return "apple"
    return None
