"""How Sphinx builds the documentation site from the pages that `docs.site` has put together; see `make docs`."""

from importlib.metadata import version as version_of

project = "cleanwire"
author = "The cleanwire authors"
version = release = version_of("cleanwire")
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
exclude_patterns = ["conf.py"]

myst_heading_anchors = 3  # links to headings, as code hosts make them
default_role = "code"  # docstrings write names in single backticks
autodoc_mock_imports = ["pyspark", "ray"]  # engines, which are large and are not needed to read what is said of them
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100
copybutton_exclude = ".linenos, .gp, .go"  # prompts and outputs

html_theme = "furo"
html_title = "cleanwire"
html_copy_source = html_show_sourcelink = False
html_show_copyright = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0b5d7a", "color-brand-content": "#0b5d7a"},
    "dark_css_variables": {"color-brand-primary": "#7cc7e3", "color-brand-content": "#7cc7e3"},
}
html_css_files = ["site.css"]
html_static_path = ["static"]
