"""The national lists: into the register of a month, and back out with every cell as it came."""
