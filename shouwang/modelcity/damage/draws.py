"""Numbers drawn from what they are drawn for, so that damage neither shifts nor depends on any other draw."""

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STEP, _FIRST, _SECOND = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


@dataclass(frozen=True)
class Draws:
    """Draws of one seed and purpose: the same key always gets the same number, in whatever batch it comes."""

    seed: int
    purpose: str

    def of(self, purpose: str) -> "Draws":
        """Draws of their own for a part of the purpose."""
        return Draws(self.seed, f"{self.purpose}/{purpose}")

    def uniform(self, keys: NDArray[np.int64], salt: str) -> NDArray[np.float64]:
        """A number from 0 to below 1 for each key (splitmix64 over the key)."""
        with np.errstate(over="ignore"):
            mixed = keys.astype(np.uint64) * _STEP + self._start(salt)
            mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
            mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
        return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def below(self, keys: NDArray[np.int64], limit: int | NDArray[np.integer], salt: str) -> NDArray[np.int64]:
        """A whole number from 0 to below the limit for each key."""
        return np.floor(self.uniform(keys, salt) * limit).astype(np.int64)

    def generator(self) -> np.random.Generator:
        """A stream of numbers for what has no key, such as a whole file."""
        return np.random.default_rng(int(self._start("")))

    def _start(self, salt: str) -> np.uint64:
        said = f"{self.seed} {self.purpose} {salt}".encode()
        return np.uint64(int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "little"))
