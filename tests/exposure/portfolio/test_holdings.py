"""Files of holdings as people have them, and as nobody should have them: what is read, and what is said of the rest."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from pledger.exposure.portfolio.holdings import HoldingsError, holdings, load
from pledger.exposure.portfolio.identifiers import (
    class_codes,
    isin_holds,
    isins_hold,
    issuer_of,
    lei_holds,
    parsed_ticker,
)
from pledger.exposure.portfolio.parties import spelled_out, without_security
from pledger.exposure.portfolio.words import Holdings
from pledger.exposure.tables.numbers import numbers

ROWS = (("Hitachi, Ltd.", "JP3788600009", 0.125), ("Société Générale", "FR0000130809", 0.375), ("東芝", "", 0.5))


def book(*rows: tuple[object, ...]) -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def weights(its: Holdings) -> list[float]:
    return [round(float(w), 9) for w in its.weights]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_any_delimiter_in_any_encoding(delimiter: str, encoding: str) -> None:
    rows = [row for row in ROWS if encoding != "cp932" or row[0].isascii() or row[0] == "東芝"]
    lines = [("銘柄名", "ISIN", "構成比"), *((f'"{name}"', isin, str(part)) for name, isin, part in rows)]
    its = holdings("\r\n".join(delimiter.join(line) for line in lines).encode(encoding), "h.csv")
    assert its.names == tuple(name for name, _, _ in rows)
    assert its.isins == tuple(isin for _, isin, _ in rows)
    assert weights(its) == [part for _, _, part in rows]


@pytest.mark.parametrize("header", [
    "name,isin,ticker,weight,market value,currency",
    "Security Name,ISIN Code,Ticker Symbol,Weight (%),Market Value (EUR),CCY",
    "Emittent,ISIN,Kürzel,Gewichtung,Marktwert,Währung", "Libellé,Code ISIN,Symbole,Poids,Valorisation,Devise",
    "Emisor,Código ISIN,Símbolo,Peso,Valor de mercado,Divisa", "銘柄名,ISINコード,銘柄コード,構成比,評価額,通貨",
    "证券名称,ISIN代码,证券代码,占比,市值,币种",
    "Name des Wertpapiers,ISIN-Nummer,Kürzel,Gewicht in %,Marktwert in EUR,Whg.",
    "社名,ISIN番号,銘柄 コード,組入比率（％）,評価金額（円）,通貨コード",
    "회사명,표준코드,종목 코드,보유비중,보유금액,통화코드",
    "Name of Issuer,ISIN/WKN,Bloomberg Code,Wgt %,Mkt Val (USD),Base Currency",
    "종목명,ISIN 코드,종목코드,비중,평가금액,통화", "ISSUER,isin,TICKER,% OF NAV,VALUE,CURRENCY",
])  # fmt: skip
def test_columns_in_many_languages_and_spellings(header: str) -> None:
    its = holdings(f"{header}\nHitachi,JP3788600009,6501,100,5000,jpy\n".encode(), "h.csv")
    assert {role for role, _ in its.columns} == {"name", "isin", "ticker", "weight", "value", "currency"}
    assert its.at(0).currency == "JPY"
    assert weights(its) == [1.0]


@pytest.mark.parametrize(("cells", "column", "expected"), [
    (("12.5", "87.5"), "weight", [0.125, 0.875]), (("12,5", "87,5"), "weight", [0.125, 0.875]),
    (("12,5 %", "87,5%"), "weight", [0.125, 0.875]), (("0.125", "0.875"), "weight", [0.125, 0.875]),
    (("１２．５", "87.5"), "weight", [0.125, 0.875]), (("-12.5", "112.5"), "weight", [-0.125, 1.125]),
    (("1,234.50", "2,000"), "value", [1234.5, 2000.0]), (("1.234,50", "2.000"), "value", [1234.5, 2000.0]),
    (("$1,234", "(2,000)"), "value", [1234.0, -2000.0]), (("1 234,5", "2'000"), "value", [1234.5, 2000.0]),
    (("0,775", "1,5"), "value", [0.775, 1.5]), (("¥1,234", "EUR 5"), "value", [1234.0, 5.0]),
    (("1e6", "n/a"), "value", [1e6, None]),
])  # fmt: skip
def test_numbers_as_people_write_them(cells: tuple[str, str], column: str, expected: list[float | None]) -> None:
    its = holdings("\n".join((f"name;{column}", *(f"n{n};{c}" for n, c in enumerate(cells)))).encode(), "h.csv")
    read = its.weights if column == "weight" else its.values
    assert [None if np.isnan(x) else round(float(x), 9) for x in read] == expected


def test_lines_before_the_header_empty_lines_and_totals_are_no_holdings() -> None:
    text = 'Fund X\nas of,2026-10-31\n\nName,Weight\n"A\nB",40\n\n,\nC,60\nTotal,100\n'
    its = holdings(text.encode(), "h.csv")
    assert [" ".join(name.split()) for name in its.names] == ["A B", "C"]
    assert its.rows == (5, 9)
    assert not its.problems


@pytest.mark.parametrize("row", ["Total,,100", ",Portfolio total:,100", "Sub-total,,60", "* Gesamt *,,100", "小計,,60"])
def test_a_row_that_sums_the_others_is_none_in_whatever_column_it_says_so(row: str) -> None:
    its = holdings(f"Ticker,Name,Weight (%)\n6501,Hitachi,60\n9984,SoftBank Group,40\n{row}\n".encode(), "h.csv")
    assert its.rows == (2, 3)
    assert its.total == pytest.approx(1)
    assert not its.problems


def test_a_number_beside_no_name_is_told_and_a_sum_without_a_name_is_not() -> None:
    its = holdings(b"name;isin;weight\nHitachi;;30\n;;20\nSony;;50\n;;80\n", "h.csv")
    assert [(p.what, p.where) for p in its.problems[:1]] == [("No security", "h.csv, row 3, column 'weight'")]
    assert its.names == ("Hitachi", "Sony")
    assert [p.what for p in its.problems] == ["No security", "Weights do not sum"]


def test_numbers_below_a_header_of_per_cent_that_come_to_one_are_fractions_and_it_is_told() -> None:
    its = holdings(b"name,weight (%)\na,0.25\nb,0.75\n", "h.csv")
    assert weights(its) == [0.25, 0.75]
    assert [p.what for p in its.problems] == ["Weights as fractions"]
    few = holdings(b"name,weight (%)\na,0.25\nb,0.15\n", "h.csv")
    assert weights(few) == [0.0025, 0.0015]


def test_a_cell_that_a_spreadsheet_shows_as_per_cent_is_read_as_it_is_shown() -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (("Name", "% of NAV"), ("Hitachi", 0.004), ("Sony", 1)):
        sheet.append(row)
    sheet["B2"].number_format, sheet["B3"].number_format = "0.0%", "0%"
    written = io.BytesIO()
    made.save(written)
    assert weights(holdings(written.getvalue(), "h.xlsx")) == [0.004, 1.0]


def test_a_workbook_reads_like_its_csv(tmp_path: Path) -> None:
    head = ("Name", "ISIN", "Weight")
    (tmp_path / "h.xlsx").write_bytes(book(("A fund",), (), head, *ROWS))
    its = load(tmp_path / "h.xlsx")
    assert its.names == tuple(name for name, _, _ in ROWS)
    assert weights(its) == [part for _, _, part in ROWS]
    assert its.rows == (4, 5, 6)


def test_weights_that_do_not_sum_are_told_and_rescaled_only_when_asked() -> None:
    text = b"name,weight\na,30\nb,40\n"
    its = holdings(text, "h.csv")
    assert weights(its) == [0.3, 0.4]
    assert its.total == pytest.approx(0.7)
    assert [p.what for p in its.problems] == ["Weights do not sum"]
    assert "70.00%" in its.problems[0].why
    assert "--normalise" in its.problems[0].mend
    rescaled = holdings(text, "h.csv", normalise=True)
    assert float(rescaled.weights.sum()) == pytest.approx(1)
    assert not rescaled.problems


def test_values_make_weights_only_in_one_currency() -> None:
    assert weights(holdings(b"name,value,currency\na,1,USD\nb,3,USD\n", "h.csv")) == [0.25, 0.75]
    its = holdings(b"name,value,currency\na,1,USD\nb,3,JPY\n", "h.csv")
    assert np.isnan(its.weights).all()
    assert "several currencies (JPY, USD)" in its.problems[0].why


@pytest.mark.parametrize(("row", "what", "where"), [
    ("A,JP3788600008,1,x", "Wrong ISIN", "row 2, column 'isin'"),
    ("A,JP378,1,x", "Wrong ISIN", "row 2, column 'isin'"),
    ("A,,abc,x", "No weight", "row 2, column 'weight'"), ("A,,120,x", "Weight above 100 %", "row 2, column 'weight'"),
    ("A,,1,x,y", "Too many cells", "row 2"), ("A,,1e999,x", "No weight", "row 2, column 'weight'"),
])  # fmt: skip
def test_what_is_wrong_with_a_row_is_told_and_the_rest_counts(row: str, what: str, where: str) -> None:
    its = holdings(f"name,isin,weight,note\n{row}\nB,JP3788600009,50,z\nC,,50,z\n".encode(), "h.csv")
    told = [p for p in its.problems if p.what == what]
    assert len(told) == 1
    assert told[0].where == f"h.csv, {where}"
    assert told[0].mend
    assert its.names == ("A", "B", "C")
    assert its.isins[1] == "JP3788600009"


def test_of_many_rows_with_one_fault_a_few_are_named_and_all_are_counted() -> None:
    its = holdings(b"name,isin\n" + b"x,NOISIN\n" * 500, "h.csv")
    wrong = [p for p in its.problems if p.what == "Wrong ISIN"]
    assert len(wrong) < 30
    assert "and 490 rows more" in wrong[-1].why
    assert len(its) == 500


def test_a_security_held_twice_is_told() -> None:
    its = holdings(b"name,isin\nA,JP3788600009\nB,\nA again,JP3788600009\nb,\n", "h.csv")
    assert [p.where for p in its.problems if p.what == "Held twice"] == ["h.csv, row 4", "h.csv, row 5"]
    assert len(its) == 4


def zipped(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return written.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"  \n", "is empty"),
    "no header": (lambda: b"1,2,3\n4,5,6\n", "no column is called"),
    "no name of a security": (lambda: b"weight,currency\n5,USD\n", "no column is called"),
    "binary": (lambda: bytes(range(256)) * 40, "binary data"),
    "pdf": (lambda: b"%PDF-1.7 ...", "is no table"),
    "old workbook": (lambda: b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "XLS"),
    "too large": (lambda: b"name,weight\n" + b"a,1\n" * 17_000_000, "MB are more than"),
    "broken archive": (lambda: b"PK\x03\x04" + b"\x00" * 200, "cannot be unpacked"),
    "no workbook": (lambda: zipped({"a.txt": b"x"}), "cannot be read"),
    "bomb": (lambda: zipped({"xl/worksheets/sheet1.xml": b"0" * 300_000_000}), "would unpack to"),
    "entities": (
        lambda: zipped({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'}), "declares XML entities"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_used_is_refused_in_one_line_with_the_mend(case: str) -> None:
    make, says = BAD[case]
    with pytest.raises(HoldingsError, match=says) as told:
        holdings(make(), f"{case}.bin")
    assert "\n" not in str(told.value)
    assert told.value.mend


@pytest.mark.parametrize(("behind", "why"), [
    ('"Open,1\nC,2\n', "a quote is opened and not closed: 2 lines from here on were not read"),
    (f"{'x' * 200_000},1\nC,2\n", "a cell of more than 100,000 characters: 2 lines from here on were not read"),
])  # fmt: skip
def test_a_file_that_breaks_off_is_read_up_to_there(behind: str, why: str) -> None:
    its = holdings(f'name,weight\n"A\nlimited",60\nB,40\n{behind}'.encode(), "h.csv")
    assert its.rows == (2, 4)
    assert [(p.where, p.why) for p in its.problems] == [("h.csv, row 5", why)]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(HoldingsError, match="cannot be read"):
        load(tmp_path / "none.csv")


@settings(max_examples=60, deadline=None)
@given(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2), st.text("ABCXYZ0123456789", min_size=9, max_size=9)
)
def test_exactly_one_check_digit_fits_an_isin(country: str, stem: str) -> None:
    said = [f"{country}{stem}{digit}" for digit in range(10)]
    held = isins_hold(said)
    assert int(held.sum()) == 1
    assert [isin_holds(isin) for isin in said] == held.tolist()
    digits = [int(d) for c in said[int(held.argmax())] for d in str(int(c, 36))]
    doubled = [sum(divmod(d * (1 + n % 2), 10)) for n, d in enumerate(reversed(digits))]
    assert sum(doubled) % 10 == 0, "Luhn, as the standard writes it"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-1e9, 1e9).map(lambda x: round(x, 2)), min_size=1, max_size=8), st.booleans())
def test_a_number_reads_the_same_in_german_and_in_english(values: list[float], thousands: bool) -> None:
    english = [f"{x:,.2f}" if thousands else f"{x:.2f}" for x in values]
    german = [said.translate(str.maketrans(",.", ".,")) for said in english]
    for cells in (english, german):
        found, wrong = numbers(cells)
        assert not wrong
        assert found.tolist() == values


def test_names_as_custodians_write_them() -> None:
    assert without_security("NEXTERA ENERGY INC COM USD0.01") == "NEXTERA ENERGY INC"
    assert without_security("GE Vernova Inc. Registered Shares DL -,01") == "GE Vernova Inc."
    assert without_security("BROOKFIELD CORP CL A LTD VTG SHS") == "BROOKFIELD CORP"
    assert without_security("Hitachi Class B Shares Trust") == "Hitachi Class B Shares Trust"
    assert without_security("SOFTBANK GROUP CORP 4.625% 06JUL2028") == "SOFTBANK GROUP CORP"
    assert without_security("SoftBank Group Corp. EO-Notes 2021(21/29)") == "SoftBank Group Corp."
    assert without_security("KINDER MORGAN INC DEL") == "KINDER MORGAN INC"
    assert without_security("ソフトバンク　第１回社債型種類株式") == "ソフトバンク"
    assert without_security("Studio 2000 Inc") == "Studio 2000 Inc"
    assert spelled_out("JFE HLDGS INC").casefold() == "jfe holdings inc"
    assert spelled_out("ソフトバンクG") == "ソフトバンクグループ"
    assert spelled_out("三菱UFJFG") == "三菱UFJフィナンシャルグループ"
    assert spelled_out("삼성전자우") == "삼성전자"
    assert spelled_out("대우") == "대우"


def test_identifiers_and_tickers() -> None:
    assert lei_holds("5493001KJTIIGC8Y1R12")
    assert not lei_holds("5493001KJTIIGC8Y1R13")
    for said in ("6501 JT", "6501 JP Equity", "6501.T", "TYO:6501", "TSE: 6501"):
        assert parsed_ticker(said) == ("6501", ("XTKS",))
    for said in ("A005930", "005930 KS", "5930.KS", "KRX:005930"):
        assert parsed_ticker(said) == ("005930", ("XKRX",))
    assert parsed_ticker("5930", "KRX") == ("005930", ("XKRX",))
    assert parsed_ticker("GEV") == ("GEV", ())
    assert parsed_ticker("GEV", "NYSE") == ("GEV", ("XNYS",))
    assert parsed_ticker("BRK.B") == ("BRK.B", ())


def test_codes_tell_issuers_where_their_country_says_so() -> None:
    assert issuer_of("US606822AH76") == issuer_of("US6068221042") == "US606822"
    assert issuer_of("KR7005931001") == issuer_of("KR7005930003")
    assert issuer_of("GB00BTK05J60") == ""
    assert "94345" in class_codes("9434", "XTKS")
    assert "005935" in class_codes("005930", "XKRX")
    assert class_codes("NEE", "XNYS") == class_codes("GEV", "XTKS") == ()


def test_what_stands_below_a_table_is_no_holding() -> None:
    text = "Name;Kurswert in EUR\nHitachi Ltd.;10\nKasse;5\nSumme;15\nStand: 30.09.2026\n;\nOhne Gewähr.\n"
    assert holdings(text.encode(), "a.csv").names == ("Hitachi Ltd.", "Kasse")
    assert holdings(b"name,weight\nHitachi,1\nCash\n", "a.csv").names == ("Hitachi", "Cash")


def test_two_lines_of_one_share_are_not_held_twice_and_a_header_says_the_currency() -> None:
    text = "Name,Ticker / Symbol,ISIN,Market Value (USD),Ccy\n"
    text += "Cameco,CCO.TO,CA13321L1085,30,CAD\nCameco,CCJ.N,CA13321L1085,10,USD\n"
    found = holdings(text.encode(), "a.csv")
    assert found.problems == ()
    assert found.tickers == ("CCO.TO", "CCJ.N")
    assert found.weights.tolist() == [0.75, 0.25]
    twice = holdings(text.replace("CCJ.N", "CCO.TO").encode(), "a.csv")
    assert [problem.what for problem in twice.problems] == ["Held twice"]
