"""What holds for all tests."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No test passes or fails by how fast the machine is.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
