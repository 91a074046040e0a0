"""The insides of an item, and rows of numbers, as HTML.

Written here and not in templates: a report has hundreds, and a template's expression costs ten times a format string.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from nianbao.editions.addresses import link_fragment
from nianbao.editions.edition import EditionItem, EditionPhoto, EditionTable, Link
from nianbao.editions.review import EditionEntry
from nianbao.editions.runs import Paragraph, Run, RunKind, ShownFigure, read_text
from nianbao.text.break_rules import LINE_START_FORBIDDEN
from nianbao.text.unbroken import RARE, UNBROKEN, find_names, find_unbroken

_TAIL_LENGTH, _LEAST_TAIL = 3, 2
_LONGEST_NUMBER, _LONGEST_NAME = 20, 12
_CLOSING = "".join(LINE_START_FORBIDDEN)
_SHORT_HEADING = 4
_SPECIAL = re.compile("[&<>\"']")
# Text is escaped: a quotation mark in it is never one.
_ID = re.compile(' id="[^"]*"')
_CELL = re.compile(r"(?<=>)[^<>]+(?=</t[dh]>)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}


def write_runs(paragraph: Paragraph) -> Markup:
    """Return a paragraph's runs as HTML, all text escaped.

    A figure is a link to itself. The last characters hold together, so that no last line is a single character.
    """
    return Markup(_write_runs(paragraph))


def write_quoted_runs(paragraph: Paragraph, page: str) -> Markup:
    """Return a paragraph of another page as HTML: its figures lead to their sentences there, at `page`."""
    address = escape_text(page)
    html = _write_runs(paragraph).replace(' href="#', f' href="{address}#')
    return Markup(_ID.sub("", html))


def write_title(paragraph: Paragraph) -> Markup:
    """Return a title's runs as HTML, with its names held together where it has some."""
    is_plain = all(run.figure is None and run.kind is RunKind.TEXT for run in paragraph)
    label = write_label("".join(run.text for run in paragraph)) if is_plain else ""
    return Markup(label) if 'class="name"' in label else write_runs(paragraph)


def write_label(text: str) -> Markup:
    """Return a label or a title of a few words: numbers and names in quotation marks hold together."""
    parts, done = [], 0
    for start, name_end in find_names(text, longest=_LONGEST_NAME):
        rest = text[name_end:]
        end = name_end + len(rest) - len(rest.lstrip(_CLOSING))
        parts += [_write_text(text[done:start]), f'<span class="name">{_write_text(text[start:end])}</span>']
        done = end
    return Markup("".join((*parts, _write_text(text[done:]))))


def hold_cells(html: str) -> str:
    """Return a page's HTML in which the numbers of a table's cells hold together with what they count."""
    return _CELL.sub(lambda cell: UNBROKEN.sub(lambda match: _hold(match[0]), cell[0]), html)


def write_items(
    items: Iterable[EditionItem], opening: str, level: int, root: str, card_pages: Mapping[str, str]
) -> Markup:
    """Return items with their titles, paragraphs, pledges and links to their cards.

    `opening` is the tag of each with its class (`li`, `article class="item"`), `level` that of the titles, `root` the
    way to the site's root; `card_pages` gives the items' cards by id.
    """
    tag = opening.partition(" ")[0]
    parts = []
    for item in items:
        name = "div" if tag == "article" and not item.title else tag  # an article has a heading
        parts.append(
            f'<{name}{opening[len(tag) :]} id="{escape_text(item.id)}" data-number="{item.number}">\n'
            f"{_write_item_body(item, level, root, card_pages)}</{name}>\n"
        )
    return Markup("".join(parts))


def _write_runs(paragraph: Paragraph) -> str:
    if not paragraph:
        return ""
    *body, last = paragraph
    parts = [_write_run(run) for run in body]
    if last.kind is RunKind.TEXT and len(last.text) > _TAIL_LENGTH:
        at = _find_tail(last.text)
        parts.append(_write_text(last.text[:at]))
        parts.append(f'<span class="nb">{escape_text(last.text[at:])}</span>')
    else:
        parts.append(_write_run(last))
    return "".join(parts)


