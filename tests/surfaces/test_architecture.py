"""The rules of the house: who may import whom, no circles, nothing too big to read."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from statistics import median

import pytest

CHECKOUT = Path(__file__).parents[2]
NOUNS = {"types", "errors"}
SURFACES = {"cli", "batch", "web", "llamaindex"}
WORDS = {"messages", "console", "plain", "present", "settings"}  # what surfaces speak with

JOINING = {"core", "asking", "indexing", "filtering", "learn"}  # where stages meet
# what each room may import of the package, beside itself
ALLOWED = {
    "types": set(),
    "errors": set(),
    "settings": NOUNS,
    "zh": NOUNS,
    "ingest": NOUNS | {"zh"},
    "index": NOUNS | {"zh"},
    "trees": set(),
    "search": NOUNS | {"zh", "trees"},
    "answer": NOUNS | {"zh", "trees"},
    "coverage": NOUNS | {"zh"},
    "messages": NOUNS,
    "present": NOUNS,
    "plain": NOUNS | {"messages"},
    "console": set(),
    "cli": NOUNS | WORDS | {"core", "batch", "web", "learn"},
    "batch": NOUNS | WORDS | {"core", "zh", "ingest"},  # ingest: questions come in any encoding, too
    "web": NOUNS | WORDS | {"core", "zh"},
    "llamaindex": NOUNS | WORDS | {"core", "ingest"},  # ingest: its node parser is the splitter
}

LINES_WANTED, LINES_LIMIT = 300, 400
FUNCTION_WANTED, FUNCTION_LIMIT = 50, 60
MEDIAN_FUNCTION_LIMIT = 15


@dataclass(frozen=True)
class Module:
    name: str  # "assistant.zh.fold"
    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.name.split(".")[1] if "." in self.name else ""


@cache
def modules() -> tuple[Module, ...]:
    found = []
    for path in sorted((CHECKOUT / "assistant").rglob("*.py")):
        parts = path.relative_to(CHECKOUT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Module(name, path, ast.parse(path.read_text(encoding="utf-8"))))
    return tuple(found)


def absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module.name.split(".")
    if module.path.name != "__init__.py":
        package = package[:-1]
    package = package[: len(package) - node.level + 1]
    return ".".join(package + ([node.module] if node.module else []))


def imports(module: Module, nodes: Iterator[ast.AST]) -> Iterator[str]:
    """Yield the absolute names of what `nodes` import; `from . import x` counts as `package.x`."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = absolute(module, node)
            yield from (f"{source}.{alias.name}" for alias in node.names)


def at_import_time(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the nodes that run when a module is imported: no function bodies, nothing for types only."""
    todo: list[ast.AST] = list(tree.body)
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        todo.extend(ast.iter_child_nodes(node))


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_a_room_imports_only_what_it_may_know(room: str) -> None:
    for module in modules():
        if module.room != room:
            continue
        for name in imports(module, ast.walk(module.tree)):
            parts = name.split(".")
            if parts[0] == "assistant" and len(parts) > 1 and parts[1] != "__version__":
                assert parts[1] in ALLOWED[room] | {room}, f"{module.name} imports {name}"


def test_every_room_has_its_rule() -> None:
    assert {module.room for module in modules()} - {"", "__main__"} <= ALLOWED.keys() | JOINING


def test_what_joins_the_stages_knows_no_surface() -> None:
    for module in modules():
        if module.room in JOINING:
            rooms = {
                name.split(".")[1] for name in imports(module, ast.walk(module.tree)) if "assistant." in name
            }
            assert not rooms & SURFACES, f"{module.name} imports a surface"


def test_the_product_never_imports_its_evaluation_or_its_tests() -> None:
    for module in modules():
        tops = {name.split(".")[0] for name in imports(module, ast.walk(module.tree))}
        assert not tops & {"eval", "tests"}, module.name


def test_no_modules_import_each_other_in_a_circle() -> None:
    known = {module.name for module in modules()}
    graph = {
        module.name: {
            target
            for name in imports(module, at_import_time(module.tree))
            if (target := name if name in known else name.rpartition(".")[0]) in known
            and target != module.name
        }
        for module in modules()
    }
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above[above.index(name) :], name))
        if name not in done:
            for target in graph[name]:
                visit(target, (*above, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_every_library_that_is_imported_is_declared() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    declared = {normal(re.split(r"[\[<>=!~; ]", line)[0]) for line in lines}
    distributions = metadata.packages_distributions()
    undeclared = [
        f"{module.name} imports {top}"
        for module in modules()
        for top in {name.split(".")[0] for name in imports(module, ast.walk(module.tree))}
        if top not in sys.stdlib_module_names | {"assistant"}
        # llama_index is one name for many packages, the umbrella among them
        and not {normal(owner) for owner in distributions.get(top, [top])} & declared
    ]
    assert not undeclared


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def functions(module: Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield f"{module.name}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def test_files_and_functions_stay_small_enough_to_read() -> None:
    sizes = [
        (str(m.path.relative_to(CHECKOUT)), len(m.path.read_text("utf-8").splitlines())) for m in modules()
    ]
    lengths = [length for module in modules() for length in functions(module)]
    for (name, size), wanted, limit in [
        *((item, LINES_WANTED, LINES_LIMIT) for item in sizes),
        *((item, FUNCTION_WANTED, FUNCTION_LIMIT) for item in lengths),
    ]:
        assert size <= limit, f"{name} has {size} lines, the limit is {limit}"
        if size > wanted:
            warnings.warn(f"{name} has {size} lines, wanted are {wanted}", stacklevel=1)
    assert median(size for _, size in lengths) <= MEDIAN_FUNCTION_LIMIT
