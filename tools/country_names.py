"""Writes `data/supply/lists/countries.csv`: every territory's codes and its names in the five languages.

Names are those of the Unicode CLDR, read through Babel, which only this script needs. Run it after an update of Babel:

    python tools/country_names.py > src/pledger/data/supply/lists/countries.csv
"""

from __future__ import annotations

import csv
import io
import re
import sys

from babel import Locale, __version__
from babel.core import get_global

_LOCALES = {
    "en": ("en", "en_GB"),
    "de": ("de",),
    "ja": ("ja",),
    "ko": ("ko",),
    "zh": ("zh_Hans", "zh_Hant", "zh_Hant_HK"),
}
_NONE = frozenset(["EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"])
"""Codes of CLDR that are no territory of ISO 3166-1; the Union is in the reader's own list."""


def main() -> None:
    """Write the table to standard output."""
    locales = {language: [Locale.parse(name) for name in names] for language, names in _LOCALES.items()}
    longer: dict[str, list[str]] = {}
    for three, two in sorted(get_global("territory_aliases").items()):
        if re.fullmatch("[A-Z]{3}", three):
            longer.setdefault(two[0], []).append(three)
    written = io.StringIO()
    head = (
        f"# Names of the Unicode CLDR through Babel {__version__} (Unicode License v3); made by tools/country_names.py"
    )
    written.write(f"{head}\n")
    table = csv.writer(written, lineterminator="\n")
    table.writerow(["code", "alpha3", *_LOCALES])
    for code in sorted(locales["en"][0].territories):
        if not re.fullmatch("[A-Z]{2}", code) or code in _NONE or code not in longer:
            continue
        names = [
            "|".join(dict.fromkeys(str(where.territories[code]) for where in found if code in where.territories))
            for found in locales.values()
        ]
        table.writerow([code, "|".join(longer[code]), *names])
    sys.stdout.write(written.getvalue())


if __name__ == "__main__":
    main()
