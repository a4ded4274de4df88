"""A number as a spreadsheet shows it, for the number formats that workbooks are written with."""
import re
from decimal import ROUND_HALF_UP, Decimal

SECTION = re.compile(r'(\+|"−")?("£")?#,##0(?:\.(0+))?(%)?((?:"[^"]*")?)')


def shown(value, code):
    """The text; None when the code is of another kind."""
    number = Decimal(repr(value))
    sections = code.split(";")
    section = SECTION.fullmatch(sections[0 if number > 0 else 1 if number < 0 else 2]
                                if len(sections) == 3 else code)
    if not section:
        return None
    sign, pound, places, percent, suffix = section.groups()
    size = abs(number) * (100 if percent else 1)
    size = size.quantize(Decimal(1).scaleb(-len(places or "")), ROUND_HALF_UP)
    return ((sign or "").strip('"') + (pound or "").strip('"') + f"{size:,}" + (percent or "") +
            suffix.strip('"'))
