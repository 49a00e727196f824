"""Tables of the warnings room."""

from shouwang.office.warnings.models.publications import Publication, PublishedPolicy
from shouwang.office.warnings.models.suppressions import Suppression
from shouwang.office.warnings.models.to_verify import ToVerify
from shouwang.office.warnings.models.warnings import Warning

__all__ = ["Publication", "PublishedPolicy", "Suppression", "ToVerify", "Warning"]
