"""What the import is not sure of. A note beside a part of the draft is a remark, or a question to a person.

A remark (a text) needs no decision and becomes a comment: 原文这里有图片. A Doubt may change what is published and
becomes an entry of the draft's `review`: the report is not published until somebody has answered it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Weight(IntEnum):
    """How much hangs on an answer: the form alone, how something is called, or what is told as a fact."""

    FORM = 1
    NAME = 2
    FACT = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question to a person, in Chinese, about the part of the draft among whose notes it stands.

    `chose` is what the draft says, `source` the words of the document that it goes by; both may be empty. `field` is
    the key that the question is about (title, role, indicator), empty where it is about the part as a whole.
    """

    question: str
    chose: str = ""
    source: str = ""
    field: str = ""
    weight: Weight = Weight.NAME


Note = str | Doubt
