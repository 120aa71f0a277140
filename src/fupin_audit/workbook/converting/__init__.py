"""From text to typed cells that keep their address."""
