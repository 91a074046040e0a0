"""Chinese quantities, read and written: the one place where the text of a number becomes a number and back."""

from nianbao.text.chinese_integers import parse_chinese_integer
from nianbao.text.quantity import Qualifier, Quantity, is_fraction_unit
from nianbao.text.quantity_format import format_number, format_quantity, plain_decimal, short_quantity
from nianbao.text.quantity_reader import find_quantities

__all__ = [
    "Qualifier",
    "Quantity",
    "find_quantities",
    "format_number",
    "format_quantity",
    "is_fraction_unit",
    "parse_chinese_integer",
    "plain_decimal",
    "short_quantity",
]
