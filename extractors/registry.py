"""Find the plug-ins of a package: every module in its folder, by name, on first use."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from extractors.errors import RegistryError


@cache
def discover(package: str, *contract: str) -> dict[str, ModuleType]:
    """Import every module of ``package`` and return them by name, in name order.

    A new file in the folder is a new plug-in; nothing else has to change. Modules whose name begins
    with an underscore are shared parts, not plug-ins.

    Args:
        package: dotted name of the package, e.g. ``"extractors.layouts"``.
        contract: attributes that each module must have.

    Raises:
        RegistryError: a module lacks a part of the contract.

    >>> sorted(discover("json"))
    ['decoder', 'encoder', 'scanner', 'tool']
    >>> discover("json", "sniff")
    Traceback (most recent call last):
        ...
    extractors.errors.RegistryError: json.decoder: a plug-in of json must have 'sniff'
    """
    root = importlib.import_module(package)
    found: dict[str, ModuleType] = {}
    for info in sorted(pkgutil.iter_modules(root.__path__), key=lambda item: item.name):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package}.{info.name}")
        for attribute in contract:
            if not hasattr(module, attribute):
                raise RegistryError(
                    f"{module.__name__}: a plug-in of {package} must have {attribute!r}"
                )
        found[info.name] = module
    return found
