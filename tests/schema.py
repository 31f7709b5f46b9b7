"""The API's schema and the desk's types of it: `python -m tests.schema` writes them, `--check` says whether they are due."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.run import ROOT, desk_environment

TYPES = ROOT / "frontend" / "src" / "api" / "schema.d.ts"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="kintsugi-schema-") as folder:
        schema, types = Path(folder) / "openapi.json", Path(folder) / "schema.d.ts"
        write(schema, types)
        if "--check" not in sys.argv[1:]:
            TYPES.write_text(types.read_text())
        elif TYPES.read_text() != types.read_text():
            print("The desk's types do not match the API any more. Run `make schema` and commit what it wrote.")
            return 1
    return 0


def write(schema: Path, types: Path) -> None:
    command = [
        sys.executable,
        "manage.py",
        "spectacular",
        "--format",
        "openapi-json",
        "--fail-on-warn",
        "--file",
        str(schema),
    ]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "VAR_DIR": str(schema.parent / "var")}, check=True)
    options = ["--default-non-nullable", "false", "--output", str(types)]
    command = ["npx", "--no-install", "openapi-typescript", str(schema), *options]
    subprocess.run(command, cwd=ROOT / "frontend", env=desk_environment(), check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
