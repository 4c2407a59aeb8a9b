"""Where points come from: one module a source, each registers what it can count (`base.FACTS`)."""

from assessment.queries.facts import dialogue, oversight, promptness, publications

__all__ = ["dialogue", "oversight", "promptness", "publications"]