def write_entries(entries: Iterable[EditionEntry]) -> Markup:
    """Return what is to be looked at in one place of a draft: a note each, which its band's links lead to."""
    return Markup("".join(map(_write_entry, entries)))


def _write_entry(entry: EditionEntry) -> str:
    figure = escape_text(link_fragment(entry.figure)) if entry.figure else ""
    where = f'<a href="{figure}">{escape_text(entry.where)}</a>' if figure else escape_text(entry.where)
    told = [f"现在写的是“{escape_text(entry.chose)}”"] if entry.chose else []
    told += [f"原文：{escape_text(entry.source)}"] if entry.source else []
    return (
        f'<div class="query" id="_review-{entry.number}" role="note">\n'
        f"<p><b>请核对 {entry.number}</b><small>{where}</small></p>\n<p>{escape_text(entry.question)}</p>\n"
        + "".join(f"<p><small>{text}</small></p>\n" for text in told)
        + "</div>\n"
    )


def _write_item_body(item: EditionItem, level: int, root: str, card_pages: Mapping[str, str]) -> str:
    parts = []
    if item.title:
        parts.append(f"<h{level}>{_write_runs(item.title)}</h{level}>\n")
    paragraphs = [f"<p>{_write_runs(paragraph)}</p>\n" for paragraph in item.paragraphs]
    if item.table:
        paragraphs.insert(item.table.after, _write_table(item.table))
    parts += paragraphs
    for fragment in {escape_text(entry.figure) for entry in item.entries if entry.figure}:
        begins = f'<a class="fig" id="{fragment}"'
        parts = [part.replace(begins, begins.replace('"fig"', '"fig queried"')) for part in parts]
    if item.photo:
        parts.append(_write_photo(item.photo, root))
    parts.append(write_entries(item.entries))
    if item.fulfils:
        parts.append(_write_pledge("兑现", item.fulfils, root))
    parts += [_write_pledge("已兑现", link, root) for link in item.kept_by]
    card_path = card_pages.get(item.id)
    if card_path:
        parts.append(f'<p class="act"><a href="{escape_text(root + card_path)}">存为图片</a></p>\n')
    return "".join(parts)


def _write_pledge(word: str, link: Link, root: str) -> str:
    address = escape_text(f"{root}{link.site_path}")
    return f'<p class="pledge"><span>{word}</span><a href="{address}">{escape_text(link.text)}</a></p>\n'


def _write_table(table: EditionTable) -> str:
    """Return a table under its caption, in a box that scrolls by itself; its figures are links to themselves."""
    caption = f"<span>{_write_cell(table.caption)}</span>" if table.caption else ""
    caption += f"<small>{_write_cell(table.unit)}</small>" if table.unit else ""
    name = escape_text(read_text(table.caption)) or "表格"

    def write_row(row: Sequence[Paragraph], scope: str) -> str:
        cells = []
        for at, (words, is_numeric) in enumerate(zip(row, table.numeric, strict=True)):
            opening = f'th scope="{scope}"' if scope == "col" or at == table.name_column else "td"
            kind = ' class="row-name"' if at == table.name_column else ' class="n"' if is_numeric else ""
            written = _write_cell(words)
            if scope == "col" and len(read_text(words)) <= _SHORT_HEADING:
                written = f'<span class="nb">{written}</span>'
            cells.append(f"<{opening}{kind}>{written}</{opening[:2]}>")
        return "".join(cells)

    rows = [
        ('<tr class="sum">' if table.is_sum(row) else "<tr>") + f"{write_row(row, 'row')}</tr>\n" for row in table.rows
    ]
    # A table of names and numbers alone has none.
    header = f"<thead><tr>{write_row(table.header, 'col')}</tr></thead>\n" if any(table.header) else ""
    return (
        f'<figure class="sheet">\n{f"<figcaption>{caption}</figcaption>" if caption else ""}\n'
        f'<div class="table" tabindex="0" role="group" aria-label="{name}"><table>\n'
        f"{header}<tbody>\n{''.join(rows)}</tbody>\n</table></div>\n</figure>\n"
    )


