"""How a fault is told, where it may stand, and how it is planted."""
