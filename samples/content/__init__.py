"""Three operational plans of invented districts, the source that every sample is set from."""

from samples.content.granvalla_ostmo_2026 import PLAN as GRANVALLA_OSTMO_2026
from samples.content.norrsjo_2025 import PLAN as NORRSJO_2025
from samples.content.norrsjo_2026 import PLAN as NORRSJO_2026

PLANS = (NORRSJO_2026, NORRSJO_2025, GRANVALLA_OSTMO_2026)
