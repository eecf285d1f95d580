"""axe-core on a page as it stands: what it finds, in short. It comes with the front end's packages. No test here."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests import house

SOURCE = house.ROOT / "node_modules" / "axe-core" / "axe.min.js"


def faults(page: Page) -> list[str]:
    """Every violation of WCAG 2.2 AA and of axe's best practices: rule, element, advice; empty where all is well."""
    page.evaluate(SOURCE.read_text("utf-8"))
    told: Any = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['id']}: {node['html'][:120]} — {node['failureSummary'].splitlines()[-1].strip()}"
        for found in told["violations"]
        for node in found["nodes"]
    ]
