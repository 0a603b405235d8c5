"""What the guards look at: the files of this checkout that are ours."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {"node_modules", "__pycache__", "build", "dist", "test-results", "static"}


def files(*endings: str) -> Iterator[Path]:
    """Every file of ours with one of these endings (all without), in order; nothing that is installed or built."""
    pending = [ROOT]
    while pending:
        folder = pending.pop()
        for path in sorted(folder.iterdir()):
            if path.is_dir():
                if path.name not in SKIPPED and (not path.name.startswith(".") or path.name == ".ci"):
                    pending.append(path)
            elif not endings or path.name.endswith(endings):
                yield path


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_test(path: Path) -> bool:
    return "tests" in path.parts or path.name == "conftest.py"


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def product_code() -> list[Path]:
    """The product's Python, without its tests and migrations."""
    return [
        path
        for path in files(".py")
        if named(path).startswith("alongside/") and not is_test(path) and "migrations" not in path.parts
    ]
