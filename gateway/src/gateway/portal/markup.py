"""Markdown as HTML that anybody can use: headings with addresses, tables and code that the keyboard scrolls."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

ELSEWHERE = ("http://", "https://", "mailto:", "/")


@dataclass(frozen=True)
class Heading:
    """A section of a page."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Rendered:
    """A document as HTML, and its sections."""

    html: Markup
    sections: tuple[Heading, ...]


def render(source: str, addresses: Mapping[str, str]) -> Rendered:
    """Markup of a document. A relative link leads where `addresses` says; one it does not know is text only."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(source)
    sections = tuple(_with_anchors(tokens))
    for token in tokens:
        if token.children:
            _redirect(token.children, addresses)
    html = str(markdown.renderer.render(tokens, markdown.options, {}))
    return Rendered(_made_here(_usable(html)), sections)


def _with_anchors(tokens: list[Token]) -> Iterator[Heading]:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag in ("h2", "h3"):
            text = re.sub(r"[`*_]", "", inline.content)
            anchor = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
            opening.attrSet("id", anchor)
            if opening.tag == "h2":
                yield Heading(anchor, text)


def _redirect(children: list[Token], addresses: Mapping[str, str]) -> None:
    for token in children:
        target = str(token.attrGet("href") or "")
        if token.type != "link_open" or target.startswith(ELSEWHERE):
            continue
        path, separator, anchor = target.partition("#")
        if path in addresses or not path:
            token.attrSet("href", (addresses[path] if path else "") + separator + anchor)
        else:
            # What has no page here stays as words: a link that leads nowhere helps nobody.
            token.tag = "span"
            token.attrs = {}
            closing = next(one for one in children[children.index(token) :] if one.type == "link_close")
            closing.tag = "span"


def _usable(html: str) -> str:
    """What is too wide scrolls in a place of its own, which the keyboard reaches."""
    wide = '<div class="wide" tabindex="0" role="group" aria-label="Table">'
    html = html.replace("<table>", f"{wide}<table>").replace("</table>", "</table></div>")
    html = html.replace("<th></th>", "<td></td>")
    return re.sub(r"<pre><code", '<pre tabindex="0" role="group" aria-label="Code"><code', html)


def words(source: str) -> Markup:
    """A sentence of a description as HTML."""
    return _made_here(str(MarkdownIt("commonmark", {"html": False}).renderInline(source)))


def code_block(text: str, label: str) -> Markup:
    """Code that is not of a document."""
    return _made_here(f'<pre tabindex="0" role="group" aria-label="{escape(label)}"><code>{escape(text)}</code></pre>')


def _made_here(html: str) -> Markup:
    """HTML in which all that came from elsewhere is escaped."""
    return Markup(html)  # noqa: S704  written above, or by markdown-it, which lets no HTML through
