"""Tables of supply: what is read, what is refused and how it is said, and that the bundled ones are in order."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from pledger.exposure.supply.cells import number
from pledger.exposure.supply.files import parse
from pledger.exposure.supply.places import country, name_of, nearest
from pledger.exposure.supply.table import TableError, commodities, load
from pledger.exposure.supply.words import REST, Commodity, Measure, Step
from pledger.exposure.tables.reading import MOST_BYTES
from pledger.model import Problem, Qualifier
from pledger.vehicle.sectors import sector
from pledger.vehicle.words import Basis


def made(tmp_path: Path, text: str | bytes, name: str = "tungsten.csv") -> tuple[Commodity, tuple[Problem, ...]]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path)


@pytest.mark.parametrize(
    ("words", "low", "high", "qualifier"),
    [
        ("77 %", 77, 77, Qualifier.EXACT),
        ("77,5%", 77.5, 77.5, Qualifier.EXACT),
        ("over 60 %", 60, None, Qualifier.AT_LEAST),
        (">=95%", 95, None, Qualifier.AT_LEAST),
        ("mehr als 95 Prozent", 95, None, Qualifier.AT_LEAST),
        ("95％以上", 95, None, Qualifier.AT_LEAST),
        ("60% 이상", 60, None, Qualifier.AT_LEAST),
        ("up to 5 per cent", None, 5, Qualifier.UP_TO),
        ("不到5%", None, 5, Qualifier.UP_TO),
        ("about 90 %", 90, 90, Qualifier.ABOUT),
        ("約90%", 90, 90, Qualifier.ABOUT),
        ("40-45 %", 40, 45, Qualifier.BETWEEN),
        ("45 bis 40 %", 40, 45, Qualifier.BETWEEN),
        ("1/4", 0.25, 0.25, Qualifier.EXACT),
        ("2.1 months", 2.1, 2.1, Qualifier.EXACT),
        ("$580/kg", 580, 580, Qualifier.EXACT),
    ],
)
def test_a_cell_is_read_as_people_write_it(
    words: str, low: float | None, high: float | None, qualifier: Qualifier
) -> None:
    found = number(words)
    assert found is not None
    assert (found.low, found.high, found.qualifier) == (low, high, qualifier)


@pytest.mark.parametrize("words", ["", "-", "n/a", "most", "-5 %", "=1+1", "5 % of 10 %", "1/0", "ninety"])
def test_what_is_no_number_is_none(words: str) -> None:
    assert number(words) is None


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_cell_stops_the_reading(words: str) -> None:
    found = number(words)
    assert found is None or not (found.low is None and found.high is None)
    country(words)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("CN", "CN"), ("chn", "CN"), ("China", "CN"), ("中国", "CN"), ("중국", "CN"), ("Südkorea", "KR"),
        ("Korea, Republic of", "KR"), ("Korea, North", "KP"), ("Congo (Kinshasa)", "CD"), ("Burma", "MM"),
        ("the United States", "US"), ("U.S.", "US"), ("アメリカ", "US"), ("Elfenbeinküste", "CI"), ("Viet Nam", "VN"),
        ("other", REST), ("Rest of world", REST), ("その他", REST), ("EU", "EU"),
    ],
)  # fmt: skip
def test_countries_are_known_by_code_and_by_name(words: str, code: str) -> None:
    assert country(words) == code


def test_an_unknown_country_has_a_nearest_name() -> None:
    assert country("Chiena") is None
    assert nearest("Chiena") == "China"
    assert nearest("Kazakstan") == "Kazakhstan"
    assert nearest("qqqqqq") is None
    assert name_of("MG") == "Madagascar"
    assert name_of(REST) == "all others"


def test_a_user_adds_a_commodity_with_one_file(tmp_path: Path) -> None:
    text = (
        "# name: tungsten\n# names en: tungsten, wolfram\n# names ja: タングステン\n# sectors: mining\n"
        "step,measure,importer,country,share,year,source\n"
        "mined,production,,China,83 %,2025,https://example.org/w\n"
        "mined,production,,Vietnam,at least 3 %,2025,https://example.org/w\n"
        "mined,reliance,US,US,over 50 %,2025,https://example.org/w\n"
    )
    found, problems = made(tmp_path, text)
    assert problems == ()
    assert (found.key, found.name, found.sectors) == ("tungsten", "tungsten", ("mining",))
    assert found.names == ("tungsten", "wolfram", "タングステン")
    (market,) = found.markets
    assert (market.step, market.measure, market.grade, market.year) == (Step.MINED, Measure.PRODUCTION, "all", 2025)
    assert [(s.country, s.low, s.high) for s in market.shares] == [("CN", 0.83, 0.83), ("VN", 0.03, None)]
    assert market.shares[0].sources[0].where == "https://example.org/w"
    (level,) = found.levels
    assert (level.country, level.measure, level.low, level.high) == ("US", Measure.RELIANCE, 0.5, None)


@pytest.mark.parametrize(
    "text",
    [
        "country,share,year,source,step\nChina,0.6,2024,x,mined\nPeru,0.4,2024,x,mined\n",
        "country;share;year;source;step\nChina;60;2024;x;mined\nPeru;40;2024;x;mined\n",
        "\ufeffLand;Anteil;Jahr;Quelle;Stufe\nVR China;60,0 %;2024;x;Bergbau\nPeru;40,0 %;2024;x;Bergbau\n",
        "国,シェア,年,出典,工程\n中国,60%,2024,x,採掘\nペルー,40%,2024,x,採掘\n",
        "Country\tShare %\tYear\tURL\tStage\nCHN\t60\t2024\tx\tmine\nPER\t40\t2024\tx\tmine\n",
        (
            '"# a remark: of a spreadsheet",,,,\n'
            "country,share,year,source,step\nChina,60%,2024,x,mined\nPeru,40%,2024,x,mined\n"
        ),
    ],
    ids=["fractions", "semicolons", "german", "japanese", "tabs", "spreadsheet"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_tables_of_all_kinds_say_the_same(tmp_path: Path, text: str, encoding: str) -> None:
    found, problems = made(tmp_path, text.encode(encoding))
    assert problems == ()
    assert [(s.country, s.low) for s in found.markets[0].shares] == [("CN", 0.6), ("PE", 0.4)]
    assert found.markets[0].step is Step.MINED


def test_a_workbook_says_what_its_csv_says(tmp_path: Path) -> None:
    text = (
        "# name: tungsten\n# names en: tungsten, wolfram\nstep,measure,importer,country,share,year,source\n"
        "mined,production,,China,83 %,2025,a\nmined,production,,Atlantis,1 %,2025,a\nmined,price,US,US,1.5,2025,a\n"
    )
    book = Workbook()
    assert book.active is not None
    for line in text.splitlines():
        book.active.append([line] if line.startswith("#") else line.split(","))
    book.active["E4"], book.active["E4"].number_format = 0.83, "0%"
    book.active["E6"] = 1.5
    book.save(tmp_path / "tungsten.xlsx")
    found, problems = load(tmp_path / "tungsten.xlsx")
    same, told = made(tmp_path, text)
    assert (found.markets, found.levels, found.names) == (same.markets, same.levels, ("tungsten", "wolfram"))
    assert [(p.where.replace("xlsx", "csv"), p.why) for p in problems] == [(p.where, p.why) for p in told]
    assert problems[0].where == "tungsten.xlsx, row 5, column 'country'"


@pytest.mark.parametrize(
    ("measure", "said", "low"),
    [
        ("price", "$1,050/kg", 1050),
        ("price", "1.050,5", 1050.5),
        ("price", "0,775", 0.775),
        ("reliance", "0,775", 0.775),
    ],
)
def test_a_comma_parts_thousands_only_where_there_can_be_any(
    tmp_path: Path, measure: str, said: str, low: float
) -> None:
    head = "step;measure;importer;country;share;year;source\n"
    found, problems = made(tmp_path, f"{head}mined;{measure};US;US;{said};2025;a\n")
    assert problems == ()
    assert [level.low for level in found.levels] == [low]


def test_old_encodings_are_read(tmp_path: Path) -> None:
    text = "国,シェア,年,出典,工程\n中国,60%,2024,経済産業省の統計,採掘\nその他,40%,2024,経済産業省の統計,採掘\n"
    found, problems = made(tmp_path, text.encode("cp932"))
    assert problems == ()
    assert found.markets[0].shares[0].sources[0].where == "経済産業省の統計"


def test_each_bad_row_is_a_problem_with_its_line_and_mend_and_the_rest_is_kept(tmp_path: Path) -> None:
    text = (
        "step,measure,importer,country,share,year,source,weak,basis\n"
        "mined,production,,China,110 %,2024,s,,\n"  # 2
        "mined,production,,Chiena,20 %,2024,s,,\n"  # 3
        "mined,production,,Peru,some,2024,s,,\n"  # 4
        "dug,production,,Peru,20 %,2024,s,,\n"  # 5
        "mined,outputs of all,,Peru,20 %,2024,s,,\n"  # 6
        "mined,imports,,Peru,20 %,2024,s,,\n"  # 7
        "mined,production,,Peru,20 %,soon,s,,\n"  # 8, kept
        "mined,production,,Chile,20 %,2024,,,\n"  # 9, kept as an assumption
        "mined,production,,Peru,20 %,2099,s,,\n"  # 10, kept as an assumption
        "mined,production,,Brazil,20 %,2024,s,perhaps,\n"  # 11, kept as weak
        "mined,production,,Canada,1 %,2024,s,,reported\n"  # 12, kept as an assumption
        'mined,production,,"=HYPERLINK(""x"")",20 %,2024,s,,\n'  # 13
        "mined,production,,Japan,20 %,2024,s,,,and,more\n"  # 14
        "mined,production,,India,30 %,2024,s,,\n"  # 15, whole
    )
    found, problems = made(tmp_path, text)
    said = {p.where: (p.why, p.mend) for p in problems}
    assert said["tungsten.csv, row 2, column 'share'"] == (
        "110 % is more than the whole", "a share is at most 100 %: mend the figure or its unit"
    )  # fmt: skip
    assert said["tungsten.csv, row 3, column 'country'"] == (
        "'Chiena' is no country that is known",
        "did you mean China?",
    )
    assert said["tungsten.csv, row 4, column 'share'"][0] == "'some' is no share"
    assert said["tungsten.csv, row 5, column 'step'"][1] == "write mined, refined or manufactured"
    assert "outputs of all" in said["tungsten.csv, row 6, column 'measure'"][0]
    assert "without the country that imports" in said["tungsten.csv, row 7, column 'importer'"][0]
    assert said["tungsten.csv, row 8, column 'year'"][0] == "'soon' is no year"
    assert "assumption" in said["tungsten.csv, row 9, column 'source'"][0]
    assert said["tungsten.csv, row 10, column 'year'"][0] == "2099 has not been: shown as an assumption"
    assert "neither yes nor no" in said["tungsten.csv, row 11, column 'weak'"][0]
    assert "tungsten.csv, row 13, column 'country'" in said
    assert said["tungsten.csv, row 14"][0] == "11 cells in a table of 9 columns"
    assert len(said) == len(problems) == 13
    kept = {s.country: s for m in found.markets for s in m.shares}
    assert set(kept) == {"PE", "CL", "BR", "CA", "IN"}
    assert kept["CL"].basis is kept["CA"].basis is Basis.ASSUMPTION
    assert kept["IN"].basis is Basis.REFERENCE
    assert kept["BR"].sources[0].weak


def test_shares_that_add_up_to_more_than_the_whole_are_told_rounding_is_not(tmp_path: Path) -> None:
    head = "step,country,share,year,source\n"
    more, problems = made(tmp_path, head + "mined,CN,70,2024,a\nmined,PE,45,2024,a\n")
    assert [(p.where, p.why) for p in problems] == [
        (
            "tungsten.csv, row 2, column 'share'",
            "the shares of all mined, production, 2024 add up to 115 %, more than the whole",
        )
    ]
    assert len(more.markets[0].shares) == 2
    _, rounded = made(tmp_path, head + "mined,CN,33.4 %,2024,a\nmined,PE,33.4 %,2024,a\nmined,CL,33.3 %,2024,a\n")
    assert rounded == ()
    _, differing = made(tmp_path, head + "mined,CN,60 %,2024,a\nmined,CN,90 %,2024,b\nmined,PE,40 %,2024,a\n")
    assert differing == (), "sources that contradict each other are no error of the table"
    _, less = made(tmp_path, head + "mined,CN,60 %,2024,a\nmined,others,10 %,2024,a\n")
    assert [p.why for p in less] == [
        "the shares of all mined, production, 2024 add up to 70 % with all others, less than the whole"
    ]


def test_numbers_below_one_in_a_column_of_per_cent_are_per_cent_and_that_is_told(tmp_path: Path) -> None:
    for head in ("percent", "share (%)", "share_pct", "Market share [%]", "Marktanteil in Prozent"):
        found, problems = made(tmp_path, f"step,Country,{head},year,source\nmined,CN,0.6,2024,a\nmined,PE,0.3,2024,a\n")
        assert [s.low for s in found.markets[0].shares] == [0.006, 0.003], head
        assert [(p.where, p.why) for p in problems] == [
            (
                f"tungsten.csv, column {head!r}",
                "no number is above 1: each was taken as a part of a hundred, as the column says",
            )
        ]
    found, problems = made(tmp_path, "step,country,share (%),year,source\nmined,CN,60,2024,a\nmined,PE,0.3,2024,a\n")
    assert [s.low for s in found.markets[0].shares] == [0.6, 0.003]
    assert problems == ()


def test_a_row_that_is_there_twice_counts_once_and_is_told(tmp_path: Path) -> None:
    text = "step,country,share,year,source\n" + "mined,CN,60 %,2024,a\n" * 3 + "mined,China,60 %,2024,b\n"
    found, problems = made(tmp_path, text)
    assert [s.sources[0].where for s in found.markets[0].shares] == ["a", "b"], "another source says it, too"
    assert [(p.where, p.why) for p in problems] == [
        ("tungsten.csv, row 3", "the same as line 2: counted once"),
        ("tungsten.csv, row 4", "the same as line 2: counted once"),
    ]


def test_nothing_is_lost_without_a_word(tmp_path: Path) -> None:
    head = "step,country,share,year,source\n"
    found, problems = made(tmp_path, head + 'mined,CN,60 %,2024,a\nmined,PE,9 %,2024,"open\nmined,CL,8 %,2024,a\n')
    assert [s.country for m in found.markets for s in m.shares] == ["CN"]
    assert [(p.where, p.why) for p in problems] == [
        ("tungsten.csv, row 3", "a quote is opened and not closed: 2 lines from here on were not read")
    ]
    found, problems = made(tmp_path, head + 'mined,CN,60 %,2024,"two\nlines"\nmined,PE,9 %,2024,"the\nend"\n')
    assert [s.country for m in found.markets for s in m.shares] == ["CN", "PE"]
    assert problems == ()
    assert [p.why for p in made(tmp_path, head)[1]] == ["no row below the columns"]
    _, twice = made(tmp_path, "step,country,share,share,year,source\nmined,CN,60,10,2024,a\n")
    assert [(p.where, p.why) for p in twice] == [
        ("tungsten.csv, row 1, column 'share'", "a second column of 'share' was not read")
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "holds no table"),
        (b"# only: remarks\n", "holds no table"),
        (b"place,shaer,year\nCN,5,2024\n", "no column country and no column share among place, shaer, year"),
        (b"country,shaer\nCN,5\n", "call 'shaer' 'share'"),
        (b"\x00\x01\x02" * 50, "binary data"),
        (b"PK\x03\x04" + bytes(range(256)) * 4, "the workbook cannot be unpacked"),
    ],
)
def test_a_file_that_is_no_table_is_one_clear_line(tmp_path: Path, text: bytes, said: str) -> None:
    with pytest.raises(TableError, match=r"tungsten\.csv") as wrong:
        made(tmp_path, text)
    assert said in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)  # a sparse file: nothing is written
    with pytest.raises(
        TableError, match=r"huge\.csv: 64 MB are more than the 64 MB .*; keep to the rows of one commodity"
    ):
        load(path)
    with pytest.raises(TableError, match="cannot be read"):
        load(tmp_path / "none.csv")


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_bytes_crash_the_reading(data: bytes) -> None:
    for content in (data, b"country,share\n" + data):
        with suppress(TableError):
            parse(content, "any.csv")


def test_the_bundled_tables_have_no_problems_and_name_their_sources() -> None:
    folder = Path(__file__).parents[2] / "src/pledger/data/supply"
    known = commodities()
    assert {path.stem for path in folder.glob("*.csv")} == set(known)
    for path in folder.glob("*.csv"):
        found, problems = load(path)
        assert problems == ()
        assert found == known[found.key]
        for key in found.sectors:
            assert sector(key).key == key
        assert {"en", "de", "ja", "ko", "zh"} <= {
            line.split(":")[0].removeprefix("# names ") for line in path.read_text(encoding="utf-8").splitlines()
        }
    for found in known.values():
        for basis, sources in [(s.basis, s.sources) for m in found.markets for s in m.shares] + [
            (level.basis, level.sources) for level in found.levels
        ]:
            assert sources or basis is Basis.ASSUMPTION


def test_diamond_is_as_the_sources_have_it() -> None:
    diamond = commodities()["industrial_diamond"]
    abrasive = next(m for m in diamond.markets if m.grade == "abrasive grade")
    assert [(s.country, s.low, s.high, s.qualifier) for s in abrasive.shares] == [
        ("CN", 0.95, None, Qualifier.AT_LEAST)
    ]
    bought = next(m for m in diamond.markets if m.measure is Measure.IMPORTS and m.year == 2024 and m.importer == "US")
    assert {s.country: s.low for s in bought.shares} == {"CN": 0.77, "KR": 0.08, "IE": 0.05, REST: 0.1}
    reliance = [
        level for level in diamond.levels if level.measure is Measure.RELIANCE and level.step is Step.MANUFACTURED
    ]
    assert [(level.year, level.low) for level in reliance] == [(2025, 0.35), (2024, 0.49), (2024, 1.0)]
    (stocks,) = (level for level in diamond.levels if level.measure is Measure.STOCKS)
    assert stocks.basis is Basis.ASSUMPTION
