"""Writes of projections. Other rooms use: plan_replace, plan_done and plan_clear."""

from workforce.projection.services.changes import plan_clear, plan_done, plan_replace

__all__ = ["plan_clear", "plan_done", "plan_replace"]
