"""Who may write: the token, the sessions of browsers, and the word that a form must carry."""

from __future__ import annotations

import hmac
import logging
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from pledger.ledger import Ledger
from pledger.views.web.sessions import COOKIE, Sessions

from .asking import BEARER, TOKEN, client, signed_in


def judging(ledger: Ledger, **more: str) -> dict[str, str]:
    claim = ledger.claims()[0].id
    return {"claim": claim, "verdict": "accept", "person": "A. Reader", "reason": "I read the decree"} | more


def request(**headers: str) -> Request:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": raw})


def test_nobody_writes_without_having_signed_in(asks: TestClient, ledger: Ledger) -> None:
    answers = [asks.post("/judge", data=judging(ledger)), asks.post("/upload"), asks.post("/upload.json")]
    assert [answer.status_code for answer in answers] == [403] * 3
    assert asks.get("/upload").status_code == 403
    assert not ledger.judgements()


def test_a_form_must_carry_the_word_of_its_own_session(asks: TestClient, ledger: Ledger) -> None:
    word = signed_in(asks)
    other = client(ledger)
    others = signed_in(other)
    assert word != others
    for wrong in ({}, {"csrf": ""}, {"csrf": "x" * len(word)}, {"csrf": others}, {"csrf": word[:-1]}, {"csrf": "é"}):
        assert asks.post("/judge", data=judging(ledger, **wrong)).status_code == 403
        files = [("files", ("a.txt", b"Japan pledged $1 billion."))]
        assert asks.post("/upload", data=wrong, files=files).status_code == 403
        assert asks.post("/sign-out", data=wrong).status_code == 403
    assert not ledger.judgements()
    assert asks.get("/upload").status_code == 200, "and the session is still there"


def test_a_judgement_is_kept_and_leads_back(ledger: Ledger, tmp_path: object) -> None:
    asks = client(ledger)
    word = signed_in(asks)
    answer = asks.post("/judge", data=judging(ledger, csrf=word, back="/figures?q=a"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/figures?q=a")
    assert [j.reason for j in ledger.judgements()] == ["I read the decree"]


@pytest.mark.parametrize(
    "back",
    ["https://hostile.example/", "//hostile.example", "/\\hostile.example", "/\t/hostile.example",
     "javascript:alert(1)", "\\\\hostile.example", "/\r\nset-cookie: a=b", "hostile.example", "",
     "///hostile.example", "/\x00"],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(ledger: Ledger, back: str) -> None:
    asks = client(ledger)
    answer = asks.post("/judge", data=judging(ledger, csrf=signed_in(asks), back=back, reason=f"again: {back!r}"))
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    assert "a=b" not in str(answer.headers)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(asks: TestClient) -> None:
    told = asks.post("/sign-in", data={"token": TOKEN}).headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=strict" in told
    assert TOKEN not in told


def test_a_session_ends(asks: TestClient) -> None:
    word = signed_in(asks)
    key = asks.cookies[COOKIE]
    assert asks.post("/sign-out", data={"csrf": word}).status_code == 303
    asks.cookies.set(COOKIE, key)
    assert asks.get("/upload").status_code == 403, "also for whoever kept the cookie"
    assert asks.post("/sign-out").status_code == 303, "who is not signed in is no worse off"


def test_sessions_end_by_themselves() -> None:
    now = [0.0]
    sessions = Sessions(TOKEN, lambda: now[0])
    session = sessions.begin()
    shown = request(cookie=f"{COOKIE}={session.key}")
    assert sessions.may_write(shown, session.csrf)
    now[0] = 12 * 3600 + 1
    assert sessions.of(shown) is None
    assert not sessions.known(shown)
    assert not sessions.may_write(shown, session.csrf)


def test_sessions_are_limited_in_number() -> None:
    sessions = Sessions(TOKEN)
    keys = [sessions.begin().key for _ in range(1_005)]
    held = [key for key in keys if sessions.of(request(cookie=f"{COOKIE}={key}"))]
    assert held == keys[5:], "the oldest are forgotten first"


def test_many_sign_in_at_once() -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(12):
            sessions, all_here = Sessions(TOKEN), threading.Barrier(8)

            def several(_: int, sessions: Sessions = sessions, here: threading.Barrier = all_here) -> list[str]:
                here.wait()
                return [sessions.begin().key for _ in range(100)]

            with ThreadPoolExecutor(8) as people:
                keys = [key for some in people.map(several, range(8)) for key in some]
            assert all(sessions.of(request(cookie=f"{COOKIE}={key}")) for key in keys)
    finally:
        sys.setswitchinterval(before)


@pytest.mark.parametrize(
    "header", ["", "x", f"{COOKIE}=", f"{COOKIE}=unknown", "a=b; \x01", f'{COOKIE}="', "é=ü", "=" * 5_000]
)
def test_cookies_of_others(header: str) -> None:
    sessions = Sessions(TOKEN)
    sessions.begin()
    assert sessions.of(request(cookie=header)) is None


@pytest.mark.parametrize("shown", ["", "wrong", TOKEN[:-1], f"{TOKEN}x", TOKEN.upper(), "é" * 20])
def test_tokens_that_do_not_fit(asks: TestClient, shown: str) -> None:
    answer = asks.post("/sign-in", data={"token": shown})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    bearer = {"Authorization": f"Bearer {shown}".encode()}
    assert asks.post("/upload.json", headers=bearer).status_code == 403  # type: ignore[arg-type]


@pytest.mark.parametrize("told", ["Basic dG9rZW46eA==", TOKEN, f"Token {TOKEN}", "Bearer"])
def test_the_token_is_shown_as_a_bearer_only(asks: TestClient, told: str) -> None:
    assert asks.post("/upload.json", headers={"Authorization": told}).status_code == 403
    assert asks.post(f"/upload.json?token={TOKEN}").status_code == 403
    assert asks.get(f"/upload?token={TOKEN}").status_code == 403


def test_a_wrong_bearer_is_not_helped_by_a_session(asks: TestClient, ledger: Ledger) -> None:
    word = signed_in(asks)
    answer = asks.post("/judge", data=judging(ledger, csrf=word), headers={"Authorization": "Bearer wrong"})
    assert answer.status_code == 403


def test_without_a_token_nobody_may_write(ledger: Ledger) -> None:
    asks = client(ledger, token=None)
    for shown in ("", "None", "none", TOKEN):
        assert asks.post("/sign-in", data={"token": shown}).status_code == 403
        assert asks.post("/upload.json", headers={"Authorization": f"Bearer {shown}"}).status_code == 403
    assert "nobody may" in asks.get("/sign-in").text
    assert "nobody may" in asks.get("/upload").text


def test_comparing_takes_as_long_for_any_token(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[object, object]] = []
    honest = hmac.compare_digest

    def noted(a: bytes, b: bytes) -> bool:
        compared.append((a, b))
        return honest(a, b)

    monkeypatch.setattr("pledger.views.web.sessions.hmac.compare_digest", noted)
    assert [Sessions(TOKEN).fits(t) for t in ("", "a", TOKEN)] == [False, False, True]
    assert not Sessions(None).fits(TOKEN)
    assert len(compared) == 4, "no answer comes before the comparison"


def test_the_token_stands_in_no_page_and_no_log(asks: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        signed_in(asks)
        texts = [asks.get(path).text for path in ("/", "/upload", "/openapi.json", "/sign-in", "/nowhere")]
        texts.append(asks.post("/sign-in", data={"token": "nearly-" + TOKEN}).text)
        texts.append(asks.post("/upload.json", headers=BEARER).text)
    assert not any(TOKEN in text for text in texts)
    assert TOKEN not in caplog.text
