"""The form that asks for a halt, its answer, and what is wrong with what is asked."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

DIAMOND = "/supply/industrial_diamond"


def test_the_form_works_without_a_script_and_computes_nothing_until_asked(asks: TestClient) -> None:
    page = asks.get(DIAMOND).text
    assert '<form class="filters" method="get" action="/supply/industrial_diamond#halt">' in page
    assert '<option value="CN">China</option>' in page
    assert "goes short in" not in page
    assert asks.get(f"{DIAMOND}.json").json()["halt"] == {"suppliers": ["CN", "KR", "IE"]}


def test_a_halt_is_answered_with_charts_months_and_what_it_rests_on(asks: TestClient) -> None:
    asked = {"halt": "China", "cut": "50", "months": "6", "from": "2027-05"}
    page = asks.get(DIAMOND, params=asked)
    assert page.status_code == 200
    said = "If China cuts its exports by 50.0\u00a0% of synthetic industrial diamond for 6 months from May 2027"
    assert said in page.text
    assert '<option value="CN" selected>China</option>' in page.text
    for words in ("Where use is met from", "Oct 2027", "stock when the halt begins", "weak source"):
        assert words in page.text
    told = asks.get(f"{DIAMOND}.json", params=asked).json()["halt"]
    assert (told["cut"], told["begins"], told["months"], len(told["runs"])) == (0.5, "2027-05-01", 6, 1)
    rows = asks.get(f"{DIAMOND}.csv", params=asked | {"table": "halt"}).text.splitlines()
    assert rows[0] == "\ufeffrun,month,column,p5,p50,p95,mean"
    assert "missing by month" in asks.get(f"{DIAMOND}.svg", params=asked | {"chart": "halt"}).text


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"halt": "<b>"}, "is no supplier that is named here: there are CN, KR, IE"),
        ({"halt": "JP"}, "is no supplier that is named here"),
        ({"halt": "CN", "months": "0"}, "is no whole number from 1 to 60"),
        ({"halt": "CN", "cut": "1e9"}, "is no whole number from 1 to 100"),
        ({"halt": "CN", "from": "spring"}, "is no month: write 2030-01"),
    ],
)
def test_what_cannot_be_asked(asks: TestClient, asked: dict[str, str], says: str) -> None:
    answer = asks.get(DIAMOND, params=asked)
    assert answer.status_code == 400
    assert says in answer.text
    assert "<b>" not in answer.text.replace("<b>China", "").replace("<b>By the", "")
