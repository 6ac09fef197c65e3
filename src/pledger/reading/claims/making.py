"""What all claims of one document share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pledger.model import Attribute, Claim, Mention, Modality, Span, Value
from pledger.reading.chains import Chains
from pledger.reading.context import Context
from pledger.reading.page import Marker
from pledger.reading.stages import modality_at
from pledger.reading.told import ANY, told

__all__ = ["Maker"]

_CORRECTED = Marker(
    lambda _: re.compile(
        r"earlier (?:version|edition) of (?:this|the) [^;:!?]{3,110}? (?:said|stated|gave|put|had|reported|misstated)"
        r"|frühere(?:n|r)? (?:fassung|version) [^.;:!?]{0,60}?(?:hieß es|stand)"
        r"|(?:当初|以前)の(?:記事|版)(?:では|で)|本文(?:早前|此前|先前|较早)(?:的)?版本(?:称|稱|说|說)?"
        r"|(?:이전|앞선) (?:기사|판)에서는",
        re.IGNORECASE,
    )
)
"""Words with which a text takes back what it said before, right before what it said."""

_LEFT = 60
"""Characters left of a value, inside its clause, that tell how far the words commit themselves."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the claims of one document."""

    document: str
    """Its id."""
    ctx: Context
    chains: Chains

    def claim(
        self,
        span: Span,
        attribute: Attribute,
        subject: Mention,
        value: Value,
        *,
        sentence: Span | None = None,
        modality: Modality = Modality.ASSERTED,
        modality_words: str | None = None,
        scope: str | None = None,
    ) -> Claim:
        """A claim whose value stands at `span`, with who said it; `sentence` where it is not the one around `span`."""
        around = sentence or self.ctx.sentence(span)
        withdrawn = self._withdrawn(around, span) if modality is not Modality.DENIED else None
        if withdrawn is not None:
            modality, modality_words = Modality.DENIED, withdrawn
        return Claim(
            document=self.document,
            sentence=around,
            span=span,
            text=span.of(self.ctx.text),
            attribute=attribute,
            subject=subject,
            value=value,
            modality=modality,
            modality_words=modality_words,
            attribution=self.chains.of(around, span),
            scope=scope,
            told=told(self.ctx.text, around, span) if self.ctx.marks(ANY, around) else None,
        )

    def _withdrawn(self, sentence: Span, span: Span) -> str | None:
        """The words by which a text takes back what it had said before: "an earlier version of this article said"."""
        found = self.ctx.page.find(_CORRECTED, sentence.start, span.start)
        if not found or re.search("[;；]", self.ctx.text[found[-1].end() : span.start]):
            return None
        return found[-1][0]

    def modality(self, sentence: Span, span: Span) -> tuple[Modality, str | None]:
        """How far the words left of a value, in its clause, commit themselves; and the word that shows it."""
        start = max(self.ctx.clause(sentence, span).start, span.start - _LEFT)
        return modality_at(self.ctx.page, start, span.start)
