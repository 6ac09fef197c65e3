"""What all claims of one document share."""

from __future__ import annotations

from dataclasses import dataclass

from pledger.model import Attribute, Claim, Mention, Modality, Span, Value
from pledger.reading.chains import Chains
from pledger.reading.context import Context
from pledger.reading.stages import modality_at

__all__ = ["Maker"]

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
        )

    def modality(self, sentence: Span, span: Span) -> tuple[Modality, str | None]:
        """How far the words left of a value, in its clause, commit themselves; and the word that shows it."""
        start = max(self.ctx.clause(sentence, span).start, span.start - _LEFT)
        return modality_at(self.ctx.page, start, span.start)
