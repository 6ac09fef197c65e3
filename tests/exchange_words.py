"""What is put in place of what, when articles are exchanged: only words and names, every list as long as is needed.

Each row of a pool is one thing with all its spellings, in the order of the row that it replaces.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["COUNTRIES", "PLANTS", "POOLS", "TERMINALS", "WORKS", "Country", "Kind"]


class Country(NamedTuple):
    """A pledging country: ISO code, name, adjective, seat of government."""

    code: str
    name: str
    adjective: str
    capital: str


COUNTRIES = (
    Country("KR", "Korea", "Korean", "Seoul"),
    Country("DE", "Germany", "German", "Berlin"),
    Country("JP", "Japan", "Japanese", "Tokyo"),
    Country("IN", "India", "Indian", "New Delhi"),
)
"""All with GDP in the reference data."""


class Kind(NamedTuple):
    """A kind of project: its label in gold, and the words that replace the article's, in the order of its spellings."""

    label: str
    words: tuple[str, ...]


# In place of: synthetic diamonds, synthetic diamond, artificial diamonds, artificial diamond, diamonds, diamond
PLANTS = (
    Kind("hydrogen plant", ("green hydrogen", "green hydrogen", "hydrogen", "hydrogen", "hydrogen", "hydrogen")),
    Kind("LFP plant", ("lithium iron phosphate", "lithium iron phosphate", "LFP", "LFP", "LFP", "LFP")),
    Kind("ammonia plant", ("ammonia", "ammonia", "ammonia", "ammonia", "ammonia", "ammonia")),
)
# In place of: crude oil terminal, crude oil, oil terminal
TERMINALS = (
    Kind("LNG project", ("LNG export terminal", "LNG", "LNG terminal")),
    Kind("port", ("container terminal", "container", "container terminal")),
)
# In place of: data centers, data centres, data center, data centre
WORKS = (
    Kind("data centre", ("data centers", "data centres", "data center", "data centre")),
    Kind("shipyard", ("shipyards", "shipyards", "shipyard", "shipyard")),
)
POOLS: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {
    # Companies
    ("SoftBank Group", "SoftBank", "软银集团"): (
        ("Kaminari Group", "Kaminari", "神鸣集团"),
        ("Torvane Group", "Torvane", "奥凡集团"),
        ("Halvorsen Group", "Halvorsen", "哈沃森集团"),
    ),
    ("Hitachi",): (("Sumizawa",), ("Tessrand",), ("Brodal",)),
    ("Element Six",): (("Lattice Nine",), ("Facet Seven",), ("Prism Forty",)),
    ("De Beers Group",): (("Van Rooyen Group",), ("Du Plessis Group",), ("Le Marchand Group",)),
    ("Westinghouse Electric Corporation", "Westinghouse"): (
        ("Brackenridge Electric Corporation", "Brackenridge"),
        ("Thornbury Electric Corporation", "Thornbury"),
    ),
    ("Toshiba Corp.", "Toshiba"): (("Norikawa Corp.", "Norikawa"), ("Ferrand Corp.", "Ferrand")),
    ("Toyota", "Sony"): (("Miyata", "Asagiri"), ("Velmar", "Ostrand")),
    # Agencies
    ("Japan Bank for International Cooperation", "JBIC"): (
        ("Eastern Bank for Foreign Development", "EBFD"),
        ("National Bank for Overseas Projects", "NBOP"),
    ),
    ("Nippon Export and Investment Insurance", "NEXI"): (
        ("Hanse Export and Project Insurance", "HEPI"),
        ("Daehan Trade and Investment Insurance", "DTII"),
    ),
    # People; the longer spelling first
    ("Lutnick", "卢特尼克"): (("Hargrove", "哈格罗夫"), ("Brennan", "布伦南")),
    ("Akazawa Ryo", "赤泽亮正"): (("Morikawa Jun", "森川润"), ("Bae Sung", "裴成")),
    ("Mei Ling", "梅玲"): (("Fang Yu", "方瑜"), ("Lin Qiao", "林乔")),
    ("Kenji Tanaka", "田中健二"): (("Hiroto Nishida", "西田宽人"), ("Paul Engel", "恩格尔")),
    ("Sanae Takaichi", "Takaichi"): (("Haruka Onodera", "Onodera"), ("Elke Brandt", "Brandt")),
    # Outlets and institutes
    ("Bloomberg Business", "Bloomberg Intelligence", "Bloomberg"): (
        ("Halden Business", "Halden Intelligence", "Halden"),
        ("Northwire Business", "Northwire Intelligence", "Northwire"),
    ),
    ("Reuters",): (("Castellan",), ("Kyodo",), ("AFP",)),
    ("Liabooks",): (("Readmark",), ("Inkwell",)),
    ("International Data Corporation",): (("Continental Data Corporation",), ("Pacific Data Corporation",)),
    ("Energy Information Administration",): (
        ("Energy Statistics Administration",),
        ("Petroleum Survey Administration",),
    ),
    ("Boston Consulting Group", "McKinsey", "Synergy Research Group"): (
        ("Denver Advisory Group", "Ashcombe", "Cascade Research Group"),
        ("Alder Consulting Group", "Wexford", "Meridian Research Group"),
    ),
    ("Goldman Sachs Asia", "Nomura Securities"): (
        ("Marlowe Reed Asia", "Asahina Securities"),
        ("Kestrel Dunn Asia", "Minato Securities"),
    ),
    # Ministries
    ("trade ministry", "经济产业省"): (("industry ministry", "产业资源部"), ("economy ministry", "经济部")),
    ("Economy, Trade and Industry",): (("Trade, Industry and Resources",), ("Economic Affairs and Energy",)),
}
