"""WHAT must hold: rules, reconciliations, derived fields, parameters, packs — data, checked before anything runs."""
