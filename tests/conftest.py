"""Hypothesis profiles: quick by default, quicker in CI, deep by ``make laws``."""

import os

from hypothesis import HealthCheck, settings

_CALM = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("default", max_examples=150, deadline=None, suppress_health_check=_CALM)
settings.register_profile("ci", max_examples=150, deadline=None, derandomize=True, suppress_health_check=_CALM)
settings.register_profile(
    "deep", max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "20000")), deadline=None, suppress_health_check=_CALM
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