def _write_photo(photo: EditionPhoto, root: str) -> str:
    """Return a photo with what it shows and whose it is; the browser chooses the width."""
    sources = [(escape_text(f"{root}{size.site_path}"), size) for size in photo.sizes]
    (address, _), (_, largest) = sources[0], sources[-1]
    widths = ", ".join(f"{path} {size.width_px}w" for path, size in sources)
    srcset = f' srcset="{widths}" sizes="(min-width: 44rem) 40rem, 100vw"' if len(sources) > 1 else ""
    # Those who hear the page have heard the alt already.
    told = f'<span aria-hidden="true">{escape_text(photo.alt)}</span>'
    told += f"<span>{_write_cell(photo.credit)}</span>" if photo.credit else ""
    return (
        f'<figure class="photo"><img src="{address}"{srcset} width="{largest.width_px}" height="{largest.height_px}"'
        f' alt="{escape_text(photo.alt)}" loading="lazy">\n<figcaption>{told}</figcaption></figure>\n'
    )


def write_figure_rows(figures: Iterable[ShownFigure]) -> Markup:
    """Return table rows of figures: the number with the link to its sentence, what it tells, how exact it is."""
    return Markup(
        "".join(
            f'<tr><td><a href="{escape_text(link_fragment(figure.fragment))}">{escape_text(figure.text)}</a></td>'
            f"<td>{escape_text(figure.label)}</td><td>{escape_text(figure.number.sense)}</td></tr>\n"
            for figure in figures
        )
    )


def _write_cell(paragraph: Paragraph) -> str:
    return "".join(map(_write_run, paragraph))


def _write_run(run: Run) -> str:
    if run.figure is not None:
        return _write_figure(run.figure, run.text)
    if run.kind is RunKind.WITHHELD:
        return f'<span class="withheld">{escape_text(run.text)}</span>'
    return _write_text(run.text)


def _find_tail(text: str) -> int:
    """Where the last characters begin that hold together: not inside a number, but after it where two are left."""
    at = len(text) - _TAIL_LENGTH
    for match in UNBROKEN.finditer(text, max(0, at - _LONGEST_NUMBER)):
        if match.start() < at < match.end() and not match[0].isascii():
            return match.end() if len(text) - match.end() >= _LEAST_TAIL else match.start()
    return at


def _write_text(text: str) -> str:
    """Escape, and hold together what may not part across a line."""
    if not (_SPECIAL.search(text) or RARE.search(text)):
        return UNBROKEN.sub(lambda match: _hold(match[0]), text)
    parts, done = [], 0
    for start, end in find_unbroken(text):
        parts += [escape_text(text[done:start]), _hold(escape_text(text[start:end]))]
        done = end
    return "".join((*parts, escape_text(text[done:])))


def _hold(found: str) -> str:
    # Browsers part no plain word and no plain number; 一起 and 五四 are words like others, which may part.
    if (found.isascii() and " " not in found) or (len(found) == 2 and found.isalpha()):
        return found
    return f'<span class="nb">{found}</span>'


def _write_figure(figure: ShownFigure, shown: str) -> str:
    fragment, *older = map(escape_text, figure.fragments)
    number = figure.number
    # What once led here goes on answering.
    other = f' id="{older[0]}"' if older else ""
    text = escape_text(shown)
    if number.withheld:
        text = f'<span class="withheld"{other}>{text}</span>'
    elif number.machine_value:
        text = f'<data{other} value="{number.machine_value}">{text}</data>'
    else:
        text = f"<span{other}>{text}</span>"
    title = f"{escape_text(figure.label)}：{escape_text(number.sense)}"
    link = escape_text(link_fragment(figure.fragment))
    # Where a note tells the number by itself, its unit goes with it.
    unit = f' data-unit="{escape_text(figure.fact.counted_in)}"' if figure.fact.counted_in else ""
    return f'<a class="fig" id="{fragment}" href="{link}" title="{title}"{unit}>{text}</a>'


def escape_text(text: str) -> str:
    """Return the text escaped as markupsafe does; most need none, and a search is cheaper than making a Markup."""
    return _SPECIAL.sub(lambda match: _ENTITIES[match.group()], text) if _SPECIAL.search(text) else text
