"""Three operational plans of invented districts, the source that every sample is set from."""

from samples.content.norrsjo_2026 import PLAN as NORRSJO_2026

PLANS = (NORRSJO_2026,)
