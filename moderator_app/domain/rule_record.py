"""How often humans found a rule right, and whether that is enough for it to act by itself."""

from dataclasses import dataclass

# Fewer decisions say little: with twenty of them all confirmed, the rule is right in at least 83 of 100 cases (95 %
# confidence, Wilson). Of what it decided alone nobody would have seen the rest.
LEAST_DECIDED = 20
LEAST_CONFIRMED = 0.95


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """The decisions of humans about messages in which a rule found something; what it decided itself is not counted."""

    confirmed: int = 0
    dismissed: int = 0

    @property
    def decided(self) -> int:
        return self.confirmed + self.dismissed

    @property
    def share(self) -> float:
        """The part that was confirmed; 0 where nothing was decided."""
        return self.confirmed / self.decided if self.decided else 0.0

    @property
    def may_act(self) -> bool:
        return self.decided >= LEAST_DECIDED and self.share >= LEAST_CONFIRMED

    def __add__(self, other: "RuleRecord") -> "RuleRecord":
        return RuleRecord(self.confirmed + other.confirmed, self.dismissed + other.dismissed)
