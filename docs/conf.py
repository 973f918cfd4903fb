"""How Sphinx builds the manual: ``make manual``."""

from __future__ import annotations

from importlib.metadata import version as installed

project = "qagraph"
version = installed("qagraph")
copyright = "the authors of qagraph"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 3
default_role = "code"
html_theme = "furo"
html_title = "qagraph"
html_show_sphinx = False
html_copy_source = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
