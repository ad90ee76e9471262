"""A JSON object on disk whose values are found by dotted keys."""

import json
from pathlib import Path
from typing import Any

from moderator_app.domain.errors import Unreadable
from moderator_app.private_files import reason, replace_file

Tree = dict[str, Any]


def read(path: Path) -> Tree:
    """The object in `path`, empty where there is no file. Raises Unreadable."""
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Unreadable("files.not_read", path=str(path), reason=reason(error)) from error
    except json.JSONDecodeError as error:
        raise Unreadable("files.not_json", path=str(path), line=error.lineno, column=error.colno) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable("files.not_json", path=str(path), line=1, column=1) from error
    if not isinstance(tree, dict):
        raise Unreadable("files.not_json", path=str(path), line=1, column=1)
    return tree


def write(path: Path, tree: Tree) -> None:
    """Replace `path` whole or not at all. Raises Refused."""
    replace_file(path, json.dumps(tree, ensure_ascii=False, indent=2) + "\n")


def find(tree: Tree, key: str) -> Any:
    """The value under `key`, None where there is none. Raises ValueError where a group on the way is no object."""
    *groups, name = key.split(".")
    for group in groups:
        tree = tree.get(group, {})
        if not isinstance(tree, dict):
            raise ValueError(tree)
    return tree.get(name)


def put(tree: Tree, key: str, value: object) -> None:
    """Set `key`, making the groups on the way where they are missing."""
    *groups, name = key.split(".")
    for group in groups:
        tree = tree.setdefault(group, {})
    tree[name] = value
