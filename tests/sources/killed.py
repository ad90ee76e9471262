"""A process that carries out actions until it is killed."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.sources.collecting import ROOT


@asynccontextmanager
async def killed(module: str, folder: Path, given: Mapping[str, Any]) -> AsyncIterator[None]:
    """Runs `module` on what is given, and is killed; what it says is added to a log in the folder."""
    file = folder / "given.json"
    file.write_text(json.dumps(given), encoding="utf-8")
    with (folder / "process.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", module, str(file), cwd=ROOT, stderr=log)
    try:
        yield
        assert process.returncode is None
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
