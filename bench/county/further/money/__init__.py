"""Ledgers of projects, funds, loans and business."""
