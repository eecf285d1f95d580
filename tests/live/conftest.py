"""One served workshop for each file of socket tests."""

from collections.abc import Iterator

import pytest

from server.cli.stage.served import Served
from tests.live.floor import Floor


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    with Served(tmp_path_factory.mktemp("data")) as served:
        made = Floor(served)
        yield made
        made.close()
